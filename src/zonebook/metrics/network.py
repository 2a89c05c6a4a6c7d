"""How dense and how mutual a network of ties is: density and reciprocity (L02, L03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zonebook.metrics.adjacency import TieTable, build_adjacency


@dataclass(frozen=True, slots=True)
class Density:
    """Density of a network with what it must be read with: the mean degree and the size."""

    share: float
    mean_degree: float
    n_ties: int
    n_parties: int


def measure_density(ties: TieTable, parties: Iterable[Any], *, directed: bool = True) -> Density | None:
    """Measure how many of the possible ties exist (L02).

    Formula: ``m / (n(n-1))`` directed, ``2m / (n(n-1))`` undirected; mean degree ``m/n`` or ``2m/n``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; or a network built of them.
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

    >>> import pandas as pd
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


def bound_density(
    ties: TieTable, parties: Iterable[Any], silent: NDArray[np.bool_], *, directed: bool = True
) -> Density | None:
    """Return the density there would be if those who did not answer had every tie they may have (L02).

    Formula: ``(m + u) / (n(n-1))``, u = pairs without a known tie of which one did not answer and the other did not
    either or has a tie; undirected alike.

    Parameters
    ----------
    ties, parties, directed
        As in :func:`measure_density`.
    silent
        Whether each party did not answer.

    Returns
    -------
    Density or None
        The largest possible share 0-1 and mean degree; ``None`` for fewer than two parties.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    Who answered and named no tie has none, as in coverage (L01). The known density is the lower bound.

    References
    ----------
    Own rule: the corner at which every unknown tie exists.

    Examples
    --------
    Of three parties, a is tied to b, and c did not answer: c may be tied to both, in both directions.

    >>> import pandas as pd
    >>> ties = pd.DataFrame({"from_party": ["a"], "to_party": ["b"]})
    >>> round(bound_density(ties, ["a", "b", "c"], np.array([False, False, True])).share, 3)
    0.833
    """
    matrix = build_adjacency(ties, parties, directed=directed)
    n = matrix.shape[0]
    if n < 2:
        return None
    symmetric = build_adjacency(ties, parties, directed=False)
    open_to_ties = silent | (np.diff(symmetric.indptr) > 0)
    within, answered = int(open_to_ties.sum()), int((open_to_ties & ~silent).sum())
    starts = np.repeat(silent, np.diff(matrix.indptr))
    known = int((starts | silent[matrix.indices]).sum())
    ends = int(matrix.nnz) + within * (within - 1) - answered * (answered - 1) - known
    return Density(ends / (n * (n - 1)), ends / n, ends if directed else ends // 2, n)


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


def measure_reciprocity(ties: TieTable, parties: Iterable[Any]) -> Reciprocity | None:
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
    >>> import pandas as pd
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
