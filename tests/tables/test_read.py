"""Files as people make them: encodings, separators, Parquet, folders with other things in them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import small_data
from zonebook.tables.check import check_data_set
from zonebook.tables.problem import Findings
from zonebook.tables.read import read_data_set, read_text
from zonebook.tables.schema import TABLES

ENCODINGS = ("utf-8", "utf-8-sig", "cp1251")
SEPARATORS = (",", ";", "\t")


def rewrite(text: str, separator: str) -> str:
    """Return a CSV text with another separator."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_data_set_reads_the_same_in_any_encoding_and_with_any_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    plain = check_data_set(small_data.write_small_data_set(tmp_path / "plain"))
    other = tmp_path / "other"
    other.mkdir()
    for name, text in small_data.TABLES.items():
        (other / f"{name}.csv").write_text(rewrite(text, separator), encoding=encoding, newline="")
    checked = check_data_set(other)
    assert checked.problems == ()
    for name, frame in plain.tables.items():
        pd.testing.assert_frame_equal(checked.tables[name], frame)


def russian(name: str, text: str) -> str:
    """Return a CSV text under its Russian headings."""
    rows = list(csv.reader(io.StringIO(text)))
    table = TABLES[name]
    columns = [table.column(heading) for heading in rows[0]]
    rows[0] = [column.heading["ru"] for column in columns if column is not None]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def test_russian_headings_and_file_names_read_like_english_ones(tmp_path: Path) -> None:
    plain = check_data_set(small_data.write_small_data_set(tmp_path / "plain"))
    folder = tmp_path / "russian"
    folder.mkdir()
    for name, text in small_data.TABLES.items():
        (folder / f"{TABLES[name].heading['ru']}.csv").write_text(russian(name, text), encoding="utf-8")
    checked = check_data_set(folder)
    assert checked.problems == ()
    for name, frame in plain.tables.items():
        pd.testing.assert_frame_equal(checked.tables[name], frame)


def test_parquet_reads_like_csv(tmp_path: Path) -> None:
    plain = check_data_set(small_data.write_small_data_set(tmp_path / "plain"))
    folder = tmp_path / "parquet"
    folder.mkdir()
    for name in small_data.TABLES:
        plain.tables[name].to_parquet(folder / f"{name}.parquet", index=False)
    checked = check_data_set(folder)
    assert checked.problems == ()
    for name, frame in plain.tables.items():
        pd.testing.assert_frame_equal(checked.tables[name], frame)


def test_empty_texts_in_parquet_are_empty_cells(tmp_path: Path) -> None:
    frame = pd.DataFrame({"source_id": ["a", "b"], "kind": "press", "title": ["", "c"], "date": ["", ""]})
    frame.to_parquet(tmp_path / "source.parquet")
    checked = check_data_set(tmp_path)
    assert [problem.rule for problem in checked.problems] == ["table_missing"]
    assert checked.tables["source"][["title", "date"]].isna().to_numpy().tolist() == [[True, True], [False, True]]


def test_dates_in_parquet_are_dates(tmp_path: Path) -> None:
    days = pd.to_datetime(["2024-01-31", "2025-12-01", None])
    frame = pd.DataFrame({"source_id": ["a", "b", "c"], "kind": "press", "date": days})
    frame.to_parquet(tmp_path / "source.parquet")
    assert check_data_set(tmp_path).tables["source"]["date"].tolist() == ["2024-01-31", "2025-12-01", pd.NA]


def test_broken_cells_in_parquet_are_named_as_people_write_them(tmp_path: Path) -> None:
    frame = pd.DataFrame({"year": [2024.0, 2025.5, 2026.0], "currency": "USD", "rub_per_unit": [90.0, 80.25, -1e9]})
    frame.to_parquet(tmp_path / "fx.parquet")
    problems = [problem for problem in check_data_set(tmp_path).problems if problem.table == "fx"]
    assert [(problem.rule, problem.row, problem.value) for problem in problems] == [
        ("number_not_whole", 2, "2025.5"),
        ("below_minimum", 3, "-1000000000"),
    ]


