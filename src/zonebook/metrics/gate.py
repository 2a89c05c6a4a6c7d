"""The last gate before rows are given away: nothing is told of a zone or cluster of so few firms that it tells of them.

Most metrics look at what stands behind each of their figures. This looks at the places: coverage, counts and shares of
a cluster of two firms say of each what the other knows already. And it looks at counts that are parts of one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from zonebook.metrics.hidden_parts import count_parts, hide_labels
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import list_residents, read_parties
from zonebook.metrics.registry import Catalogue
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.support_gate import find_hidden_support

_OF_FIRMS = frozenset({"party", "party_year", "tie", "export_flow", "support", "stage_capability"})
_QUALITY = "quality"  # says how much is known of a place, and of nobody what
_PAIR = ":"  # between the two ends of a pair
_ALL = ""  # all residents of the scope; those without a cluster


def hide_rows(scope: Scope, rows: Iterable[MetricResult], catalogue: Catalogue) -> list[MetricResult]:
    """Return rows, those suppressed that would give away a firm and that their own metric lets through."""
    kept = hide_small_places(scope, rows, catalogue)
    hidden = find_hidden_support(scope, kept)
    return [_suppress(row, scope.settings.least_firms) if row in hidden else row for row in kept]


def hide_small_places(scope: Scope, rows: Iterable[MetricResult], catalogue: Catalogue) -> list[MetricResult]:
    """Return rows, those of places of too few firms suppressed, and of pairs with such a place.

    A cluster is hidden with another where the zone's own figure would give it away. What was read in publications is
    public and stays.
    """
    hidden = _HiddenPlaces(scope)
    minimum = scope.settings.least_firms
    return [_suppress(row, minimum) if _is_of_firms(row, catalogue) and hidden.has(row) else row for row in rows]


def find_hidden_clusters(scope: Scope, year: int) -> frozenset[str]:
    """Return the clusters of the scope's zones of which nothing is told in a year."""
    return scope.remember(f"clusters hidden in {year}", lambda: _HiddenPlaces(scope).find("cluster", year))


def _is_of_firms(row: MetricResult, catalogue: Catalogue) -> bool:
    metric, is_known = catalogue[row.base_id], row.value is not None and row.evidence is not Evidence.REPORTED
    return is_known and metric.level != _QUALITY and not _OF_FIRMS.isdisjoint(metric.tables)


def _suppress(row: MetricResult, minimum: int) -> MetricResult:
    reason = state(Reason.TOO_FEW_FIRMS, minimum=minimum)
    return replace(row, value=None, lower=None, upper=None, n_units=None, status=Status.SUPPRESSED, reason=reason)


class _HiddenPlaces:
    """The zones and clusters of a scope that have too few firms, by year."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._known: dict[tuple[str, int], frozenset[str]] = {}
        residents = list_residents(read_parties(scope), scope.zone_ids)
        self._zones = frozenset(residents["zone_id"])
        self._residents = residents

    def has(self, row: MetricResult) -> bool:
        """Return whether a row is of such a place, of a pair with one, or of a series of one."""
        year = self._scope.year if row.year is None else row.year
        clusters, zones = self.find("cluster", year), self.find("zone", year)
        if row.scope_type == "cluster":
            return row.scope_id in clusters
        if row.scope_type == "pair":
            return not (zones | clusters).isdisjoint(row.scope_id.split(_PAIR))
        is_small = row.scope_id in zones if row.scope_type == "zone" else _ALL in self.find(row.scope_type, year)
        return is_small or not clusters.isdisjoint(row.series.split("."))

    def find(self, kind: str, year: int) -> frozenset[str]:
        """Return the hidden places of a kind in a year."""
        if (kind, year) not in self._known:
            self._known[kind, year] = self._list(kind, year)
        return self._known[kind, year]

    def _list(self, kind: str, year: int) -> frozenset[str]:
        present = self._residents[(self._residents["entered"] <= year).to_numpy(dtype=bool)]
        least = self._scope.rule.minimum
        if kind == "cluster":
            by_zone = [self._hide_clusters(own) for _, own in present.groupby("zone_id")]
            return frozenset[str]().union(*by_zone) - {_ALL}
        if kind == "zone":
            counts = present.groupby("zone_id")["respondent"].nunique()
            return frozenset(zone for zone in self._zones if counts.get(zone, 0) < least)
        is_small = len(self._zones) > 0 and kind == self._scope.type and present["respondent"].nunique() < least
        return frozenset({_ALL}) if is_small else frozenset()

    def _hide_clusters(self, residents: pd.DataFrame) -> frozenset[str]:
        """Return the clusters of a zone that are hidden: the number of all its residents is known."""
        places = [place or _ALL for place in residents["cluster_id"]]
        return hide_labels(count_parts(places, residents["respondent"]), self._scope.rule)
