"""What the rows of all targets have in common: the headline, what is ahead of a target, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from zonebook.metrics.figures import Figure
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope, read_notes
from zonebook.metrics.target_tracks import Base, Track, read_tracks


def rows_of_targets(
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


def note_target(track: Track, figures: Sequence[Figure]) -> list[str]:
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


def explain_no_series(scope: Scope, track: Track, metric_id: str, unit: str) -> MetricResult:
    """Return the row of a target that no figure can be compared with."""
    reasons = [state(Reason.NO_SERIES, indicator=track.goal.indicator)]
    return scope.without(metric_id, Status.MISSING_INPUT, unit, reasons, replace(track.basis(), year=scope.year))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A target whose year is still to come, with its latest figure."""

    track: Track
    now: Figure
    years: int

    @property
    def target(self) -> Interval:
        """The target with its bounds."""
        return self.track.goal.interval

    @property
    def is_met(self) -> bool:
        """Whether the latest figure has reached the target."""
        return (
            self.now.value <= self.target.value if self.track.goal.is_falling else self.now.value >= self.target.value
        )

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


def look_ahead(scope: Scope, track: Track, metric_id: str, unit: str) -> Ahead | MetricResult:
    """Return the target with its latest figure, or the row that says why nothing ahead of it is computed."""
    if track.now is None:
        return explain_no_series(scope, track, metric_id, unit)
    if track.goal.year is None or track.is_past:
        reason = Reason.TARGET_IS_PAST if track.is_past else Reason.NO_TARGET_YEAR
        return scope.without(metric_id, Status.NOT_APPLICABLE, unit, [state(reason)], track.basis(track.now))
    return Ahead(track, track.now, track.goal.year - track.now.year)
