import pytest

from metrics.trade_tables import flow, imports, rows_of, world
from zonebook.metrics.result import Status

POTENTIAL = "potential_rows:export_potential_rows"
# The zone has 1/10 of world exports of 8413 and 1/5 of those of 9013.
WORLD = [world("DEU", "8413", 100.0), world("DEU", "9013", 50.0)]
MARKETS = [
    *(imports("KAZ", "8413", 40.0), imports("KAZ", "9013", 40.0)),
    *(imports("SRB", "8413", 100.0), imports("SRB", "9013", 0.0)),
    imports("RUS", "8413", 1000.0),
]
FLOWS = [flow("KAZ", 1000.0, "8413"), flow("KAZ", 1000.0, "9013")]


def potential(flows=FLOWS, trade=(*WORLD, *MARKETS), **tables):
    return rows_of(POTENTIAL, export_flow=flows, world_trade=trade, **tables)


def test_potential_of_a_market_served_is_spread_over_products_as_it_imports():
    found = potential()
    # Expected in Kazakhstan 0.1 * 40 + 0.2 * 40 = 12, sold 20: ease 5/3. Potential 20/3 and 40/3 against 10 and 10.
    assert found.one("X19.potential").value == pytest.approx(20)
    assert found.one("X19.gap").value == pytest.approx(10 / 3)
    assert found.one("X19").value == pytest.approx(1 / 6)
    assert (found.one("X19.KAZ").value, found.one("X19.KAZ").unit) == (pytest.approx(10 / 3), "USD")
    assert "tariffs are not known and not taken into account" in found.one("X19").reason


def test_markets_not_served_are_judged_at_the_same_ease_and_the_home_country_is_none():
    found = potential()
    assert found.one("X19.new").value == pytest.approx(0.1 * 100)
    # Over all markets at ease 1: Kazakhstan 4 and 8 of which 10 and 10 are sold, Serbia 10.
    assert found.one("X19.at_par").value == pytest.approx(10 / 22)
    assert found.one("X19.new").reason.startswith("ease of reaching these markets taken to be 1")


def test_countries_with_the_largest_gaps_are_listed():
    countries = ["KAZ", "UZB", "CHN", "SRB", "DEU", "FRA", "ITA", "POL", "TUR", "IND", "IRN", "EGY"]
    trade = [*WORLD, *(imports(country, "8413", 40.0) for country in countries)]
    trade += [imports(country, "9013", 10.0 + number) for number, country in enumerate(countries)]
    flows = [flow(country, 100.0, "8413") for country in countries] + [flow("KAZ", 1.0, "9013")]
    listed = [row.series for row in potential(flows, trade) if len(row.series) == 3 and row.series.isupper()]
    assert len(listed) == 10
    assert "UZB" not in listed  # the smallest gap


def test_gaps_in_countries_of_few_firms_are_not_listed():
    rows = [row | {"exporter_id": f"f{number}"} for number in range(1, 4) for row in FLOWS]
    rows += [flow("SRB", 10.0, "9013", exporter_id="f1"), flow("SRB", 1.0, "8413", exporter_id="f1")]
    found = potential(rows)
    # Of two countries the one hidden would be what is left of the whole.
    assert {"X19.KAZ", "X19.SRB"} & found.ids() == set()
    assert found.one("X19").status is Status.OK
    assert "X19.KAZ" in potential(rows[:-2]).ids()


def test_exports_alone_do_not_do():
    row = potential(trade=WORLD).one("X19")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "needs rows of world_trade with flow = import")
    nothing = rows_of(POTENTIAL).one("X19")
    needs = "the data set has no table world_trade; needs rows of world_trade with flow = import"
    assert nothing.reason == f"{needs}; the data set has no table export_flow"


def test_dollars_are_needed_and_a_year_in_common():
    assert potential(fx=[]).one("X19").reason == "needs the mean rate of the dollar, table fx"
    late = [*WORLD, imports("KAZ", "8413", 1.0, year=2023)]
    assert potential(trade=late).one("X19").reason == "export_flow and world_trade have no year in common"


def test_nothing_expected_is_undefined():
    found = potential(trade=[*WORLD, imports("KAZ", "2709", 5.0)])
    assert (found.one("X19").status, found.one("X19.potential").value) == (Status.UNDEFINED, 0)
    assert found.one("X19").reason.startswith("nothing is expected in these markets")


def test_what_is_sold_without_a_code_is_no_part_of_it():
    found = potential([*FLOWS, flow("SRB", 900.0)])
    assert found.one("X19").value == pytest.approx(1 / 6)
    assert "left out, exports without a comparable product code: 32 %" in found.one("X19").reason
