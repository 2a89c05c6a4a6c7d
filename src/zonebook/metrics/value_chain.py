"""Stages of a value chain present in a zone and joined by ties (L10)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zonebook.errors import MetricError

CORE_STAGES = ("research", "pilot", "serial")

STAGES = (*CORE_STAGES, "service")


@dataclass(frozen=True, slots=True)
class ChainCompleteness:
    """One chain: which of its stages are present, which neighbouring stages are joined by a tie.

    ``present`` and ``unknown`` are stages; ``linked`` and ``in_house`` are names of the earlier stage of a
    pair of neighbours, joined by a tie of two parties, or covered by one and the same party. ``parties`` counts the
    parties known to be capable of each stage.
    """

    chain_id: str
    stages: tuple[str, ...]
    present: tuple[str, ...]
    unknown: tuple[str, ...]
    linked: tuple[str, ...]
    in_house: tuple[str, ...]
    parties: tuple[int, ...] = ()

    @property
    def completeness(self) -> float:
        """Share of stages known to be present."""
        return len(self.present) / len(self.stages)

    @property
    def upper(self) -> float:
        """Share of stages if all unknown ones were present."""
        return (len(self.present) + len(self.unknown)) / len(self.stages)

    @property
    def links(self) -> range:
        """Places of the stages another one follows."""
        return range(len(self.stages) - 1)

    @property
    def link_share(self) -> float | None:
        """Share of neighbouring stages joined by at least one tie, ``None`` for a chain of one stage."""
        return len(self.linked) / (len(self.stages) - 1) if len(self.stages) > 1 else None

    @property
    def link_upper(self) -> float | None:
        """The same if all unknown stages were present and joined to their neighbours."""
        if len(self.stages) == 1:
            return None
        possible = {*self.present, *self.unknown}
        pairs = list(itertools.pairwise(self.stages))
        open_pairs = [pair for pair in pairs if possible.issuperset(pair) and not set(self.present).issuperset(pair)]
        return (len(self.linked) + len(open_pairs)) / len(pairs)


def list_stages(capabilities: pd.DataFrame, chain_id: str) -> tuple[str, ...]:
    """Return the stages of a chain in order: research, pilot and serial production; service where it is on record.

    Parameters
    ----------
    capabilities
        As in ``measure_chain``.
    chain_id
        The chain.

    Examples
    --------
    >>> list_stages(pd.DataFrame({"chain_id": ["k"], "stage": ["service"], "party_id": ["shop"]}), "k")
    ('research', 'pilot', 'serial', 'service')
    """
    of_chain = capabilities["chain_id"].to_numpy(dtype=object) == chain_id
    recorded = set(capabilities["stage"].to_numpy(dtype=object)[of_chain])
    return tuple(stage for stage in STAGES if stage in recorded or stage in CORE_STAGES)


def measure_chain(
    chain_id: str, capabilities: pd.DataFrame, ties: pd.DataFrame, stages: Sequence[str] = CORE_STAGES
) -> ChainCompleteness:
    """Measure which stages of a value chain are present and joined (L10).

    Formula: ``comp_k = |{s: a capable party exists}| / |S|``; ``link_k = |{(s, s+1) joined by a tie}| /
    (|S| - 1)``.

    Parameters
    ----------
    chain_id
        The chain.
    capabilities
        Rows of ``stage_capability`` of any chains: columns ``chain_id``, ``stage``, ``party_id``, and
        optionally ``capable`` (true, false, or blank for not known; without the column all rows are true).
    ties
        Columns ``from_party``, ``to_party``; the direction does not matter.
    stages
        The stages S of the chain in order.

    Returns
    -------
    ChainCompleteness
        Shares 0-1 with bounds.

    Raises
    ------
    MetricError
        If there is no stage, or one is given twice.

    Notes
    -----
    A chain without any party has completeness 0, a true zero. A stage of which only unknown capabilities
    are on record is unknown and widens the interval. A chain of one stage has no links. One party that
    covers two stages is listed under ``in_house`` and is no tie.

    References
    ----------
    Own definition after value-chain mapping, Kaplinsky & Morris (2001).

    Examples
    --------
    >>> capable = pd.DataFrame({"chain_id": "k", "stage": ["research", "serial"], "party_id": ["lab", "plant"]})
    >>> ties = pd.DataFrame({"from_party": ["lab"], "to_party": ["plant"]})
    >>> found = measure_chain("k", capable, ties)
    >>> round(found.completeness, 4), found.link_share
    (0.6667, 0.0)
    """
    order = tuple(stages)
    if not order or len(set(order)) < len(order):
        raise MetricError(f"the stages of a chain are a list without repeats, got {order}")
    parties, recorded = _read_stages(capabilities, chain_id)
    members = {stage: parties.get(stage, set()) for stage in order}
    present = tuple(stage for stage in order if members[stage])
    unknown = tuple(stage for stage in order if stage in recorded and stage not in present)
    pairs = list(itertools.pairwise(order))
    joined = _list_joined(ties, [members[stage] for stage in order])
    linked = tuple(pair[0] for pair, is_joined in zip(pairs, joined, strict=True) if is_joined)
    in_house = tuple(one for one, other in pairs if members[one] & members[other])
    return ChainCompleteness(chain_id, order, present, unknown, linked, in_house, tuple(map(len, members.values())))


def _read_stages(capabilities: pd.DataFrame, chain_id: str) -> tuple[dict[str, set[Any]], set[str]]:
    """Return the capable parties of a chain by stage, and the stages with capabilities not known."""
    of_chain = capabilities["chain_id"].to_numpy(dtype=object) == chain_id
    names = ("stage", "party_id", "capable") if "capable" in capabilities else ("stage", "party_id")
    columns = [capabilities[name].to_numpy(dtype=object)[of_chain] for name in names]
    parties: dict[str, set[Any]] = {}
    unknown: set[str] = set()
    for stage, party, *stated in zip(*columns, strict=True):
        if pd.isna(stage) or pd.isna(party):
            continue
        if stated and pd.isna(stated[0]):
            unknown.add(str(stage))
        elif not stated or stated[0]:
            parties.setdefault(str(stage), set()).add(party)
    return parties, unknown


def _list_joined(ties: pd.DataFrame, members: Sequence[set[Any]]) -> list[bool]:
    """Say of each stage and the next whether a tie joins a party of the one with another party of the other."""
    index: pd.Index[Any] = pd.Index(list(set().union(*members)), dtype=object)
    start, end = (index.get_indexer(pd.Index(ties[name], dtype=object)) for name in ("from_party", "to_party"))
    kept = (start >= 0) & (end >= 0) & (start != end)
    start, end = start[kept], end[kept]
    is_in = [index.isin(found) for found in members]
    return [
        bool(((one[start] & other[end]) | (other[start] & one[end])).any()) for one, other in itertools.pairwise(is_in)
    ]
