import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.agglomeration import compute_ellison_glaeser

# Farhauer & Kroell (2014), the example of R package REAT.
FIRMS = [200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000]
PLACES = ["Wien"] * 5 + ["Linz"] * 4 + ["Graz"]
TOTALS = pd.Series({"Wien": 500_000, "Linz": 400_000, "Graz": 100_000})


def test_published_index():
    assert compute_ellison_glaeser(FIRMS, PLACES, TOTALS) == pytest.approx(0.05990628, abs=1e-8)


def test_labels_decide_and_not_places():
    assert compute_ellison_glaeser(FIRMS, PLACES, TOTALS[::-1]) == pytest.approx(0.05990628, abs=1e-8)
    swapped = pd.Series({"Wien": 100_000, "Linz": 400_000, "Graz": 500_000})
    assert compute_ellison_glaeser(FIRMS, PLACES, swapped) == pytest.approx(-0.253, abs=5e-4)


def test_by_hand():
    totals = pd.Series({"a": 5, "b": 5, "c": 5})
    assert compute_ellison_glaeser([10, 10], ["a", "b"], totals) == pytest.approx(-0.5)
    assert compute_ellison_glaeser([10, 10], ["a", "a"], totals) == pytest.approx(1)


def test_one_firm_one_region_and_nobody_are_undefined():
    assert compute_ellison_glaeser([10], ["a"], pd.Series({"a": 5, "b": 5})) is None
    assert compute_ellison_glaeser([10, 0], ["a", "b"], pd.Series({"a": 5, "b": 5})) is None
    assert compute_ellison_glaeser([10, 10], ["a", "a"], pd.Series({"a": 5})) is None
    assert compute_ellison_glaeser([0, 0], ["a", "a"], pd.Series({"a": 5, "b": 5})) is None
    assert compute_ellison_glaeser([], [], pd.Series({"a": 5, "b": 5})) is None


@pytest.mark.parametrize(
    ("firms", "places", "totals"),
    [
        ([1, 2], ["a"], {"a": 1, "b": 1}),
        ([1, -2], ["a", "b"], {"a": 1, "b": 1}),
        ([1, 2], ["a", "far"], {"a": 1, "b": 1}),
        ([1, 2], ["a", "b"], {"a": 1, "b": np.nan}),
    ],
)
def test_what_does_not_fit_is_refused(firms, places, totals):
    with pytest.raises(MetricError):
        compute_ellison_glaeser(firms, places, pd.Series(totals))


firms = st.lists(st.tuples(st.floats(1, 1e5), st.sampled_from("abc")), min_size=2, max_size=20)


@given(firms, st.floats(0.001, 1000), st.randoms(use_true_random=False))
def test_scale_and_order_do_not_matter_and_one_is_the_most(rows, factor, random):
    totals = pd.Series({"a": 5, "b": 3, "c": 2})
    found = compute_ellison_glaeser(*zip(*rows, strict=True), totals)
    again = [(size * factor, place) for size, place in random.sample(rows, len(rows))]
    assert compute_ellison_glaeser(*zip(*again, strict=True), totals * factor) == pytest.approx(
        found, rel=1e-6, abs=1e-9
    )
