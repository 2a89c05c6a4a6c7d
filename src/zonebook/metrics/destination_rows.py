"""Rows of export destinations and their blocs (X06, X15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from zonebook.metrics import trade
from zonebook.metrics.flow_year import FlowYear
from zonebook.metrics.flows import explain_no_flows, read_flow_parts, read_flow_years
from zonebook.metrics.geography import hill_number
from zonebook.metrics.geography_rows import count_row
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope, mark_low_n, read_notes
from zonebook.metrics.ties import Ties, count_by, find_members, read_ties

_DESTINATIONS = "export_countries"


def note_countries(ties: Ties, rows: pd.DataFrame) -> list[str]:
    """Return what is to be said of countries counted over ties."""
    notes = [state(Reason.REPORTED_TIES)] if ties.is_reported(rows) else []
    left_out = int(rows["partner_country_iso3"].isna().sum())
    if left_out:
        notes.append(state(Reason.WITHOUT_COUNTRY, left_out=left_out))
    return notes


def _explain_nothing(scope: Scope) -> list[str]:
    """Return which tables would supply destinations, where there are none."""
    tie = state(Reason.NO_REPORTED_TIE) if scope.share.has("tie") else state(Reason.NO_TABLE, table="tie")
    return [tie, explain_no_flows(scope)]


def select_foreign(rows: pd.DataFrame, kind: str | None = None) -> pd.DataFrame:
    """Return the ties with partners abroad, of one kind if given."""
    foreign = rows[rows["is_foreign"]]
    return foreign if kind is None else foreign[foreign["kind"] == kind]


# -- X06 ---------------------------------------------------------------------------------------------------------


def destination_rows(scope: Scope) -> list[MetricResult]:
    """Return X06: the number of countries exported to; effective numbers where the value of each is known.

    The headline is, in this order: counted in the flows of the year, as a source gives it, or the number of
    countries named in reported ties. Each of these is a series of its own, too.
    """
    flows: list[MetricResult] = []
    clusters: list[MetricResult] = []
    for part in read_flow_parts(scope):
        rows = part.assign(row for flow in part.years for row in _flow_rows(scope, flow))
        (flows if part.scope_type == scope.type else clusters).extend(rows)
    figures = [
        scope.result("X06.reported", f.interval, "count", Basis.of(f), [state(Reason.AS_REPORTED), *read_notes([f])])
        for f in scope.series(_DESTINATIONS)
    ]
    sums = [
        scope.result(
            "X06.cumulative", f.interval, "count", Basis.of(f), [state(Reason.SINCE_FOUNDATION), *read_notes([f])]
        )
        for f in scope.series(_DESTINATIONS, cumulative=True)
    ]
    named = _named_rows(scope)
    headline = [row for row in flows if row.metric_id == "X06"] or [
        replace(row, metric_id="X06") for row in figures or named
    ]
    rest = [*(row for row in flows if row.metric_id != "X06"), *clusters, *figures, *sums, *named]
    if headline:
        return [*headline, *rest]
    return [scope.missing("X06", "count", *_explain_nothing(scope)), *rest]


def _flow_rows(scope: Scope, flow: FlowYear) -> list[MetricResult]:
    """Return number and effective numbers of destinations of a year's export flows."""
    if flow.is_disclosing:
        return [flow.suppressed_row("X06", "count")]
    rows = [_count_row(scope, flow, sum(amount > 0 for amount in flow.values.values()))]
    if flow.is_mostly_hidden:
        return [*rows, *(flow.suppressed_row(name, "count") for name in ("X06.q1", "X06.q2"))]
    notes = [state(Reason.BY_VALUE), *flow.countries_note, *_sample_notes(flow)]
    for suffix, order in ((".q1", 1), (".q2", 2)):
        number = hill_number(list(flow.shown_values.values()), order)
        # No destination is a true zero; an effective number of none is undefined.
        rows.append(flow.row(f"X06{suffix}", "count", number, notes, is_exact=not flow.countries_note))
    return rows


