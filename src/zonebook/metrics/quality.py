"""Formulas of the data's quality and of rounding (Q01–Q03, Q06, Q07)."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from zonebook.errors import MetricError


def completeness(present: int, expected: int) -> float | None:
    """Say which share of the expected cells is filled.

    Formula: cells present / cells expected.

    Parameters
    ----------
    present, expected
        Counts of cells.

    Returns
    -------
    float or None
        Share in [0, 1].

    Raises
    ------
    MetricError
        For counts below zero or more cells present than expected.

    Notes
    -----
    Undefined (``None``) where nothing is expected.

    References
    ----------
    European Statistical System, quality framework (from memory). By hand: 3 of 4.

    Examples
    --------
    >>> completeness(3, 4)
    0.75
    """
    if not 0 <= present <= expected:
        raise MetricError(f"{present} of {expected} cells cannot be filled")
    return present / expected if expected else None


@dataclass(frozen=True, slots=True)
class Revision:
    """How much figures were corrected: mean and mean absolute revision in their unit, relative absolute as a share."""

    mean: float
    mean_absolute: float
    relative_absolute: float | None


def measure_revision(first: Sequence[float], latest: Sequence[float]) -> Revision | None:
    """Say how much figures were corrected after they were first given.

    Formula: MR = mean(L - P), MAR = mean|L - P|, RMAR = sum|L - P| / sum|L|.

    Parameters
    ----------
    first, latest
        First (P) and latest (L) vintage of the same figures, of one unit.

    Returns
    -------
    Revision or None
        MR and MAR in the unit of the figures, RMAR a ratio in [0, inf).

    Raises
    ------
    MetricError
        Where there are not as many first as latest figures.

    Notes
    -----
    Undefined (``None``) where no figure was given twice; RMAR alone where all latest figures are zero.

    References
    ----------
    OECD and Eurostat, guidelines on revisions analysis (page checked). By hand: 100 corrected to 110, 200 to 190.

    Examples
    --------
    >>> measure_revision([100, 200], [110, 190])
    Revision(mean=0.0, mean_absolute=10.0, relative_absolute=0.06666666666666667)
    """
    if len(first) != len(latest):
        raise MetricError(f"each figure needs a first and a latest vintage, got {len(first)} and {len(latest)}")
    if not first:
        return None
    changes = [later - earlier for earlier, later in zip(first, latest, strict=True)]
    moved, size = math.fsum(map(abs, changes)), math.fsum(map(abs, latest))
    return Revision(math.fsum(changes) / len(changes), moved / len(changes), moved / size if size else None)


def missing_years(years: Collection[int]) -> tuple[int, ...] | None:
    """Say which years between the first and the last of a series have no figure.

    Formula: the whole years from min to max that are not in the series.

    Parameters
    ----------
    years
        Years with a figure of one indicator and period type.

    Returns
    -------
    tuple of int, or None
        Years, rising.

    Notes
    -----
    Undefined (``None``) for a series without any figure. Years before the first and after the last are not missing:
    nothing says that the series was kept then.

    References
    ----------
    OECD/JRC (2008), step 3, on missing data (checked). By hand.

    Examples
    --------
    >>> missing_years([2019, 2020, 2024])
    (2021, 2022, 2023)
    """
    if not years:
        return None
    held = set(years)
    return tuple(year for year in range(min(held), max(held) + 1) if year not in held)


def round_significant(value: float, digits: int) -> float:
    """Round a number to the significant digits its source has.

    Formula: nearest number with that many digits; a tie goes to the even digit.

    Parameters
    ----------
    value
        Any finite number.
    digits
        Significant digits, at least 1.

    Returns
    -------
    float
        Number in the unit of the value; -0 becomes 0.

    Raises
    ------
    MetricError
        For fewer than one digit or a value that is not finite.

    Notes
    -----
    Rounds the decimal number that is printed, not its binary neighbour: 2.675 to three digits is 2.68.

    References
    ----------
    Rule of the report: half to even, fixed. By hand.

    Examples
    --------
    >>> round_significant(1.23456e9, 2), round_significant(2.5, 1), round_significant(-0.0, 1)
    (1200000000.0, 2.0, 0.0)
    """
    if digits < 1 or not math.isfinite(value):
        raise MetricError(f"only a finite number is rounded, to at least one digit; got {value} and {digits}")
    exact = Decimal(repr(float(value)))
    if exact == 0:
        return 0.0
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), rounding=ROUND_HALF_EVEN)) + 0.0


def round_preserving_sum(values: Sequence[float], places: int) -> list[float]:
    """Round the parts of a whole so that they still add up to the rounded whole (largest remainder).

    Formula: all rounded down; the units lacking to the rounded sum go to the largest remainders, one each.

    Parameters
    ----------
    values
        Parts of a whole, finite.
    places
        Decimal places to keep, below zero for tens, hundreds, ….

    Returns
    -------
    list of float
        Rounded parts in the order given, each less than one unit of the last place from its value; -0 becomes 0.

    Raises
    ------
    MetricError
        For a value that is not finite.

    Notes
    -----
    Of equal remainders the first in the order given is rounded up. No parts give an empty list.

    References
    ----------
    Hare quota, the textbook case of 100 000 votes and 10 seats (5, 2, 1, 1, 1, 0).

    Examples
    --------
    >>> votes = [47_000, 16_000, 15_900, 12_000, 6_000, 3_100]
    >>> round_preserving_sum([10 * vote / 100_000 for vote in votes], 0)
    [5.0, 2.0, 1.0, 1.0, 1.0, 0.0]
    """
    if not all(map(math.isfinite, values)):
        raise MetricError("only finite numbers are rounded")
    unit = Decimal(1).scaleb(-places)
    # Twelve digits are what the sum of a few floats can be trusted for: 100 / 3 three times is 100, not 99.99….
    exact = [Decimal(repr(round(float(value), places + 12))) / unit for value in values]
    down = [int(part.to_integral_value(rounding=ROUND_FLOOR)) for part in exact]
    whole = round(Decimal(repr(round(math.fsum(values), places + 9))) / unit)
    lacking = whole - sum(down)
    by_remainder = sorted(range(len(values)), key=lambda index: (down[index] - exact[index], index))
    raised = set(by_remainder[: max(lacking, 0)])
    return [float((down[index] + (index in raised)) * unit) + 0.0 for index in range(len(values))]


def count_adjusted(values: Sequence[float], places: int) -> int:
    """Count the parts of a whole that are printed away from their nearest number so that all add up.

    Formula: number of parts with sum-preserving rounding unlike rounding half to even.

    Parameters
    ----------
    values
        Parts of a whole, finite.
    places
        Decimal places that are printed.

    Returns
    -------
    int
        Count, in [0, number of parts].

    Notes
    -----
    No parts give 0.

    References
    ----------
    Own definition. By hand: of three thirds one is printed as 33.4.

    Examples
    --------
    >>> count_adjusted([100 / 3] * 3, 1)
    1
    """
    unit = Decimal(1).scaleb(-places)
    nearest = [float(Decimal(repr(float(value))).quantize(unit, rounding=ROUND_HALF_EVEN)) for value in values]
    return sum(a != b for a, b in zip(nearest, round_preserving_sum(values, places), strict=True))
