"""Lists of markets and products, of regions and their gaps."""

from figure_pages import make_page
from metric_pages import make_pair, make_row
from zonebook.page import tables
from zonebook.page.block import to_plain_text

CHAPTERS = [{"hs2": "85", "name_ru": "Электрооборудование", "name_en": "Electrical machinery"}]


def test_markets_come_by_unused_potential_and_products_by_nearness() -> None:
    rows = [
        make_row("X19.KAZ", 1e6, unit="USD"),
        make_row("X19.BLR", 2e7, unit="USD"),
        make_row("X19.gap", 9e9, unit="USD"),
        make_row("X18.8501", 0.261),
        make_row("X18.8501.without_itself", 0.28),
    ]
    block = tables.opportunities(make_page("en", results=rows, hs2=CHAPTERS))
    assert block is not None
    assert [row[0] for row in block.rows] == ["X19.BLR", "X19.KAZ", "X18.8501"]
    assert 'Belarus</th><td class="zb-number"><a class="zb-row" href="#metric-X19.BLR">20\u00a0mn' in block.html
    assert "8501 Electrical machinery" in block.html
    assert tables.opportunities(make_page()) is None


def test_regions_with_a_zone_stand_beside_each_other() -> None:
    of = {"scope_type": "region", "scope_id": "RU-MOW", "unit": "ratio"}
    rows = [
        make_row("R06", 0.9, **of),
        make_row("R11", 1.74, **of),
        make_row("R06", 0.5, **{**of, "scope_id": "RU-TA"}),
    ]
    block = tables.region_standing(make_page("en", scope="country", results=rows))
    assert block is not None
    assert [row[0] for row in block.rows] == ["R06", "R11"]
    assert 'href="../regions/RU-MOW.html"' in block.html
    assert tables.region_standing(make_page(scope="country")) is None


def test_gaps_of_a_region_are_told_both_ways() -> None:
    rows = [
        make_pair(f"R06{name}", pair, value, unit=unit)
        for pair, observed in (("RU-MOW:RU-TA", 1e9), ("RU-KHM:RU-MOW", 3e9))
        for name, value, unit in (
            ("", observed / 4e9, "ratio"),
            (".observed", observed, "RUB"),
            (".expected", 4e9, "RUB"),
        )
    ]
    block = tables.region_gaps(make_page("en", scope="country", results=rows))
    assert block is not None
    said = to_plain_text(block.html).replace("\u00a0", " ")
    assert 'id="gaps-RU-MOW"' in block.html
    assert "to: Tatarstan 1 bn RUB 4 bn RUB 25%" in said
    assert "from: Khanty-Mansi" in said
    assert tables.region_gaps(make_page(scope="country")) is None
