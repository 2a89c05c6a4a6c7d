"""Rows of comparative advantage by product (X09, X10)."""

from __future__ import annotations

from dataclasses import replace

from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.trade_comparison import Comparison, read_comparisons


def balassa_rows(scope: Scope) -> list[MetricResult]:
    """Return X09: products with an advantage by year (the headline), all that are exported, and each one's RCA.

    Single products are those exported in the latest year.
    """
    found = read_comparisons(scope)
    rows = found.refuse_rows(scope, "X09", "count")
    for comparison in found.years:
        rows += _count_rows(scope, comparison)
    return [*rows, *(_product_rows(scope, found.years[-1], "X09", "rca") if found.years else [])]


def _count_rows(scope: Scope, comparison: Comparison) -> list[MetricResult]:
    advantages, basis = comparison.advantages, comparison.basis
    if not advantages["exports"].any():
        reason = [state(Reason.NO_EXPORTS)]
        return [scope.without("X09", Status.UNDEFINED, "count", reason, basis)]
    has_advantage = comparison.has_advantage
    counts = {
        "X09": has_advantage.sum(),
        "X09.above_noise": (has_advantage & ~advantages["is_noise"]).sum(),
        "X09.exported": (advantages["exports"] > 0).sum(),
    }
    if not comparison.in_dollars:
        del counts["X09.above_noise"]
    return [
        scope.result(metric_id, Interval.exact(int(count)), "count", basis, comparison.notes)
        for metric_id, count in counts.items()
    ]


def symmetric_advantage_rows(scope: Scope) -> list[MetricResult]:
    """Return X10: the largest symmetric advantage by year (the headline), and each product's in the latest year."""
    found = read_comparisons(scope)
    rows = found.refuse_rows(scope, "X10", "index")
    rows += [_largest_row(scope, comparison) for comparison in found.years]
    return [*rows, *(_product_rows(scope, found.years[-1], "X10", "rsca") if found.years else [])]


def _largest_row(scope: Scope, comparison: Comparison) -> MetricResult:
    """Return the product with the largest advantage of those that may be shown."""
    exported = _exported(comparison)
    if not exported:
        reason = [state(Reason.NO_EXPORTS)]
        return scope.without("X10", Status.UNDEFINED, "index", reason, comparison.basis)
    shown = [product for product in exported if product not in comparison.hidden]
    hidden = len(exported) - len(shown)
    minimum = scope.settings.least_firms
    notes = [state(Reason.PRODUCTS_HIDDEN, minimum=minimum, left_out=hidden)] if hidden else []
    if not shown:
        return scope.without("X10", Status.SUPPRESSED, "index", notes, comparison.basis)
    values = comparison.advantages["rsca"]
    largest = max(shown, key=lambda product: (values[product], product))
    row = _product_row(scope, comparison, f"X10.{largest}", float(values[largest]))
    said = join_reasons([state(Reason.PRODUCT, product=largest), row.reason, *notes])
    return replace(row, metric_id="X10", reason=said)


def _exported(comparison: Comparison) -> list[str]:
    exports = comparison.advantages["exports"]
    return [str(product) for product in exports.index[exports > 0]]


def _product_rows(scope: Scope, comparison: Comparison, metric_id: str, column: str) -> list[MetricResult]:
    values = comparison.advantages[column]
    return [
        _product_row(scope, comparison, f"{metric_id}.{product}", float(values[product]))
        for product in _exported(comparison)
    ]


def _product_row(scope: Scope, comparison: Comparison, metric_id: str, value: float) -> MetricResult:
    """Return the row of one product, marked where one consignment may have made the advantage."""
    unit, product = ("ratio" if metric_id.startswith("X09") else "index"), metric_id.partition(".")[2]
    basis = replace(comparison.basis, n_units=None)
    if product in comparison.hidden:
        reason = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
        return scope.without(metric_id, Status.SUPPRESSED, unit, reason, basis)
    notes = list(comparison.notes)
    if comparison.in_dollars and comparison.advantages.at[product, "is_noise"]:
        notes.insert(0, state(Reason.BELOW_NOISE, percent=f"{100 * scope.settings.noise_share:g}"))
    return scope.result(metric_id, Interval.exact(value), unit, basis, notes)
