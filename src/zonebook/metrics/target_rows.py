"""Rows of attainment and of actual against required growth towards targets (T01, T02), by indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zonebook.metrics import targets
from zonebook.metrics.growth_rows import note_direction
from zonebook.metrics.interval import Interval, propagate
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.target_course import Ahead, explain_no_series, look_ahead, note_target, rows_of_targets
from zonebook.metrics.target_tracks import Track
from zonebook.metrics.trade import compound_annual_growth_rate

RATE = "share per year"
_RECENT_YEARS = 5
_LEAST_RECENT_YEARS = 3  # a shorter span says nothing of a course


def attainment_rows(scope: Scope) -> list[MetricResult]:
    """Return T01: the latest figure by the target, and the part of the way from the base that is done."""
    return rows_of_targets(scope, "T01", "share", _attainment_of_target)


def _attainment_of_target(scope: Scope, track: Track, metric_id: str) -> list[MetricResult]:
    if track.now is None:
        return [explain_no_series(scope, track, metric_id, "share")]
    now, goal = track.now, track.goal
    reached = propagate(
        lambda value, target: targets.attainment(value, target, lower_is_better=goal.is_falling),
        now.interval,
        goal.interval,
    )
    basis, notes = track.basis(now), note_target(track, [now])
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
    notes = [state(Reason.BASE_OF, base_year=base.year), *note_target(track, [now])]
    if made is None:
        return [scope.without(metric_id, Status.UNDEFINED, "share", [state(Reason.TARGET_IS_BASE)], basis)]
    return [scope.result(metric_id, made, "share", basis, notes)]


def required_growth_rows(scope: Scope) -> list[MetricResult]:
    """Return T02: actual by required growth since the base, both rates, the rate required from now, recent growth."""
    return rows_of_targets(scope, "T02", "ratio", _growth_of_target)


def _growth_of_target(scope: Scope, track: Track, metric_id: str) -> list[MetricResult]:
    ahead = look_ahead(scope, track, metric_id, "ratio")
    if isinstance(ahead, MetricResult):
        return [ahead]
    return [
        *_ratio_rows(scope, ahead, metric_id),
        *_required_rows(scope, ahead, metric_id),
        *_recent_rows(scope, ahead, metric_id),
    ]


def _class_note(scope: Scope, ahead: Ahead, ratio: float | None) -> str:
    limits = {"on_course": scope.settings.on_course, "moderate": scope.settings.moderate}
    progress = targets.classify_progress(ratio, is_met=ahead.is_met, **limits)
    return "" if progress is None else state(Reason.CLASS, progress=progress.value)


def _ratio_rows(scope: Scope, ahead: Ahead, metric_id: str) -> list[MetricResult]:
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
    notes = [state(Reason.BASE_OF, base_year=base.year), *note_target(track, [now])]
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
        rows.append(scope.result(f"{metric_id}.actual", growth, RATE, basis, [*notes, *note_direction(growth)]))
    if needed is not None:
        rows.append(scope.result(f"{metric_id}.required_from_base", needed, RATE, basis, notes))
    return rows


def _ratio_row(
    scope: Scope, ahead: Ahead, metric_id: str, ratio: Interval | None, notes: Sequence[str]
) -> MetricResult:
    basis = ahead.track.basis(ahead.now)
    if ratio is None:
        reasons = [state(Reason.NO_DEFINITION), _class_note(scope, ahead, None)]
        return scope.without(metric_id, Status.UNDEFINED, "ratio", reasons, basis)
    return scope.result(metric_id, ratio, "ratio", basis, [_class_note(scope, ahead, ratio.value), *notes])


def _required_rows(scope: Scope, ahead: Ahead, metric_id: str) -> list[MetricResult]:
    """Return the growth required from the latest figure on, as a rate and per year in the target's unit."""
    basis, notes = ahead.track.basis(ahead.now), note_target(ahead.track, [ahead.now])
    if ahead.is_met:
        notes.insert(0, state(Reason.TARGET_MET))
    rate = propagate(
        lambda value, target: targets.required_growth(value, target, ahead.years), ahead.now.interval, ahead.target
    )
    step = propagate(lambda value, target: (target - value) / ahead.years, ahead.now.interval, ahead.target)
    rows = []
    if rate is not None:
        rows.append(scope.result(f"{metric_id}.required", rate, RATE, basis, notes))
    if step is not None and not ahead.is_met:
        rows.append(scope.result(f"{metric_id}.per_year", step, ahead.track.goal.unit, basis, notes))
    return rows


def _recent_rows(scope: Scope, ahead: Ahead, metric_id: str) -> list[MetricResult]:
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
    notes += note_target(ahead.track, [now])
    rows = []
    if growth is not None:
        rows.append(scope.result(f"{metric_id}.recent", growth, RATE, basis, [*notes, *note_direction(growth)]))
    if ratio is not None:
        class_note = _class_note(scope, ahead, ratio.value)
        rows.append(scope.result(f"{metric_id}.recent_ratio", ratio, "ratio", basis, [class_note, *notes]))
    return rows
