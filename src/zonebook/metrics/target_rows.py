"""Rows of targets: attainment, required growth, scenarios and time distance (T01–T04), by indicator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from zonebook.metrics import targets
from zonebook.metrics.figures import Figure
from zonebook.metrics.interval import Interval, propagate
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope, read_notes
from zonebook.metrics.target_tracks import Base, Track, read_tracks
from zonebook.metrics.trade import compound_annual_growth_rate
from zonebook.metrics.trade_rows import note_direction

_RATE = "share per year"
_RECENT_YEARS = 5
_LEAST_RECENT_YEARS = 3  # a shorter span says nothing of a course


def _rows_of_targets(
    scope: Scope, metric_id: str, unit: str, build: Callable[[Scope, Track, str], list[MetricResult]]
) -> list[MetricResult]:
    """Return the rows of every target, and the headline: the first target's that has a value, else the first."""
    if not scope.share.has("target"):
        return [scope.missing(metric_id, unit, state(Reason.NO_TABLE, table="target"))]
    found = []
    for track in read_tracks(scope):
        own_id = f"{metric_id}.{track.goal.series}"
        found.append(
            (
                track,
                [_intention_row(scope, track, own_id, unit)]
                if track.goal.is_intention
                else build(scope, track, own_id),
            )
        )
    if not found:
        return [scope.missing(metric_id, unit, state(Reason.NO_TARGET))]
    firsts = [(track, rows[0]) for track, rows in found]
    track, chosen = next((first for first in firsts if first[1].value is not None), firsts[0])
    named = state(Reason.INDICATOR, indicator=track.goal.indicator)
    headline = replace(chosen, metric_id=metric_id, reason=join_reasons([named, chosen.reason]))
    return [headline, *(row for _, rows in found for row in rows)]


def _target_notes(track: Track, figures: Sequence[Figure]) -> list[str]:
    """Return the target's year and what is to be said of it and of the figures."""
    notes = [] if track.goal.year is None else [state(Reason.TARGET, target_year=track.goal.year)]
    disagree = read_notes(figures) or ([state(Reason.SOURCES_DISAGREE)] if track.goal.disagree else [])
    now = track.now
    if now is not None and now.cumulative and any(f.value > now.value for f in track.series):
        notes.append(state(Reason.FALLEN))
    return [*notes, *disagree]


def _intention_row(scope: Scope, track: Track, metric_id: str, unit: str) -> MetricResult:
    reason = [state(Reason.INTENTION, indicator=track.goal.indicator)]
    basis = replace(track.basis(), year=scope.year)
    return scope.without(metric_id, Status.NOT_APPLICABLE, unit or track.goal.unit, reason, basis)


