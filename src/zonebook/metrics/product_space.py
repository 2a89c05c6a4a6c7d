"""Which products are near each other, and how near an exporter is to those it does not export (X18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonebook.metrics.comparative_advantage import read_advantages


def compute_proximity(advantages: pd.DataFrame) -> pd.DataFrame:
    """Compute how often two products are exported together by those who export either (X18).

    Formula: ``phi_pq = min(P(p|q), P(q|p))`` = exporters of both / the larger number of exporters of one.

    Parameters
    ----------
    advantages
        Exporters x products, true where the exporter has a comparative advantage.

    Returns
    -------
    pandas.DataFrame
        Products x products, symmetric, in [0, 1], 1 on the diagonal. Products nobody has an advantage in are left
        out.

    Raises
    ------
    MetricError
        For a matrix that is not of true and false.

    References
    ----------
    Hidalgo et al. (2007). By hand: two exporters of one product, one of the other, one of both.

    Examples
    --------
    >>> advantages = pd.DataFrame({"84": [True, True], "90": [True, False], "27": [False, False]})
    >>> compute_proximity(advantages).to_numpy().tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    presence = read_advantages(advantages).astype(float)
    ubiquity = presence.sum(axis=0)
    known = ubiquity > 0
    presence, ubiquity = presence[:, known], ubiquity[known]
    products = advantages.columns[known]
    return pd.DataFrame(presence.T @ presence / np.maximum.outer(ubiquity, ubiquity), products, products)


def compute_density(advantages: pd.DataFrame, proximity: pd.DataFrame, *, counts_itself: bool) -> pd.DataFrame:
    """Compute how much of what is near a product an exporter already has (X18).

    Formula: ``omega_cp = sum_q M_cq phi_pq / sum_q phi_pq``.

    Parameters
    ----------
    advantages
        Exporters x products, true where the exporter has a comparative advantage; a zone is a row of its own.
    proximity
        Products x products from world trade, as by ``compute_proximity``.
    counts_itself
        Whether q = p is counted: program ecomplexity does, economic-complexity does not; up to 0.2 apart.

    Returns
    -------
    pandas.DataFrame
        Exporters x products of ``proximity``, in [0, 1]; missing for a product near no other.

    Raises
    ------
    MetricError
        For a matrix that is not of true and false.

    Notes
    -----
    Products of ``advantages`` without a proximity are left out; those the exporter does not list, it does not have.

    References
    ----------
    Hidalgo et al. (2007). By hand: an exporter of the first of two products that are 0.5 near.

    Examples
    --------
    >>> proximity = pd.DataFrame([[1.0, 0.5], [0.5, 1.0]], ["84", "90"], ["84", "90"])
    >>> zone = pd.DataFrame({"84": [True], "90": [False]}, index=["zone"])
    >>> compute_density(zone, proximity, counts_itself=True).round(4).loc["zone"].tolist()
    [0.6667, 0.3333]
    >>> compute_density(zone, proximity, counts_itself=False).loc["zone"].tolist()
    [0.0, 1.0]
    """
    read_advantages(advantages)
    products = proximity.index
    presence = advantages.reindex(columns=products, fill_value=False).to_numpy(dtype=float)
    near = proximity.reindex(columns=products).to_numpy(dtype=float, copy=True)
    if not counts_itself:
        np.fill_diagonal(near, 0.0)
    whole = near.sum(axis=0)
    density = np.full((len(presence), len(products)), np.nan)
    np.divide(presence @ near, whole, out=density, where=whole > 0)
    return pd.DataFrame(density, advantages.index, products)


@dataclass(frozen=True, slots=True, eq=False)
class Opportunities:
    """Products an exporter has no advantage in, and how near each is to those it has one in.

    ``density`` is by product, the nearest first; ``mean`` is over all of them.
    """

    density: pd.Series[Any]
    mean: float


def find_opportunities(density: pd.Series[Any], has_advantage: pd.Series[Any]) -> Opportunities | None:
    """Order the products an exporter has no advantage in by how near they are to those it has one in (X18).

    Formula: mean of ``omega_p`` over the products p with ``M_p = 0``.

    Parameters
    ----------
    density
        Density of the exporter by product, as by ``compute_density``.
    has_advantage
        Whether it has an advantage, by product; a product left out has none.

    Returns
    -------
    Opportunities or None
        ``None`` where there is no product without an advantage that is near another.

    References
    ----------
    Hidalgo et al. (2007). By hand: 0.4 and 0.2 where there is no advantage.

    Examples
    --------
    >>> density = pd.Series({"84": 0.9, "90": 0.2, "27": 0.4})
    >>> found = find_opportunities(density, pd.Series({"84": True}))
    >>> found.density.to_dict(), round(found.mean, 12)
    ({'27': 0.4, '90': 0.2}, 0.3)
    """
    has = has_advantage.reindex(density.index, fill_value=False).to_numpy(dtype=bool)
    missing = density[~has].dropna()
    if missing.empty:
        return None
    ordered = missing.sort_index().sort_values(ascending=False, kind="stable")
    return Opportunities(ordered, float(missing.mean()))
