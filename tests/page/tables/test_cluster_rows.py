"""Clusters side by side: latest rows, links to them, anchors that are unique."""

import re

from local_pages import make_row, open_register
from word_pages import check_html, read
from zonebook.page import tables

ROWS = [
    make_row("L01", 0.6),
    make_row("L01.zone", 0.3, "alpha", year=2024),
    make_row("L01.zone", 0.5, "alpha", n_units=12),
    make_row("L01.zone", None, "beta", n_units=8),
    make_row("L08", 0.1),
    make_row("L08", 0.2, "alpha"),
]


def test_the_latest_row_of_each_cluster_stands_beside_the_zone() -> None:
    block = tables.cluster_comparison(open_register(results=ROWS))
    assert block is not None
    check_html(block)
    shown = read(block)
    assert "Residents 12 8 20" in shown
    assert "50%" in shown
    assert "30%" not in shown


def test_every_number_leads_to_its_row() -> None:
    here = open_register(results=ROWS)
    comparison, rows = tables.cluster_comparison(here), tables.metric_rows(here)
    assert comparison is not None
    assert rows is not None
    check_html(rows)
    wanted = set(re.findall(r'href="#(metric-[^"]+)"', comparison.html))
    assert wanted == {
        "metric-L01",
        "metric-L01.zone--alpha",
        "metric-L01.zone--beta",
        "metric-L08",
        "metric-L08--alpha",
    }
    assert wanted <= set(re.findall(r'id="(metric-[^"]+)"', rows.html))


def test_rows_of_clusters_stand_under_the_cluster() -> None:
    shown = read(tables.metric_rows(open_register("ru", results=ROWS)))
    assert "Кластер «Бета»" in shown


def test_without_clusters_there_is_no_comparison() -> None:
    assert tables.cluster_comparison(open_register(results=[make_row("L01", 0.6)])) is None
