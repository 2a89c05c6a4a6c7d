"""What changed with support: before and after it, against firms without it, and by years since it began."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from zonebook.metrics.reasons import Reason, read_reason
from zonebook.metrics.result import MetricResult, Status
from zonebook.page.block import Block, Cell
from zonebook.page.context import PageContext
from zonebook.page.figures.dots import Axis, Dot, draw_dots, list_bounds, measure_columns, read_dot
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, STRONG, Face, Ink
from zonebook.page.followed import read_rows
from zonebook.page.ids import split_ids
from zonebook.page.locale import Locale
from zonebook.page.tables.layout import capitalise

# The outcome a series of S03 and S04 is about, by its suffix.
OUTCOMES: Mapping[str, str] = {"": "revenue_rub", "export": "export_rub", "employees": "jobs"}
_COLUMNS = ("metric_id", "value", "lower", "upper", "unit", "firms", "status", "reason")
_EVENT = "event."
_TALL = 190.0
_SMALL = Face(size=10.5, role="muted", anchor="middle")
_TICK = Face(size=11, role="muted", anchor="middle")


def find_wording(row: MetricResult | None) -> str:
    """Return what an estimate may be called, by the sentence of its row: ``effect``, ``association``, ``difference``.

    A row that says nothing of it is a difference: never more is claimed than the row allows.
    """
    said = {template for template, _ in read_reason(row.reason)} if row else set()
    if Reason.MAY_BE_EFFECT.value in said:
        return "effect"
    return "association" if Reason.IS_ASSOCIATION.value in said else "difference"


def support_change(here: PageContext) -> Block | None:
    """Return the changes from before to after support, and against others, of revenue, exports and employees."""
    groups = [
        (
            title,
            [(suffix, row) for suffix in OUTCOMES if (row := here.metric(f"{base}{'.' if suffix else ''}{suffix}"))],
        )
        for base, title in (
            ("S03", here.locale.text("From before to after support")),
            ("S04", here.locale.text("Against firms without support")),
        )
    ]
    rows = [row for _, of_group in groups for _, row in of_group]
    if not any(row.value is not None for row in rows):
        return None
    locale = here.locale
    panels = [(title, [_read(here, suffix, row) for suffix, row in found]) for title, found in groups if found]
    plate = Plate(
        name="support-change",
        title=locale.text("Supported firms: change and difference"),
        reading=read_rows(
            here,
            [
                locale.text(
                    "In logarithms: 0.1 is about 10%. Strokes are 95% intervals; in brackets the number of firms. "
                    "Firms are chosen for support, so a change after it is not yet due to it."
                )
            ],
            [row.metric_id for row in rows],
        ),
        alternative=" ".join(f"{title}: {dot.name}: {dot.printed}." for title, dots in panels for dot in dots),
        draw=partial(_draw_panels, locale, panels),
        columns=_COLUMNS,
        rows=tuple(map(_to_cells, rows)),
        source_ids=split_ids([row.source_ids for row in rows]),
    )
    return frame_figure(here, plate)


def _to_cells(row: MetricResult) -> tuple[Cell, ...]:
    return row.metric_id, row.value, row.lower, row.upper, row.unit, row.n_units, row.status.value, row.reason


def _read(here: PageContext, suffix: str, row: MetricResult) -> Dot:
    name = capitalise(here.locale.label("support.outcome", OUTCOMES[suffix]))
    if row.n_units:
        name = here.locale.text("{name} ({number})", name=name, number=here.locale.number(row.n_units))
    dot = read_dot(here.locale, name, row)
    if row.value is None:
        return dot
    return Dot(name, here.locale.amount(row.value, digits=2, signed=True), row.value, row.lower, row.upper)


def _draw_panels(locale: Locale, panels: Sequence[tuple[str, Sequence[Dot]]], width: float) -> Sheet:
    sheet = Sheet(width)
    names, numbers = measure_columns([dot for _, dots in panels for dot in dots])
    axis = _choose_axis(locale, [number for _, dots in panels for number in list_bounds(dots)])
    axis = replace(axis, names=names, numbers=numbers)
    y = 0.0
    for title, dots in panels:
        y = sheet.write_wrapped(0, y + 14, title, width, STRONG) - STRONG.leading + 6
        y = draw_dots(sheet, y, dots, axis) + 10
    return sheet


def _choose_axis(locale: Locale, numbers: Sequence[float]) -> Axis:
    """Return an axis with round ticks that takes in every number, zero among them."""
    up, down = max(0.0, *numbers), -min(0.0, *numbers)
    step = choose_ticks(max(up, down))[1]
    below, above = math.ceil(down / step - 1e-9), math.ceil(up / step - 1e-9)
    values = [float(f"{step * index:.10g}") for index in range(-below, above + 1)]
    ticks = tuple((value, locale.amount(value, digits=3, signed=True)) for value in values)
    return Axis(values[0], values[-1], ticks)


def support_events(here: PageContext) -> Block | None:
    """Return the event study: supported firms against others by years since support began, with intervals."""
    rows = [row for row in here.rows("S04") if here.is_own(row) and row.series.startswith(_EVENT)]
    events = sorted((int(row.series.removeprefix(_EVENT)), row) for row in rows if row.series)
    if sum(row.value is not None for _, row in events) < 2:
        return None
    locale, overall = here.locale, here.metric("S04")
    hidden = any(row.status is Status.SUPPRESSED for _, row in events)
    sentences = [
        locale.text(
            "Revenue in logarithms, 0.1 is about 10%; the year before support is the zero. Strokes are 95% "
            "intervals, below each the number of supported firms."
        ),
        locale.label("support.wording", find_wording(overall)),
        locale.text("{sign}: withheld.", sign=locale.sign("suppressed")) if hidden else "",
    ]
    plate = Plate(
        name="support-events",
        title=locale.text("Supported firms against others, by years since support began"),
        reading=read_rows(here, sentences, ["S04", *(row.metric_id for _, row in events[:1])]),
        alternative=" ".join(
            locale.text("{year}: {value}.", year=locale.amount(year, signed=True), value=_print(locale, row))
            for year, row in events
        ),
        draw=partial(draw_events, locale, events),
        columns=("years_since_support", *_COLUMNS),
        rows=tuple((year, *_to_cells(row)) for year, row in events),
        source_ids=split_ids([row.source_ids for _, row in events]),
    )
    return frame_figure(here, plate)


def _print(locale: Locale, row: MetricResult) -> str:
    return locale.result(row) if row.value is None else locale.amount(row.value, digits=2, signed=True)


def draw_events(locale: Locale, events: Sequence[tuple[int, MetricResult]], width: float) -> Sheet:
    """Draw an estimate with its interval for each year, the year before support as the zero."""
    sheet = Sheet(width)
    known = [row for _, row in events]
    numbers = [n for row in known for n in (row.value, row.lower, row.upper) if n is not None]
    axis = _choose_axis(locale, numbers)
    left = 42.0
    up = Scale(axis.low, axis.high, 12 + _TALL, 12)
    years = range(min(-1, events[0][0]), events[-1][0] + 1)
    step = (width - left) / len(years)
    across = {year: left + step * (index + 0.5) for index, year in enumerate(years)}
    for value, words in axis.ticks:
        sheet.polyline([(left, up(value)), (width, up(value))], Ink(edge="axis" if value == 0 else "grid"))
        sheet.write(left - 6, up(value) + 4, words, Face(size=11, role="muted", anchor="end"))
    begin = (across.get(-1, left) + across.get(0, width)) / 2
    sheet.polyline([(begin, 12), (begin, 12 + _TALL)], Ink(edge="muted", width=1.2, dash=(4, 3)))
    sheet.write_inside(begin, 8, locale.text("support begins"), Face(size=11.5, role="muted", anchor="middle"))
    bottom = 12 + _TALL
    if -1 not in dict(events):
        sheet.mark((across[-1], up(0)), 4.2, Ink("paper", "axis", 1.4), "circle")
    for year in years:
        sheet.write(across[year], bottom + 15, locale.amount(year, signed=True), _TICK)
    for year, row in events:
        _draw_event(sheet, locale, row, across[year], up)
        sheet.write(across[year], bottom + 29, locale.number(row.n_units), _SMALL)
    words = locale.text("years since support began; below them the number of supported firms")
    sheet.write_wrapped(0, bottom + 46, words, width, NOTE)
    return sheet


def _draw_event(sheet: Sheet, locale: Locale, row: MetricResult, x: float, up: Scale) -> None:
    if row.value is None:
        sheet.box((x - 8, up(up.high)), (16, up(up.low) - up(up.high)), Ink("paper", "axis", 0.8, hatch="////"))
        sheet.write(x, up(up.high) + 14, locale.result(row), _TICK)
        return
    if row.lower is not None and row.upper is not None:
        sheet.polyline([(x, up(row.lower)), (x, up(row.upper))], Ink(edge="accent-mid", width=2.4))
        for end in (row.lower, row.upper):
            sheet.polyline([(x - 4, up(end)), (x + 4, up(end))], Ink(edge="accent-mid", width=1.6))
    is_after = not row.series.startswith(f"{_EVENT}-")
    ink = Ink("accent", "paper", 1.0) if is_after else Ink("paper", "accent", 1.6)
    sheet.mark((x, up(row.value)), 4.8, ink, "circle", _print(locale, row))
