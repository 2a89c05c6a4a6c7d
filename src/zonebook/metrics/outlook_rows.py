"""Rows of scenarios and of the time distance to the required path (T03, T04), by indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zonebook.metrics import outlook
from zonebook.metrics.figures import Figure
from zonebook.metrics.interval import Interval, propagate
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope, read_notes
from zonebook.metrics.target_course import Ahead, look_ahead, note_target, rows_of_targets
from zonebook.metrics.target_tracks import Track
from zonebook.metrics.targets import Path


def scenario_rows(scope: Scope) -> list[MetricResult]:
    """Return T03: where trend, required path and a stop lead by the target year; bands if there are five figures."""
    return rows_of_targets(scope, "T03", "", _scenarios_of_target)


def _scenarios_of_target(scope: Scope, track: Track, metric_id: str) -> list[MetricResult]:
    unit = track.goal.unit
    ahead = look_ahead(scope, track, f"{metric_id}.trend", unit)
    if isinstance(ahead, MetricResult):
        return [ahead]
    reached = replace(track.basis(ahead.now), year=ahead.now.year + ahead.years)
    notes = [state(Reason.NO_PROBABILITIES), *note_target(track, [ahead.now])]
    return [
        _trend_row(scope, ahead, metric_id, notes),
        scope.result(f"{metric_id}.required", ahead.target, unit, reached, notes),
        scope.result(f"{metric_id}.stop", ahead.now.interval, unit, reached, notes),
        *_band_rows(scope, ahead, metric_id),
    ]


def _trend_row(scope: Scope, ahead: Ahead, metric_id: str, notes: Sequence[str]) -> MetricResult:
    base, now, goal = ahead.earlier_base, ahead.now, ahead.track.goal
    basis = replace(ahead.track.basis(base.figure if base else None, now), year=now.year + ahead.years)
    if base is None:
        reason = [ahead.explain_no_base()]
        return scope.without(f"{metric_id}.trend", Status.MISSING_INPUT, goal.unit, reason, basis)

    def carry_on(begin: float, value: float) -> float | None:
        return outlook.extend_line(base.year, begin, now.year, value, basis.year)

    trend = propagate(carry_on, base.interval, now.interval)
    if trend is None:
        return scope.without(f"{metric_id}.trend", Status.UNDEFINED, goal.unit, [state(Reason.NOT_POSITIVE)], basis)
    all_notes = [*notes, state(Reason.BASE_OF, base_year=base.year)]
    return scope.result(f"{metric_id}.trend", trend, goal.unit, basis, all_notes)


def _last_run(series: Sequence[Figure]) -> Sequence[Figure]:
    """Return the last figures that follow each other year by year."""
    begin = len(series) - 1
    while begin > 0 and series[begin].year - series[begin - 1].year == 1:
        begin -= 1
    return series[begin:]


def _band_rows(scope: Scope, ahead: Ahead, metric_id: str) -> list[MetricResult]:
    """Return bands of 50, 80 and 95 % for each year to the target, for a level series of five years running or more."""
    rows: list[MetricResult] = []
    if ahead.now.cumulative:
        return rows
    series = _last_run(ahead.track.series)
    for step in range(1, ahead.years + 1):
        bands = outlook.forecast_bands([f.year for f in series], [f.value for f in series], step)
        basis = replace(ahead.track.basis(*series), year=ahead.now.year + step)
        for band in bands or ():
            percent = round(band.probability * 100)
            notes = [state(Reason.BAND, points=len(series), percent=percent), *read_notes(series)]
            interval = Interval(band.middle, band.lower, band.upper)
            rows.append(scope.result(f"{metric_id}.band{percent}", interval, ahead.track.goal.unit, basis, notes))
    return rows


def time_distance_rows(scope: Scope) -> list[MetricResult]:
    """Return T04: years between the latest figure and the required path's passing through it, minus where behind."""
    return rows_of_targets(scope, "T04", "years", _time_distance_of_target)


def _time_distance_of_target(scope: Scope, track: Track, metric_id: str) -> list[MetricResult]:
    ahead = look_ahead(scope, track, metric_id, "years")
    if isinstance(ahead, MetricResult):
        return [ahead]
    base, now = ahead.earlier_base, ahead.now
    if base is None:
        reason = [ahead.explain_no_base()]
        return [scope.without(metric_id, Status.MISSING_INPUT, "years", reason, track.basis(now))]

    def distance(begin: float, value: float, target: float) -> float | None:
        path = Path(base.year, begin, now.year + ahead.years, target)
        return outlook.time_distance(path, now.year, value)

    basis = track.basis(base.figure, now)
    at_figures = distance(base.interval.value, now.value, ahead.target.value)
    if at_figures is None:
        reasons = [state(Reason.TARGET_MET if ahead.is_met else Reason.PATH_NOT_REACHED)]
        return [scope.without(metric_id, Status.UNDEFINED, "years", reasons, basis)]
    interval = propagate(distance, base.interval, now.interval, ahead.target)
    notes = [state(Reason.BEHIND_IS_NEGATIVE), state(Reason.BASE_OF, base_year=base.year)]
    notes += note_target(track, [now])
    if interval is None:
        notes.append(state(Reason.INTERVAL_OPEN))
    return [scope.result(metric_id, interval or at_figures, "years", basis, notes)]
