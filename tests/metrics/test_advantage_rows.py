import pytest

from metrics.trade_tables import flow, rows_of, world
from oracle_cases import read_case
from zonebook.metrics.result import Status

BALASSA, SYMMETRIC = "advantage_rows:balassa_rows", "advantage_rows:symmetric_advantage_rows"
WORLD = [world("DEU", "8413", 40.0), world("DEU", "9013", 20.0), world("BRA", "2709", 40.0)]
FLOWS = [flow("KAZ", 300.0, "8413"), flow("SRB", 50.0, "9013"), flow("SRB", 50.0, "2709")]


def test_products_with_an_advantage_are_counted():
    found = rows_of(BALASSA, export_flow=FLOWS, world_trade=WORLD)
    # Shares 0.75, 0.125, 0.125 against 0.4, 0.2, 0.4.
    assert found.one("X09").value == 1
    assert (found.one("X09.exported").value, found.one("X09.above_noise").value) == (3, 1)
    assert found.one("X09.8413").value == pytest.approx(1.875)
    assert found.one("X09.2709").value == pytest.approx(0.3125)
    assert (found.one("X09.8413").unit, found.one("X09").unit) == ("ratio", "count")


def test_the_strongest_product_is_the_headline_of_the_symmetric_index():
    found = rows_of(SYMMETRIC, export_flow=FLOWS, world_trade=WORLD)
    row = found.one("X10")
    assert row.value == pytest.approx(0.875 / 2.875)
    assert row.reason == "product: 8413; products told apart by 4 digits"
    assert found.one("X10.2709").value == pytest.approx(-0.6875 / 1.3125)


def test_an_advantage_in_a_trickle_is_marked_as_noise():
    trade = [world("DEU", "8413", 4e6), world("DEU", "9013", 2e6)]
    found = rows_of(BALASSA, export_flow=FLOWS[:2], world_trade=trade)
    assert (found.one("X09").value, found.one("X09.above_noise").value) == (1, 0)
    assert found.one("X09.8413").reason.startswith("less than 0.1 % of world trade in the product")


def test_without_a_rate_nothing_is_said_of_noise():
    found = rows_of(BALASSA, export_flow=FLOWS, world_trade=WORLD, fx=[])
    assert "X09.above_noise" not in found.ids()
    assert found.one("X09").value == 1


def test_single_products_are_those_of_the_latest_year():
    rows = [*FLOWS, flow("KAZ", 1.0, "9013", year=2023)]
    trade = [*WORLD, world("DEU", "9013", 1.0, year=2023)]
    found = rows_of(BALASSA, export_flow=rows, world_trade=trade)
    assert {row.year for row in found if row.metric_id == "X09"} == {2023, 2024}
    assert {row.year for row in found if row.series.isdigit()} == {2024}


def test_products_of_few_firms_are_counted_but_not_shown():
    rows = [flow("KAZ", 100.0, "8413", exporter_id=f"f{number}") for number in range(1, 4)]
    rows += [flow("KAZ", 50.0, "9013", exporter_id="f4"), flow("KAZ", 50.0, "2709", exporter_id="f5")]
    rows += [flow("KAZ", 10.0, "9013", exporter_id="f6")]
    found = rows_of(BALASSA, export_flow=rows, world_trade=WORLD)
    assert found.one("X09.exported").value == 3
    assert found.one("X09.8413").value == pytest.approx((300 / 410) / 0.4)
    assert found.one("X09.9013").status is found.one("X09.2709").status is Status.SUPPRESSED
    row = rows_of(SYMMETRIC, export_flow=rows, world_trade=WORLD).one("X10")
    assert "product: 8413" in row.reason
    assert "products of fewer than 3 firms, not shown: 2" in row.reason


def test_a_product_is_not_given_away_by_what_is_left_of_the_whole():
    rows = [flow("KAZ", 100.0, "8413", exporter_id=f"f{number}") for number in range(1, 4)]
    rows.append(flow("KAZ", 50.0, "9013", exporter_id="f4"))
    row = rows_of(SYMMETRIC, export_flow=rows, world_trade=WORLD).one("X10")
    assert (row.status, row.reason) == (Status.SUPPRESSED, "products of fewer than 3 firms, not shown: 2")


def test_no_exports_are_undefined_and_missing_tables_are_named():
    none = rows_of(BALASSA, export_flow=[flow("KAZ", 0.0, "8413")], world_trade=WORLD)
    assert none.one("X09").status is Status.UNDEFINED
    symmetric = rows_of(SYMMETRIC, export_flow=[flow("KAZ", 0.0, "8413")], world_trade=WORLD)
    assert symmetric.one("X10").status is Status.UNDEFINED
    missing = rows_of(BALASSA, export_flow=FLOWS).one("X09")
    assert (missing.status, missing.reason) == (Status.MISSING_INPUT, "the data set has no table world_trade")
    both = rows_of(BALASSA).one("X09")
    assert both.reason == "the data set has no table export_flow; the data set has no table world_trade"
    coarse = rows_of(BALASSA, export_flow=[flow("KAZ", 1.0)], world_trade=WORLD).one("X09")
    assert coarse.reason == "needs product codes of the Harmonized System in export_flow"


def test_one_exporter_of_the_published_matrix_comes_out():
    oracle = read_case("rca_balassa")
    inputs, place = oracle["inputs"], oracle["inputs"]["countries"].index("Russia")
    products = [f"{section:02d}" for section in inputs["sections"]]
    countries = [f"{chr(65 + number)}AA" for number in range(len(inputs["countries"]))]
    trade = [
        world(country, product, value)
        for country, values in zip(countries, inputs["X_usd_mn"], strict=True)
        for product, value in zip(products, values, strict=True)
    ]
    own = [
        flow("KAZ", value * 100.0, product) for product, value in zip(products, inputs["X_usd_mn"][place], strict=True)
    ]
    found = rows_of(BALASSA, export_flow=own, world_trade=trade)
    expected = oracle["expected"]["rca"][place]
    assert [found.one(f"X09.{product}").value for product in products] == pytest.approx(expected, abs=1e-6)
    assert found.one("X09").value == sum(value >= 1 for value in expected)
