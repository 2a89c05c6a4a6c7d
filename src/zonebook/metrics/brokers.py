"""Who holds the network together: betweenness, exact or from a sample with its error, and the brokers (L19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import build_adjacency, index_parties

EXACT_UP_TO = 2000  # parties; larger networks are sampled
DEFAULT_PIVOTS = 500
_SOURCES_AT_ONCE = 64  # shortest paths counted together: memory of parties x 64 numbers
_SAME = 1e-9  # scores closer than this (relative) are a tie: they differ by rounding alone


@dataclass(frozen=True, slots=True, eq=False)
class Betweenness:
    """Normalised betweenness by party; with its standard error and seed where it comes from a sample."""

    scores: pd.Series[float]
    standard_errors: pd.Series[float] | None
    pivots: int
    seed: int | None

    @property
    def is_exact(self) -> bool:
        """Whether every party was a source of shortest paths."""
        return self.standard_errors is None


@dataclass(frozen=True, slots=True)
class Brokers:
    """The parties of the highest betweenness, ties at the cut all listed, and the share of the first k."""

    parties: tuple[Any, ...]
    top: int
    share: float


def compute_betweenness(
    ties: pd.DataFrame,
    parties: Iterable[Any],
    *,
    directed: bool = True,
    pivots: int | None = None,
    seed: int = 0,
) -> Betweenness | None:
    """Compute how often each party lies on shortest paths between others (L19).

    Formula: ``b_v = sum over s, t of sigma_st(v) / sigma_st``, divided by ``(n-1)(n-2)`` (by half of it for
    undirected pairs counted once); from a sample of k sources, their sum times ``n/k``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``. Every tie has length 1: values are not distances.
    parties
        Ids of the n parties, isolates included.
    directed
        Follow ties in their direction only.
    pivots
        Number of sources to sample; by default all up to ``EXACT_UP_TO`` parties, else ``DEFAULT_PIVOTS``.
    seed
        Seed of the sample.

    Returns
    -------
    Betweenness or None
        Scores in [0, 1] by party (a sampled score may pass 1 by its error); ``None`` for fewer than three.

    Raises
    ------
    MetricError
        If a party is listed twice, or pivots < 2 where a sample is needed.

    Notes
    -----
    Pairs without a path contribute 0. Sources are drawn without replacement, so the standard error is
    that of a sample mean with finite population correction, and all n sources give the exact value. It
    holds for the brokers at the top; the few sources that matter to a minor party are easily missed, and
    its error is then understated.
    Names of brokers are internal: published without them.

    References
    ----------
    Freeman (1977); Brandes (2001).

    Examples
    --------
    The Medici in the marriages of Florence, as tabulated by Jackson (2008): .522.

    >>> import networkx as nx
    >>> graph = nx.florentine_families_graph()
    >>> ties = pd.DataFrame(graph.edges, columns=["from_party", "to_party"])
    >>> round(float(compute_betweenness(ties, graph.nodes, directed=False).scores["Medici"]), 3)
    0.522
    """
    index = index_parties(parties)
    n = len(index)
    if n < 3:
        return None
    matrix = build_adjacency(ties, index, directed=directed)
    size = min(n, pivots or (n if n <= EXACT_UP_TO else DEFAULT_PIVOTS))
    if size == n:
        total, _ = _sum_dependencies(matrix, np.arange(n))
        return Betweenness(pd.Series(total / ((n - 1) * (n - 2)), index=index), None, n, None)
    if size < 2:
        raise MetricError("a sample of shortest paths needs at least two sources")
    sources = np.sort(np.random.default_rng(seed).choice(n, size, replace=False))
    total, squares = _sum_dependencies(matrix, sources)
    variance = np.maximum(squares - total**2 / size, 0) / (size - 1)
    scale = n / ((n - 1) * (n - 2))
    errors = scale * np.sqrt(variance / size * (1 - size / n))
    return Betweenness(pd.Series(scale * total / size, index=index), pd.Series(errors, index=index), size, seed)


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
    by_id = scores.sort_index()
    # Rounded before sorting, so that equal scores that differ in the last bit fall in the order of ids.
    order = np.argsort(-np.round(by_id.to_numpy() / by_id.max(), 9), kind="stable")
    ordered = by_id.iloc[order]
    cut = float(ordered.iloc[min(top, len(ordered)) - 1])
    listed = ordered[(ordered > 0) & (ordered >= cut * (1 - _SAME))]
    return Brokers(tuple(listed.index), top, float(ordered.iloc[:top].sum()) / total)


def _sum_dependencies(matrix: csr_array, sources: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum the dependencies of sources on each party, and their squares, many sources at a time."""
    n = matrix.shape[0]
    total, squares = np.zeros(n), np.zeros(n)
    backward = csr_array(matrix.T)
    for start in range(0, len(sources), _SOURCES_AT_ONCE):
        found = _find_dependencies(matrix, backward, sources[start : start + _SOURCES_AT_ONCE])
        total += found.sum(axis=1)
        squares += np.einsum("vs,vs->v", found, found)
    return total, squares


def _find_dependencies(matrix: csr_array, backward: csr_array, sources: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the dependency of each source on each party (parties x sources).

    Brandes (2001) with a level of the search of all sources as one matrix product: networkx walks the
    same paths one tie at a time in Python, which takes minutes on 10,000 parties.
    """
    places = np.arange(len(sources))
    paths = np.zeros((matrix.shape[0], len(sources)))
    paths[sources, places] = 1
    levels = [paths.copy()]
    while True:
        reached = backward @ levels[-1]
        reached[paths > 0] = 0
        if not reached.any():
            break
        paths += reached
        levels.append(reached)
    dependency = np.zeros_like(paths)
    for nearer, farther in zip(levels[-2::-1], levels[:0:-1], strict=True):
        per_path = np.divide(1 + dependency, farther, out=np.zeros_like(paths), where=farther > 0)
        dependency += (matrix @ per_path) * nearer
    dependency[sources, places] = 0
    return dependency
