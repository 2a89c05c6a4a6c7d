"""Rows of export value (X01), from figures of zones; where there are none, from export flows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from zonebook.metrics import flows, trade
from zonebook.metrics.figures import EXPORTS, Figure, is_missing, read_text
from zonebook.metrics.interval import Interval, propagate
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Basis, Scope, read_notes

_FULL_YEAR = "FY"


def export_value_rows(scope: Scope) -> list[MetricResult]:
    """Return X01: exports by year and period; sums since foundation, in USD and in prices of 2020 as series."""
    figures = scope.series(EXPORTS)
    rows = [scope.result("X01", f.interval, f.unit, Basis.of(f), read_notes([f])) for f in figures]
    # A year without a figure of its own has what the flows of the year add up to.
    rows += _total_rows(scope, {f.year for f in figures if f.period == _FULL_YEAR})
    for figure in scope.series(EXPORTS, cumulative=True):
        notes = [state(Reason.SINCE_FOUNDATION), *read_notes([figure])]
        rows.append(scope.result("X01.cumulative", figure.interval, figure.unit, Basis.of(figure), notes))
    rows += [_difference_row(scope, "X01.differenced", *pair) for pair in _consecutive(scope, EXPORTS)]
    rows += [row for found in rows if found.metric_id == "X01" for row in _convert(scope, found)]
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


def _total_rows(scope: Scope, known: Collection[int]) -> list[MetricResult]:
    """Return exports as the sum over countries, for years without a figure of them."""
    rows = []
    for flow in flows.read_flow_years(scope):
        if flow.year in known:
            continue
        if flow.is_disclosing:
            rows.append(flow.suppressed_row("X01", flow.currency))
            continue
        total, notes = sum(flow.values.values()), [state(Reason.FROM_FLOWS), *flow.notes]
        if flow.is_partial:
            rows.append(scope.at_least("X01", total, flow.currency, flow.basis, notes))
        else:
            rows.append(scope.result("X01", Interval.exact(total), flow.currency, flow.basis, notes))
    return rows


def _convert(scope: Scope, row: MetricResult) -> list[MetricResult]:
    """Return a full year's exports in USD and in prices of 2020, where rate and index are known."""
    if row.period != _FULL_YEAR or row.unit != "RUB" or row.value is None or row.year is None:
        return []
    rows = []
    rate, source = flows.read_rate(scope, row.year)
    if rate:
        notes = [row.reason, state(Reason.AT_RATE, rate=f"{rate:g}")]
        rows.append(_rescale(row, "X01.usd", "USD", lambda exports: exports / rate, (source, *notes)))
    index, series, source = read_index(scope, row.year)
    if index:
        notes = [row.reason, state(Reason.AT_PRICES, deflator=series)]
        rows.append(_rescale(row, "X01.real", "RUB", lambda exports: trade.deflate(exports, index), (source, *notes)))
    return rows


def _rescale(
    row: MetricResult, metric_id: str, unit: str, formula: Callable[[float], float | None], said: Sequence[str]
) -> MetricResult:
    """Return a row in another unit; ``said`` are the source of the rate and the sentences."""
    value, lower, upper = (None if amount is None else formula(amount) for amount in (row.value, row.lower, row.upper))
    sources = ";".join(dict.fromkeys(filter(None, [*row.source_ids.split(";"), said[0]])))
    reason = join_reasons(said[1:])
    changed = replace(row, metric_id=metric_id, unit=unit, reason=reason, source_ids=sources)
    return replace(changed, value=value, lower=lower, upper=upper)


def deflate_figure(scope: Scope, figure: Figure) -> tuple[Interval, str] | None:
    """Return a figure of a full year in prices of 2020 and the series it is deflated by, where its index is known."""
    index, series, _ = read_index(scope, figure.year)
    if figure.period != _FULL_YEAR or figure.unit != "RUB" or not index:
        return None
    real = propagate(lambda amount: trade.deflate(amount, index), figure.interval)
    return None if real is None else (real, series)


def read_index(scope: Scope, year: int) -> tuple[float, str, str]:
    """Return the price index of a year, its series and source; of several series the first by name is taken."""
    rows = scope.records("deflator")
    first = min((read_text(row, "series", "index") for row in rows), default="index")
    for row in rows:
        if row["year"] == year and read_text(row, "series", "index") == first and not is_missing(row["index_2020"]):
            return float(row["index_2020"]), first, read_text(row, "source_id")
    return 0.0, first, ""
