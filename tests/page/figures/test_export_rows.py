"""Figures of exports from metric rows: spread, change, advantages, survival."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page
from metric_pages import make_row
from zonebook.page.figures import advantages, export_margins, export_survival, lorenz_curve

LANGUAGES = ["ru", "en"]
LORENZ = [
    *(make_row(f"X07.lorenz_{p}", part) for p, part in ((20, 0.02), (40, 0.06), (60, 0.14), (80, 0.36))),
    make_row("X07", 0.11, unit="index"),
    make_row("X07.normalised", 0.075, unit="index"),
]
MARGINS = [
    *(make_row(f"X11{name}", value, unit="RUB") for name, value in (("", -1e9), (".kept", -2e9), (".new", 2e9))),
    make_row("X11.lost", 1e9, unit="RUB"),
    *(make_row(f"X11.{name}_count", number, unit="count") for name, number in (("lost", 21), ("kept", 2), ("new", 5))),
]
CHAPTERS = [
    {"hs2": "84", "name_ru": "Реакторы ядерные, котлы, оборудование и механические устройства", "name_en": "Machinery"}
]
ADVANTAGES = [
    make_row("X10", 0.8, unit="index"),
    make_row("X10.8413", 0.8, unit="index"),
    make_row("X10.8421", -0.4, unit="index"),
    make_row("X10.9013", None, unit="index"),
]
SURVIVAL = [
    make_row("X14", 0.8, lower=0.7, upper=0.9),
    make_row("X14.y2", 0.5, lower=0.4, upper=0.6),
    make_row("X14.filled.y2", 0.9, lower=0.8, upper=1.0),
    make_row("X14.median", 2.0, unit="years"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lorenz_curve_says_what_the_largest_fifth_takes(lang: str) -> None:
    block = assert_is_sound(lorenz_curve(make_page(lang, results=LORENZ)))
    assert "64" in alternative_of(block)
    assert lorenz_curve(make_page(lang, results=LORENZ[4:])) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_waterfall_signs_what_is_lost(lang: str) -> None:
    block = assert_is_sound(export_margins(make_page(lang, results=MARGINS)))
    assert len(block.rows) == 7
    withheld = [make_row("X11", None, unit="RUB"), *MARGINS[1:]]
    assert export_margins(make_page(lang, results=withheld)) is None


def test_steps_of_the_waterfall_are_said() -> None:
    said = alternative_of(export_margins(make_page("en", results=MARGINS)))
    assert "Ended flows: −1 bn RUB. Flows that went on: −2 bn RUB. New flows: +2 bn RUB." in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_products_have_the_names_of_their_chapters_and_withheld_ones_are_counted(lang: str) -> None:
    block = assert_is_sound(advantages(make_page(lang, results=ADVANTAGES, hs2=CHAPTERS)))
    assert len(block.rows) == 3
    assert {"ru": "к: ещё 1 товар скрыт", "en": "c: 1 more product is withheld"}[lang] in alternative_of(block)
    assert advantages(make_page(lang, results=[ADVANTAGES[3]])) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_survival_curve_takes_spells_as_they_are(lang: str) -> None:
    block = assert_is_sound(export_survival(make_page(lang, results=SURVIVAL)))
    assert [row[0] for row in block.rows] == [1, 2]
    assert export_survival(make_page(lang)) is None


def test_median_and_shares_of_survival_are_said() -> None:
    block = assert_is_sound(export_survival(make_page("en", results=SURVIVAL)))
    assert alternative_of(block) == "Still going after 1 year: 80%; 2 years: 50%."
    assert "Half of them end within 2 years." in block.html
