import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from zonebook.errors import MetricError
from zonebook.metrics.outlook import extend_line, forecast_bands, time_distance
from zonebook.metrics.targets import Path, required_value

positive = st.floats(1, 1e9)


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
