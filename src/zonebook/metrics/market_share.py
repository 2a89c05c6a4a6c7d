"""What lies behind a share of the world market: Hummels-Klenow margins and constant market share (X12, X13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.amounts import read_amounts
from zonebook.metrics.comparative_advantage import align_amounts

Order = Literal["product", "market"]
_AMOUNTS = ("exports_start", "exports_end", "world_start", "world_end")


@dataclass(frozen=True, slots=True)
class HummelsKlenow:
    """Extensive and intensive margin; their product is ``share``, the share of the world market.

    ``intensive`` is ``None`` where the exporter exports nothing the world trades.
    """

    extensive: float
    intensive: float | None
    share: float
    n_products: int


def measure_hummels_klenow(exports: pd.Series[Any], world: pd.Series[Any]) -> HummelsKlenow | None:
    """Measure whether a market share comes from many products or from much of each (X12).

    Formula: ``EM = sum over P_c of X_Wp / sum_p X_Wp``, ``IM = sum_p X_cp / sum over P_c of X_Wp``, P_c the
    products exported.

    Parameters
    ----------
    exports
        Exports by product code, >= 0.
    world
        World exports by product code of the same scheme, year and currency, the exporter's own included.

    Returns
    -------
    HummelsKlenow or None
        Margins in [0, 1]; ``None`` where there is no world trade.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    Without exports the extensive margin is 0 and the intensive undefined (``None``). Products the world does not
    trade are left out of both, so that EM x IM is the market share.

    References
    ----------
    Hummels & Klenow (2005). By hand: two products that are 60 of the world's 100, of which 15 are own.

    Examples
    --------
    >>> world = pd.Series({"84": 40.0, "90": 20.0, "27": 40.0})
    >>> found = measure_hummels_klenow(pd.Series({"84": 10.0, "90": 5.0}), world)
    >>> found.extensive, found.intensive, found.share
    (0.6, 0.25, 0.15)
    """
    _, (own, whole) = align_amounts(exports, world)
    own, whole = own[whole > 0], whole[whole > 0]
    total = float(whole.sum())
    if total == 0:
        return None
    sold, reach = float(own.sum()), float(whole[own > 0].sum())
    intensive = sold / reach if reach > 0 else None
    return HummelsKlenow(reach / total, intensive, sold / total, int((own > 0).sum()))


@dataclass(frozen=True, slots=True)
class ConstantMarketShare:
    """Change of exports as a sum of four effects, in the currency of the exports.

    ``world`` had exports grown as world trade; ``product`` and ``market`` for what is sold and where; ``residual``
    is the rest, read as competitiveness. ``first`` is the effect taken first: the split between product and market
    depends on it, their sum does not.
    """

    change: float
    world: float
    product: float
    market: float
    residual: float
    first: str


def decompose_market_share(flows: pd.DataFrame, first: Order = "product") -> ConstantMarketShare | None:
    """Decompose the change of exports into world growth, products, markets and the rest (X13).

    Formula: ``dX = g X + sum_p (g_p - g) X_p + sum_pm (g_pm - g_p) X_pm + residual``, X of the first year, g world
    growth; with ``first="market"`` g_m takes the place of g_p.

    Parameters
    ----------
    flows
        One row a product and market: ``product``, ``market``, ``exports_start``, ``exports_end``, ``world_start``,
        ``world_end`` (world exports of the product to the market), one currency, >= 0.
    first
        Which effect is taken first, ``product`` or ``market``; both orders belong in a report.

    Returns
    -------
    ConstantMarketShare or None
        Effects with their signs, adding up to the change; ``None`` without world trade in the first year.

    Raises
    ------
    MetricError
        For an amount that is negative or missing, another order, or a product and market given twice.

    Notes
    -----
    Exports that begin where there were none are in the residual. Where world trade of a cell was 0 in the first
    year its growth is undefined: the growth of its product (market), else of the world, is taken, so the cell's
    own part falls to the residual. All cells of world trade belong in ``flows``, exported or not.

    References
    ----------
    Tyszynski (1951); Leamer & Stern (1970); Richardson (1971). By hand: world trade grows by 50 %, machines by
    100 %, and exports of machines from 10 to 18: 5 for the world, 5 for the product, -2 for competitiveness.

    Examples
    --------
    >>> flows = pd.DataFrame({
    ...     "product": ["84", "27"], "market": "KAZ", "exports_start": [10.0, 0.0], "exports_end": [18.0, 0.0],
    ...     "world_start": [50.0, 50.0], "world_end": [100.0, 50.0]})
    >>> decompose_market_share(flows)
    ConstantMarketShare(change=8.0, world=5.0, product=5.0, market=0.0, residual=-2.0, first='product')
    """
    if first not in ("product", "market"):
        raise MetricError(f"the first effect is product or market, not {first!r}")
    if flows.duplicated(["product", "market"]).any():
        raise MetricError("a product and market is given twice", remedy="Sum the rows of one product and market first.")
    start, end, world_start, world_end = (read_amounts(flows[column]) for column in _AMOUNTS)
    if world_start.sum() == 0:
        return None
    overall = float(world_end.sum() / world_start.sum() - 1)
    codes, labels = pd.factorize(flows[first])
    sums = [np.bincount(codes, world, len(labels)).astype(float) for world in (world_start, world_end)]
    by_first = _growth(sums[0], sums[1], overall)[codes]
    by_cell = _growth(world_start, world_end, by_first)
    effects = {first: float((by_first - overall) @ start)}
    effects["market" if first == "product" else "product"] = float((by_cell - by_first) @ start)
    change, world = float(end.sum() - start.sum()), overall * float(start.sum())
    residual = change - world - effects["product"] - effects["market"]
    return ConstantMarketShare(change, world, effects["product"], effects["market"], residual, first)


def _growth(
    start: NDArray[np.float64], end: NDArray[np.float64], otherwise: NDArray[np.float64] | float
) -> NDArray[np.float64]:
    """Return growth, and ``otherwise`` where there was nothing to grow from."""
    known = start > 0
    return np.where(known, np.divide(end, start, out=np.ones_like(end), where=known) - 1, otherwise)
