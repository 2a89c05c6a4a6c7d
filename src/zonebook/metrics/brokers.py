"""Who holds the network together: the parties of the highest betweenness (L19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonebook.errors import MetricError

_SAME = 1e-9  # scores closer than this (relative) are a tie: they differ by rounding alone


@dataclass(frozen=True, slots=True)
class Brokers:
    """The parties of the highest betweenness, ties at the cut all listed, and the share of the first k."""

    parties: tuple[Any, ...]
    top: int
    share: float


def rank_brokers(scores: pd.Series[float], top: int = 10) -> Brokers | None:
    """Return the parties of the highest betweenness and the share of it that the first k hold (L19).

    Formula: ``sum of the k highest b_v / sum of all b_v``.

    Parameters
    ----------
    scores
        Betweenness by party, in any scale.
    top
        Number k of brokers.

    Returns
    -------
    Brokers or None
        Parties from the highest down (equal scores by id) and share 0-1; ``None`` if nobody is on any path.

    Raises
    ------
    MetricError
        If top < 1.

    Notes
    -----
    Parties tied with the k-th are all listed, so there may be more than k; the share is of k. A party
    with a score of 0 is no broker.

    References
    ----------
    Freeman (1977).

    Examples
    --------
    >>> rank_brokers(pd.Series({"a": 6.0, "b": 1.0, "c": 1.0, "d": 0.0}), top=2)
    Brokers(parties=('a', 'b', 'c'), top=2, share=0.875)
    """
    if top < 1:
        raise MetricError(f"a list of brokers needs at least one place, got {top}")
    total = float(scores.sum())
    if not total > 0:
        return None
    by_id = scores.index.argsort()
    values = scores.to_numpy()[by_id]
    # Rounded before sorting, so that equal scores that differ in the last bit fall in the order of ids.
    order = np.argsort(-np.round(values / values.max(), 9), kind="stable")
    ordered = values[order]
    cut = ordered[min(top, len(ordered)) - 1]
    is_listed = (ordered > 0) & (ordered >= cut * (1 - _SAME))
    return Brokers(tuple(scores.index[by_id[order[is_listed]]]), top, float(ordered[:top].sum()) / total)
