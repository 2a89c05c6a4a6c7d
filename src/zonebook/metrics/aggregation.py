"""Scores into one: arithmetic, geometric, harmonic mean (C03)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError

Method = Literal["arithmetic", "geometric", "harmonic"]
POWERS: dict[str, float] = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}


def aggregate(
    values: ArrayLike, weights: ArrayLike | None = None, method: Method | float = "arithmetic", *, floor: float = 0.0
) -> float | None:
    """Aggregate scores into one (C03).

    Formula: arithmetic ``sum w x``, geometric ``prod x^w``, harmonic ``1 / sum(w / x)``, power p ``(sum w x^p)^(1/p)``.

    Parameters
    ----------
    values
        Scores, one at least, none missing.
    weights
        Weights >= 0, made to add up to 1; equal where not given.
    method
        ``arithmetic``, ``geometric``, ``harmonic``, or a power.
    floor
        Scores below are raised to it. 0.01 is the rule for geometric means of scores in 0-1; report what it changes.

    Returns
    -------
    float or None
        Between the least and the greatest score; ``None`` where a score is negative and the method is not arithmetic.

    Raises
    ------
    MetricError
        For no or missing scores, weights of another length, negative, or all 0, or an unknown method.

    Notes
    -----
    Without a floor one score of 0 makes the geometric and the harmonic mean 0. Scores without weight have no part.

    References
    ----------
    OECD/JRC (2008), 6.10-6.11. The numbers: R package COINr ``a_amean``, ``a_gmean``, ``a_hmean``.

    Examples
    --------
    >>> methods = ("arithmetic", "geometric", "harmonic")
    >>> [round(aggregate([0.2, 0.5, 0.9], [1, 2, 1], method), 4) for method in methods]
    [0.525, 0.4606, 0.3956]
    """
    scores = np.asarray(values, dtype=float)
    shares = np.ones(len(scores)) if weights is None else np.asarray(weights, dtype=float)
    if not len(scores) or not np.isfinite(scores).all():
        raise MetricError("scores to aggregate are missing", remedy="Decide about missing indicators first.")
    if len(shares) != len(scores) or (shares < 0).any() or not shares.sum() > 0:
        raise MetricError(f"{len(scores)} scores need as many weights of at least 0, got {list(shares)}")
    if isinstance(method, str) and method not in POWERS:
        raise MetricError(f"method {method!r} is not one of {', '.join(POWERS)}, nor a power")
    power = POWERS[method] if isinstance(method, str) else float(method)
    raised = np.maximum(scores, floor) if floor > 0 else scores
    found = float(compute_power_mean(raised, shares, power))
    return None if np.isnan(found) else found


def compute_power_mean(scores: NDArray[Any], weights: NDArray[Any], power: float) -> NDArray[Any]:
    """Compute power means along the last axis, for many units and draws at once.

    Formula: ``(sum w x^p / sum w)^(1/p)``; p = 0 is the geometric mean.

    Parameters
    ----------
    scores
        Scores, >= 0 unless p = 1; missing ones are left out with their weight.
    weights
        Weights >= 0 of a shape that spreads over the scores.
    power
        p.

    Returns
    -------
    numpy.ndarray
        One mean less an axis; missing where all scores are, or one is negative and p is not 1.

    Examples
    --------
    >>> compute_power_mean(np.array([[1.0, 4.0], [np.nan, 3.0]]), np.ones(2), 0.0).round(12).tolist()
    [2.0, 3.0]
    """
    counts = ~np.isnan(scores) & (weights > 0)
    shares = np.where(counts, weights, 0.0)
    total = shares.sum(axis=-1)
    shares = np.divide(shares, total[..., None], out=np.zeros(shares.shape), where=total[..., None] > 0)
    known = np.where(counts, scores, 1.0)
    if power == 1.0:
        means = (shares * known).sum(axis=-1)
    else:
        is_zero = known == 0
        inner = np.where(known > 0, known, 1.0)
        if power == 0.0:
            means = np.exp((shares * np.log(inner)).sum(axis=-1))
        else:
            summed = (shares * np.where(is_zero, 0.0, inner**power)).sum(axis=-1)
            means = np.where(summed > 0, summed, 1.0) ** (1 / power) * (summed > 0)
        if power <= 0:
            means = np.where(is_zero.any(axis=-1), 0.0, means)
        means = np.where((known < 0).any(axis=-1), np.nan, means)
    return np.where(total > 0, means, np.nan)
