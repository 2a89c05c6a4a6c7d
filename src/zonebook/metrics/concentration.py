"""Dependence on few partners: Herfindahl-Hirschman index, its normalised form, concentration ratio (L17, L18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import index_parties

# Dust that netting leaves where deliveries and returns are equal: a share of the largest amount.
_DUST = 1e-12


@dataclass(frozen=True, slots=True)
class Concentration:
    """HHI over ``n`` active partners."""

    hhi: float
    n: int

    @property
    def normalised(self) -> float | None:
        """HHI on a scale of 0 (equal shares) to 1 (one of several has all), ``None`` for a single partner."""
        return None if self.n == 1 else max(0.0, (self.hhi - 1 / self.n) / (1 - 1 / self.n))

    @property
    def effective_number(self) -> float:
        """Number of equal partners that would give the same HHI."""
        return 1 / self.hhi

    @property
    def points(self) -> float:
        """HHI in points of competition authorities, 0-10 000."""
        return self.hhi * 10_000


def compute_concentration(values: ArrayLike) -> Concentration | None:
    """Compute how concentrated values are on few partners (L17).

    Formula: ``HHI = sum s_j^2``; normalised ``(HHI - 1/N) / (1 - 1/N)``; effective number ``1 / HHI``.

    Parameters
    ----------
    values
        One net amount a partner, RUB (or shares in any scale), >= 0.

    Returns
    -------
    Concentration or None
        HHI in (0, 1]; ``None`` if the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    N counts active partners, those with an amount above 0. A single partner gives HHI 1 and no normalised
    value. Returns are netted against deliveries before (``measure_partner_concentration`` does).

    References
    ----------
    US DOJ Antitrust Division (30, 30, 20, 20 gives 2600 points); Doersam (2004) as in R package REAT.

    Examples
    --------
    >>> found = compute_concentration([20, 50, 20, 10])
    >>> round(found.hhi, 2), round(found.normalised, 2), round(found.effective_number, 2)
    (0.34, 0.12, 2.94)
    """
    shares = _compute_shares(values)
    return None if shares is None else Concentration(float(shares @ shares), len(shares))


@dataclass(frozen=True, slots=True)
class ConcentrationRatio:
    """Share of the ``k`` largest of ``n`` partners; complete by arithmetic where n < k."""

    share: float
    k: int
    n: int

    @property
    def covers_all(self) -> bool:
        """Whether there are fewer than k partners, so that the ratio is 1 by arithmetic."""
        return self.n < self.k


def compute_concentration_ratio(values: ArrayLike, k: int = 4) -> ConcentrationRatio | None:
    """Compute the share of the k largest partners (L18).

    Formula: ``CR_k = sum of the k largest s_j``.

    Parameters
    ----------
    values
        One net amount a partner, RUB, >= 0.
    k
        Number of partners counted.

    Returns
    -------
    ConcentrationRatio or None
        Share 0-1; ``None`` if the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing, or k < 1.

    Notes
    -----
    With fewer than k partners the share is 1 and ``covers_all`` says so. A published CR1 or CR2 may itself
    disclose a firm: it passes the disclosure rules first.

    References
    ----------
    Eurostat and UNCTAD usage.

    Examples
    --------
    >>> round(compute_concentration_ratio([30, 30, 20, 20], k=2).share, 4)
    0.6
    """
    if k < 1:
        raise MetricError(f"a concentration ratio needs at least one partner, got {k}")
    shares = _compute_shares(values)
    if shares is None:
        return None
    share = 1.0 if len(shares) <= k else float(np.sort(shares)[-k:].sum())
    return ConcentrationRatio(share, k, len(shares))


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


def _compute_shares(values: ArrayLike) -> NDArray[np.float64] | None:
    """Return the shares of partners with an amount, ``None`` if there is none."""
    amounts = np.asarray(values, dtype=float)
    if np.isnan(amounts).any():
        raise MetricError("an amount is missing", remedy="Leave out ties without a value.")
    if (amounts < 0).any():
        raise MetricError("an amount is negative", remedy="Net returns against deliveries first.")
    total = amounts.sum()
    return amounts[amounts > 0] / total if total > 0 else None
