"""Rows of the cooperation index: means of its indicators, the index with its level profile (C03, C05).

The index and all that is made of it rest on figures of a register (or on generated ones). Figures that are only
reported have a score, shown as such, and no part in any index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zonebook.metrics.composite import SCALE
from zonebook.metrics.index_figures import Key
from zonebook.metrics.index_panel import IndexPanel, read_panel
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope

UNIT = "index"


def list_keys(panel: IndexPanel) -> list[Key]:
    """Return the years a scope has indicators for, as keys of the panel, the latest last."""
    return [key for key in panel.figures if key[0] == panel.scope.id]


def explain_no_panel(panel: IndexPanel) -> str:
    """Return why there is no index at all."""
    return state(Reason.NO_INDICATOR)


# -- C03 ---------------------------------------------------------------------------------------------------------


def mean_rows(scope: Scope, rows: Sequence[MetricResult]) -> list[MetricResult]:
    """Return C03: arithmetic means within levels; from levels to one number by several means, geometric first."""
    panel = read_panel(scope, rows)
    found = []
    for key in list_keys(panel):
        found += _level_rows(panel, key, "C03")
        for name, means in panel.means.items():
            series = ("C03", "C03.geometric") if name == "geometric" else (f"C03.{name}",)
            notes = _note_index(panel, key, is_floored=name in ("geometric", "harmonic"))
            for metric_id in series:
                found += _value_row(panel, key, metric_id, means[panel.lines[key]], notes)
    return found or [scope.missing("C03", UNIT, explain_no_panel(panel))]


# -- C05 ---------------------------------------------------------------------------------------------------------


def index_rows(scope: Scope, rows: Sequence[MetricResult]) -> list[MetricResult]:
    """Return C05: the index with its interval for every year it is defined and the latest, and its level profile."""
    panel = read_panel(scope, rows)
    found = []
    for key in list_keys(panel):
        index = panel.means["geometric"][panel.lines[key]]
        found += _value_row(panel, key, "C05", index, _note_index(panel, key, is_floored=True))
        found += _level_rows(panel, key, "C05")
    return found or [scope.missing("C05", UNIT, explain_no_panel(panel))]


def _value_row(
    panel: IndexPanel, key: Key, metric_id: str, amounts: NDArray[np.float64], notes: Sequence[str]
) -> list[MetricResult]:
    """Return a row of a value with its bounds; without one in the latest year only, with the reason why."""
    scope = panel.scope
    if not np.isnan(amounts[0]):
        return [scope.result(metric_id, hold(amounts), UNIT, panel.find_basis(key), notes)]
    if key != list_keys(panel)[-1]:
        return []
    undefined = int(np.isnan(panel.profile[panel.lines[key], :, 0]).sum())
    reason = state(Reason.LEVELS_INCOMPLETE, count=undefined, total=len(panel.levels))
    reasons = [reason, *note_reported(panel, key)]
    return [scope.without(metric_id, Status.UNDEFINED, UNIT, reasons, panel.find_basis(key))]


def _level_rows(panel: IndexPanel, key: Key, metric_id: str) -> list[MetricResult]:
    """Return the level profile of a year: levels with a value, in the latest year also those without."""
    rows, line = [], panel.lines[key]
    own_basis, present = panel.find_basis(key), panel.composite.present.to_numpy()[line]
    for place, (level, own) in enumerate(panel.levels.items()):
        amounts = panel.profile[line, place]
        basis = replace(own_basis, n_units=int(present[place]))
        note = state(Reason.OF_INDICATORS, count=basis.n_units, total=len(own))
        series = f"{metric_id}.{level}"
        if not np.isnan(amounts[0]):
            rows.append(panel.scope.result(series, hold(amounts), UNIT, basis, [note]))
        elif key == list_keys(panel)[-1]:
            reasons = [state(Reason.LEVEL_INCOMPLETE), note, *note_reported(panel, key)]
            rows.append(panel.scope.without(series, Status.UNDEFINED, UNIT, reasons, basis))
    return rows


def hold(amounts: NDArray[np.float64]) -> Interval:
    """Return value and bounds as an interval; sums of floats may differ in the last digit."""
    value, lower, upper = map(float, amounts)
    return Interval(value, min(lower, value), max(upper, value))


def _note_index(panel: IndexPanel, key: Key, *, is_floored: bool) -> list[str]:
    """Return what is to be said of an index: indicators missing, older or without bounds, reported ones, the floor."""
    rows = panel.list_used(key)
    missing = len(panel.scales) - len(rows)
    older = sum(row.year != key[1] for row in rows)
    unbounded = sum(row.lower is None and row.upper is None for row in rows)
    notes = [
        *([state(Reason.MISSING_ANYTHING, count=missing)] if missing else []),
        *([state(Reason.OLDER_FIGURES, count=older)] if older else []),
        *([state(Reason.WITHOUT_BOUNDS, count=unbounded)] if unbounded else []),
        *note_reported(panel, key),
    ]
    if is_floored and panel.composite.is_floored.to_numpy()[panel.lines[key]]:
        notes.append(state(Reason.FLOORED, floor=f"{SCALE * panel.rule.floor:g}"))
    return notes


def note_reported(panel: IndexPanel, key: Key) -> list[str]:
    """Return the sentence on figures that are only reported, if there are any."""
    reported = panel.count_reported(key)
    return [state(Reason.REPORTED_LEFT_OUT, left_out=reported)] if reported else []
