"""Columns by year in panels of one scale; rows of bars where columns would be too narrow for their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zonebook.page.figures.lettering import measure_text, widest, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.series import (
    Point,
    write_figure,
    write_short,
)
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, NOTE, STRONG, Face, Ink
from zonebook.page.locale import NBSP, Locale

_LABEL = Face(size=12.5, weight=600, anchor="middle")
_YEAR = Face(size=13, anchor="middle")
_GAP = Face(size=13, role="axis", anchor="middle")
_HEAD = Face(size=13, weight=600)
_PLOT = 130.0
_BREADTH = 40.0
_PANEL_GAP = 30.0
_FULL = Ink("accent")
_PART = Ink("accent-soft", "accent", 1.2, hatch="///")


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures of one nature side by side: a slot for every year from the first to the last."""

    title: str
    slots: tuple[tuple[int, tuple[Point, ...]], ...]

    @property
    def columns(self) -> int:
        """How many columns wide the panel is; a year without a figure takes a column too."""
        return sum(max(1, len(points)) for _, points in self.slots)


def draw_panels(locale: Locale, panels: Sequence[Panel], width: float) -> Sheet:
    """Draw panels of columns on one scale, as rows of bars where the columns would be too narrow for their labels."""
    top = max(point.interval.upper for panel in panels for _, points in panel.slots for point in points)
    sheet = Sheet(width)
    rows = _flow(panels, width)
    if not all(_fits(locale, panel, _slot_width(row, width)) for row in rows for panel in row):
        _draw_bars(sheet, locale, panels, top)
        return sheet
    y = 0.0
    for row in rows:
        slot = _slot_width(row, width)
        height = _row_height(locale, row, slot, top)
        x = 0.0
        for panel in row:
            _draw_columns(sheet, locale, panel, (x, y, slot, Scale(0, top, height, height - _PLOT)))
            x += _panel_width(panel, slot) + _PANEL_GAP
        y = sheet.bottom + 16
    return sheet


def _panel_width(panel: Panel, slot: float) -> float:
    return max(panel.columns * slot, measure_text(panel.title, _HEAD))


def _row_height(locale: Locale, row: Sequence[Panel], slot: float, top: float) -> float:
    """Return how far below a row's top its base line must lie for the tallest column with its label."""
    tallest = 0.0
    for point in (point for panel in row for _, points in panel.slots for point in points):
        label = len(_label(locale, point, slot)) * _LABEL.leading
        tallest = max(tallest, point.interval.upper / top * _PLOT + label)
    return 14 + 12 + tallest + (10 if any(p.qualifier == "over" for r in row for _, ps in r.slots for p in ps) else 0)


def _flow(panels: Sequence[Panel], width: float) -> list[list[Panel]]:
    """Put panels side by side as long as their columns keep a readable width."""
    rows: list[list[Panel]] = [[]]
    for panel in panels:
        if rows[-1] and _slot_width([*rows[-1], panel], width) < 56:
            rows.append([])
        rows[-1].append(panel)
    return rows


def _slot_width(row: Sequence[Panel], width: float) -> float:
    free = width - _PANEL_GAP * (len(row) - 1)
    slot = free / sum(panel.columns for panel in row)
    # A panel may need more room for its heading than for its columns.
    wide = [p for p in row if measure_text(p.title, _HEAD) > p.columns * slot]
    if wide and len(wide) < len(row):
        rest = free - sum(measure_text(p.title, _HEAD) for p in wide)
        slot = min(slot, rest / sum(p.columns for p in row if p not in wide))
    return min(slot, 84.0)


def _fits(locale: Locale, panel: Panel, slot: float) -> bool:
    """Whether every word of the labels fits above its column and every year below."""
    lines = [line for _, points in panel.slots for p in points for line in _label(locale, p, slot)]
    return widest(lines, _LABEL) <= slot - 2 and slot >= 38


