import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.targets import (
    Path,
    Progress,
    attainment,
    classify_progress,
    growth_ratio,
    progress_made,
    required_growth,
    required_value,
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


@pytest.mark.parametrize("path", [Path(2020, 0, 2030, 1), Path(2020, 1, 2030, 0), Path(2020, 1, 2020, 2)])
def test_a_path_needs_two_figures_above_zero_and_time(path):
    assert required_value(path, 2025) is None
