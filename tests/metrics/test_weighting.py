import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import linprog

from zonebook.errors import MetricError
from zonebook.metrics.weighting import assign_equal_weights, compute_component_weights, score_benefit_of_doubt

LEVELS = {"local": ["L01", "L08"], "regional": ["R02"], "international": ["X04", "X06", "X15"]}
scores = hnp.arrays(float, st.tuples(st.integers(1, 8), st.integers(1, 4)), elements=st.floats(0.01, 1))


def test_levels_have_equal_weight():
    weights = assign_equal_weights(LEVELS)
    assert weights.sum() == pytest.approx(1)
    for own in LEVELS.values():
        assert weights[own].sum() == pytest.approx(1 / 3)


def test_levels_that_cannot_be_weighted_are_refused():
    with pytest.raises(MetricError, match="no indicators"):
        assign_equal_weights({"local": []})
    with pytest.raises(MetricError, match="two levels"):
        assign_equal_weights({"local": ["L01"], "regional": ["L01"]})


@given(scores)
def test_benefit_of_the_doubt_is_above_every_other_weighting(values):
    found = score_benefit_of_doubt(pd.DataFrame(values))
    assert found.between(0, 1).all()
    assert found.max() == pytest.approx(1)
    equal = values.mean(axis=1)
    assert (found.to_numpy() >= equal / equal.max() - 1e-6).all()


@given(scores)
def test_benefit_of_the_doubt_does_not_depend_on_units(values):
    scaled = values * np.linspace(0.5, 3, values.shape[1])
    np.testing.assert_allclose(
        score_benefit_of_doubt(pd.DataFrame(values)), score_benefit_of_doubt(pd.DataFrame(scaled)), atol=1e-6
    )


def test_the_dominated_unit_is_never_first():
    found = score_benefit_of_doubt(pd.DataFrame({"a": [1.0, 0.5], "b": [1.0, 0.9]}))
    assert found.tolist() == pytest.approx([1.0, 0.9])


def test_missing_and_zero_scores():
    found = score_benefit_of_doubt(pd.DataFrame({"a": [1.0, np.nan, 0.0], "b": [0.5, 1.0, 0.0]}))
    assert found[0] == 1
    assert np.isnan(found[1])
    assert found[2] == 0
    with pytest.raises(MetricError):
        score_benefit_of_doubt(pd.DataFrame({"a": [-1.0]}))


def test_component_weights_add_up_and_follow_correlation():
    rng = np.random.default_rng(1)
    common = rng.normal(size=200)
    table = pd.DataFrame({"a": common, "b": common + rng.normal(scale=0.1, size=200), "c": rng.normal(size=200)})
    found = compute_component_weights(table)
    assert found.weights.sum() == pytest.approx(1)
    assert found.weights["c"] < 0.05
    assert 0.6 < found.explained < 0.75


def test_component_weights_are_undefined_for_few_units_or_a_constant():
    assert compute_component_weights(pd.DataFrame({"a": [1.0, 2], "b": [2.0, 1]})) is None
    assert compute_component_weights(pd.DataFrame({"a": [1.0, 2, 3, 4], "b": 1.0})) is None


@settings(max_examples=40)
@given(scores)
def test_benefit_of_the_doubt_is_the_program_with_a_line_for_every_unit(values):
    limits = np.ones(len(values))
    whole = [-linprog(-unit, A_ub=values, b_ub=limits, method="highs").fun for unit in values]
    np.testing.assert_allclose(score_benefit_of_doubt(pd.DataFrame(values)), whole, atol=1e-6)
