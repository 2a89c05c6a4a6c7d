"""Reported figures of one indicator over time, kept apart by what they measure: full years, stocks, parts of a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zonebook.metrics.figures import PERIODS, read_text
from zonebook.metrics.interval import Interval, interval_of
from zonebook.page.amount import choose_scale, scale_amount, to_decimal
from zonebook.page.block import Cell
from zonebook.page.context import PageContext
from zonebook.page.figures.style import Ink
from zonebook.page.locale import NBSP, PERCENT_UNITS, Locale, is_missing

POINT_COLUMNS = ("year", "period", "cumulative", "value", "lower", "upper", "unit", "qualifier", "source_ids")
_ROUNDED = 4  # significant digits of a figure that was added up
_MOST_DIGITS = 7
FULL_PERIODS = ("FY", "point")
# Mark of each period type: filled for full years and stocks, hollow for parts of a year.
MARKS: Mapping[str, str] = {
    "FY": "circle",
    "point": "square",
    "H1": "diamond",
    "H2": "diamond",
    "9M": "triangle",
    "Q1": "inverted",
    "Q2": "inverted",
    "Q3": "inverted",
    "Q4": "inverted",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One reported figure: sources that print the same stand together, those that differ are two points."""

    year: int
    period: str
    cumulative: bool
    interval: Interval
    unit: str
    qualifier: str
    source_ids: tuple[str, ...]

    @property
    def nature(self) -> tuple[str, bool]:
        """Figures of one nature may be compared and joined."""
        return self.period, self.cumulative

    @property
    def is_part_year(self) -> bool:
        """Whether the figure covers a part of a year only."""
        return self.period not in FULL_PERIODS


def _order(point: Point) -> tuple[bool, int, int, float]:
    period = PERIODS.index(point.period) if point.period in PERIODS else len(PERIODS)
    return point.cumulative, period, point.year, point.interval.value


def _is_cumulative(row: Mapping[Any, Any]) -> bool:
    return not is_missing(row.get("cumulative")) and bool(row["cumulative"])


def _is_drawn(row: Mapping[Any, Any], year: int) -> bool:
    if is_missing(row.get("value")) or is_missing(row.get("year")):
        return False
    return int(row["year"]) <= year and read_text(row, "period", "FY") != "plan"


def choose_points(here: PageContext, zone_id: str, indicator: str) -> tuple[Point, ...]:
    """Return the figures of a zone's indicator up to the page's year; plans are left out.

    A source that gave a figure anew (a later vintage) is taken at its last word.
    """
    said: dict[tuple[object, ...], list[Mapping[Any, Any]]] = {}
    for row in here.records("zone_year"):
        if row.get("zone_id") == zone_id and row.get("indicator") == indicator and _is_drawn(row, here.year):
            key = (int(row["year"]), read_text(row, "period"), _is_cumulative(row), read_text(row, "source_id"))
            said.setdefault(key, []).append(row)
    last_words = (
        row
        for rows in said.values()
        for newest in [max(read_text(row, "vintage") for row in rows)]
        for row in rows
        if read_text(row, "vintage") == newest
    )
    return merge_points(last_words)


def to_point(row: Mapping[Any, Any]) -> Point:
    """Return a row of ``zone_year`` as a point."""
    qualifier = read_text(row, "qualifier", "exact")
    return Point(
        year=int(row["year"]),
        period=read_text(row, "period", "FY"),
        cumulative=_is_cumulative(row),
        interval=interval_of(float(row["value"]), qualifier),
        unit=read_text(row, "unit"),
        qualifier=qualifier,
        source_ids=(read_text(row, "source_id"),),
    )


def merge_points(rows: Iterable[Mapping[Any, Any]]) -> tuple[Point, ...]:
    """Return rows as points, those of the same figure made one with the sources of all."""
    merged: dict[Point, list[str]] = {}
    for point in map(to_point, rows):
        merged.setdefault(replace(point, source_ids=()), []).extend(point.source_ids)
    points = (replace(point, source_ids=tuple(dict.fromkeys(ids))) for point, ids in merged.items())
    return tuple(sorted(points, key=_order))


def group_points(points: Iterable[Point]) -> dict[tuple[str, bool], tuple[Point, ...]]:
    """Return points by nature, full years and stocks before parts of a year."""
    groups: dict[tuple[str, bool], list[Point]] = {}
    for point in sorted(points, key=lambda point: (point.is_part_year, _order(point))):
        groups.setdefault(point.nature, []).append(point)
    return {nature: tuple(found) for nature, found in groups.items()}


def list_sources(points: Iterable[Point]) -> tuple[str, ...]:
    """Return the sources of several points, each once."""
    return tuple(dict.fromkeys(source for point in points for source in point.source_ids if source))


def to_table(points: Iterable[Point]) -> tuple[tuple[Cell, ...], ...]:
    """Return points as rows of the table behind a figure."""
    return tuple(
        (
            point.year,
            point.period,
            point.cumulative,
            point.interval.value,
            point.interval.lower,
            point.interval.upper,
            point.unit,
            point.qualifier,
            ";".join(point.source_ids),
        )
        for point in points
    )


def _is_added_up(point: Point) -> bool:
    """Whether a figure has more digits than anybody prints: then it was added up from a register."""
    return len(to_decimal(point.interval.value).normalize().as_tuple().digits) > _MOST_DIGITS


def mark_ink(point: Point) -> Ink:
    """Return how a point's mark is drawn: hollow for a part of a year."""
    return Ink("paper", "accent", 1.8) if point.is_part_year else Ink("accent", "paper", 1.0)


def write_figure(locale: Locale, point: Point) -> str:
    """Return a point's figure with unit and the source's own "over" or "about"; one added up is rounded."""
    if point.qualifier == "exact" and point.unit not in PERCENT_UNITS and _is_added_up(point):
        return locale.amount(point.interval.value, point.unit, digits=_ROUNDED)
    return locale.figure(point.interval.value, point.unit, point.qualifier)


def write_short(locale: Locale, point: Point) -> str:
    """Return a point's figure without its unit, for a label: a line may break only after "over" or "about"."""
    if point.unit in PERCENT_UNITS:
        return write_figure(locale, point)
    number = to_decimal(point.interval.value, _ROUNDED if _is_added_up(point) else None)
    scaled = scale_amount(number, choose_scale(number, point.unit, rounded=point.qualifier != "exact"))
    parts = [locale.decimal(scaled.number), locale.label("scale", scaled.scale) if scaled.scale else ""]
    printed = NBSP.join(part for part in parts if part)
    return locale.qualified(printed, point.qualifier).replace(f"{NBSP}{printed}", f" {printed}")
