"""A file of metric rows: the same bytes however it was written, there whole or not at all, read in parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from small_report import make_result
from zonebook.metrics import rowfile
from zonebook.metrics.result import to_frame
from zonebook.metrics.rowfile import RowFile, RowWriter

ROWS = [
    replace(make_result("zone", f"z{number}"), metric_id=f"X0{1 + number % 2}", year=None if number == 3 else 2024)
    for number in range(7)
]
FRAME = to_frame(ROWS)


def write(path: Path, *ends: int) -> RowFile:
    """Write the rows in parts that end there."""
    with RowWriter(path) as writer:
        for start, end in zip((0, *ends), (*ends, len(FRAME)), strict=True):
            writer.write(FRAME[start:end])
    return RowFile(path)


@pytest.mark.parametrize("group", [2, 3, 100])
def test_the_file_is_the_same_in_whatever_parts_rows_come(
    group: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rowfile, "_GROUP", group)
    whole, parts = write(tmp_path / "whole.parquet"), write(tmp_path / "parts.parquet", 1, 5, 5)
    assert whole.path.read_bytes() == parts.path.read_bytes()
    assert whole.digest == parts.digest
    pd.testing.assert_frame_equal(whole.read(), FRAME)


def test_a_small_file_is_the_one_pandas_writes(tmp_path: Path) -> None:
    FRAME.to_parquet(tmp_path / "pandas.parquet", index=False)
    assert write(tmp_path / "rows.parquet").path.read_bytes() == (tmp_path / "pandas.parquet").read_bytes()


def test_parts_are_the_rows_in_their_order(tmp_path: Path) -> None:
    file = write(tmp_path / "rows.parquet")
    parts = list(file.read_parts(3))
    assert [len(part) for part in parts] == [3, 3, 1]
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), FRAME)


def test_a_file_without_rows_has_one_part_with_the_columns(tmp_path: Path) -> None:
    with RowWriter(tmp_path / "rows.parquet") as writer:
        writer.write(to_frame([]))
    (part,) = RowFile(tmp_path / "rows.parquet").read_parts()
    pd.testing.assert_frame_equal(part, to_frame([]))
    assert RowFile(tmp_path / "rows.parquet").select_metrics(["X01"]).empty


def test_some_series_are_read_without_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rowfile, "PART", 2)
    found = write(tmp_path / "rows.parquet").select_metrics({"X02"})
    pd.testing.assert_frame_equal(found, FRAME[FRAME["metric_id"] == "X02"].reset_index(drop=True))


def _fail(path: Path) -> None:
    with RowWriter(path) as writer:
        writer.write(FRAME[:1])
        raise KeyError


def test_what_goes_wrong_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = write(tmp_path / "rows.parquet")
    with pytest.raises(KeyError):
        _fail(file.path)
    pd.testing.assert_frame_equal(file.read(), FRAME)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]
