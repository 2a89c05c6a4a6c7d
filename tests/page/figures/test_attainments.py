"""The overview of targets: the share attained of each, many counted by tenths."""

import re

import pytest

from figure_pages import SOURCES, ZONE, alternative_of, assert_is_sound, make_page
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.page.figures import targets_overview
from zonebook.page.tables.excerpt import MOST_ROWS


def _target(indicator: str, value: float, unit: str = "count", year: int = 2030) -> dict[str, object]:
    row = {"zone_id": "example", "indicator": indicator, "target_year": year, "target_value": value, "unit": unit}
    return {**row, "qualifier": "exact", "source_id": "press-b"}


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


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_of_more_targets_than_a_page_bears_their_numbers_are_read_out(lang: str) -> None:
    zones = [{**ZONE, "zone_id": f"zone-{i}", "name_ru": f"Зона {i}"} for i in range(MOST_ROWS + 1)]
    results = [_attained(zone["zone_id"], "jobs", 0.55 if index else 1.0) for index, zone in enumerate(zones)]
    figure = targets_overview(make_page(lang, scope="country", zone=zones, results=results))
    block, told = assert_is_sound(figure), alternative_of(figure).replace(" %", "%")
    assert "50%–60%: 400." in told
    assert told.endswith("≥ 100%: 1.")
    assert "Зона" not in told
    assert len(block.rows) == MOST_ROWS + 1


def test_overview_tells_how_many_targets_are_reached() -> None:
    results = [_attained("example", "jobs", 1.2), _attained("example", "residents.2020", 0.5)]
    said = alternative_of(targets_overview(make_page("en", scope="country", source=SOURCES, results=results)))
    assert said.startswith("2 targets can be measured, 1 is reached.")
    assert "Residents, 2020: 50%." in said
