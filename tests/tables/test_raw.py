"""Row numbers are those an editor shows, whatever stands in the cells."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.tables.problem import Place
from zonebook.tables.raw import CountedNumbers, KnownNumbers, LineNumbers, RawTable, find_record_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a,b\n1,2\n3,4\n", [1, 2, 3]),
        ("a,b\r\n1,2\r\n\r\n3,4", [1, 2, 4]),
        ('a,b\n1,"x\ny"\n2,z\n', [1, 2, 4]),
        ('"a\nb",c\n1,2\n', [1, 3]),
        ('a,b\n1,"say ""hi""\nthere"\n2,z\n', [1, 2, 4]),
        ('a,b\nООО "Пример",2\n3,4\n', [1, 2, 3]),
        ('a,b\n5" pipe,2\n3,4\n', [1, 2, 3]),
        ("\n\na,b\n1,2\n", [3, 4]),
    ],
)
def test_records_begin_where_an_editor_shows_them(text: str, lines: list[int]) -> None:
    assert find_record_lines(text.encode(), ",").tolist() == lines


CELLS = st.text(st.sampled_from('aя"\n;, '), min_size=1, max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=10), st.sampled_from([",", ";"]))
def test_every_record_a_csv_writer_writes_is_found(rows: list[tuple[str, str]], separator: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    expected = []
    for row in rows:
        expected.append(out.getvalue().count("\n") + 1)
        writer.writerow(row)
    assert find_record_lines(out.getvalue().encode(), separator).tolist() == expected


def test_line_numbers_pass_over_skipped_and_blank_rows(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n3\n,\n\n5,6\n", encoding="utf-8")
    lines = LineNumbers(path, ",", skipped=np.array([2]), kept=np.array([0, 2]))
    assert lines(np.array([0, 1])).tolist() == [2, 6]
    assert lines.number_skipped().tolist() == [3]


def test_known_numbers_are_given_as_they_are() -> None:
    assert KnownNumbers(np.array([2, 3, 7]))(np.array([2, 0])).tolist() == [7, 2]


def test_rows_of_files_without_lines_are_counted_from_one() -> None:
    assert CountedNumbers()(np.array([0, 4])).tolist() == [1, 5]


def test_a_column_is_let_go_of_when_it_is_taken() -> None:
    raw = RawTable(Place("fx", "fx.csv"), ("year",), [pa.chunked_array([["2024"]])], 1, CountedNumbers())
    assert raw.take_column(0).to_pylist() == ["2024"]
    assert raw.columns[0].to_pylist() == []
