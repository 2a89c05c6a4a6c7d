"""Rows of how concentrated exports are on countries and products, and of what blocs have to do with it (X07, X08)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from zonebook.metrics import trade
from zonebook.metrics.flow_year import FlowYear, level, sum_by
from zonebook.metrics.flows import explain_no_flows, read_flow_parts, read_flow_years
from zonebook.metrics.inequality import Inequality, compute_lorenz_curve, decompose_theil, measure_inequality
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import find_members
from zonebook.metrics.trade_comparison import note_left_out

_FIFTHS = (20, 40, 60, 80)
_FEWEST_IN_FIFTHS = 10  # countries
_LEVELLED = Reason.LEVELLED.value.partition("{")[0]

# -- X07 ---------------------------------------------------------------------------------------------------------


def export_concentration_rows(scope: Scope) -> list[MetricResult]:
    """Return X07: concentration of exports on countries by year (HHI is the headline), and on products.

    Clusters of a zone whose firms state their exports have the concentration on countries.
    """
    rows = []
    for part in read_flow_parts(scope):
        is_whole = part.scope_type == scope.type
        for flow in part.years:
            rows += part.assign(_concentration_rows(flow, is_whole=is_whole))
    if not any(row.scope_type == scope.type for row in rows):
        rows.append(scope.missing("X07", "index", explain_no_flows(scope)))
    return rows


def _concentration_rows(flow: FlowYear, *, is_whole: bool) -> list[MetricResult]:
    refused = flow.refused_row("X07", "index")
    if refused is not None:
        return [refused]
    if flow.is_mostly_hidden:
        return [flow.suppressed_row("X07", "index"), *(_product_rows(flow) if is_whole else [])]
    found = measure_inequality(list(flow.shown_values.values()))
    notes = flow.countries_note
    if not is_whole:
        return _measure_rows(flow, "X07", found, notes, is_whole=False)
    return [*_measure_rows(flow, "X07", found, notes), *_lorenz_rows(flow), *_product_rows(flow)]


def _lorenz_rows(flow: FlowYear) -> list[MetricResult]:
    """Return the part of exports that fifths of the countries with the least have; few countries make no fifths.

    With two countries and more in each fifth no point of the curve is one country's own figure.
    """
    curve = compute_lorenz_curve(list(flow.shown_values.values()))
    if curve is None or len(curve) <= _FEWEST_IN_FIFTHS:
        return []
    parts = np.interp([percent / 100 for percent in _FIFTHS], curve["partner_share"], curve["value_share"])
    notes = flow.countries_note
    return [
        flow.row(f"X07.lorenz_{percent}", "share", float(part), notes, is_exact=not notes)
        for percent, part in zip(_FIFTHS, parts, strict=True)
    ]


def _product_rows(flow: FlowYear) -> list[MetricResult]:
    """Return the same measures over products, told apart by the shortest code of their classification."""
    if not flow.family:
        reason = [state(Reason.NO_PRODUCTS)]
        return [flow.scope.without("X07.product.hhi", Status.MISSING_INPUT, "index", reason, flow.basis)]
    rows, labels = flow.label_families()
    sums = sum_by(labels, flow.amounts[rows])
    total = sum(flow.values.values())
    left_out = max(0.0, 1 - sum(sums.values()) / total) if total else 0.0
    said = state(Reason.AT_DIGITS, digits=flow.digits) if flow.digits else state(Reason.BY_CODES, scheme=flow.family)
    hidden = flow.hide_labels(FlowYear.label_families)
    notes = [said, *flow.note_hidden(hidden), *note_left_out(left_out)]
    shown = level(sums, hidden.known_sums)
    return _measure_rows(flow, "X07.product.hhi", measure_inequality(list(shown.values())), notes)


def _measure_rows(
    flow: FlowYear, metric_id: str, found: Inequality | None, said: Iterable[str] = (), *, is_whole: bool = True
) -> list[MetricResult]:
    """Return HHI as the series itself and further measures beside it; without exports only the first, undefined."""
    stem = metric_id.removesuffix(".hhi")
    if found is None:
        return [flow.row(metric_id, "index", None, said)]
    notes = [*said, *([state(Reason.WITHOUT_EXPORTS, left_out=found.n_zero)] if found.n_zero else [])]
    measures = {
        metric_id: found.hhi,
        f"{stem}.normalised": found.hhi_normalised,
        f"{stem}.theil_t": found.theil_t,
        f"{stem}.theil_l": found.theil_l,
        f"{stem}.gini": found.gini,
        f"{stem}.unctad": found.unctad,
    }
    wanted = list(measures) if is_whole else list(measures)[:2]
    is_exact = not any(note.startswith(_LEVELLED) for note in said)
    return [flow.row(name, "index", measures[name], notes, Reason.ONE_PARTNER, is_exact=is_exact) for name in wanted]


# -- X08 ---------------------------------------------------------------------------------------------------------


def theil_decomposition_rows(scope: Scope) -> list[MetricResult]:
    """Return X08: the part of Theil's T between blocs (the headline), within them, the whole, and the share between."""
    if not scope.share.has("bloc_membership"):
        return [scope.missing("X08", "index", state(Reason.NO_TABLE, table="bloc_membership"))]
    rows = [row for flow in read_flow_years(scope) for row in _theil_rows(scope, flow)]
    return rows or [scope.missing("X08", "index", explain_no_flows(scope))]


def _theil_rows(scope: Scope, flow: FlowYear) -> list[MetricResult]:
    refused = flow.refused_row("X08", "index")
    if refused is not None:
        return [refused]
    if flow.is_mostly_hidden:
        return [flow.suppressed_row("X08", "index")]
    countries = list(flow.shown_values)
    blocs = trade.assign_blocs(countries, find_members(scope, flow.year))
    found = decompose_theil(list(flow.shown_values.values()), [blocs[country] for country in countries])
    if found is None:
        return [flow.row("X08", "index", None)]
    figures = {
        "X08": ("index", found.between),
        "X08.within": ("index", found.within),
        "X08.total": ("index", found.total),
        "X08.between_share": ("share", found.between_share),
    }
    notes = flow.countries_note
    return [
        flow.row(name, unit, value, notes, Reason.ONE_PARTNER, is_exact=not notes)
        for name, (unit, value) in figures.items()
    ]
