"""An edition is built again from its manifest alone: the same bytes, and a warning where something has changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from small_workbook import save_small_workbook
from zonebook.cli import main

ROOT = Path(__file__).parents[1]


def build(*words: object) -> Result:
    done = CliRunner().invoke(main, ["build", *map(str, words)])
    assert done.exit_code == 0, done.output
    return done


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.heavy
def test_a_manifest_is_enough_to_build_the_same_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    data, first, again = save_small_workbook(tmp_path / "my.xlsx"), tmp_path / "first", tmp_path / "again"
    few = ("--zones", "example-north", "--regions", "RU-MOW", "--lang", "en", "--year", 2024, "--no-pdf")
    build(data, "--out", first, *few, "-p", "publisher=Somebody", "-p", "index_lag=2")
    done = build("--from", first / "manifest.json", "--out", again)
    assert "Warning: changed" not in done.output
    for part in ("html", "notebooks"):
        before, after = read_files(first / part), read_files(again / part)
        assert before.keys() == after.keys()
        assert [name for name, content in before.items() if after[name] != content] == []
    assert any(b"Somebody" in content for content in read_files(again / "html").values())

    save_small_workbook(data, target=None)
    changed = build("--from", first / "manifest.json", "--out", again)
    assert "Warning: changed since the manifest was written: my.xlsx." in changed.output
    assert json.loads((again / "manifest.json").read_text(encoding="utf-8"))["parameters"]["year"] == 2024


@pytest.mark.parametrize("name", ["nowhere.json", "my.xlsx"])
def test_what_is_no_manifest_is_one_paragraph(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    save_small_workbook(tmp_path / "my.xlsx")
    done = CliRunner().invoke(main, ["build", "--from", str(tmp_path / name), "--out", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "Give the manifest.json" in done.output
    assert "Traceback" not in done.output
