"""Lines of several series over the years, each named where it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zonebook.metrics.result import MetricResult
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, STRONG, Face, Ink
from zonebook.page.followed import write_value
from zonebook.page.locale import Locale

_HEIGHT = 190.0
_TICK = Face(size=12, role="muted", anchor="end")
_YEAR = Face(size=12, role="muted", anchor="middle")
_GAP = Face(size=13, role="axis", anchor="middle")
# Lines differ in shade, width, dashes and mark, so that they stay apart in black and white.
_LOOKS = (
    (Ink(edge="peer", width=1.8), Ink("peer", "paper", 1.0), "square"),
    (Ink(edge="accent", width=2.6), Ink("accent", "paper", 1.0), "circle"),
    (Ink(edge="ink", width=1.6, dash=(4, 3)), Ink("paper", "ink", 1.4), "diamond"),
)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: its name and its rows by year."""

    name: str
    rows: Mapping[int, MetricResult]

    @property
    def points(self) -> dict[int, float]:
        """The years that have a value."""
        return {year: row.value for year, row in self.rows.items() if row.value is not None}


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where years and values stand."""

    across: Scale
    height: Scale
    ticks: tuple[float, ...]

    @property
    def years(self) -> range:
        return range(int(self.across.low), int(self.across.high) + 1)


def draw_lines(locale: Locale, curves: Sequence[Curve], width: float) -> Sheet:
    """Draw up to three lines over the years, the last value at each end, the name beside it or in a key."""
    sheet = Sheet(width)
    ends = [write_value(locale, curve.rows[max(curve.points)]) for curve in curves]
    room = max(
        measure_text(f"{end}  ", STRONG) + measure_text(c.name, BODY) for end, c in zip(ends, curves, strict=True)
    )
    is_named = room <= width * 0.5
    if not is_named:
        room = max(measure_text(end, STRONG) for end in ends)
    plot = _plan(locale, curves, width - room - 18)
    _draw_axes(sheet, locale, curves, plot)
    for curve, look in zip(curves, _LOOKS, strict=False):
        _draw_curve(sheet, locale, curve, look, plot)
    _name_ends(sheet, plot, curves, ends, is_named=is_named)
    if not is_named:
        entries = [Entry(curve.name, ink, shape) for curve, (_, ink, shape) in zip(curves, _LOOKS, strict=False)]
        draw_key(sheet, sheet.bottom + 6, entries)
    return sheet


def _plan(locale: Locale, curves: Sequence[Curve], right: float) -> _Plot:
    years = [year for curve in curves for year in curve.rows]
    ticks = choose_ticks(max(value for curve in curves for value in curve.points.values()))
    left = max(measure_text(locale.number(tick), _TICK) for tick in ticks) + 14
    return _Plot(Scale(min(years), max(years), left + 12, right), Scale(0, ticks[-1], _HEIGHT, 12), ticks)


def _draw_axes(sheet: Sheet, locale: Locale, curves: Sequence[Curve], plot: _Plot) -> None:
    left = plot.across.start - 12
    for tick in plot.ticks:
        y = plot.height(tick)
        sheet.polyline([(left, y), (plot.across.end + 8, y)], Ink(edge="grid" if tick else "axis"))
        sheet.write(left - 6, y + 4, locale.number(tick), _TICK)
    crowded = plot.across.end - plot.across.start < 38 * (len(plot.years) - 1)
    for year in plot.years:
        x = plot.across(year)
        label = str(year) if not crowded or year in (plot.years[0], plot.years[-1]) else f"{year % 100:02d}"
        sheet.write(x, plot.height(0) + 18, label, _YEAR)
        if not any(year in curve.points for curve in curves):
            row = next((curve.rows[year] for curve in curves if year in curve.rows), None)
            sheet.write(x, plot.height(0) - 6, locale.result(row), _GAP)


def _draw_curve(sheet: Sheet, locale: Locale, curve: Curve, look: tuple[Ink, Ink, str], plot: _Plot) -> None:
    """Draw the strokes between neighbouring years that have a value, and a mark for each."""
    line, ink, shape = look
    points = curve.points
    places = {year: (plot.across(year), plot.height(value)) for year, value in points.items()}
    for year, place in places.items():
        if year + 1 in places:
            sheet.polyline([place, places[year + 1]], line)
    for year, place in places.items():
        tip = f"{curve.name}, {year}: {write_value(locale, curve.rows[year])}"
        sheet.mark(place, 4.2, ink, shape, tip)


def _name_ends(sheet: Sheet, plot: _Plot, curves: Sequence[Curve], ends: Sequence[str], *, is_named: bool) -> None:
    """Write values and names right of the lines, moved apart where they would overlap."""
    wanted = sorted((plot.height(curve.points[max(curve.points)]), index) for index, curve in enumerate(curves))
    lowest = -20.0
    for rank, (height, index) in enumerate(wanted):
        following = len(wanted) - rank - 1
        y = min(max(height, lowest + 16), plot.height(0) - 16 * following)
        lowest = y
        x = plot.across.end + 14
        sheet.write(x, y + 4.5, ends[index], STRONG)
        if is_named:
            sheet.write(x + measure_text(f"{ends[index]}  ", STRONG), y + 4.5, curves[index].name, BODY)
