"""A part of the page for each cluster: members by size, coverage with bounds, measures, and what is not known."""

import re
from dataclasses import replace
from typing import Any

import pytest

from local_pages import make_row, open_register
from word_pages import check_html, read
from zonebook.page import tables
from zonebook.page.context import PageContext, PageOptions
from zonebook.page.tables.cluster_parts import find_size
from zonebook.settings import MetricSettings

ROWS = [
    make_row("L01", 0.6),
    make_row("L01.zone", 0.5, "alpha", lower=0.5, upper=0.58, n_units=12),
    make_row("L01.zone", None, "beta", n_units=None),
    make_row("L05", 0.75, "alpha"),
    make_row("L02.degree", 1.5, "alpha", unit="count"),
    make_row("L08", 0.1),
    make_row("L08", 0.2, "alpha", year=2024),
    make_row("S01", 0.4),
    make_row("L12.26", 28.0, unit="ratio"),
]


def _employ(*counts: int | None) -> list[dict[str, Any]]:
    """Return the headcount of the first residents."""
    return [
        {"party_id": f"r{index:02}", "year": 2025, "vintage": "2026-01-01", "employees": count, "responded": True}
        for index, count in enumerate(counts)
    ]


def _open(lang: str = "en", *counts: int | None, **more: Any) -> PageContext:
    industries = [{"code": "26", "name_ru": "Электроника", "name_en": "Electronics", "level": "class"}]
    return open_register(lang, results=ROWS, party_year=_employ(*counts), industry=industries, **more)


def test_each_cluster_has_a_part_that_can_be_linked() -> None:
    block = tables.cluster_parts(_open())
    assert block is not None
    check_html(block)
    assert re.findall(r'<h3 id="(cluster-\w+)"', block.html) == ["cluster-alpha", "cluster-beta"]
    assert set(re.findall(r'href="#(cluster-\w+)"', block.html)) == {"cluster-alpha", "cluster-beta"}


def test_its_sentences_compare_it_with_the_zone() -> None:
    said = read(tables.cluster_parts(_open("ru", *[10] * 12)))
    assert "В кластере 12 резидентов, это 60 % всех резидентов зоны." in said
    assert "Партнёр в зоне есть у 50 % (от 50 до 58 %) резидентов — меньше, чем по зоне в целом (60 %)." in said
    assert "Между собой крупнейшая сеть соединяет 75 % из них; связей на резидента: 1,5." in said
    assert "Самая частая отрасль: Электроника; коэффициент локализации зоны в ней — 28." in said


def test_a_difference_within_the_bounds_is_none() -> None:
    rows = [make_row("L01", 0.55), *ROWS[1:]]
    said = read(tables.cluster_parts(open_register("en", results=rows)))
    assert "About as many as in the zone as a whole have a partner there: 50% (from 50% to 58%), 55%." in said


def test_sizes_of_few_firms_are_withheld_with_another() -> None:
    counts = [10] * 4 + [50] * 3 + [120] * 3 + [900] + [None]
    shown = read(tables.cluster_parts(_open("en", *counts)))
    assert "Residents: up to 15 employees 4" in shown
    assert "Residents: over 250 employees c" in shown
    withheld = re.findall(r"Residents: [^\n]+ c\n", shown)
    assert len(withheld) == 2
    assert "Residents: number of employees not known 1" in shown


def test_an_internal_edition_shows_them() -> None:
    counts = [10] * 4 + [50] * 3 + [120] * 3 + [900] + [None]
    options = PageOptions(settings=MetricSettings(publish="internal"))
    shown = read(tables.cluster_parts(replace(_open("en", *counts), options=options)))
    assert "Residents: over 250 employees 1" in shown
    assert " c\n" not in shown.partition("Cluster “Beta")[0]


def test_every_number_leads_to_its_row_and_a_row_of_another_year_says_so() -> None:
    here = _open()
    block, rows = tables.cluster_parts(here), tables.metric_rows(here)
    assert block is not None
    assert rows is not None
    wanted = set(re.findall(r'href="#(metric-[^"]+)"', block.html))
    assert {"metric-L01.zone--alpha-2025", "metric-L01-2025", "metric-L08--alpha-2024"} <= wanted
    assert wanted <= set(re.findall(r'id="(metric-[^"]+)"', rows.html))
    assert "Purchases made in the zone, 2024 20% 10%" in read(block)


def test_what_is_withheld_and_what_is_not_known_is_said() -> None:
    said = read(tables.cluster_parts(_open()))
    assert "Not known of the cluster: residents with a support measure." in said
    beta = said.partition("Cluster “Beta <b>”")[2]
    assert "Too few residents for anything to be told of them." in beta
    assert "Withheld: residents with a partner in the zone." in beta


def test_a_zone_without_rows_of_clusters_has_no_parts() -> None:
    assert tables.cluster_parts(open_register(results=ROWS[:1])) is None


@pytest.mark.parametrize(("employees", "size"), [(1, "micro"), (100, "small"), (101, "medium"), (1e5, "large")])
def test_sizes_are_those_of_the_law(employees: float, size: str) -> None:
    assert find_size(employees) == size
