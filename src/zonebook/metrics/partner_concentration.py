"""How far each resident depends on few suppliers or customers (L17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import index_parties

# Dust that netting leaves where deliveries and returns are equal: a share of the largest amount.
_DUST = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class PartnerConcentration:
    """Concentration of every resident's partners and its purchase-weighted (sales-weighted) mean.

    ``by_party`` has the columns ``amount_rub``, ``hhi``, ``normalised`` (missing for one partner),
    ``effective_number``, ``largest_share`` and ``n_partners``, indexed by resident. ``rejected`` are
    residents whose returns to a partner exceed its deliveries: they have no meaningful shares.
    """

    mean: float | None
    by_party: pd.DataFrame
    rejected: tuple[Any, ...]


def net_by_partner(ties: pd.DataFrame, residents: Iterable[Any], *, side: str = "supplier") -> pd.Series[float]:
    """Net the amounts between each resident and each of its suppliers or customers.

    Formula: sum of the values of ties of the pair, returns (negative values) among them.

    Parameters
    ----------
    ties
        Columns ``from_party`` (seller), ``to_party`` (buyer), ``value_rub``; rows without a value are left out.
    residents
        Ids of the residents.
    side
        ``supplier``: of residents as buyers; ``customer``: of residents as sellers.

    Returns
    -------
    pandas.Series
        RUB by (resident, partner).

    Raises
    ------
    MetricError
        For another side.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["s", "s"], "to_party": ["b", "b"], "value_rub": [100.0, -30.0]})
    >>> float(net_by_partner(ties, ["b"])[("b", "s")])
    70.0
    """
    columns = {"supplier": ["to_party", "from_party"], "customer": ["from_party", "to_party"]}
    if side not in columns:
        raise MetricError(f"partners are of side supplier or customer, not {side!r}")
    own, other = columns[side]
    found = ties.dropna(subset=[own, other, "value_rub"])
    found = found[found[own].isin(index_parties(residents)) & (found[own] != found[other])]
    amounts = found["value_rub"].astype("float64")
    keys = [found[own].astype(object).rename("party"), found[other].astype(object).rename("partner")]
    net = amounts.groupby(keys).sum()
    gross = amounts.abs().groupby(keys).sum()
    return net.mask(net.abs() <= _DUST * gross, 0.0)


def measure_partner_concentration(
    ties: pd.DataFrame, residents: Iterable[Any], *, side: str = "supplier"
) -> PartnerConcentration:
    """Measure how far each resident depends on few suppliers or customers (L17).

    Formula: HHI of each resident over its partners; zone: ``sum_i v_i HHI_i / sum_i v_i``, v = its amounts.

    Parameters
    ----------
    ties
        Columns ``from_party`` (seller), ``to_party`` (buyer), ``value_rub``.
    residents
        Ids of the residents.
    side
        ``supplier`` or ``customer``.

    Returns
    -------
    PartnerConcentration
        Mean in (0, 1], ``None`` if no resident has any amount; the distribution by resident.

    Raises
    ------
    MetricError
        For another side.

    Notes
    -----
    Returns are netted for each pair first; a resident with a pair still negative is rejected and named in
    ``rejected``. Residents without amounts are not in the distribution.

    References
    ----------
    US DOJ Antitrust Division; Doersam (2004) as in R package REAT.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": list("abcd"), "to_party": "x", "value_rub": [20.0, 50.0, 20.0, 10.0]})
    >>> round(measure_partner_concentration(ties, ["x"]).mean, 2)
    0.34
    """
    net = net_by_partner(ties, residents, side=side)
    owner = net.index.get_level_values("party")
    rejected = pd.unique(owner[net.to_numpy() < 0])
    net = net[~owner.isin(rejected) & (net.to_numpy() > 0)]
    by_owner = net.groupby(level="party")
    amount = by_owner.sum()
    share = net / amount.reindex(net.index.get_level_values("party")).to_numpy()
    of_party = share.groupby(level="party")
    frame = pd.DataFrame({"amount_rub": amount, "hhi": (share**2).groupby(level="party").sum()})
    frame["n_partners"] = by_owner.size()
    floor = 1 / frame["n_partners"]
    spread = (frame["hhi"] - floor).clip(lower=0) / (1 - floor).where(frame["n_partners"] > 1)
    frame["normalised"] = spread.astype("Float64")
    frame["effective_number"] = 1 / frame["hhi"]
    frame["largest_share"] = of_party.max()
    total = float(frame["amount_rub"].sum())
    mean = float((frame["amount_rub"] * frame["hhi"]).sum()) / total if total > 0 else None
    return PartnerConcentration(mean, frame, tuple(rejected))