def test_a_workbook_reads_like_csv(tmp_path: Path) -> None:
    plain = check_data_set(small_data.write_small_data_set(tmp_path / "plain"))
    path = tmp_path / "book.xlsx"
    with pd.ExcelWriter(path) as book:
        for name in small_data.TABLES:
            plain.tables[name].to_excel(book, sheet_name=TABLES[name].heading["ru"], index=False)
    checked = check_data_set(path)
    assert checked.problems == ()
    for name, frame in plain.tables.items():
        pd.testing.assert_frame_equal(checked.tables[name], frame)


CELL = st.text(st.characters(codec="cp1251", exclude_categories=["Cc", "Cf", "Cs"]), max_size=12)
ROW = st.fixed_dictionaries(
    {
        "title": CELL,
        "publisher": CELL,
        "note": st.one_of(CELL, st.just('two\nlines, with "quotes"; and\tmore')),
    }
)


def is_utf8(data: bytes) -> bool:
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(ROW, min_size=1, max_size=8), st.sampled_from(SEPARATORS), st.sampled_from(ENCODINGS))
def test_any_text_survives_writing_and_reading(
    tmp_path: Path, rows: list[dict[str, str]], separator: str, encoding: str
) -> None:
    frame = pd.DataFrame(rows)
    frame.insert(0, "source_id", [f"s{number}" for number in range(len(frame))])
    frame["kind"] = "press"
    path = tmp_path / "source.csv"
    frame.to_csv(path, sep=separator, encoding=encoding, index=False)
    assume(encoding != "cp1251" or not is_utf8(path.read_bytes()))  # a few odd bytes can be both
    read = check_data_set(tmp_path).tables["source"]
    expected = frame.set_index("source_id").map(lambda text: text.strip() or None)
    got = read.set_index("source_id")[list(expected.columns)]
    got = got.loc[expected.index].astype("object").where(lambda cells: cells.notna(), None)
    assert got.to_dict() == expected.astype("object").where(lambda cells: cells.notna(), None).to_dict()


NUMBERS = st.floats(min_value=0, max_value=1e15, allow_nan=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_decimal_commas_between_semicolons_read_back_exactly(tmp_path: Path, numbers: list[float]) -> None:
    years = [str(1990 + position) for position in range(len(numbers))]
    frame = pd.DataFrame(
        {"year": years, "currency": "USD", "rub_per_unit": [repr(n).replace(".", ",") for n in numbers]}
    )
    frame.to_csv(tmp_path / "fx.csv", sep=";", index=False)
    assert check_data_set(tmp_path).tables["fx"]["rub_per_unit"].tolist() == numbers


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    folder = small_data.write_small_data_set(tmp_path)
    for name in ("README.md", ".zone.csv.swp", "~zone.csv", "picture.png", "notes.txt"):
        (folder / name).write_text("not a table", encoding="utf-8")
    (folder / "old.csv").mkdir()
    assert check_data_set(folder).problems == ()


def test_rows_that_do_not_fit_are_left_out_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "fx.csv"
    path.write_text(
        "year;currency;rub_per_unit\n2020;USD;72\n2021;USD\n\n2022;USD;1;2\n2023;USD;85\n", encoding="utf-8"
    )
    findings = Findings("en")
    raw = read_text(path, TABLES["fx"], findings)
    assert raw is not None
    assert raw.number_rows(np.arange(raw.count)).tolist() == [2, 6]
    assert [problem.row for problem in findings.problems()] == [3, 5]


def test_a_file_that_is_no_table_is_no_data_set(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF")
    findings = Findings("en")
    assert list(read_data_set(path, findings)) == []
    assert [problem.rule for problem in findings.problems()] == ["not_a_data_set"]
