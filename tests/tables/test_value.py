"""What cells mean: numbers, whole numbers, dates, yes and no, as people in two languages write them."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.tables.schema import TABLES, Column
from zonebook.tables.value import distinguish, gather_cells, parse_numbers, understand

NUMBER = TABLES["tie"].columns["value_rub"]
WHOLE = TABLES["tie"].columns["quantity"]
YEAR = TABLES["tie"].columns["year"]
DATE = TABLES["zone"].columns["established"]
BOOLEAN = TABLES["zone_year"].columns["cumulative"]
SPACES = (" ", "\u00a0", "\u202f", "\u2009")


def column_of(cells: list[str | None]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells, pa.string())])


def read(cells: list[str | None], column: Column) -> list[object]:
    distinct = distinguish(column_of(cells))
    meanings: list[object] = distinct.take(understand(distinct.values, column).meanings).to_pylist()
    return meanings


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12.0),
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("−3", -3.0),
        ("+3", 3.0),
        ("1e9", 1e9),
        ("1 234 567", 1234567.0),
        ("1\u00a0234\u202f567,25", 1234567.25),
        ("0", 0.0),
        ("-0,5", -0.5),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, number: float) -> None:
    assert parse_numbers(pa.array([written])).to_pylist() == [number]


@pytest.mark.parametrize(
    "written", ["", "-", "12 34", "1 2345", "1,2,3", "1.5.2", "nan", "inf", "1e999", "0x10", "12%", "1,1 млрд", "NA"]
)
def test_what_is_not_a_number_is_not_read_as_one(written: str) -> None:
    assert parse_numbers(pa.array([written])).to_pylist() == [None]


@given(st.floats(allow_nan=False, allow_infinity=False, width=64), st.sampled_from([".", ","]))
def test_every_number_is_read_back(number: float, decimal: str) -> None:
    written = repr(number).replace(".", decimal)
    assert read([written], NUMBER) == [number]


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(SPACES))
def test_grouped_thousands_are_read_back(number: int, space: str) -> None:
    assert read([f"{number:,}".replace(",", space)], NUMBER) == [float(number)]


def test_whole_numbers_may_be_written_with_a_point() -> None:
    assert read(["2024", "2024.0", "2024,0", None], YEAR) == [2024, 2024, 2024, None]
    assert read(["2024,5", "x"], YEAR) == [None, None]


def test_broken_texts_are_named_by_the_rule_they_break() -> None:
    values = pa.array(["2024", "2024,5", "x"])
    broken = understand(values, YEAR).broken
    assert broken["number_not_whole"].tolist() == [False, True, False]
    assert broken["number_malformed"].tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("05.2024", "2024-05"),
        ("2024-12-31", "2024-12-31"),
        ("31.12.2024", "2024-12-31"),
        ("1.2.2024", "2024-02-01"),
        ("2024-12-31 00:00:00", "2024-12-31"),
        ("2024-12-31 00:00:00.000000", "2024-12-31"),
        ("29.02.2024", "2024-02-29"),
    ],
)
def test_dates_become_iso_as_exact_as_they_are_known(written: str, iso: str) -> None:
    assert read([written], DATE) == [iso]


@pytest.mark.parametrize(
    "written", ["29.02.2023", "2024-13", "2024-00-10", "12/31/2024", "next year", "0024", "20244", "2024-1-1"]
)
def test_what_is_not_a_date_is_not_read_as_one(written: str) -> None:
    assert read([written], DATE) == [None]


def test_a_wrong_date_among_right_ones_is_not_read_and_the_others_are() -> None:
    assert read(["2024", "x", "05.2024", None, "2024-02-30"], DATE) == ["2024", None, "2024-05", None, None]


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2199, 12, 31)))
def test_russian_and_iso_dates_mean_the_same(day: datetime.date) -> None:
    assert read([day.strftime("%d.%m.%Y"), day.isoformat()], DATE) == [day.isoformat()] * 2


def test_yes_and_no_in_both_languages() -> None:
    assert read(["true", "Да", "1", "ИСТИНА", "yes"], BOOLEAN) == [True] * 5
    assert read(["FALSE", "нет", "0", "ложь", "No"], BOOLEAN) == [False] * 5
    assert read(["maybe"], BOOLEAN) == [None]


def test_distinct_texts_are_trimmed_and_composed() -> None:
    decomposed = "и\u0306од"
    distinct = distinguish(column_of([" a", "a\u00a0", "", "  ", None, decomposed, "йод", "NA"]))
    assert distinct.values.to_pylist() == ["a", "йод", "NA"]
    assert distinct.codes.tolist() == [0, 0, -1, -1, -1, 1, 1, 2]
    assert distinct.find_empty().tolist() == [2, 3, 4]


@given(st.lists(st.one_of(st.none(), st.text(max_size=6)), max_size=30))
def test_no_text_is_lost(cells: list[str | None]) -> None:
    distinct = distinguish(column_of(cells))
    texts = distinct.take(distinct.values).to_pylist()
    assert [text is None for text in texts] == [code == -1 for code in distinct.codes]
    assert len(set(distinct.values.to_pylist())) == len(distinct.values)
    assert len(texts) == len(cells)


def test_numbers_of_typed_files_keep_their_value() -> None:
    typed = pa.chunked_array([pa.array([1.0, 2.5, 1.1e12, None, 1e300, -0.1])])
    distinct = distinguish(typed)
    assert distinct.values.to_pylist()[:3] == ["1", "2.5", "1100000000000"]
    numbers = distinct.take(understand(distinct.values, WHOLE).meanings).to_pylist()
    assert numbers[5] == -0.1
    assert numbers[3] is None
    assert math.isclose(numbers[2], 1.1e12)


def test_columns_without_rows_are_understood() -> None:
    for column in (NUMBER, YEAR, DATE, BOOLEAN, TABLES["zone"].columns["name_ru"]):
        assert read([], column) == []


def gather(cells: pa.Array, column: Column, *, is_varied: bool = False) -> tuple[list[object], dict[str, list[int]]]:
    """Return what cells mean, and the rows that cannot be understood by rule."""
    gathered = gather_cells(pa.chunked_array([cells]), column, is_varied=is_varied)
    understood = understand(gathered.values, column)
    broken = {rule: gathered.find_rows(mask).tolist() for rule, mask in understood.broken.items() if mask.any()}
    return gathered.take(understood.meanings).to_pylist(), broken


def test_numbers_of_typed_files_are_not_written_as_text_and_read_again() -> None:
    cells = pa.array([1.5, None, math.nan, -0.0, math.inf, 2.0])
    assert gather(cells, NUMBER) == ([1.5, None, None, 0.0, None, 2.0], {"number_malformed": [2, 4]})
    assert math.copysign(1, gather(cells, NUMBER)[0][3]) == 1
    assert gather(cells, YEAR) == (
        [None, None, None, 0, None, 2],
        {"number_malformed": [2, 4], "number_not_whole": [0]},
    )
    assert gather(pa.array([7, None, 2**53]), YEAR) == ([7, None, None], {"number_not_whole": [2]})
    assert gather(pa.array([7, None], pa.int8()), NUMBER) == ([7.0, None], {})
    assert gather(pa.array([True, None]), BOOLEAN) == ([True, None], {})


@given(st.lists(st.one_of(st.none(), st.floats(), st.integers(-3000, 3000).map(float)), max_size=20))
def test_a_typed_column_means_what_its_text_does(cells: list[float | None]) -> None:
    typed = pa.array(cells, pa.float64())
    for column in (NUMBER, YEAR):
        distinct = distinguish(pa.chunked_array([typed]))
        understood = understand(distinct.values, column)
        broken = {rule: distinct.find_rows(mask).tolist() for rule, mask in understood.broken.items() if mask.any()}
        assert gather(typed, column) == (distinct.take(understood.meanings).to_pylist(), broken)


@given(st.lists(st.one_of(st.none(), st.text(max_size=4), st.sampled_from(["1,5", " 7 ", "1 000", ""])), max_size=20))
def test_varied_cells_mean_what_distinct_ones_do(cells: list[str | None]) -> None:
    for column in (NUMBER, TABLES["zone"].columns["name_ru"]):
        texts = pa.array(cells, pa.string())
        assert gather(texts, column, is_varied=True) == gather(texts, column)


def test_texts_of_rows_are_as_people_write_them() -> None:
    typed = gather_cells(pa.chunked_array([[1.0, None, 2.5]]), NUMBER, is_varied=True)
    assert typed.text_at(np.array([0, 1, 2])) == ["1", "", "2.5"]
    assert typed.find_empty().tolist() == [1]
    assert distinguish(column_of(["b", None, "a"])).text_at(np.array([0, 1, 2])) == ["b", "", "a"]
