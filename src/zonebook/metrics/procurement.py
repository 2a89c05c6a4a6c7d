"""How much of what residents buy and sell stays in the zone (L08, L09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonebook.errors import DataError
from zonebook.metrics.local_amounts import LocalAmounts, list_local_amounts


@dataclass(frozen=True, slots=True, eq=False)
class LocalShare:
    """Local part of residents' purchases or sales.

    ``local_rub`` is of all residents, ``known_local_rub`` and ``total_rub`` of those whose total is known, ``share``
    is their ratio (``None`` where no total is known, or they sum to 0). ``upper`` is the share if local ties without
    a value were as large as the totals leave room for.
    """

    share: float | None
    upper: float | None
    local_rub: float
    known_local_rub: float
    total_rub: float | None
    without_total: int
    ties_without_value: int
    amounts: LocalAmounts

    @property
    def by_party(self) -> pd.DataFrame:
        """Columns ``local_rub``, ``total_rub`` and ``share`` by resident."""
        found = self.amounts
        columns = {"local_rub": found.local_rub, "total_rub": found.total_rub, "share": found.share}
        return pd.DataFrame(columns, index=found.index)


def sum_local(amounts: LocalAmounts) -> LocalShare:
    """Sum up the local and the whole purchases (or sales) of residents (L08, L09).

    Formula: ``sum_i sum_{j in zone} w_ji / sum_i sum_j w_ji``, a ratio of sums and not a mean of ratios.

    Parameters
    ----------
    amounts
        Amounts of all residents, or of some.

    Returns
    -------
    LocalShare
        Share 0-1 (``None`` if undefined) with numerator, denominator and the distribution.

    Raises
    ------
    DataError
        If the local part of a resident exceeds its whole.

    Notes
    -----
    A resident whose total is not known is in neither side of the ratio and is counted. A local tie without a value
    can be as large as what its resident's total leaves beside all ties with a value.

    References
    ----------
    PP RF 779 (2015): functional dependence (thresholds checked in two digests, the formula not read).

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["b", "a", "a"], "to_party": ["a", "b", "b"], "value_rub": [10, 30, None]})
    >>> found = sum_local(list_local_amounts(ties, ["a", "b"], pd.Series({"a": 100.0, "b": 100.0})))
    >>> found.share, found.upper
    (0.2, 0.55)
    """
    if amounts.has_excess:
        excess = int(np.argmax(amounts.is_excessive))
        local, total = amounts.local_rub[excess], amounts.total_rub[excess]
        raise DataError(
            f"local amounts of {local:g} RUB exceed the total of {total:g} RUB",
            place=f"party {amounts.index[excess]}",
            remedy="Check the year and unit of its ties against its totals in party_year.",
        )
    known = amounts.is_known
    room = np.clip(amounts.total_rub - amounts.ties_rub, 0, None)[known & (amounts.unvalued > 0)]
    whole = float(amounts.total_rub[known].sum()) if known.any() else None
    numerator = float(amounts.local_rub[known].sum())
    return LocalShare(
        share=numerator / whole if whole else None,
        upper=(numerator + float(room.sum())) / whole if whole else None,
        local_rub=float(amounts.local_rub.sum()),
        known_local_rub=numerator,
        total_rub=whole,
        without_total=int((~known).sum()),
        ties_without_value=int(amounts.unvalued.sum()),
        amounts=amounts,
    )


def measure_register_cover(amounts: LocalAmounts) -> float | None:
    """Measure which part of residents' purchases (or sales) the ties of a register account for (L08, L09).

    Formula: ``sum_i sum_j w_ji / sum_i total_i`` over residents whose own total is known; 1 for an exhaustive ledger.

    Parameters
    ----------
    amounts
        Amounts of all residents, or of some.

    Returns
    -------
    float or None
        At least 0; above 1 the ties and the totals contradict each other. ``None`` if totals are unknown or sum to 0.

    References
    ----------
    Own definition: the control total of section 9 of the catalogue.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "far"], "to_party": ["b", "b"], "value_rub": [30.0, 50.0]})
    >>> measure_register_cover(list_local_amounts(ties, ["a", "b"], pd.Series({"b": 100.0})))
    0.8
    """
    known = amounts.is_known
    total = float(amounts.total_rub[known].sum())
    return float(amounts.ties_rub[known].sum()) / total if total > 0 else None


def measure_local_purchases(
    ties: pd.DataFrame, residents: Iterable[Any], totals: pd.Series[float] | None = None
) -> LocalShare:
    """Measure which part of residents' purchases comes from other residents (L08).

    Formula: buyer ``l_i = sum_{j in zone} w_ji / sum_j w_ji``; zone ``sum_i sum_{j in zone} w_ji / sum_i
    sum_j w_ji``, a ratio of sums and not a mean of ratios.

    Parameters
    ----------
    ties
        Supply ties of one year: columns ``from_party`` (seller), ``to_party`` (buyer), ``value_rub``.
    residents
        Ids of the residents.
    totals
        All purchases of each resident, RUB, by party id (``party_year.purchases_rub``, or
        ``sum_tie_values`` of an exhaustive ledger); ``None`` or blank where not known.

    Returns
    -------
    LocalShare
        Share 0-1 (``None`` if undefined) with numerator, denominator and the distribution.

    Raises
    ------
    DataError
        If local purchases of a resident exceed all its purchases.

    Notes
    -----
    Where no resident's total is known only the numerator is published. Ties without a value make the numerator a
    lower bound and are counted. Lines to compare with: 20 %, in some territories 10 %.

    References
    ----------
    PP RF 779 (2015): functional dependence (thresholds checked in two digests, the formula not read).

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "b"], "to_party": ["b", "a"], "value_rub": [30.0, 10.0]})
    >>> found = measure_local_purchases(ties, ["a", "b"], pd.Series({"a": 100.0, "b": 100.0}))
    >>> found.share, found.by_party["share"].tolist()
    (0.2, [0.1, 0.3])
    """
    return sum_local(list_local_amounts(ties, residents, totals))


def measure_local_sales(
    ties: pd.DataFrame, residents: Iterable[Any], totals: pd.Series[float] | None = None
) -> LocalShare:
    """Measure which part of residents' sales goes to other residents (L09).

    Formula: ``sum_i sum_{j in zone} w_ij / sum_i revenue_i``.

    Parameters
    ----------
    ties
        Supply ties of one year: columns ``from_party`` (seller), ``to_party`` (buyer), ``value_rub``.
    residents
        Ids of the residents.
    totals
        Revenue of each resident, RUB, by party id; ``None`` or blank where not known.

    Returns
    -------
    LocalShare
        Share 0-1 (``None`` if undefined) with numerator, denominator and the distribution.

    Raises
    ------
    DataError
        If local sales of a resident exceed its revenue.

    Notes
    -----
    As ``measure_local_purchases``. Local sales and local purchases of a zone are the same ties:
    ``compare_mirror`` reports the gap where two sides report them.

    References
    ----------
    Mirror of L08.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "a"], "to_party": ["b", "outside"], "value_rub": [20.0, 60.0]})
    >>> measure_local_sales(ties, ["a", "b"], pd.Series({"a": 80.0})).share
    0.25
    """
    return sum_local(list_local_amounts(ties, residents, totals, side="seller"))
