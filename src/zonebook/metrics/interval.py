"""Reported figures as intervals, and the corner rule that carries intervals through formulas (Q03)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from zonebook.errors import MetricError

QUALIFIERS = ("exact", "about", "over")


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the bounds it is known within: ``lower <= value <= upper``.

    An exact figure has ``lower == value == upper``. For ``over`` figures the upper bound is the
    next figure the source would have printed and is not itself reached.
    """

    value: float
    lower: float
    upper: float

    def __post_init__(self) -> None:
        if not self.lower <= self.value <= self.upper:
            raise MetricError(f"an interval must hold its value, got {self.lower} <= {self.value} <= {self.upper}")

    @property
    def is_exact(self) -> bool:
        """Whether the figure is known exactly."""
        return self.lower == self.upper

    @classmethod
    def exact(cls, value: float) -> Interval:
        """Return the interval of a figure known exactly."""
        return cls(value, value, value)


def last_significant_unit(value: float) -> float:
    """Return the size of the last digit a source printed for a figure, trailing zeros not counted.

    Formula: the power of ten of the last non-zero decimal digit.

    Examples
    --------
    >>> last_significant_unit(1_100_000_000)
    100000000.0
    >>> last_significant_unit(48.9)
    0.1
    """
    if value == 0 or not math.isfinite(value):
        return 0.0
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return float(Decimal(1).scaleb(int(exponent)))


def interval_of(value: float, qualifier: str = "exact") -> Interval:
    """Return the interval of a published figure (Q03).

    Formula: ``exact`` -> [x, x]; ``about`` -> x -/+ half of the last significant unit;
    ``over`` -> [x, x + one last significant unit).

    Parameters
    ----------
    value
        The printed figure, in base units.
    qualifier
        ``exact``, ``about`` or ``over``.

    Raises
    ------
    MetricError
        For another qualifier, or a figure that is not finite.

    Returns
    -------
    Interval
        The figure with its bounds, in its unit.

    Notes
    -----
    A figure of 0 has no last significant digit and stays [0, 0]. Trailing zeros are not taken for digits.

    References
    ----------
    Own rule (Q03). By hand: "over 1.1 bn" says at least 1.1 and less than 1.2 bn.

    Examples
    --------
    >>> interval_of(1_100_000_000, "over")
    Interval(value=1100000000, lower=1100000000, upper=1200000000.0)
    >>> interval_of(12.5, "about")
    Interval(value=12.5, lower=12.45, upper=12.55)
    """
    if qualifier not in QUALIFIERS:
        raise MetricError(f"qualifier {qualifier!r} is not one of {', '.join(QUALIFIERS)}")
    if not math.isfinite(value):
        raise MetricError(f"a figure must be a finite number, got {value}")
    if qualifier == "exact":
        return Interval.exact(value)
    unit = last_significant_unit(value)
    if qualifier == "about":
        half = Decimal(repr(unit)) / 2
        printed = Decimal(repr(float(value)))
        return Interval(value, float(printed - half), float(printed + half))
    return Interval(value, value, value + unit)


def propagate(formula: Callable[..., float | None], *arguments: Interval) -> Interval | None:
    """Carry intervals through a formula that is monotone in each argument (the corner rule).

    Formula: bounds are the smallest and the largest value over all corners of the box of arguments.

    Parameters
    ----------
    formula
        Takes as many numbers as there are arguments; monotone in each of them.
    *arguments
        The figures with their bounds.

    Returns
    -------
    Interval or None
        The formula's value at the figures, with bounds, in its unit.

    Notes
    -----
    Undefined (``None``) where the formula is (returns ``None`` or a non-finite number) at the
    figures themselves or at any corner: a ratio whose denominator may be 0 has no interval.

    References
    ----------
    Own rule (Q03). By hand: exactly 3 divided by 1 to 2.

    Examples
    --------
    >>> propagate(lambda a, b: a / b, Interval.exact(3), Interval(1, 1, 2))
    Interval(value=3.0, lower=1.5, upper=3.0)
    >>> propagate(lambda a, b: a / b if b else None, Interval.exact(3), Interval(1, 0, 2)) is None
    True
    """
    value = formula(*(argument.value for argument in arguments))
    corners = [formula(*corner) for corner in itertools.product(*((a.lower, a.upper) for a in arguments))]
    if value is None or not math.isfinite(value):
        return None
    found = [corner for corner in corners if corner is not None and math.isfinite(corner)]
    if len(found) < len(corners):
        return None
    return Interval(value, min(value, *found), max(value, *found))


def hull(*figures: Interval) -> Interval:
    """Return the first figure with bounds widened to hold all: the spread of disagreeing sources."""
    first = figures[0]
    return Interval(first.value, min(f.lower for f in figures), max(f.upper for f in figures))
