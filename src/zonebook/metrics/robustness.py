"""What is left of the network when residents leave: targeted and random removal (L20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import minimum_spanning_tree

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import build_adjacency, index_parties


@dataclass(frozen=True, slots=True)
class Robustness:
    """The network after the loss of the k largest parties, k = 0..n, in the order of their loss.

    ``giant_share[k]`` and ``value_share[k]`` (``None`` without values) are shares of the whole network's
    parties and tie value; ``index`` is R, the mean of ``giant_share`` over k = 1..n.
    """

    order: tuple[Any, ...]
    giant_share: tuple[float, ...]
    value_share: tuple[float, ...] | None
    index: float


@dataclass(frozen=True, slots=True)
class RemovalBand:
    """Giant share after the loss of k parties at random, k = 0..n: median and 5-95 % band over draws."""

    lower: tuple[float, ...]
    median: tuple[float, ...]
    upper: tuple[float, ...]
    draws: int
    seed: int


def order_by_size(ties: pd.DataFrame, parties: Iterable[Any], sizes: pd.Series[float] | None = None) -> list[Any]:
    """Return the parties from the largest down (L20).

    Formula: by turnover where ``sizes`` are given, else by degree (number of partners in either direction).

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``.
    parties
        Ids of the parties.
    sizes
        Turnover by party id, RUB; parties that are not there come last.

    Returns
    -------
    list
        Ids; equals in the order of their ids.

    Raises
    ------
    MetricError
        If a party is listed twice.

    References
    ----------
    Albert, Jeong & Barabasi (2000).

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["c", "c"], "to_party": ["a", "b"]})
    >>> order_by_size(ties, ["a", "b", "c"])
    ['c', 'a', 'b']
    """
    index = index_parties(parties)
    if sizes is None:
        matrix = build_adjacency(ties, index, directed=False)
        size = pd.Series(np.asarray(matrix.sum(axis=1), dtype=float), index=index)
    else:
        size = sizes.astype("float64").reindex(index)
    return list(size.sort_index().sort_values(ascending=False, kind="stable", na_position="last").index)


def measure_robustness(
    ties: pd.DataFrame, parties: Iterable[Any], sizes: pd.Series[float] | None = None
) -> Robustness | None:
    """Measure what is left of the network as its largest parties leave one after another (L20).

    Formula: ``s(k)`` = parties in the giant component after the k largest left, over the original n;
    ``R = (1/n) sum_{k=1..n} s(k)``; value version: value of ties between those who stay, over that of all.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party`` and, for the value version, ``value_rub``; without direction.
    parties
        Ids of the n parties, isolates included.
    sizes
        Turnover by party, RUB, to order by; by default the number of partners.

    Returns
    -------
    Robustness or None
        Shares 0-1, R in (0, 0.5]; ``None`` for fewer than two parties.

    Raises
    ------
    MetricError
        If a party is listed twice, or a tie has a negative value.

    Notes
    -----
    The order is found once, before anyone leaves (static), equals by id; recomputing degrees after every
    loss gives other figures. The value version is ``None`` where no tie has a value.

    References
    ----------
    Albert, Jeong & Barabasi (2000); Schneider et al. (2011).

    Examples
    --------
    Zachary's karate club: without its two leaders 76 % of members are still connected, R = 0.142.

    >>> import networkx as nx
    >>> graph = nx.karate_club_graph()
    >>> ties = pd.DataFrame(graph.edges, columns=["from_party", "to_party"])
    >>> found = measure_robustness(ties, graph.nodes)
    >>> found.order[:3], round(found.giant_share[2], 4), round(found.index, 4)
    ((33, 0, 32), 0.7647, 0.1419)
    """
    index = index_parties(parties)
    n = len(index)
    if n < 2:
        return None
    order = order_by_size(ties, index, sizes)
    rank = np.empty(n, dtype=np.intp)
    rank[index.get_indexer(pd.Index(order, dtype=object))] = np.arange(n)
    giant = _trace_giant(build_adjacency(ties, index, directed=False), rank)
    values = _trace_value(ties, index, rank) if "value_rub" in ties.columns else None
    return Robustness(tuple(order), tuple((giant / n).tolist()), values, float(giant[1:].mean() / n))


def simulate_random_removal(
    ties: pd.DataFrame, parties: Iterable[Any], *, draws: int = 100, seed: int = 0
) -> RemovalBand | None:
    """Simulate the loss of parties in random order: the band behind the curve of targeted loss (L20).

    Formula: median and 5-95 % quantiles of ``s(k)`` over ``draws`` random orders.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; without direction.
    parties
        Ids of the n parties, isolates included.
    draws
        Number of random orders.
    seed
        Seed of the random numbers; the same seed gives the same band.

    Returns
    -------
    RemovalBand or None
        Shares 0-1 for k = 0..n; ``None`` for fewer than two parties.

    Raises
    ------
    MetricError
        If a party is listed twice, or draws < 1.

    References
    ----------
    Albert, Jeong & Barabasi (2000).

    Examples
    --------
    Whoever leaves a complete network first, the rest stays connected.

    >>> ties = pd.DataFrame({"from_party": ["a", "a", "b"], "to_party": ["b", "c", "c"]})
    >>> simulate_random_removal(ties, ["a", "b", "c"], draws=5).median
    (1.0, 0.6666666666666666, 0.3333333333333333, 0.0)
    """
    if draws < 1:
        raise MetricError(f"a band of random removal needs at least one draw, got {draws}")
    matrix = build_adjacency(ties, parties, directed=False)
    n = matrix.shape[0]
    if n < 2:
        return None
    generator = np.random.default_rng(seed)
    curves = np.array([_trace_giant(matrix, generator.permutation(n)) for _ in range(draws)]) / n
    lower, median, upper = (tuple(band.tolist()) for band in np.quantile(curves, (0.05, 0.5, 0.95), axis=0))
    return RemovalBand(lower, median, upper, draws, seed)


def _trace_value(ties: pd.DataFrame, index: pd.Index[Any], rank: NDArray[np.intp]) -> tuple[float, ...] | None:
    """Return the share of tie value left after each loss, ``None`` where no tie has a value."""
    matrix = build_adjacency(ties, index, weighted=True).tocoo()
    if (matrix.data < 0).any():
        raise MetricError("a tie has a negative value", remedy="Net returns against deliveries first.")
    total = matrix.data.sum()
    if not total > 0:
        return None
    # A tie ends with the first of its two ends to leave.
    lost = np.bincount(np.minimum(rank[matrix.row], rank[matrix.col]) + 1, matrix.data, len(index) + 1)
    left = np.clip(1 - np.cumsum(lost) / total, 0.0, 1.0)
    left[-1] = 0.0
    return tuple(left.tolist())


def _trace_giant(matrix: csr_array, rank: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the size of the giant component after k losses, k = 0..n; ``rank`` is the place in the order.

    Read backwards the losses are arrivals, and components only merge: Kruskal's algorithm on a spanning
    forest in which a tie is as old as the later arrival of its ends. One pass in place of n searches.
    """
    n = matrix.shape[0]
    edges = coo_array(matrix)
    age = (n - np.minimum(rank[edges.row], rank[edges.col])).astype(float)
    forest = coo_array(minimum_spanning_tree(csr_array((age, (edges.row, edges.col)), shape=(n, n))))
    arrival = np.argsort(forest.data, kind="stable")
    steps = forest.data[arrival].astype(int).tolist()
    starts, ends = forest.row[arrival].tolist(), forest.col[arrival].tolist()
    parent, size = list(range(n)), [1] * n
    largest_at = [0] + [1] * n  # by number of parties present
    for step, start, end in zip(steps, starts, ends, strict=True):
        one, other = _find_root(parent, start), _find_root(parent, end)
        if size[one] < size[other]:
            one, other = other, one
        parent[other] = one
        size[one] += size[other]
        largest_at[step] = max(largest_at[step], size[one])
    return np.maximum.accumulate(np.array(largest_at, dtype=float))[::-1]


def _find_root(parent: list[int], place: int) -> int:
    """Return the root of a party's component, halving the path on the way."""
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place
