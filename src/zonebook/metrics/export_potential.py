"""Where more could be exported: potential by product and market, and the part not used (X19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.amounts import read_amounts
from zonebook.metrics.comparative_advantage import align_amounts


def project_supply(
    exports: pd.Series[Any], world: pd.Series[Any], growth: float = 0.0, world_growth: float = 0.0
) -> pd.Series[Any]:
    """Project the exporter's share of the world market in each product (X19).

    Formula: ``supply_p = min(1, x_p (1 + g) / (X_p (1 + g_W)))``.

    Parameters
    ----------
    exports, world
        Own and world exports by product code, one year and currency, >= 0.
    growth, world_growth
        Expected growth of own and of world exports up to the year looked at, above -1.

    Returns
    -------
    pandas.Series
        Share in [0, 1] by product of ``exports``; missing where the world does not trade the product.

    Raises
    ------
    MetricError
        For an amount that is negative or missing, or growth of -1 or less.

    References
    ----------
    Decreux & Spies (2016), ITC (method, simplified). By hand: 2 of 10, both unchanged.

    Examples
    --------
    >>> float(project_supply(pd.Series({"84": 2.0}), pd.Series({"84": 10.0}))["84"])
    0.2
    """
    if min(growth, world_growth) <= -1:
        raise MetricError(f"growth must be above -1, got {growth} and {world_growth}")
    products, (own, whole) = align_amounts(exports, world)
    share = np.full(len(own), np.nan)
    np.divide(own * (1 + growth), whole * (1 + world_growth), out=share, where=whole > 0)
    supply = pd.Series(np.minimum(share, 1.0), products)
    return supply[products.isin(exports.index)]


def estimate_ease(flows: pd.DataFrame, supply: pd.Series[Any]) -> pd.Series[Any]:
    """Estimate how easily a market is reached: what is sold there against what supply and demand let expect (X19).

    Formula: ``ease_m = sum_p x_pm / sum_p supply_p demand_pm``.

    Parameters
    ----------
    flows
        One row a product and market: ``product``, ``market``, ``exports``, ``demand`` (imports of the market), >= 0.
    supply
        Share of the world market by product, as by ``project_supply``.

    Returns
    -------
    pandas.Series
        In [0, inf) by market; missing where nothing is expected.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    References
    ----------
    Decreux & Spies (2016), ITC (method, simplified). By hand: 6 sold where 0.2 of 10 would be expected.

    Examples
    --------
    >>> flows = pd.DataFrame({"product": ["84"], "market": ["KAZ"], "exports": [6.0], "demand": [10.0]})
    >>> float(estimate_ease(flows, pd.Series({"84": 0.2}))["KAZ"])
    3.0
    """
    expected = read_amounts(flows["demand"]) * _look_up(flows["product"], supply, 0.0)
    codes, markets = _number(flows["market"])
    sold, whole = (np.bincount(codes, amounts, len(markets)) for amounts in (read_amounts(flows["exports"]), expected))
    ease = np.divide(sold, whole, out=np.full(len(markets), np.nan), where=whole > 0)
    return pd.Series(ease, markets.rename("market"))


def measure_export_potential(
    flows: pd.DataFrame, supply: pd.Series[Any], ease: pd.Series[Any] | None = None
) -> pd.DataFrame:
    """Measure export potential by product and market, and which part of it is not used (X19).

    Formula: ``EPI_pm = supply_p demand_pm ease_m``; unrealised ``max(0, EPI - actual) / EPI``.

    Parameters
    ----------
    flows
        One row a product and market: ``product``, ``market``, ``exports`` (actual), ``demand`` (projected imports of
        the market), one currency, >= 0.
    supply
        Projected share of the world market by product, in [0, 1].
    ease
        Ease of reaching a market, >= 0; markets it leaves out have 1 and are flagged.

    Returns
    -------
    pandas.DataFrame
        ``flows`` with ``potential`` (currency), ``gap`` = max(0, potential - exports), ``unrealised`` in [0, 1] and
        ``is_ease_assumed``.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    ``potential`` is missing where the product's supply is unknown; ``unrealised`` where the potential is 0 or
    missing. The ITC's own indicator also corrects for tariffs and global shares; this is a simplified form.

    References
    ----------
    Decreux & Spies (2016), ITC (method, simplified). By hand: 0.2 of a demand of 100 is 20, of which 5 are sold.

    Examples
    --------
    >>> flows = pd.DataFrame({"product": ["84"], "market": ["KAZ"], "exports": [5.0], "demand": [100.0]})
    >>> measure_export_potential(flows, pd.Series({"84": 0.2}))[["potential", "unrealised"]].iloc[0].tolist()
    [20.0, 0.75]
    """
    actual, demand = read_amounts(flows["exports"]), read_amounts(flows["demand"])
    reach = np.full(len(flows), np.nan) if ease is None else _look_up(flows["market"], ease, np.nan)
    assumed = np.isnan(reach)
    potential = demand * _look_up(flows["product"], supply, np.nan) * np.where(assumed, 1.0, reach)
    gap = np.maximum(0.0, potential - actual)
    unrealised = np.divide(gap, potential, out=np.full(len(flows), np.nan), where=potential > 0)
    return flows.assign(potential=potential, gap=gap, unrealised=unrealised, is_ease_assumed=assumed)


@dataclass(frozen=True, slots=True)
class PotentialTotal:
    """Potential of several products and markets, the gap left in them, and the part of the potential it is."""

    potential: float
    gap: float

    @property
    def unrealised(self) -> float | None:
        """Part of the potential that is not used, in [0, 1]; ``None`` where nothing is expected."""
        return self.gap / self.potential if self.potential > 0 else None


def add_potential(flows: pd.DataFrame) -> PotentialTotal:
    """Add up export potential over products and markets (X19).

    Formula: ``sum of EPI_pm`` and ``sum of max(0, EPI_pm - x_pm)``; unrealised is the second over the first.

    Parameters
    ----------
    flows
        ``potential`` and ``gap`` of each product and market, as by ``measure_export_potential``.

    Returns
    -------
    PotentialTotal
        In the currency of the flows; rows of unknown potential are left out.

    Notes
    -----
    What is sold above the potential in one place does not close a gap in another.

    References
    ----------
    Decreux & Spies (2016), ITC (method, simplified). By hand: potentials of 20 and 10 with gaps of 15 and 0.

    Examples
    --------
    >>> add_potential(pd.DataFrame({"potential": [20.0, 10.0], "gap": [15.0, 0.0]})).unrealised
    0.5
    """
    known = flows[flows["potential"].notna()]
    return PotentialTotal(float(known["potential"].sum()), float(known["gap"].sum()))


def _look_up(keys: pd.Series[Any], values: pd.Series[Any], otherwise: float) -> NDArray[np.float64]:
    known = values.to_numpy(dtype=float, na_value=np.nan)
    if (known < 0).any():
        raise MetricError("a share of supply or an ease is negative")
    codes, labels = _number(keys)
    found = np.append(known, np.nan)[values.index.get_indexer(labels)][codes]
    return np.where(np.isnan(found), otherwise, found)


def _number(keys: pd.Series[Any]) -> tuple[NDArray[Any], pd.Index[Any]]:
    """Return the number of each key among the distinct ones, and these in order."""
    if isinstance(keys.dtype, pd.CategoricalDtype):
        return keys.cat.codes.to_numpy(dtype=np.intp), keys.cat.categories
    codes, labels = pd.factorize(keys.to_numpy(), sort=True)
    return codes, pd.Index(labels, dtype=object)
