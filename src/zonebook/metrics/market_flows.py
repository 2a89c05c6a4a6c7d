"""Exports of a scope by market and product beside the imports of these markets, in US dollars."""

from __future__ import annotations

import numpy as np
import pandas as pd

from zonebook.metrics.flow_year import FlowYear
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.scope import Scope
from zonebook.metrics.trade_matrix import TradeMatrix
from zonebook.metrics.world_trade import IMPORT, read_world_trade


def explain_no_imports(scope: Scope) -> list[str]:
    """Return the sentences on imports that are missing; none where there are some."""
    if read_world_trade(scope).has(IMPORT):
        return []
    absent = [] if scope.share.has("world_trade") else [state(Reason.NO_TABLE, table="world_trade")]
    return [*absent, state(Reason.NEEDS_IMPORTS)]


def build_export_matrix(flow: FlowYear, digits: int) -> TradeMatrix | None:
    """Return exports by market and product in dollars, ``REST`` for what has no code; ``None`` without dollars."""
    if flow.dollars is None:
        return None
    rows, labels = flow.label_products(digits)
    market, markets = pd.factorize(flow.cells.country[rows], sort=True)
    product, products = pd.factorize(labels, sort=True)
    size = len(markets), len(products)
    sums = np.bincount(market * size[1] + product, flow.dollars[rows], size[0] * size[1]).astype(float).reshape(size)
    matrix = TradeMatrix(tuple(map(str, markets)), tuple(map(str, products)), sums)
    return TradeMatrix.of_totals(matrix, flow.sum_countries(flow.dollars))