def _count_row(scope: Scope, flow: FlowYear, count: int) -> MetricResult:
    """Return the number of countries; a lower bound where the list is a sample, or some have no value."""
    notes = [state(Reason.FROM_FLOWS), *_sample_notes(flow), *flow.notes]
    if flow.is_partial:
        return scope.at_least("X06", count + len(flow.unvalued), "count", flow.basis, notes)
    return scope.result("X06", Interval.exact(count), "count", flow.basis, notes)


def _sample_notes(flow: FlowYear) -> list[str]:
    return [state(Reason.FLOWS_ARE_SAMPLE)] if flow.is_sample else []


def _named_rows(scope: Scope) -> list[MetricResult]:
    ties = read_ties(scope)
    rows = select_foreign(ties.actual, "export")
    countries = count_by(rows, "partner_country_iso3")
    if not countries:
        return []
    return [count_row(scope, "X06.named", len(countries), ties.basis(rows), note_countries(ties, rows))]


# -- X15 ---------------------------------------------------------------------------------------------------------


def bloc_share_rows(scope: Scope) -> list[MetricResult]:
    """Return X15: shares of EAEU (the headline), other CIS, other BRICS and the rest, by value or by countries."""
    return scope.remember("X15", lambda: _bloc_share_rows(scope))


def _bloc_share_rows(scope: Scope) -> list[MetricResult]:
    if not scope.share.has("bloc_membership"):
        return [scope.missing("X15", "share", state(Reason.NO_TABLE, table="bloc_membership"))]
    rows = []
    for flow in read_flow_years(scope):
        if flow.is_disclosing:
            rows.append(flow.suppressed_row("X15", "share"))
            continue
        notes = [state(Reason.BY_VALUE), *_sample_notes(flow), *flow.notes]
        found = _bloc_rows(scope, flow.values, flow.basis, notes, is_sample=flow.is_sample)
        rows += _hide_parts(scope, flow, found)
    if rows:
        return rows
    ties = read_ties(scope)
    exports = select_foreign(ties.actual, "export")
    countries = dict.fromkeys(count_by(exports, "partner_country_iso3"), 1.0)
    if not countries:
        return [scope.missing("X15", "share", *_explain_nothing(scope))]
    is_sample = ties.is_reported(exports)
    notes = [state(Reason.BY_COUNTRIES), *([state(Reason.REPORTED_SAMPLE)] if is_sample else [])]
    basis = replace(ties.basis(exports), n_units=len(countries))
    return mark_low_n(_bloc_rows(scope, countries, basis, notes, is_sample=is_sample), scope.settings.least_units)


def _hide_parts(scope: Scope, flow: FlowYear, rows: list[MetricResult]) -> list[MetricResult]:
    """Return the rows without the parts whose exports are those of too few firms: the total is known."""
    hidden = {f"X15.{part.lower()}" for part in flow.countries.groups}
    hidden |= {"X15"} if "X15.eaeu" in hidden else set()
    return [flow.suppressed_row(row.metric_id, "share") if row.metric_id in hidden else row for row in rows]


def _bloc_rows(
    scope: Scope, weights: Mapping[str, float], basis: Basis, notes: list[str], *, is_sample: bool
) -> list[MetricResult]:
    """Return the headline and the four parts of the partition, which add up to 1."""
    shares = trade.bloc_shares(weights, trade.assign_blocs(list(weights), find_members(scope, basis.year)))
    if shares is None:
        return [scope.without("X15", Status.UNDEFINED, "share", [state(Reason.NO_DENOMINATOR)], basis)]
    series = {"X15": shares["EAEU"], **{f"X15.{part.lower()}": share for part, share in shares.items()}}
    return [
        scope.result(metric_id, share if is_sample else Interval.exact(share), "share", basis, notes)
        for metric_id, share in series.items()
    ]
