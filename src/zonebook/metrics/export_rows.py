"""Rows of export value (X01), from figures of zones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from zonebook.metrics import flows, trade
from zonebook.metrics.figures import EXPORTS, Figure, is_missing, read_text
from zonebook.metrics.interval import Interval, propagate
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Basis, Scope, read_notes


def export_value_rows(scope: Scope) -> list[MetricResult]:
    """Return X01: exports by year and period; sums since foundation, in USD and in prices of 2020 as series."""
    figures = scope.series(EXPORTS)
    rows = [scope.result("X01", f.interval, f.unit, Basis.of(f), read_notes([f])) for f in figures]
    rows = rows or flows.export_total_rows(scope, "X01")
    for figure in scope.series(EXPORTS, cumulative=True):
        notes = [state(Reason.SINCE_FOUNDATION), *read_notes([figure])]
        rows.append(scope.result("X01.cumulative", figure.interval, figure.unit, Basis.of(figure), notes))
    rows += [_difference_row(scope, "X01.differenced", *pair) for pair in _consecutive(scope, EXPORTS)]
    for figure in figures:
        rows += _converted_rows(scope, figure)
    if not any(row.metric_id == "X01" for row in rows):
        rows.append(scope.missing("X01", "RUB", scope.explain_no_figure(EXPORTS)))
    return rows


def _consecutive(scope: Scope, indicator: str) -> Iterator[tuple[Figure, Figure]]:
    """Yield pairs of sums since foundation of one period type, each with the one before."""
    figures = scope.series(indicator, cumulative=True)
    for earlier, later in itertools.pairwise(figures):
        if earlier.period == later.period and earlier.unit == later.unit:
            yield earlier, later


def _difference_row(scope: Scope, metric_id: str, earlier: Figure, later: Figure) -> MetricResult:
    interval = propagate(lambda before, after: after - before, earlier.interval, later.interval)
    notes = [state(Reason.DIFFERENCED, earlier_year=earlier.year, year=later.year)]
    if later.value < earlier.value:
        notes.append(state(Reason.REVISION))
    notes += read_notes([earlier, later])
    return scope.result(metric_id, interval or later.value - earlier.value, later.unit, Basis.of(earlier, later), notes)


def _converted_rows(scope: Scope, figure: Figure) -> list[MetricResult]:
    """Return a full year's exports in USD and in prices of 2020, where rate and index are known."""
    if figure.period != "FY" or figure.unit != "RUB":
        return []
    rows = []
    rate, rate_source = _find_rate(scope, figure.year)
    if rate:
        basis = _add_source(Basis.of(figure), rate_source)
        dollars = _divide(figure.interval, rate)
        rows.append(scope.result("X01.usd", dollars, "USD", basis, [state(Reason.AT_RATE, rate=f"{rate:g}")]))
    index, series, index_source = _find_index(scope, figure.year)
    if index:
        basis = _add_source(Basis.of(figure), index_source)
        real = propagate(lambda exports: trade.deflate(exports, index), figure.interval)
        notes = [state(Reason.AT_PRICES, deflator=series)]
        rows.append(scope.result("X01.real", real or figure.value / index, "RUB", basis, notes))
    return rows


def _divide(interval: Interval, rate: float) -> Interval:
    return Interval(interval.value / rate, interval.lower / rate, interval.upper / rate)


def _add_source(basis: Basis, source_id: str) -> Basis:
    return replace(basis, source_ids=tuple(dict.fromkeys((*basis.source_ids, *filter(None, [source_id])))))


def _find_rate(scope: Scope, year: int) -> tuple[float, str]:
    for row in scope.records("fx"):
        if row["year"] == year and row["currency"] == "USD" and not is_missing(row["rub_per_unit"]):
            return float(row["rub_per_unit"]), read_text(row, "source_id")
    return 0.0, ""


def _find_index(scope: Scope, year: int) -> tuple[float, str, str]:
    """Return the price index of a year, its series and source; of several series the first by name is taken."""
    rows = scope.records("deflator")
    first = min((read_text(row, "series", "index") for row in rows), default="index")
    for row in rows:
        if row["year"] == year and read_text(row, "series", "index") == first and not is_missing(row["index_2020"]):
            return float(row["index_2020"]), first, read_text(row, "source_id")
    return 0.0, first, ""
