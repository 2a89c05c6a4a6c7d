"""How far each resident depends on few suppliers or customers (L17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import index_parties
from zonebook.metrics.partner_averages import average_by_amount
from zonebook.metrics.tie_totals import sum_at_places

# Dust that netting leaves where deliveries and returns are equal: a share of the largest amount.
_DUST = 1e-12
_ENDS = {"supplier": ("to_party", "from_party"), "customer": ("from_party", "to_party")}


@dataclass(frozen=True, slots=True, eq=False)
class PartnerConcentration:
    """Concentration of every resident's partners and its purchase-weighted (sales-weighted) mean.

    Residents with an amount stand at ``places`` of all residents listed, and the arrays are in their order:
    ``amount_rub``, ``hhi``, ``normalised`` (missing for one partner), ``n_partners``. ``shares`` are those of their
    partners, the largest first, with the position of the resident in ``owners``. ``rejected`` are residents whose
    returns to a partner exceed its deliveries: they have no meaningful shares.
    """

    mean: float | None
    index: pd.Index[Any]
    places: NDArray[np.intp]
    amount_rub: NDArray[np.float64]
    hhi: NDArray[np.float64]
    normalised: NDArray[np.float64]
    n_partners: NDArray[np.int64]
    owners: NDArray[np.intp]
    shares: NDArray[np.float64]
    rejected: tuple[Any, ...]

    @property
    def largest_share(self) -> NDArray[np.float64]:
        """Share of each resident's largest partner."""
        first: NDArray[np.intp] = np.cumsum(self.n_partners) - self.n_partners
        return np.asarray(self.shares[first], dtype=float)

    @property
    def by_party(self) -> pd.DataFrame:
        """The same as columns by resident, and ``effective_number``."""
        columns = {"amount_rub": self.amount_rub, "hhi": self.hhi, "n_partners": self.n_partners}
        frame = pd.DataFrame(columns, index=self.index)
        frame["normalised"] = pd.array(self.normalised, dtype="Float64")
        return frame.assign(effective_number=1 / self.hhi, largest_share=self.largest_share)


@dataclass(frozen=True, slots=True, eq=False)
class _Net:
    """Net amounts by pair: positions of residents in ``index`` and of partners in ``partners``."""

    index: pd.Index[Any]
    partners: pd.Index[Any]
    owner: NDArray[np.intp]
    partner: NDArray[np.intp]
    amount: NDArray[np.float64]


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
    net = _net_pairs(ties, residents, side)
    keys = pd.MultiIndex.from_arrays([net.index[net.owner], net.partners[net.partner]], names=["party", "partner"])
    return pd.Series(net.amount, index=keys, name="value_rub")


def _net_pairs(ties: pd.DataFrame, residents: Iterable[Any], side: str) -> _Net:
    if side not in _ENDS:
        raise MetricError(f"partners are of side supplier or customer, not {side!r}")
    index = index_parties(residents)
    own, other = _ENDS[side]
    owner = index.get_indexer(pd.Index(ties[own], dtype=object))
    values = ties["value_rub"].to_numpy(dtype=float, na_value=np.nan)
    kept = (owner >= 0) & ~np.isnan(values)
    owner, values = owner[kept], values[kept]
    codes, partners = pd.factorize(ties[other].to_numpy(dtype=object)[kept])
    found = pd.Index(partners, dtype=object)
    is_pair = (codes >= 0) & (index.get_indexer(found)[codes] != owner) if len(codes) else np.zeros(0, dtype=bool)
    keys, place = np.unique(owner[is_pair] * (len(found) + 1) + codes[is_pair], return_inverse=True)
    net = sum_at_places(place, values[is_pair], len(keys))
    gross = sum_at_places(place, np.abs(values[is_pair]), len(keys))
    net = np.where(np.abs(net) <= _DUST * gross, 0.0, net)
    return _Net(index, found, keys // (len(found) + 1), keys % (len(found) + 1), net)


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
    Returns are netted against deliveries of the same partner first. A resident whose net amount with a partner is
    still negative is left out and named in ``rejected``. A single partner gives HHI 1 and no normalised value.

    References
    ----------
    US DOJ Antitrust Division (30, 30, 20, 20 gives 2600 points); Doersam (2004) as in R package REAT.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": list("abcd"), "to_party": "x", "value_rub": [20.0, 50.0, 20.0, 10.0]})
    >>> round(measure_partner_concentration(ties, ["x"]).mean, 2)
    0.34
    """
    net = _net_pairs(ties, residents, side)
    rejected = np.unique(net.owner[net.amount < 0])
    kept = (net.amount > 0) & ~np.isin(net.owner, rejected)
    places, owners = np.unique(net.owner[kept], return_inverse=True)
    total = sum_at_places(owners, net.amount[kept], len(places))
    shares = net.amount[kept] / total[owners]
    order = np.lexsort((-shares, owners))
    owners, shares = owners[order], shares[order]
    count = np.bincount(owners, minlength=len(places))
    hhi = sum_at_places(owners, shares**2, len(places))
    return PartnerConcentration(
        average_by_amount(total, hhi),
        *(net.index[places], places, total, hhi, _normalise(hhi, count), count, owners, shares),
        rejected=tuple(net.index[rejected]),
    )


def _normalise(hhi: NDArray[np.float64], count: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return each index on a scale of 0 to 1, missing for a single partner."""
    floor, found = 1 / count, np.full(len(hhi), np.nan)
    np.divide(np.clip(hhi - floor, 0, None), 1 - floor, out=found, where=count > 1)
    return found