def _without_series(scope: Scope, track: Track, metric_id: str, unit: str) -> MetricResult:
    reasons = [state(Reason.NO_SERIES, indicator=track.goal.indicator)]
    return scope.without(metric_id, Status.MISSING_INPUT, unit, reasons, replace(track.basis(), year=scope.year))


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A target whose year is still to come, with its latest figure."""

    track: Track
    now: Figure
    years: int

    @property
    def target(self) -> Interval:
        return self.track.goal.interval

    @property
    def earlier_base(self) -> Base | None:
        """The base, if it lies before the latest figure: else there is no growth to speak of."""
        base = self.track.base
        return base if base is not None and base.year < self.now.year else None

    def explain_no_base(self) -> str:
        """Return why there is no base before the latest figure."""
        if self.track.goal.base_value is not None and self.track.base is not None:
            return state(Reason.NO_LATER_FIGURE, base_year=self.track.base.year)
        return state(Reason.NO_BASE, indicator=self.track.goal.indicator)


def _look_ahead(scope: Scope, track: Track, metric_id: str, unit: str) -> _Ahead | MetricResult:
    """Return the target with its latest figure, or the row that says why nothing ahead of it is computed."""
    if track.now is None:
        return _without_series(scope, track, metric_id, unit)
    if track.goal.year is None or track.is_past:
        reason = Reason.TARGET_IS_PAST if track.is_past else Reason.NO_TARGET_YEAR
        return scope.without(metric_id, Status.NOT_APPLICABLE, unit, [state(reason)], track.basis(track.now))
    return _Ahead(track, track.now, track.goal.year - track.now.year)


# -- T01 ---------------------------------------------------------------------------------------------------------


def attainment_rows(scope: Scope) -> list[MetricResult]:
    """Return T01: the latest figure by the target, and the part of the way from the base that is done."""
    return _rows_of_targets(scope, "T01", "share", _attainment_of_target)


def _attainment_of_target(scope: Scope, track: Track, metric_id: str) -> list[MetricResult]:
    if track.now is None:
        return [_without_series(scope, track, metric_id, "share")]
    now, goal = track.now, track.goal
    reached = propagate(
        lambda value, target: targets.attainment(value, target, lower_is_better=goal.is_falling),
        now.interval,
        goal.interval,
    )
    basis, notes = track.basis(now), _target_notes(track, [now])
    if now.year != goal.year:
        notes.append(state(Reason.FIGURE_OF, year=now.year))
    if reached is None:
        reason = [state(Reason.NO_DENOMINATOR)]
        return [scope.without(metric_id, Status.UNDEFINED, "share", reason, basis)]
    rows = [scope.result(metric_id, reached, "share", basis, notes)]
    return [*rows, *_progress_rows(scope, track, f"{metric_id}.progress")]


def _progress_rows(scope: Scope, track: Track, metric_id: str) -> list[MetricResult]:
    base, now = track.base, track.now
    if base is None or now is None or base.year >= now.year:
        return []
    if track.goal.base_value is None and base.interval.upper >= track.goal.interval.lower:
        # The earliest figure known is past the target: it is no base of it.
        return []
    made = propagate(targets.progress_made, base.interval, now.interval, track.goal.interval)
    basis = track.basis(base.figure, now)
    notes = [state(Reason.BASE_OF, base_year=base.year), *_target_notes(track, [now])]
    if made is None:
        return [scope.without(metric_id, Status.UNDEFINED, "share", [state(Reason.TARGET_IS_BASE)], basis)]
    return [scope.result(metric_id, made, "share", basis, notes)]


# -- T02 ---------------------------------------------------------------------------------------------------------


def required_growth_rows(scope: Scope) -> list[MetricResult]:
    """Return T02: actual by required growth since the base, both rates, the rate required from now, recent growth."""
    return _rows_of_targets(scope, "T02", "ratio", _growth_of_target)


def _growth_of_target(scope: Scope, track: Track, metric_id: str) -> list[MetricResult]:
    ahead = _look_ahead(scope, track, metric_id, "ratio")
    if isinstance(ahead, MetricResult):
        return [ahead]
    return [
        *_ratio_rows(scope, ahead, metric_id),
        *_required_rows(scope, ahead, metric_id),
        *_recent_rows(scope, ahead, metric_id),
    ]


def _is_met(ahead: _Ahead) -> bool:
    now, target = ahead.now.value, ahead.target.value
    return now <= target if ahead.track.goal.is_falling else now >= target


def _class_note(scope: Scope, ahead: _Ahead, ratio: float | None) -> str:
    progress = targets.classify_progress(
        ratio, is_met=_is_met(ahead), on_course=scope.on_course, moderate=scope.moderate
    )
    return "" if progress is None else state(Reason.CLASS, progress=progress.value)


def _ratio_rows(scope: Scope, ahead: _Ahead, metric_id: str) -> list[MetricResult]:
    """Return the ratio of actual to required growth since the base, with its class, and the two rates."""
    base, now, track = ahead.earlier_base, ahead.now, ahead.track
    if base is None:
        reasons = [ahead.explain_no_base(), _class_note(scope, ahead, None)]
        return [scope.without(metric_id, Status.MISSING_INPUT, "ratio", reasons, track.basis(now))]
    span, whole = now.year - base.year, now.year - base.year + ahead.years

    def actual(begin: float, value: float) -> float | None:
        return compound_annual_growth_rate(begin, value, span)

    def required(begin: float, target: float) -> float | None:
        return targets.required_growth(begin, target, whole)

    basis = track.basis(base.figure, now)
    notes = [state(Reason.BASE_OF, base_year=base.year), *_target_notes(track, [now])]
    growth = propagate(actual, base.interval, now.interval)
    needed = propagate(required, base.interval, ahead.target)
    ratio = propagate(
        lambda begin, value, target: targets.growth_ratio(actual(begin, value), required(begin, target)),
        base.interval,
        now.interval,
        ahead.target,
    )
    rows = [_ratio_row(scope, ahead, metric_id, ratio, notes)]
    rows[0] = replace(rows[0], source_ids=";".join(basis.source_ids), evidence=basis.evidence)
    if growth is not None:
        rows.append(scope.result(f"{metric_id}.actual", growth, _RATE, basis, [*notes, *note_direction(growth)]))
    if needed is not None:
        rows.append(scope.result(f"{metric_id}.required_from_base", needed, _RATE, basis, notes))
    return rows


def _ratio_row(
    scope: Scope, ahead: _Ahead, metric_id: str, ratio: Interval | None, notes: Sequence[str]
) -> MetricResult:
    basis = ahead.track.basis(ahead.now)
    if ratio is None:
        reasons = [state(Reason.NO_DEFINITION), _class_note(scope, ahead, None)]
        return scope.without(metric_id, Status.UNDEFINED, "ratio", reasons, basis)
    return scope.result(metric_id, ratio, "ratio", basis, [_class_note(scope, ahead, ratio.value), *notes])


def _required_rows(scope: Scope, ahead: _Ahead, metric_id: str) -> list[MetricResult]:
    """Return the growth required from the latest figure on, as a rate and per year in the target's unit."""
    basis, notes = ahead.track.basis(ahead.now), _target_notes(ahead.track, [ahead.now])
    if _is_met(ahead):
        notes.insert(0, state(Reason.TARGET_MET))
    rate = propagate(
        lambda value, target: targets.required_growth(value, target, ahead.years), ahead.now.interval, ahead.target
    )
    step = propagate(lambda value, target: (target - value) / ahead.years, ahead.now.interval, ahead.target)
    rows = []
    if rate is not None:
        rows.append(scope.result(f"{metric_id}.required", rate, _RATE, basis, notes))
    if step is not None and not _is_met(ahead):
        rows.append(scope.result(f"{metric_id}.per_year", step, ahead.track.goal.unit, basis, notes))
    return rows


