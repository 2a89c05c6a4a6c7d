"""Ranks without adding scores up: Borda, Condorcet, Copeland; how stable ranks are (C04, C06)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from zonebook.errors import MetricError


def rank_units(scores: pd.Series[Any]) -> pd.Series[Any]:
    """Rank units by score, the best first.

    Formula: 1 + number of units with a higher score.

    Parameters
    ----------
    scores
        Score by unit, higher is better.

    Returns
    -------
    pandas.Series
        ``Int64`` by unit, units alike share the rank; missing where the score is.

    Examples
    --------
    >>> rank_units(pd.Series({"a": 0.5, "b": 0.9, "c": 0.5})).to_dict()
    {'a': 2, 'b': 1, 'c': 2}
    """
    return scores.astype(float).rank(method="min", ascending=False).astype("Int64")


def count_borda(scores: pd.DataFrame, weights: pd.Series[Any] | None = None) -> pd.Series[float]:
    """Count Borda points: for every criterion, the units ranked below (C04).

    Formula: ``B_a = sum_c w_c (units below a in c + half of those alike)``.

    Parameters
    ----------
    scores
        Units x criteria, higher is better, none missing.
    weights
        Weight (number of voters) by criterion; 1 each where not given.

    Returns
    -------
    pandas.Series
        Points by unit, in [0, (n - 1) sum w]; they add up to n (n - 1) / 2 sum w.

    Raises
    ------
    MetricError
        For a missing score, or weights that do not fit.

    References
    ----------
    OECD/JRC (2008), table 26 (after Moulin 1988): 21 voters give a 24, b 44, c 38, d 20.

    Examples
    --------
    >>> orders = pd.DataFrame({3: [4, 3, 2, 1], 5: [4, 2, 3, 1], 7: [1, 4, 2, 3], 6: [1, 3, 4, 2]}, index=list("abcd"))
    >>> count_borda(orders, pd.Series({3: 3, 5: 5, 7: 7, 6: 6})).to_dict()
    {'a': 24.0, 'b': 44.0, 'c': 38.0, 'd': 20.0}
    """
    matrix, shares = _read_criteria(scores, weights)
    return pd.Series((scipy.stats.rankdata(matrix, axis=0) - 1) @ shares, scores.index)


def compute_outranking(scores: pd.DataFrame, weights: pd.Series[Any] | None = None) -> pd.DataFrame:
    """Compute with what weight each unit is ahead of each other (C04).

    Formula: ``e_ab = sum over criteria where a > b of w_c + half of those where they are alike``.

    Parameters
    ----------
    scores
        Units x criteria, higher is better, none missing.
    weights
        Weight by criterion; 1 each where not given.

    Returns
    -------
    pandas.DataFrame
        Units x units, 0 on the diagonal; ``e_ab + e_ba`` is the sum of weights.

    Raises
    ------
    MetricError
        For a missing score, or weights that do not fit.

    References
    ----------
    OECD/JRC (2008), table 27. By hand: two criteria for a, one for b.

    Examples
    --------
    >>> compute_outranking(pd.DataFrame({"x": [2, 1], "y": [5, 3], "z": [0, 1]}, index=["a", "b"])).to_numpy().tolist()
    [[0.0, 2.0], [1.0, 0.0]]
    """
    matrix, shares = _read_criteria(scores, weights)
    outranking = np.zeros((len(matrix), len(matrix)))
    for column, weight in zip(matrix.T, shares, strict=True):
        outranking += weight * (np.greater.outer(column, column) + 0.5 * np.equal.outer(column, column))
    np.fill_diagonal(outranking, 0.0)
    return pd.DataFrame(outranking, scores.index, scores.index)


def rank_by_majority(outranking: pd.DataFrame) -> pd.Series[Any] | None:
    """Rank units so that each is ahead of all it beats by majority (Condorcet, C04).

    Formula: rank = 1 + number of units that beat the unit, where "a is not beaten by b" is transitive.

    Parameters
    ----------
    outranking
        Units x units, as by ``compute_outranking``.

    Returns
    -------
    pandas.Series or None
        ``Int64`` by unit; ``None`` where majorities go in a circle: there is no ranking.

    References
    ----------
    Condorcet (1785); OECD/JRC (2008), table 27 (after Moulin 1988): c, b, d, a, where Borda puts b first.

    Examples
    --------
    >>> orders = pd.DataFrame({3: [4, 3, 2, 1], 5: [4, 2, 3, 1], 7: [1, 4, 2, 3], 6: [1, 3, 4, 2]}, index=list("abcd"))
    >>> rank_by_majority(compute_outranking(orders, pd.Series({3: 3, 5: 5, 7: 7, 6: 6}))).to_dict()
    {'a': 4, 'b': 2, 'c': 1, 'd': 3}
    """
    if find_circles(outranking).any():
        return None
    matrix = outranking.to_numpy(dtype=float)
    return pd.Series((matrix < matrix.T).sum(axis=1) + 1, outranking.index).astype("Int64")


def find_circles(outranking: pd.DataFrame) -> pd.Series[Any]:
    """Find the units whose majorities go in a circle: a beats b, b beats c, and c is not beaten by a (C04).

    Formula: strong components of "not beaten by" that hold a unit that beats another one of them.

    Parameters
    ----------
    outranking
        Units x units, as by ``compute_outranking``.

    Returns
    -------
    pandas.Series
        True or false by unit; true for none where ``rank_by_majority`` has a ranking.

    References
    ----------
    Condorcet (1785). By hand: a beats b, b beats c, c beats a; all three beat d.

    Examples
    --------
    >>> orders = pd.DataFrame({"x": [3, 2, 1, 0], "y": [1, 3, 2, 0], "z": [2, 1, 3, 0]}, index=list("abcd"))
    >>> find_circles(compute_outranking(orders)).tolist()
    [True, True, True, False]
    """
    matrix = outranking.to_numpy(dtype=float)
    beats, holds = matrix > matrix.T, matrix >= matrix.T
    _, component = scipy.sparse.csgraph.connected_components(
        scipy.sparse.csr_array(holds), directed=True, connection="strong"
    )
    giver, taker = np.nonzero(beats)
    circular = np.unique(component[giver[component[giver] == component[taker]]])
    return pd.Series(np.isin(component, circular), outranking.index)


def score_copeland(outranking: pd.DataFrame) -> pd.Series[Any]:
    """Score units by how many others they beat less how many beat them (Copeland, C04).

    Formula: ``sum_b sign(e_ab - e_ba)``.

    Parameters
    ----------
    outranking
        Units x units, as by ``compute_outranking``.

    Returns
    -------
    pandas.Series
        ``Int64`` by unit, in [-(n - 1), n - 1], adding up to 0; defined also where majorities go in a circle.

    References
    ----------
    OECD/JRC (2008). The numbers: R package COINr ``a_copeland``.

    Examples
    --------
    >>> scores = pd.DataFrame({"a": [0.2, 0.6, 0.3], "b": [0.5, 0.4, 0.8], "c": [0.9, 0.1, 0.7]})
    >>> score_copeland(compute_outranking(scores)).tolist()
    [0, -2, 2]
    """
    matrix = outranking.to_numpy(dtype=float)
    return pd.Series(np.sign(matrix - matrix.T).sum(axis=1).astype(int), outranking.index).astype("Int64")


def measure_rank_stability(ranks: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Measure how far rankings of the same units are from a reference one (C06).

    Formula: mean and greatest ``|rank - reference rank|``, Spearman's rho, Kendall's tau-b.

    Parameters
    ----------
    ranks
        Units x rankings.
    reference
        The ranking compared with.

    Returns
    -------
    pandas.DataFrame
        By other ranking: ``mean_shift``, ``greatest_shift`` (places), ``spearman``, ``kendall`` in [-1, 1], missing
        where a ranking puts all units in one place.

    Raises
    ------
    MetricError
        For a reference that is not among the rankings, or fewer than two units.

    References
    ----------
    Saisana, Saltelli & Tarantola (2005). By hand: two of three units change places.

    Examples
    --------
    >>> found = measure_rank_stability(pd.DataFrame({"equal": [1, 2, 3], "other": [2, 1, 3]}), "equal")
    >>> found.loc["other"].round(4).to_dict()
    {'mean_shift': 0.6667, 'greatest_shift': 1.0, 'spearman': 0.5, 'kendall': 0.3333}
    """
    if reference not in ranks.columns or len(ranks) < 2:
        raise MetricError(f"ranking {reference!r} of two units at least is needed to compare with")
    base = ranks[reference].to_numpy(dtype=float)
    rows = {}
    for name in ranks.columns.drop(reference):
        other = ranks[name].to_numpy(dtype=float)
        shift = np.abs(other - base)
        varies = np.ptp(base) > 0 and np.ptp(other) > 0
        spearman = float(scipy.stats.spearmanr(base, other).statistic) if varies else np.nan
        kendall = float(scipy.stats.kendalltau(base, other).statistic) if varies else np.nan
        rows[name] = (float(shift.mean()), float(shift.max()), spearman, kendall)
    columns = ["mean_shift", "greatest_shift", "spearman", "kendall"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=float)


def _read_criteria(
    scores: pd.DataFrame, weights: pd.Series[Any] | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    matrix = scores.to_numpy(dtype=float)
    if np.isnan(matrix).any():
        raise MetricError("a score is missing", remedy="Rank units with all criteria only.")
    if weights is None:
        return matrix, np.ones(matrix.shape[1])
    shares = weights.reindex(scores.columns).to_numpy(dtype=float)
    if np.isnan(shares).any() or (shares < 0).any():
        raise MetricError("every criterion needs a weight of at least 0")
    return matrix, shares
