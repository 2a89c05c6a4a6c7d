"""Rows of what changed in exports: markets kept, new and lost; how wide and how deep they reach (X11, X12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from zonebook.metrics.flow_year import FlowYear
from zonebook.metrics.flows import explain_no_flows, read_flow_years
from zonebook.metrics.hidden_parts import gather_amounts, hide_labels
from zonebook.metrics.interval import Interval
from zonebook.metrics.margin_cells import MarginCells, build_cells
from zonebook.metrics.margins import Margins, decompose_change
from zonebook.metrics.market_share import measure_hummels_klenow
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.trade_comparison import Comparison, read_comparisons
from zonebook.metrics.trade_matrix import REST


def pair_years(flows: list[FlowYear]) -> Iterator[tuple[FlowYear, FlowYear]]:
    """Yield the years that follow one another without a gap, two by two."""
    return ((before, after) for before, after in pairwise(flows) if after.year - before.year == 1)


def join_bases(before: FlowYear, after: FlowYear) -> Basis:
    """Return what a figure made from two years rests on; its year is the later one."""
    return replace(
        after.basis,
        evidence=weakest_evidence([before.basis.evidence, after.basis.evidence]),
        source_ids=tuple(dict.fromkeys((*before.basis.source_ids, *after.basis.source_ids))),
        vintage=max(before.basis.vintage, after.basis.vintage),
    )


# -- X11 ---------------------------------------------------------------------------------------------------------


def export_margin_rows(scope: Scope) -> list[MetricResult]:
    """Return X11: the change of exports from year to year (the headline), and what kept, new and lost cells add to it.

    Cells are those of exporter, country and product; amounts and counts of too few firms are left out.
    """
    flows = read_flow_years(scope)
    rows = [row for pair in pair_years(flows) for row in _margin_rows(scope, *pair)]
    if rows:
        return rows
    why = state(Reason.NO_EARLIER_FIGURE) if flows else explain_no_flows(scope)
    basis = flows[-1].basis if flows else None
    return [scope.without("X11", Status.MISSING_INPUT, "RUB", [why], basis)]


def _margin_rows(scope: Scope, before: FlowYear, after: FlowYear) -> list[MetricResult]:
    basis = join_bases(before, after)
    refusal = before.refuse() or after.refuse()
    if refusal is not None:
        return [scope.without("X11", refusal[0], after.currency, refusal[1], basis)]
    cells = build_cells(before, after)
    if cells is None:
        return [scope.missing("X11", "RUB", state(Reason.NEEDS_RATE))]
    found = decompose_change(cells.before, cells.after)
    notes = _note_cells(before, after, cells)
    basis = replace(basis, n_units=found.n_kept + found.n_new + found.n_lost)
    hidden = _find_hidden(scope, cells)
    rows = [
        scope.without(metric_id, Status.SUPPRESSED, unit, _too_few(scope), basis)
        if parts & hidden
        else _amount_row(scope, metric_id, unit, value, (basis, notes, cells.left_out > 0))
        for metric_id, unit, value, parts in _list_series(found, cells.currency)
    ]
    counts = {"X11.kept_count": found.n_kept, "X11.new_count": found.n_new, "X11.lost_count": found.n_lost}
    rows += [
        scope.without(name, Status.SUPPRESSED, "count", _too_few(scope), basis)
        if name.removeprefix("X11.").removesuffix("_count") in hidden
        else scope.result(name, Interval.exact(count), "count", basis, notes)
        for name, count in counts.items()
    ]
    return rows


def _list_series(found: Margins, currency: str) -> list[tuple[str, str, float | None, set[str]]]:
    """Return id, unit and value of each series, and the parts that could be worked out from it."""
    return [
        ("X11", currency, found.change, set()),
        ("X11.kept", currency, found.intensive, {"kept"}),
        ("X11.new", currency, found.entry, {"new"}),
        ("X11.lost", currency, found.exit, {"lost"}),
        ("X11.intensive_share", "share", found.intensive_share, {"kept"}),
        ("X11.extensive_share", "share", found.extensive_share, {"kept"}),
    ]


def _amount_row(
    scope: Scope, metric_id: str, unit: str, value: float | None, said: tuple[Basis, list[str], bool]
) -> MetricResult:
    basis, notes, is_partial = said
    if value is None:
        return scope.without(metric_id, Status.UNDEFINED, unit, [state(Reason.NOTHING_CHANGED), *notes], basis)
    return scope.result(metric_id, value if is_partial else Interval.exact(value), unit, basis, notes)


def _too_few(scope: Scope) -> list[str]:
    return [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]


def _find_hidden(scope: Scope, cells: MarginCells) -> frozenset[str]:
    """Return which of the three parts would give away a firm: the change they add up to is known."""
    before: dict[Any, float] = cells.before.to_dict()
    after: dict[Any, float] = cells.after.to_dict()
    kept = before.keys() & after.keys()
    parts = {"kept": kept, "new": after.keys() - kept, "lost": before.keys() - kept}
    labels = [(name, number) for name, numbers in parts.items() for number in sorted(numbers)]
    amounts = [before.get(number, 0.0) + after.get(number, 0.0) for _, number in labels]
    behind = gather_amounts([name for name, _ in labels], (cells.find_respondent(one) for _, one in labels), amounts)
    return hide_labels(behind, scope.rule)


def _note_cells(before: FlowYear, after: FlowYear, cells: MarginCells) -> list[str]:
    forms = {
        (True, True): Reason.CELLS_OF_FIRMS,
        (True, False): Reason.CELLS_OF_FIRMS_ONLY,
        (False, True): Reason.CELLS_OF_PRODUCTS,
        (False, False): Reason.CELLS_OF_COUNTRIES,
    }
    notes = [state(Reason.BETWEEN_YEARS, earlier_year=before.year, year=after.year)]
    return [*notes, state(forms[cells.has_firms, cells.has_products]), *after.notes, *before.notes]


# -- X12 ---------------------------------------------------------------------------------------------------------


def hummels_klenow_rows(scope: Scope) -> list[MetricResult]:
    """Return X12: world trade in products exported as a share of all (the headline), the share in it, and in all."""
    found = read_comparisons(scope)
    rows = found.refuse_rows(scope, "X12", "share")
    return [*rows, *(row for comparison in found.years for row in _hummels_klenow_rows(scope, comparison))]


def _hummels_klenow_rows(scope: Scope, comparison: Comparison) -> list[MetricResult]:
    exports = comparison.exports.drop(index=REST, errors="ignore")
    found = measure_hummels_klenow(exports, comparison.world.drop(index=REST, errors="ignore"))
    basis, notes = comparison.basis, comparison.notes
    if found is None:
        reason = [state(Reason.NO_DENOMINATOR), *notes]
        return [scope.without("X12", Status.UNDEFINED, "share", reason, basis)]
    rows = [scope.result("X12", Interval.exact(found.extensive), "share", basis, notes)]
    for name, value in (("intensive", found.intensive), ("market_share", found.share)):
        if not comparison.in_dollars:
            reason = [state(Reason.NEEDS_RATE)]
            rows.append(scope.without(f"X12.{name}", Status.MISSING_INPUT, "share", reason, basis))
        elif value is None:
            reason = [state(Reason.NO_EXPORTS), *notes]
            rows.append(scope.without(f"X12.{name}", Status.UNDEFINED, "share", reason, basis))
        else:
            rows.append(scope.result(f"X12.{name}", Interval.exact(value), "share", basis, notes))
    return rows
