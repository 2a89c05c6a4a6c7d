"""Workbooks as people keep them: typed cells, blank rows, sheets that are no tables."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import openpyxl

from zonebook.tables.problem import Findings
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


def test_other_sheets_are_named_and_left_out(tmp_path: Path) -> None:
    path = save(tmp_path / "book.xlsx", zone=[["zone_id"], ["a"]], Notes=[["x"]], Tiess=[["x"]], tie=[])
    findings = Findings("en")
    assert [raw.place.table for raw in read_workbook(path, findings)] == ["zone"]
    found = [(problem.rule, problem.sheet) for problem in findings.problems()]
    assert found == [("table_unknown", "Notes"), ("table_unknown", "Tiess"), ("empty_file", "tie")]
    assert "'tie'" in findings.problems()[1].remedy
