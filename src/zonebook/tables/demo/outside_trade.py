"""Trade of residents with firms outside zones and abroad: partners thin out with distance."""

from __future__ import annotations

import numpy as np

from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.relations import ROWS_PER_RELATION, Relations, draw_relations, spend, state_trade
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.surroundings import FIRMS_PER_REGION, list_surroundings
from zonebook.tables.demo.tie_rows import Pool, Ties, join_ties
from zonebook.tables.demo.vocabulary import Flags, Floats, Integers, read_numbers
from zonebook.tables.demo.world import World

_PURCHASES_PART, _SALES_PART = 0.17, 0.11  # of all ties
_IMPORTS_SHARE = 0.12


def draw_outside_trade(world: World, firms: Firms, pool: Pool) -> Ties:
    """Return what residents buy from and sell to firms of all regions, and buy abroad."""
    rng = open_stream(world.settings.seed, Stream.OUTSIDE_TRADE, firms.zone)
    years = world.settings.tie_years
    rows = world.settings.ties_per_resident * len(firms) / ROWS_PER_RELATION
    residents = np.setdiff1d(np.arange(len(firms)), [firms.reference_buyer])
    buyers = residents[rng.integers(0, len(residents), round(_PURCHASES_PART * rows))]
    sellers = rng.integers(0, len(firms), round(_SALES_PART * rows))
    is_import = rng.random(len(buyers)) < _IMPORTS_SHARE
    givers = np.where(
        is_import, _draw_foreign(rng, pool, len(buyers)), _draw_firms(rng, world, pool, firms, len(buyers))
    )
    takers = _draw_firms(rng, world, pool, firms, len(sellers))
    bought = draw_relations(rng, givers, buyers, firms.log_size[buyers], len(years))
    sold = draw_relations(rng, sellers, takers, firms.log_size[sellers], len(years))
    part, other = rng.uniform(0.15, 0.45, len(firms)), rng.uniform(0.1, 0.3, len(firms))
    found = []
    for place, year in enumerate(years):
        column = place - len(years)
        is_stating = firms.is_present[:, column] & firms.has_responded[:, column]
        found.append(_state_year(bought, bought.taker, is_stating, firms.purchases[:, column] * part, (place, year)))
        found.append(
            _state_year(sold, sold.giver, is_stating, firms.domestic_revenue[:, column] * other, (place, year))
        )
    return join_ties(found)


def _state_year(
    relations: Relations, owner: Integers, is_stating: Flags, budgets: Floats, when: tuple[int, int]
) -> Ties:
    """Return the ties of a year; the resident at one end states them and spends its budget on them."""
    place, year = when
    kept = relations.is_active[:, place] & is_stating[owner]
    return state_trade(relations, kept, spend(budgets, owner[kept], relations.weight[kept]), year)


def _draw_firms(rng: np.random.Generator, world: World, pool: Pool, firms: Firms, count: int) -> Integers:
    """Return firms outside zones: in large and near regions more often."""
    weights = world.region_weights(firms.zone)
    regions = rng.choice(len(weights), count, p=weights)
    first = pool.outside + list_surroundings().firms
    return first + regions * FIRMS_PER_REGION + rng.integers(0, FIRMS_PER_REGION, count)


def _draw_foreign(rng: np.random.Generator, pool: Pool, count: int) -> Integers:
    weights = read_numbers("countries", "origin_weight")
    first = pool.outside + list_surroundings().foreign
    return first + rng.choice(len(weights), count, p=weights / weights.sum())
