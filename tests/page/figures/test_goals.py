"""Targets: the latest comparable figure against each, on the zone's, region's and country's pages."""

import re

import pytest

from figure_pages import SOURCES, ZONE, alternative_of, assert_is_sound, figure_row, make_page
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.page.figures import targets, targets_overview


def _target(indicator: str, value: float, unit: str = "count", year: int = 2030) -> dict[str, object]:
    row = {"zone_id": "example", "indicator": indicator, "target_year": year, "target_value": value, "unit": unit}
    return {**row, "qualifier": "exact", "source_id": "press-b"}


def _jobs(year: int, value: float, qualifier: str = "exact") -> dict[str, object]:
    return figure_row(year, value, "point", indicator="jobs", unit="count", qualifier=qualifier)


TARGETS = [_target("jobs", 90_000), _target("floor_area_m2", 3.8e6, "m2"), _target("largest", 1, "qualitative")]
FIGURES = [_jobs(2020, 10_000), _jobs(2024, 36_000, "over")]


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("scope", ["zone", "region"])
def test_a_target_without_a_figure_says_so_and_a_qualitative_one_is_no_bar(lang: str, scope: str) -> None:
    block = assert_is_sound(targets(make_page(lang, scope=scope, target=TARGETS, zone_year=FIGURES)))
    assert len(block.rows) == 2
    assert [row[3] for row in block.rows] == [pytest.approx(0.4), None]


def test_alternative_text_tells_figure_share_and_target() -> None:
    said = alternative_of(targets(make_page("en", target=TARGETS, zone_year=FIGURES)))
    assert "Jobs created, target for 2030: 90 thousand; over 36 thousand as of 2024: 40% of the target" in said
    assert "Floor area, target for 2030: 3.8 mn m²; no comparable figure." in said


def test_the_required_path_is_that_of_steady_growth() -> None:
    rows = targets(make_page("en", target=TARGETS[:1], zone_year=FIGURES)).rows
    assert rows[0][6] == pytest.approx((10_000 / 90_000) ** (6 / 10), rel=1e-6)


def test_more_than_the_target_stays_on_the_sheet() -> None:
    block = assert_is_sound(targets(make_page(target=[_target("jobs", 3_000)], zone_year=FIGURES)))
    assert block.rows[0][3] == pytest.approx(12)


def test_no_target_is_no_figure() -> None:
    assert targets(make_page(zone_year=FIGURES)) is None
    assert targets_overview(make_page(scope="country")) is None


def _attained(zone_id: str, series: str, value: float) -> MetricResult:
    return MetricResult(
        f"T01.{series}", "zone", zone_id, 2024, "point", value, value, value, "share", Status.OK, "", 1,
        Evidence.REPORTED, "press-a", "",
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("count", [1, 30, 300])
def test_overview_shows_few_targets_one_by_one_and_many_by_tenths(lang: str, count: int) -> None:
    zones = [{**ZONE, "zone_id": f"zone-{i}", "name_ru": f"{ZONE['name_ru']} № {i}"} for i in range(count)]
    results = [_attained(zone["zone_id"], "jobs", index / 20) for index, zone in enumerate(zones)]
    results += [_attained("zone-0", "jobs.progress", 0.1)]
    goals = [{**_target("jobs", 100), "zone_id": zone["zone_id"]} for zone in zones]
    block = assert_is_sound(
        targets_overview(make_page(lang, scope="country", zone=zones, target=goals, results=results))
    )
    assert len(block.rows) == count
    assert all("2030" in row[1] for row in block.rows)
    drawn = len(re.findall("<title>", block.svg))
    assert drawn == (count if count <= 120 else 11)


def test_overview_tells_how_many_targets_are_reached() -> None:
    results = [_attained("example", "jobs", 1.2), _attained("example", "residents.2020", 0.5)]
    said = alternative_of(targets_overview(make_page("en", scope="country", source=SOURCES, results=results)))
    assert said.startswith("2 targets can be measured, 1 is reached.")
    assert "Residents, 2020: 50%." in said
