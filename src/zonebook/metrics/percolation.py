"""The giant component as parties leave one by one, in a given or in random order (L20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import TieTable, build_adjacency

_BAND = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class RemovalBand:
    """Giant share after the loss of k parties at random, k = 0..n: median and 5-95 % band over draws.

    ``index`` is R of random loss, the mean of the giant share over k = 1..n, as a triple of the same quantiles.
    """

    lower: tuple[float, ...]
    median: tuple[float, ...]
    upper: tuple[float, ...]
    index: tuple[float, float, float]
    draws: int
    seed: int


def simulate_random_removal(
    ties: TieTable, parties: Iterable[Any], *, draws: int = 100, seed: int = 0
) -> RemovalBand | None:
    """Simulate the loss of parties in random order: the band behind the curve of targeted loss (L20).

    Formula: median and 5-95 % quantiles of ``s(k)``, and of ``R = (1/n) sum_{k=1..n} s(k)``, over ``draws``
    random orders.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, without direction; or a network built of them.
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

    >>> import pandas as pd
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
    lower, median, upper = (tuple(band.tolist()) for band in np.quantile(curves, _BAND, axis=0))
    low, middle, high = np.quantile(curves[:, 1:].mean(axis=1), _BAND).tolist()
    return RemovalBand(lower, median, upper, (low, middle, high), draws, seed)


def trace_giant(matrix: scipy.sparse.csr_array, rank: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the size of the giant component after k losses, k = 0..n; ``rank`` is the place in the order.

    Read backwards the losses are arrivals, and components only merge: Kruskal's algorithm on a spanning
    forest in which a tie is as old as the later arrival of its ends. One pass in place of n searches.
    """
    n = matrix.shape[0]
    starts = np.repeat(np.arange(n), np.diff(matrix.indptr))
    age = (n - np.minimum(rank[starts], rank[matrix.indices])).astype(float)
    forest = scipy.sparse.coo_array(
        scipy.sparse.csgraph.minimum_spanning_tree(
            scipy.sparse.csr_array((age, matrix.indices, matrix.indptr), shape=(n, n))
        )
    )
    arrival = np.argsort(forest.data, kind="stable")
    steps = forest.data[arrival].astype(int).tolist()
    ends = zip(forest.row[arrival].tolist(), forest.col[arrival].tolist(), strict=True)
    parent, size = list(range(n)), [1] * n
    largest_at = [0] + [1] * n  # by number of parties present
    for step, (start, end) in zip(steps, ends, strict=True):
        # The roots of both, halving the path on the way; written out, for this loop is what the time goes into.
        one, other = start, end
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        while parent[other] != other:
            parent[other] = other = parent[parent[other]]
        if size[one] < size[other]:
            one, other = other, one
        parent[other] = one
        size[one] += size[other]
        largest_at[step] = max(largest_at[step], size[one])
    return np.maximum.accumulate(np.array(largest_at, dtype=float))[::-1]
