"""Ties inward and outward of groups: E-I index and its expected value, participation, within-module z (R03, R04)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import build_adjacency
from zonebook.metrics.mixing import encode_groups

_DRAWS_AT_ONCE = 64  # permutations compared together: memory of ties x 64 bytes


@dataclass(frozen=True, slots=True)
class EIIndex:
    """External and internal ties (counts, or RUB if weighted) and their balance."""

    external: float
    internal: float

    @property
    def value(self) -> float:
        """External less internal, over both."""
        return (self.external - self.internal) / (self.external + self.internal)


@dataclass(frozen=True, slots=True)
class ExpectedEI:
    """E-I index under random labels: mean and 5-95 % range over the draws of the seed."""

    mean: float
    lower: float
    upper: float
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Ties as arrays of party positions and weights; codes are the groups of the parties."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    weights: NDArray[np.float64]
    codes: NDArray[np.intp]


def measure_ei(
    ties: pd.DataFrame, groups: pd.Series[Any], *, group: Any = None, weighted: bool = False
) -> EIIndex | None:
    """Measure whether ties go outward or stay inside groups (R03).

    Formula: ``EI = (E - I) / (E + I)``; of one group: E = ties with exactly one end in it, I = with both.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party`` and, if ``weighted``, ``value_rub``; direction kept.
    groups
        Group (zone, region, cluster) of each party, indexed by party id.
    group
        Label of one group; ``None`` for the network as a whole.
    weighted
        Weigh ties by value; ties without one are left out.

    Returns
    -------
    EIIndex or None
        Value in [-1, 1] with E and I; ``None`` if E + I = 0.

    Raises
    ------
    MetricError
        If the group is unknown, or a tie has a negative value.

    Notes
    -----
    Parties without a group are left out with their ties: whether those are external is not known. A group
    that is the whole network gives -1. Always shown with the expected value (``simulate_expected_ei``): a
    small group is external by arithmetic.

    References
    ----------
    Krackhardt & Stern (1988).

    Examples
    --------
    The chief executive of Krackhardt's firm (1987) is a department alone: all ties are external.

    >>> ties = pd.DataFrame({"from_party": ["a", "b", "c"], "to_party": ["b", "c", "a"]})
    >>> measure_ei(ties, pd.Series({"a": "head", "b": "shop", "c": "shop"}), group="head").value
    1.0
    """
    arcs, code = _read_arcs(ties, groups, group, weighted=weighted)
    external, internal = _sum_by_side(arcs, arcs.codes[:, None], code)
    return EIIndex(float(external[0]), float(internal[0])) if external[0] + internal[0] > 0 else None


def compute_ei_of_mixing(mixing: pd.DataFrame | NDArray[Any]) -> EIIndex | None:
    """Compute the E-I index of a mixing matrix: off-diagonal cells are external (R03).

    Formula: ``E = sum of cells off the diagonal, I = trace``.

    Parameters
    ----------
    mixing
        Ties between groups, groups x groups, >= 0.

    Returns
    -------
    EIIndex or None
        ``None`` for an empty matrix.

    References
    ----------
    Krackhardt & Stern (1988); the matrix is table I of Newman (2003).

    Examples
    --------
    >>> table = [[506, 32, 69, 26], [23, 308, 114, 38], [26, 46, 599, 68], [10, 14, 47, 32]]
    >>> round(compute_ei_of_mixing(np.array(table)).value, 6)
    -0.475996
    """
    matrix = np.asarray(mixing, dtype=float)
    internal = float(np.trace(matrix))
    external = float(matrix.sum()) - internal
    return EIIndex(external, internal) if external + internal > 0 else None


def compute_ei_from_sizes(sizes: Mapping[Any, int], group: Any = None) -> float | None:
    """Compute the E-I index that ties at random would have, from group sizes alone (R03).

    Formula: of the pairs of parties (of one group: pairs with an end in it), ``(E - I) / (E + I)``.

    Parameters
    ----------
    sizes
        Number of parties of each group.
    group
        Label of one group; ``None`` for the network as a whole.

    Returns
    -------
    float or None
        In [-1, 1]; ``None`` if there is no such pair.

    Raises
    ------
    KeyError
        If the group is not among the sizes.

    Notes
    -----
    For the network as a whole this is exactly the mean over all permutations of labels, whatever the
    ties and their values.

    References
    ----------
    Krackhardt & Stern (1988).

    Examples
    --------
    >>> compute_ei_from_sizes({"small": 2, "rest": 8}, "small")
    0.8823529411764706
    """
    n = sum(sizes.values())
    if group is None:
        internal = sum(size * (size - 1) / 2 for size in sizes.values())
        pairs = n * (n - 1) / 2
    else:
        own = sizes[group]
        internal = own * (own - 1) / 2
        pairs = internal + own * (n - own)
    return (pairs - 2 * internal) / pairs if pairs else None


def simulate_expected_ei(
    ties: pd.DataFrame,
    groups: pd.Series[Any],
    *,
    group: Any = None,
    weighted: bool = False,
    draws: int = 1000,
    seed: int = 0,
) -> ExpectedEI | None:
    """Simulate the E-I index with the group labels dealt anew among the parties (R03).

    Formula: mean of ``EI`` over ``draws`` random permutations of labels; ties and group sizes stay.

    Parameters
    ----------
    ties, groups, group, weighted
        As for ``measure_ei``.
    draws
        Number of permutations.
    seed
        Seed of the random numbers; the same seed gives the same result.

    Returns
    -------
    ExpectedEI or None
        Mean and 5-95 % range, in [-1, 1]; ``None`` where the index is undefined in every draw.

    Raises
    ------
    MetricError
        If the group is unknown, a value negative, or draws < 1.

    Notes
    -----
    A draw in which no tie touches the group has no index and is left out.

    References
    ----------
    Krackhardt & Stern (1988).

    Examples
    --------
    Every permutation of this network has the same index, so the range is a point.

    >>> ties = pd.DataFrame({"from_party": ["a", "b", "c"], "to_party": ["b", "c", "a"]})
    >>> found = simulate_expected_ei(ties, pd.Series({"a": "x", "b": "y", "c": "y"}), draws=100, seed=1)
    >>> round(found.mean, 4), round(found.lower, 4), round(found.upper, 4)
    (0.3333, 0.3333, 0.3333)
    """
    if draws < 1:
        raise MetricError(f"the expected E-I index needs at least one draw, got {draws}")
    arcs, code = _read_arcs(ties, groups, group, weighted=weighted)
    generator = np.random.default_rng(seed)
    # One byte a label where that is enough: comparing labels is what costs.
    labels = arcs.codes.astype(np.min_scalar_type(int(arcs.codes.max(initial=0))))
    found = []
    for start in range(0, draws, _DRAWS_AT_ONCE):
        size = min(_DRAWS_AT_ONCE, draws - start)
        dealt = generator.permuted(np.tile(labels, (size, 1)), axis=1)
        external, internal = _sum_by_side(arcs, np.ascontiguousarray(dealt.T), code)
        total = external + internal
        found.append((external - internal)[total > 0] / total[total > 0])
    values = np.concatenate(found)
    if values.size == 0:
        return None
    lower, upper = np.quantile(values, (0.05, 0.95))
    return ExpectedEI(float(values.mean()), float(lower), float(upper), draws, seed)


def _read_arcs(
    ties: pd.DataFrame, groups: pd.Series[Any], group: Any, *, weighted: bool
) -> tuple[_Arcs, np.intp | None]:
    """Return the ties among parties with a known group, and the code of the group asked for."""
    known = groups.dropna()
    codes, labels = encode_groups(known)
    if group is not None and group not in labels:
        raise MetricError(f"no party belongs to group {group!r}")
    matrix = build_adjacency(ties, known.index, weighted=weighted).tocoo()
    if (matrix.data < 0).any():
        raise MetricError("a tie has a negative value", remedy="Net returns against deliveries first.")
    arcs = _Arcs(matrix.row.astype(np.intp), matrix.col.astype(np.intp), matrix.data, codes)
    return arcs, None if group is None else np.intp(labels.index(group))


def _sum_by_side(
    arcs: _Arcs, labels: NDArray[Any], code: np.intp | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum external and internal weights for every column of labels (parties x draws)."""
    if code is not None:
        labels = labels == code
        starts, ends = labels[arcs.rows], labels[arcs.columns]
        internal, external = starts & ends, starts ^ ends
    else:
        internal = labels[arcs.rows] == labels[arcs.columns]
        external = ~internal
    if (arcs.weights == 1).all():
        return external.sum(axis=0, dtype=float), internal.sum(axis=0, dtype=float)
    return arcs.weights @ external, arcs.weights @ internal


def compute_participation(ties: pd.DataFrame, groups: pd.Series[Any], *, weighted: bool = False) -> pd.Series[Any]:
    """Compute how evenly each party's ties are spread over groups (R04).

    Formula: ``P_i = 1 - sum_s (k_is / k_i)^2``, k_is = ties of i with group s, taken without direction.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party`` and, if ``weighted``, ``value_rub``.
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


def compute_module_z(ties: pd.DataFrame, groups: pd.Series[Any], *, weighted: bool = False) -> pd.Series[Any]:
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


def _ties_by_group(ties: pd.DataFrame, groups: pd.Series[Any], *, weighted: bool) -> csr_array:
    """Return ties of each party with each group, parties x groups."""
    codes, labels = encode_groups(groups)
    n = len(codes)
    membership = csr_array((np.ones(n), (np.arange(n), codes)), shape=(n, len(labels)))
    return csr_array(build_adjacency(ties, groups.index, directed=False, weighted=weighted) @ membership)
