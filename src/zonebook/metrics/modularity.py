"""How much ties stay inside groups (clusters): modularity (L06)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonebook.metrics.adjacency import build_adjacency
from zonebook.metrics.mixing import encode_groups


@dataclass(frozen=True, slots=True)
class Modularity:
    """Modularity of a partition, with the number of groups and of parties without a group."""

    value: float
    n_groups: int
    n_unassigned: int


def measure_modularity(ties: pd.DataFrame, groups: pd.Series[Any], *, directed: bool = False) -> Modularity | None:
    """Measure how much more ties stay inside groups than degrees alone would make them (L06).

    Formula: ``Q = (1/2m) sum_ij (a_ij - k_i k_j / 2m) [g_i = g_j]``; directed ``k_i^out k_j^in / m``
    in place of ``k_i k_j / 2m`` and m in place of 2m.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``.
    groups
        Group (cluster) of each party, indexed by party id; the index is the list of parties.
    directed
        Keep the direction of ties; otherwise a tie in either direction is one.

    Returns
    -------
    Modularity or None
        Value in [-0.5, 1); ``None`` without ties.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    One group gives 0. Parties without a group form one class of their own and are counted.

    References
    ----------
    Newman & Girvan (2004); directed: Leicht & Newman (2008).

    Examples
    --------
    Two triangles joined by one tie, the example of networkx's documentation: 0.357142857142857.

    >>> ties = pd.DataFrame({"from_party": [0, 0, 1, 2, 3, 3, 4], "to_party": [1, 2, 2, 3, 4, 5, 5]})
    >>> found = measure_modularity(ties, pd.Series([0, 0, 0, 1, 1, 1]))
    >>> round(found.value, 6)
    0.357143
    """
    matrix = build_adjacency(ties, groups.index, directed=directed).tocoo()
    if matrix.nnz == 0:
        return None
    codes, labels = encode_groups(groups)
    unassigned = int(groups.isna().sum())
    if len(labels) == 1:
        return Modularity(0.0, 1, unassigned)
    sources, targets = codes[matrix.row], codes[matrix.col]
    total = matrix.nnz
    leaving = np.bincount(sources, minlength=len(labels)) / total
    arriving = np.bincount(targets, minlength=len(labels)) / total
    inside = np.count_nonzero(sources == targets) / total
    return Modularity(float(inside - leaving @ arriving), len(labels), unassigned)
