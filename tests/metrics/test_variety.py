import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.variety import compute_krugman_index, measure_variety

classes = st.lists(st.tuples(st.floats(0.01, 1e6) | st.just(0.0), st.sampled_from("abc")), min_size=1, max_size=20)


def test_by_hand_in_bits_and_in_natural_units():
    found = measure_variety([2, 1, 1], ["a", "b", "b"])
    assert (found.related, found.unrelated, found.total) == (0.5, 1.0, 1.5)
    natural = measure_variety([2, 1, 1], ["a", "b", "b"], base=math.e)
    assert natural.related == pytest.approx(0.5 * math.log(2))


def test_undefined_and_zero():
    assert measure_variety([], []) is None
    assert measure_variety([0, 0], ["a", "b"]) is None
    found = measure_variety([5], ["a"])
    assert (found.related, found.unrelated) == (0, 0)


def test_a_class_without_employees_adds_nothing():
    assert measure_variety([2, 1, 1, 0], ["a", "b", "b", "c"]) == measure_variety([2, 1, 1], ["a", "b", "b"])


@pytest.mark.parametrize(
    ("amounts", "groups", "base"),
    [([1], ["a", "b"], 2), ([-1], ["a"], 2), ([np.nan], ["a"], 2), ([1], [None], 2), ([1], ["a"], 1)],
)
def test_what_is_no_list_of_classes_is_refused(amounts, groups, base):
    with pytest.raises(MetricError):
        measure_variety(amounts, groups, base=base)


@given(classes, st.floats(0.01, 1000), st.randoms(use_true_random=False))
def test_related_and_unrelated_make_the_entropy_whatever_scale_and_order(rows, factor, random):
    amounts, groups = zip(*rows, strict=True)
    found = measure_variety(amounts, groups)
    shuffled = random.sample(rows, len(rows))
    again = measure_variety([amount * factor for amount, _ in shuffled], [group for _, group in shuffled])
    if found is None:
        assert again is None
        return
    assert found.total == pytest.approx(entropy(amounts, base=2), abs=1e-9)
    assert found.unrelated == pytest.approx(entropy(pd.Series(amounts).groupby(list(groups)).sum(), base=2), abs=1e-9)
    assert 0 <= found.related <= math.log2(found.n_classes) + 1e-9
    assert 0 <= found.unrelated <= math.log2(found.n_groups) + 1e-9
    assert (again.related, again.unrelated) == pytest.approx((found.related, found.unrelated), abs=1e-6)


def test_published_krugman_index():
    oracle = read_case("location_quotient")
    case = oracle["inputs"]["case2"]
    found = compute_krugman_index(pd.Series(case["region"]), pd.Series(case["nation"]))
    expected = oracle["expected"]["krugman_specialisation_case2"]
    assert found == pytest.approx(expected, abs=oracle["tolerance"]["krugman_specialisation_case2"])


def test_krugman_index_by_hand_and_its_ends():
    same = pd.Series({"x": 1, "y": 3})
    assert compute_krugman_index(same, same * 10) == 0
    assert compute_krugman_index(pd.Series({"x": 1}), pd.Series({"y": 1})) == 2
    assert compute_krugman_index(pd.Series({"x": 1, "y": 1}), same) == 0.5


def test_krugman_index_of_nobody_is_undefined():
    assert compute_krugman_index(pd.Series(dtype=float), pd.Series({"x": 1})) is None
    assert compute_krugman_index(pd.Series({"x": 1}), pd.Series({"x": 0})) is None
    with pytest.raises(MetricError, match="negative"):
        compute_krugman_index(pd.Series({"x": -1}), pd.Series({"x": 1}))
    with pytest.raises(MetricError, match="twice"):
        compute_krugman_index(pd.Series([1, 1], index=["x", "x"]), pd.Series({"x": 1}))


def test_one_group_is_exactly_zero_whatever_rounding_does():
    assert measure_variety([0.1] * 7 + [0.3], ["26"] * 8).unrelated == 0
