"""The index and its levels: a bar each with its interval, never from reported figures."""

import re

import pytest

from figure_pages import ZONE, alternative_of, assert_is_sound, make_page
from standing_rows import levels
from zonebook.page.figures import index_by_zone, index_profile


def zones(count: int) -> list[dict[str, object]]:
    return [
        {**ZONE, "zone_id": f"zone-{i:03d}", "name_ru": f"{ZONE['name_ru']} {i:03d}", "name_en": f"Example {i:03d}"}
        for i in range(count)
    ]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_profile_shows_every_level_and_the_index_with_its_interval(lang: str) -> None:
    block = assert_is_sound(index_profile(make_page(lang, results=levels())))
    assert [cells[1] for cells in block.rows] == ["local", "regional", "international", ""]
    assert block.rows[3][3:6] == (52.0, 52.0, 57.0)


def test_a_level_without_a_score_takes_the_index_with_it_but_not_the_others() -> None:
    said = alternative_of(index_profile(make_page("en", results=levels("example", 70.0, None, 50.0, None))))
    assert "Interregional: undef." in said
    assert "Local: 70." in said


def test_without_a_scored_level_there_is_no_profile() -> None:
    assert index_profile(make_page(results=levels("example", None, None, None, None))) is None
    assert index_profile(make_page()) is None


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("count", [1, 8, 56])
def test_small_multiples_fit_with_long_names(lang: str, count: int) -> None:
    rows = [one for zone in zones(count) for one in levels(str(zone["zone_id"]))]
    block = assert_is_sound(index_by_zone(make_page(lang, scope="country", zone=zones(count), results=rows)))
    assert len(block.rows) == 4 * count


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Drawn are the 75 zones with the highest index, then the 75 with the lowest, of 200"),
        ("ru", "всего зон с индексом 200"),
    ],
)
def test_of_more_zones_than_panels_can_show_both_ends_are_drawn_and_the_table_has_all(lang: str, said: str) -> None:
    found = zones(200)
    every = [
        one
        for index, zone in enumerate(found)
        for one in levels(str(zone["zone_id"]), 70.0, 40.0, 50.0, float(index % 100) / 2 + (index >= 100) * 50)
    ]
    block = assert_is_sound(index_by_zone(make_page(lang, scope="country", zone=found, results=every)))
    assert len(block.rows) == 4 * 200
    assert said in block.html.replace("\u00a0", " ")
    names = re.findall(r"(?:Example|именем>») (\d{3}): ", alternative_of(block))
    assert [int(name) for name in names] == [*range(199, 124, -1), *range(74, -1, -1)]


def test_of_many_zones_those_with_an_index_are_drawn() -> None:
    found = zones(200)
    rows = [one for zone in found for one in levels(str(zone["zone_id"]), 70.0, 40.0, None, None)]
    assert index_by_zone(make_page("en", scope="country", zone=found, results=rows)) is None
    rows += levels("zone-000")
    block = assert_is_sound(index_by_zone(make_page("en", scope="country", zone=found, results=rows)))
    assert alternative_of(block).startswith("Example 000: ")
    assert "Example 001" not in alternative_of(block)
    assert "Drawn are the zones that have an index" in block.html
