"""Completeness of a zone's value chains taken together (L10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.value_chain import ChainCompleteness


@dataclass(frozen=True, slots=True)
class ZoneCompleteness:
    """Weighted completeness of a zone's chains with bounds for unknown stages, and of their links."""

    value: float
    lower: float
    upper: float
    link_share: float | None
    link_upper: float | None


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
    >>> from zonebook.metrics.value_chain import CORE_STAGES
    >>> full = ChainCompleteness("a", CORE_STAGES, CORE_STAGES, (), ("research", "pilot"), ())
    >>> empty = ChainCompleteness("b", CORE_STAGES, (), ("pilot",), (), ())
    >>> combine_chains([full, empty], {"a": 3, "b": 1})
    ZoneCompleteness(value=0.75, lower=0.75, upper=0.8333333333333334, link_share=0.75, link_upper=0.75)
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
    value = _average(np.array([chain.completeness for chain in found]), weight)
    upper = _average(np.array([chain.upper for chain in found]), weight)
    known = [(chain.link_share, chain.link_upper, one) for chain, one in zip(found, weight, strict=True)]
    linkable = np.array([pair for pair in known if pair[0] is not None], dtype=float).reshape(-1, 3)
    link: tuple[float | None, float | None] = (None, None)
    if linkable[:, 2].sum() > 0:
        link = _average(linkable[:, 0], linkable[:, 2]), _average(linkable[:, 1], linkable[:, 2])
    return ZoneCompleteness(value, value, upper, *link)


def _average(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    return float(np.average(values, weights=weights))
