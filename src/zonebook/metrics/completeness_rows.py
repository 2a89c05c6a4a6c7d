"""Rows of what is known and what is missing (Q01, Q07)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from zonebook.metrics.firms import read_firm_years
from zonebook.metrics.interval import Interval
from zonebook.metrics.quality import completeness, missing_years
from zonebook.metrics.quality_rows import describe_basis, select_figures
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import find_column

# What a full profile of a zone gives for each year, and how many years back it is asked for.
CORE_INDICATORS = ("export_rub", "revenue_rub", "investment_actual_rub", "taxes_rub", "jobs", "residents")
CORE_YEARS = 5
# Figures a firm is asked for every year.
FIRM_COLUMNS = ("employees", "revenue_rub", "export_rub", "purchases_rub")
# Columns that make a row of a table useful, beyond those it must have.
CORE_COLUMNS = {
    "zone": ("established", "area_ha", "latitude", "longitude", "management_company"),
    "site": ("latitude", "longitude", "area_ha"),
    "party": ("region_iso", "industry", "product", "since"),
    "tie": ("product", "year", "value_rub"),
}
_WHOLE_YEAR = ("FY", "point")


def completeness_rows(scope: Scope) -> list[MetricResult]:
    """Return Q01: core indicators known over the last years, and cells filled in each table of the scope."""
    figures = select_figures(scope)
    headline = _completeness_row(scope, "Q01", *_count_core(scope, figures), describe_basis(scope, figures))
    rows = [headline]
    for name, columns in CORE_COLUMNS.items():
        table = scope.table(name)
        if name in ("zone", "site"):
            table = table[table["zone_id"].isin(scope.zone_ids)]
        elif name == "party":
            table = table[(table["kind"] == "resident").fillna(False) & table["zone_id"].isin(scope.zone_ids)]
        if len(table):
            rows.append(_filled_row(scope, f"Q01.{name}", [table], columns, describe_basis(scope, table)))
    firms = read_firm_years(scope)
    if firms:
        records = [year.rows for year in firms]
        basis = replace(firms[-1].basis, year=scope.year, period="", n_units=sum(map(len, records)))
        rows.append(_filled_row(scope, "Q01.party_year", records, FIRM_COLUMNS, basis))
    return rows


def _filled_row(
    scope: Scope, metric_id: str, tables: Sequence[pd.DataFrame], columns: Sequence[str], basis: Basis
) -> MetricResult:
    """Return the share of filled cells in some columns of a table, which may come in several parts."""
    present = sum(int(find_column(table, column).notna().sum()) for table in tables for column in columns)
    return _completeness_row(scope, metric_id, present, sum(map(len, tables)) * len(columns), basis)


def _count_core(scope: Scope, figures: pd.DataFrame) -> tuple[int, int]:
    """Return how many core indicators are known for full years or on dates, and how many could be.

    Years before a zone was established are not expected.
    """
    first = scope.year - CORE_YEARS + 1
    begins = {zone_id: max(first, founded) for zone_id, founded in scope.founding_years.items()}
    expected = sum(max(0, scope.year - begin + 1) for begin in begins.values()) * len(CORE_INDICATORS)
    core = figures[figures["indicator"].isin(CORE_INDICATORS) & figures["period"].isin(_WHOLE_YEAR)]
    cells = set(zip(core["zone_id"].tolist(), core["indicator"].tolist(), core["year"].tolist(), strict=True))
    return sum(year >= begins.get(str(zone_id), first) for zone_id, _, year in cells), expected


def _completeness_row(scope: Scope, metric_id: str, present: int, expected: int, basis: Basis) -> MetricResult:
    share = completeness(present, expected)
    if share is None:
        return scope.without(metric_id, Status.UNDEFINED, "share", [state(Reason.NOTHING_EXPECTED)], basis)
    note = state(Reason.CELLS_FILLED, present=present, expected=expected)
    return scope.result(metric_id, Interval.exact(share), "share", basis, [note])


def missing_year_rows(scope: Scope) -> list[MetricResult]:
    """Return Q07: years without a figure inside series of the core indicators, and what firms left out.

    A year counts as known if there is a figure for the full year or on a date in it, since foundation or not. Where a
    scope has no such series, the headline is that of its firms: years inside a firm's own series without a record.
    """
    figures = select_figures(scope)
    of_firms = _firm_gap_rows(scope)
    gaps = _find_gaps(figures)
    if not gaps:
        if of_firms:
            return [replace(of_firms[0], metric_id="Q07"), *of_firms]
        if figures.empty:
            return [scope.missing_table("Q07", "count", "zone_year")]
        reason = [state(Reason.NOTHING_EXPECTED)]
        return [scope.without("Q07", Status.UNDEFINED, "count", reason, describe_basis(scope, figures))]
    count_gaps = partial(scope.result, unit="count", basis=describe_basis(scope, figures))
    rows = [count_gaps("Q07", Interval.exact(sum(map(len, gaps.values()))))]
    for indicator, years in sorted(gaps.items()):
        listed = ", ".join(str(year) for year in sorted(set(years)))
        notes = [state(Reason.MISSING_YEARS, years_missing=listed)] if years else []
        rows.append(count_gaps(f"Q07.{indicator}", Interval.exact(len(years)), reasons=notes))
    return [*rows, *of_firms]


def _find_gaps(figures: pd.DataFrame) -> dict[str, list[int]]:
    """Return the missing years of each core indicator, over all zones of the scope."""
    gaps: dict[str, list[int]] = {}
    if figures.empty:
        return gaps
    known = figures[figures["indicator"].isin(CORE_INDICATORS) & figures["period"].isin(_WHOLE_YEAR)]
    for (indicator, _), series in known.groupby(["indicator", "zone_id"], sort=True):
        gaps.setdefault(str(indicator), []).extend(missing_years(series["year"].astype(int).tolist()) or ())
    return gaps


def _firm_gap_rows(scope: Scope) -> list[MetricResult]:
    """Return how many years firms' own series miss, and for each year who did not answer or left a figure blank."""
    years = read_firm_years(scope)
    if not years:
        return []
    held: dict[str, list[int]] = {}
    for firms in years:
        for party in firms.rows["party_id"].tolist():
            held.setdefault(party, []).append(firms.year)
    gaps = sum(len(missing_years(own) or ()) for own in held.values())
    total = sum(map(len, held.values())) + gaps
    note = state(Reason.OF_FIRM_YEARS, count=gaps, total=total)
    basis = replace(years[-1].basis, year=scope.year, period="", n_units=total)
    found = [scope.result("Q07.firms", Interval.exact(gaps), "count", basis, [note])]
    for firms in years:
        answered = find_column(firms.rows, "responded").fillna(value=True).to_numpy(dtype=bool)
        silent, asked = int((~answered).sum()), len(answered)
        note = state(Reason.NO_ANSWER, silent=silent, total=asked)
        found.append(scope.result("Q07.silent", Interval.exact(silent / asked), "share", firms.basis, [note]))
        for column in FIRM_COLUMNS:
            blank = int(find_column(firms.rows, column).isna().to_numpy()[answered].sum())
            note = state(Reason.OF_ANSWERS, count=blank, total=asked - silent)
            found.append(scope.result(f"Q07.firms.{column}", Interval.exact(blank), "count", firms.basis, [note]))
    return found
