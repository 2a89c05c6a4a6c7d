"""Who works with others at all: the share of residents with a partner, by cluster, with what the silent may add."""

from __future__ import annotations

from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.parts import list_parts
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.strips import Axis, Strip, draw_strips
from zonebook.page.figures.style import Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, to_table
from zonebook.page.locale import Locale
from zonebook.page.rowlinks import name_rows


def coverage(here: PageContext) -> Block | None:
    """Return the figure of residents with a partner in the zone, by cluster; ``None`` without a register of ties."""
    parts = list_parts(here, {"zone": "L01", "cluster": "L01.zone"})
    if not parts:
        return None
    words = here.locale
    strips = tuple(_to_strip(words, name, row) for name, row in parts)
    rows = [row for _, row in parts]
    reading = words.html(
        "{period}: share of residents with at least one partner among the residents of the zone. {rows}",
        period=words.period(rows[0].period, rows[0].year),
        rows=name_rows(here, rows),
    )
    return frame_figure(
        here,
        Plate(
            name="coverage",
            title=words.text("Residents with a partner in the zone"),
            reading=reading,
            alternative="; ".join(f"{name}: {words.result(row)}" for name, row in parts) + ".",
            draw=partial(_draw, words, strips),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def _to_strip(words: Locale, name: str, row: MetricResult) -> Strip:
    printed = words.share(row.value, decimals=0) if row.value is not None else words.result(row)
    return Strip(name, printed, row.value, row.lower, row.upper, is_own=row.scope_type != "cluster")


def _draw(words: Locale, strips: tuple[Strip, ...], width: float) -> Sheet:
    sheet = Sheet(width)
    axis = Axis(words.text("Share of residents"), lambda value: words.share(value, decimals=0), 1.0)
    y = draw_strips(sheet, 0, strips, axis)
    if any(strip.upper is not None and strip.value is not None and strip.upper > strip.value for strip in strips):
        draw_key(sheet, y, [Entry(words.text("may be added by those who gave no answer"), _MORE)])
    return sheet


_MORE = Ink("paper", "axis", 0.9, hatch="////")
