import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.interval import QUALIFIERS, Interval, hull, interval_of, last_significant_unit, propagate

positive = st.floats(1e-3, 1e12)


@pytest.mark.parametrize(
    ("value", "qualifier", "lower", "upper"),
    [
        (1.1e9, "over", 1.1e9, 1.2e9),
        (230, "over", 230, 240),
        (48.9, "about", 48.85, 48.95),
        (1000, "about", 500, 1500),
        (0, "over", 0, 0),
        (1.1e9, "exact", 1.1e9, 1.1e9),
    ],
)
def test_a_printed_figure_is_an_interval(value, qualifier, lower, upper):
    found = interval_of(value, qualifier)
    assert (found.value, found.lower, found.upper) == (value, pytest.approx(lower), pytest.approx(upper))


@given(positive, st.sampled_from(QUALIFIERS))
def test_an_interval_holds_its_figure_and_is_no_wider_than_its_last_digit(value, qualifier):
    found = interval_of(value, qualifier)
    assert found.lower <= value <= found.upper
    assert found.upper - found.lower <= last_significant_unit(value) * (1 + 1e-9) + 1e-9 * value


@given(st.integers(1, 10**6), st.integers(0, 9), st.sampled_from(QUALIFIERS))
def test_scaling_by_a_power_of_ten_scales_the_bounds(digits, power, qualifier):
    small, large = interval_of(digits, qualifier), interval_of(digits * 10**power, qualifier)
    assert large.lower == pytest.approx(small.lower * 10**power)
    assert large.upper == pytest.approx(small.upper * 10**power)


def test_an_unknown_qualifier_and_no_number_are_refused():
    with pytest.raises(MetricError, match="qualifier 'circa'"):
        interval_of(1, "circa")
    with pytest.raises(MetricError, match="finite"):
        interval_of(math.nan)
    with pytest.raises(MetricError, match="hold its value"):
        Interval(1, 2, 3)


def test_the_corner_rule_carries_intervals_through_a_ratio():
    ratio = propagate(lambda a, b: a / b, Interval(1.1, 1.1, 1.2), Interval(2, 2, 2.5))
    assert (ratio.value, ratio.lower, ratio.upper) == pytest.approx((0.55, 0.44, 0.6))


def test_a_formula_undefined_at_a_corner_has_no_interval():
    assert propagate(lambda a, b: a / b if b else None, Interval.exact(1), Interval(1, 0, 2)) is None
    assert propagate(lambda a: None, Interval.exact(1)) is None
    assert propagate(lambda a: math.inf, Interval.exact(1)) is None


@given(positive, positive, positive, positive)
def test_values_inside_the_box_give_results_inside_the_bounds(a, b, c, d):
    x, y = Interval(a, min(a, b), max(a, b)), Interval(c, min(c, d), max(c, d))
    found = propagate(lambda p, q: p / q - 1, x, y)
    middle = (x.lower + x.upper) / (y.lower + y.upper) - 1
    assert found.lower - 1e-9 * abs(found.lower) <= middle <= found.upper + 1e-9 * abs(found.upper)


def test_a_hull_keeps_the_first_figure_and_holds_all():
    assert hull(Interval.exact(5), Interval(1, 0, 2), Interval(7, 6, 9)) == Interval(5, 0, 9)
