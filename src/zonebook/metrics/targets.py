"""Formulas of targets: attainment, required growth, scenarios and time distance (T01–T04)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from zonebook.errors import MetricError
from zonebook.metrics.trade import compound_annual_growth_rate

LEAST_POINTS_OF_FAN = 5
BANDS = (0.5, 0.8, 0.95)


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


def extend_line(base_year: float, base: float, year: float, now: float, later: float) -> float | None:
    """Say where a figure would stand if it went on along the straight line from its base.

    Formula: max(0, x_t + (x_t - x_0) / (t - t_0) (t_later - t)).

    Parameters
    ----------
    base_year, base
        The earlier point.
    year, now
        The latest point.
    later
        The year asked for.

    Returns
    -------
    float or None
        Figure in the unit of the points, at least zero.

    Notes
    -----
    Undefined (``None``) where the latest point is not later than the base. A straight line, not constant growth:
    carried on for ten years, high growth rates from few points give figures nobody would believe.

    References
    ----------
    Own definition. By hand: 10 a year, from 150 in 2025 on.

    Examples
    --------
    >>> extend_line(2020, 100, 2025, 150, 2030)
    200.0
    """
    if year <= base_year:
        return None
    return max(0.0, now + (now - base) / (year - base_year) * (later - year))


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


def time_distance(path: Path, year: float, value: float) -> float | None:
    """Say how many years a figure is ahead of the required path; minus where it is behind.

    Formula: S = t_path(x) - t_actual(x), t_path(x) = t_0 + (t_T - t_0) ln(x / x_0) / ln(T / x_0).

    Parameters
    ----------
    path
        Base and target.
    year, value
        The latest figure.

    Returns
    -------
    float or None
        Years: the path stands at this figure S years later than the zone does (S < 0: it stood there earlier, the
        zone is behind).

    Notes
    -----
    Undefined (``None``) where the path has no growth, a figure is not above zero, or the figure lies outside the path
    from base to target, which then never passes through it.

    References
    ----------
    Sicherl's time distance, in OECD/JRC (2008) Handbook on Constructing Composite Indicators, Box 8 (checked).
    By hand: a figure of 2025 that the path from 100 in 2020 to 225 in 2030 passes in 2025.

    Examples
    --------
    >>> abs(round(time_distance(Path(2020, 100, 2030, 225), 2025, 150), 9))
    0.0
    >>> round(time_distance(Path(2020, 100, 2030, 400), 2025, 100 * 4**0.3), 9)
    -2.0
    """
    if required_value(path, year) is None or value <= 0 or path.target == path.base:
        return None
    if not min(path.base, path.target) <= value <= max(path.base, path.target):
        return None
    part = math.log(value / path.base) / math.log(path.target / path.base)
    return path.base_year + (path.target_year - path.base_year) * part - year


@dataclass(frozen=True, slots=True)
class Band:
    """Where a figure is expected with a probability: the middle, and the bounds."""

    probability: float
    middle: float
    lower: float
    upper: float


def forecast_bands(years: Sequence[float], values: Sequence[float], horizon: float) -> tuple[Band, ...] | None:
    """Say within which bounds a figure is to be expected if it goes on growing as unevenly as before.

    Formula: ln x_{t+h} ~ N(ln x_t + μ h, σ² h), μ and σ² of the logarithmic growth between the points, for each by
    its length in years.

    Parameters
    ----------
    years
        Dates of the points, rising; inner years may be missing.
    values
        A level series, not cumulative, of one unit.
    horizon
        Years after the last point, above zero.

    Returns
    -------
    tuple of Band, or None
        Bands of 50, 80 and 95 %, each within the next; they widen with the horizon.

    Raises
    ------
    MetricError
        For years that do not rise, or not as many as values, or a horizon not above zero.

    Notes
    -----
    Undefined (``None``) with fewer than five points or a figure not above zero: then no probabilities are given.
    The uncertainty of μ itself is not in the bands.

    References
    ----------
    Fan charts of the Bank of England (tradition, from memory); no published case. By hand: growth without any
    unevenness has bands without width.

    Examples
    --------
    >>> [round(band.middle, 6) for band in forecast_bands(range(2020, 2025), [1, 2, 4, 8, 16], 1)]
    [32.0, 32.0, 32.0]
    """
    if len(years) != len(values) or any(later <= earlier for earlier, later in itertools.pairwise(years)):
        raise MetricError("a fan needs a year for each value, in rising order")
    if horizon <= 0:
        raise MetricError(f"the horizon of a fan must be above zero, got {horizon}")
    if len(years) < LEAST_POINTS_OF_FAN or min(values) <= 0:
        return None
    steps = [later - earlier for earlier, later in itertools.pairwise(years)]
    growth = [math.log(later / earlier) for earlier, later in itertools.pairwise(values)]
    drift = math.fsum(growth) / math.fsum(steps)
    variance = math.fsum((g - drift * s) ** 2 / s for g, s in zip(growth, steps, strict=True)) / (len(steps) - 1)
    centre, spread = math.log(values[-1]) + drift * horizon, math.sqrt(variance * horizon)
    bands = []
    for probability in BANDS:
        reach = NormalDist().inv_cdf(0.5 + probability / 2) * spread
        bands.append(Band(probability, math.exp(centre), math.exp(centre - reach), math.exp(centre + reach)))
    return tuple(bands)