def _recent_rows(scope: Scope, ahead: _Ahead, metric_id: str) -> list[MetricResult]:
    """Return growth over the last five years and its ratio to what is required from now on, if the base is older.

    A base far back may lie before a change of what is counted; the recent years then tell another story.
    """
    now, base = ahead.now, ahead.earlier_base
    recent = [f for f in ahead.track.series if now.year - _RECENT_YEARS <= f.year < now.year]
    if not recent or (base is not None and base.year >= recent[0].year):
        return []
    first, span = recent[0], now.year - recent[0].year
    if span < _LEAST_RECENT_YEARS:
        return []

    def actual(begin: float, value: float) -> float | None:
        return compound_annual_growth_rate(begin, value, span)

    growth = propagate(actual, first.interval, now.interval)
    ratio = propagate(
        lambda begin, value, target: targets.growth_ratio(
            actual(begin, value), targets.required_growth(value, target, ahead.years)
        ),
        first.interval,
        now.interval,
        ahead.target,
    )
    basis, notes = ahead.track.basis(first, now), [state(Reason.RECENT_YEARS, earlier_year=first.year, year=now.year)]
    notes += _target_notes(ahead.track, [now])
    rows = []
    if growth is not None:
        rows.append(scope.result(f"{metric_id}.recent", growth, _RATE, basis, [*notes, *note_direction(growth)]))
    if ratio is not None:
        class_note = _class_note(scope, ahead, ratio.value)
        rows.append(scope.result(f"{metric_id}.recent_ratio", ratio, "ratio", basis, [class_note, *notes]))
    return rows


# -- T03 ---------------------------------------------------------------------------------------------------------


