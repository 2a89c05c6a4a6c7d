"""Amounts as formulas take them: numbers at least zero, none missing."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError


def read_amounts(values: ArrayLike, what: str = "an amount") -> NDArray[np.float64]:
    """Return amounts as numbers, refusing what a formula of shares cannot take.

    Parameters
    ----------
    values
        Amounts of one unit, >= 0.
    what
        Name of an amount, for the message.

    Returns
    -------
    numpy.ndarray
        The amounts, shape kept.

    Raises
    ------
    MetricError
        For an amount that is missing, infinite or negative.

    Examples
    --------
    >>> read_amounts([1, 0, 2.5])
    array([1. , 0. , 2.5])
    """
    amounts = np.asarray(values, dtype=float)
    if not np.isfinite(amounts).all():
        raise MetricError(f"{what} is missing or not finite", remedy="Leave out rows without a value.")
    if (amounts < 0).any():
        raise MetricError(f"{what} is negative", remedy="Net returns against deliveries first.")
    return amounts
