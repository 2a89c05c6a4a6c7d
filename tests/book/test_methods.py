"""The method pages, from the catalogue of metrics."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import escape

from zonebook.book.methods import find_tests, make_method_page, make_method_table, make_test_table
from zonebook.metrics.registry import CATALOGUE, Metric
from zonebook.page.locale import get_locale
from zonebook.settings import MetricSettings, read_notes

ROOT = Path(__file__).parents[2]
ORACLES = ROOT / ".." / "shared" / "oracles"


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


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_parameters_stand_on_the_method_page_with_value_and_basis(lang: str) -> None:
    locale = get_locale(lang)
    page = make_method_page(CATALOGUE["T02"], locale, MetricSettings(on_course=0.9))
    assert "<code>on_course = 0.9</code>" in page
    assert escape(read_notes()["on_course"].basis[lang]) in page
    assert "on_course" not in make_method_page(CATALOGUE["X01"], locale)


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.id)
def test_the_tests_of_a_metric_are_where_the_page_says(metric: Metric) -> None:
    paths = [ROOT / path for path in find_tests(metric)]
    assert paths
    assert [path.name for path in paths if not path.is_file()] == []
    oracles = re.findall(r"(\w+)\.json", metric.oracle)
    texts = [path.read_text(encoding="utf-8") for path in paths]
    assert [name for name in oracles if not any(name in text for text in texts)] == []


def test_every_oracle_is_named_by_a_metric() -> None:
    if not ORACLES.is_dir():
        pytest.skip("the published cases are not beside this checkout")
    named = {name for metric in CATALOGUE.values() for name in re.findall(r"(\w+)\.json", metric.oracle)}
    assert {path.stem for path in ORACLES.glob("*.json")} <= named


def test_the_table_of_tests_names_library_oracle_and_files() -> None:
    metric = replace(CATALOGUE["X01"], uses="networkx", oracle="some_case.json")
    table = make_test_table([metric], get_locale("en"))
    assert "networkx" in table
    assert "some_case.json" in table
    assert "test_export_rows.py" in table


def test_the_table_leads_to_every_metric() -> None:
    table = make_method_table(CATALOGUE.values(), get_locale("ru"))
    assert all(f'<a href="methods/{metric_id}.html">{metric_id}</a>' in table for metric_id in CATALOGUE)
