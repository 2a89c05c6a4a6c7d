"""Rows of constant-market-share analysis (X13): why exports changed, world demand or own strength."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from zonebook.metrics.flow_year import FlowYear
from zonebook.metrics.flows import explain_no_flows, read_flow_years
from zonebook.metrics.interval import Interval
from zonebook.metrics.margin_rows import join_bases, pair_years
from zonebook.metrics.market_flows import build_export_matrix, explain_no_imports
from zonebook.metrics.market_share import ConstantMarketShare, decompose_market_share
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.trade_comparison import find_common_digits
from zonebook.metrics.trade_matrix import align_matrices
from zonebook.metrics.world_trade import IMPORT, read_matrix, read_world_trade

_OF_TOTALS = frozenset({"X13.change", "X13.world"})


def constant_share_rows(scope: Scope) -> list[MetricResult]:
    """Return X13: what is left of the change of exports once the growth of their markets is taken out (the headline).

    Beside it the change itself, the parts of world growth, products and markets, and the latter two in the other order.
    """
    absent = explain_no_imports(scope)
    flows = read_flow_years(scope)
    if absent or not flows:
        return [scope.missing("X13", "USD", *absent, *([] if flows else [explain_no_flows(scope)]))]
    world = read_world_trade(scope)
    pairs = [pair for pair in pair_years(flows) if all(world.find(IMPORT, flow.year) for flow in pair)]
    rows = [row for pair in pairs for row in _share_rows(scope, *pair)]
    return rows or [scope.without("X13", Status.MISSING_INPUT, "USD", [state(Reason.NO_COMMON_YEARS)], flows[-1].basis)]


def _share_rows(scope: Scope, before: FlowYear, after: FlowYear) -> list[MetricResult]:
    basis = join_bases(before, after)
    refusal = before.refuse() or after.refuse()
    if refusal is not None:
        return [scope.without("X13", refusal[0], "USD", refusal[1], basis)]
    digits = find_common_digits(scope, (before, after), IMPORT)
    exports = [build_export_matrix(flow, digits) for flow in (before, after)]
    if exports[0] is None or exports[1] is None:
        return [scope.without("X13", Status.MISSING_INPUT, "USD", [state(Reason.NEEDS_RATE)], basis)]
    table = align_matrices(
        exports_start=exports[0],
        exports_end=exports[1],
        world_start=read_matrix(scope, IMPORT, before.year, digits),
        world_end=read_matrix(scope, IMPORT, after.year, digits),
    )
    notes = [state(Reason.BETWEEN_YEARS, earlier_year=before.year, year=after.year), _note_level(digits)]
    notes += [*after.notes, *before.notes]
    orders = [decompose_market_share(table, first) for first in ("product", "market")]
    if orders[0] is None or orders[1] is None:
        return [scope.without("X13", Status.UNDEFINED, "USD", [state(Reason.NO_DENOMINATOR), *notes], basis)]
    is_partial = before.is_partial or after.is_partial
    rows = _effect_rows(scope, (orders[0], orders[1]), (basis, notes, is_partial))
    return [_hide(scope, row) for row in rows] if any(_has_hidden(flow, digits) for flow in (before, after)) else rows


def _has_hidden(flow: FlowYear, digits: int) -> bool:
    """Whether a country or a product is withheld: world trade is known, and effects are sums over both."""
    products = flow.hide_labels(partial(FlowYear.label_products, digits=digits)) if digits else flow.countries
    return bool(flow.countries.labels or products.labels)


def _hide(scope: Scope, row: MetricResult) -> MetricResult:
    """Return a row without its value, unless it is made of totals alone."""
    if row.metric_id in _OF_TOTALS:
        return row
    reason = state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)
    return replace(row, value=None, lower=None, upper=None, status=Status.SUPPRESSED, reason=reason)


def _note_level(digits: int) -> str:
    return state(Reason.AT_DIGITS, digits=digits) if digits else state(Reason.CELLS_OF_COUNTRIES)


def _effect_rows(
    scope: Scope,
    orders: tuple[ConstantMarketShare, ConstantMarketShare],
    said: tuple[Basis, list[str], bool],
) -> list[MetricResult]:
    basis, notes, is_partial = said
    by_product, by_market = orders
    series = [
        ("X13", by_product.residual, None),
        ("X13.change", by_product.change, None),
        ("X13.world", by_product.world, None),
        ("X13.product", by_product.product, Reason.PRODUCTS_FIRST),
        ("X13.market", by_product.market, Reason.PRODUCTS_FIRST),
        ("X13.product.market_first", by_market.product, Reason.MARKETS_FIRST),
        ("X13.market.market_first", by_market.market, Reason.MARKETS_FIRST),
    ]
    return [
        scope.result(
            metric_id,
            value if is_partial else Interval.exact(value),
            "USD",
            basis,
            [*([] if order is None else [state(order)]), *notes],
        )
        for metric_id, value, order in series
    ]
