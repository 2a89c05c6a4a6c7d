"""The workbook of metric rows: what readers find in it, against the same cells written by XlsxWriter one by one."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import python_calamine
import xlsxwriter

from small_report import make_result
from zonebook.book.cells import make_plain
from zonebook.book.workbook import write_workbook
from zonebook.metrics.result import RESULT_COLUMNS, to_frame

_TEXTS = [
    "a",
    "=1+1",
    " before",
    "after ",
    "two\nlines",
    "\t",
    "<b>&\"'",
    "_x0041_",
    "_x004_",
    "\x01\x1f",
    "\ufffe",
    "ё😀",
]
_NUMBERS = [1.0, -0.0, 0.1 + 0.2, 1e20, 1e15, 123456789012345678.0, float("inf"), float("-inf"), 1e-300, 5e-324, 1 / 3]


@pytest.fixture
def odd() -> pd.DataFrame:
    """Values that are written in a way of their own, and places without any."""
    texts = [*_TEXTS, "", None, "x" * 40_000, "😀" * 20_000, "http://a.b"]
    count = len(texts)
    columns = {
        "text": pd.array(texts, dtype="string"),
        "number": [*_NUMBERS, *[float("nan")] * (count - len(_NUMBERS))],
        "whole": pd.array([1, None, -5, 2**62, *[7] * (count - 4)], dtype="Int64"),
        "yes": pd.array([True, False, None, *[True] * (count - 3)], dtype="boolean"),
    }
    return pd.DataFrame(columns)


def write_by_cell(frame: pd.DataFrame, path: Path) -> None:
    """Write a data frame as XlsxWriter does it."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("metrics")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, list(frame.columns), book.add_format({"bold": True}))
        for line, row in enumerate(frame.astype(object).itertuples(index=False), 1):
            for column, value in enumerate(map(make_plain, row)):
                if isinstance(value, str) or value in (float("inf"), float("-inf")):
                    sheet.write_string(line, column, str(value)) if value else None
                else:
                    sheet.write_number(line, column, value)


def read_with_openpyxl(path: Path) -> Any:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [
        [(cell.value, cell.data_type.replace("inlineStr", "s"), cell.font.b) for cell in row] for row in sheet.rows
    ]
    return cells, sheet.freeze_panes, sheet.dimensions


def read_row_by_row(path: Path) -> Any:
    sheet = openpyxl.load_workbook(path, read_only=True).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True)), sheet.max_row, sheet.max_column


def read_with_calamine(path: Path) -> Any:
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("metrics")
    return [[(value, type(value)) for value in row] for row in sheet.to_python()]


@pytest.mark.parametrize("read", [read_with_openpyxl, read_row_by_row, read_with_calamine])
def test_readers_find_what_is_written_cell_by_cell(odd: pd.DataFrame, tmp_path: Path, read: Any) -> None:
    write_by_cell(odd, tmp_path / "expected.xlsx")
    write_workbook([odd[:3], odd[3:3], odd[3:]], len(odd), tmp_path / "rows.xlsx")
    assert read(tmp_path / "rows.xlsx") == read(tmp_path / "expected.xlsx")


def test_cells_are_the_bytes_that_are_written_cell_by_cell(odd: pd.DataFrame, tmp_path: Path) -> None:
    found = []
    write_by_cell(odd, tmp_path / "expected.xlsx")
    write_workbook([odd], len(odd), tmp_path / "rows.xlsx")
    for name in ("rows.xlsx", "expected.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            found.append(archive.read("xl/worksheets/sheet1.xml").partition(b'<row r="2">')[2])
    assert found[0] == found[1] != b""


def test_a_workbook_does_not_say_when_it_was_made(tmp_path: Path) -> None:
    frame = to_frame([make_result("zone", "alabuga")])
    for name in ("first.xlsx", "second.xlsx"):
        write_workbook([frame], 1, tmp_path / name)
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "first.xlsx") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"2000-01-01" in archive.read("docProps/core.xml")


def test_a_workbook_takes_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("zonebook.book.workbook._SHEET_ROWS", 3)
    frame = to_frame([make_result("zone", f"z{number}") for number in range(5)])
    write_workbook([frame[:1], frame[1:1], frame[1:]], 5, tmp_path / "rows.xlsx")
    book = openpyxl.load_workbook(tmp_path / "rows.xlsx")
    assert book.sheetnames == ["metrics", "metrics_2", "metrics_3"]
    assert [[row[2].value for row in sheet.rows] for sheet in book.worksheets] == [
        ["scope_id", "z0", "z1"],
        ["scope_id", "z2", "z3"],
        ["scope_id", "z4"],
    ]
    assert [sheet.dimensions for sheet in book.worksheets] == ["A1:O3", "A1:O3", "A1:O2"]


def test_sheets_that_are_full_leave_none_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("zonebook.book.workbook._SHEET_ROWS", 3)
    frame = to_frame([make_result("zone", f"z{number}") for number in range(4)])
    write_workbook([frame], 4, tmp_path / "rows.xlsx")
    assert openpyxl.load_workbook(tmp_path / "rows.xlsx").sheetnames == ["metrics", "metrics_2"]


def test_a_workbook_without_rows_has_a_heading(tmp_path: Path) -> None:
    write_workbook([to_frame([])], 0, tmp_path / "rows.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx").active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.rows] == [list(RESULT_COLUMNS)]
