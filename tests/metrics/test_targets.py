import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.targets import (
    Path,
    Progress,
    attainment,
    classify_progress,
    extend_line,
    forecast_bands,
    growth_ratio,
    progress_made,
    required_growth,
    required_value,
    time_distance,
)
from zonebook.metrics.trade import compound_annual_growth_rate

positive = st.floats(1, 1e9)


@pytest.mark.parametrize("number", range(4))
def test_target_tracking_by_its_definition(number):
    oracle = read_case("target_tracking")
    case, expected = oracle["inputs"]["cases"][number], oracle["expected"]["cases"][number]
    span, left = case["now_year"] - case["base_year"], case["target_year"] - case["now_year"]
    actual = compound_annual_growth_rate(case["base"], case["now"], span)
    from_base = required_growth(case["base"], case["target"], span + left)
    ratio = growth_ratio(actual, from_base)
    close = {"abs": oracle["tolerance"]}
    assert actual == pytest.approx(expected["actual_cagr"], **close)
    assert from_base == pytest.approx(expected["required_cagr_from_base"], **close)
    assert required_growth(case["now"], case["target"], left) == pytest.approx(
        expected["required_cagr_from_now"], **close
    )
    assert ratio == pytest.approx(expected["ratio"], **close)
    assert classify_progress(ratio, is_met=case["now"] >= case["target"]) == expected["class"]


@pytest.mark.parametrize(
    ("ratio", "progress"),
    [
        (0.95, Progress.SIGNIFICANT),
        (0.9499, Progress.MODERATE),
        (0.6, Progress.MODERATE),
        (0.5999, Progress.INSUFFICIENT),
        (0, Progress.INSUFFICIENT),
        (-1e-9, Progress.MOVING_AWAY),
        (None, None),
    ],
)
def test_classes_begin_at_their_limits(ratio, progress):
    assert classify_progress(ratio) is progress


def test_limits_are_parameters_and_must_be_in_order():
    assert classify_progress(0.9, on_course=0.9) is Progress.SIGNIFICANT
    with pytest.raises(MetricError, match="limit"):
        classify_progress(1, on_course=0.5, moderate=0.6)


def test_attainment_turns_round_where_less_is_better():
    assert attainment(50, 100) == 0.5
    assert attainment(50, 100, lower_is_better=True) == 2
    assert attainment(1, 0) is None
    assert attainment(0, 1, lower_is_better=True) is None


@given(positive, positive, positive, st.floats(0.01, 100))
def test_progress_knows_neither_scale_nor_shift(base, now, target, scale):
    found = progress_made(base, now, target)
    if target == base:
        assert found is None
        return
    assert progress_made(base, base, target) == 0
    assert progress_made(base, target, target) == 1
    assert progress_made(base * scale, now * scale, target * scale) == pytest.approx(found, rel=1e-4, abs=1e-4)


@given(positive, positive, st.integers(1, 30))
def test_required_growth_reaches_the_target_or_is_zero(value, target, years):
    growth = required_growth(value, target, years)
    assert growth >= 0
    assert max(value, target) == pytest.approx(value * (1 + growth) ** years, rel=1e-6)


@pytest.mark.parametrize(("value", "target", "years"), [(0, 10, 5), (10, 20, 0), (10, 20, -1)])
def test_required_growth_is_undefined_without_a_figure_or_time(value, target, years):
    assert required_growth(value, target, years) is None


def test_no_ratio_where_none_was_required():
    assert growth_ratio(0.1, 0.0) is None
    assert growth_ratio(None, 0.1) is None
    assert growth_ratio(0.1, None) is None


@given(positive, positive, st.integers(1, 20), st.floats(0, 1))
def test_a_figure_on_the_path_is_neither_ahead_nor_behind(base, target, years, part):
    path = Path(2020, base, 2020 + years, target)
    year = 2020 + part * years
    value = required_value(path, year)
    if base == target:
        assert time_distance(path, year, value) is None
        return
    inside = min(max(value, min(base, target)), max(base, target))
    assert time_distance(path, year, inside) == pytest.approx(0, abs=1e-3 * years / abs(math.log(target / base)) + 1e-3)


def test_time_distance_is_path_less_actual():
    path = Path(2020, 100, 2030, 400)
    assert time_distance(path, 2025, 100) == pytest.approx(-5)  # the path stood there in 2020
    assert time_distance(path, 2025, 400) == pytest.approx(5)  # and will stand here in 2030


@pytest.mark.parametrize("value", [99, 401, 0, -1])
def test_a_figure_outside_the_path_has_no_time_distance(value):
    assert time_distance(Path(2020, 100, 2030, 400), 2025, value) is None


@pytest.mark.parametrize("path", [Path(2020, 0, 2030, 1), Path(2020, 1, 2030, 0), Path(2020, 1, 2020, 2)])
def test_a_path_needs_two_figures_above_zero_and_time(path):
    assert required_value(path, 2025) is None
    assert time_distance(path, 2025, 1) is None


def test_a_straight_line_goes_on_but_not_below_zero():
    assert extend_line(2020, 100, 2025, 150, 2030) == 200
    assert extend_line(2020, 100, 2022, 20, 2030) == 0
    assert extend_line(2020, 100, 2020, 100, 2030) is None


@given(st.lists(positive, min_size=5, max_size=10), st.integers(1, 10))
def test_bands_are_nested_and_widen_with_the_horizon(values, horizon):
    years = list(range(2010, 2010 + len(values)))
    near, far = forecast_bands(years, values, horizon), forecast_bands(years, values, horizon + 1)
    for inner, outer in itertools.pairwise(near):
        assert outer.lower <= inner.lower <= inner.middle <= inner.upper <= outer.upper
    for now, later in zip(near, far, strict=True):
        assert math.log(later.upper / later.lower) >= math.log(now.upper / now.lower) - 1e-9


def test_bands_agree_with_scipys_normal_distribution():
    years, values = [2018, 2019, 2020, 2021, 2022], [10.0, 12, 11, 15, 16]
    growth = np.diff(np.log(values))
    middle = math.log(values[-1]) + 3 * growth.mean()
    spread = growth.std(ddof=1) * math.sqrt(3)
    for band in forecast_bands(years, values, 3):
        lower, upper = norm.interval(band.probability, loc=middle, scale=spread)
        assert (math.log(band.lower), math.log(band.upper)) == pytest.approx((lower, upper))


def test_fewer_than_five_points_or_a_zero_have_no_bands():
    assert forecast_bands([1, 2, 3, 4], [1, 2, 3, 4], 1) is None
    assert forecast_bands([1, 2, 3, 4, 5], [1, 2, 0, 4, 5], 1) is None


@pytest.mark.parametrize(("years", "horizon"), [([1, 2, 2, 3, 4], 1), ([1, 2, 3, 4], 1), ([1, 2, 3, 4, 5], 0)])
def test_bands_need_rising_years_and_a_time_ahead(years, horizon):
    with pytest.raises(MetricError):
        forecast_bands(years, [1, 2, 3, 4, 5], horizon)
