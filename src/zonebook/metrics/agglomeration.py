"""How far an industry clusters beyond the size of its firms: the Ellison-Glaeser index (L21)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError


def compute_ellison_glaeser(employees: ArrayLike, regions: ArrayLike, totals: pd.Series[Any]) -> float | None:
    """Compute how far an industry clusters beyond the size of its firms (L21).

    Formula: ``gamma = (G - (1 - sum x^2) H) / ((1 - sum x^2) (1 - H))``, ``G = sum_r (s_r - x_r)^2``, s =
    regions' shares of the industry, x = of all employment, H = Herfindahl index of the firms.

    Parameters
    ----------
    employees
        Employees of each firm of the industry, >= 0.
    regions
        Region of each firm.
    totals
        Employment of every region by region id, >= 0, regions without a firm included.

    Returns
    -------
    float or None
        In (-inf, 1], 0 = as scattered as chance; ``None`` for one firm, one region, or no employees.

    Raises
    ------
    MetricError
        For a negative or missing number, a firm in a region that is not in ``totals``, or a region twice.

    Notes
    -----
    Regions are matched by label and not by place: on the published case two labels swapped turn 0.060
    into -0.253.

    References
    ----------
    Ellison & Glaeser (1997); Farhauer & Kroell (2014) as in R package REAT.

    Examples
    --------
    Two equal firms in two equal regions of three: G = 2 (1/2 - 1/3)^2 + (1/3)^2 = 1/6, H = 1/2.

    >>> round(compute_ellison_glaeser([10, 10], ["a", "b"], pd.Series({"a": 5, "b": 5, "c": 5})), 4)
    -0.5
    """
    firms, places = np.asarray(employees, dtype=float), np.asarray(regions, dtype=object)
    weights = totals.to_numpy(dtype=float, na_value=np.nan)
    if firms.shape != places.shape:
        raise MetricError(f"{firms.size} firms need as many regions, got {places.size}")
    if not ((firms >= 0).all() and (weights >= 0).all()):
        raise MetricError("a number of employees is negative or missing")
    if not totals.index.is_unique:
        raise MetricError(f"region {totals.index[totals.index.duplicated()][0]!r} is listed twice")
    where = pd.Index(totals.index, dtype=object).get_indexer(pd.Index(places, dtype=object))
    if (where < 0).any():
        raise MetricError(f"region {places[where < 0][0]!r} of a firm has no total")
    if not (firms.sum() > 0 and weights.sum() > 0):
        return None
    return _compare_with_chance(firms / firms.sum(), where, weights / weights.sum())


def _compare_with_chance(
    firms: NDArray[np.float64], where: NDArray[np.intp], weights: NDArray[np.float64]
) -> float | None:
    """Return the Ellison-Glaeser index of shares of firms and regions."""
    if np.count_nonzero(firms) < 2 or np.count_nonzero(weights) < 2:
        return None
    shares = np.bincount(where, firms, len(weights))
    spread = float((shares - weights) @ (shares - weights))
    scatter = 1 - float(weights @ weights)
    herfindahl = float(firms @ firms)
    return (spread - scatter * herfindahl) / (scatter * (1 - herfindahl))
