"""What a formula gave for a scope, on its way to a metric row: a value, none, or one that is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a formula gave.

    Attributes
    ----------
    value
        A number, one with its bounds, or ``None`` where the formula has no value.
    basis
        What it rests on.
    is_exact
        Whether a number without bounds is known exactly.
    notes
        What is to be said of it.
    undefined
        Why there is no value, where there is none.
    """

    value: Interval | float | None
    basis: Basis
    is_exact: bool = True
    notes: Sequence[str] = ()
    undefined: Reason = Reason.NO_DENOMINATOR


def build_row(scope: Scope, metric_id: str, unit: str, outcome: Outcome) -> MetricResult:
    """Return the row of an outcome: its value, or undefined with the reason."""
    value = outcome.value
    if value is None:
        reasons = [state(outcome.undefined), *outcome.notes]
        return scope.without(metric_id, Status.UNDEFINED, unit, reasons, outcome.basis)
    if outcome.is_exact and not isinstance(value, Interval):
        value = Interval.exact(value)
    return scope.result(metric_id, value, unit, outcome.basis, outcome.notes)


def hide_row(scope: Scope, metric_id: str, unit: str, why: Sequence[str], basis: Basis) -> MetricResult:
    """Return the row of a figure that is not shown, without the number of firms behind it."""
    return scope.without(metric_id, Status.SUPPRESSED, unit, why, replace(basis, n_units=None))


def repeat_largest(rows: Sequence[MetricResult], metric_id: str) -> MetricResult:
    """Return the row of the industry with the largest value as the headline; those with enough firms come first."""
    known = [row for row in rows if row.status is Status.OK] or [row for row in rows if row.value is not None]
    largest = max(known, key=lambda row: (row.value or 0.0, row.metric_id)) if known else rows[0]
    named = state(Reason.INDUSTRY, industry=largest.series)
    return replace(largest, metric_id=metric_id, reason=join_reasons([named, largest.reason]))
