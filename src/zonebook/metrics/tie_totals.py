"""Totals of an exhaustive ledger of ties, and the mirror check of its two sides (L08, L09)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError


def sum_tie_values(ties: pd.DataFrame, *, side: str = "buyer") -> pd.Series[float]:
    """Sum what each party bought (or sold) in all: the total of an exhaustive ledger.

    Formula: ``sum_j w_ji`` by buyer, or ``sum_j w_ij`` by seller.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, ``value_rub``.
    side
        ``buyer`` or ``seller``.

    Returns
    -------
    pandas.Series
        RUB by party id.

    Raises
    ------
    MetricError
        For another side.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "b"], "to_party": ["c", "c"], "value_rub": [1.0, 2.0]})
    >>> sum_tie_values(ties).to_dict()
    {'c': 3.0}
    """
    columns = {"buyer": "to_party", "seller": "from_party"}
    if side not in columns:
        raise MetricError(f"a tie has the sides buyer and seller, not {side!r}")
    valued = drop_loops(ties).dropna(subset=["value_rub"])
    return valued["value_rub"].astype("float64").groupby(valued[columns[side]].astype(object)).sum()


@dataclass(frozen=True, slots=True)
class MirrorCheck:
    """Local sales as sellers report them, local purchases as buyers do, and the gap between them."""

    sales_rub: float
    purchases_rub: float

    @property
    def gap_rub(self) -> float:
        """Sales less purchases, RUB."""
        return self.sales_rub - self.purchases_rub

    @property
    def gap_share(self) -> float | None:
        """Size of the gap in the larger of the two figures, 0-1; ``None`` if both are 0."""
        larger = max(self.sales_rub, self.purchases_rub)
        return abs(self.gap_rub) / larger if larger else None


def compare_mirror(sales_rub: float, purchases_rub: float) -> MirrorCheck:
    """Compare local sales with local purchases of a zone, which are the same flows (L09).

    Formula: ``gap = sales - purchases``.

    Parameters
    ----------
    sales_rub, purchases_rub
        Local sales reported by sellers, local purchases reported by buyers; RUB, >= 0.

    Returns
    -------
    MirrorCheck
        The gap in RUB and as a share.

    Examples
    --------
    >>> compare_mirror(100.0, 80.0).gap_share
    0.2
    """
    return MirrorCheck(sales_rub, purchases_rub)


def sum_at_places(places: NDArray[np.intp], values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Sum values by place.

    Parameters
    ----------
    places
        Place of each value, from 0.
    values
        What is summed.
    count
        How many places there are.

    Examples
    --------
    >>> sum_at_places(np.array([0, 2, 0]), np.array([1.0, 5.0, 2.0]), 4).tolist()
    [3.0, 0.0, 5.0, 0.0]
    """
    return np.asarray(np.bincount(places, values, count), dtype=float)


def drop_loops(ties: pd.DataFrame) -> pd.DataFrame:
    """Return the ties between two known and different parties."""
    found = ties.dropna(subset=["from_party", "to_party"])
    return found[found["from_party"] != found["to_party"]]
