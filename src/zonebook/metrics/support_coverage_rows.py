"""Rows of support coverage (S01): which share of residents is supported, by how many measures, by which together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from zonebook.metrics.firm_panel import list_residents
from zonebook.metrics.granted_support import GrantedSupport, read_granted_support
from zonebook.metrics.outcome import Outcome, build_row
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import assign_rows
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Basis, Scope, mark_low_n
from zonebook.metrics.support_coverage import (
    SEPARATOR,
    Coverage,
    compute_overlap,
    count_combinations,
    measure_coverage,
    select_support,
)

_ID_SEPARATOR = "_"  # between the ids of measures in a series: ids have none
_NONE = "none"
_PROVIDERS = ("federal", "city", "zone")


@dataclass(frozen=True, eq=False)
class _SupportYear:
    """The residents of a year, the support they had in it, and what is to be said of both."""

    scope: Scope
    year: int
    residents: pd.DataFrame
    active: pd.DataFrame
    granted: GrantedSupport
    notes: Sequence[str]

    def basis(self, count: int) -> Basis:
        """Return the basis of a figure of so many residents."""
        return Basis(self.year, "FY", self.granted.evidence, self.granted.source_ids, n_units=count)

    def row(self, metric_id: str, unit: str, value: float | None, count: int, undefined: Reason) -> MetricResult:
        """Return a row over so many residents: exact from a register, without bounds from publications."""
        is_exact = not self.granted.is_reported
        return build_row(
            self.scope, metric_id, unit, Outcome(value, self.basis(count), is_exact, self.notes, undefined)
        )


def coverage_rows(scope: Scope) -> list[MetricResult]:
    """Return S01 by year, of the scope and of each cluster of a zone; overlaps and combinations of the latest year."""
    if scope.table("support").empty:
        return [scope.missing_table("S01", "share", "support")]
    granted, residents = read_granted_support(scope), list_residents(scope)
    notes = [state(Reason.SUPPORT_IS_SAMPLE)] if granted.is_reported else []
    notes += [state(Reason.PLANNED_LEFT_OUT, left_out=granted.planned)] if granted.planned else []
    first = min(granted.rows["year"], default=scope.year)
    rows = []
    for year in range(int(first), scope.year + 1):
        active = select_support(granted.rows, year)
        entered = (residents["entered"] <= year).to_numpy(dtype=bool)
        present = residents[entered | residents.index.isin(active["party_id"])]
        found = _SupportYear(scope, year, present, active, granted, notes)
        rows += _coverage_rows(found)
        if year == scope.year:
            rows += [*_overlap_rows(found), *_combination_rows(found)]
    return mark_low_n(rows, scope.settings.least_units)


def _coverage_rows(found: _SupportYear) -> list[MetricResult]:
    """Return coverage and mean numbers of measures of all residents and of each cluster, and coverage by provider."""
    everyone = found.residents.index
    rows = _part_rows(found, list(everyone))
    for provider in _PROVIDERS:
        own = found.active[found.active["provider_level"] == provider]
        if len(own):
            coverage = measure_coverage(own, everyone)
            share = None if coverage is None else coverage.share
            rows.append(found.row(f"S01.{provider}", "share", share, len(everyone), Reason.NO_RESIDENTS))
    if found.scope.type != "zone":
        return rows
    # What is only planned is counted for the zone alone.
    of_cluster = replace(found, notes=[note for note in found.notes if note == state(Reason.SUPPORT_IS_SAMPLE)])
    clusters = found.residents["cluster_id"]
    for cluster in sorted({str(name) for name in clusters if name is not None}):
        members = list(everyone[(clusters == cluster).to_numpy(dtype=bool)])
        rows += assign_rows(_part_rows(of_cluster, members), "cluster", cluster)
    return rows


def _part_rows(found: _SupportYear, members: list[str]) -> list[MetricResult]:
    coverage = measure_coverage(found.active, members)
    return [
        found.row(metric_id, unit, None if coverage is None else pick(coverage), len(members), _explain(coverage))
        for metric_id, unit, pick in (
            ("S01", "share", _share),
            ("S01.measures", "count", _mean),
            ("S01.measures_supported", "count", _mean_of_supported),
        )
    ]


def _share(coverage: Coverage) -> float | None:
    return coverage.share


def _mean(coverage: Coverage) -> float | None:
    return coverage.mean_measures


def _mean_of_supported(coverage: Coverage) -> float | None:
    return coverage.mean_measures_of_supported


def _explain(coverage: Coverage | None) -> Reason:
    return Reason.NO_RESIDENTS if coverage is None else Reason.NOBODY_SUPPORTED


def _overlap_rows(found: _SupportYear) -> list[MetricResult]:
    """Return for each two measures how far they reach the same residents: of all measures granted so far."""
    measures = sorted({str(measure) for measure in found.granted.rows["measure_id"]})
    overlap = compute_overlap(found.active, measures).to_numpy()
    count = len(found.residents)
    rows = []
    for (one, first), (other, second) in itertools.combinations(enumerate(measures), 2):
        value = None if pd.isna(overlap[one, other]) else float(overlap[one, other])
        metric_id = f"S01.jaccard.{first}{_ID_SEPARATOR}{second}"
        rows.append(found.row(metric_id, "share", value, count, Reason.NOBODY_SUPPORTED))
    return rows


def _combination_rows(found: _SupportYear) -> list[MetricResult]:
    """Return how many residents have exactly each combination of measures that occurs."""
    combinations = count_combinations(found.active, found.residents.index)
    rows = []
    for measures, firms in zip(combinations["measures"], combinations["n_firms"], strict=True):
        name = str(measures).replace(SEPARATOR, _ID_SEPARATOR) or _NONE
        row = found.row(f"S01.combination.{name}", "count", float(firms), 0, Reason.NO_RESIDENTS)
        rows.append(replace(row, n_units=None))
    return rows
