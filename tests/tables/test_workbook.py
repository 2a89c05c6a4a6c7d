"""Workbooks as people keep them: typed cells, blank rows, merged cells, sheets that are no tables."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from small_data import write_small_data_set
from small_workbook import make_small_book, save_small_workbook
from zonebook.tables.check import check_data_set
from zonebook.tables.problem import Findings
from zonebook.tables.store import open_data, write_store
from zonebook.tables.workbook import read_workbook


def save(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_typed_cells_become_the_text_a_person_would_type(tmp_path: Path) -> None:
    cells: list[object] = [
        True,
        2024,
        12.0,
        12.5,
        datetime.datetime(2024, 5, 6),
        datetime.datetime(2024, 5, 6, 7),
        "1 234,5",
        None,
    ]
    path = save(tmp_path / "book.xlsx", zone=[[f"c{number}" for number in range(len(cells))], cells])
    (raw,) = read_workbook(path, Findings("en"))
    assert [column.to_pylist()[0] for column in raw.columns] == [
        "true",
        "2024",
        "12",
        "12.5",
        "2024-05-06",
        "2024-05-06 07:00:00",
        "1 234,5",
        None,
    ]


def test_blank_rows_and_columns_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [],
        ["zone_id", None, "type"],
        [],
        ["a", None, "port"],
        ["b", " ", "port"],
        [None, " "],
        ["c"],
    ]
    path = save(tmp_path / "book.xlsx", Зоны=rows)
    (raw,) = read_workbook(path, Findings("en"))
    assert raw.place.table == "zone"
    assert raw.headings[0] == "zone_id"
    assert raw.columns[0].to_pylist() == ["a", "b", "c"]
    assert raw.number_rows(np.arange(3)).tolist() == [4, 5, 7]
    assert raw.place.letters == {"zone_id": "A", "type": "C"}
    assert raw.place.heading_row == 2


def test_other_sheets_are_named_and_left_out(tmp_path: Path) -> None:
    path = save(tmp_path / "book.xlsx", zone=[["zone_id"], ["a"]], Notes=[["x"]], Tiess=[["x"]], tie=[])
    findings = Findings("en")
    assert [raw.place.table for raw in read_workbook(path, findings)] == ["zone"]
    found = [(problem.rule, problem.sheet) for problem in findings.problems()]
    assert found == [("table_unknown", "Notes"), ("table_unknown", "Tiess"), ("empty_file", "tie")]
    assert "'tie'" in findings.problems()[1].remedy


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_workbook_is_as_good_as_a_folder(lang: str, tmp_path: Path) -> None:
    folder = check_data_set(write_small_data_set(tmp_path / "data"))
    book = check_data_set(save_small_workbook(tmp_path / "my.xlsx", lang))
    assert book.problems == ()
    for name, normal in folder.normal.items():
        assert book.normal[name].data.equals(normal.data), name
    write_store(folder, tmp_path / "one")
    write_store(book, tmp_path / "two")
    assert open_data(tmp_path / "one").digests == open_data(tmp_path / "two").digests


@pytest.mark.parametrize(
    "typed", ["12 000 000", "12\u00a0000\u00a0000", "12\u202f000\u202f000,0", "12000000", " 12000000.0 "]
)
def test_numbers_kept_as_text_are_numbers(typed: str, tmp_path: Path) -> None:
    book = make_small_book()
    book["Связи"]["I2"] = typed
    book.save(tmp_path / "my.xlsx")
    checked = check_data_set(tmp_path / "my.xlsx")
    assert checked.problems == ()
    assert checked.tables["tie"].set_index("tie_id")["value_rub"]["t1"] == 12_000_000


def test_a_share_shown_as_percents_is_the_share(tmp_path: Path) -> None:
    book = make_small_book()
    sheet = book["Показатели зон"]
    sheet["D2"], sheet["H2"], sheet["G2"] = "export_share", "ratio", 0.125
    sheet["G2"].number_format = "0.0%"
    book.save(tmp_path / "my.xlsx")
    checked = check_data_set(tmp_path / "my.xlsx")
    assert checked.problems == ()
    figures = checked.tables["zone_year"]
    assert figures.loc[figures["indicator"] == "export_share", "value"].tolist() == [0.125]


def test_a_text_merged_over_rows_belongs_to_each_of_them(tmp_path: Path) -> None:
    book = make_small_book()
    sheet = book["Показатели зон"]
    sheet.merge_cells("A2:A5")
    sheet.merge_cells("E2:E4")
    book.save(tmp_path / "my.xlsx")
    checked = check_data_set(tmp_path / "my.xlsx")
    assert checked.problems == ()
    assert len(checked.tables["zone_year"]) == 15


def test_stored_results_of_formulas_are_read(tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 - the other writer stores no results

    with xlsxwriter.Workbook(tmp_path / "my.xlsx") as book:
        sheet = book.add_worksheet("Курсы валют")
        sheet.write_row(0, 0, ["Год", "Валюта", "Рублей за единицу"])
        sheet.write_row(1, 0, [2024, "USD"])
        sheet.write_formula(1, 2, "=90+2.5", None, 92.5)
    (raw,) = read_workbook(tmp_path / "my.xlsx", Findings("en"))
    assert raw.columns[2].to_pylist() == ["92.5"]


def test_rows_and_columns_out_of_sight_are_read(tmp_path: Path) -> None:
    book = make_small_book()
    book["Связи"].row_dimensions[3].hidden = True
    book["Связи"].column_dimensions["I"].hidden = True
    book.save(tmp_path / "my.xlsx")
    tie = check_data_set(tmp_path / "my.xlsx").tables["tie"]
    assert len(tie) == 5
    assert tie["value_rub"].sum() == 62_000_000


def test_data_may_begin_anywhere_on_the_sheet(tmp_path: Path) -> None:
    book = make_small_book()
    book["Связи"].insert_cols(1, 2)
    book["Связи"].insert_rows(1, 3)
    book["Связи"]["K5"] = "много"
    book.save(tmp_path / "my.xlsx")
    (problem,) = check_data_set(tmp_path / "my.xlsx", "ru").problems
    assert (problem.cell, problem.row) == ("Связи!K5", 5)
