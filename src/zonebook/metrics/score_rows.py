"""Rows of the index's indicators on one scale (C01)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from zonebook.metrics.composite_rows import UNIT, explain_no_panel, hold, list_keys, note_reported
from zonebook.metrics.index_figures import Key
from zonebook.metrics.index_panel import IndexPanel, read_panel
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import Evidence, MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope


def score_rows(scope: Scope, rows: Sequence[MetricResult]) -> list[MetricResult]:
    """Return C01: how many indicators have a score, and the score of each from 0 to 100, for every year."""
    panel = read_panel(scope, rows)
    keys = list_keys(panel)
    found = [_count_row(panel, key) for key in keys]
    found += [row for key in keys for row in _scored_rows(panel, key)]
    latest = keys[-1][1] if keys else scope.year
    scored = panel.figures[keys[-1]] if keys else {}
    found += [_unscored_row(panel, name, latest) for name in panel.scales if name not in scored]
    if not keys:
        found.insert(0, scope.missing("C01", "count", explain_no_panel(panel)))
    return found


def _count_row(panel: IndexPanel, key: Key) -> MetricResult:
    """Return how many indicators of a year have a score, reported ones among them."""
    figures, line = panel.figures[key], panel.lines[key]
    count = int((~np.isnan(panel.marks[line, :, 0])).sum())
    notes = [state(Reason.OF_INDICATORS, count=count, total=len(panel.scales))]
    clipped = int(panel.is_clipped.to_numpy()[line].sum())
    if clipped:
        notes.append(state(Reason.CLIPPED, clipped=clipped))
    notes += note_reported(panel, key)
    evidence = weakest_evidence(row.evidence for row in figures.values())
    basis = Basis(key[1], "FY", evidence, panel.list_sources(key), max(row.vintage for row in figures.values()), count)
    return panel.scope.result("C01", Interval.exact(count), "count", basis, notes)


def _scored_rows(panel: IndexPanel, key: Key) -> Iterator[MetricResult]:
    clipped = dict(zip(panel.scales, panel.is_clipped.to_numpy()[panel.lines[key]], strict=True))
    for name, amounts in zip(panel.scales, panel.marks[panel.lines[key]], strict=True):
        source = panel.figures[key].get(name)
        if source is None:
            continue
        sources = tuple(filter(None, source.source_ids.split(";")))
        basis = Basis(key[1], "FY", source.evidence, sources, source.vintage, source.n_units)
        if np.isnan(amounts[0]):
            yield panel.scope.without(f"C01.{name}", Status.UNDEFINED, UNIT, [state(Reason.NO_SCALE)], basis)
            continue
        notes = [
            *([state(Reason.FIGURE_OF, year=source.year)] if source.year != key[1] else []),
            *([state(Reason.LESS_IS_BETTER)] if panel.scales[name].is_reversed else []),
            *([state(Reason.BEYOND_SCALE)] if clipped[name] else []),
            *([state(Reason.NO_PART)] if source.evidence is Evidence.REPORTED else []),
        ]
        is_bounded = source.lower is not None or source.upper is not None
        known = hold(amounts) if is_bounded else float(amounts[0])
        found = panel.scope.result(f"C01.{name}", known, UNIT, basis, notes)
        if source.status is Status.LOW_N:
            few = [state(Reason.LOW_N, count=source.n_units)] if source.n_units is not None else []
            found = replace(found, status=Status.LOW_N, reason=join_reasons([*few, found.reason]))
        yield found


def _unscored_row(panel: IndexPanel, name: str, year: int) -> MetricResult:
    """Return the row of an indicator without a figure: its status and reason are those of its own metric."""
    scope, source = panel.scope, panel.absent.get((panel.scope.id, name))
    if source is None or source.status in (Status.OK, Status.LOW_N):
        basis = Basis(year, "FY")
        return scope.without(f"C01.{name}", Status.MISSING_INPUT, UNIT, [state(Reason.NO_INDICATOR_FIGURE)], basis)
    basis = Basis(year, "FY", source.evidence)
    return scope.without(f"C01.{name}", source.status, UNIT, [source.reason], basis)
