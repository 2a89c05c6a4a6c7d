"""Where the numbers come from: rows, what is missing, sources, commands."""

import shlex

from word_pages import change, open_small, read
from zonebook.page import tables


def test_metric_rows_have_anchors_and_lead_to_their_method() -> None:
    block = tables.metric_rows(open_small("zone", "en"))
    assert block is not None
    assert 'id="metric-X01"' in block.html
    assert 'href="../methods/X01.html"' in block.html
    assert 'href="../data/zones/example-north/metrics.csv"' in block.html
    assert "from 1.1 to 1.2 bn" not in read(block)
    assert "over 1.1 bn RUB" in read(block)


def test_what_is_missing_is_said_by_table() -> None:
    shown = read(tables.missing(open_small("zone", "ru")))
    assert "Занятость" in shown
    assert "не равны нулю" in shown


def test_sources_are_those_cited_in_their_order() -> None:
    here = open_small("zone", "en")
    assert tables.sources(here) is None
    here.cite("example-press")
    here.cite("example-register")
    block = tables.sources(here)
    assert block is not None
    assert [row[1] for row in block.rows] == ["example-press", "example-register"]
    assert 'id="source-example-press"' in block.html
    assert 'class="zb-external" rel="noopener" href="https://news.example/zones"' in block.html
    assert "December 2024" in read(block)


def test_only_addresses_of_the_web_become_links() -> None:
    source = change("source", "https://news.example/zones,Зоны примера растут", "https://news.example/zones?a=1&b=%22,")
    here = open_small("zone", "ru", source=source)
    here.cite("example-press")
    block = tables.sources(here)
    assert block is not None
    assert 'href="https://news.example/zones?a=1&amp;b=%22"' in block.html
    assert "Газета примера: news.example/zones?a=1&b=" in read(block)


def test_the_commands_are_those_of_the_page() -> None:
    zone, country = read(tables.rerun(open_small("zone", "ru"))), read(tables.rerun(open_small("overview", "en")))
    assert "papermill notebooks/zone.ipynb page.ipynb -p zone example-north -p year 2025 -p lang ru" in zone
    assert "papermill notebooks/overview.ipynb page.ipynb -p year 2025 -p lang en" in country
    assert all(shlex.split(line) for line in zone.splitlines())
