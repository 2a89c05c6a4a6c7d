"""Formulas of targets: attainment, required growth and the required path (T01, T02)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zonebook.errors import MetricError
from zonebook.metrics.trade import compound_annual_growth_rate


class Progress(StrEnum):
    """Class of progress towards a target, by the ratio of actual to required growth."""

    TARGET_MET = "target met"
    SIGNIFICANT = "significant"
    MODERATE = "moderate"
    INSUFFICIENT = "insufficient"
    MOVING_AWAY = "moving away"


def attainment(now: float, target: float, *, lower_is_better: bool = False) -> float | None:
    """Say which part of a target is reached.

    Formula: x_t / target; target / x_t where less is better.

    Parameters
    ----------
    now, target
        Figures of one indicator and unit, both cumulative or both not.
    lower_is_better
        Whether the target is to be come down to.

    Returns
    -------
    float or None
        Share, 1 where the target is reached exactly.

    Notes
    -----
    Undefined (``None``) where the divisor is not above zero.

    References
    ----------
    Plan against fact after Government Decree 643 of 2016 (from memory). By hand: 260 of 600.

    Examples
    --------
    >>> round(attainment(260, 600), 4)
    0.4333
    """
    part, whole = (target, now) if lower_is_better else (now, target)
    return part / whole if whole > 0 else None


def progress_made(base: float, now: float, target: float) -> float | None:
    """Say which part of the way from the base to the target is done.

    Formula: (x_t - x_0) / (target - x_0).

    Parameters
    ----------
    base, now, target
        Figures of one indicator and unit.

    Returns
    -------
    float or None
        Share; below zero where the figure has moved away, above 1 where it is past the target.

    Notes
    -----
    Undefined (``None``) where the target equals the base. Holds for targets below the base as it stands.

    References
    ----------
    Plan against fact after Government Decree 643 of 2016 (from memory). By hand: from 250 to 260 on the way to 600.

    Examples
    --------
    >>> round(progress_made(250, 260, 600), 4)
    0.0286
    """
    return None if target == base else (now - base) / (target - base)


def required_growth(value: float, target: float, years: float) -> float | None:
    """Say by what share a figure must grow each year to reach its target in time.

    Formula: max(0, (T / x)^(1 / years) - 1).

    Parameters
    ----------
    value, target
        Figures of one indicator and unit.
    years
        Years from the figure to the target.

    Returns
    -------
    float or None
        Share per year, at least zero: 0 means that the target is met.

    Notes
    -----
    Undefined (``None``) where the figure is not above zero or no time is left.

    References
    ----------
    Eurostat, monitoring of indicators with a quantitative target (method checked).
    By hand: from 250 in 2024 to 600 in 2030.

    Examples
    --------
    >>> round(required_growth(250, 600, 2030 - 2024), 4)
    0.1571
    >>> required_growth(230, 225, 5)
    0.0
    """
    growth = compound_annual_growth_rate(value, target, years)
    return None if growth is None else max(0.0, growth)


def growth_ratio(actual: float | None, required: float | None) -> float | None:
    """Say how actual growth compares with the growth required since the base.

    Formula: actual growth rate / required growth rate.

    Parameters
    ----------
    actual, required
        Shares per year; ``None`` where undefined.

    Returns
    -------
    float or None
        Ratio, 1 where growth is as required; below zero where the figure falls.

    Notes
    -----
    Undefined (``None``) where a rate is, or where none is required: the target was met from the beginning.

    References
    ----------
    Eurostat, monitoring of indicators with a quantitative target (method checked).

    Examples
    --------
    >>> round(growth_ratio(0.04, 0.1571), 2)
    0.25
    """
    if actual is None or required is None or required <= 0:
        return None
    return actual / required


def classify_progress(
    ratio: float | None, *, is_met: bool = False, on_course: float = 0.95, moderate: float = 0.6
) -> Progress | None:
    """Put the ratio of actual to required growth into a class.

    Formula: at least ``on_course`` significant, at least ``moderate`` moderate, at least 0 insufficient, else moving
    away; target met before all.

    Parameters
    ----------
    ratio
        Ratio of actual to required growth.
    is_met
        Whether the latest figure has reached the target.
    on_course, moderate
        Lowest ratios of the two upper classes.

    Returns
    -------
    Progress or None
        The class.

    Raises
    ------
    MetricError
        Where ``on_course`` is below ``moderate``.

    Notes
    -----
    Undefined (``None``) where the ratio is and the target is not met.

    References
    ----------
    Eurostat, monitoring of indicators with a quantitative target: names of the classes checked, the limits of 95 and
    60 % are from memory.

    Examples
    --------
    >>> classify_progress(0.25).value, classify_progress(2.1, is_met=True).value
    ('insufficient', 'target met')
    """
    if on_course < moderate:
        raise MetricError(f"the limit of the upper class is below that of the lower: {on_course} < {moderate}")
    if is_met:
        return Progress.TARGET_MET
    if ratio is None:
        return None
    if ratio < 0:
        return Progress.MOVING_AWAY
    if ratio >= on_course:
        return Progress.SIGNIFICANT
    return Progress.MODERATE if ratio >= moderate else Progress.INSUFFICIENT


@dataclass(frozen=True, slots=True)
class Path:
    """The required path: constant growth from the base to the target."""

    base_year: float
    base: float
    target_year: float
    target: float


def required_value(path: Path, year: float) -> float | None:
    """Say where the required path stands in a year.

    Formula: x_0 (T / x_0)^((t - t_0) / (t_T - t_0)).

    Parameters
    ----------
    path
        Base and target.
    year
        Any year; before the base and after the target the path is carried on.

    Returns
    -------
    float or None
        Figure in the unit of the target.

    Notes
    -----
    Undefined (``None``) where base or target is not above zero, or the target is not after the base.

    References
    ----------
    Own definition, the path of constant growth that T02 measures against. By hand: half-way from 100 to 225.

    Examples
    --------
    >>> round(required_value(Path(2020, 100, 2030, 225), 2025), 9)
    150.0
    """
    if path.base <= 0 or path.target <= 0 or path.target_year <= path.base_year:
        return None
    return float(
        path.base * (path.target / path.base) ** ((year - path.base_year) / (path.target_year - path.base_year))
    )
