"""Inward or outward: the E–I index against what the sizes of the groups alone would give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, NOTE, STRONG, Face, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, read_rows, select_years, to_table
from zonebook.page.locale import Locale

_TICK = Face(size=12, role="muted", anchor="middle")
_BAND = Ink("wash", "axis", 0.8)
_EXPECTED = Ink(edge="ink", width=2.2)
_DOT = Ink("accent", "paper", 1.2)
_ROW = 34.0


@dataclass(frozen=True, slots=True)
class Openness:
    """A row of the figure: whose index it is, the index, and what is expected of it."""

    name: str
    index: MetricResult
    expected: MetricResult | None


def openness(here: PageContext) -> Block | None:
    """Return the E–I index of the last year, of the page's clusters too; ``None`` where it is not known."""
    found = _list_rows(here)
    if not found:
        return None
    locale = here.locale
    rows = [row for one in found for row in (one.index, one.expected) if row is not None]
    sentences = [
        locale.text(
            "The index is −1 where all ties stay inside and +1 where all go out. "
            "A small group has most ties outside by arithmetic alone: the tick is what its size implies, "
            "the band the range of 90% of random groups of that size."
        )
    ]
    return frame_figure(
        here,
        Plate(
            name="openness",
            title=locale.text("Inward or outward, {year}", year=found[0].index.year),
            reading=read_rows(here, sentences, ("R03", "R03.expected")),
            alternative=" ".join(_describe(locale, one) for one in found),
            draw=partial(draw_openness, locale, found),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def _list_rows(here: PageContext) -> tuple[Openness, ...]:
    own = [(year, row) for year, row in select_years(here, "R03").items() if row.value is not None]
    if not own:
        return ()
    year = own[-1][0]
    whole = here.locale.text("the whole zone") if here.scope == "zone" else here.title
    names = [(here.scope, row.scope_id, whole) for _, row in own[-1:]]
    clusters = [row for row in here.rows("R03") if row.scope_type == "cluster" and row.metric_id == "R03"]
    names += [
        ("cluster", row.scope_id, here.named("cluster", row.scope_id))
        for row in clusters
        if here.scope == "zone" and row.year == year and row.value is not None
    ]
    rows = {(row.metric_id, row.scope_type, row.scope_id): row for row in here.rows("R03") if row.year == year}
    return tuple(
        Openness(name, rows["R03", scope, scope_id], rows.get(("R03.expected", scope, scope_id)))
        for scope, scope_id, name in names
        if ("R03", scope, scope_id) in rows
    )


def _describe(locale: Locale, one: Openness) -> str:
    index = _write(locale, one.index.value)
    if one.expected is None or one.expected.value is None:
        return locale.text("{name}: {index}.", name=one.name, index=index)
    return locale.text(
        "{name}: {index}; expected {expected}, from {lower} to {upper}.",
        name=one.name,
        index=index,
        expected=_write(locale, one.expected.value),
        lower=_write(locale, one.expected.lower),
        upper=_write(locale, one.expected.upper),
    )


def _write(locale: Locale, value: float | None) -> str:
    return locale.number(value, 2)


def draw_openness(locale: Locale, found: tuple[Openness, ...], width: float) -> Sheet:
    """Draw a line from −1 to +1 for each row: the band and tick of what is expected, the dot of what is."""
    sheet = Sheet(width)
    names = [wrap_text(one.name, width * 0.34, BODY) for one in found]
    left = max(measure_text(line, BODY) for lines in names for line in lines) + 16
    scale = Scale(-1, 1, left + 10, width - 14)
    inside, outside = locale.text("all inside"), locale.text("all outside")
    sheet.write(left, 12, inside, NOTE)
    sheet.write(width, 12, outside, Face(size=12, role="muted", anchor="end"))
    row = max(_ROW, BODY.leading * max(len(lines) for lines in names) + 8)
    bottom = 22 + row * len(found)
    for tick in (-1.0, -0.5, 0.0, 0.5, 1.0):
        sheet.polyline([(scale(tick), 20), (scale(tick), bottom)], Ink(edge="axis" if tick == 0 else "grid"))
        sheet.write(scale(tick), bottom + 16, locale.number(tick), _TICK)
    for index, (one, lines) in enumerate(zip(found, names, strict=True)):
        y = 22 + row * (index + 0.5)
        sheet.write_lines(0, y + 4.5 - BODY.leading * (len(lines) - 1) / 2, lines, BODY if index else STRONG)
        _draw_row(sheet, locale, one, (y, scale))
    entries = [
        Entry(locale.text("index"), _DOT, "circle"),
        Entry(locale.text("expected of a group of this size, 90% range"), _BAND),
    ]
    draw_key(sheet, bottom + 24, entries)
    return sheet


def _draw_row(sheet: Sheet, locale: Locale, one: Openness, place: tuple[float, Scale]) -> None:
    y, scale = place
    expected = one.expected
    if expected is not None and expected.value is not None:
        if expected.lower is not None and expected.upper is not None:
            start, end = scale(expected.lower), scale(expected.upper)
            sheet.box((start, y - 7), (end - start, 14), _BAND)
        sheet.polyline([(scale(expected.value), y - 9), (scale(expected.value), y + 9)], _EXPECTED)
    value = one.index.value or 0.0
    sheet.mark((scale(value), y), 6, _DOT, "circle", _describe(locale, one))
    label = _write(locale, value)
    side = -1 if expected is not None and (expected.value or 0) > value else 1
    face = Face(weight=600, anchor="end" if side < 0 else "start")
    sheet.write_inside(scale(value) + side * 11, y + 4.5, label, face)
