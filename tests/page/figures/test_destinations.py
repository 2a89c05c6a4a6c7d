"""Export destinations: one group a country, counts from ties, values from flows."""

import pytest

from figure_pages import alternative_of, assert_is_sound, make_page, tie_tables
from zonebook.page.figures import destinations

PRODUCT = "досмотровое и дезинфекционное оборудование, аккумуляторы, композиты (перечень без разбивки по странам)"


def _exports(*codes: str, **more: object) -> dict[str, list[dict[str, object]]]:
    return tie_tables({"country_iso3": code, "level": "international", "product": PRODUCT, **more} for code in codes)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("codes", [["KAZ"], ["KAZ", "KAZ", "UZB", "CHN", "SRB"], ["CAF", "BIH", "VCT", "DOM"] * 12])
def test_few_and_many_countries_fit(lang: str, codes: list[str]) -> None:
    assert_is_sound(destinations(make_page(lang, **_exports(*codes))))


def test_a_country_stands_in_the_first_group_it_belongs_to() -> None:
    block = assert_is_sound(destinations(make_page("en", **_exports("SRB", "CHN", "UZB", "KAZ", "KAZ"))))
    assert [(row[0], row[2], row[3]) for row in block.rows] == [
        ("KAZ", "EAEU", 2),
        ("UZB", "CIS", 1),
        ("CHN", "BRICS", 1),
        ("SRB", "rest", 1),
    ]
    assert "Exports go to 4 countries. Eurasian Economic Union (1): Kazakhstan." in alternative_of(block)


def test_only_working_export_ties_count_and_press_is_a_lower_bound() -> None:
    planned = _exports("KAZ", status="planned")
    assert destinations(make_page(**planned)) is None
    block = destinations(make_page("en", **_exports("KAZ")))
    assert "lower bound" in block.html
    # Of a register a country that one firm exports to is not told.
    assert destinations(make_page("en", **_exports("KAZ", evidence="ledger"))) is None


def _flows(*flows: tuple[str, str, float]) -> list[dict[str, object]]:
    return [
        {"exporter_id": exporter, "country_iso3": code, "product": "85", "year": 2024, "value_rub": value}
        for exporter, code, value in flows
    ]


def test_values_are_drawn_where_flows_are_known_and_few_firms_are_withheld() -> None:
    firms = [{"party_id": f"f{i}", "name": f"f{i}", "kind": "resident", "zone_id": "example"} for i in range(3)]
    flows = [flow for i in range(3) for flow in (("KAZ", 1e9 * (i + 1)), ("UZB", 1e8 * (i + 1)))]
    rows = _flows(*((f"f{i // 2}", code, value) for i, (code, value) in enumerate(flows)), ("f0", "SRB", 7e8))
    block = assert_is_sound(destinations(make_page("en", party=firms, export_flow=rows)))
    # One firm exports to Serbia; the sum of all would give it back, were Uzbekistan not withheld too.
    assert [(row[0], row[4]) for row in block.rows] == [("KAZ", 6e9), ("UZB", None), ("SRB", None)]
    assert "c: withheld, as too few firms export there." in block.html
    assert "6 bn RUB" in block.svg.replace("\u00a0", " ")
    assert not {"700", "600"} & set(block.svg.replace("\u00a0", " ").split())
