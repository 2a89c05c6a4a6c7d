"""The cooperation index: indicators into levels, levels into one number (C05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.aggregation import FLOOR, compute_power_mean
from zonebook.metrics.weighting import assign_equal_weights

SCALE = 100.0
# A level needs two thirds of its indicators: numerator and denominator, to compare whole numbers.
NEEDED, OF = 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class Composite:
    """Index and level profile by unit, 0-100.

    ``index``, ``lower`` and ``upper`` are missing for a unit that lacks a level; ``lower`` and ``upper`` are the
    index if every missing indicator were 0 or 1, so all are one where nothing is missing. ``profile`` (units x
    levels) is missing where fewer than two thirds of a level's indicators are present; ``present`` counts them.
    ``is_floored`` marks units whose index rests on a level raised to the floor.
    """

    index: pd.Series[Any]
    lower: pd.Series[Any]
    upper: pd.Series[Any]
    profile: pd.DataFrame
    present: pd.DataFrame
    is_floored: pd.Series[Any]


def compute_composite(
    scores: pd.DataFrame,
    levels: Mapping[str, Sequence[str]],
    weights: pd.Series[Any] | None = None,
    *,
    floor: float = FLOOR,
) -> Composite:
    """Compute the cooperation index: a geometric mean over levels of arithmetic means within them (C05).

    Formula: ``I = 100 prod_l (max(floor, sum_i w_i x_i / sum_i w_i))^W_l``, W_l the level's share of the weights.

    Parameters
    ----------
    scores
        Units x indicators, in [0, 1], higher is better, missing where there is no value.
    levels
        Indicators of each level; an indicator without a column is missing for all.
    weights
        Weight by indicator; equal within levels and between them where not given.
    floor
        Least level score in the geometric mean, on 0-1.

    Returns
    -------
    Composite
        In [0, 100].

    Raises
    ------
    MetricError
        For a score outside 0-1, or weights that do not fit.

    Notes
    -----
    With fewer than two thirds of its indicators a level is undefined, and with it the index: no level is imputed.

    References
    ----------
    OECD/JRC (2008). By hand: levels of 0.4 and 0.9 have the geometric mean 0.6.

    Examples
    --------
    >>> scores = pd.DataFrame({"L01": [0.3], "L08": [0.5], "R02": [0.9]}, index=["zone"])
    >>> found = compute_composite(scores, {"local": ["L01", "L08"], "regional": ["R02"]})
    >>> round(float(found.index["zone"]), 9), found.profile.loc["zone"].round(9).tolist()
    (60.0, [40.0, 90.0])
    """
    shares = read_weights(levels, weights)
    known = scores.reindex(columns=shares.index).astype(float)
    if ((known < 0) | (known > 1)).any(axis=None):
        raise MetricError("a score lies outside 0-1", remedy="Normalise indicators first.")
    present = pd.DataFrame({level: known[list(own)].count(axis=1) for level, own in levels.items()})
    enough = find_complete_levels(known, levels)
    means = average_levels(known.to_numpy(), shares.to_numpy(), levels)
    complete = enough.all(axis=1).to_numpy(dtype=bool)
    filled = (known, known.fillna(0.0), known.fillna(1.0))
    bounds = [_average_geometrically(part, shares, levels, floor).where(complete) for part in filled]
    table = pd.DataFrame(SCALE * np.where(enough, means, np.nan), scores.index, list(levels))
    is_floored = (table < SCALE * floor).any(axis=1) & complete
    return Composite(bounds[0], bounds[1], bounds[2], table, present, is_floored)


def _average_geometrically(
    scores: pd.DataFrame, weights: pd.Series[Any], levels: Mapping[str, Sequence[str]], floor: float
) -> pd.Series[Any]:
    means = average_levels(scores.to_numpy(), weights.to_numpy(), levels)
    share = np.array([weights[list(own)].sum() for own in levels.values()])
    return pd.Series(SCALE * compute_power_mean(np.maximum(means, floor), share, 0.0), scores.index)


def read_weights(levels: Mapping[str, Sequence[str]], weights: pd.Series[Any] | None = None) -> pd.Series[Any]:
    """Return the weight of every indicator of the levels, adding up to 1.

    Parameters
    ----------
    levels
        Indicators of each level, each in one level.
    weights
        Weight by indicator; equal where not given.

    Returns
    -------
    pandas.Series
        Weight by indicator, in the order of the levels.

    Raises
    ------
    MetricError
        For an indicator without a weight, or a level without any.

    Examples
    --------
    >>> read_weights({"local": ["L01"], "regional": ["R02"]}, pd.Series({"L01": 3, "R02": 1})).to_dict()
    {'L01': 0.75, 'R02': 0.25}
    """
    equal = assign_equal_weights(levels)
    if weights is None:
        return equal
    found = weights.reindex(equal.index).astype(float)
    if found.isna().any() or (found < 0).any() or any(found[list(own)].sum() == 0 for own in levels.values()):
        raise MetricError("every indicator needs a weight of at least 0, and every level one above 0")
    return found / found.sum()


def find_complete_levels(scores: pd.DataFrame, levels: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Say for which units a level has two thirds of its indicators.

    Parameters
    ----------
    scores
        Units x indicators, missing where there is no value.
    levels
        Indicators of each level.

    Returns
    -------
    pandas.DataFrame
        Units x levels, true or false.

    Examples
    --------
    >>> scores = pd.DataFrame({"a": [1.0, 1.0], "b": [1.0, None], "c": [None, None]})
    >>> find_complete_levels(scores, {"local": ["a", "b", "c"]})["local"].tolist()
    [True, False]
    """
    columns = scores.reindex(columns=[indicator for own in levels.values() for indicator in own])
    return pd.DataFrame(
        {level: OF * columns[list(own)].notna().sum(axis=1) >= NEEDED * len(own) for level, own in levels.items()}
    )


def average_levels(
    scores: NDArray[Any], weights: NDArray[Any], levels: Mapping[str, Sequence[str]]
) -> NDArray[np.float64]:
    """Average scores within levels, for many draws at once.

    Parameters
    ----------
    scores
        ... x units x indicators in the order of the levels; missing ones are left out with their weight.
    weights
        Indicators, or draws x indicators.
    levels
        Indicators of each level.

    Returns
    -------
    numpy.ndarray
        ... x units x levels.

    Examples
    --------
    >>> average_levels(np.array([[0.2, 0.4, 0.9]]), np.ones(3), {"local": ["a", "b"], "regional": ["c"]}).round(12)
    array([[0.3, 0.9]])
    """
    spread = weights[..., None, :] if weights.ndim > 1 else weights
    means, start = [], 0
    for own in levels.values():
        part = slice(start, start + len(own))
        means.append(compute_power_mean(scores[..., part], spread[..., part], 1.0))
        start += len(own)
    return np.stack(means, axis=-1)
