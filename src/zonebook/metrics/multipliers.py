"""What a rouble of demand sets in motion: output multipliers with spillover, and linkages (R11, R12)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from zonebook.errors import MetricError
from zonebook.metrics.input_output import check_table, compute_coefficients, compute_leontief_inverse


def compute_multipliers(deliveries: ArrayLike, output: ArrayLike, regions: Sequence[str]) -> pd.DataFrame:
    """Compute output multipliers of sectors and the part that spills over to other regions (R11).

    Formula: ``m_j = sum_i L_ij``; spillover ``m_j - sum_{i in own region} L_ij``.

    Parameters
    ----------
    deliveries
        Z, n x n, RUB, >= 0.
    output
        x, n, RUB, >= 0.
    regions
        Region of each sector.

    Returns
    -------
    pandas.DataFrame
        By sector: ``multiplier`` >= 1, ``own`` part, ``spillover`` >= 0, ``without_output`` (flag).

    Raises
    ------
    MetricError
        If the shapes do not fit or a number is negative or missing.
    DataError
        If the spectral radius of A is 1 or more.

    Notes
    -----
    A sector without output has coefficients of 0, a multiplier of 1, and is flagged. Inter-regional tables
    of Russia are not official: mark results as a model's.

    References
    ----------
    Miller & Blair (2009), ch. 3 and 6: the two-sector example has multipliers 1.518 and 1.452.

    Examples
    --------
    >>> compute_multipliers([[150, 500], [200, 100]], [1000, 2000], ["r", "r"])["multiplier"].round(3).tolist()
    [1.518, 1.452]
    """
    coefficients = compute_coefficients(deliveries, output)
    inverse = compute_leontief_inverse(coefficients)
    place = np.asarray(regions, dtype=object)
    if place.shape != (len(inverse),):
        raise MetricError(f"{len(inverse)} sectors need as many regions, got {place.size}")
    own = np.where(place[:, None] == place[None, :], inverse, 0.0).sum(axis=0)
    elsewhere = np.where(place[:, None] == place[None, :], 0.0, inverse).sum(axis=0)
    return pd.DataFrame(
        {
            "multiplier": own + elsewhere,
            "own": own,
            "spillover": elsewhere,
            "without_output": np.asarray(output, dtype=float) == 0,
        }
    )


def compute_linkages(deliveries: ArrayLike, output: ArrayLike) -> pd.DataFrame:
    """Compute how strongly each sector pulls its suppliers and pushes its customers (R12).

    Formula: backward (Rasmussen) ``n sum_i L_ij / sum L``; forward ``n sum_j G_ij / sum G`` with Ghosh's
    ``G = (I - x^-1 Z)^-1``.

    Parameters
    ----------
    deliveries
        Z, n x n, RUB, >= 0.
    output
        x, n, RUB, >= 0.

    Returns
    -------
    pandas.DataFrame
        By sector: ``backward`` and ``forward``, 1 = average, ``without_output`` (flag).

    Raises
    ------
    MetricError
        If the shapes do not fit or a number is negative or missing.
    DataError
        If the spectral radius is 1 or more.

    References
    ----------
    Rasmussen (1957); Ghosh (1958).

    Examples
    --------
    >>> compute_linkages([[150, 500], [200, 100]], [1000, 2000]).round(4)["backward"].tolist()
    [1.0222, 0.9778]
    """
    flows, total = check_table(deliveries, output)
    inverse = compute_leontief_inverse(compute_coefficients(flows, total))
    allocation = np.divide(flows, total[:, None], out=np.zeros_like(flows), where=total[:, None] > 0)
    ghosh = compute_leontief_inverse(allocation)
    n = len(total)
    return pd.DataFrame(
        {
            "backward": n * inverse.sum(axis=0) / inverse.sum(),
            "forward": n * ghosh.sum(axis=1) / ghosh.sum(),
            "without_output": total == 0,
        }
    )


def average_by_output(numbers: ArrayLike, output: ArrayLike) -> float | None:
    """Average multipliers or linkages of sectors, each weighted by its output (R11, R12).

    Formula: ``sum x_j m_j / sum x_j``.

    Parameters
    ----------
    numbers
        One for each sector.
    output
        x, RUB, >= 0, of the same length.

    Returns
    -------
    float or None
        Between the smallest and the largest number; ``None`` without any output.

    References
    ----------
    Miller & Blair (2009), ch. 6, on weighted multipliers, from memory. By hand: (1 * 1.518 + 2 * 1.452) / 3.

    Examples
    --------
    >>> round(average_by_output([1.518, 1.452], [1000, 2000]), 3)
    1.474
    """
    weights = np.asarray(output, dtype=float)
    total = float(weights.sum())
    return float(np.asarray(numbers, dtype=float) @ (weights / total)) if total > 0 else None


def count_key_sectors(backward: ArrayLike, forward: ArrayLike) -> int:
    """Count the sectors that pull and push more than the average: key sectors (R12).

    Formula: number of sectors with backward > 1 and forward > 1.

    Parameters
    ----------
    backward, forward
        Linkages by sector, 1 = average.

    References
    ----------
    Rasmussen (1957), from memory.

    Examples
    --------
    >>> count_key_sectors([1.2, 0.9], [1.1, 1.3])
    1
    """
    return int(((np.asarray(backward, dtype=float) > 1) & (np.asarray(forward, dtype=float) > 1)).sum())
