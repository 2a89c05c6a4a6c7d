"""How executed notebooks are read."""

import json

import nbformat

from zonebook.book.extension.reading import read_notebook


def test_a_notebook_is_read_as_nbformat_reads_it() -> None:
    output = nbformat.v4.new_output("display_data", data={"text/html": "<p>ё</p>"})
    cells = [nbformat.v4.new_markdown_cell("# A\n\nb"), nbformat.v4.new_code_cell("x", outputs=[output])]
    text = json.dumps(nbformat.v4.new_notebook(cells=cells, metadata={"myst": {"html_meta": {"description": "d"}}}))
    assert read_notebook(text) == nbformat.reads(text, as_version=4)
