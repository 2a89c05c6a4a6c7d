"""Rows of export potential (X19)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from zonebook.metrics.export_potential import (
    PotentialTotal,
    add_potential,
    estimate_ease,
    measure_export_potential,
    project_supply,
)
from zonebook.metrics.flow_year import FlowYear
from zonebook.metrics.market_flows import build_export_matrix, explain_no_imports
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.trade_comparison import Comparison, find_common_digits, note_left_out, read_comparisons
from zonebook.metrics.trade_matrix import REST, TradeMatrix, align_matrices
from zonebook.metrics.world_trade import EXPORT, IMPORT, read_matrix, read_world_trade


def export_potential_rows(scope: Scope) -> list[MetricResult]:
    """Return X19: the part of the export potential of the markets served that is not used, by year (the headline).

    Beside it the potential and the gap in dollars, the potential of markets not served yet, and in the latest year
    the gap in the countries where it is largest.
    """
    absent = explain_no_imports(scope)
    found = read_comparisons(scope)
    if absent:
        why = () if found.years or found.refused else found.absence
        return [scope.missing("X19", "share", *absent, *why)]
    rows = found.refuse_rows(scope, "X19", "share")
    years = [one for one in found.years if read_world_trade(scope).find(IMPORT, one.flow.year) is not None]
    if not rows and not years:
        return [scope.missing("X19", "share", state(Reason.NO_COMMON_YEAR))]
    for comparison in years:
        rows += _potential_rows(scope, comparison, lists_countries=comparison is years[-1])
    return rows


@dataclass(frozen=True, eq=False)
class _Potential:
    """Potential by product and market of the markets served, its sum, that of other markets, and of all alike.

    ``new`` and ``at_par`` take every market to be reached equally easily: those not served yet, and all of them.
    """

    served: pd.DataFrame
    total: PotentialTotal
    new: PotentialTotal
    at_par: PotentialTotal
    digits: int
    left_out: float


def _measure(scope: Scope, flow: FlowYear) -> _Potential | None:
    """Return the potential of a year; ``None`` where exports cannot be put in dollars."""
    digits = min(find_common_digits(scope, [flow], direction) for direction in (EXPORT, IMPORT))
    exports = build_export_matrix(flow, digits)
    if exports is None:
        return None
    total = float(exports.values.sum())
    if digits:
        exports = exports.drop(product=REST)
    left_out = 1 - float(exports.values.sum()) / total if total else 0.0
    supply = project_supply(exports.sum_products(), read_matrix(scope, EXPORT, flow.year, digits).sum_products())
    imports = read_matrix(scope, IMPORT, flow.year, digits).drop(country=scope.home_country)
    markets = tuple(sorted({*imports.countries, *exports.countries}))
    demand = TradeMatrix(markets, exports.products, imports.put_on(markets, exports.products))
    table = align_matrices(exports=exports, demand=demand)
    ease = estimate_ease(table, supply)
    is_served = (ease > 0).reindex(markets, fill_value=False).to_numpy()[table["market"].cat.codes]
    served = measure_export_potential(table[is_served], supply, ease)
    # Where nothing is sold yet nothing tells how easily the market is reached.
    at_par = measure_export_potential(table, supply)
    total_new, total_at_par = add_potential(at_par[~is_served]), add_potential(at_par)
    return _Potential(served, add_potential(served), total_new, total_at_par, digits, left_out)


def _potential_rows(scope: Scope, comparison: Comparison, *, lists_countries: bool) -> list[MetricResult]:
    flow, basis = comparison.flow, comparison.flow.basis
    found = _measure(scope, flow)
    if found is None:
        return [scope.without("X19", Status.MISSING_INPUT, "share", [state(Reason.NEEDS_RATE)], basis)]
    notes = [state(Reason.WITHOUT_TARIFFS), state(Reason.NOT_PROJECTED)]
    level = Reason.AT_DIGITS if found.digits else Reason.CELLS_OF_COUNTRIES
    notes.append(state(level, digits=found.digits) if found.digits else state(level))
    notes += note_left_out(found.left_out)
    rows = [flow.row("X19", "share", found.total.unrealised, notes, Reason.NO_POTENTIAL)]
    rows += [
        flow.row("X19.potential", "USD", found.total.potential, notes),
        flow.row("X19.gap", "USD", found.total.gap, notes),
        flow.row("X19.new", "USD", found.new.potential, [state(Reason.EASE_ASSUMED), *notes]),
        flow.row("X19.at_par", "share", found.at_par.unrealised, [state(Reason.EASE_ASSUMED), *notes]),
    ]
    return rows + (_country_rows(scope, flow, found, notes) if lists_countries else [])


def _country_rows(scope: Scope, flow: FlowYear, found: _Potential, notes: list[str]) -> list[MetricResult]:
    """Return the gap in the countries where it is largest, of those that too few firms sell to left out."""
    hidden = flow.countries.labels
    shown = found.served[~found.served["market"].isin(hidden) & found.served["gap"].notna()]
    gaps = shown.groupby("market", sort=True)["gap"].sum().sort_values(ascending=False, kind="stable")
    largest = gaps[gaps > 0].head(scope.settings.opportunities)
    return [flow.row(f"X19.{country}", "USD", float(gap), notes) for country, gap in largest.items()]
