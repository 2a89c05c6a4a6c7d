"""Zones side by side: like with like, in alphabetical order."""

import pytest

from figure_pages import ZONE, alternative_of, assert_is_sound, figure_row, make_page
from zonebook.page.figures import comparison
from zonebook.page.tables.excerpt import MOST_ROWS


def _zones(count: int) -> list[dict[str, object]]:
    return [
        {**ZONE, "zone_id": f"zone-{i:03d}", "name_ru": f"ОЭЗ «Пример {i:03d}»", "name_en": f"Example {i:03d}"}
        for i in range(count)
    ]


def _jobs(zone_id: str, year: int, value: float, period: str = "point") -> dict[str, object]:
    return figure_row(year, value, period, indicator="jobs", unit="count", zone_id=zone_id, qualifier="over")


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("count", [3, 40, 200])
def test_few_and_many_zones_fit(lang: str, count: int) -> None:
    zones = _zones(count)
    rows = [_jobs(str(zone["zone_id"]), 2024, 1000.0 * (index + 1)) for index, zone in enumerate(zones)]
    block = assert_is_sound(comparison(make_page(lang, scope="country", zone=zones, zone_year=rows)))
    assert [row[1] for row in block.rows] == sorted(row[1] for row in block.rows)
    assert len(block.rows) == count


def test_strokes_that_cover_each_other_are_drawn_once_and_the_table_has_all() -> None:
    zones = _zones(MOST_ROWS + 100)
    sizes = []
    for count in (MOST_ROWS, MOST_ROWS + 100):
        rows = [_jobs(str(zone["zone_id"]), 2024, 1000.0 + (index % 7)) for index, zone in enumerate(zones[:count])]
        block = assert_is_sound(comparison(make_page("en", scope="country", zone=zones, zone_year=rows)))
        assert len(block.rows) == count
        assert f"{count} zones, from over 1 thousand to over" in alternative_of(block)
        sizes.append(len(block.svg))
    assert sizes[1] < sizes[0] / 5


def test_only_figures_of_one_kind_and_of_late_stand_together() -> None:
    zones = _zones(5)
    rows = [
        _jobs("zone-000", 2024, 10),
        _jobs("zone-001", 2023, 20),
        _jobs("zone-001", 2024, 30),
        _jobs("zone-002", 2022, 40),
    ]
    rows += [_jobs("zone-003", 2024, 50, "H1"), _jobs("zone-004", 2012, 60)]
    block = comparison(make_page("en", scope="country", zone=zones, zone_year=rows))
    assert [(row[1], row[2], row[5]) for row in block.rows] == [
        ("Example 000", 2024, 10),
        ("Example 001", 2024, 30),
        ("Example 002", 2022, 40),
    ]
    assert "Jobs created, stock on a date: 3 zones, from over 10 to over 40." in alternative_of(block)


def test_two_zones_are_no_comparison() -> None:
    rows = [_jobs("zone-000", 2024, 10), _jobs("zone-001", 2024, 20)]
    assert comparison(make_page(scope="country", zone=_zones(2), zone_year=rows)) is None
