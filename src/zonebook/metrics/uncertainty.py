"""How sure a rank of the cooperation index is: thousands of indexes made by other choices (C06)."""

from __future__ import annotations

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

DIRICHLET = 20.0  # the larger, the nearer drawn weights are to those given
_CELLS_AT_ONCE = 2_000_000  # draws x units x indicators held together


@dataclass(frozen=True, slots=True)
class PrintRule:
    """Fewest units of which ranks are printed, and the widest printed interval as a part of the list."""

    least: int = 6
    widest: float = 1 / 3


DEFAULT_PRINT_RULE = PrintRule()


@dataclass(frozen=True, slots=True, eq=False)
class RankUncertainty:
    """Ranks of units over all draws.

    ``table`` has by unit ``rank`` (of the index itself), ``median``, ``lower``, ``upper`` (5-95 %) and
    ``is_printable``: at least six units, and an interval no wider than a third of the list.
    """

    table: pd.DataFrame
    draws: int
    seed: int


def simulate_ranks(
    inputs: CompositeInputs, *, seed: int, draws: int = 2000, rule: PrintRule = DEFAULT_PRINT_RULE
) -> RankUncertainty | None:
    """Simulate the ranks units would have by other choices that could as well be made (C06).

    Formula: median and 5-95 % quantiles of the rank over draws of {goalposts, z, rank} x {given weights,
    Dirichlet(20 w)} x {geometric, arithmetic} x {left out, median} x values uniform within their bounds.

    Parameters
    ----------
    inputs
        Values, levels, goalposts and bounds.
    seed, draws
        Of the simulation; both belong in the caption.
    rule
        Which ranks may be printed.

    Returns
    -------
    RankUncertainty or None
        Ranks in 1..n of the units that have an index; ``None`` for fewer than two of them.

    Raises
    ------
    MetricError
        For inputs that do not fit together, or fewer than one draw.

    Notes
    -----
    z-scores and ranks are drawn from five units on. Quantiles are ranks that occurred. The seed decides everything.

    References
    ----------
    Saisana, Saltelli & Tarantola (2005). By hand: a unit that is best in everything is first in every draw.

    Examples
    --------
    >>> values = pd.DataFrame({"L01": [0.9, 0.2, 0.1], "R02": [0.8, 0.1, 0.2]}, index=["best", "b", "c"])
    >>> levels = {"local": ["L01"], "regional": ["R02"]}
    >>> inputs = CompositeInputs(values, levels, {"L01": (0.0, 1.0), "R02": (0.0, 1.0)})
    >>> found = simulate_ranks(inputs, seed=1, draws=100)
    >>> found.table.loc["best", ["rank", "lower", "upper"]].tolist(), bool(found.table.loc["best", "is_printable"])
    ([1, 1, 1], False)
    """
    if draws < 1:
        raise MetricError(f"a simulation needs at least one draw, got {draws}")
    problem = prepare_ranks(inputs)
    n = len(problem.units)
    if n < 2:
        return None
    rng = np.random.default_rng(seed)
    at_once = max(1, _CELLS_AT_ONCE // problem.value.size)
    sizes = [at_once] * (draws // at_once) + [draws % at_once]
    ranks = np.vstack([rank_scenarios(problem, draw_scenarios(problem, size, rng)) for size in sizes if size])
    lower, median, upper = np.quantile(ranks, (0.05, 0.5, 0.95), axis=0, method="inverted_cdf").astype(int)
    table = pd.DataFrame({"rank": rank_scenarios(problem, choose_default(problem))[0]}, index=problem.units)
    table = table.assign(median=median, lower=lower, upper=upper)
    table["is_printable"] = is_rank_printable(lower, upper, n, rule)
    return RankUncertainty(table, draws, seed)


def is_rank_printable(
    lower: NDArray[Any], upper: NDArray[Any], n_units: int, rule: PrintRule = DEFAULT_PRINT_RULE
) -> NDArray[np.bool_]:
    """Say which ranks may be printed.

    Formula: at least six units, and ``upper - lower <= n / 3``.

    Parameters
    ----------
    lower, upper
        Bounds of the ranks.
    n_units
        Length of the list.
    rule
        Fewest units, widest interval.

    Returns
    -------
    numpy.ndarray
        True or false by unit.

    References
    ----------
    Own rule (METRICS 8.1). OECD/JRC (2008), table 23: Norway lies between 5 and 16 of 23, Korea between 2 and 6.

    Examples
    --------
    >>> is_rank_printable(np.array([5, 2]), np.array([16, 6]), 23).tolist()
    [False, True]
    """
    # A part like a third is no exact float: exactly a third is still printed.
    narrow = np.asarray(upper) - np.asarray(lower) <= rule.widest * n_units + 1e-9
    return np.asarray(narrow & (n_units >= rule.least), dtype=bool)


def compare_intervals(table: pd.DataFrame) -> pd.DataFrame:
    """Say which pairs of units can be told apart: those whose rank intervals do not overlap.

    Parameters
    ----------
    table
        Columns ``lower`` and ``upper``, as in ``RankUncertainty``.

    Returns
    -------
    pandas.DataFrame
        Units x units, true where they can be told apart.

    Examples
    --------
    >>> compare_intervals(pd.DataFrame({"lower": [1, 2, 4], "upper": [2, 3, 5]})).to_numpy().tolist()
    [[False, False, True], [False, False, True], [True, True, False]]
    """
    lower, upper = table["lower"].to_numpy(), table["upper"].to_numpy()
    apart = np.greater.outer(lower, upper)
    return pd.DataFrame(apart | apart.T, table.index, table.index)


def draw_scenarios(problem: RankProblem, size: int, rng: np.random.Generator) -> Scenarios:
    """Draw choices at random, as many as wanted.

    Parameters
    ----------
    problem
        Units and values: decide which choices are open.
    size
        Number of draws.
    rng
        Source of chance.

    Returns
    -------
    Scenarios
        One entry a draw.

    Examples
    --------
    >>> inputs = CompositeInputs(pd.DataFrame({"L01": [0.2]}), {"local": ["L01"]}, {"L01": (0.0, 1.0)})
    >>> drawn = draw_scenarios(prepare_ranks(inputs), 4, np.random.default_rng(1))
    >>> drawn.normalisation.tolist(), drawn.weights.tolist()
    ([0, 0, 0, 0], [[1.0], [1.0], [1.0], [1.0]])
    """
    kinds = len(Normalisation) if problem.can_rescale else 1
    normalisation = rng.integers(kinds, size=size)
    aggregation = rng.integers(len(Aggregation), size=size)
    imputation = rng.integers(len(Imputation), size=size) if problem.has_gaps else np.zeros(size, dtype=int)
    is_drawn = rng.integers(2, size=size).astype(bool)
    weights = np.where(is_drawn[:, None], draw_weights(problem, size, rng), problem.weights)
    position = rng.random((size, *problem.value.shape)) if problem.has_intervals else None
    return Scenarios(normalisation, aggregation, imputation, weights, position)


def draw_weights(problem: RankProblem, size: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw weights around those given, from a Dirichlet distribution with 20 times the weights as parameters.

    Parameters
    ----------
    problem
        Weights given; an indicator without weight stays without.
    size
        Number of draws.
    rng
        Source of chance.

    Returns
    -------
    numpy.ndarray
        Draws x indicators, rows adding up to 1.

    Examples
    --------
    >>> values = pd.DataFrame({"L01": [0.2], "R02": [0.1]})
    >>> posts = {"L01": (0.0, 1.0), "R02": (0.0, 1.0)}
    >>> problem = prepare_ranks(CompositeInputs(values, {"local": ["L01"], "regional": ["R02"]}, posts))
    >>> draw_weights(problem, 3, np.random.default_rng(1)).sum(axis=1).round(12).tolist()
    [1.0, 1.0, 1.0]
    """
    weights = np.zeros((size, len(problem.weights)))
    has_weight = problem.weights > 0
    weights[:, has_weight] = rng.dirichlet(DIRICHLET * problem.weights[has_weight], size=size)
    return weights
