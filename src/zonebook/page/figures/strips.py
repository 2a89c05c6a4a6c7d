"""Values under each other on one scale: bars, stems or boxes, with lines to compare with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from zonebook.page.figures.lettering import measure_text, widest, wrap_text
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, STRONG, WIDE, Face, Ink

_LABEL = Face(size=12.5)
_OWN = Face(size=12.5, weight=600)
_TICK = Face(size=12, role="muted", anchor="middle")
_THICK = 11.0
_LINE = Ink(edge="alert", width=1.3, dash=(5, 3))
_HIDDEN = Ink("paper", "axis", 1.0, hatch="////")


@dataclass(frozen=True, slots=True)
class Strip:
    """One line: its value and the bounds it has; without a value the sign of its status stands there.

    ``earlier`` is the value of an earlier year, ``is_own`` says that it is the page's own and not a part's.
    """

    label: str
    printed: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    earlier: float | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """The scale of some strips: what it shows, how a tick is written, where it ends, lines to compare with."""

    title: str
    write: Callable[[float], str]
    top: float
    lines: tuple[tuple[float, str], ...] = field(default=())
    kind: str = "bar"

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values written under the scale."""
        return choose_ticks(self.top, 4)


def draw_strips(sheet: Sheet, y: float, strips: Sequence[Strip], axis: Axis) -> float:
    """Draw strips under each other from ``y`` down; return where they end."""
    right = widest([strip.printed for strip in strips], _OWN) + 14
    longest = widest([strip.label for strip in strips], _OWN) + 14
    # Short labels stand beside their strips on a phone, too; long ones above.
    is_beside = sheet.width >= WIDE or longest <= sheet.width * 0.3
    left = min(longest, sheet.width * 0.42) if is_beside else 8.0
    across = Scale(0.0, axis.ticks[-1], left, sheet.width - max(right, 26.0))
    sheet.write_wrapped(0, y + 14, axis.title, sheet.width, STRONG)
    y = sheet.bottom + 6
    top = _write_lines(sheet, y, axis, across)
    y = top
    for strip in strips:
        below = _draw_strip(sheet, y, strip, axis.kind, across, is_beside=is_beside)
        # A line would run through labels that stand above their strips.
        start = top - 2 if is_beside else below - 23
        for value, _ in axis.lines:
            sheet.polyline([(across(value), start), (across(value), below)], _LINE)
        y = top = below
    sheet.polyline([(across.start, y + 2), (across.end, y + 2)], Ink(edge="axis"))
    for tick in axis.ticks:
        sheet.polyline([(across(tick), y + 2), (across(tick), y + 6)], Ink(edge="axis"))
        sheet.write_inside(across(tick), y + 19, axis.write(tick), _TICK)
    return y + 30


def _write_lines(sheet: Sheet, y: float, axis: Axis, across: Scale) -> float:
    """Write what the lines are, each in a row of its own so that close ones do not run together."""
    for value, words in axis.lines:
        length = measure_text(words, NOTE)
        x = across(value)
        sheet.write(min(max(x - length / 2, 0.0), sheet.width - length), y + 12, words, NOTE)
        y += NOTE.leading
    return y + (6 if axis.lines else 0)


def _draw_strip(sheet: Sheet, y: float, strip: Strip, kind: str, across: Scale, *, is_beside: bool) -> float:
    face = _OWN if strip.is_own else _LABEL
    lines = wrap_text(strip.label, across.start - 12 if is_beside else sheet.width, face)
    below = sheet.write_lines(0, y + 14, lines, face) - face.leading
    middle = y + 10 if is_beside else below + 12
    if strip.value is None:
        sheet.box((across.start, middle - _THICK / 2), (30, _THICK), _HIDDEN)
        sheet.write(across.start + 38, middle + 4.5, strip.printed, face)
        return max(below, middle) + 9
    reach = _DRAW[kind](sheet, strip, middle, across)
    sheet.write(reach + 8, middle + 4.5, strip.printed, face)
    return max(below, middle + 4) + 9


def _colour(strip: Strip) -> str:
    return "accent" if strip.is_own else "peer"


def _draw_bar(sheet: Sheet, strip: Strip, y: float, across: Scale) -> float:
    """Draw a bar to the value, and a hatched one from there to what it may be at most; return how far it reaches."""
    value = strip.value or 0.0
    tip = f"{strip.label}: {strip.printed}"
    size = (max(across(value) - across(0), 1.0), _THICK)
    sheet.box((across(0), y - _THICK / 2), size, Ink(_colour(strip)), tip)
    reach = across(value)
    if strip.upper is not None and strip.upper > value:
        width = across(strip.upper) - across(value)
        sheet.box((across(value), y - _THICK / 2), (width, _THICK), Ink("paper", "axis", 0.9, hatch="////"))
        reach = across(strip.upper)
    return reach


def _draw_stem(sheet: Sheet, strip: Strip, y: float, across: Scale) -> float:
    """Draw a line from zero with a mark at its end."""
    x = across(strip.value or 0.0)
    sheet.polyline([(across(0), y), (x, y)], Ink(edge="peer", width=2))
    sheet.mark((x, y), 4.6, Ink("accent", "paper", 1.0), "circle", f"{strip.label}: {strip.printed}")
    return x + 3


def _draw_box(sheet: Sheet, strip: Strip, y: float, across: Scale) -> float:
    """Draw the middle half as a box with the median in it."""
    value = strip.value or 0.0
    low, high = strip.lower if strip.lower is not None else value, strip.upper if strip.upper is not None else value
    tip = f"{strip.label}: {strip.printed}"
    size = (max(across(high) - across(low), 2.0), _THICK)
    sheet.box((across(low), y - _THICK / 2), size, Ink("accent-soft" if strip.is_own else "grid", "axis", 1.0), tip)
    sheet.polyline([(across(value), y - 8), (across(value), y + 8)], Ink(edge="ink", width=2.4))
    return across(high)


def _draw_pair(sheet: Sheet, strip: Strip, y: float, across: Scale) -> float:
    """Draw an earlier value hollow and the present one full, joined by a line."""
    value = strip.value or 0.0
    reach = across(value)
    if strip.earlier is not None:
        reach = max(reach, across(strip.earlier))
        sheet.polyline([(across(strip.earlier), y), (across(value), y)], Ink(edge=_colour(strip), width=2.6))
        sheet.mark((across(strip.earlier), y), 4.6, Ink("paper", "axis", 1.4))
    tip = f"{strip.label}: {strip.printed}"
    sheet.mark((across(value), y), 5.0, Ink("accent" if strip.is_own else "muted", "paper", 1.0), "circle", tip)
    return reach + 3


_DRAW: dict[str, Callable[[Sheet, Strip, float, Scale], float]] = {
    "bar": _draw_bar,
    "stem": _draw_stem,
    "box": _draw_box,
    "pair": _draw_pair,
}
