"""Weights of indicators: equal within levels; principal components and benefit of the doubt as checks (C02)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError

_TOLERANCE = 1e-7  # that of the solver


def assign_equal_weights(levels: Mapping[str, Sequence[str]]) -> pd.Series[float]:
    """Assign equal weights to levels, and to the indicators of a level.

    Formula: ``w_i = 1 / (levels x indicators of the level)``.

    Parameters
    ----------
    levels
        Indicators of each level, each in one level.

    Returns
    -------
    pandas.Series
        Weight by indicator, adding up to 1.

    Raises
    ------
    MetricError
        For a level without indicators, or an indicator in two levels.

    References
    ----------
    OECD/JRC (2008), step 6; UNDP (2001): four dimensions of two indicators, 1/8 each.

    Examples
    --------
    >>> assign_equal_weights({"local": ["L01", "L08"], "regional": ["R02"]}).to_dict()
    {'L01': 0.25, 'L08': 0.25, 'R02': 0.5}
    """
    weights: dict[str, float] = {}
    for level, indicators in levels.items():
        if not indicators:
            raise MetricError(f"level {level} has no indicators")
        for indicator in indicators:
            if indicator in weights:
                raise MetricError(f"indicator {indicator} is in two levels")
            weights[indicator] = 1 / (len(levels) * len(indicators))
    return pd.Series(weights, dtype=float)


@dataclass(frozen=True, slots=True, eq=False)
class ComponentWeights:
    """Squared loadings on the first principal component, and the share of variance it explains."""

    weights: pd.Series[Any]
    explained: float


def compute_component_weights(scores: pd.DataFrame) -> ComponentWeights | None:
    """Compute the weights the data themselves suggest: a check of equal weights, not a choice (C02).

    Formula: squared entries of the first eigenvector of the correlation matrix.

    Parameters
    ----------
    scores
        Units x indicators; units with a missing score are left out.

    Returns
    -------
    ComponentWeights or None
        Weights adding up to 1; ``None`` for fewer units than indicators plus one, or an indicator that is constant.

    Notes
    -----
    Weights follow correlation, not importance: two indicators that say the same get more weight together.

    References
    ----------
    OECD/JRC (2008), step 6, table 20. By hand: two indicators that agree share the weight.

    Examples
    --------
    >>> found = compute_component_weights(pd.DataFrame({"a": [1.0, 2, 3, 5], "b": [2.0, 4, 6, 10]}))
    >>> found.weights.round(6).to_dict(), round(found.explained, 6)
    ({'a': 0.5, 'b': 0.5}, 1.0)
    """
    complete = scores.dropna().astype(float)
    if len(complete) <= complete.shape[1] or complete.shape[1] == 0 or (complete.std() == 0).any():
        return None
    values, vectors = np.linalg.eigh(complete.corr().to_numpy())
    return ComponentWeights(pd.Series(vectors[:, -1] ** 2, complete.columns), float(values[-1] / values.sum()))


def score_benefit_of_doubt(scores: pd.DataFrame) -> pd.Series[float]:
    """Score each unit by the weights that suit it best: a check of how much a low place owes to the weights (C02).

    Formula: ``max over w >= 0 of sum_i w_i x_ij`` where no unit exceeds 1 with these weights.

    Parameters
    ----------
    scores
        Units x indicators, >= 0.

    Returns
    -------
    pandas.Series
        In [0, 1] by unit, 1 for every unit that some weights make first; missing for a unit with a missing score.

    Raises
    ------
    MetricError
        For a negative score.

    References
    ----------
    OECD/JRC (2008), step 6 (Melyn & Moesen 1991). By hand: the third unit is never better than 0.8 of the best.

    Examples
    --------
    >>> scores = pd.DataFrame({"a": [1.0, 0.2, 0.6], "b": [0.2, 1.0, 0.36]}, index=["x", "y", "z"])
    >>> score_benefit_of_doubt(scores).round(4).to_dict()
    {'x': 1.0, 'y': 1.0, 'z': 0.8}
    """
    complete = scores.dropna().astype(float)
    matrix = complete.to_numpy()
    if (matrix < 0).any():
        raise MetricError("benefit of the doubt needs scores of at least 0")
    # Few units bound the weights: those that exceed 1 are added one by one, the best in each indicator to begin with.
    binding = list(dict.fromkeys(matrix.argmax(axis=0).tolist())) if len(matrix) else []
    best = [_find_best_score(matrix, unit, binding) for unit in range(len(matrix))]
    return pd.Series(np.clip(np.round(best, 9), 0.0, 1.0), complete.index, dtype=float).reindex(scores.index)


def _find_best_score(matrix: NDArray[Any], unit: int, binding: list[int]) -> float:
    """Return the best score a unit can have, and add to the binding units those that turn out to be."""
    from scipy.optimize import linprog  # noqa: PLC0415 - slow, and few need it

    while True:
        limits = np.ones(len(binding))
        found = linprog(-matrix[unit], A_ub=matrix[binding], b_ub=limits, method="highs")
        reached = matrix @ found.x
        worst = int(reached.argmax())
        if reached[worst] <= 1 + _TOLERANCE or worst in binding:
            return -float(found.fun)
        binding.append(worst)
