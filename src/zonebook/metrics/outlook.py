"""Formulas of scenarios: the required path, time distance, straight lines and bands (T03, T04)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from zonebook.errors import MetricError
from zonebook.metrics.targets import Path, required_value

LEAST_POINTS_OF_FAN = 5
BANDS = (0.5, 0.8, 0.95)


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
