"""What a workbook's markup says of its cells: formulas without a result, errors, percents."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from zonebook.tables.markup import Marks, read_marks


def test_formulas_are_marked_where_no_result_is_stored(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("tie")
        sheet.write_formula("A2", "=1+1", None, 2)
        sheet.write_formula("B2", '="a"', None, "a")
    assert read_marks(tmp_path / "a.xlsx") == {"tie": Marks()}
    book = openpyxl.Workbook()
    book.active["B3"] = "=A1+1"
    book.save(tmp_path / "b.xlsx")
    assert read_marks(tmp_path / "b.xlsx")["Sheet"].texts == {(2, 1): "#=A1+1"}


def test_errors_are_shown_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["AB17"] = "#DIV/0!"
    book.active["AB17"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    assert read_marks(tmp_path / "a.xlsx")["Sheet"].texts == {(16, 27): "#DIV/0!"}


@pytest.mark.parametrize("form", ["0%", "0.00%", "0.0%", '#,##0.0" %"'])
def test_numbers_shown_as_percents_are_marked(form: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([0.5, 0.5])
    book.active["B1"].number_format = form
    book.save(tmp_path / "a.xlsx")
    assert read_marks(tmp_path / "a.xlsx")["Sheet"].percents == {(0, 1)}


def test_sheets_are_told_apart_whatever_their_files_are_called(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Связи & Co")["A1"] = "=2"
    book.save(tmp_path / "a.xlsx")
    marks = read_marks(tmp_path / "a.xlsx")
    assert (marks["Sheet"].texts, marks["Связи & Co"].texts) == ({}, {(0, 0): "#=2"})


def test_cells_without_addresses_stand_one_after_the_other(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([1, "=2"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as before, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if "sheet1" in name:
                content = content.replace(b' r="A1"', b"").replace(b' r="B1"', b"").replace(b' r="1"', b"")
            after.writestr(name, content)
    assert read_marks(tmp_path / "b.xlsx")["Sheet"].texts == {(0, 1): "#=2"}
