"""The gate in front of figures of support (S01): no number of one or two firms is told, and none can be worked out.

Residents with each combination of measures are the parts of a whole: shares of supported residents, mean numbers of
measures, shares by provider and overlaps of measures are sums over the same parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from zonebook.metrics.counted_firms import counts_few, find_few, group_firms
from zonebook.metrics.firm_panel import list_residents
from zonebook.metrics.granted_support import read_granted_support
from zonebook.metrics.hidden_parts import Behind, hide_labels, is_few
from zonebook.metrics.result import Evidence, MetricResult
from zonebook.metrics.scope import Scope
from zonebook.metrics.support_coverage import select_support

_ALL = ""  # all residents of the scope; also residents without a cluster
_BETWEEN = "_"
_NONE = "none"
_MEANS = frozenset({"measures", "measures_supported"})


def find_hidden_support(scope: Scope, rows: Iterable[MetricResult]) -> frozenset[MetricResult]:
    """Return the rows of S01 that must not be shown; what publications say is public."""
    mine = [row for row in rows if row.base_id == "S01" and row.value is not None]
    counts: dict[int, _Counts] = {}
    hidden = set()
    for row in mine:
        if row.year is None or row.evidence is Evidence.REPORTED:
            continue
        if row.year not in counts:
            counts[row.year] = _Counts(scope, row.year)
        if counts[row.year].hides(row):
            hidden.add(row)
    return frozenset(hidden)


class _Counts:
    """The residents of a scope in a year by the measures each is supported with."""

    def __init__(self, scope: Scope, year: int) -> None:
        residents, granted = list_residents(scope), read_granted_support(scope)
        self._scope = scope
        self._support = select_support(granted.rows, year)
        entered = (residents["entered"] <= year).to_numpy(dtype=bool)
        present = residents[entered | residents.index.isin(self._support["party_id"])]
        self._clusters = present["cluster_id"].fillna(_ALL)
        measures: dict[str, set[str]] = {party: set() for party in present.index}
        for party, measure in zip(
            self._support["party_id"].tolist(), self._support["measure_id"].tolist(), strict=True
        ):
            measures.get(party, set()).add(measure)
        self._measures = pd.Series({party: _BETWEEN.join(sorted(own)) for party, own in measures.items()}, dtype=object)
        self._sizes = pd.Series({party: len(own) for party, own in measures.items()}, dtype=int)

    def hides(self, row: MetricResult) -> bool:
        """Return whether a row gives few firms away, or others that are hidden."""
        kind, _, name = row.series.partition(".")
        if row.scope_type == "cluster":
            return row.scope_id in self._hidden_clusters
        if kind == "combination":
            return self._hides_whole if name == _NONE else name in self._combinations
        if kind == "jaccard":
            return self._hides_overlap(name)
        if kind in _MEANS:
            return self._hides_whole or self._tells_sizes
        return self._hides_whole if kind == "" else self._hides_provider(kind)

    @cached_property
    def _combinations(self) -> frozenset[str]:
        """Combinations that are hidden: of few firms, and others of as many measures, which the means tell apart.

        Residents without any measure are no figure of theirs; their number is what the share of the others leaves.
        """
        few, hidden = find_few(self._scope, self._supported), set[str]()
        for parts in self._by_size.values():
            hidden |= hide_labels(parts, self._scope.rule, few)
        return hide_labels(group_firms(self._scope, self._supported), self._scope.rule, hidden)

    @cached_property
    def _supported(self) -> pd.Series[Any]:
        """The measures of those with any."""
        return self._measures[(self._measures != "").to_numpy(dtype=bool)]

    @cached_property
    def _by_size(self) -> Mapping[int, Mapping[str, Behind]]:
        sizes = sorted({int(size) for size in self._sizes} - {0})
        return {size: group_firms(self._scope, self._measures[self._sizes == size]) for size in sizes}

    @cached_property
    def _tells_sizes(self) -> bool:
        """Whether what is hidden of combinations of so many measures would follow from the means."""
        for parts in self._by_size.values():
            hidden = [parts[name] for name in parts if name in self._combinations]
            if hidden and (len(hidden) < 2 or is_few([who for own in hidden for who in own], self._scope.rule)):
                return True
        return False

    @cached_property
    def _hides_whole(self) -> bool:
        return counts_few(self._scope, self._supported.index)

    @cached_property
    def _hidden_clusters(self) -> frozenset[str]:
        """Clusters with few supported firms, and others where the zone's own figure would tell; no cluster is none."""
        supported = self._clusters[self._clusters.index.isin(self._supported.index)]
        return hide_labels(group_firms(self._scope, supported), self._scope.rule)

    @cached_property
    def _hidden_firms(self) -> frozenset[str]:
        return frozenset(self._measures.index[self._measures.isin(self._combinations).to_numpy(dtype=bool)])

    def _find_firms(self, column: str, value: str) -> frozenset[str]:
        pairs = zip(self._support["party_id"].tolist(), self._support[column].tolist(), strict=True)
        return frozenset(party for party, own in pairs if own == value) & frozenset(self._sizes.index)

    def _hides_provider(self, provider: str) -> bool:
        firms = self._find_firms("provider_level", provider)
        told = firms & self._hidden_firms
        return counts_few(self._scope, firms) or told not in (frozenset(), self._hidden_firms)

    def _hides_overlap(self, pair: str) -> bool:
        one, other = (self._find_firms("measure_id", name) for name in pair.split(_BETWEEN))
        few = any(counts_few(self._scope, firms) for firms in (one & other, one | other))
        return few or bool((one | other) & self._hidden_firms)
