"""How often parties lie on shortest paths: betweenness, exact or from a sample with its error (L19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import TieTable, build_adjacency, index_parties

EXACT_UP_TO = 2000  # parties; larger networks are sampled

DEFAULT_PIVOTS = 500

_SOURCES_AT_ONCE = 64  # shortest paths counted together: memory of parties x 64 numbers


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


def compute_betweenness(
    ties: TieTable, parties: Iterable[Any], *, directed: bool = True, pivots: int | None = None, seed: int = 0
) -> Betweenness | None:
    """Compute how often each party lies on shortest paths between others (L19).

    Formula: ``b_v = sum over s, t of sigma_st(v) / sigma_st``, over ``(n-1)(n-2)`` (half of it for undirected
    pairs counted once); from a sample of k sources, their sum times ``n/k``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; or a network built of them. Values are no distances: each has length 1.
    parties
        Ids of the n parties, isolates included.
    directed
        Follow ties in their direction only.
    pivots, seed
        Sources drawn with the seed; by default all up to ``EXACT_UP_TO`` parties, else ``DEFAULT_PIVOTS``.

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
    Pairs without a path contribute 0. The standard error is that of a mean of sources drawn without
    replacement; it holds for the brokers at the top and is understated for minor parties.
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
    if size < 2:
        raise MetricError("a sample of shortest paths needs at least two sources")
    mean, error = _sample_dependencies(matrix, size, seed)
    scores, errors = (pd.Series(n * numbers / ((n - 1) * (n - 2)), index=index) for numbers in (mean, error))
    return Betweenness(scores, None, n, None) if size == n else Betweenness(scores, errors, size, seed)


def _sample_dependencies(
    matrix: scipy.sparse.csr_array, size: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean dependency of a random sample of sources on each party, and its standard error."""
    n = matrix.shape[0]
    sources = np.sort(np.random.default_rng(seed).choice(n, size, replace=False))
    total, squares = _sum_dependencies(matrix, sources)
    # Few sources matter to a minor party and are easily missed: its variance, and so its error, is too small.
    variance = np.maximum(squares - total**2 / size, 0) / (size - 1)
    return total / size, np.sqrt(variance / size * (1 - size / n))


def _sum_dependencies(
    matrix: scipy.sparse.csr_array, sources: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum the dependencies of sources on each party, and their squares, many sources at a time."""
    n = matrix.shape[0]
    total, squares = np.zeros(n), np.zeros(n)
    backward = scipy.sparse.csr_array(matrix.T)
    for start in range(0, len(sources), _SOURCES_AT_ONCE):
        found = _find_dependencies(matrix, backward, sources[start : start + _SOURCES_AT_ONCE])
        total += found.sum(axis=1)
        squares += np.einsum("vs,vs->v", found, found)
    return total, squares


def _find_dependencies(
    matrix: scipy.sparse.csr_array, backward: scipy.sparse.csr_array, sources: NDArray[np.intp]
) -> NDArray[np.float64]:
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
