"""Relations of trade: who deals with whom, in which years, and what a budget spent on them gives each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zonebook.tables.demo.tie_rows import KINDS, Ties, draw_codes, state_ties
from zonebook.tables.demo.vocabulary import Flags, Floats, Integers

_TRADE = ("supply", "contract_manufacturing", "service")
_TRADE_SHARES = (0.86, 0.08, 0.06)
_STAYS, _BEGINS = 0.8, 0.12  # the others end
ROWS_PER_RELATION = 1 + _STAYS  # in two years


@dataclass(frozen=True, eq=False)
class Relations:
    """Relations of trade: numbers of parties, the kind of tie, weights, and whether they hold in each year."""

    giver: Integers
    taker: Integers
    kind: Integers
    weight: Floats
    is_active: Flags


def draw_relations(rng: np.random.Generator, giver: Integers, taker: Integers, size: Floats, years: int) -> Relations:
    """Return relations between pairs of parties, each once.

    Parameters
    ----------
    rng
        Random numbers.
    giver, taker
        The pairs; pairs of one party, and repeated ones, are left out.
    size
        Logarithm of the size of the one that sells or buys, by pair.
    years
        How many years: one or two.
    """
    pairs = giver * (int(taker.max(initial=0)) + 1) + taker
    _, first = np.unique(pairs, return_index=True)
    first = first[giver[first] != taker[first]]
    count = len(first)
    fate = rng.random(count)
    is_active = np.ones((count, years), dtype=np.bool_)
    if years > 1:
        is_active[:, 0] = (fate < _STAYS) | (fate >= _STAYS + _BEGINS)
        is_active[:, 1] = fate < _STAYS + _BEGINS
    return Relations(
        giver=giver[first],
        taker=taker[first],
        kind=np.array([KINDS.index(kind) for kind in _TRADE])[draw_codes(rng, _TRADE_SHARES, count)],
        weight=np.exp(0.5 * size[first]) * rng.lognormal(0.0, 0.6, count),
        is_active=is_active,
    )


def spend(budgets: Floats, owner: Integers, weights: Floats) -> Floats:
    """Return budgets split over what their owners spend them on, by weight.

    Examples
    --------
    >>> spend(np.array([10.0, 6.0]), np.array([0, 0, 1]), np.array([1.0, 4.0, 2.0])).tolist()
    [2.0, 8.0, 6.0]
    """
    sums = np.bincount(owner, weights, len(budgets))
    return budgets[owner] * weights / sums[owner]


def cap(values: Floats, owner: Integers, limits: Floats) -> Floats:
    """Return values, cut in proportion where those of one owner exceed its limit.

    Examples
    --------
    >>> cap(np.array([2.0, 8.0, 6.0]), np.array([0, 0, 1]), np.array([5.0, 9.0])).tolist()
    [1.0, 4.0, 6.0]
    """
    sums = np.bincount(owner, values, len(limits))
    return values * np.minimum(1.0, limits / np.where(sums > 0, sums, 1.0))[owner]


def state_trade(relations: Relations, kept: Flags, values: Floats, year: int) -> Ties:
    """Return the ties of one year of the relations kept; known from the ledger."""
    return state_ties(
        relations.giver[kept],
        relations.taker[kept],
        kind=relations.kind[kept],
        year=year,
        value=np.maximum(np.floor(values), 1).astype(np.int64),
        evidence="ledger",
    )
