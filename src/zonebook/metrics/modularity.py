"""How much ties stay inside groups (clusters): modularity (L06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonebook.metrics.adjacency import TieTable, build_adjacency, index_parties
from zonebook.metrics.mixing import encode_groups


@dataclass(frozen=True, slots=True)
class Modularity:
    """Modularity of a partition, with the number of groups and of parties without a group."""

    value: float
    n_groups: int
    n_unassigned: int


def measure_modularity(ties: TieTable, groups: pd.Series[Any], *, directed: bool = False) -> Modularity | None:
    """Measure how much more ties stay inside groups than degrees alone would make them (L06).

    Formula: ``Q = (1/2m) sum_ij (a_ij - k_i k_j / 2m) [g_i = g_j]``; directed ``k_i^out k_j^in / m``
    in place of ``k_i k_j / 2m`` and m in place of 2m.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; or a network built of them.
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


def find_groups(ties: TieTable, parties: Iterable[Any], seed: int = 0) -> pd.Series[Any] | None:
    """Find the groups that ties themselves form, whatever clusters the parties belong to (L06).

    Formula: the partition of highest modularity the Louvain method finds: parties, then groups of them, move to the
    neighbouring group that raises ``Q`` most, until none does.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, taken without direction; or a network built of them.
    parties
        Ids of the parties; one without ties is a group of its own.
    seed
        Of the order in which parties are visited; the same seed gives the same groups.

    Returns
    -------
    pandas.Series or None
        Number of the group of each party, from 0 for the largest down; ``None`` without ties.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    The search is not exhaustive: a partition given beforehand may be better.

    References
    ----------
    Blondel, Guillaume, Lambiotte & Lefebvre (2008), as implemented by networkx.

    Examples
    --------
    Two triangles joined by one tie, the example of networkx's documentation.

    >>> ties = pd.DataFrame({"from_party": [0, 0, 1, 2, 3, 3, 4], "to_party": [1, 2, 2, 3, 4, 5, 5]})
    >>> find_groups(ties, range(6)).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    index = index_parties(parties)
    matrix = build_adjacency(ties, index, directed=False)
    if matrix.nnz == 0:
        return None
    import networkx as nx  # noqa: PLC0415 - slow, and few need it

    # Places in the list of parties are the nodes: sets of texts are ordered anew in every process.
    graph = nx.empty_graph(len(index))
    rows = np.repeat(np.arange(len(index)), np.diff(matrix.indptr))
    graph.add_edges_from(zip(rows.tolist(), matrix.indices.tolist(), strict=True))
    found = nx.community.louvain_communities(graph, seed=seed)
    numbers = np.empty(len(index), dtype=np.intp)
    for number, members in enumerate(sorted(found, key=lambda group: (-len(group), min(group)))):
        numbers[list(members)] = number
    return pd.Series(numbers, index=index)
