"""Which clusters stand out among their peers: stars and strong clusters (L13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonebook.errors import MetricError


@dataclass(frozen=True, slots=True)
class StarRules:
    """Cuts of the two rules.

    ``quotient``, ``top`` (share of peers with a star for size, and for focus) and ``least_peers`` (fewest of them for
    these two) of the European Cluster Observatory; ``quantile`` (of the quotient) and ``employees`` (least number) of
    the US Cluster Mapping Project, which needs as many peers.
    """

    quotient: float = 2.0
    top: float = 0.1
    least_peers: int = 10
    quantile: float = 0.75
    employees: float = 0.0


_RULES = StarRules()


@dataclass(frozen=True, slots=True, eq=False)
class ClusterStars:
    """Stars of each peer and the rules they come from.

    ``by_peer``: ``size``, ``specialisation``, ``focus`` (missing where a rule does not apply) and
    ``stars``, indexed as the input; ``rules`` is the number of rules applied, 3 or 1.
    """

    by_peer: pd.DataFrame
    rules: int


def award_stars(peers: pd.DataFrame, rules: StarRules = _RULES) -> ClusterStars | None:
    """Award the stars of the European Cluster Observatory among peers of one category (L13).

    Formula: size = employees in the top 10 % of peers; specialisation = LQ >= 2; focus = share in the
    region's employment in the top 10 %.

    Parameters
    ----------
    peers
        One row a region: ``employees``, ``location_quotient``, ``focus`` (share 0-1).
    rules
        Cuts; by default those of the formula.

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
    by_rank = len(peers) >= rules.least_peers
    stars = pd.DataFrame(
        {
            "size": _is_at_top(known["employees"], 1 - rules.top) if by_rank else pd.NA,
            "specialisation": known["location_quotient"] >= rules.quotient,
            "focus": _is_at_top(known["focus"], 1 - rules.top) if by_rank else pd.NA,
        },
        index=peers.index,
        dtype="boolean",
    )
    stars["stars"] = stars.fillna(value=False).sum(axis=1).astype("Int64")
    return ClusterStars(stars, 3 if by_rank else 1)


def flag_strong_clusters(peers: pd.DataFrame, rules: StarRules = _RULES) -> pd.Series[Any] | None:
    """Flag strong clusters after the US Cluster Mapping Project (L13).

    Formula: ``LQ >= 75th percentile of peers`` and ``employees >= minimum``.

    Parameters
    ----------
    peers
        One row a region: ``employees``, ``location_quotient``.
    rules
        Cuts; by default those of the formula, with no minimum.

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
    >>> int(flag_strong_clusters(peers).sum())
    3
    """
    if len(peers) < rules.least_peers:
        return None
    known = peers[["employees", "location_quotient"]].astype("Float64")
    return _is_at_top(known["location_quotient"], rules.quantile) & (known["employees"] >= rules.employees)


def _is_at_top(values: pd.Series[Any], quantile: float) -> pd.Series[Any]:
    """Say of each value whether it reaches the quantile of the known ones, missing where it is missing."""
    known = values.dropna().to_numpy(dtype=float)
    if known.size == 0:
        return pd.Series(pd.NA, index=values.index, dtype="boolean")
    return values >= float(np.quantile(known, quantile, method="linear"))
