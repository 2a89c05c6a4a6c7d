"""How a party spreads its ties over groups: participation and within-module z (R04)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy

from zonebook.metrics.adjacency import Network, build_adjacency
from zonebook.metrics.mixing import encode_groups


def compute_participation(
    ties: pd.DataFrame | Network, groups: pd.Series[Any], *, weighted: bool = False
) -> pd.Series[Any]:
    """Compute how evenly each party's ties are spread over groups (R04).

    Formula: ``P_i = 1 - sum_s (k_is / k_i)^2``, k_is = ties of i with group s, taken without direction.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party`` and, if ``weighted``, ``value_rub``; or a network of the same parties.
    groups
        Group (region, zone) of each party, indexed by party id.
    weighted
        Weigh ties by value.

    Returns
    -------
    pandas.Series
        ``Float64`` by party, in [0, 1 - 1/S]; missing for a party without ties.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    A party without ties has no spread: missing, where the Brain Connectivity Toolbox returns 0. Parties
    without a group form one class of their own.

    References
    ----------
    Guimera & Amaral (2005).

    Examples
    --------
    One tie to one group and two to another: 1 - 1/9 - 4/9 = 0.4444 (the toolbox's test case).

    >>> ties = pd.DataFrame({"from_party": ["i", "i", "i"], "to_party": ["a", "b", "c"]})
    >>> spread = compute_participation(ties, pd.Series({"i": "x", "a": "x", "b": "y", "c": "y"}))
    >>> round(float(spread["i"]), 4)
    0.4444
    """
    by_group = _ties_by_group(ties, groups, weighted=weighted)
    total = np.asarray(by_group.sum(axis=1))
    squares = np.asarray(by_group.multiply(by_group).sum(axis=1))
    has_ties = total > 0
    spread = 1 - np.divide(squares, total**2, out=np.ones(len(total)), where=has_ties)
    return pd.Series(np.maximum(spread, 0.0), index=groups.index, dtype="Float64").mask(~has_ties)


def compute_module_z(ties: pd.DataFrame | Network, groups: pd.Series[Any], *, weighted: bool = False) -> pd.Series[Any]:
    """Compute how well tied each party is inside its group, against the group's other members (R04).

    Formula: ``z_i = (kappa_i - mean) / sd``, kappa_i = ties of i inside its group, sd of the population.

    Parameters
    ----------
    ties, groups, weighted
        As for ``compute_participation``.

    Returns
    -------
    pandas.Series
        ``Float64`` by party, unbounded; missing where all members of the group have the same number.

    Raises
    ------
    MetricError
        If a party is listed twice.

    Notes
    -----
    Parties without a group form one class of their own.

    References
    ----------
    Guimera & Amaral (2005).

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["hub", "hub"], "to_party": ["a", "b"]})
    >>> compute_module_z(ties, pd.Series("x", index=["hub", "a", "b"])).round(4).tolist()
    [1.4142, -0.7071, -0.7071]
    """
    codes, labels = encode_groups(groups)
    by_group = _ties_by_group(ties, groups, weighted=weighted).toarray()
    inside = by_group[np.arange(len(codes)), codes]
    size = np.bincount(codes, minlength=len(labels))
    mean = np.bincount(codes, inside, len(labels)) / size
    apart = inside - mean[codes]
    deviation = np.sqrt(np.bincount(codes, apart**2, len(labels)) / size)
    # Equal members differ by rounding alone: that is no deviation.
    varies = deviation > 1e-12 * np.maximum(mean, 1e-300)
    score = np.divide(apart, deviation[codes], out=np.zeros(len(codes)), where=varies[codes])
    return pd.Series(score, index=groups.index, dtype="Float64").mask(~varies[codes])


def _ties_by_group(ties: pd.DataFrame | Network, groups: pd.Series[Any], *, weighted: bool) -> scipy.sparse.csr_array:
    """Return ties of each party with each group, parties x groups."""
    codes, labels = encode_groups(groups)
    n = len(codes)
    membership = scipy.sparse.csr_array((np.ones(n), (np.arange(n), codes)), shape=(n, len(labels)))
    return scipy.sparse.csr_array(build_adjacency(ties, groups.index, directed=False, weighted=weighted) @ membership)
