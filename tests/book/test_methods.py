"""The method pages, from the catalogue of metrics."""

from dataclasses import replace

import pytest

from zonebook.book.methods import make_method_page, make_method_table
from zonebook.metrics.registry import CATALOGUE, Metric
from zonebook.page.locale import get_locale


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.id)
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_metric_has_a_page_with_all_that_the_catalogue_knows(metric: Metric, lang: str) -> None:
    page = make_method_page(metric, get_locale(lang))
    assert page.startswith("# ")
    assert f"({metric.id})".replace("(", "\\(").replace(")", "\\)") in page
    assert '<pre class="zb-formula"' in page
    assert all(f"data-catalogue.html#table-{table}" in page for table in metric.tables)
    assert page.count("<li>") == len(metric.sources)
    assert f"metric_id = {metric.id}" in page


def test_a_formula_is_shown_as_it_is_written() -> None:
    metric = replace(next(iter(CATALOGUE.values())), formula="c = |{i: d_i>0}| / $n$ & <b>")
    page = make_method_page(metric, get_locale("en"))
    assert "c = |{i: d_i&gt;0}| / $n$ &amp; &lt;b&gt;" in page


def test_what_is_cited_from_memory_says_so() -> None:
    metric = next(metric for metric in CATALOGUE.values() if metric.sources)
    source = metric.sources[0]
    unchecked = replace(metric, sources=(replace(source, checked=False),))
    checked = replace(metric, sources=(replace(source, checked=True),))
    assert "cited from memory" in make_method_page(unchecked, get_locale("en"))
    assert "cited from memory" not in make_method_page(checked, get_locale("en"))


def test_the_table_leads_to_every_metric() -> None:
    table = make_method_table(CATALOGUE.values(), get_locale("ru"))
    assert all(f'<a href="methods/{metric_id}.html">{metric_id}</a>' in table for metric_id in CATALOGUE)
