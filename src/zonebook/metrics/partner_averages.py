"""Means of residents' figures, weighted by what they buy or sell (L17, L18)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def average_by_amount(amounts: ArrayLike, values: ArrayLike) -> float | None:
    """Average figures of residents, weighted by their purchases (or sales) (L17, L18).

    Formula: ``sum_i v_i x_i / sum_i v_i``.

    Parameters
    ----------
    amounts
        Purchases (sales) v of each resident, RUB, >= 0.
    values
        Its figure x; residents without one are left out.

    Returns
    -------
    float or None
        In the unit of the figures; ``None`` if the amounts sum to 0.

    References
    ----------
    Own definition, the zone figure of L17. By hand below.

    Examples
    --------
    >>> average_by_amount([100.0, 30.0], [0.5, 1.0])
    0.6153846153846154
    """
    weight, value = np.asarray(amounts, dtype=float), np.asarray(values, dtype=float)
    known = ~np.isnan(value)
    total = float(weight[known].sum())
    return float((weight[known] * value[known]).sum()) / total if total > 0 else None
