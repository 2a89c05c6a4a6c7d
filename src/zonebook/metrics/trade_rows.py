"""Rows of export value, growth, intensity and exporters (X01–X05), from figures of zones and of their firms."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zonebook.metrics import flows, trade
from zonebook.metrics.figures import Figure, is_missing, read_text
from zonebook.metrics.firms import FirmYear, read_firm_years
from zonebook.metrics.interval import Interval, propagate
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import MINIMUM_FIRMS, Basis, Scope, read_notes

EXPORTS, REVENUE = "export_rub", "revenue_rub"
_CURRENCIES = frozenset({"RUB", "USD", "EUR", "CNY"})
_RATIOS = frozenset({"share", "ratio", "index", "qualitative"})
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


# -- X01 ---------------------------------------------------------------------------------------------------------


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


# -- X02, X03 ----------------------------------------------------------------------------------------------------


def _growing_series(scope: Scope) -> list[tuple[str, tuple[Figure, ...]]]:
    """Return every series growth is computed for, with its suffix: one indicator, one period type, two figures or more.

    Sums of money since foundation are left out: their differences would be needed, year by year. Counts since
    foundation (jobs created) are stocks.
    """
    found: dict[tuple[str, bool, str, str], list[Figure]] = {}
    for figure in scope.figures:
        if figure.unit in _RATIOS or (figure.cumulative and figure.unit in _CURRENCIES):
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
    return [*rows, *_repeat_exports(scope, "X02", "share", rows)]


def _growth_row(scope: Scope, metric_id: str, earlier: Figure, later: Figure) -> MetricResult:
    basis = Basis.of(earlier, later)
    if later.year - earlier.year != 1:
        reason = state(Reason.GAP, year=later.year - 1, earlier_year=earlier.year)
        return scope.without(metric_id, Status.UNDEFINED, "share", [reason], basis)
    growth = propagate(trade.growth_rate, earlier.interval, later.interval)
    if growth is None:
        return scope.without(metric_id, Status.UNDEFINED, "share", [state(Reason.NOT_POSITIVE)], basis)
    return scope.result(metric_id, growth, "share", basis, [*note_direction(growth), *read_notes([earlier, later])])


def note_direction(growth: Interval) -> list[str]:
    """Return a note where a growth rate's interval holds both growth and decline."""
    uncertain = growth.lower <= 0 <= growth.upper and not growth.is_exact
    return [state(Reason.DIRECTION_UNCERTAIN)] if uncertain else []


def _money_sums(scope: Scope) -> list[str]:
    return sorted({f.indicator for f in scope.figures if f.cumulative and f.unit in _CURRENCIES})


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
    return [*rows, *_repeat_exports(scope, "X03", "share per year", rows)]


def _span(figures: Sequence[Figure]) -> str:
    return state(Reason.BETWEEN_YEARS, earlier_year=figures[0].year, year=figures[-1].year)


def _compound_row(scope: Scope, metric_id: str, figures: Sequence[Figure]) -> MetricResult:
    first, last = figures[0], figures[-1]
    years = last.year - first.year
    growth = propagate(
        lambda begin, end: trade.compound_annual_growth_rate(begin, end, years), first.interval, last.interval
    )
    basis = Basis.of(first, last)
    if growth is None:
        return scope.without(metric_id, Status.UNDEFINED, "share per year", [state(Reason.NOT_POSITIVE)], basis)
    notes = [_span(figures), *note_direction(growth)]
    notes += [state(Reason.ENDPOINTS)] if len(figures) == 2 else []
    return scope.result(metric_id, growth, "share per year", basis, [*notes, *read_notes([first, last])])


# -- X04, X05 ----------------------------------------------------------------------------------------------------


def export_intensity_rows(scope: Scope) -> list[MetricResult]:
    """Return X04: exports by revenue of the same period; from the firms' own figures as series of its own."""
    revenue = {(f.year, f.period, f.cumulative): f for f in scope.figures if f.indicator == REVENUE}
    exports = [f for f in scope.figures if f.indicator == EXPORTS]
    pairs = [
        (f, revenue[f.year, f.period, f.cumulative]) for f in exports if (f.year, f.period, f.cumulative) in revenue
    ]
    rows = [_intensity_row(scope, *pair) for pair in pairs]
    known = {(row.year, row.period) for row in rows if row.metric_id == "X04"}
    for firms in read_firm_years(scope):
        rows += _firm_intensity_rows(scope, firms, is_headline=(firms.year, "FY") not in known)
    if not any(row.metric_id == "X04" for row in rows):
        rows.append(scope.missing("X04", "share", _explain_no_intensity(scope)))
    return rows