def _label(locale: Locale, point: Point, slot: float) -> tuple[str, ...]:
    """Return a column's label in lines; "mn" and the like go to a line of their own only where they must."""
    text = write_short(locale, point)
    if widest(text.split(" "), _LABEL) > slot - 2:
        text = " ".join(text.rsplit(NBSP, 1))
    return wrap_text(text, slot - 2, _LABEL)


def _draw_columns(sheet: Sheet, locale: Locale, panel: Panel, place: tuple[float, float, float, Scale]) -> None:
    """Draw one panel of columns."""
    x, y, slot, height = place
    sheet.write(x, y + 14, panel.title, _HEAD)
    height = Scale(height.low, height.high, y + height.start, y + height.end)
    base = height.start
    sheet.polyline([(x, base), (x + panel.columns * slot, base)], Ink(edge="axis"))
    for year, points in panel.slots:
        centre = x + slot * max(1, len(points)) / 2
        sheet.write(centre, base + 18, str(year), _YEAR)
        if not points:
            sheet.write(centre, base - 6, locale.sign("missing"), _GAP)
        for index, point in enumerate(points):
            _draw_column(sheet, locale, point, (x + slot * (index + 0.5), slot, height))
        x += slot * max(1, len(points))


def _draw_column(sheet: Sheet, locale: Locale, point: Point, place: tuple[float, float, Scale]) -> None:
    centre, slot, height = place
    breadth = min(_BREADTH, slot * 0.6)
    value, base = height(point.interval.value), height(0)
    tip = f"{locale.period(point.period, point.year)}: {write_figure(locale, point)}"
    ink = _PART if point.is_part_year else _FULL
    sheet.box((centre - breadth / 2, value), (breadth, max(base - value, 1.0)), ink, tip)
    reach = value
    if not point.interval.is_exact:
        reach = _draw_whisker(sheet, point, [(centre, height(v)) for v in (point.interval.lower, point.interval.upper)])
    lines = _label(locale, point, slot)
    sheet.write_lines(centre, min(reach, value) - 6 - _LABEL.leading * (len(lines) - 1), lines, _LABEL)


def _draw_whisker(sheet: Sheet, point: Point, ends: Sequence[tuple[float, float]]) -> float:
    """Draw the interval of a column from its lower to its upper end; return its top."""
    (x, low), (_, high) = ends
    ink = Ink(edge="ink", width=1.5)
    if point.qualifier == "over":
        high = min(high, low - 9)
        sheet.polyline([(x, low), (x, high)], ink)
        sheet.polyline([(x - 4, high + 5), (x, high), (x + 4, high + 5)], ink)
    else:
        sheet.polyline([(x, low), (x, high)], ink)
        for end in (low, high):
            sheet.polyline([(x - 4, end), (x + 4, end)], ink)
    return high


def _draw_bars(sheet: Sheet, locale: Locale, panels: Sequence[Panel], top: float) -> None:
    """Draw the panels under each other as rows of bars on one scale, a row a figure."""
    labels = {point: write_figure(locale, point) for panel in panels for _, ps in panel.slots for point in ps}
    room = widest(list(labels.values()), STRONG) + 12
    width = Scale(0, top, 44, max(sheet.width - room, 120))
    y = 0.0
    for panel in panels:
        sheet.write(0, y + 14, panel.title, _HEAD)
        y += 24
        for year, points in panel.slots:
            sheet.write(0, y + 14, str(year), BODY)
            if not points:
                sheet.write(44, y + 14, locale.sign("missing"), NOTE)
                y += 21
            for point in points:
                _draw_bar(sheet, point, (y, width, labels[point]))
                y += 21
        y += 14


def _draw_bar(sheet: Sheet, point: Point, place: tuple[float, Scale, str]) -> None:
    y, width, label = place
    end = width(point.interval.value)
    sheet.box((width(0), y + 3), (max(end - width(0), 1), 13), _PART if point.is_part_year else _FULL)
    if not point.interval.is_exact:
        span = [(width(value), y + 9.5) for value in (point.interval.lower, point.interval.upper)]
        sheet.polyline(span, Ink(edge="ink", width=1.5))
        end = max(end, width(point.interval.upper))
    sheet.write(end + 6, y + 14, label, STRONG)
