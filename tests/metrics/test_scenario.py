import numpy as np
import pandas as pd
import pytest

from zonebook.errors import MetricError
from zonebook.metrics.composite import CompositeRule, compute_composite
from zonebook.metrics.normalisation import normalise_by_goalposts, normalise_by_rank, normalise_by_z
from zonebook.metrics.ranking import rank_units
from zonebook.metrics.scenario import (
    Aggregation,
    CompositeInputs,
    Imputation,
    Normalisation,
    Scenarios,
    choose_default,
    prepare_ranks,
    rank_scenarios,
)

LEVELS = {"local": ["L01", "L17"], "regional": ["R02", "R05", "R09"]}
NAMES = ["L01", "L17", "R02", "R05", "R09"]
POSTS = dict.fromkeys(NAMES, (0.0, 10.0))


def make_inputs(n=12, seed=1, **changes):
    values = pd.DataFrame(np.random.default_rng(seed).uniform(0, 10, (n, 5)), [f"z{i}" for i in range(n)], NAMES)
    return CompositeInputs(values, LEVELS, POSTS, frozenset({"L17"}), **changes)


def score(inputs, normalise):
    return pd.DataFrame({n: normalise(inputs.values[n], lower_is_better=n == "L17").scores for n in NAMES})


def one(problem, normalisation=0, aggregation=0, imputation=0, position=None):
    arrays = (np.array([choice]) for choice in (normalisation, aggregation, imputation))
    return rank_scenarios(problem, Scenarios(*arrays, problem.weights[None], position))[0]


def test_the_default_scenario_is_the_index():
    inputs = make_inputs()
    scores = score(inputs, lambda values, **turn: normalise_by_goalposts(values, 0, 10, **turn))
    problem = prepare_ranks(inputs)
    expected = rank_units(compute_composite(scores, LEVELS).index)
    assert rank_scenarios(problem, choose_default(problem))[0].tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("choice", "normalise"), [(Normalisation.Z_SCORES, normalise_by_z), (Normalisation.RANKS, normalise_by_rank)]
)
def test_other_scales_rank_like_the_formula_one_by_one(choice, normalise):
    inputs = make_inputs()
    scores = score(inputs, normalise)
    levels = [scores[own].mean(axis=1) for own in LEVELS.values()]
    expected = rank_units((sum(levels) / 2).round(12))
    assert one(prepare_ranks(inputs), choice, Aggregation.ARITHMETIC).tolist() == expected.tolist()


def test_many_draws_are_each_alone():
    problem = prepare_ranks(make_inputs())
    choices = np.array([(n, a) for n in range(3) for a in range(2)])
    zeros = np.zeros(6, dtype=int)
    weights = np.repeat(problem.weights[None], 6, axis=0)
    together = rank_scenarios(problem, Scenarios(choices[:, 0], choices[:, 1], zeros, weights))
    for row, (normalisation, aggregation) in zip(together, choices, strict=True):
        assert row.tolist() == one(problem, normalisation, aggregation).tolist()


def test_a_missing_indicator_is_left_out_or_the_median():
    inputs = make_inputs()
    values = inputs.values.copy()
    values.loc["z0", ["R02", "R05"]] = [0.0, 0.0]
    values.loc["z0", "R09"] = np.nan
    problem = prepare_ranks(CompositeInputs(values, LEVELS, POSTS))
    left_out, median = one(problem), one(problem, imputation=Imputation.MEDIAN)
    assert problem.has_gaps
    assert median[0] < left_out[0]


def test_units_without_an_index_are_not_in_the_list():
    inputs = make_inputs()
    values = inputs.values.copy()
    values.loc["z3", ["R02", "R05"]] = np.nan
    problem = prepare_ranks(CompositeInputs(values, LEVELS, POSTS))
    assert "z3" not in problem.units
    assert one(problem).max() <= 11


def test_an_indicator_alike_in_all_units_moves_nobody():
    inputs = make_inputs()
    values = inputs.values.assign(R09=3.3)
    problem = prepare_ranks(CompositeInputs(values, LEVELS, POSTS))
    for choice in (Normalisation.Z_SCORES, Normalisation.RANKS):
        assert np.isfinite(one(problem, choice)).all()


def test_values_move_within_their_bounds():
    values = pd.DataFrame({"a": [1.0, 2.0]}, index=["x", "y"])
    upper = pd.DataFrame({"a": [5.0, 2.0]}, index=["x", "y"])
    inputs = CompositeInputs(values, {"l": ["a"]}, {"a": (0.0, 10.0)}, upper=upper)
    problem = prepare_ranks(inputs)
    assert problem.has_intervals
    assert one(problem, position=np.zeros((1, 2, 1))).tolist() == [2, 1]
    assert one(problem, position=np.ones((1, 2, 1))).tolist() == [1, 2]


def test_wrong_inputs_are_refused():
    with pytest.raises(MetricError, match="goalpost"):
        prepare_ranks(CompositeInputs(pd.DataFrame({"a": [1.0]}), {"l": ["a"]}, {}))
    with pytest.raises(MetricError, match="goalpost"):
        prepare_ranks(CompositeInputs(pd.DataFrame({"a": [1.0]}), {"l": ["a"]}, {"a": (1.0, 1.0)}))
    upper = pd.DataFrame({"a": [0.5]})
    with pytest.raises(MetricError, match="outside its bounds"):
        prepare_ranks(CompositeInputs(pd.DataFrame({"a": [1.0]}), {"l": ["a"]}, {"a": (0.0, 2.0)}, upper=upper))


def test_an_indicator_nobody_has_is_no_gap_and_stays_out():
    inputs = make_inputs()
    values = inputs.values.assign(R09=np.nan)
    problem = prepare_ranks(CompositeInputs(values, LEVELS, POSTS))
    assert not problem.has_gaps
    assert one(problem).tolist() == one(problem, imputation=Imputation.MEDIAN).tolist()


def test_the_floor_is_the_one_given():
    values = pd.DataFrame({"a": [0.0, 1.0], "b": [9.0, 2.0]}, index=["x", "y"])
    levels, posts = {"l": ["a"], "m": ["b"]}, {"a": (0.0, 10.0), "b": (0.0, 10.0)}
    low, high = (CompositeInputs(values, levels, posts, rule=CompositeRule(floor)) for floor in (0.01, 0.2))
    assert one(prepare_ranks(low)).tolist() == [2, 1]
    assert one(prepare_ranks(high)).tolist() == [1, 2]
