"""Normalised tables: declared columns and types, rows in the order of their keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.tables.frame import to_frame
from zonebook.tables.normal import NormalTable, normalise, order_rows, rank_cells
from zonebook.tables.problem import Findings
from zonebook.tables.read import read_text
from zonebook.tables.schema import TABLES


def read(folder: Path, name: str, text: str) -> NormalTable:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    raw = read_text(path, TABLES[name], Findings("en"))
    assert raw is not None
    return normalise(raw, Findings("en"))


def test_rows_stand_in_the_order_of_their_keys(tmp_path: Path) -> None:
    normal = read(tmp_path, "fx", "year,currency,rub_per_unit\n2024,USD,90\n2023,USD,80\n2024,EUR,100\n2023,,1\n")
    frame = to_frame(normal.data)
    assert frame[["year", "currency"]].fillna("").values.tolist() == [
        [2023, ""],
        [2023, "USD"],
        [2024, "EUR"],
        [2024, "USD"],
    ]
    assert normal.number_of(np.arange(4)) == [5, 3, 4, 2]


def test_translations_in_the_file_are_kept_and_unknown_columns_are_not(tmp_path: Path) -> None:
    normal = read(tmp_path, "source", "source_id,kind,note_ru,kind_ru,colour\na,press,да,пресса,red\n")
    assert "note_ru" in normal.data.column_names
    assert not {"kind_ru", "colour"} & set(normal.data.column_names)
    assert list(TABLES["source"].columns) == normal.data.column_names[: len(TABLES["source"].columns)]


def test_columns_are_called_as_the_file_calls_them(tmp_path: Path) -> None:
    normal = read(tmp_path, "source", "Код источника,kind\na,press\n")
    assert normal.heading_of("source_id") == "Код источника"
    assert normal.heading_of("url") == "url"


def test_rows_in_order_know_their_lines_as_others_do(tmp_path: Path) -> None:
    text = "source_id,kind\na,press\n{}c,press\n"
    assert read(tmp_path, "source", text.format("b,press\n\n")).number_of(np.arange(3)) == [2, 3, 5]
    assert read(tmp_path, "source", text.format("")).origin is None


def test_defaults_fill_texts_that_are_there_or_not(tmp_path: Path) -> None:
    heading = "zone_id,year,period,indicator,source_id,value,unit,qualifier\n"
    rows = "a,2024,FY,jobs,s,{},count,{}\n"
    some = read(tmp_path, "zone_year", heading + rows.format(1, "over") + rows.format(2, ""))
    assert to_frame(some.data)["qualifier"].tolist() == ["over", "exact"]
    both = read(tmp_path, "zone_year", heading + rows.format(1, "exact") + rows.format(2, ""))
    assert to_frame(both.data)["qualifier"].tolist() == ["exact", "exact"]


def test_broken_cells_are_empty(tmp_path: Path) -> None:
    frame = to_frame(read(tmp_path, "fx", "year,currency,rub_per_unit\n2024,USD,many\n2025,USD,7\n").data)
    assert frame["rub_per_unit"].isna().tolist() == [True, False]


TEXTS = st.lists(st.one_of(st.none(), st.text(max_size=3)), max_size=20)


@given(TEXTS, st.booleans())
def test_ranks_order_like_the_cells(cells: list[str | None], encoded: bool) -> None:
    array = pa.array(cells, pa.string())
    column = pa.chunked_array([array.dictionary_encode() if encoded else array])
    ranks = rank_cells(column)
    by_value = sorted(
        range(len(cells)), key=lambda i: (cells[i] is not None, (cells[i] or "").encode("utf-8", "surrogatepass"))
    )
    assert [cells[i] for i in np.argsort(ranks, kind="stable")] == [cells[i] for i in by_value]


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5)), max_size=20))
def test_ranks_of_whole_numbers_order_like_them(cells: list[int | None]) -> None:
    ranks = rank_cells(pa.chunked_array([pa.array(cells, pa.int64())]))
    by_value = sorted(range(len(cells)), key=lambda i: (cells[i] is not None, cells[i] or 0))
    assert [cells[i] for i in np.argsort(ranks, kind="stable")] == [cells[i] for i in by_value]
    assert [rank == -1 for rank in ranks] == [cell is None for cell in cells]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("abc")), max_size=20))
def test_equal_rows_keep_their_order(rows: list[tuple[int, str]]) -> None:
    data = pa.table({"year": [year for year, _ in rows], "currency": pa.array([code for _, code in rows], pa.string())})
    order = order_rows(data, ("year", "currency"))
    assert order.tolist() == sorted(range(len(rows)), key=lambda position: rows[position])


@pytest.mark.parametrize("count", [0, 1])
def test_tables_without_rows_have_their_columns(tmp_path: Path, count: int) -> None:
    normal = read(tmp_path, "tie", "tie_id\n" + "a\n" * count)
    assert normal.data.num_rows == count
    assert set(normal.data.column_names) == set(TABLES["tie"].columns)
