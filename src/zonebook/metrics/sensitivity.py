"""Which choice moves the ranks of the cooperation index most: Sobol indices (C07)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.scenario import (
    Aggregation,
    CompositeInputs,
    Imputation,
    Normalisation,
    RankProblem,
    Scenarios,
    choose_default,
    prepare_ranks,
    rank_scenarios,
)
from zonebook.metrics.uncertainty import draw_weights

_POOL = 64  # weights and places in intervals a factor chooses among
_CELLS_AT_ONCE = 2_000_000

_COLUMNS = {"first": "S1", "total": "ST", "first_error": "S1_conf", "total_error": "ST_conf"}  # ours: SALib's

Evaluate = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class SobolIndices:
    """What part of the variance each factor explains, alone (``first``) and with all others (``total``).

    ``table`` has both by factor, with ``first_error`` and ``total_error``, half widths of 95 % intervals.
    """

    table: pd.DataFrame
    samples: int
    seed: int


def compute_sobol_indices(
    evaluate: Evaluate,
    factors: Sequence[str],
    *,
    seed: int,
    samples: int = 1024,
    bounds: tuple[float, float] = (0.0, 1.0),
) -> SobolIndices | None:
    """Compute what part of a result's variance each factor explains (C07).

    Formula: ``S_i = V(E(Y|X_i)) / V(Y)``, ``S_Ti = 1 - V(E(Y|X_-i)) / V(Y)``, on a Saltelli design of N (k + 2) points.

    Parameters
    ----------
    evaluate
        Result for each row of a points x factors array.
    factors
        Names of the factors, each uniform within the bounds.
    seed, samples
        Of the design; N is a power of two, at least 1024 for a report.
    bounds
        Of every factor.

    Returns
    -------
    SobolIndices or None
        In [0, 1] but for sampling error; a negative index within its own interval is a 0. ``None`` where the result
        does not vary.

    Raises
    ------
    MetricError
        Where N is not a power of two, or there is no factor.

    References
    ----------
    Sobol' (1993); Saltelli et al. (2010). The numbers: Ishigami's function has 0.3139, 0.4424 and 0.

    Examples
    --------
    >>> found = compute_sobol_indices(lambda x: 3 * x[:, 0] + x[:, 1], ["a", "b", "c"], seed=1)
    >>> found.table["first"].round(2).to_dict()
    {'a': 0.9, 'b': 0.1, 'c': 0.0}
    """
    if not factors or samples < 2 or samples & (samples - 1):
        raise MetricError(f"Sobol indices need factors and a power of two of samples, got {samples}")
    design = {"num_vars": len(factors), "names": list(factors), "bounds": [list(bounds)] * len(factors)}
    # A seed of 0 would count as none in SALib: generators are taken as they are.
    sampler, resampler = np.random.default_rng(seed).spawn(2)
    results = np.asarray(evaluate(_draw_points(design, samples, sampler)), dtype=float)
    if np.ptp(results) == 0:
        return None
    found = _analyse(design, results, resampler)
    table = pd.DataFrame({name: found[key] for name, key in _COLUMNS.items()}, index=list(factors), dtype=float)
    for name in ("first", "total"):
        table[name] = table[name].mask(table[name].between(-table[f"{name}_error"], 0.0), 0.0)
    return SobolIndices(table, samples, seed)


def _draw_points(design: Mapping[str, Any], samples: int, generator: np.random.Generator) -> NDArray[np.float64]:
    from SALib.sample import sobol  # type: ignore[import-untyped]  # noqa: PLC0415 - slow, and few need it

    points: NDArray[np.float64] = sobol.sample(design, samples, calc_second_order=False, seed=generator)
    return points


def _analyse(
    design: Mapping[str, Any], results: NDArray[np.float64], generator: np.random.Generator
) -> Mapping[str, NDArray[np.float64]]:
    from SALib.analyze import sobol  # type: ignore[import-untyped]  # noqa: PLC0415 - slow, and few need it

    found: Mapping[str, NDArray[np.float64]]
    found = sobol.analyze(design, results, calc_second_order=False, seed=generator)
    return found


def measure_sensitivity(inputs: CompositeInputs, *, seed: int, samples: int = 1024) -> SobolIndices | None:
    """Measure which choice drives the ranks of the cooperation index (C07).

    Formula: Sobol indices of ``Y = mean over units of |rank - rank of the index itself|``.

    Parameters
    ----------
    inputs
        Values, levels, goalposts and bounds.
    seed, samples
        Of the design.

    Returns
    -------
    SobolIndices or None
        By choice that is open: ``normalisation``, ``weights``, ``aggregation``, ``imputation``, ``intervals``;
        ``None`` for fewer than two units with an index, or where no choice moves a rank.

    Raises
    ------
    MetricError
        For inputs that do not fit together, or N not a power of two.

    Notes
    -----
    Weights and places within intervals are chosen by their factor among 64 made beforehand: half of the weights are
    those given, one of the places is the values as printed.

    References
    ----------
    Saisana, Saltelli & Tarantola (2005). By hand: units that are ordered alike by every indicator never move.

    Examples
    --------
    >>> values = pd.DataFrame({"L01": [0.9, 0.2], "R02": [0.8, 0.1]}, index=["a", "b"])
    >>> posts = {"L01": (0.0, 1.0), "R02": (0.0, 1.0)}
    >>> measure_sensitivity(CompositeInputs(values, {"local": ["L01"], "regional": ["R02"]}, posts), seed=1) is None
    True
    """
    problem = prepare_ranks(inputs)
    if len(problem.units) < 2:
        return None
    is_open = {
        "normalisation": problem.can_rescale,
        "weights": len(problem.weights) > 1,
        "aggregation": len(problem.levels) > 1,
        "imputation": problem.has_gaps,
        "intervals": problem.has_intervals,
    }
    factors = [name for name, is_factor in is_open.items() if is_factor]
    if not factors:
        return None
    evaluate = _build_rank_shift(problem, factors, np.random.default_rng(seed))
    return compute_sobol_indices(evaluate, factors, seed=seed, samples=samples)


def _build_rank_shift(problem: RankProblem, factors: Sequence[str], rng: np.random.Generator) -> Evaluate:
    """Return the function from points in the unit cube to mean absolute rank shifts."""
    given = np.tile(problem.weights, (_POOL // 2, 1))
    weights = np.vstack([given, draw_weights(problem, _POOL // 2, rng)])
    position = _draw_positions(problem, rng) if problem.has_intervals else None
    base = rank_scenarios(problem, choose_default(problem))[0]
    at_once = max(1, _CELLS_AT_ONCE // problem.value.size)

    def evaluate(points: NDArray[np.float64]) -> NDArray[np.float64]:
        shifts = []
        for start in range(0, len(points), at_once):
            part = pd.DataFrame(points[start : start + at_once], columns=list(factors))
            ranks = rank_scenarios(problem, _choose(part, weights, position))
            shifts.append(np.abs(ranks - base).mean(axis=1))
        return np.concatenate(shifts)

    return evaluate


def _draw_positions(problem: RankProblem, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return places within intervals, the printed values first."""
    width = problem.upper - problem.lower
    printed = np.divide(problem.value - problem.lower, width, out=np.zeros(width.shape), where=width > 0)
    return np.concatenate([printed[None], rng.random((_POOL - 1, *width.shape))])


def _choose(points: pd.DataFrame, weights: NDArray[np.float64], position: NDArray[np.float64] | None) -> Scenarios:
    """Return the choices that points in the unit cube stand for."""

    def pick(factor: str, count: int) -> NDArray[np.int64]:
        if factor not in points:
            return np.zeros(len(points), dtype=np.int64)
        return np.minimum((points[factor].to_numpy() * count).astype(np.int64), count - 1)

    return Scenarios(
        normalisation=pick("normalisation", len(Normalisation)),
        aggregation=pick("aggregation", len(Aggregation)),
        imputation=pick("imputation", len(Imputation)),
        weights=weights[pick("weights", _POOL)],
        position=None if position is None else position[pick("intervals", _POOL)],
    )
