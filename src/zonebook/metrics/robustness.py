"""What is left of the network when its largest residents leave (L20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import TieTable, build_adjacency, has_values, index_parties
from zonebook.metrics.percolation import trace_giant


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


def order_by_size(ties: TieTable, parties: Iterable[Any], sizes: pd.Series[float] | None = None) -> list[Any]:
    """Return the parties from the largest down (L20).

    Formula: by turnover where ``sizes`` are given, else by degree (number of partners in either direction).

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; or a network built of them.
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
        size = np.diff(build_adjacency(ties, index, directed=False).indptr).astype(float)
    else:
        size = sizes.astype("float64").reindex(index).to_numpy()
    by_id = index.argsort()
    # NumPy sorts missing numbers to the end; the stable kind leaves equals in the order of their ids.
    return list(index[by_id[np.argsort(-size[by_id], kind="stable")]])


def measure_robustness(
    ties: TieTable, parties: Iterable[Any], sizes: pd.Series[float] | None = None
) -> Robustness | None:
    """Measure what is left of the network as its largest parties leave one after another (L20).

    Formula: ``s(k)`` = parties in the giant component after the k largest left, over the original n;
    ``R = (1/n) sum_{k=1..n} s(k)``; value version: value of ties between those who stay, over that of all.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party`` and, for the value version, ``value_rub``, without direction; or a
        network built of them.
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
    giant = trace_giant(build_adjacency(ties, index, directed=False), rank)
    values = _trace_value(ties, index, rank) if has_values(ties) else None
    return Robustness(tuple(order), tuple((giant / n).tolist()), values, float(giant[1:].mean() / n))


def _trace_value(ties: TieTable, index: pd.Index[Any], rank: NDArray[np.intp]) -> tuple[float, ...] | None:
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
