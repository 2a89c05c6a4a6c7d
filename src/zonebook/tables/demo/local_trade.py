"""Trade inside a zone: dense within clusters; one buyer's suppliers have known shares."""

from __future__ import annotations

import numpy as np

from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.relations import ROWS_PER_RELATION, cap, draw_relations, spend, state_trade
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.tie_rows import Ties, join_ties, state_ties
from zonebook.tables.demo.truths import OWN_CLUSTER_SHARE, SUPPLIER_LOTS
from zonebook.tables.demo.vocabulary import Floats, Integers
from zonebook.tables.demo.world import World

_PART_OF_TIES = 0.5
_BY_SIZE = 0.3  # how much more often large residents trade
_ALOOF_SHARES, _ALOOF = (0.1, 0.4), 0.03  # in each zone some residents hardly ever trade with their neighbours
_SALES_LIMIT = 0.3  # most of a resident's domestic revenue that comes from the zone
_REFERENCE_LIMIT = 0.1


def draw_local_trade(world: World, firms: Firms) -> Ties:
    """Return the trade between a zone's residents."""
    rng = open_stream(world.settings.seed, Stream.LOCAL_TRADE, firms.zone)
    years = world.settings.tie_years
    wanted = round(_PART_OF_TIES * world.settings.ties_per_resident * len(firms) / ROWS_PER_RELATION)
    appetite = _draw_appetites(rng, firms)
    taker = _draw_takers(rng, appetite, wanted)
    giver = _draw_partners(rng, firms, appetite, firms.clusters[taker])
    # The reference buyer has its own four suppliers and no other.
    is_free = taker != firms.reference_buyer
    giver, taker = giver[is_free], taker[is_free]
    relations = draw_relations(rng, giver, taker, firms.log_size[giver], len(years))
    part = np.clip(rng.normal(rng.uniform(0.06, 0.36), 0.06, len(firms)), 0.02, 0.45)
    found = []
    for place, year in enumerate(years):
        column = place - len(years)
        kept = relations.is_active[:, place] & firms.is_present[relations.giver, column]
        kept &= firms.is_present[relations.taker, column] & firms.has_responded[relations.taker, column]
        values = spend(firms.purchases[:, column] * part, relations.taker[kept], relations.weight[kept])
        limits = firms.domestic_revenue[:, column] * _SALES_LIMIT
        found.append(state_trade(relations, kept, cap(values, relations.giver[kept], limits), year))
        found.append(_state_reference(firms, column, year))
    return join_ties(found)


def _draw_appetites(rng: np.random.Generator, firms: Firms) -> Floats:
    """Return how much each resident is inclined to trade inside the zone: large ones more, some hardly."""
    is_aloof = rng.random(len(firms)) < rng.uniform(*_ALOOF_SHARES)
    appetites: Floats = np.exp(_BY_SIZE * firms.log_size) * np.where(is_aloof, _ALOOF, 1.0)
    return appetites


def _draw_takers(rng: np.random.Generator, appetite: Floats, count: int) -> Integers:
    total = np.cumsum(appetite)
    drawn: Integers = np.searchsorted(total, rng.random(count) * total[-1], side="right")
    return drawn


def _draw_partners(rng: np.random.Generator, firms: Firms, appetite: Floats, clusters: Integers) -> Integers:
    """Return a resident for each cluster given: mostly one of that cluster, else one of another."""
    order = np.argsort(firms.clusters, kind="stable")
    total = np.concatenate([[0.0], np.cumsum(appetite[order])])
    bounds = total[np.searchsorted(firms.clusters[order], np.arange(len(firms.themes) + 1))]
    begin, end = bounds[clusters], bounds[clusters + 1]
    inside = begin + rng.random(len(clusters)) * (end - begin)
    outside = end + rng.random(len(clusters)) * (total[-1] - (end - begin))
    spot = np.where(rng.random(len(clusters)) < OWN_CLUSTER_SHARE, inside, _wrap(outside, total[-1]))
    return order[np.minimum(np.searchsorted(total, spot, side="right") - 1, len(order) - 1)]


def _wrap(spots: Floats, length: float) -> Floats:
    return np.where(spots >= length, spots - length, spots)


def _state_reference(firms: Firms, column: int, year: int) -> Ties:
    """Return what the reference buyer takes from its four suppliers: whole lots, so that shares are exact."""
    lots = np.array(SUPPLIER_LOTS, dtype=np.int64)
    suppliers = firms.core[1:]
    most = min(
        float(firms.purchases[firms.reference_buyer, column]) * 0.2 / lots.sum(),
        float((firms.domestic_revenue[suppliers, column] * _REFERENCE_LIMIT / lots).min()),
    )
    return state_ties(
        suppliers,
        np.full(len(lots), firms.reference_buyer),
        kind="supply",
        year=year,
        value=lots * max(int(most), 1),
        evidence="ledger",
    )
