"""The giant component as parties leave one by one, in a given or in random order (L20)."""

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
from zonebook.metrics.adjacency import build_adjacency


@dataclass(frozen=True, slots=True)
class RemovalBand:
    """Giant share after the loss of k parties at random, k = 0..n: median and 5-95 % band over draws."""

    lower: tuple[float, ...]
    median: tuple[float, ...]
    upper: tuple[float, ...]
    draws: int
    seed: int


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
    curves = np.array([trace_giant(matrix, generator.permutation(n)) for _ in range(draws)]) / n
    lower, median, upper = (tuple(band.tolist()) for band in np.quantile(curves, (0.05, 0.5, 0.95), axis=0))
    return RemovalBand(lower, median, upper, draws, seed)


def trace_giant(matrix: csr_array, rank: NDArray[np.intp]) -> NDArray[np.float64]:
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
