import math
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.quality import (
    completeness,
    count_adjusted,
    measure_revision,
    missing_years,
    round_preserving_sum,
    round_significant,
)

numbers = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12)


@pytest.mark.parametrize("case", ["case1", "case2"])
def test_rounding_keeps_the_sum_as_its_peer_does(case):
    oracle = read_case("rounding_sum_preserving")
    given_case, expected = oracle["inputs"][case], oracle["expected"]
    values = given_case.get("values") or given_case["shares_percent"]
    found = round_preserving_sum(values, given_case["places"])
    assert math.fsum(found) == pytest.approx(expected[f"{case}_sum"], abs=oracle["tolerance"])
    if case in expected:
        assert found == pytest.approx(expected[case], abs=oracle["tolerance"])


def test_seats_by_the_largest_remainder():
    oracle = read_case("rounding_sum_preserving")
    votes, seats = oracle["inputs"]["hare_seats"]["votes"], oracle["inputs"]["hare_seats"]["seats"]
    found = round_preserving_sum([vote * seats / sum(votes) for vote in votes], 0)
    assert found == oracle["expected"]["hare_seats"]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12), st.integers(0, 3))
def test_shares_of_a_whole_print_to_exactly_100(values, places):
    if sum(values) == 0:
        return
    shares = [100 * value / math.fsum(values) for value in values]
    printed = [
        Decimal(repr(part)).quantize(Decimal(1).scaleb(-places)) for part in round_preserving_sum(shares, places)
    ]
    assert sum(printed) == 100


@given(numbers, st.integers(-2, 6))
def test_every_part_stays_within_a_unit_of_its_value(values, places):
    unit = 10.0**-places
    found = round_preserving_sum(values, places)
    assert all(abs(rounded - value) < unit * (1 + 1e-6) for rounded, value in zip(found, values, strict=True))
    assert not any(rounded == 0 and math.copysign(1, rounded) < 0 for rounded in found)


def test_equal_remainders_go_to_the_first_and_nothing_stays_nothing():
    assert round_preserving_sum([0.5, 0.5], 0) == [1, 0]
    assert round_preserving_sum([], 1) == []
    with pytest.raises(MetricError, match="finite"):
        round_preserving_sum([math.nan], 1)


@given(st.floats(-1e15, 1e15), st.integers(1, 12))
def test_significant_rounding_agrees_with_decimal_and_keeps_no_negative_zero(value, digits):
    found = round_significant(value, digits)
    expected = float(f"{Decimal(repr(value)):.{digits - 1}e}")  # the decimal module rounds half to even
    assert found == expected
    assert math.copysign(1, found) > 0 or found < 0


def test_ties_go_to_the_even_digit_of_the_printed_number():
    assert [round_significant(value, 1) for value in (0.5, 1.5, 2.5, 25)] == [0.5, 2, 2, 20]
    assert round_significant(2.675, 3) == float(Decimal("2.675").quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN))
    with pytest.raises(MetricError):
        round_significant(1.0, 0)


def test_adjusted_parts_are_counted():
    assert count_adjusted([25, 25, 50], 1) == 0
    assert count_adjusted([100 / 3] * 3, 1) == 1
    assert count_adjusted([], 1) == 0


@given(st.integers(0, 100), st.integers(0, 100))
def test_completeness_is_a_share(present, more):
    found = completeness(present, present + more)
    assert found is None if present + more == 0 else 0 <= found <= 1


def test_more_cells_than_expected_are_refused():
    with pytest.raises(MetricError, match="5 of 4"):
        completeness(5, 4)


@given(st.lists(st.tuples(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6)), min_size=1, max_size=10))
def test_revisions_agree_with_numpy(pairs):
    first, latest = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    found = measure_revision(list(first), list(latest))
    assert found.mean == pytest.approx(np.mean(latest - first), rel=1e-9, abs=1e-6)
    assert found.mean_absolute == pytest.approx(np.mean(np.abs(latest - first)), rel=1e-9, abs=1e-6)
    assert abs(found.mean) <= found.mean_absolute * (1 + 1e-9) + 1e-9
    if np.abs(latest).sum() == 0:
        assert found.relative_absolute is None
    else:
        expected = np.abs(latest - first).sum() / np.abs(latest).sum()
        assert found.relative_absolute == pytest.approx(expected, rel=1e-9)


def test_no_revisions_without_pairs():
    assert measure_revision([], []) is None
    with pytest.raises(MetricError, match="first and a latest"):
        measure_revision([1], [])


@given(st.sets(st.integers(1990, 2050), min_size=1))
def test_known_and_missing_years_make_a_whole_span(years):
    found = missing_years(years)
    assert sorted({*years, *found}) == list(range(min(years), max(years) + 1))
    assert not years & set(found)


def test_a_series_without_figures_has_no_missing_years():
    assert missing_years([]) is None
    assert missing_years([2020]) == ()
