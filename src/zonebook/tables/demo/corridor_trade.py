"""Trade between residents of different zones: the nearer two zones, the more of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.relations import ROWS_PER_RELATION, cap, draw_relations, spend, state_trade
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.tie_rows import Pool, Ties, join_ties
from zonebook.tables.demo.truths import DISTANCE_ELASTICITY
from zonebook.tables.demo.vocabulary import Flags, Floats
from zonebook.tables.demo.world import World

_PART_OF_TIES = 0.06
_TYPICAL_KM = 700.0
_PURCHASES_PART, _SALES_LIMIT = 0.1, 0.2  # of all partner zones together


def draw_corridor_trade(world: World, firms: Firms, other: Firms, pool: Pool) -> Ties:
    """Return the trade between the residents of two zones, in both directions.

    Each of the two keeps an equal part of its purchases and sales for every zone it trades with, so that those with
    all of them together stay within its means.
    """
    rng = open_stream(world.settings.seed, Stream.CORRIDORS, firms.zone, other.zone)
    years = world.settings.tie_years
    distance = world.distance_between(firms.zone, other.zone)
    near = float(np.clip((distance / _TYPICAL_KM) ** DISTANCE_ELASTICITY, 0.2, 4.0))
    pairs = (len(firms) + len(other)) / len(world.partners_of(firms.zone))
    wanted = rng.poisson(near * _PART_OF_TIES * world.settings.ties_per_resident * pairs / ROWS_PER_RELATION)
    both = _Both(firms, other)
    here, there = rng.integers(0, len(firms), wanted), len(firms) + rng.integers(0, len(other), wanted)
    is_export = rng.random(wanted) < 0.5
    giver, taker = np.where(is_export, here, there), np.where(is_export, there, here)
    is_free = ~np.isin(taker, [firms.reference_buyer, len(firms) + other.reference_buyer])
    giver, taker = giver[is_free], taker[is_free]
    relations = draw_relations(rng, giver, taker, both.log_size[giver], len(years))
    parts = both.spread(1 / len(world.partners_of(firms.zone)), 1 / len(world.partners_of(other.zone)))
    found = []
    for place, year in enumerate(years):
        column = place - len(years)
        is_present, is_stating = both.tell_present(column), both.tell_stating(column)
        kept = relations.is_active[:, place] & is_present[relations.giver] & is_stating[relations.taker]
        purchases, revenue = both.read_means(column)
        budgets = purchases * _PURCHASES_PART * parts
        values = spend(budgets, relations.taker[kept], relations.weight[kept])
        limits = revenue * _SALES_LIMIT * parts
        found.append(state_trade(relations, kept, cap(values, relations.giver[kept], limits), year))
    return both.renumber(join_ties(found), pool.partners[other.zone])


class _Both:
    """The residents of two zones, one after the other."""

    def __init__(self, firms: Firms, other: Firms) -> None:
        self.parts = (firms, other)
        self.log_size: Floats = np.concatenate([part.log_size for part in self.parts])

    def tell_present(self, column: int) -> Flags:
        """Tell which of them work in a year."""
        return np.concatenate([part.is_present[:, column] for part in self.parts])

    def tell_stating(self, column: int) -> Flags:
        """Tell which of them work in a year and answer for it."""
        return np.concatenate([(part.is_present & part.has_responded)[:, column] for part in self.parts])

    def read_means(self, column: int) -> tuple[Floats, Floats]:
        """Return what they buy in a year, and the revenue they have at home."""
        purchases = [part.purchases[:, column].astype(float) for part in self.parts]
        return np.concatenate(purchases), np.concatenate([part.domestic_revenue[:, column] for part in self.parts])

    def spread(self, here: float, there: float) -> Floats:
        """Return one number for the residents of each zone."""
        return np.repeat([here, there], [len(part) for part in self.parts])

    def renumber(self, ties: Ties, first: int) -> Ties:
        """Return ties in the numbers of the first zone's pool, where the other's residents begin at ``first``."""
        own = len(self.parts[0])
        giver, taker = (np.where(end < own, end, end - own + first) for end in (ties.giver, ties.taker))
        return replace(ties, giver=giver, taker=taker)
