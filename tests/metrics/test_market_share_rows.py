import pytest

from metrics.trade_tables import RATE, flow, imports, rows_of, world
from zonebook.metrics.result import Status

SHARE = "market_share_rows:constant_share_rows"
MARKETS = [
    *(imports("KAZ", "8413", 50.0, 2023), imports("KAZ", "2709", 50.0, 2023)),
    *(imports("KAZ", "8413", 100.0, 2024), imports("KAZ", "2709", 50.0, 2024)),
]
FLOWS = [flow("KAZ", 1000.0, "8413", 2023), flow("KAZ", 1800.0, "8413", 2024)]


def values(found):
    return {row.metric_id: row.value for row in found}


def test_growth_of_markets_is_taken_out_of_the_change():
    found = rows_of(SHARE, export_flow=FLOWS, world_trade=MARKETS)
    assert values(found) == {
        "X13": -2,
        "X13.change": 8,
        "X13.world": 5,
        "X13.product": 5,
        "X13.market": 0,
        "X13.product.market_first": 5,
        "X13.market.market_first": 0,
    }
    row = found.one("X13")
    assert (row.year, row.unit, row.lower, row.upper) == (2024, "USD", -2, -2)
    assert row.reason == "2023 to 2024; products told apart by 4 digits"
    assert found.one("X13.product.market_first").reason.startswith("markets first, then products")


def test_the_order_moves_value_between_products_and_markets_only():
    trade = [*MARKETS, imports("SRB", "8413", 10.0, 2023), imports("SRB", "8413", 40.0, 2024)]
    flows = [*FLOWS, flow("SRB", 200.0, "8413", 2023), flow("SRB", 900.0, "8413", 2024)]
    found = values(rows_of(SHARE, export_flow=flows, world_trade=trade))
    both = found["X13.product"] + found["X13.market"]
    assert both == pytest.approx(found["X13.product.market_first"] + found["X13.market.market_first"])
    assert found["X13.product"] != pytest.approx(found["X13.product.market_first"])
    assert found["X13"] + found["X13.world"] + both == pytest.approx(found["X13.change"])


def test_sales_where_there_were_none_are_not_laid_to_the_markets():
    found = values(rows_of(SHARE, export_flow=[*FLOWS, flow("SRB", 500.0, "8413")], world_trade=MARKETS))
    assert (found["X13.change"], found["X13"]) == (13, 3)


def test_markets_without_products_are_compared_as_wholes():
    trade = [imports("KAZ", "", 100.0, 2023), imports("KAZ", "", 150.0, 2024)]
    found = rows_of(SHARE, export_flow=FLOWS, world_trade=trade)
    assert values(found)["X13"] == pytest.approx(3)
    assert "by country" in found.one("X13").reason


def test_exports_alone_do_not_do():
    trade = [world("KAZ", "8413", 50.0, 2023), world("KAZ", "8413", 50.0, 2024)]
    row = rows_of(SHARE, export_flow=FLOWS, world_trade=trade).one("X13")
    assert (row.status, row.reason) == (Status.MISSING_INPUT, "needs rows of world_trade with flow = import")
    nothing = rows_of(SHARE).one("X13")
    assert nothing.reason.startswith("the data set has no table world_trade; needs rows of world_trade")
    assert nothing.reason.endswith("the data set has no table export_flow")


def test_two_years_running_and_dollars_are_needed():
    row = rows_of(SHARE, export_flow=FLOWS, world_trade=MARKETS[:2]).one("X13")
    assert row.reason == "export_flow and world_trade have no two years running in common"
    row = rows_of(SHARE, export_flow=FLOWS, world_trade=MARKETS, fx=RATE[:1]).one("X13")
    assert row.reason == "needs the mean rate of the dollar, table fx"


def test_markets_that_imported_nothing_leave_it_undefined():
    trade = [imports("KAZ", "8413", 0.0, 2023), imports("KAZ", "8413", 50.0, 2024)]
    assert rows_of(SHARE, export_flow=FLOWS, world_trade=trade).one("X13").status is Status.UNDEFINED


def test_few_firms_are_not_shown():
    rows = [row | {"exporter_id": "f1"} for row in FLOWS]
    assert rows_of(SHARE, export_flow=rows, world_trade=MARKETS).one("X13").status is Status.SUPPRESSED