def _explain_no_intensity(scope: Scope) -> str:
    for indicator in (EXPORTS, REVENUE):
        if not scope.series(indicator):
            return scope.explain_no_figure(indicator)
    return state(Reason.NO_COMMON_PERIOD, indicator=EXPORTS, second_indicator=REVENUE)


def _intensity_row(scope: Scope, exports: Figure, revenue: Figure) -> MetricResult:
    metric_id = "X04.cumulative" if exports.cumulative else "X04"
    basis = Basis.of(revenue, exports)
    interval = propagate(trade.export_intensity, exports.interval, revenue.interval)
    if interval is None:
        reason = Reason.NO_DENOMINATOR if revenue.interval.lower <= 0 else Reason.PERIMETERS_DIFFER
        return scope.without(metric_id, Status.UNDEFINED, "share", [state(reason)], basis)
    notes = [state(Reason.SINCE_FOUNDATION)] if exports.cumulative else []
    return scope.result(metric_id, interval, "share", basis, [*notes, *read_notes([exports, revenue])])


def _firm_intensity_rows(scope: Scope, firms: FirmYear, *, is_headline: bool) -> list[MetricResult]:
    """Return the ratio of sums over firms, and the median of their own ratios beside it."""
    both = firms.known(EXPORTS, REVENUE)
    if both.empty:
        return []
    ids = ["X04.firms", *(["X04"] if is_headline else [])]
    basis = replace(firms.basis, n_units=len(both))
    notes = [state(Reason.FROM_REGISTER)]
    if firms.count_respondents(both) < MINIMUM_FIRMS:
        reason = [state(Reason.TOO_FEW_FIRMS, minimum=MINIMUM_FIRMS)]
        return [scope.without(metric_id, Status.SUPPRESSED, "share", reason, basis) for metric_id in ids]
    intensity = trade.export_intensity(float(both[EXPORTS].sum()), float(both[REVENUE].sum()))
    if intensity is None:
        reason = [state(Reason.NO_DENOMINATOR)]
        return [scope.without(metric_id, Status.UNDEFINED, "share", reason, basis) for metric_id in ids]
    rows = [scope.result(metric_id, Interval.exact(intensity), "share", basis, notes) for metric_id in ids]
    own = both[both[REVENUE] > 0]
    median = float((own[EXPORTS] / own[REVENUE]).median())
    return [*rows, scope.result("X04.firm_median", Interval.exact(median), "share", basis, notes)]


def exporter_share_rows(scope: Scope) -> list[MetricResult]:
    """Return X05: the share of residents that export, as reported; from the firms' own figures where there are none."""
    figures = scope.series("exporters_share_pct")
    rows = [scope.result("X05", f.interval, "share", Basis.of(f), read_notes([f])) for f in figures]
    known = {(row.year, row.period) for row in rows}
    rows += [_exporter_row(scope, firms) for firms in read_firm_years(scope) if (firms.year, "FY") not in known]
    if not rows:
        reasons = [scope.explain_no_figure("exporters_share_pct")]
        if not scope.share.has("party_year"):
            reasons.append(state(Reason.NO_TABLE, table="party_year"))
        rows.append(scope.missing("X05", "share", *reasons))
    return rows


def _exporter_row(scope: Scope, firms: FirmYear) -> MetricResult:
    answered = firms.known(EXPORTS)
    exporters = answered[answered[EXPORTS] > 0]
    basis = replace(firms.basis, n_units=len(answered))
    found = trade.exporter_share(len(exporters), len(answered), len(firms.rows) - len(answered))
    if found is None:
        return scope.without("X05", Status.UNDEFINED, "share", [state(Reason.NO_ROWS, table="party_year")], basis)
    if firms.count_respondents(exporters) < MINIMUM_FIRMS:
        reason = state(Reason.TOO_FEW_EXPORTERS, minimum=MINIMUM_FIRMS, total=len(answered))
        return scope.without("X05", Status.SUPPRESSED, "share", [reason], basis)
    return scope.result("X05", Interval(*found), "share", basis, [state(Reason.FROM_REGISTER)])
