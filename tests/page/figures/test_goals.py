"""Targets: the latest comparable figure against each, on the zone's, region's and country's pages."""

import pytest

from figure_pages import alternative_of, assert_is_sound, figure_row, make_page
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


def test_targets_that_nothing_is_compared_with_are_no_figure() -> None:
    assert targets(make_page(target=TARGETS)) is None
