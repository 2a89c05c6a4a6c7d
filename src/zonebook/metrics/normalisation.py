"""Indicators on one scale: goalposts, min-max, z-scores, ranks, distance to a target; extreme values (C01)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from zonebook.errors import MetricError

LEAST_UNITS = 5  # fewer units make a scale of their own only by goalposts or a target
# OECD/JRC step 4: beyond both an indicator has outliers.
SKEW_LIMIT = 2.0
KURTOSIS_LIMIT = 3.5
MOST_WINSORISED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Normalised:
    """Scores by unit, missing where the value is, and whether a score was cut at the end of its scale."""

    scores: pd.Series[Any]
    is_clipped: pd.Series[Any]


def normalise_by_goalposts(
    values: pd.Series[Any], low: float, high: float, *, lower_is_better: bool = False
) -> Normalised | None:
    """Normalise an indicator between two fixed goalposts, the default of the cooperation index (C01).

    Formula: ``(x - low) / (high - low)``, cut at 0 and 1; 1 less that where lower is better.

    Parameters
    ----------
    values
        Indicator by unit.
    low, high
        Values that score 0 and 1 (1 and 0 where lower is better).
    lower_is_better
        Direction of the indicator.

    Returns
    -------
    Normalised or None
        Scores in [0, 1]; ``None`` where the goalposts are one.

    Raises
    ------
    MetricError
        For goalposts the wrong way round.

    Notes
    -----
    Comparable over years and zones: a score does not change when others do.

    References
    ----------
    OECD/JRC (2008), step 5; UNDP (2001), Technology Achievement Index: 200.2 internet hosts between 0 and 232.4.

    Examples
    --------
    >>> found = normalise_by_goalposts(pd.Series({"Finland": 200.2, "beyond": 300.0}), 0, 232.4)
    >>> found.scores.round(3).to_dict(), found.is_clipped.to_dict()
    ({'Finland': 0.861, 'beyond': 1.0}, {'Finland': False, 'beyond': True})
    """
    if low > high:
        raise MetricError(f"the low goalpost {low} is above the high one {high}", remedy="Use lower_is_better.")
    if low == high:
        return None
    raw = (values.astype(float) - low) / (high - low)
    scores = raw.clip(0.0, 1.0)
    return Normalised(1 - scores if lower_is_better else scores, (raw < 0) | (raw > 1))


def normalise_min_max(values: pd.Series[Any], *, lower_is_better: bool = False) -> Normalised | None:
    """Normalise an indicator between the least and the greatest unit of the sample (C01).

    Formula: ``(x - min) / (max - min)``.

    Parameters
    ----------
    values
        Indicator by unit.
    lower_is_better
        Direction of the indicator.

    Returns
    -------
    Normalised or None
        Scores in [0, 1]; ``None`` where all are alike or fewer than five units have a value.

    Notes
    -----
    A unit's score changes when others do: goalposts are the default.

    References
    ----------
    OECD/JRC (2008), table 15: schooling in Finland 0.59, Sweden 0.88 between Slovenia's and the United States'.

    Examples
    --------
    >>> years = pd.Series([10.0, 11.4, 12.0, 7.1, 9.5], ["FIN", "SWE", "USA", "SVN", "JPN"])
    >>> normalise_min_max(years).scores.round(2).to_dict()
    {'FIN': 0.59, 'SWE': 0.88, 'USA': 1.0, 'SVN': 0.0, 'JPN': 0.49}
    """
    known = values.dropna()
    if len(known) < LEAST_UNITS:
        return None
    return normalise_by_goalposts(values, float(known.min()), float(known.max()), lower_is_better=lower_is_better)


def normalise_by_z(values: pd.Series[Any], *, lower_is_better: bool = False) -> Normalised | None:
    """Normalise an indicator to mean 0 and standard deviation 1 (C01).

    Formula: ``(x - mean) / sd`` with the sample's sd (n - 1).

    Parameters
    ----------
    values
        Indicator by unit.
    lower_is_better
        Direction of the indicator: the sign is turned.

    Returns
    -------
    Normalised or None
        Scores without bounds; ``None`` where all are alike or fewer than five units have a value.

    References
    ----------
    OECD/JRC (2008), table 15, which needs n - 1. By hand: 1 to 5 have a standard deviation of 1.5811.

    Examples
    --------
    >>> normalise_by_z(pd.Series([1.0, 2, 3, 4, 5])).scores.round(4).tolist()
    [-1.2649, -0.6325, 0.0, 0.6325, 1.2649]
    """
    known = values.dropna().astype(float)
    if len(known) < LEAST_UNITS or known.min() == known.max():
        return None
    scores = (values.astype(float) - known.mean()) / known.std(ddof=1)
    return Normalised(-scores if lower_is_better else scores, pd.Series(data=False, index=values.index))


def normalise_by_rank(values: pd.Series[Any], *, lower_is_better: bool = False) -> Normalised | None:
    """Normalise an indicator to its order alone (C01).

    Formula: ``(rank - 1) / (n - 1)``, rank 1 for the worst; units alike share the lesser rank.

    Parameters
    ----------
    values
        Indicator by unit.
    lower_is_better
        Direction of the indicator.

    Returns
    -------
    Normalised or None
        Scores in [0, 1]; ``None`` where all are alike or fewer than five units have a value.

    References
    ----------
    OECD/JRC (2008), table 15 (ranks). By hand: five units in steps of a quarter.

    Examples
    --------
    >>> normalise_by_rank(pd.Series([10.0, 50, 20, 40, 30])).scores.tolist()
    [0.0, 1.0, 0.25, 0.75, 0.5]
    """
    known = values.dropna()
    if len(known) < LEAST_UNITS or known.min() == known.max():
        return None
    ranks = (-values if lower_is_better else values).astype(float).rank(method="min")
    return Normalised((ranks - 1) / (len(known) - 1), pd.Series(data=False, index=values.index))


def compute_ratio_to_reference(values: pd.Series[Any], reference: float) -> pd.Series[Any] | None:
    """Compute how many times a reference (the mean, a leader, a target) a unit has (C01).

    Formula: ``x / reference``.

    Parameters
    ----------
    values
        Indicator by unit.
    reference
        Value to compare with.

    Returns
    -------
    pandas.Series or None
        Ratios without an upper bound; ``None`` for a reference not above 0.

    References
    ----------
    OECD/JRC (2008), table 15: schooling in the United States is 1.25 times the mean of 9.59 years.

    Examples
    --------
    >>> round(float(compute_ratio_to_reference(pd.Series({"USA": 12.0}), 9.59)["USA"]), 2)
    1.25
    """
    return values.astype(float) / reference if reference > 0 else None


def normalise_by_target(values: pd.Series[Any], target: float, *, lower_is_better: bool = False) -> Normalised | None:
    """Normalise an indicator by its distance to a target (C01).

    Formula: ``x / target``, or ``target / x`` where lower is better, cut at 0 and 1.

    Parameters
    ----------
    values
        Indicator by unit, >= 0.
    target
        Value that scores 1, > 0.
    lower_is_better
        Direction of the indicator.

    Returns
    -------
    Normalised or None
        Scores in [0, 1], cut ones flagged; ``None`` for a target not above 0.

    References
    ----------
    OECD/JRC (2008), step 5. By hand: half of the target, and twice of it.

    Examples
    --------
    >>> normalise_by_target(pd.Series({"a": 50.0, "b": 200.0}), 100).scores.to_dict()
    {'a': 0.5, 'b': 1.0}
    """
    if target <= 0:
        return None
    amounts = values.astype(float)
    # Nothing of what should be little is beyond any target.
    raw = (target / amounts.where(amounts != 0, np.finfo(float).tiny)) if lower_is_better else amounts / target
    return Normalised(raw.clip(0.0, 1.0), (raw < 0) | (raw > 1))


def is_skewed(values: pd.Series[Any]) -> bool:
    """Say whether an indicator has outliers by the rule of both moments.

    Formula: ``|skewness| > 2 and excess kurtosis > 3.5``, both corrected for small samples.

    Parameters
    ----------
    values
        Indicator by unit; missing ones are left out.

    Returns
    -------
    bool
        ``False`` where fewer than five units have a value: moments say nothing of them.

    References
    ----------
    OECD/JRC (2008), step 4 and its later practice.

    Examples
    --------
    >>> is_skewed(pd.Series([1, 2, 3, 4, 5, 6, 7, 1000])), is_skewed(pd.Series([1, 2, 3, 4, 5]))
    (True, False)
    """
    known = values.dropna().to_numpy(dtype=float)
    if len(known) < LEAST_UNITS or known.min() == known.max():
        return False
    return abs(_skewness(known)) > SKEW_LIMIT and float(scipy.stats.kurtosis(known, bias=False)) > KURTOSIS_LIMIT


@dataclass(frozen=True, slots=True, eq=False)
class Winsorised:
    """Values with the extreme ones pulled in, and the units changed (none if the indicator was not skewed)."""

    values: pd.Series[Any]
    changed: tuple[Any, ...]


def winsorise(values: pd.Series[Any]) -> Winsorised:
    """Pull in extreme values of a skewed indicator, one at a time, until it is no longer skewed.

    Formula: while ``is_skewed``: the extreme unit(s) of the longer tail take the next value; five units at most.

    Parameters
    ----------
    values
        Indicator by unit.

    Returns
    -------
    Winsorised
        The indicator as given where it was not skewed.

    Notes
    -----
    After five units the indicator is left as it then is: a transformation, not trimming, would be needed.

    References
    ----------
    OECD/JRC (2008), step 4. By hand: the outlier takes the value of the next.

    Examples
    --------
    >>> winsorise(pd.Series([1, 2, 3, 4, 5, 6, 7, 1000])).values.tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 7.0]
    """
    found = values.astype(float)
    changed = pd.Series(data=False, index=values.index)
    while is_skewed(found):
        is_right = _skewness(found.dropna().to_numpy(dtype=float)) > 0
        extreme = found == (found.max() if is_right else found.min())
        if int((changed | extreme).sum()) > MOST_WINSORISED:
            break
        inner = found[~extreme].dropna()
        changed |= extreme
        found = found.mask(extreme, inner.max() if is_right else inner.min())
    return Winsorised(found, tuple(values.index[changed.to_numpy()]))


def _skewness(known: NDArray[Any]) -> float:
    return float(scipy.stats.skew(known, bias=False))
