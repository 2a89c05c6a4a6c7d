import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.trade import (
    assign_blocs,
    bloc_shares,
    compound_annual_growth_rate,
    deflate,
    export_intensity,
    exporter_share,
    growth_rate,
    log_trend_growth,
    median_intensity,
)

amounts = st.floats(1e-2, 1e6)


def test_published_growth_rates_and_the_undefined_ones():
    oracle = read_case("cagr")
    for case, percent, full in zip(
        oracle["inputs"]["cases"], oracle["expected"]["cases_percent"], oracle["expected"]["full"], strict=True
    ):
        found = compound_annual_growth_rate(case["begin"], case["end"], case["years"])
        if full is None:
            assert found is None
        else:
            assert found * 100 == pytest.approx(full, abs=oracle["tolerance"]["full"])
            assert found * 100 == pytest.approx(percent, abs=oracle["tolerance"]["cases_percent"])


@pytest.mark.parametrize(("first", "last", "years"), [(0, 1, 1), (-1, 1, 1), (1, -1, 1), (1, 2, 0), (1, 2, -1)])
def test_compound_growth_is_undefined_without_a_positive_base_or_time(first, last, years):
    assert compound_annual_growth_rate(first, last, years) is None


@given(amounts, amounts, st.integers(1, 50), amounts)
def test_compound_growth_leads_from_the_first_to_the_last_and_knows_no_scale(first, last, years, scale):
    growth = compound_annual_growth_rate(first, last, years)
    assert first * (1 + growth) ** years == pytest.approx(last, rel=1e-5)
    assert compound_annual_growth_rate(first * scale, last * scale, years) == pytest.approx(growth, rel=1e-6, abs=1e-9)
    assert growth > -1


@given(amounts, amounts)
def test_growth_agrees_with_pandas_and_with_compound_growth_over_one_year(previous, current):
    found = growth_rate(previous, current)
    assert found == pytest.approx(
        pd.Series([previous, current]).pct_change(fill_method=None).iloc[1], rel=1e-9, abs=1e-12
    )
    assert found == pytest.approx(compound_annual_growth_rate(previous, current, 1), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("previous", [0, -1])
def test_growth_is_undefined_without_a_positive_base(previous):
    assert growth_rate(previous, 1) is None


@given(st.lists(st.tuples(st.integers(1990, 2050), amounts), min_size=4, max_size=12, unique_by=lambda point: point[0]))
def test_the_trend_is_the_least_squares_slope_of_statsmodels(points):
    years, values = zip(*points, strict=True)
    slope = sm.OLS(np.log(values), sm.add_constant(np.array(years, dtype=float) - 2000)).fit().params[1]
    found = log_trend_growth(years, values)
    assert math.log1p(found) == pytest.approx(slope, rel=1e-6, abs=1e-9)
    assert log_trend_growth(years[::-1], values[::-1]) == pytest.approx(found, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("years", "values"), [([1, 2, 3], [1, 2, 3]), ([1, 2, 3, 4], [1, 0, 2, 3]), ([2020] * 4, [1, 2, 3, 4])]
)
def test_no_trend_through_too_few_points_zeros_or_one_date(years, values):
    assert log_trend_growth(years, values) is None


def test_a_trend_needs_a_year_for_each_value():
    with pytest.raises(MetricError, match="a year for each value"):
        log_trend_growth([1, 2], [1])


def test_real_value_is_undefined_without_an_index():
    assert deflate(1100, 1.1) == pytest.approx(1000)
    assert deflate(1, 0) is None


@given(amounts, amounts, st.floats(1e-3, 1e3))
def test_intensity_is_a_share_that_knows_no_scale(exports, revenue, scale):
    found = export_intensity(exports, revenue)
    if exports > revenue:
        assert found is None
    else:
        assert 0 <= found <= 1
        assert export_intensity(min(exports, revenue * (1 - 1e-9)) * scale, revenue * scale) == pytest.approx(
            found, rel=1e-6
        )


def test_intensity_of_nothing_is_undefined_and_of_no_exports_zero():
    assert export_intensity(0, 0) is None
    assert export_intensity(0, 5) == 0
    with pytest.raises(MetricError, match="at least zero"):
        export_intensity(-1, 5)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_the_exporter_share_lies_within_the_bounds_of_those_who_did_not_answer(exporters, others, unknown):
    firms = exporters + others
    found = exporter_share(exporters, firms, unknown)
    if firms == 0:
        assert found is None
        return
    share, lower, upper = found
    assert 0 <= lower <= share <= upper <= 1
    assert (lower == upper) == (unknown == 0)


def test_more_exporters_than_firms_are_refused():
    with pytest.raises(MetricError, match="5 exporters among 4 firms"):
        exporter_share(5, 4)


def test_a_country_is_in_the_first_bloc_it_is_a_member_of():
    members = {"EAEU": {"KAZ"}, "CIS": {"KAZ", "UZB"}, "BRICS": {"CHN", "KAZ"}}
    assert assign_blocs(["KAZ", "UZB", "CHN", "SRB"], members) == {
        "KAZ": "EAEU",
        "UZB": "CIS",
        "CHN": "BRICS",
        "SRB": "rest",
    }
    assert assign_blocs(["KAZ"], {}) == {"KAZ": "rest"}


@given(
    st.dictionaries(st.sampled_from(["KAZ", "UZB", "CHN", "SRB", "BRA"]), st.floats(0, 1e12), min_size=1),
    st.floats(1e-3, 1e3),
)
def test_bloc_shares_add_up_to_one_and_know_no_scale(weights, scale):
    parts = assign_blocs(list(weights), {"EAEU": {"KAZ"}, "CIS": {"UZB"}, "BRICS": {"CHN", "BRA"}})
    found = bloc_shares(weights, parts)
    if sum(weights.values()) == 0:
        assert found is None
        return
    assert math.fsum(found.values()) == pytest.approx(1)
    assert set(found) == {"EAEU", "CIS", "BRICS", "rest"}
    scaled = bloc_shares({country: weight * scale for country, weight in weights.items()}, parts)
    assert scaled == pytest.approx(found, rel=1e-6, abs=1e-9)


def test_negative_exports_are_refused_and_none_are_undefined():
    assert bloc_shares({}, {}) is None
    with pytest.raises(MetricError, match="at least zero"):
        bloc_shares({"KAZ": -1}, {})


def test_the_median_leaves_out_firms_without_an_intensity():
    assert median_intensity([1, 5, 2, 0], [10, 4, 0, 10]) == pytest.approx(0.05)
    assert median_intensity([5], [4]) is None
    assert median_intensity([], []) is None


def test_the_median_needs_a_revenue_for_each_firm():
    with pytest.raises(MetricError, match="2 exports need as many revenues, got 1"):
        median_intensity([1, 2], [3])
