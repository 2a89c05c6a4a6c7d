"""Targets of a scope, each with the figures it is measured against: the latest one and the base."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zonebook.metrics.figures import MONEY, Figure, evidence_of, is_contradicted, is_missing, read_text
from zonebook.metrics.interval import Interval, hull, interval_of
from zonebook.metrics.result import Evidence, weakest_evidence
from zonebook.metrics.scope import Basis, Scope

# Which indicator stands for a scope's targets where one is to be shown.
HEADLINE_ORDER = ("export_rub", "revenue_rub", "investment_actual_rub", "jobs", "residents", "enterprises")
_SUMS_SINCE_FOUNDATION = ("investment_", "budget_")
_YEARLY = re.compile(r"\b(a|per) year\b|\byear forecast\b|\byearly\b")
_STOCK_PERIODS = ("point", "FY")


@dataclass(frozen=True, slots=True)
class Goal:
    """A target after all its sources have been read. ``series`` is the suffix of its rows."""

    indicator: str
    series: str
    year: int | None
    interval: Interval
    unit: str
    base_year: int | None
    base_value: float | None
    is_cumulative: bool | None
    source_ids: tuple[str, ...]
    evidence: Evidence
    disagree: bool

    @property
    def is_intention(self) -> bool:
        """Whether the indicator itself is only what is intended: sums declared, jobs planned."""
        return any(word in self.indicator.split("_") for word in ("declared", "planned"))

    @property
    def is_falling(self) -> bool:
        """Whether the target lies below its declared base: less is better."""
        return self.base_value is not None and self.interval.value < self.base_value


@dataclass(frozen=True, slots=True)
class Base:
    """Where the way to a target begins: declared with the target, or the earliest comparable figure."""

    year: int
    interval: Interval
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Track:
    """A target with the series it is measured by, up to the reporting year or, if that is earlier, the target year.

    ``now`` is the latest figure of the series and ``base`` its beginning; both may be missing.
    """

    goal: Goal
    series: tuple[Figure, ...]
    base: Base | None
    is_past: bool

    @property
    def now(self) -> Figure | None:
        """The latest figure."""
        return self.series[-1] if self.series else None

    def basis(self, *figures: Figure | None) -> Basis:
        """Return the basis of a result from the target and some of its figures."""
        known = [figure for figure in figures if figure is not None]
        own = Basis.of(*known) if known else None
        sources = dict.fromkeys((*(own.source_ids if own else ()), *self.goal.source_ids))
        return Basis(
            year=own.year if own else (self.goal.year or 0),
            period=own.period if own else "",
            evidence=weakest_evidence([self.goal.evidence, *(f.evidence for f in known)]),
            source_ids=tuple(sources),
            vintage=own.vintage if own else "",
            n_units=own.n_units if own else None,
        )


def _is_addition(indicator: str) -> bool:
    """Whether an indicator counts what is added in a year: new jobs, new residents."""
    return "new" in indicator.split("_")


def _read_nature(rows: Iterable[Mapping[Any, Any]], unit: str, indicator: str) -> bool | None:
    """Return whether a target is a sum since foundation; ``None`` where it is a stock and the figures decide."""
    note = " ".join(read_text(row, "note").lower() for row in rows)
    if re.search(r"\bcumulative\b", note):
        return True
    if _YEARLY.search(note) or _is_addition(indicator):
        return False
    if unit in MONEY:
        return indicator.startswith(_SUMS_SINCE_FOUNDATION)
    return None


def _scaled(row: Mapping[Any, Any]) -> tuple[Interval, str]:
    interval = interval_of(float(row["target_value"]), read_text(row, "qualifier", "exact"))
    unit = read_text(row, "unit")
    if unit not in ("percent", "%"):
        return interval, unit
    return Interval(interval.value / 100, interval.lower / 100, interval.upper / 100), "share"


def _build_goal(scope: Scope, rows: Sequence[Mapping[Any, Any]]) -> Goal:
    """Make one target of all rows about it: the value is the first source's, the interval holds all."""
    ordered = sorted(
        rows, key=lambda row: (read_text(row, "qualifier", "exact") != "exact", read_text(row, "source_id"))
    )
    first = ordered[0]
    intervals = [(_scaled(row)[0], read_text(row, "qualifier", "exact")) for row in ordered]
    sources = tuple(filter(None, dict.fromkeys(read_text(row, "source_id") for row in ordered)))
    indicator, unit = read_text(first, "indicator"), _scaled(first)[1]
    based = next((row for row in ordered if not is_missing(row.get("base_year"))), {})
    base_value = based.get("base_value")
    return Goal(
        indicator=indicator,
        series=indicator,
        year=None if is_missing(first.get("target_year")) else int(first["target_year"]),
        interval=hull(*(interval for interval, _ in intervals)),
        unit=unit,
        base_year=int(based["base_year"]) if based else None,
        base_value=None if is_missing(base_value) else float(str(base_value)) / (100 if unit == "share" else 1),
        is_cumulative=_read_nature(rows, unit, indicator),
        source_ids=sources,
        evidence=weakest_evidence(evidence_of(source, scope.sources) for source in sources),
        disagree=is_contradicted(intervals),
    )


