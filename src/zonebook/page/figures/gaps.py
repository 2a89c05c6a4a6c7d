"""Where regions trade less than their size and distance imply: observed against expected flows, the largest gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, NOTE, STRONG, Face, Ink
from zonebook.page.followed import list_sources, read_rows
from zonebook.page.gaps import Pair, list_pairs, name_pair, write_gap
from zonebook.page.locale import Locale

_NAMED = 10
_TICK = Face(size=12, role="muted", anchor="middle")
_SIDE = Face(size=12, role="muted", anchor="end")
_NUMBER = Face(size=12, weight=600, anchor="middle")
_SHORT, _OTHER = Ink("accent", "paper", 1.0), Ink("peer")
_EQUAL, _HALF = Ink(edge="axis", width=1.3), Ink(edge="axis", width=1.0, dash=(4, 3))
_COLUMNS = (
    *("origin", "origin_name", "destination", "destination_name", "year"),
    *("observed_rub", "expected_rub", "ratio", "source_ids"),
)


def gravity_gaps(here: PageContext) -> Block | None:
    """Return the scatter of observed and expected flows with the largest gaps; ``None`` where there is no model."""
    pairs = list_pairs(here)
    named = [pair for pair in pairs if pair.shortfall > 0][:_NAMED]
    if not named:
        return None
    locale = here.locale
    sentences = [
        locale.text(
            "A mark is a flow from one region to another; on the line it is as large as the sizes of both and the "
            "distance imply, below the dashed line less than half. Both axes are logarithmic, in {unit}.",
            unit=locale.label("unit", "RUB"),
        ),
        locale.text("Pairs drawn are the largest shortfalls of regions with a zone, and corridors.")
        if here.scope == "country"
        else locale.text("Drawn are flows to and from the region: the largest shortfalls and corridors."),
    ]
    return frame_figure(
        here,
        Plate(
            name="gravity-gaps",
            title=locale.text("Flows between regions: observed and expected, {year}", year=named[0].ratio.year),
            reading=read_rows(here, sentences, ()),
            alternative=_describe(here, named),
            draw=partial(draw_gaps, here, pairs, named),
            columns=_COLUMNS,
            rows=tuple(
                (
                    *(pair.origin, here.place(pair.origin), pair.destination, here.place(pair.destination)),
                    *(pair.ratio.year, pair.observed, pair.expected, pair.ratio.value, pair.ratio.source_ids),
                )
                for pair in pairs
            ),
            source_ids=list_sources(pair.ratio for pair in named),
        ),
    )


def _describe(here: PageContext, named: Sequence[Pair]) -> str:
    listed = "; ".join(f"{name_pair(here, pair)} ({write_gap(here.locale, pair)})" for pair in named)
    return here.locale.text("Largest shortfalls: {list}.", list=listed)


def draw_gaps(here: PageContext, pairs: Sequence[Pair], named: Sequence[Pair], width: float) -> Sheet:
    """Draw the scatter, its key, and the bars of the largest gaps with the numbers that stand at their marks."""
    sheet = Sheet(width)
    locale = here.locale
    _draw_scatter(sheet, locale, pairs, named)
    entries = [
        Entry(locale.text("largest shortfalls"), _SHORT, "circle"),
        Entry(locale.text("other pairs"), _OTHER, "square"),
        Entry(locale.text("as expected"), _EQUAL, "line"),
        Entry(locale.text("half of it"), _HALF, "line"),
    ]
    y = draw_key(sheet, sheet.bottom + 4, entries) + 12
    most = max(pair.shortfall for pair in named)
    for index, pair in enumerate(named, start=1):
        y = _draw_bar(sheet, here, (index, pair), (y, most))
    return sheet


def _decades(values: Sequence[float]) -> tuple[int, int]:
    positive = [value for value in values if value > 0]
    return math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive)))


def _draw_scatter(sheet: Sheet, locale: Locale, pairs: Sequence[Pair], named: Sequence[Pair]) -> None:
    low, high = _decades([value for pair in pairs for value in (pair.observed, pair.expected)])
    low = max(low, high - 6)
    left = max(measure_text(locale.amount(10.0**power, "RUB"), _SIDE) for power in range(low, high + 1)) + 10
    side = min(sheet.width - left - 16, 430.0)
    across, height = Scale(low, high, left, left + side), Scale(low, high, side * 0.8 + 24, 24)
    sheet.write(0, 12, locale.text("observed"), NOTE)
    for power in range(low, high + 1):
        label = locale.amount(10.0**power, "RUB")
        ends = [(across(low), height(power)), (across(high), height(power))]
        sheet.polyline(ends, Ink(edge="grid" if power > low else "axis"))
        sheet.write(left - 6, height(power) + 4, label, _SIDE)
        if side / (high - low) > 74 or (power - low) % 2 == 0:
            sheet.write_inside(across(power), height(low) + 17, label, _TICK)
    sheet.write(across(high), height(low) + 33, locale.text("expected"), _SIDE)
    half = math.log10(2)
    sheet.polyline([(across(low), height(low)), (across(high), height(high))], _EQUAL)
    sheet.polyline([(across(low + half), height(low)), (across(high), height(high - half))], _HALF)

    def place(pair: Pair) -> tuple[float, float]:
        logs = (math.log10(max(value, 10.0**low)) for value in (pair.expected, pair.observed))
        x, y = logs
        return across(x), height(y)

    names = set(named)
    rest = [place(pair) for pair in pairs if pair not in names]
    sheet.boxes([(x - 1.8, y - 1.8) for x, y in rest], (3.6, 3.6), _OTHER)
    marks = [place(pair) for pair in named]
    for mark in marks:
        sheet.mark(mark, 4.6, _SHORT)
    taken = [(x, y + 4) for x, y in marks]
    for index, mark in enumerate(marks, start=1):
        _write_number(sheet, str(index), mark, taken)


def _write_number(sheet: Sheet, number: str, place: tuple[float, float], taken: list[tuple[float, float]]) -> None:
    """Write a number beside its mark, on the first side where no other number stands."""
    x, y = place
    sides = ((12, 4), (-12, 4), (0, 17), (0, -9), (22, 10), (-22, -4), (12, 20), (-14, -12), (22, 24), (-28, -14))
    spots = [(x + dx, y + dy) for dx, dy in sides]
    free = (s for s in spots if all(abs(s[0] - t[0]) > 11 or abs(s[1] - t[1]) > 11 for t in taken))
    spot = next(free, spots[0])
    taken.append(spot)
    sheet.write_inside(*spot, number, _NUMBER)


def _draw_bar(sheet: Sheet, here: PageContext, entry: tuple[int, Pair], place: tuple[float, float]) -> float:
    (index, pair), (y, most) = entry, place
    sheet.write(16, y + 13, str(index), Face(weight=600, anchor="end"))
    y = sheet.write_wrapped(24, y + 13, name_pair(here, pair), sheet.width - 24, STRONG) - 8
    length = max(pair.shortfall / most * (sheet.width - 24) * 0.4, 2)
    words = write_gap(here.locale, pair)
    sheet.box((24, y), (length, 11), Ink("accent"), f"{name_pair(here, pair)}: {words}")
    return sheet.write_wrapped(24 + length + 6, y + 10, words, sheet.width - length - 30, BODY) - 5
