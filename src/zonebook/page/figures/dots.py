"""Rows of estimates: a name, a bar or a dot with its interval, the value in print, over one axis with round ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zonebook.metrics.result import MetricResult
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, Face, Ink
from zonebook.page.locale import Locale

_NAME = Face(size=12.5)
_OWN = Face(size=12.5, weight=600)
_TICK = Face(size=11, role="muted", anchor="middle")
_BESIDE = 500.0  # from this width on, names stand beside their rows and not above them
_LEAST_PLOT = 90.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One row: a value with its bounds, or none and the sign that says why; ``is_own`` is drawn in the accent."""

    name: str
    printed: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class Axis:
    """What the rows stand over: its ends, its ticks with their words, and whether bars grow from a base.

    ``names`` and ``numbers`` are the least widths of the columns beside it, for panels that stand over each other.
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    title: str = ""
    base: float | None = None
    names: float = 0.0
    numbers: float = 0.0


def read_dot(locale: Locale, name: str, row: MetricResult | None, *, is_own: bool = True, signed: bool = False) -> Dot:
    """Return a metric row as a row of the drawing; without a value its sign stands for it."""
    if row is None or row.value is None:
        return Dot(name, locale.result(row), is_own=is_own)
    printed = locale.value_and_bounds(row, signed=signed)[0]
    return Dot(name, printed, row.value, row.lower, row.upper, is_own)


def list_bounds(dots: Iterable[Dot]) -> list[float]:
    """Return every value and bound of the rows."""
    known = (number for dot in dots for number in (dot.value, dot.lower, dot.upper))
    return [number for number in known if number is not None]


def measure_columns(dots: Sequence[Dot]) -> tuple[float, float]:
    """Return the widths the names and the printed values of rows take."""
    names = max(measure_text(dot.name, _OWN) for dot in dots)
    return names, max(measure_text(dot.printed, _OWN) for dot in dots)


def draw_dots(sheet: Sheet, y: float, dots: Sequence[Dot], axis: Axis) -> float:
    """Draw the rows from ``y`` down, then the axis under them; return the bottom."""
    beside = sheet.width >= _BESIDE
    names, numbers = measure_columns(dots)
    right = sheet.width - max(axis.numbers, numbers) - 14
    longest = max(axis.names, names) + 14
    left = min(longest, sheet.width * 0.42, right - _LEAST_PLOT) if beside else 8.0
    scale = Scale(axis.low, axis.high, left, right - 6)
    places, top = [], y
    for dot in dots:
        lines = wrap_text(dot.name, left - 12 if beside else sheet.width, _OWN)
        below = y + 14 + (len(lines) - 1) * _OWN.leading
        places.append((y + 14, y + 9.7 if beside else below + 11, lines))
        y = max(below, places[-1][1]) + 7
    spans = [(top + 2, y + 2)] if beside else [(middle - 6, middle + 6) for _, middle, _ in places]
    bottom = _draw_axis(sheet, axis, scale, spans)
    for dot, (baseline, middle, lines) in zip(dots, places, strict=True):
        face = _OWN if dot.is_own else _NAME
        sheet.write_lines(0, baseline, lines, face)
        _draw_row(sheet, dot, axis, scale, middle)
        sheet.write(sheet.width, middle + 4.4, dot.printed, Face(size=12.5, weight=face.weight, anchor="end"))
    return bottom


def _draw_row(sheet: Sheet, dot: Dot, axis: Axis, scale: Scale, y: float) -> None:
    tip = f"{dot.name}: {dot.printed}"
    sheet.polyline([(scale(axis.low), y), (scale(axis.high), y)], Ink(edge="grid", width=1))
    if dot.value is None:
        start = scale(axis.low)
        sheet.box((start, y - 5), (scale(axis.high) - start, 10), Ink("paper", "axis", 0.8, hatch="////"), tip)
        return
    role = "accent" if dot.is_own else "peer"
    if axis.base is not None:
        start, end = sorted((scale(axis.base), scale(dot.value)))
        sheet.box((start, y - 5.5), (max(end - start, 1.0), 11), Ink(role), tip)
    if dot.lower is not None and dot.upper is not None and dot.upper > dot.lower:
        _draw_interval(sheet, (scale(dot.lower), scale(dot.upper)), y, is_bar=axis.base is not None, is_own=dot.is_own)
    if axis.base is None:
        sheet.mark((scale(dot.value), y), 4.6, Ink(role, "paper", 1.0), "circle", tip)


def _draw_interval(sheet: Sheet, ends: tuple[float, float], y: float, *, is_bar: bool, is_own: bool) -> None:
    low, high = ends
    ink = Ink(edge="ink" if is_bar else "accent-mid" if is_own else "axis", width=1.6 if is_bar else 2.4)
    sheet.polyline([(low, y), (high, y)], ink)
    for end in ends:
        sheet.polyline([(end, y - 4), (end, y + 4)], Ink(edge=ink.edge, width=1.6))


def _draw_axis(sheet: Sheet, axis: Axis, scale: Scale, spans: Sequence[tuple[float, float]]) -> float:
    """Draw the ticks behind the rows and their words below, those that would touch left out; return the bottom."""
    bottom = spans[-1][1]
    last = -1e9
    for value, words in axis.ticks:
        x, width = scale(value), measure_text(words, _TICK)
        for start, end in spans:
            sheet.polyline([(x, start), (x, end)], Ink(edge="axis" if value in (0, axis.base) else "grid"))
        place = min(max(x, width / 2), sheet.width - width / 2)
        if place - width / 2 > last + 6:
            sheet.write(place, bottom + 13, words, _TICK)
            last = place + width / 2
    if axis.title:
        return sheet.write_wrapped(0, bottom + 30, axis.title, sheet.width, NOTE) - NOTE.leading + 6
    return bottom + 18
