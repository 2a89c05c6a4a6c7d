"""Formulas of exports: growth, intensity, exporters and the blocs they go to (X01–X05, X15)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from zonebook.errors import MetricError

# The exclusive partition of destinations: a country counts in the first bloc it is a member of.
BLOCS = ("EAEU", "CIS", "BRICS")
REST = "rest"
_LEAST_POINTS_OF_TREND = 4


def growth_rate(previous: float, current: float) -> float | None:
    """Say by what share a figure changed against the one before.

    Formula: x_t / x_{t-1} - 1.

    Parameters
    ----------
    previous, current
        Figures of the same indicator, unit and period type, one year apart.

    Returns
    -------
    float or None
        Share, in (-1, inf) for a positive current figure.

    Notes
    -----
    Undefined (``None``) where the previous figure is not above zero.
    Convention: nominal figures give nominal growth.

    References
    ----------
    Own definition in the form of the national accounts; the number below is the Investopedia example of compound
    growth (24.93 % a year over three years), taken over its whole span.

    Examples
    --------
    >>> growth_rate(10_000, 19_500)
    0.95
    >>> growth_rate(0, 50) is None
    True
    """
    if previous <= 0:
        return None
    return current / previous - 1


def compound_annual_growth_rate(first: float, last: float, years: float) -> float | None:
    """Say by what constant yearly share a figure would have grown from the first to the last.

    Formula: (x_T / x_0)^(1 / (T - 0)) - 1.

    Parameters
    ----------
    first, last
        Figures of the same indicator and unit.
    years
        Years between their dates, not the number of figures less one: inner years may be missing.

    Returns
    -------
    float or None
        Share per year, in [-1, inf).

    Notes
    -----
    Undefined (``None``) where the first figure is not above zero, the last is below zero, or no time has passed.

    References
    ----------
    Bureau of Economic Analysis, definition of the compound annual growth rate (checked). The number is the
    Investopedia example: 10 000 to 19 500 in three years is 24.93 % a year.

    Examples
    --------
    >>> round(compound_annual_growth_rate(10_000, 19_500, 3) * 100, 2)
    24.93
    >>> compound_annual_growth_rate(0, 50, 2) is None
    True
    """
    if first <= 0 or last < 0 or years <= 0:
        return None
    return float((last / first) ** (1 / years) - 1)


def log_trend_growth(years: Sequence[float], values: Sequence[float]) -> float | None:
    """Say by what yearly share a figure grew along the straight line through the logarithms of all its points.

    Formula: exp(b) - 1, b the least-squares slope of ln x on the year.

    Parameters
    ----------
    years
        Dates of the points, in years; need not be evenly spaced.
    values
        Figures at these dates, of one unit.

    Returns
    -------
    float or None
        Share per year, in (-1, inf).

    Raises
    ------
    MetricError
        Where years and values are not of one length.

    Notes
    -----
    Undefined (``None``) with fewer than four points, all of one date, or a figure not above zero.
    Natural logarithms.

    References
    ----------
    Ordinary least squares (textbook). By hand: a figure that doubles every year grows by 100 % a year.

    Examples
    --------
    >>> round(log_trend_growth([2020, 2021, 2022, 2024], [1, 2, 4, 16]), 12)
    1.0
    >>> log_trend_growth([2020, 2021, 2022], [1, 2, 4]) is None
    True
    """
    if len(years) != len(values):
        raise MetricError(f"a trend needs a year for each value, got {len(years)} years and {len(values)} values")
    if len(years) < _LEAST_POINTS_OF_TREND or min(values) <= 0 or min(years) == max(years):
        return None
    time = np.asarray(years, dtype=float) - np.mean(years)
    slope = float(time @ np.log(np.asarray(values, dtype=float)) / (time @ time))
    return math.expm1(slope)


def deflate(nominal: float, index: float) -> float | None:
    """Say what a sum is worth in the prices of the index's base year.

    Formula: x / I, with I = 1 in the base year.

    Parameters
    ----------
    nominal
        Sum in the prices of its year.
    index
        Price index of that year, 1 in the base year.

    Returns
    -------
    float or None
        Sum in the prices of the base year, in the same currency.

    Notes
    -----
    Undefined (``None``) where the index is not above zero.

    References
    ----------
    IMTS 2010 (United Nations), from memory. By hand: at prices doubled since the base year, 100 is worth 50.

    Examples
    --------
    >>> deflate(100, 2)
    50.0
    """
    return nominal / index if index > 0 else None


def export_intensity(exports: float, revenue: float) -> float | None:
    """Say which share of revenue is earned abroad.

    Formula: exports / revenue, of the same firms in the same period.

    Parameters
    ----------
    exports, revenue
        Sums in one currency, at least zero. For a zone: the sums over its firms, not a mean of their shares.

    Returns
    -------
    float or None
        Share in [0, 1].

    Raises
    ------
    MetricError
        For a sum below zero.

    Notes
    -----
    Undefined (``None``) where revenue is zero, or where exports exceed it: the two then cover different firms.

    References
    ----------
    Order 907 of the Ministry of Economic Development (2015), share of exported output (checked).
    By hand: exports of 1.0 bn on a revenue of 108.3 bn.

    Examples
    --------
    >>> round(export_intensity(1.0e9, 108.3e9), 4)
    0.0092
    >>> export_intensity(2, 1) is None
    True
    """
    if exports < 0 or revenue < 0:
        raise MetricError(f"exports and revenue must be at least zero, got {exports} and {revenue}")
    if revenue == 0 or exports > revenue:
        return None
    return exports / revenue


def median_intensity(exports: Iterable[float], revenues: Iterable[float]) -> float | None:
    """Say which share of its revenue the middle firm earns abroad.

    Formula: median of exports / revenue over firms.

    Parameters
    ----------
    exports, revenues
        Of each firm, in the same period.

    Returns
    -------
    float or None
        Share, in [0, 1].

    Raises
    ------
    MetricError
        For figures below zero, or lists of different lengths.

    Notes
    -----
    A firm without revenue, or with exports above it, has no intensity and is left out. Undefined (``None``) where no
    firm has one. Stands beside the ratio of sums, never instead.

    References
    ----------
    Own definition. By hand: three firms that sell 0, 1 and 8 of 10 abroad.

    Examples
    --------
    >>> median_intensity([0, 1, 8], [10, 10, 10])
    0.1
    """
    pairs = list(exports), list(revenues)
    if len(pairs[0]) != len(pairs[1]):
        raise MetricError(f"{len(pairs[0])} exports need as many revenues, got {len(pairs[1])}")
    known = [export_intensity(float(sold), float(revenue)) for sold, revenue in zip(*pairs, strict=True)]
    found = [intensity for intensity in known if intensity is not None]
    return float(np.median(found)) if found else None


def exporter_share(exporters: int, firms: int, unknown: int = 0) -> tuple[float, float, float] | None:
    """Say which share of firms exports, with bounds for those that did not answer.

    Formula: k / n among the n firms that answered; bounds [k / (n + m), (k + m) / (n + m)], m without an answer.

    Parameters
    ----------
    exporters
        Firms with exports above zero.
    firms
        Firms that answered.
    unknown
        Firms that did not answer.

    Returns
    -------
    tuple of float, or None
        Share, its lower and its upper bound, each in [0, 1].

    Raises
    ------
    MetricError
        For counts below zero or more exporters than firms.

    Notes
    -----
    Undefined (``None``) where no firm answered.

    References
    ----------
    World Bank, Exporter Dynamics Database (from memory). By hand: every seventh of 14 firms.

    Examples
    --------
    >>> exporter_share(1, 4, unknown=4)
    (0.25, 0.125, 0.625)
    """
    if min(exporters, firms, unknown) < 0 or exporters > firms:
        raise MetricError(f"{exporters} exporters among {firms} firms and {unknown} unknown cannot be")
    if firms == 0:
        return None
    everyone = firms + unknown
    return exporters / firms, exporters / everyone, (exporters + unknown) / everyone


def assign_blocs(countries: Collection[str], members: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Say which part of the exclusive partition each country belongs to.

    Formula: the first of EAEU, CIS, BRICS the country is a member of, else the rest.

    Parameters
    ----------
    countries
        ISO 3166 alpha-3 codes.
    members
        Members of each bloc on the date wanted; a bloc left out has none.

    Returns
    -------
    dict
        Part by country; each country is in exactly one part.

    Notes
    -----
    Blocs overlap, so shares of whole blocs do not add up; those of this partition do.

    References
    ----------
    Charters of the blocs (from memory); membership is data.

    Examples
    --------
    >>> assign_blocs(["KAZ", "UZB", "SRB"], {"EAEU": {"KAZ"}, "CIS": {"KAZ", "UZB"}})
    {'KAZ': 'EAEU', 'UZB': 'CIS', 'SRB': 'rest'}
    """
    return {country: next((bloc for bloc in BLOCS if country in members.get(bloc, ())), REST) for country in countries}


