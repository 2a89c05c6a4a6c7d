"""The text of a notebook is nbformat's, to the byte."""

import copy
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.run.notebook_text import write_notebook

_SINGLE = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())
_JSON = st.recursive(
    _SINGLE, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4))
)
_ROWS = st.lists(st.lists(_SINGLE, max_size=4), max_size=4)


def make_notebook(data: dict[str, Any], source: str = "1\n2") -> nbformat.NotebookNode:
    output = nbformat.v4.new_output("execute_result", data, execution_count=1, metadata={"kept": []})
    cells = [nbformat.v4.new_code_cell(source, outputs=[output]), nbformat.v4.new_markdown_cell("# «Ё»\n\ntext")]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"orig_nbformat": 4, "z": {}, "a": 1})
    notebook.cells[0].metadata["trusted"] = True
    return notebook


@given(anything=_JSON, rows=_ROWS, text=st.text())
def test_it_is_what_nbformat_writes(anything: Any, rows: list[Any], text: str) -> None:
    data = {"application/x+json": anything, "application/json": {"rows": rows, "of": [rows]}, "text/html": text}
    notebook = make_notebook(data, source=text)
    assert write_notebook(copy.deepcopy(notebook)) == nbformat.v4.writes(notebook)


@pytest.mark.parametrize(
    "rows",
    [
        [["],\n [", "a"], ['"],', "\u2028\\"]],
        [["]", "["], []],
        [[], []],
        [[1, 2.5], [None, True]],
        [["a"], "b"],
        [[["deep"]], ["flat"]],
        [{"a": []}, []],
    ],
    ids=repr,
)
def test_rows_of_a_table_are_told_apart_whatever_they_hold(rows: list[Any]) -> None:
    notebook = make_notebook({"application/json": rows})
    assert write_notebook(copy.deepcopy(notebook)) == nbformat.v4.writes(notebook)


def test_streams_and_errors_are_split_into_lines_as_well() -> None:
    outputs = [
        nbformat.v4.new_output("stream", text="one\ntwo\n"),
        nbformat.v4.new_output("error", ename="E", evalue="«no»", traceback=["a\nb"]),
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])
    assert write_notebook(copy.deepcopy(notebook)) == nbformat.v4.writes(notebook)
