"""Stages of a value chain present in a zone and joined by ties (L10)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonebook.errors import MetricError

CORE_STAGES = ("research", "pilot", "serial")

STAGES = (*CORE_STAGES, "service")


@dataclass(frozen=True, slots=True)
class ChainCompleteness:
    """One chain: which of its stages are present, which neighbouring stages are joined by a tie.

    ``present`` and ``unknown`` are stages; ``linked`` and ``in_house`` are names of the earlier stage of a
    pair of neighbours, joined by a tie of two parties, or covered by one and the same party.
    """

    chain_id: str
    stages: tuple[str, ...]
    present: tuple[str, ...]
    unknown: tuple[str, ...]
    linked: tuple[str, ...]
    in_house: tuple[str, ...]

    @property
    def completeness(self) -> float:
        """Share of stages known to be present."""
        return len(self.present) / len(self.stages)

    @property
    def upper(self) -> float:
        """Share of stages if all unknown ones were present."""
        return (len(self.present) + len(self.unknown)) / len(self.stages)

    @property
    def link_share(self) -> float | None:
        """Share of neighbouring stages joined by at least one tie, ``None`` for a chain of one stage."""
        return len(self.linked) / (len(self.stages) - 1) if len(self.stages) > 1 else None


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
    parties = {stage: parties.get(stage, set()) for stage in order}
    present = tuple(stage for stage in order if parties[stage])
    unknown = tuple(stage for stage in order if stage in recorded and stage not in present)
    pairs = list(itertools.pairwise(order))
    linked = tuple(one for one, other in pairs if _is_joined(ties, parties[one], parties[other]))
    in_house = tuple(one for one, other in pairs if parties[one] & parties[other])
    return ChainCompleteness(chain_id, order, present, unknown, linked, in_house)


@dataclass(frozen=True, slots=True)
class ZoneCompleteness:
    """Weighted completeness of a zone's chains with bounds for unknown stages, and of their links."""

    value: float
    lower: float
    upper: float
    link_share: float | None


def combine_chains(
    chains: Iterable[ChainCompleteness], weights: Mapping[str, float] | None = None
) -> ZoneCompleteness | None:
    """Combine the completeness of chains into that of the zone (L10).

    Formula: ``sum_k weight_k comp_k / sum_k weight_k``; equal weights by default.

    Parameters
    ----------
    chains
        One result a chain.
    weights
        Weight of each chain by id, >= 0, in any scale.

    Returns
    -------
    ZoneCompleteness or None
        Shares 0-1; ``None`` without chains or where weights sum to 0. ``link_share`` is over chains of two
        stages or more.

    Raises
    ------
    MetricError
        If a weight is negative or a chain has none.

    References
    ----------
    Own definition after Kaplinsky & Morris (2001).

    Examples
    --------
    >>> full = ChainCompleteness("a", CORE_STAGES, CORE_STAGES, (), ("research", "pilot"), ())
    >>> empty = ChainCompleteness("b", CORE_STAGES, (), ("pilot",), (), ())
    >>> combine_chains([full, empty], {"a": 3, "b": 1})
    ZoneCompleteness(value=0.75, lower=0.75, upper=0.8333333333333334, link_share=0.75)
    """
    found = list(chains)
    missing = [chain.chain_id for chain in found if weights is not None and chain.chain_id not in weights]
    if missing:
        raise MetricError(f"chain {missing[0]!r} has no weight")
    weight = np.array([1.0 if weights is None else weights[chain.chain_id] for chain in found])
    if (weight < 0).any():
        raise MetricError("a weight of a chain is negative")
    if not weight.sum() > 0:
        return None
    value = float(np.average([chain.completeness for chain in found], weights=weight))
    upper = float(np.average([chain.upper for chain in found], weights=weight))
    linkable = np.array([chain.link_share is not None for chain in found])
    link: float | None = None
    if weight[linkable].sum() > 0:
        shares = [chain.link_share for chain in found if chain.link_share is not None]
        link = float(np.average(shares, weights=weight[linkable]))
    return ZoneCompleteness(value, value, upper, link)


def _read_stages(capabilities: pd.DataFrame, chain_id: str) -> tuple[dict[str, set[Any]], set[str]]:
    """Return the capable parties of a chain by stage, and the stages with capabilities not known."""
    rows = capabilities[(capabilities["chain_id"] == chain_id).fillna(value=False).astype(bool)]
    rows = rows.dropna(subset=["stage", "party_id"])
    if "capable" not in rows.columns:
        rows = rows.assign(capable=True)
    capable = rows["capable"].astype("boolean")
    known = rows[capable.fillna(value=False).to_numpy(dtype=bool)]
    parties = {str(stage): set(group) for stage, group in known.groupby("stage")["party_id"]}
    return parties, set(rows.loc[capable.isna().to_numpy(), "stage"])


def _is_joined(ties: pd.DataFrame, one: set[Any], other: set[Any]) -> bool:
    """Say whether a tie joins a party of one stage with another party of the other."""
    start, end = ties["from_party"], ties["to_party"]
    joins = (start.isin(one) & end.isin(other)) | (start.isin(other) & end.isin(one))
    return bool((joins & (start != end).fillna(value=False)).any())
