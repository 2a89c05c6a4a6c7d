"""Rows of revisions, of inexact figures and of rounding (Q02, Q03, Q06)."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from zonebook.metrics.figures import evidence_of
from zonebook.metrics.interval import Interval
from zonebook.metrics.quality import count_adjusted, measure_revision
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status, weakest_evidence
from zonebook.metrics.rowtable import select_series
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.target_tracks import HEADLINE_ORDER
from zonebook.metrics.ties import find_column

_FIGURE_COLUMNS = (
    *("zone_id", "year", "period", "indicator", "source_id", "vintage"),
    *("value", "unit", "cumulative", "qualifier"),
)
_DECIMALS_OF_PERCENT = 1
_ROUNDING = 1e-9
# Series that are the parts of one whole.
_PLACES = ("own", "other", "abroad")
_WHOLES = (
    ("X15.eaeu", "X15.cis", "X15.brics", "X15.rest"),
    tuple(f"R10.{place}" for place in _PLACES),
    tuple(f"R10.sales_{place}" for place in _PLACES),
)


def select_figures(scope: Scope) -> pd.DataFrame:
    """Return the rows of ``zone_year`` of the scope's zones up to its year, plans left out."""
    return scope.remember("quality figures", lambda: _read_figures(scope))


def _read_figures(scope: Scope) -> pd.DataFrame:
    table = scope.table("zone_year")
    table = table[[column for column in _FIGURE_COLUMNS if column in table.columns]]
    mine = table["zone_id"].isin(scope.zone_ids) & (table["year"] <= scope.year).fillna(False)
    return table[(mine & (find_column(table, "period").fillna("FY") != "plan")).astype(bool)]


def describe_basis(scope: Scope, table: pd.DataFrame) -> Basis:
    """Return what a statement about the rows of a table rests on; sources are those of the rows, not listed."""
    sources = find_column(table, "source_id").dropna().astype(str).unique()
    vintage = max(find_column(table, "vintage").dropna().astype(str), default="")
    evidence = weakest_evidence(evidence_of(source, scope.sources) for source in sources)
    return Basis(scope.year, "", evidence, (), vintage, len(table))


# -- Q02 ---------------------------------------------------------------------------------------------------------


def revision_rows(scope: Scope) -> list[MetricResult]:
    """Return Q02: relative, mean and mean absolute revision of each indicator that has several vintages."""
    figures = select_figures(scope)
    if figures.empty:
        return [scope.missing_table("Q02", "share", "zone_year")]
    key = ["zone_id", "year", "period", "indicator", "source_id", "cumulative", "unit"]
    ordered = figures.assign(vintage=figures["vintage"].fillna("")).sort_values("vintage", kind="stable")
    vintages = ordered.groupby(key, sort=True, dropna=False)
    pairs = pd.DataFrame({"first": vintages["value"].first(), "latest": vintages["value"].last()})
    pairs = pairs[vintages["vintage"].nunique() > 1].reset_index()
    rows: list[MetricResult] = []
    for (indicator, unit), revised in pairs.groupby(["indicator", "unit"], sort=True):
        rows += _revision_rows(scope, str(indicator), str(unit), revised, describe_basis(scope, figures))
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
    figures = select_figures(scope)
    if figures.empty:
        return [scope.missing_table("Q03", "share", "zone_year")]
    basis, total = describe_basis(scope, figures), len(figures)
    counts = find_column(figures, "qualifier").fillna("exact").astype(str).value_counts()
    inexact = int(counts.get("over", 0) + counts.get("about", 0))
    note = state(Reason.OF_FIGURES, count=inexact, total=total)
    rows = [scope.result("Q03", Interval.exact(inexact / total), "share", basis, [note])]
    for qualifier in ("exact", "about", "over"):
        count = int(counts.get(qualifier, 0))
        rows.append(scope.result(f"Q03.{qualifier}", Interval.exact(count), "count", basis))
    return rows


# -- Q06 ---------------------------------------------------------------------------------------------------------


def rounding_rows(scope: Scope, rows: Sequence[MetricResult]) -> list[MetricResult]:
    """Return Q06: how many shares of a whole are printed away from their nearest figure, so that they add up to 100 %.

    The wholes a page of this scope shows are exports by bloc (X15) and purchases and sales by the partner's place
    (R10), of the latest year in which every part is shown. Rounding itself happens where a figure is printed, never
    to a stored value.
    """
    wholes = [whole for name in _WHOLES if (whole := _find_whole(scope, rows, name))]
    if not wholes:
        return [scope.without("Q06", Status.NOT_APPLICABLE, "count", [state(Reason.NO_WHOLE)])]
    shares = [[(row.value or 0) * 100 for row in whole] for whole in wholes]
    adjusted = sum(count_adjusted(parts, _DECIMALS_OF_PERCENT) for parts in shares)
    parts = [row for whole in wholes for row in whole]
    basis = Basis(scope.year, "", weakest_evidence(row.evidence for row in parts), (), "", len(parts))
    note = state(Reason.ROUNDED_WHOLE, count=adjusted, total=len(parts))
    return [scope.result("Q06", Interval.exact(adjusted), "count", basis, [note])]


def _find_whole(scope: Scope, rows: Sequence[MetricResult], names: Collection[str]) -> list[MetricResult]:
    """Return the parts of a whole of the latest year in which all have a value and add up to it."""
    by_year: dict[int, dict[str, MetricResult]] = {}
    for row in select_series(rows, names):
        is_own = row.scope_type == scope.type and row.scope_id == scope.id
        if is_own and row.value is not None and row.year is not None:
            by_year.setdefault(row.year, {})[row.metric_id] = row
    for _, parts in sorted(by_year.items(), reverse=True):
        if len(parts) == len(names) and abs(math.fsum(row.value or 0 for row in parts.values()) - 1) < _ROUNDING:
            return [parts[name] for name in names]
    return []
