"""Rows of what is known and what is missing (Q01, Q07)."""

from __future__ import annotations

from functools import partial

import pandas as pd

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
            present = sum(int(find_column(table, column).notna().sum()) for column in columns)
            expected = len(table) * len(columns)
            rows.append(_completeness_row(scope, f"Q01.{name}", present, expected, describe_basis(scope, table)))
    return rows


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
    """Return Q07: years without a figure inside the series of the core indicators, in all and for each indicator.

    A year counts as known if there is a figure for the full year or on a date in it, since foundation or not.
    """
    figures = select_figures(scope)
    if figures.empty:
        return [scope.missing_table("Q07", "count", "zone_year")]
    basis = describe_basis(scope, figures)
    known = figures[figures["indicator"].isin(CORE_INDICATORS) & figures["period"].isin(_WHOLE_YEAR)]
    gaps: dict[str, list[int]] = {}
    for (indicator, _), series in known.groupby(["indicator", "zone_id"], sort=True):
        gaps.setdefault(str(indicator), []).extend(missing_years(series["year"].astype(int).tolist()) or ())
    if not gaps:
        reason = [state(Reason.NOTHING_EXPECTED)]
        return [scope.without("Q07", Status.UNDEFINED, "count", reason, basis)]
    count_gaps = partial(scope.result, unit="count", basis=basis)
    rows = [count_gaps("Q07", Interval.exact(sum(map(len, gaps.values()))))]
    for indicator, years in sorted(gaps.items()):
        listed = ", ".join(str(year) for year in sorted(set(years)))
        notes = [state(Reason.MISSING_YEARS, years_missing=listed)] if years else []
        rows.append(count_gaps(f"Q07.{indicator}", Interval.exact(len(years)), reasons=notes))
    return rows
