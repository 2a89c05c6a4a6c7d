"""Rows of the distance of ties (R05)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from zonebook.metrics.figures import is_missing
from zonebook.metrics.geography import mean_distance, median_distance
from zonebook.metrics.geography_rows import explain_no_tie, select_other_regions
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.ties import Ties, read_ties


def distance_rows(scope: Scope) -> list[MetricResult]:
    """Return R05: mean and median distance of working ties; of those with other regions as series of their own."""
    ties = read_ties(scope)
    if ties.actual.empty:
        return [scope.missing("R05", "km", explain_no_tie(scope))]
    found = _distance_rows(scope, ties, "R05", ties.actual)
    if not found:
        reason = [state(Reason.NO_COORDINATES)]
        return [scope.without("R05", Status.MISSING_INPUT, "km", reason, ties.basis(ties.actual))]
    return mark_low_n(
        found + _distance_rows(scope, ties, "R05.regional", select_other_regions(ties.actual)),
        scope.settings.least_units,
    )


def _distance_rows(scope: Scope, ties: Ties, metric_id: str, rows: pd.DataFrame) -> list[MetricResult]:
    """Return mean and median over the ties with coordinates at both ends, and how many were left out."""
    known = ties.distances.loc[rows.index]
    located = known["km"].notna()
    if not located.any():
        return []
    kept, lengths = rows[located], known.loc[located, "km"].tolist()
    notes = [state(Reason.REPORTED_SAMPLE)] if ties.is_reported(kept) else []
    centres = int(known.loc[located, "is_approximate"].sum())
    if centres:
        notes.append(state(Reason.APPROXIMATE, approximate=centres, ties=len(kept)))
    if len(rows) > len(kept):
        notes.append(state(Reason.WITHOUT_COORDINATES, left_out=len(rows) - len(kept)))
    separator, basis = "." if "." not in metric_id else "_", ties.basis(kept)
    found = {"": mean_distance(lengths), f"{separator}median": median_distance(lengths)}
    return [
        scope.result(metric_id + suffix, _as_known(distance, notes), "km", basis, notes)
        for suffix, distance in found.items()
        if not is_missing(distance)
    ]


def _as_known(distance: float | None, notes: Sequence[str]) -> Interval | float:
    """Return a distance with bounds only where it is neither of a sample nor approximate."""
    value = float(distance or 0)
    return value if notes else Interval.exact(value)
