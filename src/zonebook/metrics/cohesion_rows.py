"""Rows of transitivity and of the giant component of the network among residents (L04, L05), by year and cluster."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from zonebook.metrics.cohesion import bound_giant_component, measure_clustering, measure_giant_component
from zonebook.metrics.network import measure_density
from zonebook.metrics.part_network import PartNetwork, read_networks
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import absent_row
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n


def clustering_rows(scope: Scope) -> list[MetricResult]:
    """Return L04 by year, for the scope and a zone's clusters: global, mean of residents, and chance alone."""
    years = read_networks(scope)
    if not years:
        return [absent_row(scope, "L04", "share")]
    rows = [row for year in years for part in year.parts for row in _clustering_rows(part)]
    return mark_low_n(rows, scope.settings.least_units)


def _clustering_rows(part: PartNetwork) -> Iterator[MetricResult]:
    found = measure_clustering(part.network, part.parties)
    chance = measure_density(part.network, part.parties, directed=False)
    if found is None or chance is None:
        yield part.row("L04", "share", None, undefined=state(Reason.TOO_FEW_PARTIES, minimum=3))
        return
    yield part.known_row("L04", "share", found.transitivity, undefined=Reason.NO_TRIPLE)
    lone = int((np.diff(part.network.symmetric.indptr) < 2).sum())
    notes = [state(Reason.LONE_AS_ZERO, count=lone, total=len(part.parties))] if lone else []
    yield part.known_row("L04.local", "share", found.mean_local, *notes)
    if found.transitivity is not None:
        yield part.known_row("L04.expected", "share", chance.share, state(Reason.AT_RANDOM))


def giant_component_rows(scope: Scope) -> list[MetricResult]:
    """Return L05 by year, for the scope and a zone's clusters, and into how many groups of two or more it falls."""
    years = read_networks(scope)
    if not years:
        return [absent_row(scope, "L05", "share")]
    rows = [row for year in years for part in year.parts for row in _giant_rows(part)]
    return mark_low_n(rows, scope.settings.least_units)


def _giant_rows(part: PartNetwork) -> Iterator[MetricResult]:
    if part.is_single:
        yield part.suppressed("L05", "share")
        return
    found = measure_giant_component(part.network, part.parties)
    most = bound_giant_component(part.network, part.parties, part.is_silent)
    if found is None or most is None:
        yield part.row("L05", "share", None, undefined=Reason.NO_RESIDENTS)
        return
    notes = [] if part.network.matrix.nnz else [state(Reason.NO_TIE_INSIDE)]
    yield part.bounded_row("L05", "share", found.share, most, *notes)
    groups = sum(size > 1 for size in found.component_sizes)
    yield part.known_row("L05.components", "count", groups)
