"""Rows of modularity of the network among residents (L06): by cluster, by zone, and of the groups ties form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from zonebook.metrics.modularity import find_groups, measure_modularity
from zonebook.metrics.part_network import PartNetwork, YearNetworks, read_networks
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import absent_row
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope, mark_low_n


def explain_unassigned(groups: pd.Series[Any]) -> list[str]:
    """Return the sentence on residents without a cluster, if there are any: they count as one cluster more."""
    unassigned = int(groups.isna().sum())
    return [state(Reason.WITHOUT_CLUSTER, unassigned=unassigned)] if unassigned else []


def modularity_rows(scope: Scope) -> list[MetricResult]:
    """Return L06 by year: by cluster, with and without direction, by zone; for the last year of the best partition."""
    years = read_networks(scope)
    if not years:
        return [absent_row(scope, "L06", "index")]
    rows = [row for year in years for row in _group_rows(year)]
    rows += _partition_rows(years[-1].whole)
    return mark_low_n(rows, scope.settings.least_units)


def _group_rows(networks: YearNetworks) -> Iterator[MetricResult]:
    year, whole = networks.year, networks.whole
    if year.clusters.isna().all():
        yield whole.missing("L06", "index", state(Reason.NO_CLUSTER))
    else:
        notes = explain_unassigned(year.clusters)
        yield _modularity_row(whole, "L06", year.clusters, notes)
        if whole.network.matrix.nnz:
            yield _modularity_row(whole, "L06.directed", year.clusters, notes, directed=True)
    if len(year.scope.zone_ids) > 1 and whole.network.matrix.nnz:
        yield _modularity_row(whole, "L06.zones", year.parties["zone_id"].reindex(year.residents), [])


def _modularity_row(
    whole: PartNetwork, metric_id: str, groups: pd.Series[Any], notes: list[str], *, directed: bool = False
) -> MetricResult:
    found = measure_modularity(whole.network, groups, directed=directed)
    value = None if found is None else found.value
    return whole.known_row(metric_id, "index", value, *notes, undefined=Reason.NO_TIE_INSIDE)


def _partition_rows(whole: PartNetwork) -> Iterator[MetricResult]:
    """Return the modularity of the groups that ties themselves form, and how many of two or more there are."""
    scope = whole.year.scope
    if len(whole.parties) > scope.settings.large_network:
        reason = state(Reason.LARGE_NETWORK, maximum=scope.settings.large_network)
        yield scope.without("L06.best", Status.NOT_APPLICABLE, "index", [reason], whole.year.basis)
        return
    groups = find_groups(whole.network, whole.parties, scope.settings.seed)
    if groups is None:
        return
    note = state(Reason.FOUND_GROUPS, seed=scope.settings.seed)
    yield _modularity_row(whole, "L06.best", groups, [note])
    yield whole.known_row("L06.best_groups", "count", int((groups.value_counts() > 1).sum()), note)
