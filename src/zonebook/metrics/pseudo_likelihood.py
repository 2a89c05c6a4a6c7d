"""Poisson pseudo-likelihood with many dummies, fast: the estimator behind the gravity model (R06, R07).

The general libraries decompose the whole dense design at every step: a model of all pairs of 80 regions takes them
seconds, and here a few hundredths. They are what the tests compare it with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

_ITERATIONS = 60
_SETTLED = 1e-8  # last change of the deviance, as a part of it, at which the fit has come to rest
_TOLERANCE = 1e-12
_TINY = float(np.finfo(float).tiny)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PoissonFit:
    """Estimates with their robust standard errors, what is fitted, and the deviance.

    ``se_clustered`` is two-way by the groups given; not a number where a small sample makes that variance negative.
    """

    estimates: Floats
    se_hc1: Floats
    se_clustered: Floats
    fitted: Floats
    deviance: float


def fit_poisson(
    flow: Floats, design: scipy.sparse.csr_array | Floats, groups: Sequence[NDArray[np.intp]]
) -> PoissonFit | None:
    """Fit a Poisson mean to flows by iterated weighted least squares.

    Formula: ``sum x_k (F - exp(x b)) = 0`` for every column; errors ``B M B`` with ``B = (X'WX)^-1``, M the sum of
    squared scores (HC1; as statsmodels' GLM has it, without n / (n - k)) or of the squared sums of scores of each group
    (times ``G/(G-1) (n-1)/(n-k)``; two-way: of the first + of the second - of single pairs, alike corrected).

    Parameters
    ----------
    flow
        Observed flows >= 0, n, best of the order of 1.
    design
        n x k, of full rank, k < n; a constant or dummies that add up to one among the columns. Best sparse.
    groups
        Two arrays of group numbers, n each.

    Returns
    -------
    PoissonFit or None
        ``None`` where the iterations do not come to rest.

    References
    ----------
    Santos Silva & Tenreyro (2006); Cameron, Gelbach & Miller (2011) for two-way clusters.

    Examples
    --------
    The mean of counts is the exponential of the constant.

    >>> found = fit_poisson(np.array([1.0, 3.0]), np.ones((2, 1)), [np.array([0, 1]), np.array([0, 1])])
    >>> round(float(np.exp(found.estimates[0])), 6), found.fitted.round(6).tolist()
    (2.0, [2.0, 2.0])
    """
    matrix = scipy.sparse.csr_array(design)
    size = np.sqrt(np.maximum(np.asarray(matrix.multiply(matrix).sum(axis=0), dtype=np.float64), _TINY))
    matrix = scipy.sparse.csr_array(matrix.multiply(1 / size[None, :]))
    solved = _iterate(flow, matrix)
    if solved is None:
        return None
    estimates, fitted, deviance, bread = solved
    scores = scipy.sparse.csr_array(matrix.multiply((flow - fitted)[:, None]))
    n, k = matrix.shape
    by_pair = (scores.T @ scores).toarray()
    two_way = sum(_cluster(scores, group) for group in groups) * ((n - 1) / (n - k)) - by_pair * (n / (n - k))
    return PoissonFit(
        estimates=estimates / size,
        se_hc1=_read_errors(bread, by_pair) / size,
        se_clustered=_read_errors(bread, two_way) / size,
        fitted=fitted,
        deviance=deviance,
    )


def _iterate(flow: Floats, matrix: Any) -> tuple[Floats, Floats, float, Floats] | None:
    """Return estimates, fitted flows, deviance and the inverse of the information, if the iterations settle."""
    fitted = (flow + flow.mean()) / 2
    index, deviance, before = np.log(np.maximum(fitted, _TINY)), np.inf, np.inf
    estimates: Floats = np.zeros(matrix.shape[1])
    for _ in range(_ITERATIONS):
        information = _weigh(matrix, fitted)
        try:
            estimates = np.asarray(np.linalg.solve(information, matrix.T @ (fitted * index + flow - fitted)))
        except np.linalg.LinAlgError:
            return None
        index = matrix @ estimates
        with np.errstate(over="ignore"):
            fitted = np.maximum(np.exp(index), _TINY)
        before, deviance = deviance, _measure_deviance(flow, fitted)
        if not np.isfinite(deviance):
            return None
        if abs(before - deviance) <= _TOLERANCE * max(1.0, deviance):
            break
    # The last steps may only move rounding about, or a mean that tends to zero: that is at rest too.
    if abs(before - deviance) > _SETTLED * max(1.0, deviance):
        return None
    try:
        return estimates, fitted, deviance, np.asarray(np.linalg.inv(_weigh(matrix, fitted)), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None


def _weigh(matrix: Any, weight: Floats) -> Floats:
    """Return X'WX."""
    found: Floats = (matrix.T @ matrix.multiply(weight[:, None])).toarray()
    return found


def _measure_deviance(flow: Floats, fitted: Floats) -> float:
    positive = flow > 0
    logs = flow[positive] @ np.log(flow[positive] / fitted[positive])
    return max(0.0, 2 * float(logs - flow.sum() + fitted.sum()))


def _cluster(scores: Any, group: NDArray[np.intp]) -> Floats:
    """Return the sum over groups of the squared sums of scores, corrected for few groups."""
    size = int(group.max()) + 1
    membership = scipy.sparse.csr_array((np.ones(len(group)), (group, np.arange(len(group)))), shape=(size, len(group)))
    sums = (membership @ scores).toarray()
    correction = size / (size - 1) if size > 1 else np.nan
    found: Floats = sums.T @ sums * correction
    return found


def _read_errors(bread: Floats, meat: Floats) -> Floats:
    variance = np.einsum("ij,jk,ki->i", bread, meat, bread, optimize=True)
    return np.sqrt(np.where(variance >= 0, variance, np.nan))
