"""The network of ties inside a zone or cluster: coverage, density, reciprocity, clustering, parts (L01-L05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import connected_components

from zonebook.metrics.adjacency import build_adjacency, index_parties


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of ``n`` parties have a tie, and how many without one did not answer the survey."""

    connected: int
    silent: int
    n: int

    @property
    def share(self) -> float:
        """Share of parties known to have a tie."""
        return self.connected / self.n

    @property
    def lower(self) -> float:
        """Share if none of the silent parties has a tie."""
        return self.connected / self.n

    @property
    def upper(self) -> float:
        """Share if every silent party has a tie."""
        return (self.connected + self.silent) / self.n


def measure_coverage(
    ties: pd.DataFrame, parties: Iterable[Any], responded: pd.Series[Any] | None = None
) -> Coverage | None:
    """Measure the share of parties with at least one tie to another party (L01).

    Formula: ``c = |{i: d_i > 0}| / n``, bounds ``[k/n, (k+m)/n]`` with m = parties that have no known tie
    and did not answer.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; one level (local, regional or international) at a time.
        The other end need not be one of ``parties``.
    parties
        Ids of the n residents asked about.
    responded
        Whether each party answered, indexed by party id; a party that is not there, or blank, did not.
        ``None``: the ties are a full register, everyone counts as having answered.

    Returns
    -------
    Coverage or None
        Shares 0-1; ``None`` if there are no parties.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    Ties of a party with itself do not count. A party without an answer is not a party without ties: it
    widens the interval.

    References
    ----------
    PP RF 779 (2015), requirement (a); isolates: Wasserman & Faust (1994).

    Examples
    --------
    The marriages of Florentine families (Padgett & Ansell 1993): of 16 families only the Pucci have no tie.

    >>> import networkx as nx
    >>> graph = nx.florentine_families_graph()
    >>> ties = pd.DataFrame(graph.edges, columns=["from_party", "to_party"])
    >>> measure_coverage(ties, [*graph.nodes, "Pucci"]).share
    0.9375
    """
    index = index_parties(parties)
    if len(index) == 0:
        return None
    ends = ties[["from_party", "to_party"]].dropna().astype(object)
    ends = ends[ends["from_party"] != ends["to_party"]]
    connected = index.isin(pd.unique(ends.to_numpy().ravel()))
    silent = np.zeros(len(index), dtype=bool)
    if responded is not None:
        answered = responded.astype("boolean").fillna(value=False)
        silent = ~index.isin(answered.index[answered.to_numpy(dtype=bool)]) & ~connected
    return Coverage(int(connected.sum()), int(silent.sum()), len(index))


@dataclass(frozen=True, slots=True)
class Density:
    """Density of a network with what it must be read with: the mean degree and the size."""

    share: float
    mean_degree: float
    n_ties: int
    n_parties: int


def measure_density(ties: pd.DataFrame, parties: Iterable[Any], *, directed: bool = True) -> Density | None:
    """Measure how many of the possible ties exist (L02).

    Formula: ``m / (n(n-1))`` directed, ``2m / (n(n-1))`` undirected; mean degree ``m/n`` or ``2m/n``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``.
    parties
        Ids of the n parties, isolates included.
    directed
        Count a tie in each direction by itself.

    Returns
    -------
    Density or None
        Share 0-1 and mean degree (ties a party); ``None`` for fewer than two parties.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    Repeated ties are collapsed, loops dropped. Density falls with n whatever the firms do: zones of
    different size are compared by mean degree.

    References
    ----------
    Wasserman & Faust (1994), ch. 4.

    Examples
    --------
    Zachary's karate club (1977): density 0.139.

    >>> import networkx as nx
    >>> graph = nx.karate_club_graph()
    >>> ties = pd.DataFrame(graph.edges, columns=["from_party", "to_party"])
    >>> round(measure_density(ties, graph.nodes, directed=False).share, 3)
    0.139
    """
    matrix = build_adjacency(ties, parties, directed=directed)
    n = matrix.shape[0]
    if n < 2:
        return None
    ends = int(matrix.nnz)
    n_ties = ends if directed else ends // 2
    return Density(ends / (n * (n - 1)), ends / n, n_ties, n)


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """Counts of mutual and one-way pairs, and the two shares that are both called reciprocity.

    Examples
    --------
    Krackhardt's managers (1987, advice): 45 mutual and 100 one-way pairs.

    >>> census = Reciprocity(mutual=45, asymmetric=100)
    >>> round(census.edgewise, 3), round(census.dyadic, 3)
    (0.474, 0.31)
    """

    mutual: int
    asymmetric: int

    @property
    def edgewise(self) -> float:
        """Share of ties that are returned."""
        return 2 * self.mutual / (2 * self.mutual + self.asymmetric)

    @property
    def dyadic(self) -> float:
        """Share of connected pairs tied in both directions."""
        return self.mutual / (self.mutual + self.asymmetric)


def measure_reciprocity(ties: pd.DataFrame, parties: Iterable[Any]) -> Reciprocity | None:
    """Measure how many ties are returned, in both variants (L03).

    Formula: edge-wise ``sum a_ij a_ji / sum a_ij``; dyadic ``M / (M + A)``, M mutual and A one-way pairs.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; only kinds that have a direction (``select_directed_ties``).
    parties
        Ids of the parties.

    Returns
    -------
    Reciprocity or None
        Shares 0-1 of both variants; ``None`` if there is no tie.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    The two variants differ on the same data (0.474 and 0.310 below): a figure names its variant.

    References
    ----------
    Holland & Leinhardt (1971); Garlaschelli & Loffredo (2004).

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "b", "a"], "to_party": ["b", "a", "c"]})
    >>> census = measure_reciprocity(ties, ["a", "b", "c"])
    >>> round(census.edgewise, 4), census.dyadic
    (0.6667, 0.5)
    """
    matrix = build_adjacency(ties, parties)
    if matrix.nnz == 0:
        return None
    returned = int(matrix.multiply(matrix.T).sum())
    return Reciprocity(mutual=returned // 2, asymmetric=int(matrix.nnz) - returned)


@dataclass(frozen=True, slots=True)
class Clustering:
    """Global transitivity (``None`` without a connected triple) and the mean of local coefficients."""

    transitivity: float | None
    mean_local: float


def measure_clustering(ties: pd.DataFrame, parties: Iterable[Any]) -> Clustering | None:
    """Measure how often two partners of a party are partners of each other (L04).

    Formula: global ``3 triangles / connected triples``; local mean ``(1/n) sum 2 t_i / (k_i (k_i - 1))``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; taken without direction.
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


def measure_giant_component(ties: pd.DataFrame, parties: Iterable[Any]) -> GiantComponent | None:
    """Measure the share of parties in the largest weakly connected component (L05).

    Formula: ``|largest component| / n``, isolates included in n.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; taken without direction.
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
    _, labels = connected_components(build_adjacency(ties, index), directed=True, connection="weak")
    sizes = np.bincount(labels)
    largest = labels == _first_largest(labels, sizes)
    members = tuple(index[largest])
    return GiantComponent(len(members) / len(index), members, tuple(sorted(map(int, sizes), reverse=True)))


def _first_largest(labels: np.ndarray[Any, Any], sizes: np.ndarray[Any, Any]) -> int:
    """Return the label of the first party that is in a component of the largest size."""
    return int(labels[np.argmax(sizes[labels] == sizes.max())])
