"""How much of what residents buy and sell stays in the zone (L08, L09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zonebook.errors import DataError
from zonebook.metrics.adjacency import index_parties
from zonebook.metrics.tie_totals import drop_loops

_ROUNDING = 1e-9  # relative: totals and ties are rounded by different hands


@dataclass(frozen=True, slots=True, eq=False)
class LocalShare:
    """Local part of residents' purchases or sales.

    ``local_rub`` is of all residents, ``known_local_rub`` and ``total_rub`` of those whose total is known,
    ``share`` is their ratio (``None`` where no total is known, or they sum to 0). ``by_party``: columns
    ``local_rub``, ``total_rub`` and ``share`` by resident.
    """

    share: float | None
    local_rub: float
    known_local_rub: float
    total_rub: float | None
    by_party: pd.DataFrame
    without_total: int
    ties_without_value: int


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
    A resident whose total is not known is in neither side of the ratio and is counted; where none is
    known only the numerator is published. Ties without a value make the numerator a lower bound and are
    counted. Lines to compare with: 20 %, in some territories 10 %.

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
    return _measure_local(ties, residents, totals, own="to_party")


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
    return _measure_local(ties, residents, totals, own="from_party")


def _measure_local(
    ties: pd.DataFrame, residents: Iterable[Any], totals: pd.Series[float] | None, *, own: str
) -> LocalShare:
    """Measure the local part of the amounts of the residents at the end ``own`` of ties."""
    index = index_parties(residents)
    found = drop_loops(ties)
    inside = found[found["from_party"].isin(index) & found["to_party"].isin(index)]
    amounts = inside["value_rub"].astype("float64")
    local = amounts.groupby(inside[own].astype(object)).sum().reindex(index, fill_value=0.0)
    known = pd.Series(float("nan"), index=index) if totals is None else totals.astype("float64").reindex(index)
    _refuse_excess(local, known)
    frame = pd.DataFrame({"local_rub": local, "total_rub": known})
    frame["share"] = (local / known.where(known > 0)).astype("Float64")
    has_total = known.notna()
    total = float(known[has_total].sum()) if has_total.any() else None
    numerator = float(local[has_total].sum())
    return LocalShare(
        share=numerator / total if total else None,
        local_rub=float(local.sum()),
        known_local_rub=numerator,
        total_rub=total,
        by_party=frame,
        without_total=int((~has_total).sum()),
        ties_without_value=int(inside["value_rub"].isna().sum()),
    )


def _refuse_excess(local: pd.Series[float], total: pd.Series[float]) -> None:
    """Refuse a local part that is larger than the whole."""
    excess = local[local > total * (1 + _ROUNDING)]
    if len(excess):
        party = excess.index[0]
        raise DataError(
            f"local amounts of {excess.iloc[0]:g} RUB exceed the total of {total[party]:g} RUB",
            place=f"party {party}",
            remedy="Check the year and unit of its ties against its totals in party_year.",
        )
