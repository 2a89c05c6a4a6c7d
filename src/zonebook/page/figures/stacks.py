"""Columns of a whole divided into parts, a column a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zonebook.metrics.result import MetricResult
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import STRONG, Face, Ink
from zonebook.page.locale import Locale

_HEIGHT = 200.0
_YEAR = Face(size=13, anchor="middle")
_HEAD = Face(size=13, weight=600)
_PANEL_GAP = 28.0
_WITHHELD = Ink("paper", "axis", 1.0, hatch="///")
_LEAST = 14.0  # px of height that a printed share needs


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of the whole: its name, the colour role of its fill and that of what is written on it."""

    name: str
    role: str
    on: str = "on-bright"


@dataclass(frozen=True, slots=True)
class Stack:
    """A column: its year and the row of each layer, bottom first."""

    year: int
    rows: tuple[MetricResult | None, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the part of every layer is known."""
        return all(row is not None and row.value is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class StackPanel:
    """Columns side by side under a heading."""

    title: str
    stacks: tuple[Stack, ...]


def draw_stacks(locale: Locale, layers: Sequence[Layer], panels: Sequence[StackPanel], width: float) -> Sheet:
    """Draw panels of columns, each a whole of 100%, and the key of their parts; a withheld column is hatched."""
    sheet = Sheet(width)
    count = sum(len(panel.stacks) for panel in panels)
    is_beside = (width - _PANEL_GAP * (len(panels) - 1)) / count >= 44
    slot = min((width - _PANEL_GAP * (len(panels) - 1)) / count, 74.0) if is_beside else 0.0
    x, y = 0.0, 0.0
    for panel in panels:
        breadth = slot or min(width / len(panel.stacks), 74.0)
        top = sheet.write_wrapped(x, y + 14, panel.title, max(breadth * len(panel.stacks), 120), _HEAD) - 8
        for index, stack in enumerate(panel.stacks):
            _draw_stack(sheet, locale, layers, stack, (x + breadth * index, top, breadth))
        if is_beside:
            x += max(breadth * len(panel.stacks), 120) + _PANEL_GAP
        else:
            y = sheet.bottom + 12
    draw_key(sheet, sheet.bottom + 6, [Entry(layer.name, Ink(layer.role)) for layer in layers])
    return sheet


def _draw_stack(
    sheet: Sheet, locale: Locale, layers: Sequence[Layer], stack: Stack, place: tuple[float, float, float]
) -> None:
    x, top, breadth = place
    height = Scale(0, 1, top + _HEIGHT, top)
    sheet.write(x + breadth / 2, top + _HEIGHT + 18, str(stack.year), _YEAR)
    column = (x + breadth * 0.06, breadth * 0.88)
    if not stack.is_whole:
        _draw_gap(sheet, locale, stack, (column, height))
        return
    low = 0.0
    for layer, row in zip(layers, stack.rows, strict=True):
        share = row.value if row is not None and row.value is not None else 0.0
        if not share:
            continue
        size = height(low) - height(low + share)
        tip = f"{layer.name}, {stack.year}: {locale.share(share)}"
        sheet.box((column[0], height(low + share)), (column[1], size), Ink(layer.role, "paper", 1.2), tip)
        printed = locale.share(share, decimals=0)
        if size >= _LEAST and measure_text(printed, STRONG) <= column[1]:
            face = Face(size=12.5, weight=600, role=layer.on, anchor="middle")
            sheet.write(x + breadth / 2, (height(low) + height(low + share)) / 2 + 4.5, printed, face)
        low += share


def _draw_gap(sheet: Sheet, locale: Locale, stack: Stack, place: tuple[tuple[float, float], Scale]) -> None:
    """Draw the column of a year whose parts are withheld or unknown, with the sign of why."""
    (left, size), height = place
    unknown = next((row for row in stack.rows if row is None or row.value is None), None)
    sheet.box((left, height(1)), (size, height(0) - height(1)), _WITHHELD)
    middle = (left + size / 2, (height(0) + height(1)) / 2)
    sheet.box((middle[0] - 16, middle[1] - 12), (32, 20), Ink("paper"))
    sheet.write(middle[0], middle[1] + 3, locale.result(unknown), Face(weight=600, anchor="middle"))
