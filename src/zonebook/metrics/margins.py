"""New markets or more of the same: the change of exports by what was kept, won and lost (X11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from zonebook.errors import MetricError
from zonebook.metrics.amounts import read_amounts


@dataclass(frozen=True, slots=True)
class Margins:
    """The change of exports between two years, in their currency: ``change = intensive + entry - exit``.

    ``intensive`` is the change in cells of both years, ``entry`` the exports of new cells, ``exit`` those of cells
    lost. ``left_out`` is the change in amounts below the minimum, which no margin counts.
    """

    change: float
    intensive: float
    entry: float
    exit: float
    left_out: float
    n_kept: int
    n_new: int
    n_lost: int

    @property
    def extensive(self) -> float:
        """Entry less exit."""
        return self.entry - self.exit

    @property
    def intensive_share(self) -> float | None:
        """Part of the change that is intensive; ``None`` where nothing changed. Signed: may lie outside 0-1."""
        return None if self.change == 0 else self.intensive / self.change

    @property
    def extensive_share(self) -> float | None:
        """Part of the change that is extensive; ``None`` where nothing changed."""
        return None if self.change == 0 else self.extensive / self.change


def decompose_change(before: pd.Series[Any], after: pd.Series[Any], minimum: float = 0.0) -> Margins:
    """Decompose the change of exports into cells kept, new and lost (X11).

    Formula: ``dX = sum over kept of (x_t - x_{t-1}) + sum over new of x_t - sum over lost of x_{t-1}``.

    Parameters
    ----------
    before, after
        Exports of two years by cell: an index of product and destination, or of exporter, product and destination;
        one currency, >= 0. A cell listed twice is summed.
    minimum
        Smallest amount that makes a cell one of exports; smaller ones are left out.

    Returns
    -------
    Margins
        Amounts with sign and numbers of cells. Two empty years give zeros.

    Raises
    ------
    MetricError
        For an amount that is negative or missing, or two indexes of different levels.

    Notes
    -----
    Shares of a change of 0 are undefined (``None``), the amounts are given all the same. Both years need codes of
    one revision of the classification: a product that changed its code is not a new product.

    References
    ----------
    Besedes & Prusa (2011); Hummels & Klenow (2005). By hand: 100 kept grows by 20, 30 are new, 10 are lost.

    Examples
    --------
    >>> before = pd.Series({("84", "KAZ"): 100.0, ("84", "BLR"): 10.0})
    >>> found = decompose_change(before, pd.Series({("84", "KAZ"): 120.0, ("90", "KAZ"): 30.0}))
    >>> found.change, found.intensive, found.entry, found.exit
    (40.0, 20.0, 30.0, 10.0)
    >>> found.intensive_share
    0.5
    """
    if before.index.nlevels != after.index.nlevels:
        raise MetricError(f"cells of {before.index.nlevels} and of {after.index.nlevels} keys cannot be compared")
    first, last = _sum_cells(before), _sum_cells(after)
    total = float(last.sum() - first.sum())
    first, last = first.where(first >= minimum, 0.0), last.where(last >= minimum, 0.0)
    earlier, later = first[first > 0], last[last > 0]
    stays, stayed = later.index.isin(earlier.index), earlier.index.isin(later.index)
    intensive = float(later[stays].sum() - earlier[stayed].sum())
    entry, exit_ = float(later[~stays].sum()), float(earlier[~stayed].sum())
    change = intensive + entry - exit_
    counts = int(stays.sum()), int((~stays).sum()), int((~stayed).sum())
    return Margins(change, intensive, entry, exit_, total - float(last.sum() - first.sum()), *counts)


def _sum_cells(amounts: pd.Series[Any]) -> pd.Series[Any]:
    read_amounts(amounts)
    if amounts.index.is_unique:
        return amounts.astype(float)
    return amounts.astype(float).groupby(level=list(range(amounts.index.nlevels))).sum()
