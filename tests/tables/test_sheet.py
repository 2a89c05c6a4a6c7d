"""Sheets as people fill them: where the headings are, which rows are data."""

from __future__ import annotations

import datetime

import pytest

from zonebook.tables.schema import TABLES
from zonebook.tables.sheet import Sheet, fill_merged, find_layout, name_column, write_cell

HEADINGS: list[object] = ["Код связи", "От участника", "К участнику", "Уровень", "Стоимость, руб."]
ROW: list[object] = ["t1", "a", "b", "local", 5.0]


def lay_out(*rows: list[object]) -> Sheet:
    width = max(map(len, rows))
    return Sheet("Связи", [[*row, *[""] * (width - len(row))] for row in rows])


def test_titles_above_the_headings_are_told_from_them() -> None:
    layout = find_layout(TABLES["tie"], lay_out(["Связи за год"], [], HEADINGS, ROW))
    assert layout is not None
    assert (layout.above, layout.heading, layout.body) == ((0,), 2, (3,))


def test_headings_nobody_knows_are_still_headings() -> None:
    layout = find_layout(TABLES["tie"], lay_out(["x", "y"], ["1", "2"]))
    assert layout is not None
    assert (layout.heading, layout.headings, layout.body) == (0, ("x", "y"), (1,))


@pytest.mark.parametrize(
    "second", [[1.0, 2.0, 3.0, 4.0, 5.0], ["tie_id", "from_party", "to_party", "level", "value_rub"]]
)
def test_a_second_row_of_headings_is_no_data(second: list[object]) -> None:
    layout = find_layout(TABLES["tie"], lay_out(HEADINGS, second, ROW))
    assert layout is not None
    assert (layout.second, layout.body) == (1, (2,))


def test_headings_of_two_rows_are_joined() -> None:
    first: list[object] = ["Код связи", "Стороны", "", "Уровень", "Стоимость, руб."]
    layout = find_layout(TABLES["tie"], lay_out(first, ["", "От участника", "К участнику", "", ""], ROW))
    assert layout is not None
    assert layout.headings == tuple(HEADINGS)


def test_a_first_row_of_numbers_is_data() -> None:
    rows = [["Год", "Валюта", "Рублей за единицу"], [1.0, "USD", 3.0]]
    layout = find_layout(TABLES["fx"], lay_out(*rows))
    assert layout is not None
    assert layout.body == (1,)


def test_totals_and_notes_after_the_data_are_told_from_it() -> None:
    rows = [HEADINGS, ROW, ["Итого", "", "", "", 5.0], [], ["* по данным компаний"], ["Исполнитель: Иванова"]]
    layout = find_layout(TABLES["tie"], lay_out(*rows))
    assert layout is not None
    assert (layout.body, layout.totals, layout.notes) == ((1,), (2,), (4, 5))


@pytest.mark.parametrize("row", [["t2"], ["", "a b c"], ["total"], ["total-ru", "a"]])
def test_rows_that_may_be_data_stay_data(row: list[object]) -> None:
    layout = find_layout(TABLES["tie"], lay_out(HEADINGS, ROW, row))
    assert layout is not None
    assert layout.body == (1, 2)


def test_a_text_alone_between_rows_of_data_stays_to_be_mended() -> None:
    layout = find_layout(TABLES["tie"], lay_out(HEADINGS, ROW, ["* раздел второй"], ROW))
    assert layout is not None
    assert layout.body == (1, 2, 3)


def test_rows_of_the_template_are_passed_over() -> None:
    layout = find_layout(TABLES["tie"], lay_out(HEADINGS, ["#пояснение: код"], ["#example: t1", "a"], ROW))
    assert layout is not None
    assert (layout.body, layout.has_remarks) == ((3,), True)


def test_a_blank_sheet_has_no_layout() -> None:
    assert find_layout(TABLES["tie"], lay_out(["", " "])) is None


def test_a_cell_merged_over_rows_stands_in_each_of_them() -> None:
    sheet = Sheet("Связи", [["a", 1.0], ["", 2.0], ["", 3.0]], merges=(((0, 0), (2, 0)),))
    fill_merged(sheet)
    assert [row[0] for row in sheet.rows] == ["a", "a", "a"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (True, "true"),
        (12.0, "12"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (datetime.date(2024, 5, 6), "2024-05-06"),
        (datetime.datetime(2024, 5, 6), "2024-05-06"),
        (datetime.datetime(2024, 5, 6, 7), "2024-05-06 07:00:00"),
        ("1 234,5", "1 234,5"),
    ],
)
def test_cells_become_the_text_a_person_would_type(cell: object, text: str) -> None:
    assert write_cell(cell) == text


def test_columns_are_named_as_a_spreadsheet_names_them() -> None:
    assert [name_column(position) for position in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]
