import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.inequality import (
    compute_gini,
    compute_lorenz_curve,
    compute_theil_l,
    compute_theil_t,
    compute_unctad_index,
    decompose_theil,
    measure_inequality,
)

MEASURES = (compute_theil_t, compute_theil_l, compute_gini, compute_unctad_index)
amounts = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=30)


def test_published_concentration():
    oracle = read_case("hhi")
    for case, expected in zip(oracle["inputs"]["cases"], oracle["expected"]["cases"], strict=True):
        found = measure_inequality(case.get("values") or case["shares_percent"])
        if "hhi" in expected:
            assert found.hhi == pytest.approx(expected["hhi"], abs=oracle["tolerance"]["hhi"])
        if "hhi_points" in expected:
            assert found.hhi * 1e4 == pytest.approx(expected["hhi_points"], abs=oracle["tolerance"]["hhi_points"])
        if "hhi_normalised" in expected:
            assert found.hhi_normalised == pytest.approx(
                expected["hhi_normalised"], abs=oracle["tolerance"]["hhi_normalised"]
            )


def test_theil_means_two_things():
    incomes = [10, 10, 10, 20, 50]
    assert compute_theil_t(incomes) == pytest.approx(0.2502, abs=5e-5)
    assert compute_theil_l(incomes) == pytest.approx(0.2326, abs=5e-5)


def test_by_hand_two_destinations():
    found = measure_inequality([3, 1])
    assert found.theil_t == pytest.approx(0.75 * math.log(1.5) + 0.25 * math.log(0.5))
    assert found.theil_l == pytest.approx((math.log(2 / 3) + math.log(2)) / 2)
    assert found.gini == pytest.approx(0.25)
    assert found.unctad == pytest.approx((math.sqrt(0.625) - math.sqrt(0.5)) / (1 - math.sqrt(0.5)))


def test_gini_is_half_the_mean_difference():
    x = np.array([4.0, 9, 1, 1, 30])
    assert compute_gini(x) == pytest.approx(np.abs(np.subtract.outer(x, x)).mean() / (2 * x.mean()))


@given(amounts, st.floats(0.01, 1000), st.randoms(use_true_random=False))
def test_scale_and_order_do_not_matter(values, factor, random):
    shuffled = [value * factor for value in values]
    random.shuffle(shuffled)
    for measure in MEASURES:
        assert measure(shuffled) == pytest.approx(measure(values), rel=1e-7, abs=1e-9)


@given(amounts)
def test_bounds(values):
    n = len(values)
    found = measure_inequality(values)
    assert 0 <= found.theil_t <= math.log(n) + 1e-9
    assert found.theil_l >= 0
    assert 0 <= found.gini <= 1 - 1 / n + 1e-9
    assert 0 <= found.unctad <= 1
    assert 0 <= found.hhi_normalised <= 1


@given(amounts, st.floats(0.1, 0.9))
def test_a_transfer_to_a_smaller_partner_lowers_all(values, part):
    values = sorted(values)
    gap = values[-1] - values[0]
    moved = [values[0] + gap * part / 2, *values[1:-1], values[-1] - gap * part / 2]
    for measure in MEASURES:
        assert measure(moved) <= measure(values) + 1e-9


@given(amounts)
def test_each_copied_changes_theil_and_gini_not(values):
    for measure in (compute_theil_t, compute_theil_l, compute_gini):
        assert measure(values * 2) == pytest.approx(measure(values), abs=1e-9)


def test_equal_partners_are_not_uneven():
    found = measure_inequality([7, 7, 7])
    assert (found.theil_t, found.theil_l) == (pytest.approx(0), pytest.approx(0))
    assert (found.gini, found.unctad, found.hhi_normalised) == (pytest.approx(0), pytest.approx(0), pytest.approx(0))


def test_zero_exports_are_no_partner_and_are_counted():
    with_zero, without = measure_inequality([1, 0, 3]), measure_inequality([1, 3])
    assert with_zero.n_zero == 1
    assert without.n_zero == 0
    assert (with_zero.theil_t, with_zero.theil_l, with_zero.gini) == (without.theil_t, without.theil_l, without.gini)


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_undefined_without_exports(values):
    assert measure_inequality(values) is None
    assert all(measure(values) is None for measure in MEASURES)
    assert compute_lorenz_curve(values) is None
    assert decompose_theil(values, ["a"] * len(values)) is None


def test_a_single_partner_has_no_normalised_index():
    found = measure_inequality([5])
    assert (found.hhi, found.hhi_normalised, found.unctad, found.theil_t, found.gini) == (1, None, None, 0, 0)


def test_missing_and_negative_amounts_are_refused():
    for values in ([1.0, float("nan")], [1, -1]):
        with pytest.raises(MetricError):
            measure_inequality(values)


@given(amounts)
def test_gini_is_twice_the_area_above_the_lorenz_curve(values):
    curve = compute_lorenz_curve(values)
    area = np.trapezoid(curve["value_share"], curve["partner_share"])
    assert compute_gini(values) == pytest.approx(1 - 2 * area, abs=1e-9)


@given(st.lists(st.tuples(st.floats(0.01, 1e6), st.sampled_from("abc")), min_size=1, max_size=30))
def test_theil_is_the_sum_of_its_parts(rows):
    values, groups = zip(*rows, strict=True)
    found = decompose_theil(values, groups)
    assert found.between + found.within == pytest.approx(compute_theil_t(values), abs=1e-9)
    assert found.between >= 0
    assert found.within >= 0
    assert found.by_group["between"].sum() == pytest.approx(found.between, abs=1e-9)


def test_groups_of_one_have_nothing_within_and_empty_groups_are_left_out():
    found = decompose_theil([5, 3, 0], ["EAEU", "CIS", "BRICS"])
    assert list(found.by_group.index) == ["CIS", "EAEU"]
    assert found.within == 0
    assert found.total == pytest.approx(compute_theil_t([5, 3]))


def test_every_amount_needs_a_group():
    with pytest.raises(MetricError, match="no group"):
        decompose_theil([1, 2], ["a", None])
    with pytest.raises(MetricError, match="as many groups"):
        decompose_theil([1, 2], ["a"])


def test_equal_amounts_have_no_share_between():
    assert decompose_theil([1, 1], ["a", "b"]).between_share is None
    assert decompose_theil([1, 3], ["a", "b"]).between_share == pytest.approx(1)
