"""How many residents cooperate at all: coverage with bounds for those who did not answer (L01)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.adjacency import Network, TieTable, index_parties


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
    ties: TieTable, parties: Iterable[Any], responded: pd.Series[Any] | None = None
) -> Coverage | None:
    """Measure the share of parties with at least one tie to another party (L01).

    Formula: ``c = |{i: d_i > 0}| / n``, bounds ``[k/n, (k+m)/n]`` with m = parties that have no known tie
    and did not answer.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, one level (local, regional or international) at a time; or a network
        built of them. The other end need not be one of ``parties``.
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
    silent = np.zeros(len(index), dtype=bool)
    if responded is not None:
        silent = ~index.isin(responded.index[responded.to_numpy(dtype=bool, na_value=False)])
    return count_coverage(find_connected(ties, index), silent)


def count_coverage(connected: NDArray[np.bool_], silent: NDArray[np.bool_]) -> Coverage | None:
    """Count coverage from who has a tie and who did not answer (L01); ``None`` without parties.

    Examples
    --------
    >>> count_coverage(np.array([True, False, False]), np.array([True, False, True]))
    Coverage(connected=1, silent=1, n=3)
    """
    if len(connected) == 0:
        return None
    return Coverage(int(connected.sum()), int((silent & ~connected).sum()), len(connected))


def find_connected(ties: TieTable, parties: Iterable[Any]) -> NDArray[np.bool_]:
    """Tell which parties have a tie to another one, whether or not that is one of them.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "b"], "to_party": ["elsewhere", "b"]})
    >>> find_connected(ties, ["a", "b"]).tolist()
    [True, False]
    """
    index = index_parties(parties)
    if isinstance(ties, Network):
        places = ties.parties.get_indexer(index)
        return np.asarray(ties.is_connected[places] & (places >= 0))
    connected = np.zeros(len(index), dtype=bool)
    givers, takers = (np.asarray(ties[end], dtype=object) for end in ("from_party", "to_party"))
    counts = pd.notna(givers) & pd.notna(takers)
    counts[counts] = givers[counts] != takers[counts]
    for ends in (givers, takers):
        places = index.get_indexer(pd.Index(ends[counts], dtype=object))
        connected[places[places >= 0]] = True
    return connected
