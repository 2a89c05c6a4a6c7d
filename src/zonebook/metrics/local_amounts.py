"""What each resident buys and sells in all, and inside its zone (L08, L09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import index_parties
from zonebook.metrics.tie_totals import sum_at_places

# Part by which a local sum may exceed its whole: totals and ties are rounded by different hands.
_ROUNDING = 1e-9
_ENDS = {"buyer": ("to_party", "from_party"), "seller": ("from_party", "to_party")}


@dataclass(frozen=True, slots=True, eq=False)
class LocalAmounts:
    """Local and whole purchases (or sales) of residents: arrays in the order of ``index``, RUB.

    ``ties_rub`` is the sum of all ties of a resident, ``total_rub`` its own total, missing where not known,
    ``unvalued`` the number of its local ties without a value. ``own``, ``other`` and ``value_rub`` are the local ties
    with a value: the positions of the resident and of its partner among all residents listed.
    """

    index: pd.Index[Any]
    local_rub: NDArray[np.float64]
    ties_rub: NDArray[np.float64]
    total_rub: NDArray[np.float64]
    unvalued: NDArray[np.int64]
    own: NDArray[np.intp]
    other: NDArray[np.intp]
    value_rub: NDArray[np.float64]

    @property
    def share(self) -> NDArray[np.float64]:
        """Local part of each resident's total; missing where the total is not known or 0."""
        share = np.full(len(self.index), np.nan)
        np.divide(self.local_rub, self.total_rub, out=share, where=self.total_rub > 0)
        return share

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Whether each resident's own total is known."""
        return ~np.isnan(self.total_rub)

    @property
    def is_excessive(self) -> NDArray[np.bool_]:
        """Whether the local part of each resident is larger than its whole: the two do not cover the same."""
        return np.asarray(self.local_rub > self.total_rub * (1 + _ROUNDING), dtype=bool)

    @property
    def has_excess(self) -> bool:
        """Whether the local part of any resident is larger than its whole."""
        return bool(self.is_excessive.any())

    def select(self, places: NDArray[Any]) -> LocalAmounts:
        """Return the residents at some places of the index; the local ties stay those of all."""
        columns = {name: getattr(self, name)[places] for name in ("local_rub", "ties_rub", "total_rub", "unvalued")}
        return replace(self, index=self.index[places], **columns)


def list_local_amounts(
    ties: pd.DataFrame,
    residents: Iterable[Any],
    totals: pd.Series[float] | None = None,
    *,
    side: str = "buyer",
    places: pd.Series[Any] | None = None,
) -> LocalAmounts:
    """List the local and the whole purchases (or sales) of every resident (L08, L09).

    Formula: buyer ``l_i = sum_{j in zone} w_ji / sum_j w_ji``; seller ``sum_{j in zone} w_ij / sum_j w_ij``.

    Parameters
    ----------
    ties
        Supply ties of one year: columns ``from_party`` (seller), ``to_party`` (buyer), ``value_rub``.
    residents
        Ids of the residents.
    totals
        All purchases (sales) of each resident, RUB, by party id; ``None`` or blank where not known.
    side
        ``buyer`` or ``seller``: which end of a tie the residents are seen at.
    places
        Zone (or cluster) of each resident, by party id: local is what stays in one of them. ``None``: one zone.

    Returns
    -------
    LocalAmounts
        Amounts of every resident, RUB, and its share, 0-1.

    Raises
    ------
    MetricError
        For another side, or a resident listed twice.

    References
    ----------
    PP RF 779 (2015), as in ``sum_local``.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "far"], "to_party": ["b", "b"], "value_rub": [30.0, 50.0]})
    >>> found = list_local_amounts(ties, ["a", "b"], pd.Series({"b": 100.0}))
    >>> found.local_rub.tolist(), found.ties_rub.tolist(), found.share.tolist()
    ([0.0, 30.0], [0.0, 80.0], [nan, 0.3])
    """
    index = index_parties(residents)
    own, other = _place_ends(ties, index, side)
    values = ties["value_rub"].to_numpy(dtype=float, na_value=np.nan)
    is_mine = (own >= 0) & (own != other)
    is_local = is_mine & (other >= 0) & _share_place(own, other, index, places)
    local, valued = is_local & ~np.isnan(values), is_mine & ~np.isnan(values)
    return LocalAmounts(
        index,
        sum_at_places(own[local], values[local], len(index)),
        sum_at_places(own[valued], values[valued], len(index)),
        _read_totals(totals, index),
        np.bincount(own[is_local & np.isnan(values)], minlength=len(index)),
        *(own[local], other[local], values[local]),
    )


def _place_ends(ties: pd.DataFrame, index: pd.Index[Any], side: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the positions of both ends of ties, the one on that side first; -1 for who is no resident."""
    if side not in _ENDS:
        raise MetricError(f"a tie has the sides buyer and seller, not {side!r}")
    own, other = (index.get_indexer(pd.Index(ties[end], dtype=object)) for end in _ENDS[side])
    return own, other


def _read_totals(totals: pd.Series[float] | None, index: pd.Index[Any]) -> NDArray[np.float64]:
    if totals is None:
        return np.full(len(index), np.nan)
    return np.asarray(totals.reindex(index).to_numpy(dtype=float, na_value=np.nan), dtype=float)


def _share_place(
    own: NDArray[np.intp], other: NDArray[np.intp], index: pd.Index[Any], places: pd.Series[Any] | None
) -> NDArray[np.bool_]:
    """Tell which ties have both ends in one place; ends that are no residents (-1) are to be left out before."""
    if places is None or index.empty:
        return np.ones(len(own), dtype=bool)
    codes = pd.factorize(places.reindex(index).astype(object))[0]
    return np.asarray((codes[own] == codes[other]) & (codes[own] >= 0), dtype=bool)
