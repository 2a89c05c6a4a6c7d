"""One indicator over the years: a mark a figure, a line only between neighbouring years of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text, widest
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.series import (
    MARKS,
    POINT_COLUMNS,
    Point,
    choose_points,
    group_points,
    list_sources,
    mark_ink,
    to_table,
    write_figure,
)
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import Face, Ink
from zonebook.page.locale import Locale
from zonebook.page.tables.layout import capitalise

_YEAR = Face(size=12.5, anchor="middle")
_TICK = Face(size=12, role="muted", anchor="end")
_HEAD = Face(size=13, weight=600)
_LABEL = Face(size=12.5, weight=600, anchor="middle")
_HEIGHT = 170.0
# Where in its year a period type stands, as a part of the width of a year, so that marks do not cover each other.
_OFFSETS = {"Q1": -0.36, "Q2": -0.28, "H1": -0.2, "Q3": 0.2, "9M": 0.27, "H2": 0.34, "Q4": 0.4}


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures drawn against one scale: those of single periods, or those since foundation."""

    title: str
    points: tuple[Point, ...]

    @property
    def years(self) -> range:
        """The years from the first figure to the last."""
        return range(min(p.year for p in self.points), max(p.year for p in self.points) + 1)


def indicator_history(here: PageContext, indicator: str, of: str = "") -> Block | None:
    """Return the figure of one indicator by year; ``None`` for fewer than two reported figures.

    Parameters
    ----------
    here
        The page.
    indicator
        Indicator of ``zone_year``.
    of
        Another zone than the page's, or the pseudo zone of a total, which is then named.
    """
    points = choose_points(here, of or here.id, indicator)
    if len(points) < 2:
        return None
    locale = here.locale
    title = f"{here.named('zone', of)}: {here.indicator(indicator)}" if of else capitalise(here.indicator(indicator))
    panels = _panels(locale, points)
    sentences = [
        locale.text("Each mark is a reported figure; a line joins full years or dates that follow each other.")
    ]
    if any(not point.interval.is_exact for point in points):
        sentences.append(locale.text("Strokes: the values that “over” and “about” allow."))
    if any(point.is_part_year for point in points):
        sentences.append(locale.text("Hollow marks cover a part of a year and are not comparable with full years."))
    return frame_figure(
        here,
        Plate(
            name=f"history-{indicator.replace('_', '-').replace(':', '-')}",
            title=locale.text("{indicator} by year", indicator=title),
            reading=" ".join(sentences),
            alternative=_describe(locale, title, panels),
            draw=partial(draw_history, locale, panels),
            columns=POINT_COLUMNS,
            rows=to_table(points),
            source_ids=list_sources(points),
        ),
    )


def _panels(locale: Locale, points: Sequence[Point]) -> tuple[Panel, ...]:
    single = tuple(point for point in points if not point.cumulative)
    summed = tuple(point for point in points if point.cumulative)
    titles = locale.text("In the period or on the date"), locale.text("Since foundation")
    return tuple(Panel(title, found) for title, found in zip(titles, (single, summed), strict=True) if found)


def _describe(locale: Locale, title: str, panels: Sequence[Panel]) -> str:
    sentences = []
    for panel in panels:
        for (period, cumulative), found in group_points(panel.points).items():
            first, last = found[0], found[-1]
            name = locale.text("since foundation") if cumulative else locale.label("period", period)
            values = [f"{write_figure(locale, point)} ({point.year})" for point in (first, last)]
            if len(found) == 1:
                sentences.append(f"{title}, {name}: {values[0]}.")
                continue
            sentences.append(
                locale.text(
                    "{indicator}, {period}: from {first} to {last}; {count}.",
                    indicator=title,
                    period=name,
                    first=values[0],
                    last=values[1],
                    count=locale.plural("{n} reported figure", "{n} reported figures", len(found)),
                )
            )
    return " ".join(sentences)


def draw_history(locale: Locale, panels: Sequence[Panel], width: float) -> Sheet:
    """Draw the panels under each other, each with its own scale from zero."""
    sheet = Sheet(width)
    natures = list(dict.fromkeys(p.period for panel in panels for p in panel.points))
    y = 0.0
    if len(natures) > 1:
        order = sorted(natures, key=lambda period: period not in ("FY", "point"))
        samples = {p.period: mark_ink(p) for panel in panels for p in panel.points}
        y = draw_key(sheet, 0, [Entry(locale.label("period", n), samples[n], MARKS.get(n, "square")) for n in order])
    for panel in panels:
        if len(panels) > 1:
            y += 20
            sheet.write(0, y, panel.title, _HEAD)
        if len(panel.points) > 1:
            y = _draw_panel(sheet, locale, panel, y + 10) + 8
        else:
            # One figure needs no axes.
            point = panel.points[0]
            sheet.mark((6, y + 16), 4.6, mark_ink(point), MARKS.get(point.period, "square"))
            sheet.write(18, y + 20, f"{point.year}: {write_figure(locale, point)}")
            y += 30
    return sheet


