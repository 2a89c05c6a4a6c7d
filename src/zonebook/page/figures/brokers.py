"""Who holds the network together: how much lies on those in the middle of it, by rank and without names."""

from __future__ import annotations

import re
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.strips import Axis, Strip, draw_strips
from zonebook.page.followed import ROW_COLUMNS, list_sources, to_table
from zonebook.page.locale import Locale
from zonebook.page.rowlinks import name_rows

_RANK = re.compile(r"L19\.rank(\d+)")


def brokers(here: PageContext) -> Block | None:
    """Return the figure of the largest betweenness by rank; ``None`` without a register of ties."""
    found = {
        int(match[1]): row
        for row in here.rows("L19")
        if (match := _RANK.fullmatch(row.metric_id)) and here.is_own(row) and row.value is not None
    }
    if not any(row.value for row in found.values()):
        return None
    words = here.locale
    ranked = sorted(found.items())
    rows = [row for _, row in ranked]
    return frame_figure(
        here,
        Plate(
            name="brokers",
            title=words.text("Residents that others are joined through"),
            reading=words.html(
                "{period}: share of the shortest paths between all other residents that lead through one, by rank. No "
                "resident is named. {rows}",
                period=words.period(rows[0].period, rows[0].year),
                rows=name_rows(here, rows[:1]),
            ),
            alternative=_describe(words, ranked),
            draw=partial(_draw, words, ranked),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def _describe(words: Locale, ranked: list[tuple[int, MetricResult]]) -> str:
    return "; ".join(f"{rank}: {words.share(row.value)}" for rank, row in ranked) + "."


def _draw(words: Locale, ranked: list[tuple[int, MetricResult]], width: float) -> Sheet:
    sheet = Sheet(width)
    strips = [Strip(words.text("Rank {rank}", rank=rank), words.share(row.value), row.value) for rank, row in ranked]
    top = max(row.value or 0.0 for _, row in ranked)
    draw_strips(sheet, 0, strips, Axis(words.text("Share of shortest paths"), words.share, top, kind="stem"))
    return sheet
