"""A block in every form a notebook keeps."""

import json

import pandas as pd
import pytest

from zonebook.page.block import TABLE_MIME, Block, to_cell, to_plain_text


def test_a_block_is_html_text_figure_and_table() -> None:
    block = Block("<p>1 &lt; 2</p>", svg="<svg/>", name="few", columns=("a", "b"), rows=((1, None), ("x", 0.5)))
    bundle = block._repr_mimebundle_()
    assert bundle["text/html"] == "<p>1 &lt; 2</p>"
    assert bundle["text/plain"] == "1 < 2"
    assert bundle["image/svg+xml"] == "<svg/>"
    assert bundle[TABLE_MIME] == {"name": "few", "columns": ["a", "b"], "rows": [[1, None], ["x", 0.5]]}
    json.dumps(bundle)


def test_without_a_table_there_is_no_table() -> None:
    assert set(Block("<p>x</p>")._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_plain_text_leaves_out_marks_and_drawings() -> None:
    mark = '<sup class="zb-cite">[<a href="#s">1</a>]</sup>'
    drawing = "<svg><text>axis</text></svg>"
    assert to_plain_text(f"<p>Exports <b>1</b>{mark}.</p>{drawing}<p>R&amp;D</p>") == "Exports 1.\nR&D"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (pd.NA, None),
        (float("nan"), None),
        (None, None),
        (2.0, 2),
        (2.5, 2.5),
        (True, True),
        ("NA", "NA"),
        (pd.Series([3], dtype="Int64")[0], 3),
    ],
)
def test_cells_are_what_json_can_hold(value: object, cell: object) -> None:
    assert to_cell(value) == cell