def bloc_shares(weights: Mapping[str, float], parts: Mapping[str, str]) -> dict[str, float] | None:
    """Say how exports, or destinations, divide between the parts of the exclusive partition.

    Formula: sum of w_c over the countries c of a part / sum of w_c.

    Parameters
    ----------
    weights
        Exports by country, or 1 for each country to count destinations.
    parts
        Part of each country, as :func:`assign_blocs` gives it.

    Returns
    -------
    dict or None
        Share in [0, 1] for each of EAEU, CIS (other), BRICS (other) and rest; they add up to 1.

    Raises
    ------
    MetricError
        For a weight below zero.

    Notes
    -----
    Undefined (``None``) where all weights are zero or there are none.

    References
    ----------
    Own definition. By hand: two of four destinations in the first part.

    Examples
    --------
    >>> bloc_shares({"KAZ": 1, "BLR": 1, "SRB": 1, "CHN": 1}, {"KAZ": "EAEU", "BLR": "EAEU", "CHN": "BRICS"})
    {'EAEU': 0.5, 'CIS': 0.0, 'BRICS': 0.25, 'rest': 0.25}
    """
    if any(weight < 0 for weight in weights.values()):
        raise MetricError("exports must be at least zero")
    whole = math.fsum(weights.values())
    if whole == 0:
        return None
    sums = dict.fromkeys((*BLOCS, REST), 0.0)
    for country, weight in weights.items():
        sums[parts.get(country, REST)] += weight
    return {part: amount / whole for part, amount in sums.items()}