def _draw_panel(sheet: Sheet, locale: Locale, panel: Panel, y: float) -> float:
    unit = panel.points[0].unit
    ticks = choose_ticks(max(point.interval.upper for point in panel.points), 4)
    labels = [locale.amount(tick, unit) for tick in ticks]
    left = widest(labels, _TICK) + 8
    height = Scale(0, ticks[-1], y + 22 + _HEIGHT, y + 22)
    for tick, label in zip(ticks, labels, strict=True):
        sheet.polyline([(left, height(tick)), (sheet.width, height(tick))], Ink(edge="grid" if tick else "axis"))
        sheet.write(left - 7, height(tick) + 4, label, _TICK)
    years = panel.years
    band = (sheet.width - left) / len(years)
    across = Scale(years[0], years[0] + 1, left + band / 2, left + band * 1.5)
    _draw_years(sheet, years, across, height(0) + 17)
    for found in group_points(panel.points).values():
        _draw_series(sheet, found, across, height)
    for point in panel.points:
        tip = f"{locale.period(point.period, point.year, cumulative=point.cumulative)}: {write_figure(locale, point)}"
        place = _place(point, across, height)
        sheet.mark(place, 4.6, mark_ink(point), MARKS.get(point.period, "square"), tip)
    _draw_labels(sheet, locale, panel.points, across, height)
    return height(0) + 22


def _draw_years(sheet: Sheet, years: range, across: Scale, y: float) -> None:
    """Write the years, only every second or fifth where there is no room for all; the last one always."""
    band = across(1) - across(0)
    step = next(s for s in (1, 2, 5, 10, 20, 50) if s * band >= measure_text("2025 ", _YEAR))
    for year in years:
        if (years[-1] - year) % step == 0:
            sheet.write_inside(across(year), y, str(year), _YEAR)


def _place(point: Point, across: Scale, height: Scale) -> tuple[float, float]:
    offset = _OFFSETS.get(point.period, 0.0) * (across(1) - across(0))
    return across(point.year) + offset, height(point.interval.value)


def _draw_series(sheet: Sheet, points: Sequence[Point], across: Scale, height: Scale) -> None:
    """Draw what lies under the marks of one kind: intervals, the spread of sources, lines between neighbours."""
    by_year: dict[int, list[Point]] = {}
    for point in points:
        by_year.setdefault(point.year, []).append(point)
        if not point.interval.is_exact:
            x, _ = _place(point, across, height)
            ends = (height(point.interval.lower), height(point.interval.upper))
            sheet.polyline([(x, end) for end in ends], Ink(edge="accent", width=1.6))
            if point.qualifier != "over":
                for end in ends:
                    sheet.polyline([(x - 3.5, end), (x + 3.5, end)], Ink(edge="accent", width=1.6))
    for found in by_year.values():
        if len(found) > 1:
            ends_of_spread = [_place(found[0], across, height), _place(found[-1], across, height)]
            sheet.polyline(ends_of_spread, Ink(edge="axis", width=1.2, dash=(2, 2)))
    if points[0].is_part_year:
        return
    for year, following in pairwise(sorted(by_year)):
        # Where sources disagree there is no one value to join.
        if following == year + 1 and len(by_year[year]) == len(by_year[following]) == 1:
            joined = [_place(by_year[y][0], across, height) for y in (year, following)]
            sheet.polyline(joined, Ink(edge="accent", width=2.0))


def _draw_labels(sheet: Sheet, locale: Locale, points: Sequence[Point], across: Scale, height: Scale) -> None:
    """Write the last figure and the largest of each kind beside its mark, where there is room."""
    taken: list[tuple[float, float, float]] = []
    wanted: list[Point] = []
    for found in group_points(points).values():
        wanted += [found[-1], max(found, key=lambda p: p.interval.value), found[0]]
    places = [_place(point, across, height) for point in points]
    left = across(min(p.year for p in points) - 0.5)
    for point in dict.fromkeys(wanted):
        x, y = _place(point, across, height)
        text = write_figure(locale, point)
        half = measure_text(text, _LABEL) / 2
        x = min(max(x, left + half), sheet.width - half)
        for level in (height(point.interval.upper) - 10, y + 21):
            box = (x - half - 8, x + half + 8, level)
            clear = all(box[1] < a or b < box[0] or abs(level - c) > 14 for a, b, c in taken)
            free = all(not (box[0] < px < box[1] and level - 15 < py < level + 6) for px, py in places)
            if clear and free and level < height(0) - 3:
                sheet.write(x, level, text, _LABEL)
                taken.append(box)
                break
