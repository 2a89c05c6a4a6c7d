"""The map of partner regions: own region, partners with their counts."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page, tie_tables
from local_pages import make_resident, make_tie, open_register
from zonebook.page.figures import corridors, partner_regions

PARTNERS = [
    {"region_iso": "RU-TA", "level": "regional", "kind": "supply"},
    {"region_iso": "RU-TA", "level": "regional", "kind": "r_and_d"},
    {"region_iso": "RU-KHM", "level": "regional", "kind": "supply"},
    {"region_iso": "RU-TOM", "level": "regional", "kind": "agreement", "status": "planned"},
    {"region_iso": "RU-MOW", "level": "local", "kind": "supply"},
    {"level": "regional", "kind": "supply"},
]


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("scope", ["zone", "region"])
def test_partners_are_counted_by_region_without_the_own_one(lang: str, scope: str) -> None:
    block = assert_is_sound(partner_regions(make_page(lang, scope=scope, **tie_tables(PARTNERS))))
    assert [(row[0], row[2], row[3]) for row in block.rows] == [("RU-KHM", 1, 0), ("RU-TA", 2, 0), ("RU-TOM", 0, 1)]


def test_alternative_text_names_partners_and_keeps_plans_apart() -> None:
    said = alternative_of(partner_regions(make_page("en", **tie_tables(PARTNERS))))
    assert "Working ties with 2 regions: Tatarstan (2), Khanty-Mansi Autonomous Okrug – Yugra (1)." in said
    assert "Only planned or under discussion: Tomsk Oblast." in said
    assert "1 more tie names no region." in partner_regions(make_page("en", **tie_tables(PARTNERS))).html


def test_no_partner_or_no_map_is_no_figure() -> None:
    assert partner_regions(make_page(**tie_tables(PARTNERS[4:]))) is None
    assert partner_regions(make_page(tile=[], **tie_tables(PARTNERS))) is None
    assert corridors(make_page(scope="country")) is None


def test_tiles_bear_labels_of_the_language() -> None:
    tables = tie_tables(PARTNERS)
    assert "ХМАО" in partner_regions(make_page("ru", **tables)).svg
    assert ">KHM<" in partner_regions(make_page("en", **tables)).svg


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_region_that_one_or_two_firms_of_the_register_reach_has_its_sign_and_no_number(lang: str) -> None:
    places = {"tatar": "RU-TA", "tomsk": "RU-TOM", "khanty": "RU-KHM"}
    partners = [
        {"party_id": name, "name": name, "kind": "firm", "region_iso": code, "country_iso3": "RUS"}
        for name, code in places.items()
    ]
    reached = [*((firm, "tatar") for firm in range(5)), (0, "tomsk"), (1, "khanty"), (2, "khanty")]
    ties = [make_tie(number, firm, 0, to_party=name, level="regional") for number, (firm, name) in enumerate(reached)]
    parties = [*(make_resident(index) | {"country_iso3": "RUS"} for index in range(20)), *partners]
    block = assert_is_sound(partner_regions(open_register(lang, ties=ties, party=parties)))
    counts = {row[0]: row[2] for row in block.rows}
    assert counts == {"RU-TA": 5, "RU-KHM": None, "RU-TOM": None}
    assert {"ru": "к: 2 региона", "en": "c: 2 regions"}[lang] in alternative_of(block)
