"""World trade: exports and imports add up, hold what zones export, and keep the planted order of sophistication."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from demo_data import Demo
from zonebook.metrics.comparative_advantage import compute_rca
from zonebook.metrics.complexity import measure_complexity
from zonebook.tables.demo.markets import country_sophistication, product_sophistication
from zonebook.tables.demo.vocabulary import HOME, list_countries, list_products


@pytest.fixture(scope="module")
def trade(demo: Demo) -> pd.Series:
    """World trade in US dollars by direction, country, product and year."""
    keys = ["flow", "country_iso3", "product", "year"]
    return demo.tables["world_trade"].set_index(keys)["value_usd"].astype(float).sort_index()


def test_world_imports_equal_world_exports_but_for_rounding(trade: pd.Series) -> None:
    exports, imports = (trade[flow].groupby(level=["product", "year"]).sum() for flow in ("export", "import"))
    assert (exports - imports).abs().max() <= len(list_countries()) + 1
    assert (trade > 0).all()


def test_every_country_exports_and_imports_every_product_every_year(demo: Demo, trade: pd.Series) -> None:
    countries, products, years = [*list_countries(), HOME], list_products(), demo.settings.all_years
    assert len(trade) == 2 * len(countries) * len(products) * len(years)


def test_exports_of_the_country_hold_those_of_its_zones(demo: Demo, trade: pd.Series) -> None:
    flows = demo.tables["export_flow"]
    total = flows[flows["exporter_id"] == "demo-total"]
    residents = flows[flows["exporter_id"].isin(demo.residents.index)]
    keys = ["product", "year"]
    of_zones = residents.groupby(keys)["value_usd"].sum().astype(float)
    assert np.allclose(total.groupby(keys)["value_usd"].sum().astype(float), of_zones, rtol=1e-6)
    assert (trade["export"][HOME].reindex(of_zones.index) >= of_zones - 1).all()


def test_imports_of_a_market_hold_what_zones_export_there(demo: Demo, trade: pd.Series) -> None:
    flows = demo.tables["export_flow"]
    total = flows[flows["exporter_id"] == "demo-total"]
    into = total.set_index(["country_iso3", "product", "year"])["value_usd"].astype(float)
    assert (trade["import"].reindex(into.index) >= into - 1).all()


def test_nobody_imports_more_than_others_export(trade: pd.Series) -> None:
    exports = trade["export"].unstack("country_iso3")
    others = exports.rsub(exports.sum(axis=1), axis=0)
    assert (trade["import"].unstack("country_iso3") <= others).all(axis=None)


def test_the_order_of_sophistication_comes_out_as_complexity(demo: Demo, trade: pd.Series) -> None:
    exports = trade["export"].xs(demo.settings.years[1], level="year").unstack("product")
    found = measure_complexity(compute_rca(exports) >= 1)
    assert found is not None
    countries = pd.Series(country_sophistication(), [*list_countries(), HOME]).reindex(found.eci.index)
    products = pd.Series(product_sophistication(), list_products()).reindex(found.pci.index)
    assert stats.spearmanr(found.eci, countries).statistic > 0.9
    assert stats.spearmanr(found.pci, products).statistic > 0.9