def read_goals(scope: Scope) -> tuple[Goal, ...]:
    """Return the targets of a zone, or of the country's total, by indicator and year.

    Of several targets of one indicator the one whose year comes next is named by the indicator alone, the others by
    indicator and year.
    """
    owner = scope.id if scope.type == "zone" else scope.total_id
    groups: dict[tuple[str, int], list[Mapping[Any, Any]]] = {}
    for row in scope.records("target"):
        if owner and read_text(row, "zone_id") == owner and not is_missing(row.get("target_value")):
            year = -1 if is_missing(row.get("target_year")) else int(row["target_year"])
            groups.setdefault((read_text(row, "indicator"), year), []).append(row)
    goals = []
    for indicator in sorted({key[0] for key in groups}):
        years = sorted(key[1] for key in groups if key[0] == indicator)
        coming = [year for year in years if year > scope.year]
        main = coming[0] if coming else years[-1]
        for year in years:
            goal = _build_goal(scope, groups[indicator, year])
            series = indicator if year == main else f"{indicator}.{'undated' if year < 0 else year}"
            goals.append(Goal(**{**_fields(goal), "series": series}))
    return tuple(goals)


def _fields(goal: Goal) -> dict[str, Any]:
    return {name: getattr(goal, name) for name in Goal.__dataclass_fields__}


def _choose_series(scope: Scope, goal: Goal) -> tuple[Figure, ...]:
    """Return the figures a target may be compared with: of its nature and unit, of one period type.

    Yearly flows are compared with full years only. Stocks are compared with the series whose latest figure is the
    latest; of two equally late ones that on a date, and that not counted since foundation.
    """
    last_year = scope.year if goal.year is None else min(scope.year, goal.year)
    natures = (False, True) if goal.is_cumulative is None else (goal.is_cumulative,)
    periods = ("FY",) if goal.is_cumulative is False else _STOCK_PERIODS
    candidates = []
    for cumulative in natures:
        for period in periods:
            series = scope.series(goal.indicator, period=period, cumulative=cumulative)
            candidates.append(tuple(f for f in series if f.year <= last_year and f.unit == goal.unit))
    found = [series for series in candidates if series]
    chosen = max(found, key=lambda series: series[-1].year) if found else ()
    if _is_addition(goal.indicator):
        # What is added in one year can be held against a target for that year only.
        return tuple(figure for figure in chosen if figure.year == goal.year)
    return chosen


def _find_base(goal: Goal, series: tuple[Figure, ...]) -> Base | None:
    if goal.base_year is not None and goal.base_value is not None:
        return Base(goal.base_year, Interval.exact(goal.base_value), None)
    declared = [figure for figure in series if figure.year == goal.base_year]
    earliest = declared or list(series[:1])
    return Base(earliest[0].year, earliest[0].interval, earliest[0]) if earliest else None


def read_tracks(scope: Scope) -> tuple[Track, ...]:
    """Return the targets of a scope with the figures they are measured by, those for a headline first."""
    return scope.remember("tracks", lambda: _build_tracks(scope))


def _build_tracks(scope: Scope) -> tuple[Track, ...]:
    tracks = []
    for goal in read_goals(scope):
        series = _choose_series(scope, goal)
        is_past = goal.year is not None and goal.year <= scope.year
        tracks.append(Track(goal, series, _find_base(goal, series), is_past))
    order = {indicator: place for place, indicator in enumerate(HEADLINE_ORDER)}
    return tuple(sorted(tracks, key=lambda track: (order.get(track.goal.indicator, len(order)), track.goal.series)))
