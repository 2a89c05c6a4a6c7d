"""Rows of ranks without adding scores up: points, majorities, circles of them (C04); made in the country's scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from zonebook.metrics.interval import Interval
from zonebook.metrics.rank_groups import DIGITS, LEAST, RANK, RankGroup, explain_no_group, read_groups
from zonebook.metrics.ranking import (
    count_borda,
    find_circles,
    measure_rank_stability,
    rank_by_majority,
    rank_units,
    score_copeland,
)
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope

_PLACES = "count"


def majority_rows(scope: Scope, rows: Sequence[MetricResult]) -> list[MetricResult]:
    """Return C04: ranks by Borda points, Copeland scores and majority; how far they are from those of the index."""
    groups = read_groups(scope, rows)
    if not groups:
        return [explain_no_group(scope, "C04", _PLACES)]
    found = _compare_rankings(scope, groups[0])
    for group in groups:
        found += _majority_rows_of_zones(scope, group)
    return found


def _compare_rankings(scope: Scope, group: RankGroup) -> list[MetricResult]:
    scores = group.criteria
    if len(scores) < LEAST or scores.shape[1] == 0:
        return [scope.without("C04", Status.NOT_APPLICABLE, _PLACES, [state(Reason.ONE_RANKED)], group.basis)]
    weights = group.panel.weights[list(scores.columns)]
    borda = rank_units(count_borda(scores, weights).round(DIGITS))
    ranks = pd.DataFrame({"index": rank_units(group.index[scores.index]), "borda": borda})
    stability = measure_rank_stability(ranks, "index").loc["borda"].astype(float).to_dict()
    circular = int(find_circles(group.outranking).sum())
    basis = replace(group.basis, n_units=len(scores))
    notes = [state(Reason.CRITERIA, count=scores.shape[1]), *group.notes]
    found = [
        scope.result("C04", Interval.exact(stability["mean_shift"]), _PLACES, basis, notes),
        scope.result("C04.greatest_shift", Interval.exact(stability["greatest_shift"]), _PLACES, basis, notes),
        scope.result("C04.circle", Interval.exact(circular), "count", basis, notes),
    ]
    if np.isnan(stability["spearman"]):
        reason = [state(Reason.ALL_ALIKE)]
        found.append(scope.without("C04.spearman", Status.UNDEFINED, "ratio", reason, basis))
    else:
        found.append(scope.result("C04.spearman", Interval.exact(stability["spearman"]), "ratio", basis, notes))
    return [group.describe(row) for row in found]


def _majority_rows_of_zones(scope: Scope, group: RankGroup) -> list[MetricResult]:
    scores, found = group.criteria, []
    weights = group.panel.weights[list(scores.columns)]
    points = count_borda(scores, weights)
    columns = {
        "C04": (rank_units(points.round(DIGITS)), RANK),
        "C04.borda": (points, "ratio"),
        "C04.copeland": (score_copeland(group.outranking), "ratio"),
        "C04.majority": (rank_by_majority(group.outranking), RANK),
    }
    basis = replace(group.basis, n_units=len(scores))
    notes = [state(Reason.OF_ZONES, total=len(scores)), state(Reason.CRITERIA, count=scores.shape[1]), *group.notes]
    for metric_id, (values, unit) in columns.items():
        for zone in group.zones:
            if zone not in scores.index:
                reason = [state(Reason.LACKS_CRITERIA)]
                row = scope.without(metric_id, Status.UNDEFINED, unit, reason, basis)
            elif unit == RANK and group.is_short(len(scores)):
                row = scope.without(metric_id, Status.UNDEFINED, unit, [group.shortness], basis)
            elif values is None:
                row = scope.without(metric_id, Status.UNDEFINED, unit, [state(Reason.CIRCLE), *notes], basis)
            else:
                row = group.describe(scope.result(metric_id, Interval.exact(float(values[zone])), unit, basis, notes))
            found.append(group.of_zone(zone, row))
    return found
