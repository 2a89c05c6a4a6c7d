"""World trade by country and product, with a known order of what countries can make; exports of all zones."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.exports import describe_flows
from zonebook.tables.demo.prices import usd_rates
from zonebook.tables.demo.rows import build_rows, look_up
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.totals import Totals
from zonebook.tables.demo.vocabulary import HOME, Floats, list_countries, list_products, read_numbers, read_words
from zonebook.tables.demo.world import TOTAL_ID, World

_HOME_EXPORTS_USD, _HOME_SOPHISTICATION = 420e9, 0.52
# How far from its own sophistication a country's products lie: those that can make more can make more different things.
_LEAST_REACH, _MORE_REACH = 0.12, 0.4
_GROWTH = 0.04
_LISTED_SHARE = 0.3  # of a country's exports that is in the products listed
_DIRECTIONS = ("export", "import")


def product_sophistication() -> Floats:
    """Return how sophisticated each product is, 0 to 1."""
    words = read_words("industries")
    known = dict(zip(words["product_hs4"], read_numbers("industries", "sophistication"), strict=True))
    return np.array([known[code] for code in list_products()])


def country_sophistication() -> Floats:
    """Return how sophisticated each country's exports are, 0 to 1; the home country is the last."""
    return np.append(read_numbers("countries", "sophistication"), _HOME_SOPHISTICATION)


def list_world_trade(world: World, totals: Totals) -> pa.Table:
    """Return the rows of ``world_trade``: exports of every country, and imports, which add up to the same.

    The home country's exports hold those of all zones, and so do the imports of the countries they go to.
    """
    settings = world.settings
    rng = open_stream(settings.seed, Stream.MARKETS)
    of_zones = totals.exports / usd_rates(settings)
    exports = _draw_exports(rng, len(settings.all_years))
    exports[-1] += of_zones.sum(axis=0)
    exports = exports.round(0)
    imports = _draw_imports(rng, exports, of_zones).round(0)
    values = np.stack([exports, imports])
    direction, country, product, year = np.unravel_index(np.arange(values.size), values.shape)
    return build_rows(
        "world_trade",
        {
            "country_iso3": look_up([*list_countries(), HOME], country),
            "product": look_up(list_products(), product),
            "year": np.array(settings.all_years)[year],
            "flow": look_up(_DIRECTIONS, direction),
            "value_usd": values.ravel(),
        },
    )


def _sizes() -> Floats:
    """Return the exports of each country in all goods, as a measure of its size; the home country is the last."""
    return np.append(read_numbers("countries", "exports_usd"), _HOME_EXPORTS_USD)


def _draw_exports(rng: np.random.Generator, years: int) -> Floats:
    """Return exports without those of zones, by country, product and year: near a country's own sophistication."""
    own = country_sophistication()[:, None]
    gap, reach = own - product_sophistication()[None, :], _LEAST_REACH + _MORE_REACH * own
    fit = np.exp(-((gap / reach) ** 2) / 2) * rng.lognormal(0.0, 0.15, gap.shape)
    level = _sizes()[:, None] * _LISTED_SHARE * fit / fit.sum(axis=1, keepdims=True)
    noise = rng.normal(0.0, 0.03, (*level.shape, years))
    exports: Floats = level[:, :, None] * np.exp(_GROWTH * np.arange(years) + noise)
    return exports


def _draw_imports(rng: np.random.Generator, exports: Floats, of_zones: Floats) -> Floats:
    """Return imports by country, product and year: by size, less of what a country makes itself.

    What zones export goes where they export it to.
    """
    taste = _sizes()[:, None] * rng.lognormal(0.0, 0.3, exports.shape[:2])
    demand = taste[:, :, None] * (1 - exports / exports.sum(axis=0))
    imports: Floats = demand / demand.sum(axis=0) * (exports.sum(axis=0) - of_zones.sum(axis=0))
    imports[:-1] += of_zones
    return imports


def list_total_exports(world: World, totals: Totals) -> pa.Table:
    """Return the rows of ``export_flow`` of all zones together."""
    country, product, year = np.nonzero(totals.exports)
    value = totals.exports[country, product, year]
    return build_rows(
        "export_flow",
        {"exporter_id": np.full(len(value), TOTAL_ID), **describe_flows(world, country, product, year, value)},
    )
