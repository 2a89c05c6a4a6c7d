"""Where employment concentrates and why it changes: cluster stars, shift-share, Ellison-Glaeser (L13, L14, L21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError

MINIMUM_PEERS = 10
_TOP = 0.9  # the cut of the top 10 %
_STAR_QUOTIENT = 2.0
_STRONG = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class ClusterStars:
    """Stars of each peer and the rules they come from.

    ``by_peer``: ``size``, ``specialisation``, ``focus`` (missing where a rule does not apply) and
    ``stars``, indexed as the input; ``rules`` is the number of rules applied, 3 or 1.
    """

    by_peer: pd.DataFrame
    rules: int


def award_stars(peers: pd.DataFrame) -> ClusterStars | None:
    """Award the stars of the European Cluster Observatory among peers of one category (L13).

    Formula: size = employees in the top 10 % of peers; specialisation = LQ >= 2; focus = share in the
    region's employment in the top 10 %.

    Parameters
    ----------
    peers
        One row a region: ``employees``, ``location_quotient``, ``focus`` (share 0-1).

    Returns
    -------
    ClusterStars or None
        0-3 stars a peer; ``None`` (not applicable) for fewer than two peers.

    Raises
    ------
    MetricError
        If a column is absent.

    Notes
    -----
    With fewer than 10 peers the rules of percentiles do not apply and only specialisation is awarded. The
    cut is the 0.9 quantile with linear interpolation; a peer at the cut gets the star. A rule whose figure
    is missing for a peer is missing there and adds no star.

    References
    ----------
    European Cluster Observatory, method page (the quotient of 2 from memory).

    Examples
    --------
    >>> peers = pd.DataFrame({"employees": range(10), "location_quotient": [2.0] + [0.5] * 9, "focus": 0.1})
    >>> award_stars(peers).by_peer["stars"].tolist()
    [2, 1, 1, 1, 1, 1, 1, 1, 1, 2]
    """
    absent = {"employees", "location_quotient", "focus"} - set(peers.columns)
    if absent:
        raise MetricError(f"peers lack the column {min(absent)}")
    if len(peers) < 2:
        return None
    known = peers.astype("Float64")
    by_rank = len(peers) >= MINIMUM_PEERS
    stars = pd.DataFrame(
        {
            "size": _is_at_top(known["employees"], _TOP) if by_rank else pd.NA,
            "specialisation": known["location_quotient"] >= _STAR_QUOTIENT,
            "focus": _is_at_top(known["focus"], _TOP) if by_rank else pd.NA,
        },
        index=peers.index,
        dtype="boolean",
    )
    stars["stars"] = stars.fillna(value=False).sum(axis=1).astype("Int64")
    return ClusterStars(stars, 3 if by_rank else 1)


def flag_strong_clusters(peers: pd.DataFrame, minimum_employees: float) -> pd.Series[Any] | None:
    """Flag strong clusters after the US Cluster Mapping Project (L13).

    Formula: ``LQ >= 75th percentile of peers`` and ``employees >= minimum``.

    Parameters
    ----------
    peers
        One row a region: ``employees``, ``location_quotient``.
    minimum_employees
        Least number of employees.

    Returns
    -------
    pandas.Series or None
        ``boolean``, missing where a figure is; ``None`` (not applicable) for fewer than 10 peers.

    Notes
    -----
    The percentile is interpolated linearly; a peer at the cut is strong if it is large enough.

    References
    ----------
    Delgado, Porter & Stern (2016); the cut from memory.

    Examples
    --------
    >>> peers = pd.DataFrame({"employees": 100, "location_quotient": range(10)})
    >>> int(flag_strong_clusters(peers, 50).sum())
    3
    """
    if len(peers) < MINIMUM_PEERS:
        return None
    known = peers[["employees", "location_quotient"]].astype("Float64")
    return _is_at_top(known["location_quotient"], _STRONG) & (known["employees"] >= minimum_employees)


@dataclass(frozen=True, slots=True, eq=False)
class ShiftShare:
    """Change of employment by industry and in all: what the country, the industry and the place account for.

    ``by_industry``: ``national``, ``structural``, ``regional``, ``change`` and ``is_new``; persons.
    """

    national: float
    structural: float
    regional: float
    by_industry: pd.DataFrame

    @property
    def change(self) -> float:
        """Change in all, persons."""
        return self.national + self.structural + self.regional


def decompose_change(local: pd.DataFrame, country: pd.DataFrame) -> ShiftShare | None:
    """Decompose the change of employment into national, structural and regional parts (L14).

    Formula: ``change_i = e_i g + e_i (g_i - g) + e_i (r_i - g_i)``, g = growth of the country, g_i of the
    industry in the country, r_i here.

    Parameters
    ----------
    local, country
        Employees by industry: columns ``start`` and ``end``, indexed by industry. All industries of the
        country are given, the place among them.

    Returns
    -------
    ShiftShare or None
        Persons, signed; ``None`` (not applicable) if a figure of either year is missing, or the country has
        no employees at the start.

    Raises
    ------
    MetricError
        For a negative number, an industry listed twice or missing in the country, or one that has
        employees here and none in the country.

    Notes
    -----
    An industry that is new here (nobody at the start) has no growth rate: its whole change is regional, and
    ``is_new``.

    References
    ----------
    Dunn (1960); Farhauer & Kroell (2013).

    Examples
    --------
    The country grows by 10 %, its machinery by 20 %, the machinery here by 5 %.

    >>> here = pd.DataFrame({"start": [100.0], "end": [105.0]}, index=["machinery"])
    >>> country = pd.DataFrame({"start": [500.0, 500.0], "end": [600.0, 500.0]}, index=["machinery", "other"])
    >>> found = decompose_change(here, country)
    >>> round(found.national, 6), round(found.structural, 6), round(found.regional, 6)
    (10.0, 10.0, -15.0)
    """
    here, whole = _read_years(local), _read_years(country)
    absent = here.index.difference(whole.index)
    if len(absent):
        raise MetricError(f"industry {absent[0]!r} is missing in the country")
    base = whole.reindex(here.index)
    if here.isna().any(axis=None) or whole.isna().any(axis=None) or not whole["start"].sum() > 0:
        return None
    start, change = here["start"], here["end"] - here["start"]
    is_new = start == 0
    if ((base["start"] == 0) & ~is_new).any():
        raise MetricError("an industry has employees here and none in the country")
    growth = float(whole["end"].sum() / whole["start"].sum()) - 1
    of_industry = (base["end"] / base["start"].where(~is_new) - 1).fillna(0.0)
    national = start * growth
    structural = (start * (of_industry - growth)).where(~is_new, 0.0)
    parts = {"national": national, "structural": structural, "regional": change - national - structural}
    frame = pd.DataFrame({**parts, "change": change, "is_new": is_new})
    sums = {name: float(frame[name].sum()) for name in parts}
    return ShiftShare(**sums, by_industry=frame)


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


def _is_at_top(values: pd.Series[Any], quantile: float) -> pd.Series[Any]:
    """Say of each value whether it reaches the quantile of the known ones, missing where it is missing."""
    known = values.dropna().to_numpy(dtype=float)
    if known.size == 0:
        return pd.Series(pd.NA, index=values.index, dtype="boolean")
    return values >= float(np.quantile(known, quantile, method="linear"))


def _read_years(table: pd.DataFrame) -> pd.DataFrame:
    """Return start and end by industry, refusing what is no table of employees."""
    years = table[["start", "end"]].astype("float64")
    if not years.index.is_unique:
        raise MetricError(f"industry {years.index[years.index.duplicated()][0]!r} is listed twice")
    if (years < 0).any(axis=None):
        raise MetricError("a number of employees is negative")
    return years
