import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.normalisation import (
    compute_ratio_to_reference,
    is_skewed,
    normalise_by_goalposts,
    normalise_by_rank,
    normalise_by_target,
    normalise_by_z,
    normalise_min_max,
    winsorise,
)

integers = st.lists(st.integers(-1000, 1000), min_size=5, max_size=30, unique=True)
samples = integers.map(lambda values: pd.Series(values, dtype=float))


@pytest.fixture(name="schooling")
def _schooling():
    oracle = read_case("normalisation")
    return oracle, pd.Series(oracle["inputs"]["values"])


def test_z_scores_of_the_handbook_need_the_sample_deviation(schooling):
    oracle, values = schooling
    found = normalise_by_z(values).scores
    expected = pd.Series(oracle["expected"]["z"])
    assert (found - expected).abs().max() <= oracle["tolerance"]["z"]
    population = (values - values.mean()) / values.std(ddof=0)
    assert (population - expected).abs().max() > 0.03


def test_min_max_and_ratio_of_the_handbook(schooling):
    oracle, values = schooling
    found = normalise_min_max(values).scores
    assert (found - pd.Series(oracle["expected"]["minmax"])).abs().max() <= oracle["tolerance"]["minmax"]
    ratio = compute_ratio_to_reference(values, values.mean())
    expected = pd.Series(oracle["expected"]["ratio_to_mean"])
    assert (ratio - expected).abs().max() <= oracle["tolerance"]["ratio_to_mean"]


def test_ranks_of_the_handbook(schooling):
    oracle, values = schooling
    expected = pd.Series(oracle["expected"]["rank_low_to_high"])
    found = normalise_by_rank(values).scores
    assert (found * (len(values) - 1) + 1).round(9).to_dict() == expected.to_dict()


@given(samples, st.floats(0.1, 100), st.floats(-100, 100))
def test_scores_do_not_depend_on_unit_or_origin(values, factor, shift):
    for normalise in (normalise_min_max, normalise_by_z, normalise_by_rank):
        found = normalise(values * factor + shift).scores
        np.testing.assert_allclose(found, normalise(values).scores, atol=1e-6)


@given(samples)
def test_turning_the_direction_turns_the_scores(values):
    for normalise, middle in ((normalise_min_max, 1.0), (normalise_by_z, 0.0), (normalise_by_rank, 1.0)):
        one, other = normalise(values).scores, normalise(values, lower_is_better=True).scores
        np.testing.assert_allclose(one + other, middle, atol=1e-9)


@given(samples, st.floats(-2000, 2000), st.floats(1, 2000))
def test_goalposts_bound_and_keep_the_order(values, low, width):
    found = normalise_by_goalposts(values, low, low + width)
    assert found.scores.between(0, 1).all()
    assert (found.scores[values.sort_values().index].diff().dropna() >= 0).all()
    outside = (values < low) | (values > low + width)
    assert (found.is_clipped == outside).all()


@given(samples)
def test_z_scores_have_mean_zero_and_deviation_one(values):
    found = normalise_by_z(values).scores
    assert found.mean() == pytest.approx(0, abs=1e-9)
    np.testing.assert_allclose(found, stats.zscore(values, ddof=1), atol=1e-9)


def test_goalposts_stay_when_others_change_min_max_does_not():
    few = pd.Series([1.0, 2, 3, 4, 5], list("abcde"))
    more = pd.concat([few, pd.Series({"giant": 50.0})])
    assert normalise_by_goalposts(few, 0, 10).scores["e"] == normalise_by_goalposts(more, 0, 10).scores["e"]
    assert normalise_min_max(few).scores["e"] != normalise_min_max(more).scores["e"]


def test_no_range_is_undefined():
    alike = pd.Series([3.0] * 6)
    assert normalise_by_goalposts(alike, 3, 3) is None
    for normalise in (normalise_min_max, normalise_by_z, normalise_by_rank):
        assert normalise(alike) is None


def test_fewer_than_five_units_have_no_scale_of_their_own():
    four = pd.Series([1.0, 2, 3, 4, np.nan])
    for normalise in (normalise_min_max, normalise_by_z, normalise_by_rank):
        assert normalise(four) is None
    assert normalise_by_goalposts(four, 0, 4).scores.tolist()[:4] == [0.25, 0.5, 0.75, 1.0]
    assert normalise_by_target(four, 4).scores[1] == 0.5


def test_missing_stays_missing_and_is_not_clipped():
    found = normalise_by_goalposts(pd.Series([0.5, np.nan]), 0, 1)
    assert np.isnan(found.scores[1])
    assert not found.is_clipped[1]


def test_wrong_goalposts_are_refused():
    with pytest.raises(MetricError, match="above the high one"):
        normalise_by_goalposts(pd.Series([1.0]), 2, 1)


def test_distance_to_a_target():
    values = pd.Series({"half": 5.0, "there": 10.0, "beyond": 30.0, "none": 0.0})
    found = normalise_by_target(values, 10)
    assert found.scores.tolist() == [0.5, 1, 1, 0]
    assert found.is_clipped.tolist() == [False, False, True, False]
    turned = normalise_by_target(values, 10, lower_is_better=True)
    assert turned.scores.round(9).tolist() == [1, 1, round(1 / 3, 9), 1]
    assert normalise_by_target(values, 0) is None
    assert compute_ratio_to_reference(values, 0) is None


def test_an_indicator_that_is_not_skewed_is_left_as_it_is():
    values = pd.Series([1.0, 2, 3, 4, 9])
    found = winsorise(values)
    assert found.values.tolist() == values.tolist()
    assert found.changed == ()


@pytest.mark.parametrize("sign", [1, -1])
def test_outliers_take_the_next_value_on_either_side(sign):
    values = sign * pd.Series([*range(1, 21), 500.0, 1000.0])
    found = winsorise(values)
    assert not is_skewed(found.values)
    assert found.changed == (20, 21)
    assert (found.values[[20, 21]] == sign * 20).all()
    assert (found.values[:20] == values[:20]).all()


def test_only_skewness_with_kurtosis_counts_and_five_units_are_the_limit():
    assert not is_skewed(pd.Series([0.0] * 5 + [1.0]).head(4))
    hard = pd.Series([0.0] * 60 + [10.0**k for k in range(1, 9)])
    assert len(winsorise(hard).changed) <= 5
