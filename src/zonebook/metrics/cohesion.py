"""How well a network holds together: clustering and the giant component (L04, L05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from zonebook.metrics.adjacency import TieTable, build_adjacency, index_parties


@dataclass(frozen=True, slots=True)
class Clustering:
    """Global transitivity (``None`` without a connected triple) and the mean of local coefficients."""

    transitivity: float | None
    mean_local: float


def measure_clustering(ties: TieTable, parties: Iterable[Any]) -> Clustering | None:
    """Measure how often two partners of a party are partners of each other (L04).

    Formula: global ``3 triangles / connected triples``; local mean ``(1/n) sum 2 t_i / (k_i (k_i - 1))``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, taken without direction; or a network built of them.
    parties
        Ids of the n parties, isolates included.

    Returns
    -------
    Clustering or None
        Both 0-1; ``None`` for fewer than three parties, a ``transitivity`` of ``None`` without triples.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    A party with fewer than two partners counts as 0 in the local mean (the convention of networkx).

    References
    ----------
    Watts & Strogatz (1998); Newman (2003).

    Examples
    --------
    Zachary's karate club: transitivity 0.2557, mean local clustering 0.5706.

    >>> import pandas as pd
    >>> import networkx as nx
    >>> graph = nx.karate_club_graph()
    >>> ties = pd.DataFrame(graph.edges, columns=["from_party", "to_party"])
    >>> found = measure_clustering(ties, graph.nodes)
    >>> round(found.transitivity, 4), round(found.mean_local, 4)
    (0.2557, 0.5706)
    """
    matrix = build_adjacency(ties, parties, directed=False)
    n = matrix.shape[0]
    if n < 3:
        return None
    degree = np.asarray(matrix.sum(axis=1))
    closed = np.asarray((matrix @ matrix).multiply(matrix).sum(axis=1))  # twice the triangles of each party
    pairs = degree * (degree - 1)
    local = np.divide(closed, pairs, out=np.zeros(n), where=pairs > 0)
    triples = pairs.sum()
    return Clustering(float(closed.sum() / triples) if triples else None, float(local.mean()))


@dataclass(frozen=True, slots=True)
class GiantComponent:
    """The largest connected part of a network: its share, members, and the sizes of all parts."""

    share: float
    members: tuple[Any, ...]
    component_sizes: tuple[int, ...]


def measure_giant_component(ties: TieTable, parties: Iterable[Any]) -> GiantComponent | None:
    """Measure the share of parties in the largest weakly connected component (L05).

    Formula: ``|largest component| / n``, isolates included in n.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, taken without direction; or a network built of them.
    parties
        Ids of the n parties, isolates included.

    Returns
    -------
    GiantComponent or None
        Share 1/n-1, members and component sizes, largest first; ``None`` if there are no parties.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    Without ties the share is 1/n. Of several largest components, the one that holds the party listed first.

    References
    ----------
    Albert & Barabasi (2002).

    Examples
    --------
    >>> import pandas as pd
    >>> import networkx as nx
    >>> graph = nx.florentine_families_graph()
    >>> ties = pd.DataFrame(graph.edges, columns=["from_party", "to_party"])
    >>> found = measure_giant_component(ties, [*graph.nodes, "Pucci"])
    >>> found.share, found.component_sizes
    (0.9375, (15, 1))
    """
    index = index_parties(parties)
    if len(index) == 0:
        return None
    _, labels = scipy.sparse.csgraph.connected_components(
        build_adjacency(ties, index), directed=True, connection="weak"
    )
    sizes = np.bincount(labels)
    largest = labels == _first_largest(labels, sizes)
    members = tuple(index[largest])
    return GiantComponent(len(members) / len(index), members, tuple(sorted(map(int, sizes), reverse=True)))


def bound_giant_component(ties: TieTable, parties: Iterable[Any], silent: NDArray[np.bool_]) -> float | None:
    """Return the giant share there would be if those who did not answer had every tie they may have (L05).

    Formula: ``(k + m) / n``, k parties with a tie, m silent ones without; the share itself where nobody is silent.

    Parameters
    ----------
    ties, parties
        As in :func:`measure_giant_component`.
    silent
        Whether each party did not answer.

    Returns
    -------
    float or None
        The largest possible share 0-1, ``None`` if there are no parties.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    One party that may be tied to all joins all that have ties. Who answered and named none stays alone.

    References
    ----------
    Own rule: the corner at which every unknown tie exists.

    Examples
    --------
    Two pairs and a party that did not answer: it may join them.

    >>> import pandas as pd
    >>> ties = pd.DataFrame({"from_party": ["a", "c"], "to_party": ["b", "d"]})
    >>> bound_giant_component(ties, list("abcde"), np.array([False] * 4 + [True]))
    1.0
    """
    if not silent.any():
        found = measure_giant_component(ties, parties)
        return None if found is None else found.share
    degree = np.diff(build_adjacency(ties, parties, directed=False).indptr)
    return float(((degree > 0) | silent).mean())


def _first_largest(labels: np.ndarray[Any, Any], sizes: np.ndarray[Any, Any]) -> int:
    """Return the label of the first party that is in a component of the largest size."""
    return int(labels[np.argmax(sizes[labels] == sizes.max())])
