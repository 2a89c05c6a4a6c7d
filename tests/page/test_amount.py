"""Digits and scales: nothing is rounded that a source printed, nothing printed that it did not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.page.amount import choose_scale, scale_amount, shorten_money, strip_zeros, to_decimal


@pytest.mark.parametrize(
    ("value", "unit", "rounded", "power"),
    [
        (1_100_000_000, "RUB", False, 9),
        (2_700_000_000_000, "RUB", True, 12),
        (9_999, "RUB", False, 0),
        (10_000, "RUB", False, 3),
        (2_095, "count", False, 0),
        (5_900, "count", True, 3),
        (5_400, "count", False, 0),
        (90_000, "count", False, 3),
        (33_000_000, "count", False, 6),
        (3_694, "count", True, 0),
        (8_591_736, "count", False, 0),
        (1_042.72, "ha", False, 0),
        (0, "RUB", False, 0),
    ],
)
def test_a_figure_is_scaled_only_where_it_loses_nothing(value: float, unit: str, rounded: bool, power: int) -> None:
    assert choose_scale(to_decimal(value), unit, rounded=rounded) == power


@given(st.floats(min_value=-1e15, max_value=1e15, allow_nan=False), st.sampled_from([0, 3, 6, 9, 12]))
def test_scaling_keeps_the_value(value: float, power: int) -> None:
    number = to_decimal(value)
    assert scale_amount(number, power).number.scaleb(power) == number


@given(st.integers(min_value=-(10**11), max_value=10**11))
def test_whole_numbers_keep_every_digit(value: int) -> None:
    assert to_decimal(float(value)) == value


def test_noise_of_floats_is_not_printed() -> None:
    assert str(to_decimal(0.1 + 0.2)) == "0.3"
    assert str(to_decimal(1.1e9 * 3)) == "3300000000"


def test_minus_zero_is_zero() -> None:
    assert str(to_decimal(-0.0)) == "0"


def test_trailing_zeros_are_no_digits() -> None:
    assert str(strip_zeros(Decimal("1.10"))) == "1.1"
    assert str(strip_zeros(Decimal("1200"))) == "1200"


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("17287157303", "RUB", "17290000000"),  # a sum over a register
        ("1100000000", "RUB", "1100000000"),
        ("317426512", "RUB", "317400000"),
        ("317426.5", "RUB", "317426.5"),
        ("123456789", "count", "123456789"),
    ],
)
def test_sums_of_money_to_the_rouble_are_printed_short_and_published_ones_whole(value, unit, printed):
    assert shorten_money(Decimal(value), unit) == Decimal(printed)
