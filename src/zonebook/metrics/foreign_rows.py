"""Rows of foreign partners (X20)."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from zonebook.metrics.destination_rows import note_countries, select_foreign
from zonebook.metrics.geography_rows import count_row, explain_no_tie
from zonebook.metrics.hidden_parts import is_few
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import RegisterYear, read_parties, read_register
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import Ties, count_by, read_ties


def foreign_partner_rows(scope: Scope) -> list[MetricResult]:
    """Return X20: partner countries, each once (the headline), and by kind of tie; kinds are never added up.

    From a register there is a row a year; from publications one of all that is known.
    """
    ties, register = read_ties(scope), read_register(scope)
    if ties.actual.empty:
        return [scope.missing("X20", "count", explain_no_tie(scope))]
    if not register:
        return _count_rows(ties, ties.actual, None)
    return [row for year in register for row in _count_rows(ties, year.ties, year)]


def _count_rows(ties: Ties, rows: pd.DataFrame, year: RegisterYear | None) -> list[MetricResult]:
    scope, foreign = ties.scope, select_foreign(rows)
    # Where no tie is foreign, the zero rests on all ties of the scope that were looked through.
    basis = _describe(ties, foreign if len(foreign) else rows, year)
    reported = [state(Reason.REPORTED_TIES)] if ties.is_reported(rows) and foreign.empty else []
    said = [] if year is None else [*year.silence, *year.notes]
    notes = [*(note_countries(ties, foreign) or reported), state(Reason.COUNTS_COUNTRIES), *said]
    if _is_few(scope, foreign, year):
        return [_suppress(scope, metric_id, basis) for metric_id in ("X20", "X20.parties")]
    found = [count_row(scope, "X20", len(count_by(foreign, "partner_country_iso3")), basis, notes)]
    for kind in count_by(foreign, "kind"):
        of_kind = select_foreign(rows, kind)
        if _is_few(scope, of_kind, year):
            found.append(_suppress(scope, f"X20.{kind}", _describe(ties, of_kind, year)))
            continue
        count = len(count_by(of_kind, "partner_country_iso3"))
        kind_notes = [*note_countries(ties, of_kind), state(Reason.COUNTS_COUNTRIES), *said]
        found.append(count_row(scope, f"X20.{kind}", count, _describe(ties, of_kind, year), kind_notes))
    if len(foreign):
        parties = foreign["partner_party_id"].nunique()
        party_notes = [*note_countries(ties, foreign), state(Reason.COUNTS_PARTIES), *said]
        found.append(count_row(scope, "X20.parties", int(parties), basis, party_notes))
    return found


def _describe(ties: Ties, rows: pd.DataFrame, year: RegisterYear | None) -> Basis:
    """Return what a count over ties rests on: that of its year in a register."""
    basis = ties.basis(rows)
    return basis if year is None else replace(basis, year=year.year, period="FY")


def _is_few(scope: Scope, rows: pd.DataFrame, year: RegisterYear | None) -> bool:
    """Whether ties of a register are those of too few firms of the scope; what is published is public."""
    homes = read_parties(scope)["respondent"].reindex(rows["home_party_id"].unique())
    return year is not None and is_few(homes.tolist(), scope.rule)


def _suppress(scope: Scope, metric_id: str, basis: Basis) -> MetricResult:
    reason = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
    return scope.without(metric_id, Status.SUPPRESSED, "count", reason, replace(basis, n_units=None))
