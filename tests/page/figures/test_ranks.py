"""Ranks with their uncertainty: a number only where it may be printed, and what moves them."""

import pytest

from figure_pages import ZONE, alternative_of, assert_is_sound, make_page
from standing_rows import row
from zonebook.metrics.result import MetricResult
from zonebook.page.figures import rank_choices, rank_intervals

ZONES = [
    {**ZONE, "zone_id": f"zone-{i}", "name_ru": f"{ZONE['name_ru']} {i}", "name_en": f"Example {i}"} for i in range(4)
]


def places() -> list[MetricResult]:
    spans = ((2.0, 1.0, 4.0), (1.0, 1.0, 1.0), (4.0, 3.0, 4.0), (2.0, 1.0, 3.0))
    wide = [
        row("C06", value, lower=low, upper=high, unit="rank", scope_id=f"zone-{i}", reason="of 4 zones")
        for i, (value, low, high) in enumerate(spans)
    ]
    return [*wide, row("C06.rank", 1.0, unit="rank", scope_id="zone-1"), row("C06.rank", None, scope_id="zone-0")]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_place_is_a_number_only_where_it_may_be_printed(lang: str) -> None:
    block = assert_is_sound(rank_intervals(make_page(lang, scope="country", zone=ZONES, results=places())))
    assert [(cells[0], cells[4]) for cells in block.rows] == [
        ("zone-1", "1"),
        ("zone-3", "1–3"),
        ("zone-0", "1–4"),
        ("zone-2", "3–4"),
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Drawn are the first 75 and the last 75 places of 200; the table has all."),
        ("ru", "Показаны первые 75 и последние 75 мест из 200; в таблице — все."),
    ],
)
def test_of_many_places_both_ends_are_drawn_and_the_table_has_all(lang: str, said: str) -> None:
    zones = [
        {**ZONE, "zone_id": f"zone-{i:03d}", "name_ru": f"Зона {i:03d}", "name_en": f"Zone {i:03d}"} for i in range(200)
    ]
    rows = [row("C06", i + 1.0, unit="rank", scope_id=f"zone-{i:03d}", reason="of 200 zones") for i in range(200)]
    block = assert_is_sound(rank_intervals(make_page(lang, scope="country", zone=zones, results=rows)))
    assert len(block.rows) == 200
    assert said in block.html.replace("\u00a0", " ")
    told = alternative_of(block)
    assert [f" {i:03d}: " in told for i in (0, 74, 75, 124, 125, 199)] == [True, True, False, False, True, True]
    fewer = rank_intervals(make_page(lang, scope="country", zone=zones, results=rows[:150]))
    assert said[:9] not in fewer.html


def test_one_zone_is_not_ranked() -> None:
    assert rank_intervals(make_page(scope="country", zone=ZONES, results=places()[:1])) is None
    assert rank_choices(make_page(scope="country", zone=ZONES, results=places())) is None


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_choices_are_shown_with_their_total_parts_the_largest_first(lang: str) -> None:
    country = {"scope_type": "country", "scope_id": "RUS"}
    rows = [
        row("C07.weights.total", 0.3, lower=0.2, upper=0.4, **country),
        row("C07.normalisation.total", 0.5, lower=0.4, upper=0.6, **country),
        row("C07.normalisation", 0.25, **country),
    ]
    block = assert_is_sound(rank_choices(make_page(lang, scope="country", zone=ZONES, results=rows)))
    assert [(cells[0], cells[1], cells[4]) for cells in block.rows] == [
        ("normalisation", 0.5, 0.25),
        ("weights", 0.3, None),
    ]
    assert "50" in alternative_of(block)
