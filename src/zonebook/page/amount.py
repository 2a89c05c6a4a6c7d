"""Figures on their way to print: how many digits their source gave, and in thousands, millions or billions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from zonebook.metrics.interval import last_significant_unit

# Powers of ten with the code of their name in the vocabulary "scale".
SCALES = ((12, "tn"), (9, "bn"), (6, "mn"), (3, "thousand"))
MONEY = frozenset({"RUB", "USD", "EUR", "CNY"})
UNSCALED = frozenset({"ha", "km", "years", "ratio", "index", "percent", "share", "year"})
_KEPT = 16384  # numbers: tables and figures show most of a page's more than once
_NOISE = 12  # significant digits a float is trusted for
_LONGEST_PUBLISHED, _DIGITS_OF_SUM = 8, 4  # significant digits of money


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is printed: ``number`` of ``scale`` (empty: of ones)."""

    number: Decimal
    scale: str = ""


@lru_cache(maxsize=_KEPT)
def to_decimal(value: float, digits: int | None = None) -> Decimal:
    """Return a float as the decimal number a reader means by it, rounded to significant digits (half even).

    Examples
    --------
    >>> to_decimal(0.1 + 0.2)
    Decimal('0.3')
    >>> to_decimal(12346.0, 3)
    Decimal('12300')
    >>> to_decimal(-0.0)
    Decimal('0')
    """
    if value == 0:
        return Decimal(0)
    exact = Decimal(repr(float(value)))
    wanted = min(digits or _NOISE, _NOISE)
    last = exact.adjusted() - wanted + 1
    rounded = exact.quantize(Decimal(1).scaleb(last), rounding=ROUND_HALF_EVEN) if math.isfinite(value) else exact
    return strip_zeros(rounded)


def shorten_money(number: Decimal, unit: str) -> Decimal:
    """Return money as a reader can take it in: a sum to the rouble, made from a register, with four digits.

    Nobody publishes money with more than eight significant digits: what is published keeps every digit it has.

    Examples
    --------
    >>> shorten_money(Decimal("17287157303"), "RUB"), shorten_money(Decimal("317426500000"), "RUB")
    (Decimal('17290000000'), Decimal('317426500000'))
    """
    is_long = unit in MONEY and len(number.normalize().as_tuple().digits) > _LONGEST_PUBLISHED
    return to_decimal(float(number), _DIGITS_OF_SUM) if is_long else number


def strip_zeros(number: Decimal) -> Decimal:
    """Return the number without trailing zeros after the decimal point and without an exponent."""
    stripped = number.normalize()
    return stripped.quantize(Decimal(1)) if int(stripped.as_tuple().exponent) > 0 else stripped


def choose_scale(number: Decimal, unit: str, *, rounded: bool = False) -> int:
    """Return the power of ten a figure is printed in; ``rounded`` figures are scaled earlier than exact ones.

    Money is scaled from ten thousand on; a count only where that leaves one decimal at most, two in millions.
    """
    if unit in UNSCALED or number == 0:
        return 0
    size = number.adjusted()
    power = next((power for power, _ in SCALES if size >= power), 0)
    if unit in MONEY:
        return power if power > 3 or size >= 4 else 0
    last_digit = abs(number).scaleb((2 if power > 3 else 1) - power)
    is_short = last_digit == last_digit.to_integral_value()
    return power if is_short and (rounded or size >= 4) else 0


def scale_amount(number: Decimal, power: int) -> Amount:
    """Return the number in the scale of a power of ten."""
    names = dict(SCALES)
    return Amount(strip_zeros(number.scaleb(-power)), names.get(power, ""))


def qualifier_of(value: float, lower: float, upper: float) -> str | None:
    """Return the qualifier whose interval a value has, or ``None`` where the interval is of another kind."""
    if lower == upper:
        return "exact"
    unit = last_significant_unit(value)
    if lower == value and math.isclose(upper, value + unit):
        return "over"
    if math.isclose(lower, value - unit / 2) and math.isclose(upper, value + unit / 2):
        return "about"
    return None


def is_computed(value: float) -> bool:
    """Whether a number has more decimals than anybody prints: then it was computed and is rounded for print.

    Examples
    --------
    >>> is_computed(3903.5), is_computed(2 / 3)
    (False, True)
    """
    return -int(to_decimal(value).as_tuple().exponent) > 2
