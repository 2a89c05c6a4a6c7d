import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.support_effects import (
    Wording,
    WordingRules,
    choose_wording,
    compute_did_of_means,
    estimate_panel_effect,
    measure_change,
)

outcomes = st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=5, max_size=15)


def as_panel(rows, years=(2020, 2021)):
    return pd.DataFrame(
        [(f"f{i}", year, value) for i, values in enumerate(rows) for year, value in zip(years, values, strict=True)],
        columns=["party_id", "year", "value"],
    )


def test_card_and_krueger():
    assert compute_did_of_means(20.44, 21.03, 23.33, 21.17) == pytest.approx(2.76, abs=0.011)


@given(outcomes, st.integers(1, 4))
def test_two_years_are_the_difference_of_means(rows, treated):
    values = np.array(rows)
    found = estimate_panel_effect(as_panel(rows), pd.Series({f"f{i}": 2021 for i in range(treated)}))
    one, other = values[:treated].mean(axis=0), values[treated:].mean(axis=0)
    expected = compute_did_of_means(one[0], one[1], other[0], other[1])
    assert found.value == pytest.approx(expected, abs=1e-6)
    assert (found.n_treated, found.n_control) == (treated, len(rows) - treated)


@given(st.floats(-100, 100), st.floats(0.1, 10))
def test_a_shift_of_all_does_not_matter_and_the_unit_scales(shift, factor):
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(14, 2))
    support = pd.Series({f"f{i}": 2021 for i in range(6)})
    base = estimate_panel_effect(as_panel(rows), support)
    moved = estimate_panel_effect(as_panel(rows * factor + shift), support)
    assert moved.value == pytest.approx(base.value * factor, abs=1e-9)
    assert moved.standard_error == pytest.approx(base.standard_error * factor, rel=1e-6)
    assert moved.p_value == pytest.approx(base.p_value, rel=1e-6)


def test_the_interval_holds_a_known_effect_nineteen_times_of_twenty():
    rng = np.random.default_rng(7)
    support = pd.Series({f"f{i}": 2022 for i in range(25)})
    found = []
    for _ in range(100):
        values = rng.normal(size=(60, 1)) + np.arange(4) + rng.normal(scale=0.5, size=(60, 4))
        values[:25, 2:] += 2.0
        found.append(estimate_panel_effect(as_panel(values, range(2020, 2024)), support))
    assert all(one.lower < one.value < one.upper for one in found)
    assert 90 <= sum(one.lower < 2.0 < one.upper for one in found) <= 99
    assert max(one.p_value for one in found) < 0.01
    assert (found[0].n_treated, found[0].n_control, found[0].n_observations) == (25, 35, 240)


def test_fewer_than_ten_firms_are_described_only():
    found = estimate_panel_effect(as_panel(np.arange(18.0).reshape(9, 2)), pd.Series({"f0": 2021}))
    assert (found.standard_error, found.lower, found.upper, found.p_value) == (None, None, None, None)


def test_no_control_is_not_applicable():
    rows = np.arange(8.0).reshape(4, 2)
    assert estimate_panel_effect(as_panel(rows), pd.Series({f"f{i}": 2021 for i in range(4)})) is None


def test_no_year_before_is_not_applicable():
    rows = np.arange(8.0).reshape(4, 2)
    assert estimate_panel_effect(as_panel(rows), pd.Series({"f0": 2020})) is None
    assert estimate_panel_effect(as_panel(rows), pd.Series(dtype=float)) is None


def test_a_firm_supported_in_all_years_says_nothing():
    rows = [(0.0, 3.0), (0.0, 1.0), (9.0, 50.0)]
    found = estimate_panel_effect(as_panel(rows), pd.Series({"f0": 2021, "f2": 2019}))
    assert found.value == pytest.approx(2.0)
    assert (found.n_treated, found.n_control) == (1, 1)


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=1, max_size=12))
def test_change_is_the_mean_of_differences_within_its_interval(rows):
    before, after = (pd.Series(column) for column in zip(*rows, strict=True))
    found = measure_change(before, after, seed=5, draws=200)
    assert found.value == pytest.approx((after - before).mean())
    assert found.n == len(rows)
    if len(rows) < 5:
        assert found.lower is None
        assert found.upper is None
    else:
        assert found.lower <= found.value + 1e-6
        assert found.upper >= found.value - 1e-6


def test_the_seed_decides_the_interval():
    rng = np.random.default_rng(2)
    before, after = pd.Series(rng.normal(size=30)), pd.Series(rng.normal(size=30))
    assert measure_change(before, after, seed=1) == measure_change(before, after, seed=1)
    assert measure_change(before, after, seed=1) != measure_change(before, after, seed=2)


def test_the_interval_is_about_that_of_student():
    rng = np.random.default_rng(2)
    change = pd.Series(rng.normal(3, 1, size=200))
    found = measure_change(change * 0, change, seed=1)
    half = 1.96 * change.std() / np.sqrt(200)
    assert found.lower == pytest.approx(change.mean() - half, abs=0.03)
    assert found.upper == pytest.approx(change.mean() + half, abs=0.03)


def test_only_firms_with_both_are_paired():
    found = measure_change(pd.Series({"a": 1.0, "b": 5.0}), pd.Series({"a": 4.0, "c": 0.0}), seed=1)
    assert (found.value, found.n) == (3.0, 1)
    assert measure_change(pd.Series({"a": 1.0}), pd.Series({"b": 1.0}), seed=1) is None


def test_a_firm_given_twice_is_refused():
    with pytest.raises(MetricError, match="twice"):
        measure_change(pd.Series([1.0, 2.0], index=["a", "a"]), pd.Series({"a": 1.0}), seed=1)


@pytest.mark.parametrize(
    ("treated", "firms", "p_value", "word"),
    [
        (10, 20, 0.1, Wording.EFFECT),
        (10, 20, 0.0999, Wording.DIFFERENCE),
        (9, 20, 0.9, Wording.DIFFERENCE),
        (9, 20, None, Wording.DIFFERENCE),
        (10, 20, None, Wording.ASSOCIATION),
    ],
)
def test_wording(treated, firms, p_value, word):
    assert choose_wording(treated, firms, p_value) is word


def test_cuts_can_be_set():
    assert choose_wording(5, 8, 0.06, WordingRules(5, 8, 0.05)) is Wording.EFFECT
    rows = np.arange(8.0).reshape(4, 2) ** 2
    found = estimate_panel_effect(as_panel(rows), pd.Series({"f0": 2021, "f1": 2021}), least_firms=4)
    assert found.standard_error is not None
    before, after = pd.Series([1.0, 2.0, 3.0]), pd.Series([2.0, 4.0, 3.0])
    assert measure_change(before, after, seed=1, least_pairs=3).lower is not None
