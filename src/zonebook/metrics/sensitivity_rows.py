"""Rows of which choice moves the ranks of the cooperation index most (C07); made in the country's scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zonebook.metrics.interval import Interval
from zonebook.metrics.rank_groups import LEAST, RankGroup, explain_no_group, read_groups
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.sensitivity import SobolIndices, measure_sensitivity


def sensitivity_rows(scope: Scope, rows: Sequence[MetricResult]) -> list[MetricResult]:
    """Return C07: the part of the mean rank shift's variance that each choice explains, alone and with all others."""
    groups = read_groups(scope, rows)
    if not groups:
        return [explain_no_group(scope, "C07", "share")]
    group, settings = groups[0], scope.settings
    if len(group.zones) < LEAST:
        return [scope.without("C07", Status.NOT_APPLICABLE, "share", [state(Reason.ONE_RANKED)], group.basis)]
    found = measure_sensitivity(group.inputs, seed=settings.seed, samples=settings.sobol_samples)
    if found is None:
        return [scope.without("C07", Status.UNDEFINED, "share", [state(Reason.NO_SHIFT)], group.basis)]
    return [group.describe(row) for row in _sobol_rows(scope, group, found)]


def _sobol_rows(scope: Scope, group: RankGroup, indices: SobolIndices) -> list[MetricResult]:
    notes = [state(Reason.SALTELLI, samples=indices.samples, seed=indices.seed), *group.notes]
    if group.is_short(len(group.zones)):
        notes.append(group.shortness)
    found = []
    for factor, line in indices.table.astype(float).to_dict("index").items():
        for suffix, column in (("", "first"), (".total", "total")):
            part = _bound_share(line[column], line[f"{column}_error"])
            found.append(scope.result(f"C07.{factor}{suffix}", part, "share", group.basis, notes))
    strongest = max(found, key=lambda row: (row.series.endswith(".total"), row.value or 0.0))
    named = state(Reason.STRONGEST, factor=strongest.series.removesuffix(".total"))
    return [replace(strongest, metric_id="C07", reason=join_reasons([named, strongest.reason])), *found]


def _bound_share(value: float, error: float) -> Interval:
    """Return an index with its 95 % interval, as far as it lies within 0-1."""
    lower, upper = max(0.0, value - error), min(1.0, value + error)
    return Interval(value, min(lower, value), max(upper, value))
