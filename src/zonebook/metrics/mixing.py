"""How ties mix groups (clusters, stages): the mixing matrix and nominal assortativity (L07)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.adjacency import TieTable, build_adjacency

UNASSIGNED = ""  # label of the class of parties without a group


def encode_groups(groups: pd.Series[Any]) -> tuple[NDArray[np.intp], list[Any]]:
    """Give the groups of parties numbers; parties without a group form one class of their own, the last.

    Parameters
    ----------
    groups
        Label of each party's group, blank for none.

    Returns
    -------
    tuple
        Code of each party, and the labels by code (``UNASSIGNED`` last if any party has no group).

    Examples
    --------
    >>> codes, labels = encode_groups(pd.Series(["x", None, "a"]))
    >>> codes.tolist(), labels
    ([1, 2, 0], ['a', 'x', ''])
    """
    codes, labels = pd.factorize(groups.astype(object), sort=True)
    names = list(labels)
    if (codes < 0).any():
        codes = np.where(codes < 0, len(names), codes)
        names.append(UNASSIGNED)
    return codes.astype(np.intp), names


def build_mixing_matrix(ties: TieTable, groups: pd.Series[Any], *, directed: bool = False) -> pd.DataFrame:
    """Count ties between every two groups.

    Formula: ``E_gh = |{ties from a party of g to a party of h}|``; undirected ties count once in each
    direction, so a tie inside a group adds 2 to its diagonal cell.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``; or a network built of them.
    groups
        Group of each party, indexed by party id; the index is the list of parties.
    directed
        Keep the direction of ties.

    Returns
    -------
    pandas.DataFrame
        Counts, groups x groups.

    Notes
    -----
    Parties without a group form one class of their own, labelled ``UNASSIGNED``.

    References
    ----------
    Newman (2003).

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "a"], "to_party": ["b", "c"]})
    >>> build_mixing_matrix(ties, pd.Series({"a": "x", "b": "x", "c": "y"})).to_numpy().tolist()
    [[2, 1], [1, 0]]
    """
    matrix = build_adjacency(ties, groups.index, directed=directed).tocoo()
    codes, labels = encode_groups(groups)
    size = len(labels)
    cells = np.bincount(codes[matrix.row] * size + codes[matrix.col], minlength=size * size)
    index: pd.Index[Any] = pd.Index(labels, dtype=object)
    return pd.DataFrame(cells.reshape(size, size), index=index, columns=index)


@dataclass(frozen=True, slots=True)
class Assortativity:
    """Assortativity coefficient and the least value it could take with these group sizes."""

    value: float
    minimum: float


def compute_assortativity(mixing: pd.DataFrame | NDArray[Any]) -> Assortativity | None:
    """Compute nominal assortativity from a mixing matrix (L07).

    Formula: ``r = (sum e_gg - sum a_g b_g) / (1 - sum a_g b_g)``, e = shares of the matrix, a and b its row
    and column sums; minimum ``-sum a_g b_g / (1 - sum a_g b_g)``.

    Parameters
    ----------
    mixing
        Ties between groups, groups x groups, >= 0: counts, values or shares.

    Returns
    -------
    Assortativity or None
        Value in [minimum, 1]; ``None`` without ties or with all ties in one class.

    Raises
    ------
    ValueError
        If the matrix is not square.

    Notes
    -----
    Show the mixing matrix with the coefficient.

    References
    ----------
    Newman (2003), Phys. Rev. E 67, 026126.

    Examples
    --------
    Partners by ethnicity, table I of Newman (2003): r = 0.621.

    >>> table = [[506, 32, 69, 26], [23, 308, 114, 38], [26, 46, 599, 68], [10, 14, 47, 32]]
    >>> round(compute_assortativity(np.array(table)).value, 3)
    0.621
    """
    matrix = np.asarray(mixing, dtype=float)
    rows, columns = matrix.sum(axis=1), matrix.sum(axis=0)
    total = matrix.sum()
    by_chance = rows @ columns
    # Compared before division, where counts are whole numbers and the comparison is exact.
    if total == 0 or by_chance >= total * total * (1 - 1e-14):
        return None
    chance = by_chance / total**2
    inside = np.trace(matrix) / total
    return Assortativity(float((inside - chance) / (1 - chance)), float(-chance / (1 - chance)))
