"""How far firms depend on one supplier or customer: the spread over firms, by cluster; no firm is told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.parts import find_part, list_parts
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.strips import Axis, Strip, draw_strips
from zonebook.page.followed import ROW_COLUMNS, list_sources, to_table
from zonebook.page.locale import Locale
from zonebook.page.rowlinks import name_rows


@dataclass(frozen=True, slots=True)
class Panel:
    """The firms on one side of trade: buyers by their suppliers, or sellers by their customers."""

    title: str
    strips: tuple[Strip, ...]
    rows: tuple[MetricResult, ...]


def supplier_concentration(here: PageContext) -> Block | None:
    """Return the spread of the concentration of suppliers and of customers; ``None`` without values of ties."""
    words = here.locale
    sides = (("L17.", words.text("Suppliers of a firm")), ("L17.customers_", words.text("Customers of a firm")))
    panels = [panel for prefix, title in sides if (panel := _read_panel(here, prefix, title))]
    if not panels:
        return None
    rows = [row for panel in panels for row in panel.rows]
    line = here.options.settings.concentrated
    return frame_figure(
        here,
        Plate(
            name="supplier-concentration",
            title=words.text("Dependence on few suppliers and customers"),
            reading=words.html(
                "{period}: Herfindahl–Hirschman index of each firm, 1 for a single partner; the box holds the middle "
                "half of the firms, the stroke is the median. Above {line} a firm depends on few. {rows}",
                period=words.period(rows[0].period, rows[0].year),
                line=words.number(line),
                rows=name_rows(here, rows),
            ),
            alternative=" ".join(_describe(words, panel) for panel in panels),
            draw=partial(_draw, words, panels, line),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def _read_panel(here: PageContext, prefix: str, title: str) -> Panel | None:
    median = f"{prefix}median"
    strips, rows = [], []
    for name, row in list_parts(here, {"zone": median, "cluster": median}):
        low, high = (find_part(here, row, f"{prefix}{quartile}") for quartile in ("q1", "q3"))
        first, last = (None if end is None else end.value for end in (low, high))
        is_own = row.scope_type != "cluster"
        strips.append(Strip(name, _write(here.locale, row), row.value, first, last, is_own=is_own))
        rows += [row, *(end for end in (low, high) if end is not None)]
    return Panel(title, tuple(strips), tuple(rows)) if rows else None


def _write(words: Locale, row: MetricResult) -> str:
    return words.number(row.value, 2) if row.value is not None else words.result(row)


def _describe(words: Locale, panel: Panel) -> str:
    said = [
        words.text(
            "{name}: median {median}, middle half from {low} to {high}",
            name=strip.label,
            median=strip.printed,
            low=words.number(strip.lower, 2),
            high=words.number(strip.upper, 2),
        )
        for strip in panel.strips
        if strip.value is not None
    ]
    return f"{panel.title}: {'; '.join(said)}."


def _draw(words: Locale, panels: Sequence[Panel], line: float, width: float) -> Sheet:
    sheet = Sheet(width)
    y = 0.0
    for panel in panels:
        lines = ((line, words.text("line of {number}", number=words.number(line))),)
        y = draw_strips(sheet, y, panel.strips, Axis(panel.title, words.number, 1.0, lines, kind="box")) + 10
    return sheet
