"""What the pages of regions and zones say of flows between regions, which only the whole country tells."""

from dataclasses import replace

import pytest

from figure_pages import make_page
from metric_pages import make_pair, make_row
from zonebook.metrics.result import Evidence, MetricResult
from zonebook.page import figures, narrative, record, tables
from zonebook.page.block import Block, to_plain_text
from zonebook.page.context import PageContext
from zonebook.page.gaps import list_pairs
from zonebook.page.rowlinks import find_address

HOME, OTHER = "RU-MOW", "RU-TA"
FLOWS = [{"origin": HOME, "destination": OTHER, "year": 2025, "value_rub": 1.0}]
OF = {"scope_type": "region", "scope_id": HOME}
ADDRESS = "#metric-R06--RU-MOW--RU-TA-2025"


def _make_pair(origin: str, destination: str, observed: float, expected: float) -> list[MetricResult]:
    name, rouble = f"{origin}:{destination}", {"unit": "RUB", "evidence": Evidence.REGISTER}
    return [
        make_pair("R06", name, observed / expected, unit="ratio", evidence=Evidence.REGISTER),
        make_pair("R06.observed", name, observed, **rouble),
        make_pair("R06.expected", name, expected, **rouble),
    ]


ROWS = (
    replace(make_row("R06", 0.77, unit="ratio", **OF), n_units=164),
    replace(make_row("R06.under", 56, unit="count", **OF), n_units=164),
    make_row("R11", 1.62, unit="ratio", **OF),
    make_row("R11.spillover", 0.25, unit="ratio", **OF),
    *_make_pair(HOME, OTHER, 1e9, 4e9),
    *_make_pair(OTHER, HOME, 3e9, 4e9),
)


def _open(scope: str = "region", lang: str = "ru", rows: tuple[MetricResult, ...] = ROWS) -> PageContext:
    page = make_page(lang, scope=scope, results=rows, flow_region=FLOWS)
    return replace(page, root="../", told=frozenset(rows))


def _say(block: Block | None) -> str:
    return "" if block is None else to_plain_text(block.html).replace("\u00a0", " ")


def test_a_region_is_told_its_middle_flow_its_gaps_and_its_multiplier() -> None:
    said = _say(narrative.region_trade(_open()))
    assert "Медианный поток региона (в обе стороны) составляет 77 %" in said
    assert "потоков меньше половины ожидаемого — 56 из 164." in said
    assert "недобор 3 млрд ₽, 25 % ожидаемого" in said
    assert "Рубль конечного спроса в регионе даёт 1,62 ₽ выпуска во всех регионах, из них 0,25 ₽" in said


def test_a_zone_is_told_the_same_of_its_region() -> None:
    said = _say(narrative.region_trade(_open("zone")))
    assert said.startswith("Регион зоны — Город Москва. Медианный поток региона")


@pytest.mark.parametrize("scope", ["region", "zone"])
def test_without_the_countrys_rows_a_page_leads_to_the_page_of_corridors(scope: str) -> None:
    block = narrative.region_trade(_open(scope, rows=()))
    assert block is not None
    assert 'href="../corridors.html#gaps-RU-MOW"' in block.html
    assert "Медианный" not in block.html


def test_a_page_without_flows_says_nothing() -> None:
    assert narrative.region_trade(make_page(scope="region")) is None
    assert narrative.region_trade(make_page()) is None


def test_every_gap_leads_to_the_row_of_its_pair_on_the_page_of_the_region() -> None:
    rows = tables.metric_rows(_open())
    assert rows is not None
    assert f'id="{ADDRESS[1:]}"' in rows.html
    for block in (narrative.region_trade(_open()), tables.region_gaps(_open()), narrative.answers(_open())):
        assert block is not None
        assert f'href="{ADDRESS}"' in block.html
    pair = list_pairs(_open("zone"))[0].ratio
    assert find_address(_open("zone"), pair) == f"../regions/RU-MOW.html{ADDRESS}"
    assert find_address(replace(_open("country"), root=""), pair) == f"regions/RU-MOW.html{ADDRESS}"


def test_the_table_of_a_region_has_its_own_flows_and_no_other_region() -> None:
    said = _say(tables.region_gaps(_open()))
    assert said.startswith("Где регион торгует меньше ожидаемого")
    assert "куда: Республика Татарстан" in said
    assert "откуда: Республика Татарстан" in said
    assert "Город Москва" in _say(tables.region_standing(_open()))


def test_the_scatter_of_a_region_says_whose_flows_are_drawn() -> None:
    figure = figures.gravity_gaps(_open())
    assert figure is not None
    assert "Показаны потоки из региона и в регион" in figure.html


def test_a_resident_is_told_where_its_region_sells_too_little() -> None:
    said = _say(narrative.answers(_open("zone", "en")))
    assert "Regions that yours sells less to" in said
    assert "in brackets the part of it there is: Tatarstan (25%)." in said


def test_a_region_records_what_the_country_tells_of_it_and_a_zone_does_not() -> None:
    assert [row.metric_id for row in record(_open()).rows] == [row.metric_id for row in ROWS]
    own = make_row("L08", 0.1)
    page = replace(_open("zone", rows=(*ROWS, own)), told=frozenset(ROWS))
    assert [row.metric_id for row in record(page).rows] == ["L08"]
