"""Exports of a zone's residents by country and product: markets entered, kept and left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.prices import usd_rates
from zonebook.tables.demo.rows import Columns, build_rows, look_up
from zonebook.tables.demo.sources import CUSTOMS
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.truths import EXPORT_COUNTRIES, EXPORT_LOTS_AFTER, EXPORT_LOTS_BEFORE
from zonebook.tables.demo.vocabulary import (
    Flags,
    Floats,
    Integers,
    list_countries,
    list_products,
    product_of_industry,
    read_numbers,
    theme_of_industry,
)
from zonebook.tables.demo.world import World

_MOST_CELLS = 9
_OWN_PRODUCT = 0.7  # else another product of the same theme
_ALIVE_AT_FIRST, _DEATH, _BIRTH = 0.5, 0.18, 0.16


@dataclass(frozen=True, eq=False)
class Exports:
    """Exports of a zone: one cell a resident, country and product; in roubles by year, 0 where there are none."""

    firms: Integers
    countries: Integers
    products: Integers
    values: Integers

    def sum_by_firm(self, count: int) -> Integers:
        """Return the exports of each resident by year."""
        return np.column_stack(
            [np.bincount(self.firms, values, count) for values in self.values.T.astype(float)]
        ).astype(np.int64)


def draw_exports(world: World, firms: Firms) -> Exports:
    """Return the exports of a zone's residents."""
    rng = open_stream(world.settings.seed, Stream.EXPORTS, firms.zone)
    cells = _draw_cells(rng, firms)
    owner = cells[:, 0]
    is_alive = _draw_lives(rng, len(cells), len(world.settings.all_years)) & firms.is_present[owner]
    taste = read_numbers("countries", "destination_weight")[cells[:, 1]]
    weights = (rng.lognormal(0.0, 0.7, len(cells)) * np.sqrt(taste))[:, None] * is_alive
    weights = weights * rng.lognormal(0.0, 0.15, weights.shape)
    share = (firms.export_share * rng.uniform(0.4, 1.0, len(firms)))[:, None]
    totals = firms.revenue * share * rng.uniform(0.85, 1.0, firms.revenue.shape)
    values = _split(totals, owner, weights)
    reference, lots = _plant_reference(world, firms)
    return Exports(
        firms=np.concatenate([owner, reference[:, 0]]),
        countries=np.concatenate([cells[:, 1], reference[:, 1]]),
        products=np.concatenate([cells[:, 2], reference[:, 2]]),
        values=np.concatenate([values, lots]),
    )


def _draw_cells(rng: np.random.Generator, firms: Firms) -> Integers:
    """Return resident, country and product of each cell, each once, in this order."""
    exporters = np.flatnonzero(firms.export_share > 0)
    exporters = exporters[exporters != firms.reference_exporter]
    # Large residents reach more markets.
    wanted = 1 + rng.poisson(np.clip(firms.log_size[exporters] - 2.5, 0.3, None) * 1.3)
    owner = np.repeat(exporters, np.minimum(wanted, _MOST_CELLS))
    weights = read_numbers("countries", "destination_weight")
    countries = rng.choice(len(weights), len(owner), p=weights / weights.sum())
    own, theme_of = product_of_industry(), theme_of_industry()
    products = own[firms.industries[owner]]
    for theme in np.unique(theme_of[firms.industries[owner]]):
        mine = np.flatnonzero((theme_of[firms.industries[owner]] == theme) & (rng.random(len(owner)) > _OWN_PRODUCT))
        kin = own[(theme_of == theme) & (own >= 0)]
        products[mine] = rng.choice(kin, len(mine))
    return np.unique(np.column_stack([owner, countries, products]), axis=0).reshape(-1, 3)


def _draw_lives(rng: np.random.Generator, cells: int, years: int) -> Flags:
    """Return in which years each cell has exports: they begin and end by chance, and may begin again."""
    is_alive = np.empty((cells, years), dtype=np.bool_)
    is_alive[:, 0] = rng.random(cells) < _ALIVE_AT_FIRST
    for year in range(1, years):
        draw = rng.random(cells)
        is_alive[:, year] = np.where(is_alive[:, year - 1], draw >= _DEATH, draw < _BIRTH)
    return is_alive


def _split(totals: Floats, owner: Integers, weights: Floats) -> Integers:
    """Return each resident's total split over its cells by weight, in whole roubles."""
    values = np.zeros(weights.shape, dtype=np.int64)
    for year in range(weights.shape[1]):
        sums = np.bincount(owner, weights[:, year], len(totals))[owner]
        values[:, year] = np.floor(totals[owner, year] * weights[:, year] / np.where(sums > 0, sums, 1.0))
    return values


def _plant_reference(world: World, firms: Firms) -> tuple[Integers, Integers]:
    """Return the cells of the reference exporter and their values: known lots, a new and a lost market."""
    exporter = firms.reference_exporter
    product = product_of_industry()[firms.industries[exporter]]
    countries = [list_countries().index(code) for code in EXPORT_COUNTRIES]
    years = len(world.settings.all_years)
    lots = np.array([EXPORT_LOTS_BEFORE] * (years - 1) + [EXPORT_LOTS_AFTER], dtype=np.int64).T
    size = reference_lots(firms)
    cells = np.array([(exporter, country, product) for country in countries], dtype=np.int64)
    return cells, lots * np.concatenate([size[:-2], np.repeat(size[-2:].min(), min(years, 2))])


def reference_lots(firms: Firms) -> Integers:
    """Return the size of one lot of the reference exporter in each year, in roubles."""
    most = max(sum(EXPORT_LOTS_BEFORE), sum(EXPORT_LOTS_AFTER))
    exporter = firms.reference_exporter
    lots: Integers = (firms.revenue[exporter] * firms.export_share[exporter] / most).astype(np.int64)
    return lots


def list_export_rows(world: World, firms: Firms, exports: Exports) -> pa.Table:
    """Return the rows of ``export_flow`` of a zone's residents: those with exports, by resident and year."""
    cell, year = np.nonzero(exports.values)
    value = exports.values[cell, year]
    return build_rows(
        "export_flow",
        {
            "exporter_id": look_up(firms.ids, exports.firms[cell]),
            **describe_flows(world, exports.countries[cell], exports.products[cell], year, value),
        },
    )


def describe_flows(world: World, countries: Integers, products: Integers, years: Integers, values: Integers) -> Columns:
    """Return the columns of ``export_flow`` that say where to, what, when and for how much."""
    rates = usd_rates(world.settings)
    return {
        "country_iso3": look_up(list_countries(), countries),
        "product": look_up(list_products(), products),
        "year": np.array(world.settings.all_years)[years],
        "product_scheme": "HS4",
        "value_usd": (values / rates[years]).round(2),
        "value_rub": values,
        "source_id": CUSTOMS,
    }
