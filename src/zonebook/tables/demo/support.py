"""Measures of support: who received which, from when; as rows of ``support`` and as ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.rows import build_rows, hide, look_up
from zonebook.tables.demo.selection import NEVER
from zonebook.tables.demo.sources import REGISTER
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.surroundings import list_surroundings
from zonebook.tables.demo.tie_rows import Pool, Ties, state_ties
from zonebook.tables.demo.vocabulary import Flags, Integers
from zonebook.tables.demo.world import World

MEASURES = ("demo-tax-relief", "demo-grant", "demo-loan", "demo-subsidy", "demo-rent-discount", "demo-training")
_LEVELS = ("federal", "federal", "city", "city", "zone", "zone")
_SHARES = (0.28, 0.12, 0.2, 0.15, 0.15, 0.1)
_MORE_MEASURES = 0.7  # further measures a supported resident, on average
_PLANNED_SHARE = 0.04


@dataclass(frozen=True, eq=False)
class Measures:
    """Measures of support of a zone: resident, measure, years of beginning and end, amount."""

    firms: Integers
    measures: Integers
    starts: Integers
    ends: Integers
    amounts: Integers
    is_planned: Flags


def draw_measures(world: World, firms: Firms) -> Measures:
    """Return the measures of support of a zone's residents.

    A supported resident's first measure begins in its first year of support, further ones then or later. Planned
    ones begin after the last year and go to residents that had none.
    """
    rng = open_stream(world.settings.seed, Stream.SUPPORT, firms.zone, 1)
    last = world.settings.years[1]
    supported = np.flatnonzero(firms.support_years != NEVER)
    waiting = np.flatnonzero((firms.support_years == NEVER) & firms.is_present[:, -1])
    waiting = waiting[rng.random(len(waiting)) < _PLANNED_SHARE]
    more = np.repeat(supported, rng.poisson(_MORE_MEASURES, len(supported)))
    firm = np.concatenate([supported, more, waiting])
    measure = np.searchsorted(np.cumsum(_SHARES)[:-1], rng.random(len(firm)), side="right")
    # The first row of a pair stands: that of the first year of support comes before further ones.
    _, first = np.unique(firm * len(MEASURES) + measure, return_index=True)
    delay = np.where(np.arange(len(firm)) < len(supported), 0, rng.integers(0, 3, len(firm)))
    start = np.minimum(firms.support_years[firm] + delay, last)
    is_planned = np.arange(len(firm)) >= len(supported) + len(more)
    start = np.where(is_planned, last + 1, start)
    column = np.clip(start - world.settings.years[0], 0, len(world.settings.all_years) - 1)
    amount = firms.revenue[firm, column] * rng.uniform(0.005, 0.04, len(firm))
    amounts = np.maximum(np.rint(amount / 1000), 1).astype(np.int64) * 1000
    end = start + rng.integers(1, 6, len(firm))
    return Measures(firm[first], measure[first], start[first], end[first], amounts[first], is_planned[first])


def list_support_rows(world: World, firms: Firms, measures: Measures) -> pa.Table:
    """Return the rows of ``support`` of a zone; measures that go on have no end."""
    starts, ends = (pa.array(years).cast(pa.string()) for years in (measures.starts, measures.ends))
    goes_on = measures.ends > world.settings.years[1]
    return build_rows(
        "support",
        {
            "party_id": look_up(firms.ids, measures.firms),
            "measure_id": look_up(MEASURES, measures.measures),
            "start": pc.binary_join_element_wise(starts, "-01-15", ""),
            "end": pc.if_else(pa.array(goes_on), None, pc.binary_join_element_wise(ends, "-12-31", "")),
            "provider_level": look_up(_LEVELS, measures.measures),
            "amount_rub": hide(measures.amounts, np.zeros(len(measures.amounts), dtype=np.bool_)),
            "planned": measures.is_planned,
            "source_id": REGISTER,
        },
    )


def list_support_ties(world: World, firms: Firms, measures: Measures, pool: Pool) -> Ties:
    """Return the measures that were given as ties from authorities and the management company."""
    around, given = list_surroundings(), ~measures.is_planned
    providers = {
        "federal": pool.outside + around.federal,
        "city": pool.outside + around.authorities + int(world.regions[firms.zone]),
        "zone": pool.management,
    }
    giver = np.array([providers[level] for level in _LEVELS])[measures.measures[given]]
    return state_ties(
        giver,
        measures.firms[given],
        kind="support_measure",
        year=measures.starts[given],
        value=measures.amounts[given],
        evidence="contract",
    )
