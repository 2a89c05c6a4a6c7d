"""Rows of density and reciprocity of the network among residents (L02, L03), by year and cluster."""

from __future__ import annotations

from collections.abc import Iterator

from zonebook.metrics.network import bound_density, measure_density, measure_reciprocity
from zonebook.metrics.part_network import PartNetwork, read_networks
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import absent_row
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n

_TOO_FEW = state(Reason.TOO_FEW_PARTIES, minimum=2)


def density_rows(scope: Scope) -> list[MetricResult]:
    """Return L02 by year, for the scope and a zone's clusters: with and without direction, mean degree beside each."""
    years = read_networks(scope)
    if not years:
        return [absent_row(scope, "L02", "share")]
    rows = [row for year in years for part in year.parts for row in _density_rows(part)]
    return mark_low_n(rows, scope.settings.least_units)


def _density_rows(part: PartNetwork) -> Iterator[MetricResult]:
    for share_id, degree_id, directed in (("L02", "L02.degree", True), ("L02.undirected", "L02.partners", False)):
        known = measure_density(part.network, part.parties, directed=directed)
        most = bound_density(part.network, part.parties, part.is_silent, directed=directed)
        if known is None or most is None:
            yield part.row(share_id, "share", None, undefined=_TOO_FEW)
            continue
        yield part.bounded_row(share_id, "share", known.share, most.share)
        yield part.bounded_row(degree_id, "count", known.mean_degree, most.mean_degree)


def reciprocity_rows(scope: Scope) -> list[MetricResult]:
    """Return L03 by year, for the scope and a zone's clusters: both variants, and what chance alone would give."""
    years = read_networks(scope)
    if not years:
        return [absent_row(scope, "L03", "share")]
    rows = [row for year in years for part in year.parts for row in _reciprocity_rows(part)]
    return mark_low_n(rows, scope.settings.least_units)


def _reciprocity_rows(part: PartNetwork) -> Iterator[MetricResult]:
    found = measure_reciprocity(part.directed, part.parties)
    chance = measure_density(part.directed, part.parties)
    if found is None or chance is None:
        yield part.row("L03", "share", None, undefined=Reason.NO_DIRECTED_TIE)
        return
    yield part.known_row("L03", "share", found.edgewise, state(Reason.EDGEWISE))
    yield part.known_row("L03.dyadic", "share", found.dyadic, state(Reason.DYADIC))
    yield part.known_row("L03.expected", "share", chance.share, state(Reason.AT_RANDOM))
