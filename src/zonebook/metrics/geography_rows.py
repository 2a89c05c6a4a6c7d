"""Rows of partner regions and their effective number (R01, R02)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from zonebook.metrics.geography import hill_number
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope, mark_low_n
from zonebook.metrics.tie_years import TieYear, list_tie_years, select_other_regions, view_from_both_ends
from zonebook.metrics.ties import count_by, read_ties


def _explain(year: TieYear, rows: pd.DataFrame, reported: Reason) -> list[str]:
    notes = year.explain(rows, reported)
    left_out = int(rows["partner_region_iso"].isna().sum())
    return [*notes, state(Reason.WITHOUT_REGION, left_out=left_out)] if left_out else notes


def explain_no_tie(scope: Scope) -> str:
    """Return why a scope has no ties to count."""
    return state(Reason.NO_REPORTED_TIE) if scope.share.has("tie") else state(Reason.NO_TABLE, table="tie")


def count_row(
    scope: Scope, metric_id: str, count: float, basis: Basis, notes: Sequence[str], *, is_part: bool = False
) -> MetricResult:
    """Return a count over ties: exact from a full register, a lower bound where not all ties are known."""
    if is_part or state(Reason.REPORTED_TIES) in notes:
        return scope.at_least(metric_id, count, "count", basis, notes)
    return scope.result(metric_id, Interval.exact(count), "count", basis, notes)


def partner_region_rows(scope: Scope) -> list[MetricResult]:
    """Return R01: other regions with working ties; their share of all other regions, and regions only planned with."""
    if read_ties(scope).actual.empty:
        return [scope.missing("R01", "count", explain_no_tie(scope)), *_planned_region_rows(scope, ())]
    found, regions = [], dict[str, int]()
    for year in list_tie_years(scope):
        rows = select_other_regions(year.rows)
        regions = count_by(view_from_both_ends(rows), "partner_region_iso")
        found += _region_count_rows(scope, year, rows, len(regions))
    return [*found, *_planned_region_rows(scope, regions)]


def _region_count_rows(scope: Scope, year: TieYear, rows: pd.DataFrame, count: int) -> list[MetricResult]:
    # Where there is no tie with a region, the count rests on all ties of the scope that were looked through.
    basis, looked_through = year.basis(rows if len(rows) else year.rows), rows if len(rows) else year.rows
    is_part, notes = year.is_part(looked_through), _explain(year, rows, Reason.REPORTED_TIES)
    if rows.empty:
        notes = year.explain(looked_through, Reason.REPORTED_TIES)
    if year.is_few(rows):
        return [year.suppressed("R01", "count", rows), year.suppressed("R01.reach", "share", rows)]
    found = [count_row(scope, "R01", count, basis, notes, is_part=is_part)]
    others = len(scope.table("region")) - (scope.type != "country")
    if others > 0:
        notes = [*notes, state(Reason.OF_REGIONS, total=others)]
        reach = count / others
        found.append(
            scope.at_least("R01.reach", reach, "share", basis, notes)
            if is_part
            else scope.result("R01.reach", Interval.exact(reach), "share", basis, notes)
        )
    return found


def _planned_region_rows(scope: Scope, regions: Collection[str]) -> list[MetricResult]:
    """Return how many regions there are only intended ties with."""
    ties = read_ties(scope)
    rows = select_other_regions(ties.intended)
    if rows.empty:
        return []
    new = [region for region in count_by(rows, "partner_region_iso") if region not in regions]
    stand = TieYear(ties, rows, scope.year, "point")
    return [count_row(scope, "R01.planned", len(new), ties.basis(rows), _explain(stand, rows, Reason.REPORTED_TIES))]


def effective_region_rows(scope: Scope) -> list[MetricResult]:
    """Return R02: effective number of partner regions of order 1, with orders 0 and 2; by value where that is known."""
    if read_ties(scope).actual.empty:
        return [scope.missing("R02", "count", explain_no_tie(scope))]
    rows = [row for year in list_tie_years(scope) for row in _effective_rows(scope, year)]
    return mark_low_n(rows, scope.settings.least_units)


def _effective_rows(scope: Scope, year: TieYear) -> list[MetricResult]:
    rows = select_other_regions(year.rows)
    known = rows[rows["partner_region_iso"].notna()]
    if known.empty:
        reason = state(Reason.NO_TIE) if year.is_register else explain_no_tie(scope)
        return [scope.without("R02", Status.UNDEFINED, "count", [reason, *year.notes], year.basis(known))]
    if year.is_few(known):
        return [year.suppressed(f"R02{suffix}", "count", known) for suffix in ("", ".q0", ".q2")]
    notes = [*_explain(year, rows, Reason.REPORTED_SAMPLE), state(Reason.BY_COUNT)]
    counts = count_by(view_from_both_ends(known), "partner_region_iso")
    found = hill_rows(scope, "R02", list(counts.values()), year.basis(known), notes, is_part=year.is_part(rows))
    valued = known[known.index.isin(year.trade.index) & known["value_rub"].notna()]
    if len(valued) and (year.is_register or len(valued) == len(known)):
        found += _effective_value_rows(scope, year, known, valued)
    return found


def _effective_value_rows(scope: Scope, year: TieYear, known: pd.DataFrame, valued: pd.DataFrame) -> list[MetricResult]:
    """Return the effective numbers weighted by value; without a sum of values there are none."""
    if year.is_one_firms(valued):
        return [year.suppressed(f"R02.value{suffix}", "count", valued) for suffix in ("", "_q0", "_q2")]
    notes = [*_explain(year, known, Reason.REPORTED_SAMPLE), state(Reason.BY_VALUE)]
    left_out = int(known.index.isin(year.trade.index).sum()) - len(valued)
    if left_out:
        notes.append(state(Reason.WITHOUT_VALUE, left_out=left_out))
    seen = view_from_both_ends(valued)
    sums = seen["value_rub"].astype(float).groupby(seen["partner_region_iso"]).sum()
    rows = hill_rows(
        scope, "R02.value", list(sums.astype(float)), year.basis(valued), notes, is_part=year.is_part(known)
    )
    return [row for row in rows if row.value is not None]


def hill_rows(
    scope: Scope, metric_id: str, weights: Sequence[float], basis: Basis, notes: Sequence[str], *, is_part: bool = False
) -> list[MetricResult]:
    """Return effective numbers of order 1 (the series itself), 0 (``q0``) and 2 (``q2``).

    Where ties are missing, of a sample or of firms that did not answer, the number of partners is a lower bound; the
    others have no known bounds.
    """
    separator = "." if "." not in metric_id else "_"
    rows = []
    for suffix, order in (("", 1), (f"{separator}q0", 0), (f"{separator}q2", 2)):
        number = hill_number(weights, order)
        if number is None:
            reason = [state(Reason.NO_DENOMINATOR)]
            rows.append(scope.without(metric_id + suffix, Status.UNDEFINED, "count", reason, basis))
        elif is_part and order == 0:
            rows.append(scope.at_least(metric_id + suffix, number, "count", basis, notes))
        else:
            value = number if is_part else Interval.exact(number)
            rows.append(scope.result(metric_id + suffix, value, "count", basis, notes))
    return rows
