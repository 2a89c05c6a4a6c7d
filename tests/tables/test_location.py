"""Which files a data set consists of, and when it counts as changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from zonebook.tables.location import find_data, fingerprint, list_files


def test_files_of_a_folder_are_those_that_may_hold_tables(tmp_path: Path) -> None:
    for name in ("zone.csv", "TIE.CSV", "fx.parquet", ".hidden.csv", "~zone.csv", "README.md", "book.xlsx"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in list_files(tmp_path)] == ["TIE.CSV", "fx.parquet", "zone.csv"]


def test_a_workbook_is_its_own_only_file(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"")
    assert list_files(path) == (path,)


def test_a_fingerprint_changes_with_names_and_contents_alone(tmp_path: Path) -> None:
    (tmp_path / "zone.csv").write_text("a", encoding="utf-8")
    first = fingerprint(tmp_path)
    (tmp_path / "README.md").write_text("a", encoding="utf-8")
    assert fingerprint(tmp_path) == first
    (tmp_path / "zone.csv").write_text("b", encoding="utf-8")
    second = fingerprint(tmp_path)
    (tmp_path / "zone.csv").rename(tmp_path / "site.csv")
    assert len({first, second, fingerprint(tmp_path)}) == 3


def test_paths_are_looked_for_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "deeper")
    assert find_data(Path("data")) == tmp_path / "data"
    assert find_data(tmp_path / "other") == tmp_path / "other"
    assert find_data(Path("nowhere-at-all")) == Path("nowhere-at-all")
