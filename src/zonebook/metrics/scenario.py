"""Ranks of the cooperation index under other choices: one engine for its uncertainty and its sensitivity (C06, C07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.aggregation import compute_power_mean
from zonebook.metrics.composite import (
    DEFAULT_RULE,
    CompositeRule,
    average_levels,
    find_complete_levels,
    read_weights,
)
from zonebook.metrics.normalisation import LEAST_UNITS

_DIGITS = 12  # scores that differ beyond are alike: the order of a sum must not make a rank


class Normalisation(IntEnum):
    """How indicators are brought to one scale."""

    GOALPOSTS = 0
    Z_SCORES = 1
    RANKS = 2


class Aggregation(IntEnum):
    """How levels are brought to one number."""

    GEOMETRIC = 0
    ARITHMETIC = 1


class Imputation(IntEnum):
    """What stands for a missing indicator of a level that has enough."""

    LEFT_OUT = 0
    MEDIAN = 1


@dataclass(frozen=True, slots=True, eq=False)
class CompositeInputs:
    """What a cooperation index is made of.

    ``values`` are units x indicators in their own units, missing where there is none; ``lower`` and ``upper`` their
    bounds (Q03), the values themselves where not given. ``goalposts`` gives (low, high) by indicator; ``weights`` are
    equal where not given; ``rule`` is that of the index.
    """

    values: pd.DataFrame
    levels: Mapping[str, Sequence[str]]
    goalposts: Mapping[str, tuple[float, float]]
    lower_is_better: frozenset[str] = frozenset()
    lower: pd.DataFrame | None = None
    upper: pd.DataFrame | None = None
    weights: pd.Series[Any] | None = None
    rule: CompositeRule = DEFAULT_RULE


@dataclass(frozen=True, slots=True, eq=False)
class RankProblem:
    """Inputs made ready for many draws: the units that can be ranked, and arrays units x indicators."""

    units: pd.Index[Any]
    levels: Mapping[str, Sequence[str]]
    weights: NDArray[np.float64]
    lower: NDArray[np.float64]
    value: NDArray[np.float64]
    upper: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    is_reversed: NDArray[np.bool_]
    floor: float

    @property
    def has_intervals(self) -> bool:
        """Whether any value is known within bounds only."""
        return bool((self.lower < self.upper).any())

    @property
    def has_gaps(self) -> bool:
        """Whether any value is missing that other units have."""
        missing = np.isnan(self.value)
        return bool((missing.any(axis=0) & ~missing.all(axis=0)).any())

    @property
    def can_rescale(self) -> bool:
        """Whether there are units enough for a scale of their own."""
        return len(self.units) >= LEAST_UNITS


@dataclass(frozen=True, slots=True, eq=False)
class Scenarios:
    """Choices of many draws: one entry (row) a draw.

    ``weights`` are draws x indicators; ``position`` is draws x units x indicators, where in its interval a value
    lies (0 lower, 1 upper), or ``None`` for the values as printed.
    """

    normalisation: NDArray[Any]
    aggregation: NDArray[Any]
    imputation: NDArray[Any]
    weights: NDArray[np.float64]
    position: NDArray[np.float64] | None = field(default=None)


def prepare_ranks(inputs: CompositeInputs) -> RankProblem:
    """Make inputs ready for many draws, with the units that have an index (C05's rule).

    Parameters
    ----------
    inputs
        Values, levels, goalposts and bounds.

    Returns
    -------
    RankProblem
        Units with every level complete; there may be none.

    Raises
    ------
    MetricError
        For an indicator without goalposts or with goalposts the wrong way round, or a value outside its bounds.

    Examples
    --------
    >>> values = pd.DataFrame({"L01": [0.2, None], "R02": [0.4, 0.5]}, index=["a", "b"])
    >>> levels = {"local": ["L01"], "regional": ["R02"]}
    >>> inputs = CompositeInputs(values, levels, {"L01": (0.0, 1.0), "R02": (0.0, 1.0)})
    >>> prepare_ranks(inputs).units.tolist()
    ['a']
    """
    weights = read_weights(inputs.levels, inputs.weights)
    columns = list(weights.index)
    missing = [name for name in columns if name not in inputs.goalposts]
    if missing or any(low >= high for low, high in (inputs.goalposts[name] for name in columns)):
        raise MetricError(f"every indicator needs a low and a higher goalpost; without any: {', '.join(missing)}")
    values = inputs.values.reindex(columns=columns).astype(float)
    complete = find_complete_levels(values, inputs.levels, inputs.rule.level_share).all(axis=1)
    values = values[complete.to_numpy(dtype=bool)]
    bounds = []
    for frame in (inputs.lower, inputs.upper):
        given = values if frame is None else frame.reindex(index=values.index, columns=columns).astype(float)
        bounds.append(given.where(given.notna(), values).to_numpy())
    value = values.to_numpy()
    if ((bounds[0] > value) | (bounds[1] < value)).any():
        raise MetricError("a value lies outside its bounds")
    posts = np.array([inputs.goalposts[name] for name in columns], dtype=float).reshape(-1, 2)
    return RankProblem(
        units=values.index,
        levels=inputs.levels,
        weights=weights.to_numpy(),
        lower=bounds[0],
        value=value,
        upper=bounds[1],
        low=posts[:, 0],
        high=posts[:, 1],
        is_reversed=np.array([name in inputs.lower_is_better for name in columns], dtype=bool),
        floor=inputs.rule.floor,
    )


def choose_default(problem: RankProblem) -> Scenarios:
    """Return the one scenario of the index itself: goalposts, given weights, geometric, nothing imputed.

    Examples
    --------
    >>> inputs = CompositeInputs(pd.DataFrame({"L01": [0.2]}), {"local": ["L01"]}, {"L01": (0.0, 1.0)})
    >>> choose_default(prepare_ranks(inputs)).weights.tolist()
    [[1.0]]
    """
    zero = np.zeros(1, dtype=int)
    return Scenarios(zero, zero, zero, problem.weights[None, :])


def rank_scenarios(problem: RankProblem, scenarios: Scenarios) -> NDArray[np.int64]:
    """Rank the units anew in every scenario.

    Parameters
    ----------
    problem
        Units and values, as by ``prepare_ranks``.
    scenarios
        Choices of each draw.

    Returns
    -------
    numpy.ndarray
        Draws x units, 1 for the best; units alike share the rank.

    Notes
    -----
    z-scores enter as 0.5 + 0.1 z (T-scores over 100), so that a geometric mean can take them. An indicator in which
    all units are alike tells z-scores and ranks nothing and enters as 0.5 for all.

    Examples
    --------
    >>> values = pd.DataFrame({"L01": [0.2, 0.8]}, index=["a", "b"])
    >>> problem = prepare_ranks(CompositeInputs(values, {"local": ["L01"]}, {"L01": (0.0, 1.0)}))
    >>> rank_scenarios(problem, choose_default(problem)).tolist()
    [[2, 1]]
    """
    draws = len(scenarios.weights)
    if scenarios.position is None:
        values = np.broadcast_to(problem.value, (draws, *problem.value.shape))
    else:
        values = problem.lower + scenarios.position * (problem.upper - problem.lower)
    scores = np.empty(values.shape)
    scales = (
        (Normalisation.GOALPOSTS, _by_goalposts),
        (Normalisation.Z_SCORES, _by_z),
        (Normalisation.RANKS, _by_rank),
    )
    for choice, scale in scales:
        chosen = scenarios.normalisation == choice
        if chosen.any():
            scores[chosen] = scale(problem, values[chosen])
    chosen = scenarios.imputation == Imputation.MEDIAN
    if chosen.any() and problem.has_gaps:
        scores[chosen] = _fill_with_median(scores[chosen])
    levels = average_levels(scores, scenarios.weights, problem.levels)
    return _rank_index(levels, scenarios, problem)


def _fill_with_median(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scores, draws x units x indicators, with the median of the units where one is missing."""
    # Sorted, missing scores stand last: the median is in the middle of the others, and missing where there are none.
    ordered, count = np.sort(scores, axis=1), (~np.isnan(scores)).sum(axis=1, keepdims=True)
    below, above = (np.take_along_axis(ordered, place, axis=1) for place in ((count - 1) // 2, count // 2))
    return np.where(np.isnan(scores), (below + above) / 2, scores)


def _rank_index(levels: NDArray[np.float64], scenarios: Scenarios, problem: RankProblem) -> NDArray[np.int64]:
    ends = np.cumsum([len(own) for own in problem.levels.values()])
    share = np.diff(np.cumsum(scenarios.weights, axis=1)[:, ends - 1], axis=1, prepend=0.0)[:, None, :]
    geometric = compute_power_mean(np.maximum(levels, problem.floor), share, 0.0)
    arithmetic = compute_power_mean(levels, share, 1.0)
    is_geometric = (scenarios.aggregation == Aggregation.GEOMETRIC)[:, None]
    index = np.where(is_geometric, geometric, arithmetic).round(_DIGITS)
    return np.asarray(scipy.stats.rankdata(-index, method="min", axis=1), dtype=np.int64)


def _by_goalposts(problem: RankProblem, values: NDArray[np.float64]) -> NDArray[np.float64]:
    scores = ((values - problem.low) / (problem.high - problem.low)).clip(0.0, 1.0)
    return np.where(problem.is_reversed, 1 - scores, scores)


def _by_z(problem: RankProblem, values: NDArray[np.float64]) -> NDArray[np.float64]:
    count = (~np.isnan(values)).sum(axis=1, keepdims=True)
    apart = values - np.nansum(values, axis=1, keepdims=True) / np.maximum(count, 1)
    deviation = np.sqrt(np.nansum(apart**2, axis=1, keepdims=True) / np.maximum(count - 1, 1))
    scale = np.nanmax(np.abs(np.where(np.isnan(values), 0.0, values)), axis=1, keepdims=True)
    # Units alike differ by rounding alone: that is no deviation.
    varies = np.broadcast_to(deviation > 1e-12 * scale, values.shape)
    z = np.divide(apart, np.broadcast_to(deviation, values.shape), out=np.zeros(values.shape), where=varies)
    z = np.where(np.isnan(values), np.nan, z)
    return 0.5 + 0.1 * np.where(problem.is_reversed, -z, z)


def _by_rank(problem: RankProblem, values: NDArray[np.float64]) -> NDArray[np.float64]:
    is_known = ~np.isnan(values)
    # Missing values last, so that they do not move the ranks of the others.
    ordered = np.where(is_known, np.where(problem.is_reversed, -values, values), np.inf)
    ranks = scipy.stats.rankdata(ordered, method="average", axis=1)
    count = is_known.sum(axis=1, keepdims=True)
    scores = np.where(count > 1, (ranks - 1) / np.maximum(count - 1, 1), 0.5)
    return np.where(is_known, scores, np.nan)
