"""The cooperation index: indicators into levels, levels into one number (C05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.aggregation import POWERS, compute_power_mean
from zonebook.metrics.weighting import assign_equal_weights

SCALE = 100.0
_ROUNDING = 1e-9  # two thirds of three are two, whatever floats make of it


@dataclass(frozen=True, slots=True)
class CompositeRule:
    """What an index takes for granted.

    ``floor`` is the least level score that enters a geometric or harmonic mean, on 0-1; ``level_share`` the part of a
    level's indicators that must be there.
    """

    floor: float = 0.01
    level_share: float = 2 / 3


DEFAULT_RULE = CompositeRule()


@dataclass(frozen=True, slots=True, eq=False)
class Composite:
    """Index and level profile by unit, 0-100.

    ``index``, ``lower`` and ``upper`` are missing for a unit that lacks a level. The bounds are those of the
    indicators' own bounds, a missing indicator being anything from 0 to 1; all are one where nothing is missing or
    uncertain. ``profile``, ``profile_lower`` and ``profile_upper`` (units x levels) are missing where too few of a
    level's indicators are present; ``present`` counts them. ``means`` are further ways from levels to one number
    (``arithmetic``, ``geometric``, ``harmonic``, and ``unfloored``: geometric without the floor), each with ``value``,
    ``lower`` and ``upper``. ``is_floored`` marks units whose index rests on a level raised to the floor.
    """

    index: pd.Series[Any]
    lower: pd.Series[Any]
    upper: pd.Series[Any]
    profile: pd.DataFrame
    profile_lower: pd.DataFrame
    profile_upper: pd.DataFrame
    means: Mapping[str, pd.DataFrame]
    present: pd.DataFrame
    is_floored: pd.Series[Any]


def compute_composite(
    scores: pd.DataFrame,
    levels: Mapping[str, Sequence[str]],
    weights: pd.Series[Any] | None = None,
    bounds: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    rule: CompositeRule = DEFAULT_RULE,
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
    bounds
        Lower and upper scores, of the same form; the scores themselves where not given.
    rule
        Least level score in the geometric mean, least part of a level's indicators.

    Returns
    -------
    Composite
        In [0, 100].

    Raises
    ------
    MetricError
        For a score outside 0-1 or its bounds, or weights that do not fit.

    Notes
    -----
    With fewer than two thirds of its indicators a level is undefined, and with it the index: no level is imputed.
    Every mean rises with each score, so that its bounds are those at the corners.

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
    corners = _read_corners(known, bounds)
    if any(((corner < 0) | (corner > 1)).any(axis=None) for corner in corners):
        raise MetricError("a score lies outside 0-1", remedy="Normalise indicators first.")
    return _combine(corners, levels, shares, rule)


def _combine(
    corners: Sequence[pd.DataFrame], levels: Mapping[str, Sequence[str]], shares: pd.Series[Any], rule: CompositeRule
) -> Composite:
    """Return the index of scores and of their bounds."""
    known = corners[0]
    enough = find_complete_levels(known, levels, rule.level_share)
    profiles = [
        pd.DataFrame(np.where(enough, average_levels(c.to_numpy(), shares.to_numpy(), levels), np.nan), known.index)
        for c in corners
    ]
    complete = enough.all(axis=1).to_numpy(dtype=bool)
    level_shares = np.array([shares[list(own)].sum() for own in levels.values()])
    means = {name: _join_levels(profiles, level_shares, power, floor, complete) for name, power, floor in _ways(rule)}
    index = means["geometric"]
    tables = [(SCALE * profile).set_axis(list(levels), axis=1) for profile in profiles]
    return Composite(
        index=index["value"],
        lower=index["lower"],
        upper=index["upper"],
        profile=tables[0],
        profile_lower=tables[1],
        profile_upper=tables[2],
        means=means,
        present=pd.DataFrame({level: known[list(own)].count(axis=1) for level, own in levels.items()}),
        is_floored=(tables[0] < SCALE * rule.floor).any(axis=1) & complete,
    )


def _read_corners(
    known: pd.DataFrame, bounds: tuple[pd.DataFrame, pd.DataFrame] | None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return scores, lower and upper ones: a missing bound is the score, bounds of a missing score are 0 and 1."""
    if bounds is None:
        return known, known.fillna(0.0), known.fillna(1.0)
    given = [frame.reindex(index=known.index, columns=known.columns).astype(float) for frame in bounds]
    lower, upper = (frame.where(frame.notna() & known.notna(), known) for frame in given)
    if ((lower > known) | (upper < known)).any(axis=None):
        raise MetricError("a score lies outside its bounds")
    return known, lower.fillna(0.0), upper.fillna(1.0)


def _ways(rule: CompositeRule) -> list[tuple[str, float, float]]:
    """Return the ways from levels to one number: name, power and floor."""
    floors = {"arithmetic": 0.0, "geometric": rule.floor, "harmonic": rule.floor}
    return [*((name, POWERS[name], floor) for name, floor in floors.items()), ("unfloored", 0.0, 0.0)]


def _join_levels(
    profiles: Sequence[pd.DataFrame],
    shares: NDArray[Any],
    power: float,
    floor: float,
    complete: NDArray[np.bool_],
) -> pd.DataFrame:
    """Return one number and its bounds by unit, missing for units that lack a level."""
    columns = {
        name: np.where(complete, SCALE * compute_power_mean(np.maximum(p.to_numpy(), floor), shares, power), np.nan)
        for name, p in zip(("value", "lower", "upper"), profiles, strict=True)
    }
    return pd.DataFrame(columns, profiles[0].index)


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


def find_complete_levels(
    scores: pd.DataFrame, levels: Mapping[str, Sequence[str]], share: float = DEFAULT_RULE.level_share
) -> pd.DataFrame:
    """Say for which units a level has enough of its indicators.

    Parameters
    ----------
    scores
        Units x indicators, missing where there is no value.
    levels
        Indicators of each level.
    share
        Part of a level's indicators that must be there.

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
        {level: columns[list(own)].notna().sum(axis=1) >= share * len(own) - _ROUNDING for level, own in levels.items()}
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
