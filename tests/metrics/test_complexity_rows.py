import pytest

from metrics.shares import TOTAL
from metrics.trade_tables import flow, rows_of, world
from oracle_cases import read_case
from zonebook.metrics.result import Evidence, Status

COMPLEXITY, SPACE = "complexity_rows:complexity_rows", "complexity_rows:product_space_rows"
# Advantages of Germany in products 1 and 2, of Brazil in 2 and 3, of Russia in 3 alone.
NESTED = [
    *(world("DEU", "8401", 40.0), world("DEU", "8402", 30.0), world("DEU", "8403", 10.0)),
    *(world("BRA", "8402", 20.0), world("BRA", "8403", 20.0)),
    *(world("RUS", "8403", 40.0), world("RUS", "8402", 1.0)),
]


def by_id(rows):
    return {row.metric_id: row.value for row in rows}


def test_a_zone_has_the_mean_complexity_of_its_products():
    country = by_id(rows_of(COMPLEXITY, "country", "", export_flow=[flow("KAZ", 1.0, "8401")], world_trade=NESTED))
    pci = {code: country[f"X17.{code}"] for code in ("8401", "8402", "8403")}
    assert pci["8401"] > pci["8402"] > pci["8403"]
    found = rows_of(COMPLEXITY, export_flow=[flow("KAZ", 9.0, "8401"), flow("SRB", 9.0, "8402")], world_trade=NESTED)
    assert found.one("X17").value == pytest.approx((pci["8401"] + pci["8402"]) / 2)
    assert found.one("X17.home").value == pytest.approx(pci["8403"])
    assert (found.one("X17").n_units, found.one("X17").reason) == (2, "products told apart by 4 digits")


def test_the_country_has_its_own_index_and_no_zones_total_is_needed_for_it():
    found = rows_of(COMPLEXITY, "country", "", export_flow=[flow("KAZ", 1.0, "8401")], world_trade=NESTED)
    assert found.one("X17").status is Status.MISSING_INPUT
    assert found.one("X17").reason == "table export_flow has no rows for this"
    assert found.one("X17.eci").value < 0
    total = rows_of(
        COMPLEXITY,
        "country",
        "",
        export_flow=[flow("KAZ", 1.0, "8401", exporter_id=TOTAL["zone_id"])],
        world_trade=NESTED,
    )
    assert total.one("X17").value == pytest.approx(total.one("X17.8401").value)


def test_world_trade_of_a_generated_data_set_is_generated():
    made_up = [{"source_id": "made-up", "kind": "demonstration", "date": "2025-01-01"}]
    found = rows_of(COMPLEXITY, "country", "", world_trade=NESTED, source=made_up)
    assert found.one("X17.eci").evidence is Evidence.DEMONSTRATION
    assert rows_of(COMPLEXITY, "country", "", world_trade=NESTED).one("X17.eci").evidence is Evidence.REPORTED


def test_a_disconnected_world_tells_nothing():
    apart = [world("DEU", "8401", 40.0), world("BRA", "0402", 20.0)]
    row = rows_of(COMPLEXITY, export_flow=[flow("KAZ", 9.0, "8401")], world_trade=apart).one("X17")
    assert (row.status, row.value) == (Status.UNDEFINED, None)
    assert row.reason.startswith("the trade of these countries does not tell products apart")


def test_no_advantage_is_undefined():
    # Of the only product both name, the world's share is as large: with totals the zone's is smaller.
    trade = [*NESTED, world("DEU", "", 81.0), world("BRA", "", 40.0), world("RUS", "", 41.0)]
    rows = [flow("KAZ", 1.0, "8401"), flow("SRB", 99.0)]
    assert rows_of(COMPLEXITY, export_flow=rows, world_trade=trade).one("X17").status is Status.UNDEFINED
    assert (
        rows_of(SPACE, export_flow=rows, world_trade=trade).one("X18").reason.startswith("no product has an advantage")
    )


def test_finer_products_are_taken_by_headings():
    trade = [row | {"product": f"{row['product']}10"} for row in NESTED]
    fine = rows_of(COMPLEXITY, export_flow=[flow("KAZ", 9.0, "840110")], world_trade=trade)
    coarse = rows_of(COMPLEXITY, export_flow=[flow("KAZ", 9.0, "8401")], world_trade=NESTED)
    assert fine.one("X17").value == pytest.approx(coarse.one("X17").value)
    assert fine.one("X17").reason == "products told apart by 4 digits"


def published(oracle, place):
    """Return the world of a published matrix, and the flows of a zone that exports what one country does."""
    inputs = oracle["inputs"]
    products = [f"{section:02d}" for section in inputs["sections"]]
    countries = ["RUS" if name == "Russia" else f"{chr(65 + n)}AA" for n, name in enumerate(inputs["countries"])]
    trade = [
        world(country, product, value)
        for country, values in zip(countries, inputs["X_usd_mn"], strict=True)
        for product, value in zip(products, values, strict=True)
    ]
    own = zip(products, inputs["X_usd_mn"][place], strict=True)
    return trade, [flow("KAZ", value * 100.0, product) for product, value in own], products


def test_published_complexity_comes_out():
    oracle = read_case("eci_pci")
    place = oracle["inputs"]["countries"].index("Russia")
    trade, flows, products = published(oracle, place)
    found = rows_of(COMPLEXITY, "country", "", export_flow=flows, world_trade=trade)
    assert found.one("X17.eci").value == pytest.approx(oracle["expected"]["eci"]["Russia"], abs=1e-6)
    pci = [found.one(f"X17.{product}").value for product in products]
    # The scale of PCI is each program's own; as z-scores they are the same.
    assert pci == pytest.approx(list(oracle["expected"]["pci_z"].values()), abs=1e-6)


def test_density_is_given_with_the_product_itself_and_without():
    found = rows_of(SPACE, export_flow=[flow("KAZ", 9.0, "8401")], world_trade=NESTED)
    # 2 is 1/2 near 1 and 1/2 near 3; 3 is near 2 only, so that what the zone has is nothing to it.
    assert found.one("X18.8402").value == pytest.approx(0.5 / 2)
    assert found.one("X18.8402.without_itself").value == pytest.approx(0.5)
    assert found.one("X18.8403").value == 0
    assert found.one("X18").value == pytest.approx(0.125)
    assert found.one("X18").reason.startswith("the product itself counts")
    assert found.one("X18.without_itself").reason.startswith("the product itself does not count")
    assert found.one("X18.without_itself").value == pytest.approx(0.25)
    assert "X18.8401" not in found.ids()
    assert {"X18.8402", "X18.8403", "X18.8402.without_itself"} <= found.ids()


def test_published_densities_come_out():
    oracle = read_case("product_space")
    place = oracle["inputs"]["countries"].index("Russia")
    trade, flows, products = published(oracle, place)
    found = by_id(rows_of(SPACE, export_flow=flows, world_trade=trade))
    listed = [product for product in products if f"X18.{product}" in found]
    assert len(listed) == 10
    expected = oracle["expected"]
    for suffix, name in (("", "density_ecomplexity"), (".without_itself", "density_excl_self")):
        known = dict(zip(products, expected[name][place], strict=True))
        shown = [product for product in products if f"X18.{product}{suffix}" in found]
        assert [found[f"X18.{product}{suffix}"] for product in shown] == pytest.approx(
            [known[product] for product in shown]
        )
