"""The way to the targets: bands where there are any, straight scenarios else, nothing for the past."""

import pytest

from figure_pages import alternative_of, assert_is_sound, figure_row, make_page
from standing_rows import row
from zonebook.metrics.result import MetricResult
from zonebook.page.figures import target_outlooks

TARGET = {
    "zone_id": "example",
    "indicator": "jobs",
    "target_year": 2030,
    "target_value": 90_000,
    "unit": "count",
    "qualifier": "exact",
    "source_id": "press-b",
}
FIGURES = [
    figure_row(year, 10_000.0 + 3_000 * (year - 2021), "point", indicator="jobs", unit="count")
    for year in range(2021, 2026)
]


def scenarios() -> list[MetricResult]:
    ends = (("required", 90_000.0), ("trend", 45_000.0), ("stop", 22_000.0))
    return [row(f"T03.jobs.{name}", value, year=2030, unit="count") for name, value in ends]


def bands() -> list[MetricResult]:
    return [
        row(
            f"T03.jobs.band{band}",
            30_000.0,
            lower=30_000.0 - 90 * band,
            upper=30_000.0 + 90 * band,
            year=year,
            unit="count",
        )
        for band in (50, 80, 95)
        for year in range(2026, 2031)
    ]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_with_bands_it_is_a_fan(lang: str) -> None:
    page = make_page(lang, results=[*scenarios(), *bands()], target=[TARGET], zone_year=FIGURES)
    block = assert_is_sound(target_outlooks(page))
    assert len(block.rows) == 3 + 15
    assert {"ru": "с вероятностью", "en": "with a probability"}[lang] in block.html


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_without_bands_there_are_three_straight_scenarios_and_no_probability(lang: str) -> None:
    block = assert_is_sound(target_outlooks(make_page(lang, results=scenarios(), target=[TARGET], zone_year=FIGURES)))
    assert len(block.rows) == 3
    assert {"ru": "полос нет", "en": "no bands"}[lang] in block.html


def test_alternative_text_tells_where_each_scenario_leads() -> None:
    said = alternative_of(target_outlooks(make_page("en", results=scenarios(), target=[TARGET], zone_year=FIGURES)))
    assert said == (
        "Jobs created, by 2030: required path: 90 thousand; trend goes on: 45 thousand; no more growth: 22 thousand."
    )


def test_a_past_target_and_a_target_without_figures_have_no_outlook() -> None:
    past = {**TARGET, "target_year": 2024}
    assert target_outlooks(make_page(results=scenarios(), target=[past], zone_year=FIGURES)) is None
    assert target_outlooks(make_page(results=scenarios(), target=[TARGET])) is None
