"""Rows of foreign partners (X20)."""

from __future__ import annotations

from zonebook.metrics.destination_rows import note_countries, select_foreign
from zonebook.metrics.geography_rows import count_row, explain_no_tie
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import count_by, read_ties


def foreign_partner_rows(scope: Scope) -> list[MetricResult]:
    """Return X20: partner countries, each once (the headline), and by kind of tie; kinds are never added up."""
    ties = read_ties(scope)
    if ties.actual.empty:
        return [scope.missing("X20", "count", explain_no_tie(scope))]
    foreign = select_foreign(ties.actual)
    # Where no tie is foreign, the zero rests on all ties of the scope that were looked through.
    basis = ties.basis(foreign if len(foreign) else ties.actual)
    reported = [state(Reason.REPORTED_TIES)] if ties.is_reported(ties.actual) and foreign.empty else []
    notes = [*(note_countries(ties, foreign) or reported), state(Reason.COUNTS_COUNTRIES)]
    rows = [count_row(scope, "X20", len(count_by(foreign, "partner_country_iso3")), basis, notes)]
    for kind in count_by(foreign, "kind"):
        of_kind = select_foreign(ties.actual, kind)
        count = len(count_by(of_kind, "partner_country_iso3"))
        kind_notes = [*note_countries(ties, of_kind), state(Reason.COUNTS_COUNTRIES)]
        rows.append(count_row(scope, f"X20.{kind}", count, ties.basis(of_kind), kind_notes))
    if len(foreign):
        parties = foreign["partner_party_id"].nunique()
        party_notes = [*note_countries(ties, foreign), state(Reason.COUNTS_PARTIES)]
        rows.append(count_row(scope, "X20.parties", int(parties), basis, party_notes))
    return rows
