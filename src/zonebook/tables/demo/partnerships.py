"""Ties other than trade at home: research, agreements, joint ventures, licences, shared experience; exports."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from zonebook.tables.demo.exports import Exports
from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.surroundings import FIRMS_PER_REGION, list_surroundings
from zonebook.tables.demo.tie_rows import KINDS, UNKNOWN, Pool, Ties, draw_codes, state_ties
from zonebook.tables.demo.truths import DISTANCE_ELASTICITY
from zonebook.tables.demo.vocabulary import Integers, list_countries, read_numbers
from zonebook.tables.demo.world import World

_RESEARCH_PART, _OTHER_PART = 0.04, 0.05  # of all ties
_OWN_INSTITUTE = 0.35
_OTHER_KINDS = ("agreement", "joint_venture", "licence", "experience_exchange")
_OTHER_SHARES = (0.5, 0.15, 0.15, 0.2)
_STATUS_SHARES = (0.82, 0.12, 0.06)
_ABROAD_SHARE = 0.4
_RECENT_YEARS = 4


def draw_research_ties(world: World, firms: Firms, pool: Pool) -> Ties:
    """Return contracts of research: from institutes and universities, near ones more often, to residents."""
    rng = open_stream(world.settings.seed, Stream.PARTNERSHIPS, firms.zone, 1)
    takers = _draw_residents(rng, firms, round(_RESEARCH_PART * world.settings.ties_per_resident * len(firms)))
    around = list_surroundings()
    weights = world.distances_of(firms.zone)[around.research_regions] ** DISTANCE_ELASTICITY
    elsewhere = rng.choice(len(weights), len(takers), p=weights / weights.sum())
    is_own = rng.random(len(takers)) < _OWN_INSTITUTE
    givers = np.where(is_own, pool.institute, pool.outside + around.universities + elsewhere)
    years, columns = _draw_years(rng, world, firms, takers)
    value = firms.research[takers, columns] * rng.uniform(0.02, 0.2, len(takers))
    ties = state_ties(givers, takers, kind="r_and_d", year=years, value=value.astype(np.int64) + 1, evidence="contract")
    return _drop_repeated(ties)


def draw_other_ties(world: World, firms: Firms, pool: Pool) -> Ties:
    """Return agreements, joint ventures, licences and exchange of experience; some are only planned or talked of."""
    rng = open_stream(world.settings.seed, Stream.PARTNERSHIPS, firms.zone, 2)
    residents = _draw_residents(rng, firms, round(_OTHER_PART * world.settings.ties_per_resident * len(firms)))
    count, around = len(residents), list_surroundings()
    regions = world.region_weights(firms.zone)
    domestic = rng.choice(len(regions), count, p=regions) * FIRMS_PER_REGION + rng.integers(0, FIRMS_PER_REGION, count)
    countries = read_numbers("countries", "destination_weight")
    foreign = rng.choice(len(countries), count, p=countries / countries.sum())
    is_abroad = rng.random(count) < _ABROAD_SHARE
    partners = pool.outside + np.where(is_abroad, around.foreign + foreign, around.firms + domestic)
    kind = np.array([KINDS.index(name) for name in _OTHER_KINDS])[draw_codes(rng, _OTHER_SHARES, count)]
    years, columns = _draw_years(rng, world, firms, residents)
    amounts = (firms.revenue[residents, columns] * rng.uniform(0.002, 0.03, count)).astype(np.int64)
    ties = state_ties(
        residents,
        partners,
        kind=kind,
        year=years,
        value=np.where(is_abroad, UNKNOWN, amounts),
        evidence="survey",
    )
    return _drop_repeated(replace(ties, status=draw_codes(rng, _STATUS_SHARES, count)))


def _draw_residents(rng: np.random.Generator, firms: Firms, count: int) -> Integers:
    """Return residents that work in the last year; the reference buyer buys of its suppliers alone."""
    is_known = firms.is_present[:, -1] & firms.has_responded[:, -1]
    is_known[firms.reference_buyer] = False
    known = np.flatnonzero(is_known)
    return known[rng.integers(0, len(known), count)]


def _draw_years(rng: np.random.Generator, world: World, firms: Firms, residents: Integers) -> tuple[Integers, Integers]:
    """Return a recent year of each tie, when its resident works, and the number of that year."""
    years = world.settings.all_years
    back = rng.integers(0, min(_RECENT_YEARS, len(years)), len(residents))
    drawn = np.maximum(years[-1] - back, firms.since[residents])
    return drawn, drawn - years[0]


def _drop_repeated(ties: Ties) -> Ties:
    """Return each pair of parties once for each kind and year."""
    keys = np.column_stack([ties.kind, ties.year, ties.giver, ties.taker])
    return ties.take(np.sort(np.unique(keys, axis=0, return_index=True)[1]))


def list_export_ties(world: World, firms: Firms, exports: Exports, pool: Pool) -> Ties:
    """Return the exports of the last years as ties, one a resident and country: sums of its export flows."""
    parts, countries = [], len(list_countries())
    for year in world.settings.tie_years:
        values = exports.values[:, year - world.settings.years[0]]
        sums = np.bincount(exports.firms * countries + exports.countries, values.astype(float)).astype(np.int64)
        pairs = np.flatnonzero(sums)
        parts.append((pairs // countries, pairs % countries, np.full(len(pairs), year), sums[pairs]))
    giver, country, years, value = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    foreign = pool.outside + list_surroundings().foreign + country
    return state_ties(giver, foreign, kind="export", year=years, value=value, evidence="ledger")
