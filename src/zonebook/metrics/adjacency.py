"""Ties as matrices: the one place where ties become a network (loops dropped, repeated ties collapsed or summed)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from zonebook.errors import MetricError

# A joint venture or an agreement has two parties but no direction: reciprocity says nothing about it (L03).
UNDIRECTED_KINDS = frozenset({"agreement", "joint_venture"})


def index_parties(parties: Iterable[Any]) -> pd.Index[Any]:
    """Return the parties of a network as an index, in the order given.

    Raises
    ------
    MetricError
        If a party is listed twice or is missing (blank).

    Examples
    --------
    >>> list(index_parties(["b", "a"]))
    ['b', 'a']
    """
    is_index = isinstance(parties, pd.Index) and parties.dtype == object
    index: pd.Index[Any] = parties if is_index else pd.Index(list(parties), dtype=object)  # type: ignore[assignment]
    if index.hasnans:
        raise MetricError("a party of the network has no id")
    if not index.is_unique:
        twice = index[index.duplicated()][0]
        raise MetricError(f"party {twice!r} is listed twice", remedy="Pass each party once.")
    return index


@dataclass(frozen=True, eq=False)
class Network:
    """Parties and their ties as matrices, built once for several measures; pass it to them in place of the ties.

    Attributes
    ----------
    parties
        Ids of the parties, isolates included; they order rows and columns.
    matrix
        1 where at least one tie goes from the row's party to the column's.
    values
        The sum of their values, if these were asked for.
    """

    parties: pd.Index[Any]
    matrix: scipy.sparse.csr_array
    values: scipy.sparse.csr_array | None = None

    @cached_property
    def symmetric(self) -> scipy.sparse.csr_array:
        """The matrix without direction: 1 where there is a tie either way."""
        return _collapse(scipy.sparse.csr_array(self.matrix + self.matrix.T))

    @cached_property
    def symmetric_values(self) -> scipy.sparse.csr_array | None:
        """The values without direction: the sum of both ways."""
        return None if self.values is None else scipy.sparse.csr_array(self.values + self.values.T)

    @cached_property
    def is_connected(self) -> NDArray[np.bool_]:
        """Whether each party has a tie."""
        return np.asarray(np.diff(self.symmetric.indptr) > 0)

    def select(self, members: Iterable[Any]) -> Network:
        """Return the network among some of the parties."""
        index = index_parties(members)
        places = self.parties.get_indexer(index)
        values = None if self.values is None else self.values[places][:, places]
        return Network(index, self.matrix[places][:, places], values)


TieTable = pd.DataFrame | Network  # what measures of networks take: ties, or the network built of them


def build_network(ties: pd.DataFrame, parties: Iterable[Any], *, valued: bool = False) -> Network:
    """Return the network of ties among the given parties, for several measures to share.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party`` and, if ``valued``, ``value_rub``.
    parties
        Ids of the parties, isolates included.
    valued
        Keep the sums of values beside.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "a"], "to_party": ["b", "b"], "value_rub": [2.0, 3.0]})
    >>> network = build_network(ties, ["a", "b"], valued=True)
    >>> network.matrix.nnz, network.symmetric.nnz, float(network.values.sum())
    (1, 2, 5.0)
    """
    index = index_parties(parties)
    values = build_adjacency(ties, index, weighted=True) if valued else None
    return Network(index, build_adjacency(ties, index), values)


def build_adjacency(
    ties: TieTable, parties: Iterable[Any], *, directed: bool = True, weighted: bool = False
) -> scipy.sparse.csr_array:
    """Turn ties into the adjacency matrix of the network among the given parties.

    Formula: ``a_ij = 1`` where at least one tie goes from i to j (``w_ij`` = the sum of their values if
    ``weighted``); symmetrised by ``max(a_ij, a_ji)`` or ``w_ij + w_ji`` unless ``directed``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party`` and, if ``weighted``, ``value_rub``; or a network already built of them.
    parties
        Ids of the parties, isolates included; they order rows and columns.
    directed
        Keep the direction of ties.
    weighted
        Sum values instead of collapsing repeated ties to 1; ties without a value are left out.

    Returns
    -------
    scipy.sparse.csr_array
        n x n, zero diagonal, no stored zeros.

    Raises
    ------
    MetricError
        If a party is listed twice or has no id, or a network already built is of others or without values.

    Notes
    -----
    A tie with an end outside ``parties`` is not part of the network and is left out, and so is a tie of a
    party with itself.

    References
    ----------
    Wasserman & Faust (1994).

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "a", "b", "c"], "to_party": ["b", "b", "a", "c"]})
    >>> build_adjacency(ties, ["a", "b", "c"]).toarray()
    array([[0., 1., 0.],
           [1., 0., 0.],
           [0., 0., 0.]])
    """
    if isinstance(ties, Network):
        return _find_adjacency(ties, parties, directed=directed, weighted=weighted)
    matrix = _sum_ties(ties, index_parties(parties), weighted=weighted)
    if not directed:
        matrix = scipy.sparse.csr_array(matrix + matrix.T)
    if not weighted:
        return _collapse(matrix)
    matrix.eliminate_zeros()
    return matrix


def has_values(ties: TieTable) -> bool:
    """Whether values come with ties.

    Examples
    --------
    >>> has_values(pd.DataFrame(columns=["from_party", "to_party"]))
    False
    """
    return ties.values is not None if isinstance(ties, Network) else "value_rub" in ties.columns


def _find_adjacency(
    network: Network, parties: Iterable[Any], *, directed: bool, weighted: bool
) -> scipy.sparse.csr_array:
    """Return a matrix of a network already built."""
    if parties is not network.parties and not index_parties(parties).equals(network.parties):
        raise MetricError("the network is of other parties", remedy="Pass its own, or select some of them first.")
    if not weighted:
        return network.matrix if directed else network.symmetric
    values = network.values if directed else network.symmetric_values
    if values is None:
        raise MetricError("the network was built without values")
    return values


def _collapse(matrix: scipy.sparse.csr_array) -> scipy.sparse.csr_array:
    """Return a matrix of counts as one of zeros and ones."""
    matrix.data[:] = 1.0
    matrix.eliminate_zeros()
    return matrix


def _sum_ties(ties: pd.DataFrame, index: pd.Index[Any], *, weighted: bool) -> scipy.sparse.csr_array:
    """Return the number (or value) of ties from each party to each other one."""
    rows = index.get_indexer(pd.Index(ties["from_party"], dtype=object))
    columns = index.get_indexer(pd.Index(ties["to_party"], dtype=object))
    kept = (rows >= 0) & (columns >= 0) & (rows != columns)
    weights = np.ones(len(ties))
    if weighted:
        weights = ties["value_rub"].to_numpy(dtype=float, na_value=np.nan)
        kept &= ~np.isnan(weights)
    shape = (len(index), len(index))
    return scipy.sparse.csr_array(scipy.sparse.coo_array((weights[kept], (rows[kept], columns[kept])), shape=shape))


def select_directed_ties(ties: pd.DataFrame) -> pd.DataFrame:
    """Return the ties whose kind has a direction; agreements and joint ventures have none.

    Parameters
    ----------
    ties
        With a column ``kind`` (the contract's codes).

    Examples
    --------
    >>> select_directed_ties(pd.DataFrame({"kind": ["supply", "agreement", "joint_venture"]})).kind.tolist()
    ['supply']
    """
    return ties[~ties["kind"].isin(UNDIRECTED_KINDS)]


def count_unvalued(ties: pd.DataFrame) -> int:
    """Return how many ties carry no value: what a value-weighted figure leaves out.

    Examples
    --------
    >>> count_unvalued(pd.DataFrame({"value_rub": [5.0, None]}))
    1
    """
    return int(ties["value_rub"].isna().sum())
