"""Reported figures of ``zone_year``: several sources and vintages of one figure made into one with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from zonebook.metrics.interval import Interval, hull, interval_of
from zonebook.metrics.result import Evidence, weakest_evidence
from zonebook.tables.frame import list_records

# Period types as the data contract names them, shortest first. They are never compared with each other.
PERIODS = ("Q1", "Q2", "Q3", "Q4", "H1", "9M", "FY", "point", "plan")
_SOURCE_ORDER = ("register", "official", "company", "press")
_EVIDENCE_OF_SOURCE = {"register": Evidence.REGISTER, "demonstration": Evidence.DEMONSTRATION}
_IN_PERCENT = frozenset({"percent", "%"})
MONEY = frozenset({"RUB", "USD", "EUR", "CNY"})
RATIOS = frozenset({"share", "ratio", "index", "qualitative"})
EXPORTS, REVENUE = "export_rub", "revenue_rub"
_NOT_ADDITIVE = frozenset({"export_countries", "resident_countries", "industries"})


@dataclass(frozen=True, slots=True)
class Source:
    """What is needed of a row of ``source``: what kind it is and when it was published."""

    kind: str
    date: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one indicator, year and period type, after all its sources have been read.

    ``qualifier`` is that of the best source. ``disagree`` says that no value fits all sources.
    ``zones`` counts the zones it is a sum of.
    """

    indicator: str
    year: int
    period: str
    cumulative: bool
    interval: Interval
    unit: str
    qualifier: str
    source_ids: tuple[str, ...]
    disagree: bool
    evidence: Evidence
    vintage: str
    zones: int = 1

    @property
    def value(self) -> float:
        """The best source's figure."""
        return self.interval.value


def is_missing(value: object) -> bool:
    """Whether a cell of a table holds nothing.

    Examples
    --------
    >>> is_missing(""), is_missing(None), is_missing("NA"), is_missing(0)
    (True, True, False, False)
    """
    return value is None or value is pd.NA or value == "" or (isinstance(value, float) and value != value)  # noqa: PLR0124 - a NaN


def read_text(row: Mapping[Any, Any], column: str, default: str = "") -> str:
    """Return a cell as text, or the default where it is missing."""
    value = row.get(column)
    return default if is_missing(value) else str(value)


def read_flag(row: Mapping[Any, Any], column: str) -> bool:
    """Return whether a cell is true; a missing one is not."""
    value = row.get(column)
    return not is_missing(value) and bool(value)


def order_period(period: str) -> int:
    """Return the place of a period type, from the shortest to stocks on a date; unknown ones are last."""
    return PERIODS.index(period) if period in PERIODS else len(PERIODS)


def read_sources(table: pd.DataFrame) -> dict[str, Source]:
    """Return the sources of a ``source`` table by id."""
    columns = [table[name].fillna("").tolist() for name in ("source_id", "kind", "date")]
    return {str(source_id): Source(str(kind), str(date)) for source_id, kind, date in zip(*columns, strict=True)}


def evidence_of(source_id: str, sources: Mapping[str, Source]) -> Evidence:
    """Return the evidence a figure of a source is: register, demonstration, and reported for all else."""
    source = sources.get(source_id)
    return _EVIDENCE_OF_SOURCE.get(source.kind, Evidence.REPORTED) if source else Evidence.REPORTED


def _preference(row: Mapping[Any, Any], sources: Mapping[str, Source]) -> tuple[int, tuple[int, ...], str]:
    """Return the sort key of a row among several of the same figure: best source first, then the latest."""
    source_id = read_text(row, "source_id")
    source = sources.get(source_id, Source("", ""))
    rank = _SOURCE_ORDER.index(source.kind) if source.kind in _SOURCE_ORDER else len(_SOURCE_ORDER)
    date = read_text(row, "source_date") or source.date
    # Later dates first: each character counted downwards; a date that is not printed comes last.
    return rank, tuple(-ord(character) for character in date) or (0,), source_id


def _scaled(row: Mapping[Any, Any]) -> tuple[Interval, str]:
    interval = interval_of(float(row["value"]), read_text(row, "qualifier", "exact"))
    unit = read_text(row, "unit")
    if unit not in _IN_PERCENT:
        return interval, unit
    return Interval(interval.value / 100, interval.lower / 100, interval.upper / 100), "share"


def is_contradicted(intervals: Sequence[tuple[Interval, str]]) -> bool:
    """Whether no value lies in all of several intervals, given with their qualifiers.

    The upper end of an ``over`` interval is not part of it: over 230 and exactly 240 disagree.

    Examples
    --------
    >>> over_230, exactly_240 = interval_of(230, "over"), interval_of(240)
    >>> is_contradicted([(over_230, "over"), (exactly_240, "exact")])
    True
    >>> is_contradicted([(over_230, "over"), (interval_of(231), "exact")])
    False
    """
    lowest = max(interval.lower for interval, _ in intervals)
    return any(
        interval.upper < lowest or (interval.upper == lowest and qualifier == "over" and interval.lower < lowest)
        for interval, qualifier in intervals
    )


