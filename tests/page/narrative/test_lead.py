"""What follows, first of all: on every kind of page, in both languages."""

from inspect import signature

import pytest

from figure_pages import ZONE, figure_row, make_page
from word_pages import LANGUAGES, change, check_html, open_small, read
from zonebook.page import narrative

# What takes more than the page is a part of sentences that papers say, too.
OF_PAGES = [name for name in narrative.__all__ if len(signature(getattr(narrative, name)).parameters) == 1]
KINDS = ("zone", "region", "overview", "comparison", "corridors", "targets")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", OF_PAGES)
def test_sentences_are_sound(name: str, kind: str, lang: str) -> None:
    block = getattr(narrative, name)(open_small(kind, lang))
    if block is None:
        return
    check_html(block)
    said = read(block)
    assert "{" not in said
    assert "None" not in said
    assert "  " not in said
    assert said.rstrip()[-1] in ".:)0123456789" or "\n" in said


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_begins_with_what_follows(kind: str) -> None:
    block = narrative.lead(open_small(kind, "en"))
    assert block is not None
    assert 'class="zb-lead"' in block.html


def test_the_zone_s_lead_has_its_exports_its_reach_and_its_first_target() -> None:
    assert read(narrative.lead(open_small("zone", "ru"))) == (
        "Экспорт за 2024 год — свыше 1,1 млрд ₽. По открытым публикациям — не менее 1 местной связи, "
        "1 региона-партнёра и 1 страны назначения экспорта. Экспорт: цель на 2030 год — 2 млрд ₽, для неё нужен "
        "прирост на 10 % в год; до сих пор он составлял 17 %."
    )


def test_a_zone_nobody_wrote_about_is_not_a_zone_without_exports() -> None:
    bare = dict.fromkeys(("zone_year", "tie", "target"), None)
    assert read(narrative.lead(open_small("zone", "en", **bare))) == (
        "No figure of the zone was found in published sources up to 2025. No cooperation tie of it became public."
    )
    assert "does not mean that it is zero" in read(narrative.exports(open_small("zone", "en", **bare)))


@pytest.mark.parametrize(("lang", "rest"), [("en", "and 5 more"), ("ru", "и ещё 5")])
def test_a_region_of_many_zones_names_the_first(lang: str, rest: str) -> None:
    zones = [{**ZONE, "zone_id": f"z-{i:02d}", "name_ru": f"Зона {i:02d}", "name_en": f"Z {i:02d}"} for i in range(25)]
    said = read(narrative.lead(make_page(lang, scope="region", zone=zones)))
    assert rest in said
    assert [f" {i:02d}" in said for i in (0, 19, 20, 24)] == [True, True, False, False]
    assert " 19" in read(narrative.lead(make_page(lang, scope="region", zone=zones[:20])))


def test_of_many_kinds_of_disputed_figures_the_first_are_named() -> None:
    rows = [
        figure_row(2024, value, indicator=f"jobs:site{i}", unit="count", source_id=source)
        for i in range(25)
        for value, source in ((1.0, "press-a"), (9.0, "press-b"))
    ]
    said = read(narrative.disagreements(make_page("en", zone_year=rows)))
    assert said.startswith("Sources disagree on 25 figures: ")
    assert said.endswith("; 5 more.")


def test_a_page_of_an_unknown_kind_has_no_lead() -> None:
    assert narrative.lead(open_small("something-new", "en")) is None


def test_reported_growth_is_called_reported() -> None:
    growth = "example-north,2024,FY,export_growth_pct,example-press,,17,percent,false,exact,2025-01,\n"
    volga = "example-volga,2024,point,jobs"
    here = open_small("zone", "en", zone_year=change("zone_year", volga, growth + volga))
    assert "over 1.1 bn RUB (+17% on the year before, as reported by the source)" in read(narrative.lead(here))


def test_growth_that_earlier_years_contradict_is_doubted() -> None:
    zone_year = change("zone_year", ",,940000000,RUB", ",,1200000000,RUB")
    said = read(narrative.exports(open_small("zone", "ru", zone_year=zone_year)))
    assert "Однако за 2023 год сообщалось о 1,2 млрд ₽: устойчивого роста эти данные не показывают." in said
    assert "Однако" not in read(narrative.exports(open_small("zone", "ru")))
