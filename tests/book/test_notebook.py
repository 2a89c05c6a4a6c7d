"""A page made from an executed notebook."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from small_report import SmallReport, make_notebook
from zonebook.book.notebook import list_attachments, read_notebook, stage_notebook, unlink_missing
from zonebook.book.outcome import TABLE_MIME
from zonebook.errors import BookError
from zonebook.page.locale import get_locale

PAGES = frozenset({"zones/alabuga", "zones/dubna", "index"})


@pytest.fixture
def staged(small_report: SmallReport) -> Any:
    outcome = next(o for o in small_report.outcomes if o.job.target == "zones/dubna" and o.job.lang == "en")
    text = stage_notebook(read_notebook(outcome), outcome, get_locale("en"), PAGES, root="../")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    return notebook


def cell(notebook: Any, cell_id: str) -> Any:
    return next(one for one in notebook.cells if one.id == cell_id)


def test_the_recorded_title_takes_the_place_of_the_templates_and_is_only_text(staged: Any) -> None:
    assert staged.cells[0].source.startswith("# Dubna SEZ \\<b\\>\\*x\\*\\<\\/b\\> \\{\\{ 7 \\}\\} \\$y\\$")


def test_parameters_and_record_are_out_of_sight_and_code_is_hidden(staged: Any) -> None:
    for hidden in ("parameters", "injected", "record"):
        assert cell(staged, hidden).metadata["tags"] == ["remove-cell"]
        assert cell(staged, hidden).outputs == []
    assert cell(staged, "lead").metadata["tags"] == ["remove-input"]


def test_only_what_the_site_shows_is_left_of_an_output(staged: Any) -> None:
    mimes = {mime for one in staged.cells for output in one.get("outputs", []) for mime in output["data"]}
    assert mimes == {"text/html"}
    html = cell(staged, "exports").outputs[0]["data"]["text/html"]
    assert "\n\n" not in html


def test_the_description_goes_into_the_head_of_the_page(staged: Any) -> None:
    assert staged.metadata["myst"]["html_meta"]["description"].endswith(": 2024")
    assert "papermill" not in staged.metadata


def test_the_page_leads_to_its_notebook_and_its_metric_rows(staged: Any) -> None:
    links = staged.cells[-1].source
    assert 'href="../notebooks/zones/dubna.ipynb" download' in links
    assert 'href="../data/zones/dubna/metrics.csv" download' in links


def test_a_link_to_a_zone_without_a_page_becomes_text(staged: Any) -> None:
    html = cell(staged, "lead").outputs[0]["data"]["text/html"]
    assert '<a href="../zones/alabuga.html">one</a>' in html
    assert "two" in html
    assert "elsewhere" not in html


def test_unlinking_leaves_other_links_alone() -> None:
    html = '<a href="https://example.org/zones/x.html">a</a><a class="c" href="../regions/RU-X.html#s"><b>b</b></a>'
    assert unlink_missing(html, ()) == '<a href="https://example.org/zones/x.html">a</a><b>b</b>'


def test_style_elements_and_error_streams_are_left_out(small_report: SmallReport) -> None:
    outcome = small_report.outcomes[0]
    notebook = make_notebook(outcome.record or {}, outcome.job.lang)
    notebook.cells[3].outputs = [
        nbformat.v4.new_output("stream", name="stderr", text="noise"),
        nbformat.v4.new_output("display_data", data={"text/html": "<style>.x{}</style><p>y</p>"}),
    ]
    text = stage_notebook(notebook, outcome, get_locale("ru"), PAGES, root="../")
    assert "noise" not in text
    assert ".x{}" not in text
    assert "<p>y</p>" in text


def test_a_page_without_a_heading_gets_one(small_report: SmallReport) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("text")])
    staged = json.loads(stage_notebook(notebook, small_report.outcomes[0], get_locale("ru"), PAGES, root=""))
    assert staged["cells"][0]["source"] == "# ОЭЗ «Алабуга»"


def test_tables_with_one_name_are_numbered_and_names_are_safe_for_files() -> None:
    table = {"name": "../a b", "columns": ["x"], "rows": [[1]]}
    output = nbformat.v4.new_output("display_data", data={TABLE_MIME: table})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x") for _ in range(2)])
    for one in notebook.cells:
        one.outputs = [output]
    assert [table.name for table in list_attachments(notebook)] == ["a-b", "a-b-2"]


@pytest.mark.parametrize("text", ["{", '{"cells": [], "metadata": {}, "nbformat": 9, "nbformat_minor": 0}'])
def test_a_notebook_that_cannot_be_read_is_an_error_that_names_the_page(
    small_report: SmallReport, tmp_path: Path, text: str
) -> None:
    outcome = small_report.outcomes[0]
    broken = tmp_path / "broken.ipynb"
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(BookError, match="zones/alabuga"):
        read_notebook(type(outcome)(outcome.job, broken, outcome.record))


def test_a_page_links_its_handout_where_one_is_printed(small_report: SmallReport) -> None:
    outcome = small_report.outcomes[0]
    notebook = read_notebook(outcome)
    printed = stage_notebook(notebook, outcome, get_locale("en"), PAGES, root="../", has_handout=True)
    assert f'href=\\"../pdf/{outcome.job.target}.pdf\\"' in printed
    assert ".pdf" not in stage_notebook(notebook, outcome, get_locale("en"), PAGES, root="../")
