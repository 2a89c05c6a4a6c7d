import numpy as np
import pandas as pd
import pytest

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.scenario import CompositeInputs
from zonebook.metrics.uncertainty import PrintRule, compare_intervals, is_rank_printable, simulate_ranks

LEVELS = {"local": ["L01", "L08"], "regional": ["R02", "R05"], "international": ["X04"]}
NAMES = ["L01", "L08", "R02", "R05", "X04"]
POSTS = dict.fromkeys(NAMES, (0.0, 1.0))


def make_inputs(n=15, seed=2, **changes):
    values = pd.DataFrame(np.random.default_rng(seed).uniform(0, 1, (n, 5)), [f"z{i}" for i in range(n)], NAMES)
    return CompositeInputs(values, LEVELS, POSTS, **changes)


def test_the_seed_decides_everything():
    one, same, other = (simulate_ranks(make_inputs(), seed=seed, draws=300).table for seed in (4, 4, 5))
    pd.testing.assert_frame_equal(one, same)
    assert not one.equals(other)


def test_two_thousand_draws_by_default():
    found = simulate_ranks(make_inputs(), seed=0)
    assert (found.draws, found.seed) == (2000, 0)


def test_intervals_hold_the_median_within_the_list():
    table = simulate_ranks(make_inputs(), seed=1, draws=500).table
    assert ((table["lower"] <= table["median"]) & (table["median"] <= table["upper"])).all()
    assert table[["rank", "lower", "upper"]].stack().between(1, 15).all()


def test_a_unit_best_in_everything_is_first_and_sure():
    inputs = make_inputs()
    inputs.values.loc["z0"] = 1.0
    inputs.values.loc["z1"] = 0.0
    table = simulate_ranks(inputs, seed=1, draws=300).table
    assert table.loc["z0", ["rank", "lower", "upper"]].tolist() == [1, 1, 1]
    assert table.loc["z1", ["rank", "lower", "upper"]].tolist() == [15, 15, 15]
    assert table.loc[["z0", "z1"], "is_printable"].all()
    assert compare_intervals(table).loc["z0", "z1"]


def test_order_of_units_does_not_matter_where_nothing_is_drawn_for_each():
    inputs = make_inputs()
    turned = CompositeInputs(inputs.values.iloc[::-1], LEVELS, POSTS)
    pd.testing.assert_frame_equal(
        simulate_ranks(turned, seed=1, draws=200).table.sort_index(),
        simulate_ranks(inputs, seed=1, draws=200).table.sort_index(),
    )


def test_wider_bounds_make_wider_intervals():
    inputs = make_inputs()
    sure = simulate_ranks(inputs, seed=1, draws=500).table
    lower, upper = (inputs.values - 0.4).clip(0), (inputs.values + 0.4).clip(upper=1)
    bounded = CompositeInputs(inputs.values, LEVELS, POSTS, lower=lower, upper=upper)
    unsure = simulate_ranks(bounded, seed=1, draws=500).table
    assert (unsure["upper"] - unsure["lower"]).mean() > (sure["upper"] - sure["lower"]).mean()


@pytest.mark.parametrize(("n", "printable"), [(5, False), (6, True)])
def test_five_units_have_no_printed_rank(n, printable):
    values = pd.DataFrame(np.repeat(np.linspace(0, 1, n)[:, None], 5, axis=1), columns=NAMES)
    table = simulate_ranks(CompositeInputs(values, LEVELS, POSTS), seed=1, draws=100).table
    assert table["is_printable"].tolist() == [printable] * n


def test_published_intervals_that_are_too_wide_to_print():
    expected = read_case("rank_stability")["expected"]
    bounds = np.array([expected["norway"], expected["korea"]])
    assert is_rank_printable(bounds[:, 0], bounds[:, 1], 23).tolist() == [False, True]


def test_exactly_a_third_is_printed():
    assert is_rank_printable(np.array([1, 1]), np.array([5, 6]), 12).tolist() == [True, False]


def test_one_unit_is_not_ranked():
    assert simulate_ranks(make_inputs(n=1), seed=1) is None
    inputs = make_inputs(n=3)
    inputs.values.loc[["z0", "z1"], "X04"] = np.nan
    assert simulate_ranks(inputs, seed=1) is None


def test_overlapping_intervals_are_not_distinguishable():
    table = pd.DataFrame({"lower": [1, 3, 4], "upper": [3, 4, 6]}, index=list("abc"))
    found = compare_intervals(table)
    assert not found.loc["a", "b"]
    assert found.loc["a", "c"]
    assert found.equals(found.T)
    assert not np.diag(found).any()


def test_draws_in_batches_are_as_many_as_asked_for(monkeypatch):
    whole = simulate_ranks(make_inputs(), seed=1, draws=101)
    monkeypatch.setattr("zonebook.metrics.uncertainty._CELLS_AT_ONCE", 75 * 10)
    parts = simulate_ranks(make_inputs(), seed=1, draws=101)
    assert (whole.table["rank"] == parts.table["rank"]).all()
    assert (whole.table["median"] - parts.table["median"]).abs().max() <= 2
    with pytest.raises(MetricError):
        simulate_ranks(make_inputs(), seed=1, draws=0)


def test_what_is_printed_follows_the_rule_given():
    bounds = np.array([[1, 4], [3, 6]])
    assert is_rank_printable(bounds[0], bounds[1], 4).tolist() == [False, False]
    assert is_rank_printable(bounds[0], bounds[1], 4, PrintRule(least=3, widest=0.5)).tolist() == [True, True]