def scenario_rows(scope: Scope) -> list[MetricResult]:
    """Return T03: where trend, required path and a stop lead by the target year; bands if there are five figures."""
    return _rows_of_targets(scope, "T03", "", _scenarios_of_target)


def _scenarios_of_target(scope: Scope, track: Track, metric_id: str) -> list[MetricResult]:
    unit = track.goal.unit
    ahead = _look_ahead(scope, track, f"{metric_id}.trend", unit)
    if isinstance(ahead, MetricResult):
        return [ahead]
    reached = replace(track.basis(ahead.now), year=ahead.now.year + ahead.years)
    notes = [state(Reason.NO_PROBABILITIES), *_target_notes(track, [ahead.now])]
    return [
        _trend_row(scope, ahead, metric_id, notes),
        scope.result(f"{metric_id}.required", ahead.target, unit, reached, notes),
        scope.result(f"{metric_id}.stop", ahead.now.interval, unit, reached, notes),
        *_band_rows(scope, ahead, metric_id),
    ]


def _trend_row(scope: Scope, ahead: _Ahead, metric_id: str, notes: Sequence[str]) -> MetricResult:
    base, now, goal = ahead.earlier_base, ahead.now, ahead.track.goal
    basis = replace(ahead.track.basis(base.figure if base else None, now), year=now.year + ahead.years)
    if base is None:
        reason = [ahead.explain_no_base()]
        return scope.without(f"{metric_id}.trend", Status.MISSING_INPUT, goal.unit, reason, basis)

    def carry_on(begin: float, value: float) -> float | None:
        return targets.extend_line(base.year, begin, now.year, value, basis.year)

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


def _band_rows(scope: Scope, ahead: _Ahead, metric_id: str) -> list[MetricResult]:
    """Return bands of 50, 80 and 95 % for each year to the target, for a level series of five years running or more."""
    rows: list[MetricResult] = []
    if ahead.now.cumulative:
        return rows
    series = _last_run(ahead.track.series)
    for step in range(1, ahead.years + 1):
        bands = targets.forecast_bands([f.year for f in series], [f.value for f in series], step)
        basis = replace(ahead.track.basis(*series), year=ahead.now.year + step)
        for band in bands or ():
            percent = round(band.probability * 100)
            notes = [state(Reason.BAND, points=len(series), percent=percent), *read_notes(series)]
            interval = Interval(band.middle, band.lower, band.upper)
            rows.append(scope.result(f"{metric_id}.band{percent}", interval, ahead.track.goal.unit, basis, notes))
    return rows


# -- T04 ---------------------------------------------------------------------------------------------------------


def time_distance_rows(scope: Scope) -> list[MetricResult]:
    """Return T04: years between the latest figure and the required path's passing through it, minus where behind."""
    return _rows_of_targets(scope, "T04", "years", _time_distance_of_target)


def _time_distance_of_target(scope: Scope, track: Track, metric_id: str) -> list[MetricResult]:
    ahead = _look_ahead(scope, track, metric_id, "years")
    if isinstance(ahead, MetricResult):
        return [ahead]
    base, now = ahead.earlier_base, ahead.now
    if base is None:
        reason = [ahead.explain_no_base()]
        return [scope.without(metric_id, Status.MISSING_INPUT, "years", reason, track.basis(now))]

    def distance(begin: float, value: float, target: float) -> float | None:
        path = targets.Path(base.year, begin, now.year + ahead.years, target)
        return targets.time_distance(path, now.year, value)

    basis = track.basis(base.figure, now)
    at_figures = distance(base.interval.value, now.value, ahead.target.value)
    if at_figures is None:
        reasons = [state(Reason.TARGET_MET if _is_met(ahead) else Reason.PATH_NOT_REACHED)]
        return [scope.without(metric_id, Status.UNDEFINED, "years", reasons, basis)]
    interval = propagate(distance, base.interval, now.interval, ahead.target)
    notes = [state(Reason.BEHIND_IS_NEGATIVE), state(Reason.BASE_OF, base_year=base.year)]
    notes += _target_notes(track, [now])
    if interval is None:
        notes.append(state(Reason.INTERVAL_OPEN))
    return [scope.result(metric_id, interval or at_figures, "years", basis, notes)]
