"""Rows of a template that explain: known by their first cell, however it is encoded."""

from __future__ import annotations

import pyarrow as pa
import pytest

from zonebook.tables.remark import find_remarks, is_remark

CELLS = ["#help: x", "a", None, "#пример: a", "#REF!", "a", "#example", "#пример: a"]


@pytest.mark.parametrize("is_encoded", [False, True])
def test_remarks_are_found(is_encoded: bool) -> None:
    cells = pa.chunked_array([CELLS[:3], CELLS[3:]])
    found = find_remarks(cells.dictionary_encode() if is_encoded else cells)
    assert found.tolist() == [0, 3, 7]


def test_errors_of_spreadsheets_and_other_texts_are_none() -> None:
    assert [is_remark(cell or "") for cell in CELLS] == [True, False, False, True, False, False, False, True]


def test_a_column_without_remarks_has_none() -> None:
    for cells in (pa.array(["a", None]), pa.array([None, None], pa.string()), pa.array(["#REF!", "a"])):
        assert find_remarks(pa.chunked_array([cells])).tolist() == []
        assert find_remarks(pa.chunked_array([cells.dictionary_encode()])).tolist() == []
