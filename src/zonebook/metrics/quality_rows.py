"""Rows of the quality strip: completeness, revisions, intervals, rounding, missing years (Q01–Q03, Q06, Q07)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from zonebook.metrics.destination_rows import bloc_share_rows
from zonebook.metrics.figures import evidence_of
from zonebook.metrics.interval import Interval
from zonebook.metrics.quality import completeness, count_adjusted, measure_revision, missing_years
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.target_tracks import HEADLINE_ORDER
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
_FIGURE_COLUMNS = (
    *("zone_id", "year", "period", "indicator", "source_id", "vintage"),
    *("value", "unit", "cumulative", "qualifier"),
)
_WHOLE_YEAR = ("FY", "point")
_DECIMALS_OF_PERCENT = 1


def _figures(scope: Scope) -> pd.DataFrame:
    """Return the rows of ``zone_year`` of the scope's zones up to its year, plans left out."""
    return scope.remember("quality figures", lambda: _read_figures(scope))


def _read_figures(scope: Scope) -> pd.DataFrame:
    table = scope.table("zone_year")
    table = table[[column for column in _FIGURE_COLUMNS if column in table.columns]]
    mine = table["zone_id"].isin(scope.zone_ids) & (table["year"] <= scope.year).fillna(False)
    return table[(mine & (find_column(table, "period").fillna("FY") != "plan")).astype(bool)]


def _basis(scope: Scope, table: pd.DataFrame) -> Basis:
    sources = find_column(table, "source_id").dropna().astype(str).unique()
    vintage = max(find_column(table, "vintage").dropna().astype(str), default="")
    evidence = weakest_evidence(evidence_of(source, scope.sources) for source in sources)
    return Basis(scope.year, "", evidence, (), vintage, len(table))


# -- Q01 ---------------------------------------------------------------------------------------------------------


def completeness_rows(scope: Scope) -> list[MetricResult]:
    """Return Q01: core indicators known over the last years, and cells filled in each table of the scope."""
    figures = _figures(scope)
    headline = _completeness_row(scope, "Q01", *_count_core_figures(scope, figures), _basis(scope, figures))
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
            rows.append(_completeness_row(scope, f"Q01.{name}", present, expected, _basis(scope, table)))
    return rows


def _count_core_figures(scope: Scope, figures: pd.DataFrame) -> tuple[int, int]:
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


# -- Q02 ---------------------------------------------------------------------------------------------------------


def revision_rows(scope: Scope) -> list[MetricResult]:
    """Return Q02: relative, mean and mean absolute revision of each indicator that has several vintages."""
    figures = _figures(scope)
    if figures.empty:
        return [scope.missing_table("Q02", "share", "zone_year")]
    key = ["zone_id", "year", "period", "indicator", "source_id", "cumulative", "unit"]
    ordered = figures.assign(vintage=figures["vintage"].fillna("")).sort_values("vintage", kind="stable")
    vintages = ordered.groupby(key, sort=True, dropna=False)
    pairs = pd.DataFrame({"first": vintages["value"].first(), "latest": vintages["value"].last()})
    pairs = pairs[vintages["vintage"].nunique() > 1].reset_index()
    rows: list[MetricResult] = []
    for (indicator, unit), revised in pairs.groupby(["indicator", "unit"], sort=True):
        rows += _revision_rows(scope, str(indicator), str(unit), revised, _basis(scope, figures))
    if not rows:
        return [scope.without("Q02", Status.NOT_APPLICABLE, "share", [state(Reason.ONE_VINTAGE)])]
    return [_repeat_first(rows, "Q02"), *rows]


def _revision_rows(scope: Scope, indicator: str, unit: str, revised: pd.DataFrame, basis: Basis) -> list[MetricResult]:
    found = measure_revision(revised["first"].astype(float).tolist(), revised["latest"].astype(float).tolist())
    if found is None:
        return []
    own = Basis(basis.year, "", basis.evidence, (), basis.vintage, len(revised))
    mean = scope.result(f"Q02.{indicator}.mean", Interval.exact(found.mean), unit, own)
    absolute = scope.result(f"Q02.{indicator}.mean_absolute", Interval.exact(found.mean_absolute), unit, own)
    if found.relative_absolute is None:
        reason = [state(Reason.NO_DENOMINATOR)]
        return [scope.without(f"Q02.{indicator}", Status.UNDEFINED, "share", reason, own), mean, absolute]
    relative = scope.result(f"Q02.{indicator}", Interval.exact(found.relative_absolute), "share", own)
    return [relative, mean, absolute]


def _repeat_first(rows: list[MetricResult], metric_id: str) -> MetricResult:
    """Return the headline: the row of the first indicator in the order of headlines."""
    own = [row for row in rows if row.series.count(".") == 0]
    order = {indicator: place for place, indicator in enumerate(HEADLINE_ORDER)}
    chosen = min(own, key=lambda row: (order.get(row.series, len(order)), row.series))
    reason = join_reasons([state(Reason.INDICATOR, indicator=chosen.series), chosen.reason])
    return replace(chosen, metric_id=metric_id, reason=reason)


# -- Q03 ---------------------------------------------------------------------------------------------------------


def interval_rows(scope: Scope) -> list[MetricResult]:
    """Return Q03: share of figures printed as "over" or "about", and the counts of each."""
    figures = _figures(scope)
    if figures.empty:
        return [scope.missing_table("Q03", "share", "zone_year")]
    basis, total = _basis(scope, figures), len(figures)
    counts = find_column(figures, "qualifier").fillna("exact").astype(str).value_counts()
    inexact = int(counts.get("over", 0) + counts.get("about", 0))
    note = state(Reason.OF_FIGURES, count=inexact, total=total)
    rows = [scope.result("Q03", Interval.exact(inexact / total), "share", basis, [note])]
    for qualifier in ("exact", "about", "over"):
        count = int(counts.get(qualifier, 0))
        rows.append(scope.result(f"Q03.{qualifier}", Interval.exact(count), "count", basis))
    return rows


# -- Q06 ---------------------------------------------------------------------------------------------------------


def rounding_rows(scope: Scope) -> list[MetricResult]:
    """Return Q06: how many shares of a whole are printed away from their nearest figure, so that they add up to 100 %.

    The shares of a whole a page of this scope shows are those of the blocs (X15). Rounding itself happens where a
    figure is printed, never to a stored value.
    """
    parts = [row for row in bloc_share_rows(scope) if row.series and row.value is not None]
    if not parts:
        return [scope.without("Q06", Status.NOT_APPLICABLE, "count", [state(Reason.NO_WHOLE)])]
    latest = [row for row in parts if row.year == parts[-1].year]
    adjusted = count_adjusted([(row.value or 0) * 100 for row in latest], _DECIMALS_OF_PERCENT)
    basis = Basis(scope.year, "", weakest_evidence(row.evidence for row in latest), (), "", len(latest))
    note = state(Reason.ROUNDED_WHOLE, count=adjusted, total=len(latest))
    return [scope.result("Q06", Interval.exact(adjusted), "count", basis, [note])]


# -- Q07 ---------------------------------------------------------------------------------------------------------


def missing_year_rows(scope: Scope) -> list[MetricResult]:
    """Return Q07: years without a figure inside the series of the core indicators, in all and for each indicator.

    A year counts as known if there is a figure for the full year or on a date in it, since foundation or not.
    """
    figures = _figures(scope)
    if figures.empty:
        return [scope.missing_table("Q07", "count", "zone_year")]
    basis = _basis(scope, figures)
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
