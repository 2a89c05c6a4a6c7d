"""Rows of the weights of the cooperation index, and of what the data themselves would suggest (C02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zonebook.metrics.composite_rows import explain_no_panel, list_keys, note_reported
from zonebook.metrics.index_panel import IndexPanel, read_panel
from zonebook.metrics.interval import Interval
from zonebook.metrics.rank_groups import RankGroup, read_groups
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.weighting import compute_component_weights, score_benefit_of_doubt


def weight_rows(scope: Scope, rows: Sequence[MetricResult]) -> list[MetricResult]:
    """Return C02: the part of the weights whose indicators are known, each weight; for the country also two checks."""
    panel = read_panel(scope, rows)
    found = _covered_rows(panel)
    if scope.type == "country":
        for place, group in enumerate(read_groups(scope, rows)):
            found += _component_rows(scope, group) if place == 0 else []
            found += _doubt_rows(scope, group, is_headline=place == 0)
    return [*found, *_weight_rows(panel, found[0])]


def _weight_rows(panel: IndexPanel, headline: MetricResult) -> list[MetricResult]:
    """Return the weight of each indicator, where any is known; what they apply to is what the headline rests on."""
    scope = panel.scope
    if headline.value is None:
        return []
    given = Reason.GIVEN_WEIGHTS if scope.settings.index_weights else Reason.EQUAL_WEIGHTS
    sources = tuple(filter(None, headline.source_ids.split(";")))
    basis = Basis(scope.year, "", headline.evidence, sources, "", len(panel.weights))
    return [
        scope.result(f"C02.{name}", Interval.exact(float(weight)), "share", basis, [state(given)])
        for name, weight in panel.weights.items()
    ]


def _covered_rows(panel: IndexPanel) -> list[MetricResult]:
    """Return the part of the weights that rests on known indicators: of a zone by year, over all zones of a country."""
    if not panel.figures:
        return [panel.scope.missing("C02", "share", explain_no_panel(panel))]
    covered = panel.is_registered.to_numpy(dtype=float) @ panel.weights.to_numpy()
    if panel.scope.type == "country":
        return [_mean_row(panel, covered)]
    found = []
    for key in list_keys(panel):
        basis = replace(panel.find_basis(key), source_ids=panel.list_sources(key))
        share = Interval.exact(float(covered[panel.lines[key]]))
        found.append(panel.scope.result("C02", share, "share", basis, note_reported(panel, key)))
    return found


def _mean_row(panel: IndexPanel, covered: NDArray[np.float64]) -> MetricResult:
    """Return the mean over the zones that have figures of the latest year; their own rows name the sources."""
    latest = max(year for _, year in panel.figures)
    keys = [key for key in panel.figures if key[1] == latest]
    share = Interval.exact(float(covered[[panel.lines[key] for key in keys]].mean()))
    evidence = weakest_evidence(row.evidence for key in keys for row in panel.figures[key].values())
    note = state(Reason.MEAN_OF_ZONES, total=len(keys))
    return panel.scope.result("C02", share, "share", Basis(latest, "FY", evidence, (), "", len(keys)), [note])


def _component_rows(scope: Scope, group: RankGroup) -> list[MetricResult]:
    """Return the weights that follow from how the indicators go together, and how much one component explains."""
    scores = group.criteria
    basis = replace(group.basis, n_units=len(scores))
    found = compute_component_weights(scores)
    if found is None:
        return [scope.without("C02.explained", Status.UNDEFINED, "share", [state(Reason.NO_COMPONENT)], basis)]
    notes = [state(Reason.OF_ZONES, total=len(scores)), *group.notes]
    explained = scope.result("C02.explained", Interval.exact(found.explained), "share", basis, notes)
    return [explained] + [
        scope.result(f"C02.{name}.component", Interval.exact(float(weight)), "share", basis, notes)
        for name, weight in found.weights.items()
    ]


def _doubt_rows(scope: Scope, group: RankGroup, *, is_headline: bool) -> list[MetricResult]:
    """Return what share of the best each zone reaches with the weights that suit it best, and their median."""
    metric_id, scores = "C02.benefit_of_doubt", group.criteria
    basis = replace(group.basis, n_units=len(scores))
    notes = [state(Reason.OF_ZONES, total=len(scores)), *group.notes]
    best = score_benefit_of_doubt(scores)
    rows = [
        group.of_zone(str(zone), scope.result(metric_id, Interval.exact(float(value)), "share", basis, notes))
        for zone, value in best.items()
    ]
    if is_headline and len(best):
        median = [state(Reason.MEDIAN_OF_ZONES), *notes]
        rows.append(scope.result(metric_id, Interval.exact(float(best.median())), "share", basis, median))
    return [group.describe(row) for row in rows]
