"""Rows of export intensity and of the share of exporters (X04, X05), from figures of zones and of their firms."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from zonebook.metrics import trade
from zonebook.metrics.figures import EXPORTS, REVENUE, Figure
from zonebook.metrics.firms import FirmYear, read_firm_years
from zonebook.metrics.hidden_parts import gather_amounts, is_disclosing
from zonebook.metrics.interval import Interval, propagate
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope, read_notes


def export_intensity_rows(scope: Scope) -> list[MetricResult]:
    """Return X04: exports by revenue of the same period; from the firms' own figures as series of its own."""
    revenue = {(f.year, f.period, f.cumulative): f for f in scope.figures if f.indicator == REVENUE}
    exports = [f for f in scope.figures if f.indicator == EXPORTS]
    pairs = [
        (f, revenue[f.year, f.period, f.cumulative]) for f in exports if (f.year, f.period, f.cumulative) in revenue
    ]
    rows = [_intensity_row(scope, *pair) for pair in pairs]
    known = {(row.year, row.period) for row in rows if row.metric_id == "X04"}
    for firms in read_firm_years(scope):
        rows += _firm_intensity_rows(scope, firms, is_headline=(firms.year, "FY") not in known)
    if not any(row.metric_id == "X04" for row in rows):
        rows.append(scope.missing("X04", "share", _explain_no_intensity(scope)))
    return rows


def _explain_no_intensity(scope: Scope) -> str:
    for indicator in (EXPORTS, REVENUE):
        if not scope.series(indicator):
            return scope.explain_no_figure(indicator)
    return state(Reason.NO_COMMON_PERIOD, indicator=EXPORTS, second_indicator=REVENUE)


def _intensity_row(scope: Scope, exports: Figure, revenue: Figure) -> MetricResult:
    metric_id = "X04.cumulative" if exports.cumulative else "X04"
    basis = Basis.of(revenue, exports)
    interval = propagate(trade.export_intensity, exports.interval, revenue.interval)
    if interval is None:
        reason = Reason.NO_DENOMINATOR if revenue.interval.lower <= 0 else Reason.PERIMETERS_DIFFER
        return scope.without(metric_id, Status.UNDEFINED, "share", [state(reason)], basis)
    notes = [state(Reason.SINCE_FOUNDATION)] if exports.cumulative else []
    return scope.result(metric_id, interval, "share", basis, [*notes, *read_notes([exports, revenue])])


def _is_disclosing(scope: Scope, both: pd.DataFrame) -> bool:
    """Whether one of the two sums gives a firm away: of too few, or of one that dominates it."""
    sums = (gather_amounts([""] * len(both), both["respondent"], both[name])[""] for name in (EXPORTS, REVENUE))
    return any(is_disclosing(behind, scope.rule) for behind in sums)


def _firm_intensity_rows(scope: Scope, firms: FirmYear, *, is_headline: bool) -> list[MetricResult]:
    """Return the ratio of sums over firms, and the median of their own ratios beside it."""
    both = firms.known(EXPORTS, REVENUE)
    if both.empty:
        return []
    ids = ["X04.firms", *(["X04"] if is_headline else [])]
    basis = replace(firms.basis, n_units=len(both))
    silent = len(firms.rows) - len(both)
    notes = [state(Reason.FROM_REGISTER)]
    if silent:
        notes.append(state(Reason.NO_ANSWER, silent=silent, total=len(firms.rows)))
    if _is_disclosing(scope, both):
        reason = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
        return [scope.without(metric_id, Status.SUPPRESSED, "share", reason, basis) for metric_id in ids]
    intensity = trade.export_intensity(float(both[EXPORTS].sum()), float(both[REVENUE].sum()))
    if intensity is None:
        reason = [state(Reason.NO_DENOMINATOR)]
        return [scope.without(metric_id, Status.UNDEFINED, "share", reason, basis) for metric_id in ids]
    # Nothing bounds the sums of firms that did not answer.
    rows = [scope.result(metric_id, _known(intensity, silent), "share", basis, notes) for metric_id in ids]
    median = trade.median_intensity(both[EXPORTS], both[REVENUE])
    if median is None:
        reason = [state(Reason.PERIMETERS_DIFFER)]
        return [*rows, scope.without("X04.firm_median", Status.UNDEFINED, "share", reason, basis)]
    return [*rows, scope.result("X04.firm_median", _known(median, silent), "share", basis, notes)]


def _known(value: float, silent: int) -> Interval | float:
    return value if silent else Interval.exact(value)


def exporter_share_rows(scope: Scope) -> list[MetricResult]:
    """Return X05: the share of residents that export, as reported; from the firms' own figures where there are none."""
    figures = scope.series("exporters_share_pct")
    rows = [scope.result("X05", f.interval, "share", Basis.of(f), read_notes([f])) for f in figures]
    known = {(row.year, row.period) for row in rows}
    rows += [_exporter_row(scope, firms) for firms in read_firm_years(scope) if (firms.year, "FY") not in known]
    if not rows:
        reasons = [scope.explain_no_figure("exporters_share_pct")]
        if not scope.share.has("party_year"):
            reasons.append(state(Reason.NO_TABLE, table="party_year"))
        rows.append(scope.missing("X05", "share", *reasons))
    return rows


def _exporter_row(scope: Scope, firms: FirmYear) -> MetricResult:
    answered = firms.known(EXPORTS)
    exporters = answered[answered[EXPORTS] > 0]
    basis = replace(firms.basis, n_units=len(answered))
    found = trade.exporter_share(len(exporters), len(answered), len(firms.rows) - len(answered))
    if found is None:
        return scope.without("X05", Status.UNDEFINED, "share", [state(Reason.NO_ROWS, table="party_year")], basis)
    if firms.count_respondents(exporters) < scope.settings.least_firms:
        reason = state(Reason.TOO_FEW_EXPORTERS, minimum=scope.settings.least_firms, total=len(answered))
        return scope.without("X05", Status.SUPPRESSED, "share", [reason], basis)
    return scope.result("X05", Interval(*found), "share", basis, [state(Reason.FROM_REGISTER)])
