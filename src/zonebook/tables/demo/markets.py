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
_REACH = 0.2  # how far from its own sophistication a country's products lie
_GROWTH = 0.04


def product_sophistication() -> Floats:
    """Return how sophisticated each product is, 0 to 1."""
    words = read_words("industries")
    known = dict(zip(words["product_hs4"], read_numbers("industries", "sophistication"), strict=True))
    return np.array([known[code] for code in list_products()])


def country_sophistication() -> Floats:
    """Return how sophisticated each country's exports are, 0 to 1; the home country is the last."""
    return np.append(read_numbers("countries", "sophistication"), _HOME_SOPHISTICATION)


def list_world_trade(world: World, totals: Totals) -> pa.Table:
    """Return the rows of ``world_trade``; the home country's exports hold those of all zones."""
    settings = world.settings
    rng = open_stream(settings.seed, Stream.MARKETS)
    gap = country_sophistication()[:, None] - product_sophistication()[None, :]
    size = np.append(read_numbers("countries", "exports_usd"), _HOME_EXPORTS_USD)[:, None]
    fit = np.exp(-((gap / _REACH) ** 2) / 2) * rng.lognormal(0.0, 0.15, gap.shape)
    level = size * 0.3 * fit / fit.sum(axis=1, keepdims=True)
    years = np.arange(len(settings.all_years))
    noise = rng.normal(0.0, 0.03, (*level.shape, len(years)))
    values = level[:, :, None] * np.exp(_GROWTH * years + noise)
    values[-1] += totals.exports.sum(axis=0) / usd_rates(settings)
    country, product, year = np.unravel_index(np.arange(values.size), values.shape)
    return build_rows(
        "world_trade",
        {
            "country_iso3": look_up([*list_countries(), HOME], country),
            "product": look_up(list_products(), product),
            "year": np.array(settings.all_years)[year],
            "value_usd": values.ravel().round(0),
        },
    )


def list_total_exports(world: World, totals: Totals) -> pa.Table:
    """Return the rows of ``export_flow`` of all zones together."""
    country, product, year = np.nonzero(totals.exports)
    value = totals.exports[country, product, year]
    return build_rows(
        "export_flow",
        {"exporter_id": np.full(len(value), TOTAL_ID), **describe_flows(world, country, product, year, value)},
    )
