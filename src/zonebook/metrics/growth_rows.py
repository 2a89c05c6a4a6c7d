"""Rows of growth and compound growth, by indicator (X02, X03)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zonebook.metrics import trade
from zonebook.metrics.export_rows import deflate_figure
from zonebook.metrics.figures import EXPORTS, MONEY, RATIOS, REVENUE, Figure
from zonebook.metrics.interval import Interval, propagate
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope, read_notes

# Growth as a source prints it: the indicator it is growth of, and what is taken off a ratio to make it growth.
_REPORTED_GROWTH = {
    f"{name}_growth_{kind}": (indicator, taken_off)
    for name, indicator in {
        "export": EXPORTS,
        "revenue": REVENUE,
        "investment": "investment_actual_rub",
        "production": "production_rub",
    }.items()
    for kind, taken_off in {"pct": 0.0, "ratio": 1.0}.items()
}


def _growing_series(scope: Scope) -> list[tuple[str, tuple[Figure, ...]]]:
    """Return every series growth is computed for, with its suffix: one indicator, one period type, two figures or more.

    Sums of money since foundation are left out: their differences would be needed, year by year. Counts since
    foundation (jobs created) are stocks.
    """
    found: dict[tuple[str, bool, str, str], list[Figure]] = {}
    for figure in scope.figures:
        if figure.unit in RATIOS or (figure.cumulative and figure.unit in MONEY):
            continue
        found.setdefault((figure.indicator, figure.cumulative, figure.period, figure.unit), []).append(figure)
    return [
        (indicator + (".cumulative" if cumulative else ""), tuple(figures))
        for (indicator, cumulative, _, _), figures in found.items()
        if len(figures) > 1
    ]


def growth_rows(scope: Scope) -> list[MetricResult]:
    """Return X02: growth between figures a year apart, for every indicator; the headline is that of exports."""
    rows = []
    for suffix, figures in _growing_series(scope):
        rows += [_growth_row(scope, f"X02.{suffix}", earlier, later) for earlier, later in itertools.pairwise(figures)]
    rows += [
        _growth_of_differences(scope, indicator, pairs)
        for indicator in _money_sums(scope)
        for pairs in _yearly(scope, indicator)
    ]
    rows += _reported_growth_rows(scope)
    rows += [
        _growth_row(scope, "X02.real", earlier, later, [state(Reason.AT_PRICES, deflator=series)])
        for series, figures in _deflated(scope)
        for earlier, later in itertools.pairwise(figures)
    ]
    return [*rows, *_repeat_exports(scope, "X02", "share", rows)]


def _deflated(scope: Scope) -> list[tuple[str, tuple[Figure, ...]]]:
    """Return exports of full years in prices of 2020 with the name of the price index, if two years have them."""
    pairs = [(figure, deflate_figure(scope, figure)) for figure in scope.series(EXPORTS, period="FY")]
    known = [(replace(figure, interval=real[0]), real[1]) for figure, real in pairs if real is not None]
    return [(known[0][1], tuple(figure for figure, _ in known))] if len(known) > 1 else []


def _growth_row(scope: Scope, metric_id: str, earlier: Figure, later: Figure, said: Sequence[str] = ()) -> MetricResult:
    basis = Basis.of(earlier, later)
    if later.year - earlier.year != 1:
        reason = state(Reason.GAP, year=later.year - 1, earlier_year=earlier.year)
        return scope.without(metric_id, Status.UNDEFINED, "share", [reason], basis)
    growth = propagate(trade.growth_rate, earlier.interval, later.interval)
    if growth is None:
        return scope.without(metric_id, Status.UNDEFINED, "share", [state(Reason.NOT_POSITIVE)], basis)
    notes = [*note_direction(growth), *said, *read_notes([earlier, later])]
    return scope.result(metric_id, growth, "share", basis, notes)


def note_direction(growth: Interval) -> list[str]:
    """Return a note where a growth rate's interval holds both growth and decline."""
    uncertain = growth.lower <= 0 <= growth.upper and not growth.is_exact
    return [state(Reason.DIRECTION_UNCERTAIN)] if uncertain else []


def _money_sums(scope: Scope) -> list[str]:
    return sorted({f.indicator for f in scope.figures if f.cumulative and f.unit in MONEY})


