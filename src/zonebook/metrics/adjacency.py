"""Ties as matrices: the one place where ties become a network (loops dropped, repeated ties collapsed or summed)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

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
    index: pd.Index[Any] = pd.Index(list(parties), dtype=object)
    if index.hasnans:
        raise MetricError("a party of the network has no id")
    if not index.is_unique:
        twice = index[index.duplicated()][0]
        raise MetricError(f"party {twice!r} is listed twice", remedy="Pass each party once.")
    return index


def build_adjacency(
    ties: pd.DataFrame, parties: Iterable[Any], *, directed: bool = True, weighted: bool = False
) -> csr_array:
    """Turn ties into the adjacency matrix of the network among the given parties.

    Formula: ``a_ij = 1`` where at least one tie goes from i to j (``w_ij`` = the sum of their values if
    ``weighted``); symmetrised by ``max(a_ij, a_ji)`` or ``w_ij + w_ji`` unless ``directed``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party`` and, if ``weighted``, ``value_rub``.
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
        If a party is listed twice or has no id.

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
    matrix = _sum_ties(ties, index_parties(parties), weighted=weighted)
    if not directed:
        matrix = csr_array(matrix + matrix.T)
    if not weighted:
        matrix.data[:] = 1.0
    matrix.eliminate_zeros()
    return matrix


def _sum_ties(ties: pd.DataFrame, index: pd.Index[Any], *, weighted: bool) -> csr_array:
    """Return the number (or value) of ties from each party to each other one."""
    rows = index.get_indexer(pd.Index(ties["from_party"], dtype=object))
    columns = index.get_indexer(pd.Index(ties["to_party"], dtype=object))
    kept = (rows >= 0) & (columns >= 0) & (rows != columns)
    weights = np.ones(len(ties))
    if weighted:
        weights = ties["value_rub"].to_numpy(dtype=float, na_value=np.nan)
        kept &= ~np.isnan(weights)
    shape = (len(index), len(index))
    return csr_array(coo_array((weights[kept], (rows[kept], columns[kept])), shape=shape))


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
