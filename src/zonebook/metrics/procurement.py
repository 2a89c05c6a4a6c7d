"""Where residents buy and sell: local share, mirror check, inter-regional share (L08, L09, R10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zonebook.errors import DataError, MetricError
from zonebook.metrics.adjacency import index_parties

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
    valued = _drop_loops(ties).dropna(subset=["value_rub"])
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


@dataclass(frozen=True, slots=True)
class PartnerSplit:
    """Amounts with partners of the own region, of other regions, abroad, and of unknown place (RUB or ties)."""

    own_region: float
    other_regions: float
    abroad: float
    unknown: float

    @property
    def interregional_share(self) -> float | None:
        """Other regions in the domestic total, ``None`` if there is no domestic partner of known region."""
        domestic = self.own_region + self.other_regions
        return self.other_regions / domestic if domestic else None

    @property
    def shares(self) -> tuple[float, float, float] | None:
        """Own region, other regions and abroad in all that has a known place; they sum to 1."""
        placed = self.own_region + self.other_regions + self.abroad
        return (self.own_region / placed, self.other_regions / placed, self.abroad / placed) if placed else None


def split_by_place(partners: pd.DataFrame, home_region: str, home_country: str = "RUS") -> PartnerSplit:
    """Split purchases or sales by where the partner is (R10).

    Formula: ``share = sum outside the region / sum domestic``; own region + other regions + abroad = all.

    Parameters
    ----------
    partners
        One row a tie, of the end that is not at home: columns ``region_iso``, ``country_iso3`` and
        ``value_rub`` (pass 1 for every row to count ties).
    home_region
        ISO 3166-2 code of the home region.
    home_country
        ISO 3166-1 alpha-3 code of the home country.

    Returns
    -------
    PartnerSplit
        Amounts by place; ``interregional_share`` 0-1, ``None`` without a domestic partner.

    Raises
    ------
    MetricError
        For a negative value.

    Notes
    -----
    A partner whose country is not known, or whose region is not known in the home country, is in
    ``unknown`` and in no share. Rows without a value are left out.

    References
    ----------
    Identity: local + inter-regional + import = 1.

    Examples
    --------
    >>> partners = pd.DataFrame({
    ...     "region_iso": ["RU-MOW", "RU-TUL", None],
    ...     "country_iso3": ["RUS", "RUS", "KAZ"],
    ...     "value_rub": [30.0, 10.0, 60.0],
    ... })
    >>> split = split_by_place(partners, "RU-MOW")
    >>> split.interregional_share, split.shares
    (0.25, (0.3, 0.1, 0.6))
    """
    rows = partners.dropna(subset=["value_rub"])
    values = rows["value_rub"].astype("float64")
    if (values < 0).any():
        raise MetricError("a tie has a negative value", remedy="Net returns against deliveries first.")
    country, region = rows["country_iso3"].astype("string"), rows["region_iso"].astype("string")
    at_home = (region == home_region).fillna(value=False)
    domestic = ((country == home_country).fillna(value=False) | country.isna()) & region.notna()
    abroad = (country != home_country).fillna(value=False) & ~at_home
    own = float(values[at_home.to_numpy(dtype=bool)].sum())
    other = float(values[(domestic & ~at_home).to_numpy(dtype=bool)].sum())
    foreign = float(values[abroad.to_numpy(dtype=bool)].sum())
    placed = at_home | domestic | abroad
    return PartnerSplit(own, other, foreign, float(values[~placed.to_numpy(dtype=bool)].sum()))


def _drop_loops(ties: pd.DataFrame) -> pd.DataFrame:
    """Return the ties between two known and different parties."""
    found = ties.dropna(subset=["from_party", "to_party"])
    return found[found["from_party"] != found["to_party"]]


def _measure_local(
    ties: pd.DataFrame, residents: Iterable[Any], totals: pd.Series[float] | None, *, own: str
) -> LocalShare:
    """Measure the local part of the amounts of the residents at the end ``own`` of ties."""
    index = index_parties(residents)
    found = _drop_loops(ties)
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
