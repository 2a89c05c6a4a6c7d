"""Value chains of a zone: which stages are there, who can do them, and ties from stage to stage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.rows import build_rows, look_up
from zonebook.tables.demo.sources import SURVEY
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.tie_rows import Ties, join_ties, state_ties
from zonebook.tables.demo.vocabulary import Flags, Integers, read_words
from zonebook.tables.demo.world import World

STAGES = ("research", "pilot", "serial", "service")
_CHAINS = 3
_STAGE_SHARE, _LINK_SHARE = 0.75, 0.8
_MOST_PARTIES = 3
_LINK_KINDS = ("r_and_d", "contract_manufacturing", "service")


@dataclass(frozen=True, eq=False)
class Chains:
    """The value chains of a zone's first clusters.

    Attributes
    ----------
    has_stage
        By chain and stage: whether anybody in the zone can do it.
    is_linked
        By chain and stage: whether a tie leads from it to the next.
    chains, stages, firms
        Who can do what: numbers of chain, stage and resident.
    """

    has_stage: Flags
    is_linked: Flags
    chains: Integers
    stages: Integers
    firms: Integers


def draw_chains(world: World, firms: Firms) -> Chains:
    """Return the value chains of a zone; residents of a chain's cluster do its stages, none of them two."""
    rng = open_stream(world.settings.seed, Stream.CHAINS, firms.zone)
    count = min(_CHAINS, len(firms.themes))
    has_stage = rng.random((count, len(STAGES))) < _STAGE_SHARE
    has_stage[:, STAGES.index("serial")] |= ~has_stage.any(axis=1)
    parties = rng.integers(1, _MOST_PARTIES + 1, has_stage.shape) * has_stage
    is_linked = has_stage[:, :-1] & has_stage[:, 1:] & (rng.random((count, len(STAGES) - 1)) < _LINK_SHARE)
    rows = []
    for chain in range(count):
        able = np.flatnonzero((firms.clusters == chain) & firms.is_present[:, -len(world.settings.tie_years)])
        able = rng.permutation(able[able != firms.reference_buyer])
        # One a stage first, so that every stage finds somebody; then the rest.
        stages = np.flatnonzero(has_stage[chain])
        places = np.concatenate([stages, np.repeat(stages, np.maximum(parties[chain, stages] - 1, 0))])
        places = places[: len(able)]
        has_stage[chain, np.setdiff1d(stages, places)] = False
        rows.append(np.column_stack([np.full(len(places), chain), places, able[: len(places)]]))
    is_linked &= has_stage[:, :-1] & has_stage[:, 1:]
    table = np.concatenate(rows)
    return Chains(has_stage, is_linked, table[:, 0], table[:, 1], table[:, 2])


def name_chains(firms: Firms, count: int) -> list[str]:
    """Return the ids of a zone's chains."""
    themes = read_words("themes")["theme"]
    return [f"demo-{themes[theme]}" for theme in firms.themes[:count]]


def list_stage_rows(world: World, firms: Firms, chains: Chains) -> pa.Table:
    """Return the rows of ``stage_capability`` of a zone, for each of the years ties are given for."""
    years = np.array(world.settings.tie_years)
    times = len(chains.firms)
    return build_rows(
        "stage_capability",
        {
            "chain_id": look_up(name_chains(firms, len(chains.has_stage)), np.tile(chains.chains, len(years))),
            "stage": look_up(STAGES, np.tile(chains.stages, len(years))),
            "party_id": look_up(firms.ids, np.tile(chains.firms, len(years))),
            "year": np.repeat(years, times),
            "source_id": SURVEY,
        },
    )


def list_chain_ties(world: World, chains: Chains) -> Ties:
    """Return the ties that lead from stage to stage, in each year ties are given for; their values are not stated."""
    found = []
    for stage, kind in enumerate(_LINK_KINDS):
        linked = np.flatnonzero(chains.is_linked[:, stage])
        giver = np.array([_first_able(chains, int(chain), stage) for chain in linked], dtype=np.int64)
        taker = np.array([_first_able(chains, int(chain), stage + 1) for chain in linked], dtype=np.int64)
        found += [
            state_ties(giver, taker, kind=kind, year=year, value=None, evidence="contract")
            for year in world.settings.tie_years
        ]
    return join_ties(found)


def _first_able(chains: Chains, chain: int, stage: int) -> int:
    return int(chains.firms[(chains.chains == chain) & (chains.stages == stage)][0])
