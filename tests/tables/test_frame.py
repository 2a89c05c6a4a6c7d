"""Frames have the contract's dtypes, with and without rows."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from zonebook.tables.frame import create_empty, list_records, split_lists, to_frame, to_plain_table
from zonebook.tables.schema import TABLES


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_the_declared_columns(name: str) -> None:
    frame = create_empty(name)
    assert frame.empty
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
        column.name: column.dtype for column in TABLES[name].columns.values()
    }


@pytest.mark.parametrize("name", ["zone_year", "party", "tie"])
def test_rows_are_listed_as_pandas_lists_them(name: str) -> None:
    columns = create_empty(name).dtypes
    known = {"string": "a", "Int64": 7, "float64": 0.5, "boolean": True}
    row = {column: known[str(dtype)] for column, dtype in columns.items()}
    frame = pd.DataFrame([row, dict.fromkeys(columns.index)]).astype(columns).assign(other=["a", pd.NA])
    frame["objects"] = pd.Series([7, pd.NA], dtype=object)
    listed, expected = list_records(frame), frame.to_dict("records")
    assert repr(listed) == repr(expected)
    assert [list(map(type, row.values())) for row in listed] == [list(map(type, row.values())) for row in expected]


def test_equal_text_that_arrow_holds_is_one_text_in_rows() -> None:
    frame = pd.DataFrame({"a": pd.array(["one text", "another", "one text", pd.NA], dtype=pd.StringDtype("pyarrow"))})
    listed = [row["a"] for row in list_records(frame)]
    assert listed == ["one text", "another", "one text", None]
    assert listed[0] is listed[2]


def test_frames_keep_missing_text_and_na_apart() -> None:
    data = pa.table({"a": pa.array(["NA", None]).dictionary_encode(), "b": pa.array([1, None]), "c": [True, None]})
    frame = to_frame(data)
    assert frame["a"].tolist() == ["NA", pd.NA]
    assert frame.dtypes.astype(str).tolist() == ["string", "Int64", "boolean"]
    assert to_plain_table(data).schema.field("a").type == pa.string()


def test_lists_are_split_and_each_part_knows_its_cell() -> None:
    single, cells = split_lists(pa.array(["a; b", "c"]))
    assert single.to_pylist() == ["a", "b", "c"]
    assert cells.tolist() == [0, 0, 1]