def _yearly(scope: Scope, indicator: str) -> Iterator[tuple[Figure, Figure, Figure]]:
    """Yield three sums since foundation in three years running: two yearly differences to compare."""
    figures = scope.series(indicator, cumulative=True)
    for triple in zip(figures, figures[1:], figures[2:], strict=False):
        first, second, third = triple
        if len({f.period for f in triple}) == 1 and (second.year - first.year, third.year - second.year) == (1, 1):
            yield triple


def _growth_of_differences(scope: Scope, indicator: str, sums: tuple[Figure, Figure, Figure]) -> MetricResult:
    metric_id, basis = f"X02.{indicator}.differenced", Basis.of(*sums)
    growth = propagate(
        lambda first, second, third: trade.growth_rate(second - first, third - second), *(f.interval for f in sums)
    )
    notes = [state(Reason.DIFFERENCED, earlier_year=sums[1].year, year=sums[2].year)]
    if sums[1].value < sums[0].value or sums[2].value < sums[1].value:
        notes.append(state(Reason.REVISION))
    if growth is None:
        return scope.without(metric_id, Status.UNDEFINED, "share", [state(Reason.NOT_POSITIVE), *notes], basis)
    return scope.result(metric_id, growth, "share", basis, [*note_direction(growth), *notes, *read_notes(sums)])


def _reported_growth_rows(scope: Scope) -> list[MetricResult]:
    rows = []
    for figure in scope.figures:
        if figure.indicator not in _REPORTED_GROWTH or figure.cumulative:
            continue
        indicator, taken_off = _REPORTED_GROWTH[figure.indicator]
        known = figure.interval
        growth = Interval(known.value - taken_off, known.lower - taken_off, known.upper - taken_off)
        metric_id = "X02.reported" if indicator == EXPORTS else f"X02.{indicator}.reported"
        notes = [state(Reason.AS_REPORTED), *read_notes([figure])]
        rows.append(scope.result(metric_id, growth, "share", Basis.of(figure), notes))
    return rows


def _repeat_exports(scope: Scope, metric_id: str, unit: str, rows: Sequence[MetricResult]) -> list[MetricResult]:
    """Return the rows of the headline series: those of exports again, or one that says why there are none."""
    headline = [replace(row, metric_id=metric_id) for row in rows if row.metric_id == f"{metric_id}.{EXPORTS}"]
    if headline:
        return headline
    figures = scope.series(EXPORTS)
    if not figures:
        return [scope.missing(metric_id, unit, scope.explain_no_figure(EXPORTS))]
    reason = [state(Reason.NO_EARLIER_FIGURE)]
    return [scope.without(metric_id, Status.MISSING_INPUT, unit, reason, Basis.of(figures[-1]))]


def compound_growth_rows(scope: Scope) -> list[MetricResult]:
    """Return X03: mean yearly growth over each whole series, for every indicator; the headline is that of exports."""
    rows = []
    for suffix, figures in _growing_series(scope):
        rows.append(_compound_row(scope, f"X03.{suffix}", figures))
        trend = trade.log_trend_growth([f.year for f in figures], [f.value for f in figures])
        if trend is not None:
            notes = [_span(figures), state(Reason.POINTS, points=len(figures)), *read_notes(figures)]
            rows.append(scope.result(f"X03.{suffix}.trend", trend, "share per year", Basis.of(*figures), notes))
    for series, figures in _deflated(scope):
        rows.append(_compound_row(scope, "X03.real", figures, [state(Reason.AT_PRICES, deflator=series)]))
    return [*rows, *_repeat_exports(scope, "X03", "share per year", rows)]


def _span(figures: Sequence[Figure]) -> str:
    return state(Reason.BETWEEN_YEARS, earlier_year=figures[0].year, year=figures[-1].year)


def _compound_row(scope: Scope, metric_id: str, figures: Sequence[Figure], said: Sequence[str] = ()) -> MetricResult:
    first, last = figures[0], figures[-1]
    years = last.year - first.year
    growth = propagate(
        lambda begin, end: trade.compound_annual_growth_rate(begin, end, years), first.interval, last.interval
    )
    basis = Basis.of(first, last)
    if growth is None:
        return scope.without(metric_id, Status.UNDEFINED, "share per year", [state(Reason.NOT_POSITIVE)], basis)
    notes = [_span(figures), *note_direction(growth), *said]
    notes += [state(Reason.ENDPOINTS)] if len(figures) == 2 else []
    return scope.result(metric_id, growth, "share per year", basis, [*notes, *read_notes([first, last])])
