"""Formulas of where partners are: effective numbers and distances (R01, R02, R05, X06)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError

EARTH_RADIUS_KM = 6371.0


def hill_number(weights: Sequence[float], order: float) -> float | None:
    """Say how many partners of equal weight would be as diverse as these: the effective number.

    Formula: (sum p_i^q)^(1 / (1 - q)); for q = 1 its limit exp(-sum p_i ln p_i); for q = 0 the number of partners.

    Parameters
    ----------
    weights
        Ties or values per partner, at least zero; zeros are no partners.
    order
        The order q, at least zero: the larger, the less small partners count.

    Returns
    -------
    float or None
        Effective number, in [1, number of partners].

    Raises
    ------
    MetricError
        For a weight or an order below zero, or not finite.

    Notes
    -----
    Undefined (``None``, not 0) where there is no partner. Natural logarithms.
    Weights by count and by value are two different series.

    References
    ----------
    Hill (1973), Jost (2006), from memory; Chao et al. (2014), spiders in a canopy with girdled trees: 26 species,
    12.06 and 7.84 effective ones (checked).

    Examples
    --------
    >>> spiders = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4] + [2] * 4 + [1] * 12
    >>> [round(hill_number(spiders, order), 2) for order in (0, 1, 2)]
    [26.0, 12.06, 7.84]
    """
    values = np.asarray(weights, dtype=float)
    if not np.all(np.isfinite(values)) or np.any(values < 0) or not order >= 0:
        raise MetricError(f"weights and order must be finite and at least zero, got order {order}")
    positive = values[values > 0]
    if positive.size == 0:
        return None
    # Divided by the largest first: sums of very large or very small weights stay finite.
    shares = positive / positive.max()
    shares = shares / shares.sum()
    if order == 1:
        number = math.exp(-float(shares @ np.log(shares)))
    elif math.isinf(order):
        number = 1 / float(shares.max())
    else:
        number = float(np.sum(shares**order)) ** (1 / (1 - order))
    return min(max(number, 1.0), float(positive.size))


def great_circle_km(
    latitude: ArrayLike, longitude: ArrayLike, other_latitude: ArrayLike, other_longitude: ArrayLike
) -> NDArray[np.float64]:
    """Say how far two places are apart along the surface of the globe.

    Formula: 2 R asin sqrt(sin²(Δφ/2) + cos φ1 cos φ2 sin²(Δλ/2)), R = 6371 km (haversine).

    Parameters
    ----------
    latitude, longitude
        Degrees, of one place or an array of them.
    other_latitude, other_longitude
        Degrees, of the same shape.

    Returns
    -------
    numpy.ndarray
        Kilometres, in [0, π R]; not a number where a coordinate is missing (the caller drops and counts these).

    Raises
    ------
    MetricError
        For a latitude outside -90 to 90.

    Notes
    -----
    The same place gives 0. A globe, not an ellipsoid: wrong by up to 0.6 %.

    References
    ----------
    scikit-learn, ``haversine_distances``: Ezeiza (Buenos Aires) to Charles de Gaulle (Paris) is 11 099.54 km (checked).

    Examples
    --------
    >>> float(great_circle_km(-34.83333, -58.5166646, 49.0083899664, 2.53844117956).round(2))
    11099.54
    """
    first, second = np.radians(np.asarray(latitude, dtype=float)), np.radians(np.asarray(other_latitude, dtype=float))
    if np.any(np.abs(first) > np.pi / 2 + 1e-12) or np.any(np.abs(second) > np.pi / 2 + 1e-12):
        raise MetricError("a latitude must lie between -90 and 90 degrees")
    across = np.radians(np.asarray(other_longitude, dtype=float) - np.asarray(longitude, dtype=float))
    chord = np.sin((second - first) / 2) ** 2 + np.cos(first) * np.cos(second) * np.sin(across / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1))), dtype=np.float64)


def _checked(distances: Sequence[float], weights: Sequence[float] | None) -> tuple[NDArray[np.float64], ...]:
    lengths = np.asarray(distances, dtype=float)
    loads = np.ones_like(lengths) if weights is None else np.asarray(weights, dtype=float)
    if lengths.shape != loads.shape:
        raise MetricError(f"each distance needs a weight, got {lengths.size} and {loads.size}")
    if not np.all(np.isfinite(lengths)) or np.any(lengths < 0) or not np.all(np.isfinite(loads)) or np.any(loads < 0):
        raise MetricError("distances and weights must be finite and at least zero")
    return lengths, loads


def mean_distance(distances: Sequence[float], weights: Sequence[float] | None = None) -> float | None:
    """Say how far ties reach on average.

    Formula: sum w d / sum w.

    Parameters
    ----------
    distances
        Kilometres, one for each tie.
    weights
        Weight of each tie, at least zero; all 1 if left out.

    Returns
    -------
    float or None
        Kilometres, between the shortest and the longest distance.

    Raises
    ------
    MetricError
        For distances or weights below zero, not finite, or not of one length.

    Notes
    -----
    Undefined (``None``) where there is no tie or all weights are zero.

    References
    ----------
    Textbook. By hand: (0 + 11 099.54) / 2, the way of scikit-learn's example and a tie without a way.

    Examples
    --------
    >>> mean_distance([0, 11_099.54])
    5549.77
    """
    lengths, loads = _checked(distances, weights)
    if lengths.size == 0 or loads.sum() == 0:
        return None
    mean = float(loads / loads.sum() @ lengths)
    return min(max(mean, float(lengths.min())), float(lengths.max()))


def distance_quantile(distances: Sequence[float], share: float, weights: Sequence[float] | None = None) -> float | None:
    """Say within which distance a share of all weight lies.

    Formula: weighted lower quantile, the smallest d with sum of w at or below d >= share times sum of w.

    Parameters
    ----------
    distances
        Kilometres, one for each tie.
    share
        From 0 to 1.
    weights
        Weight of each tie, at least zero; all 1 if left out.

    Returns
    -------
    float or None
        Kilometres, one of the distances.

    Raises
    ------
    MetricError
        For a share outside 0 to 1, for distances or weights below zero, not finite, or not of one length.

    Notes
    -----
    Undefined (``None``) where there is no tie or all weights are zero. A tie without weight is at no distance.

    References
    ----------
    Textbook; the inverse of the empirical distribution (Hyndman & Fan 1996, type 1, from memory). By hand: of four
    equal ties three quarters lie within the third distance.

    Examples
    --------
    >>> distance_quantile([10, 700, 30, 20], 0.75)
    30.0
    """
    if not 0 <= share <= 1:
        raise MetricError(f"a share lies between 0 and 1, got {share}")
    lengths, loads = _checked(distances, weights)
    lengths, loads = lengths[loads > 0], loads[loads > 0]
    if lengths.size == 0:
        return None
    order = np.argsort(lengths, kind="stable")
    reached = np.cumsum(loads[order])
    # Sums of weights are rounded: a share of them reached all but for that is reached.
    place = int(np.searchsorted(reached, reached[-1] * share * (1 - 1e-12)))
    return float(lengths[order][place])


def median_distance(distances: Sequence[float], weights: Sequence[float] | None = None) -> float | None:
    """Say how far the middle tie reaches: half of all weight is at this distance or nearer.

    Formula: weighted lower median, the smallest d with sum of w at or below d >= half of sum w.

    Parameters
    ----------
    distances
        Kilometres, one for each tie.
    weights
        Weight of each tie, at least zero; all 1 if left out.

    Returns
    -------
    float or None
        Kilometres, one of the distances.

    Raises
    ------
    MetricError
        For distances or weights below zero, not finite, or not of one length.

    Notes
    -----
    Undefined (``None``) where there is no tie or all weights are zero. Of an even number of equal weights the
    lower of the two middle ones is taken, so that the median is a distance that occurs.

    References
    ----------
    Textbook. By hand: of four equal ties the second.

    Examples
    --------
    >>> median_distance([10, 700, 30, 20])
    20.0
    >>> median_distance([10, 700], weights=[1, 3])
    700.0
    """
    return distance_quantile(distances, 0.5, weights)