def _latest_vintages(rows: Iterable[Mapping[Any, Any]]) -> list[Mapping[Any, Any]]:
    """Return the rows with only the latest vintage of what one source says."""
    latest: dict[tuple[str, str], list[Mapping[Any, Any]]] = {}
    for row in rows:
        key = (read_text(row, "source_id"), read_text(row, "unit"))
        vintage = read_text(row, "vintage")
        held = latest.setdefault(key, [row])
        if held[0] is row:
            continue
        known = read_text(held[0], "vintage")
        if vintage > known:
            latest[key] = [row]
        elif vintage == known:
            held.append(row)
    return [row for rows_of_source in latest.values() for row in rows_of_source]


def resolve_figure(rows: Iterable[Mapping[Any, Any]], sources: Mapping[str, Source]) -> Figure:
    """Make one figure from all rows about it.

    The value is the best source's (register, official, company, press, other; then the latest
    date, then the source's id), the interval holds what all of them say.

    Parameters
    ----------
    rows
        Rows of ``zone_year`` with the same zone, indicator, year, period and cumulative.
    sources
        The sources they cite, by id.
    """
    ordered = list(rows)
    if len(ordered) > 1:  # of most figures there is one row
        ordered = sorted(_latest_vintages(ordered), key=lambda row: _preference(row, sources))
    best = ordered[0]
    scaled = [(*_scaled(row), read_text(row, "qualifier", "exact")) for row in ordered]
    unit = scaled[0][1]
    same_unit = [(interval, qualifier) for interval, its_unit, qualifier in scaled if its_unit == unit]
    alike = (row for row, (_, its_unit, _) in zip(ordered, scaled, strict=True) if its_unit == unit)
    source_ids = dict.fromkeys(read_text(row, "source_id") for row in alike)
    return Figure(
        indicator=read_text(best, "indicator"),
        year=int(best["year"]),
        period=read_text(best, "period", "FY"),
        cumulative=read_flag(best, "cumulative"),
        interval=hull(*(interval for interval, _ in same_unit)),
        unit=unit,
        qualifier=read_text(best, "qualifier", "exact"),
        source_ids=tuple(filter(None, source_ids)),
        disagree=is_contradicted(same_unit),
        evidence=weakest_evidence(evidence_of(source_id, sources) for source_id in source_ids),
        vintage=max(read_text(row, "vintage") for row in ordered),
    )


def resolve_figures(table: pd.DataFrame, sources: Mapping[str, Source], year: int) -> tuple[Figure, ...]:
    """Return the figures of one zone up to a year, one for each indicator, period type, year and cumulative.

    Plans are not figures and are left out. The order is by indicator, cumulative, period type and year.
    """
    return resolve_records(list_records(table), sources, year)


def resolve_records(
    records: Iterable[Mapping[Any, Any]], sources: Mapping[str, Source], year: int
) -> tuple[Figure, ...]:
    """Return the figures of one zone from the rows of ``zone_year`` about it, as :func:`resolve_figures` does."""
    groups: dict[tuple[str, bool, int, int], list[Mapping[Any, Any]]] = {}
    for row in records:
        period = read_text(row, "period", "FY")
        if is_missing(row.get("value")) or is_missing(row.get("year")) or int(row["year"]) > year or period == "plan":
            continue
        flag = read_flag(row, "cumulative")
        key = (read_text(row, "indicator"), flag, order_period(period), int(row["year"]))
        groups.setdefault(key, []).append(row)
    return tuple(resolve_figure(groups[key], sources) for key in sorted(groups))


def select_series(
    figures: Iterable[Figure], indicator: str, *, period: str | None = None, cumulative: bool = False
) -> tuple[Figure, ...]:
    """Return the figures of one indicator, of one period type if given, by period type and year."""
    return tuple(
        figure
        for figure in figures
        if figure.indicator == indicator
        and figure.cumulative is cumulative
        and (period is None or figure.period == period)
    )


def is_additive(figure: Figure) -> bool:
    """Whether the figures of several zones may be added up: not shares and ratios, nor countries that may be the same.

    Examples
    --------
    >>> shares = pd.DataFrame({"indicator": ["efficiency_pct"], "year": 2024, "value": 98.0, "unit": "percent"})
    >>> is_additive(resolve_figures(shares, {}, 2025)[0])
    False
    """
    return figure.unit not in RATIOS and figure.indicator not in _NOT_ADDITIVE


def add_figures(figures: Sequence[Figure]) -> Figure:
    """Return the sum of the same figure over several zones, bounds added up."""
    first = figures[0]
    if len(figures) == 1:
        return first
    interval = Interval(
        sum(figure.interval.value for figure in figures),
        sum(figure.interval.lower for figure in figures),
        sum(figure.interval.upper for figure in figures),
    )
    return replace(
        first,
        interval=interval,
        qualifier="exact" if interval.is_exact else "about",
        source_ids=tuple(dict.fromkeys(source for figure in figures for source in figure.source_ids)),
        disagree=any(figure.disagree for figure in figures),
        evidence=weakest_evidence(figure.evidence for figure in figures),
        vintage=max(figure.vintage for figure in figures),
        zones=sum(figure.zones for figure in figures),
    )
