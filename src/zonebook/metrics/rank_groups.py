"""The zones that are ranked with each other: one year, one kind of evidence, an index for each (C02, C04, C06, C07)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from zonebook.metrics.index_panel import IndexPanel, read_panel
from zonebook.metrics.ranking import compute_outranking
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import Evidence, MetricResult, Status, weakest_evidence
from zonebook.metrics.scenario import CompositeInputs
from zonebook.metrics.scope import Basis, Scope

RANK = "rank"
LEAST = 2  # one zone has no rank
DIGITS = 9  # points that differ beyond are alike
_EPSILON = 1e-9


@dataclass(frozen=True, eq=False)
class RankGroup:
    """Zones with an index of one year, all from registers or all generated.

    Attributes
    ----------
    panel
        The indicators of all zones and years.
    year
        The latest year in which at least half of the zones have an index that had one in any year.
    evidence
        What the group's figures are: a register, or generated.
    zones
        Ids of the zones.
    others
        How many zones are ranked apart from these.
    """

    panel: IndexPanel
    year: int
    evidence: Evidence
    zones: tuple[str, ...]
    others: int

    def select(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the lines of the group's zones of a frame of the panel, missing where a figure is only reported."""
        lines = [self.panel.lines[zone, self.year] for zone in self.zones]
        return frame.where(self.panel.is_registered).iloc[lines].set_axis(list(self.zones))

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Zones x indicators in 0-1."""
        return self.select(self.panel.scores["value"])

    @cached_property
    def index(self) -> pd.Series[Any]:
        """The index of each zone."""
        lines = [self.panel.lines[zone, self.year] for zone in self.zones]
        return self.panel.composite.index.iloc[lines].set_axis(list(self.zones))

    @cached_property
    def criteria(self) -> pd.DataFrame:
        """Scores by the indicators most zones have, of the zones that have all of them: what is compared one by one."""
        known = self.scores.notna()
        common = known.mean() >= self.panel.scope.settings.level_share - _EPSILON
        return self.scores.loc[:, common].dropna()

    @cached_property
    def outranking(self) -> pd.DataFrame:
        """With what weight each zone is ahead of each other, by these indicators."""
        weights = self.panel.weights[list(self.criteria.columns)]
        # The order of a sum must not make a majority.
        return compute_outranking(self.criteria, weights).round(DIGITS)

    @cached_property
    def inputs(self) -> CompositeInputs:
        """What the ranks are made of, anew in every draw."""
        panel = self.panel
        values, lower, upper = (self.select(panel.values[bound]) for bound in ("value", "lower", "upper"))
        goalposts = {}
        for name, scale in panel.scales.items():
            goalposts[name] = (scale.low, scale.high) if scale.has_extent else (0.0, 1.0)
            # Beyond the end of its scale a figure scores no more: that is as far as an unknown bound reaches.
            lower[name] = lower[name].mask(np.isneginf(lower[name]), np.minimum(values[name], scale.low))
            upper[name] = upper[name].mask(np.isposinf(upper[name]), np.maximum(values[name], scale.high))
            if not scale.has_extent:
                values[name] = np.nan
        reversed_ones = frozenset(name for name, scale in panel.scales.items() if scale.is_reversed)
        given = (panel.weights, panel.rule)
        return CompositeInputs(values, panel.levels, goalposts, reversed_ones, lower, upper, *given)

    @cached_property
    def basis(self) -> Basis:
        """What the rows of the group rest on; its units are the zones, whose own rows name the sources."""
        vintages = (row.vintage for zone in self.zones for row in self.panel.figures[zone, self.year].values())
        return Basis(self.year, "FY", self.evidence, (), max(vintages, default=""), len(self.zones))

    def is_short(self, count: int) -> bool:
        """Whether a list of so many zones is too short for ranks."""
        return count < self.panel.scope.settings.least_ranked

    @property
    def shortness(self) -> str:
        """The sentence on a list that is too short."""
        return state(Reason.FEW_RANKED, minimum=self.panel.scope.settings.least_ranked)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of every row: zones that are ranked apart."""
        return (state(Reason.RANKED_APART, count=self.others),) if self.others else ()

    def describe(self, row: MetricResult) -> MetricResult:
        """Return a row with the status that few zones, its units, give it."""
        is_short = row.value is not None and self.is_short(row.n_units or 0)
        return replace(row, status=Status.LOW_N) if is_short else row

    def of_zone(self, zone: str, row: MetricResult) -> MetricResult:
        """Return a row of the country as that of a zone, with the zone's sources."""
        return replace(row, scope_type="zone", scope_id=zone, source_ids=self._sources[zone])

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return {zone: ";".join(self.panel.find_basis((zone, self.year)).source_ids) for zone in self.zones}


def read_groups(scope: Scope, rows: Sequence[MetricResult]) -> tuple[RankGroup, ...]:
    """Return the groups of zones that have an index: from registers, then generated; none where no zone has one."""
    return scope.remember("rank groups", lambda: _read_groups(read_panel(scope, rows)))


def _read_groups(panel: IndexPanel) -> tuple[RankGroup, ...]:
    evidence = {key: weakest_evidence(row.evidence for row in panel.list_used(key)) for key in _list_ranked(panel)}
    found = []
    for kind in (Evidence.REGISTER, Evidence.DEMONSTRATION):
        keys = [key for key, own in evidence.items() if own is kind]
        if keys:
            year = find_common_year(Counter(year for _, year in keys), len({zone for zone, _ in keys}))
            found.append((kind, year, tuple(zone for zone, one in keys if one == year)))
    total = sum(len(zones) for _, _, zones in found)
    return tuple(RankGroup(panel, year, kind, zones, total - len(zones)) for kind, year, zones in found)


def _list_ranked(panel: IndexPanel) -> list[tuple[str, int]]:
    index = panel.composite.index
    return [key for key, has_index in zip(panel.figures, index.notna(), strict=True) if has_index]


def find_common_year(counts: Mapping[int, int], total: int) -> int:
    """Return the latest year in which at least half of all zones have an index, else the one in which most have.

    Examples
    --------
    >>> find_common_year({2022: 10, 2023: 9, 2024: 2}, 11)
    2023
    """
    enough = [year for year, count in counts.items() if 2 * count >= total]
    return max(enough) if enough else max(counts, key=lambda year: (counts[year], year))


def explain_no_group(scope: Scope, metric_id: str, unit: str) -> MetricResult:
    """Return the row that says that no zone has an index to be ranked by."""
    return scope.missing(metric_id, unit, state(Reason.NO_INDEX))
