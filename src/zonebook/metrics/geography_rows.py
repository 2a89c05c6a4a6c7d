"""Rows of partner regions and their effective number (R01, R02)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from zonebook.metrics.geography import hill_number
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope, mark_low_n
from zonebook.metrics.ties import Ties, count_by, find_column, read_ties


def select_other_regions(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ties with a partner in another region of the same country; with an unnamed region if the level says so."""
    home, partner = rows["home_region_iso"], rows["partner_region_iso"]
    named = partner.notna()
    elsewhere = (named & (partner != home)) | (~named & (rows["level"] == "regional"))
    return rows[elsewhere & ~rows["is_foreign"] & ~rows["is_inside"]]


def _notes(ties: Ties, rows: pd.DataFrame, reported: Reason) -> list[str]:
    notes = [state(reported)] if ties.is_reported(rows) else []
    left_out = int(rows["partner_region_iso"].isna().sum())
    if left_out:
        notes.append(state(Reason.WITHOUT_REGION, left_out=left_out))
    return notes


def explain_no_tie(scope: Scope) -> str:
    """Return why a scope has no ties to count."""
    return state(Reason.NO_REPORTED_TIE) if scope.share.has("tie") else state(Reason.NO_TABLE, table="tie")


def count_row(scope: Scope, metric_id: str, count: int, basis: Basis, notes: Sequence[str]) -> MetricResult:
    """Return a count over ties: exact from a register, a lower bound from ties known by publications only."""
    if state(Reason.REPORTED_TIES) in notes:
        return scope.at_least(metric_id, count, "count", basis, notes)
    return scope.result(metric_id, Interval.exact(count), "count", basis, notes)


def partner_region_rows(scope: Scope) -> list[MetricResult]:
    """Return R01: other regions with working ties; their share of all other regions, and regions only planned with."""
    ties = read_ties(scope)
    rows = select_other_regions(ties.actual)
    regions = count_by(rows, "partner_region_iso")
    intended = _planned_region_rows(scope, ties, regions)
    if ties.actual.empty:
        return [scope.missing("R01", "count", explain_no_tie(scope)), *intended]
    # Where there is no tie with a region, the count rests on all ties of the scope that were looked through.
    basis = ties.basis(rows if len(rows) else ties.actual)
    notes = _notes(ties, rows, Reason.REPORTED_TIES)
    if rows.empty and ties.is_reported(ties.actual):
        notes = [state(Reason.REPORTED_TIES)]
    found = [count_row(scope, "R01", len(regions), basis, notes)]
    others = len(scope.table("region")) - (scope.type != "country")
    if others > 0:
        share_notes = [*notes, state(Reason.OF_REGIONS, total=others)]
        share = len(regions) / others
        known = Interval.exact(share)
        found.append(
            scope.at_least("R01.reach", share, "share", basis, share_notes)
            if state(Reason.REPORTED_TIES) in notes
            else scope.result("R01.reach", known, "share", basis, share_notes)
        )
    return [*found, *intended]


def _planned_region_rows(scope: Scope, ties: Ties, regions: Collection[str]) -> list[MetricResult]:
    """Return how many regions there are only intended ties with."""
    rows = select_other_regions(ties.intended)
    if rows.empty:
        return []
    new = [region for region in count_by(rows, "partner_region_iso") if region not in regions]
    notes = _notes(ties, rows, Reason.REPORTED_TIES)
    return [count_row(scope, "R01.planned", len(new), ties.basis(rows), notes)]


def effective_region_rows(scope: Scope) -> list[MetricResult]:
    """Return R02: effective number of partner regions of order 1, with orders 0 and 2; by value where all is known."""
    ties = read_ties(scope)
    rows = select_other_regions(ties.actual)
    known = rows[rows["partner_region_iso"].notna()]
    if ties.actual.empty:
        return [scope.missing("R02", "count", explain_no_tie(scope))]
    if known.empty:
        return [scope.without("R02", Status.UNDEFINED, "count", [explain_no_tie(scope)], ties.basis(known))]
    notes = [*_notes(ties, rows, Reason.REPORTED_SAMPLE), state(Reason.BY_COUNT)]
    found = hill_rows(scope, "R02", list(count_by(known, "partner_region_iso").values()), ties.basis(known), notes)
    values = find_column(known, "value_rub")
    if values.notna().all():
        sums = known.assign(value_rub=values.astype(float)).groupby("partner_region_iso")["value_rub"].sum()
        notes = [*_notes(ties, rows, Reason.REPORTED_SAMPLE), state(Reason.BY_VALUE)]
        by_value = hill_rows(scope, "R02.value", list(sums.astype(float)), ties.basis(known), notes)
        found += [row for row in by_value if row.value is not None]
    return mark_low_n(found, scope.settings.least_units)


def hill_rows(
    scope: Scope, metric_id: str, weights: Sequence[float], basis: Basis, notes: Sequence[str]
) -> list[MetricResult]:
    """Return effective numbers of order 1 (the series itself), 0 (``q0``) and 2 (``q2``).

    From reported ties the number of partners is a lower bound; the others have no known bounds.
    """
    separator = "." if "." not in metric_id else "_"
    is_sample = state(Reason.REPORTED_SAMPLE) in notes
    rows = []
    for suffix, order in (("", 1), (f"{separator}q0", 0), (f"{separator}q2", 2)):
        number = hill_number(weights, order)
        if number is None:
            reason = [state(Reason.NO_DENOMINATOR)]
            rows.append(scope.without(metric_id + suffix, Status.UNDEFINED, "count", reason, basis))
        elif is_sample and order == 0:
            rows.append(scope.at_least(metric_id + suffix, number, "count", basis, notes))
        else:
            value = number if is_sample else Interval.exact(number)
            rows.append(scope.result(metric_id + suffix, value, "count", basis, notes))
    return rows
