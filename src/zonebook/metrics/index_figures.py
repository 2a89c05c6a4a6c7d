"""Figures of the index's indicators, chosen out of metric rows: whose, of which year, on which scale (C01)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zonebook.metrics.result import MetricResult
from zonebook.metrics.rowtable import select_series
from zonebook.metrics.scope import Scope

_PERIODS = ("FY", "point")
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that score 0 and 1, the smaller first, and whether less is better."""

    low: float
    high: float
    is_reversed: bool

    @classmethod
    def of(cls, goalposts: Sequence[float]) -> Scale:
        """Return the scale of a pair of goalposts: the value that scores 0, then the one that scores 1."""
        first, second = map(float, goalposts)
        return cls(min(first, second), max(first, second), first > second)

    @property
    def has_extent(self) -> bool:
        """Whether the two ends are not one value."""
        return self.low < self.high


@dataclass(frozen=True, slots=True)
class IndexFigures:
    """The rows the index of each unit and year is made of.

    Attributes
    ----------
    by_key
        By unit and year, the row of each indicator: that of the year, else of one not much earlier.
    absent
        By unit and indicator, the latest row that has no value.
    """

    by_key: Mapping[Key, Mapping[str, MetricResult]]
    absent: Mapping[tuple[str, str], MetricResult]


def choose_figures(scope: Scope, rows: Sequence[MetricResult], wanted: Collection[str]) -> IndexFigures:
    """Return the rows of the wanted indicators: of the scope itself, or of the country's zones."""
    unit_type = "zone" if scope.type == "country" else scope.type
    units = frozenset(scope.zone_ids) if scope.type == "country" else frozenset({scope.id})
    series: dict[str, dict[str, dict[int, MetricResult]]] = {}
    absent: dict[tuple[str, str], MetricResult] = {}
    for row in select_series(rows, wanted):
        if row.scope_type != unit_type or row.scope_id not in units:
            continue
        key = (row.scope_id, row.metric_id)
        if row.value is None and (key not in absent or (row.year or 0) >= (absent[key].year or 0)):
            absent[key] = row
        if row.period in _PERIODS and row.year is not None and row.year <= scope.year:
            by_year = series.setdefault(row.scope_id, {}).setdefault(row.metric_id, {})
            known = by_year.get(row.year)
            if known is None or _preference(row) > _preference(known):
                by_year[row.year] = row
    figures = {
        (unit, year): _choose_for_year(own, year, scope.settings.index_lag)
        for unit, own in sorted(series.items())
        for year in sorted({year for rows in own.values() for year, row in rows.items() if row.value is not None})
    }
    return IndexFigures(figures, absent)


def _preference(row: MetricResult) -> tuple[bool, bool]:
    """Return what makes a row the better of two of one year: a value, then a full year rather than a date in it."""
    return row.value is not None, row.period == "FY"


def _choose_for_year(series: Mapping[str, Mapping[int, MetricResult]], year: int, lag: int) -> dict[str, MetricResult]:
    """Return the row of each indicator for a year: that of the year, else the latest of the few years before.

    A row without a value stands for itself: no earlier one takes its place.
    """
    chosen = {}
    for name, by_year in series.items():
        found = next((by_year[one] for one in range(year, year - lag - 1, -1) if one in by_year), None)
        if found is not None and found.value is not None:
            chosen[name] = found
    return chosen


def read_bounds(row: MetricResult) -> tuple[float, float, float]:
    """Return value, lower and upper bound; of two bounds one of which is known, the other may be anything."""
    value = float(row.value or 0.0)
    if row.lower is None and row.upper is None:
        return value, value, value
    lower = -np.inf if row.lower is None else min(row.lower, value)
    return value, lower, np.inf if row.upper is None else max(row.upper, value)
