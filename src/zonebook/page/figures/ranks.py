"""Ranks of the cooperation index: how sure each is among peers, and which choice of method moves them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.dots import Axis, Dot, draw_dots, read_dot
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.index import MOST_ZONES, take_ends
from zonebook.page.figures.scale import choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.followed import read_rows
from zonebook.page.ids import split_ids
from zonebook.page.locale import Locale
from zonebook.page.tables.layout import capitalise

_FEWEST = 2


def print_rank(locale: Locale, wide: MetricResult, exact: MetricResult | None) -> str:
    """Return the rank where its row may be printed, else the places it lies between."""
    if exact is not None and exact.value is not None:
        return locale.number(exact.value)
    if wide.value is None or wide.lower is None or wide.upper is None:
        return locale.result(wide)
    return f"{locale.number(wide.lower)}–{locale.number(wide.upper)}"


def rank_intervals(here: PageContext) -> Block | None:
    """Return the median rank of each zone with the places it lies between in 90% of draws.

    ``None`` where zones are not ranked: on reported figures they are not.
    """
    locale = here.locale
    exact = {row.scope_id: row for row in here.rows("C06") if row.series == "rank" and row.scope_type == "zone"}
    found = [row for row in here.rows("C06") if not row.series and row.scope_type == "zone" and row.value is not None]
    if len(found) < _FEWEST:
        return None
    names = {row.scope_id: here.named("zone", row.scope_id) for row in found}
    found.sort(key=lambda row: (row.value or 0, row.lower or 0, row.upper or 0, locale.sort_key(names[row.scope_id])))
    dots = [
        Dot(
            names[row.scope_id],
            print_rank(locale, row, exact.get(row.scope_id)),
            row.value,
            row.lower,
            row.upper,
            is_own=_is_exact(exact.get(row.scope_id)),
        )
        for row in found
    ]
    drawn = take_ends(dots)
    sentences = [
        locale.text(
            "Drawn are the first {n} and the last {n} places of {total}; the table has all.",
            n=locale.number(MOST_ZONES // 2),
            total=locale.number(len(dots)),
        )
        if len(drawn) < len(dots)
        else "",
        locale.text(
            "The dot is the median place, the stroke holds 90% of the places over different scales, weights, means "
            "and values within intervals."
        ),
        locale.text("Zones whose strokes overlap cannot be told apart."),
        locale.text("In colour, with a single number: places sure enough to be printed."),
        capitalise(locale.reason(found[0].reason)) + ".",
    ]
    plate = Plate(
        name="rank-intervals",
        title=locale.text("Places of the zones by the cooperation index, with their uncertainty"),
        reading=read_rows(here, sentences, ("C06",)),
        alternative=" ".join(f"{dot.name}: {dot.printed}." for dot in drawn),
        draw=partial(_draw, drawn, _choose_axis(locale, len(dots))),
        columns=("zone_id", "median", "lower", "upper", "printed", "evidence", "reason"),
        rows=tuple(
            (row.scope_id, row.value, row.lower, row.upper, dot.printed, row.evidence.value, row.reason)
            for row, dot in zip(found, dots, strict=True)
        ),
        source_ids=split_ids([row.source_ids for row in found]),
    )
    return frame_figure(here, plate)


def _is_exact(row: MetricResult | None) -> bool:
    return row is not None and row.value is not None


def _choose_axis(locale: Locale, count: int) -> Axis:
    ticks = {1.0, *(tick for tick in choose_ticks(count) if 1 < tick < count and tick == int(tick)), float(count)}
    return Axis(1, count, tuple((tick, locale.number(tick)) for tick in sorted(ticks)), locale.text("place"))


def _draw(dots: Sequence[Dot], axis: Axis, width: float) -> Sheet:
    sheet = Sheet(width)
    draw_dots(sheet, 0, dots, axis)
    return sheet


def rank_choices(here: PageContext) -> Block | None:
    """Return how much of the shift of ranks each choice of method explains; ``None`` where ranks are not made."""
    locale = here.locale
    rows = [row for row in here.rows("C07") if row.series.endswith(".total") and row.value is not None]
    if not rows:
        return None
    rows.sort(key=lambda row: -(row.value or 0))
    alone = {row.series: row for row in here.rows("C07")}
    dots = [read_dot(locale, _name(locale, row), row, is_own=index == 0) for index, row in enumerate(rows)]
    ticks = tuple((tick, locale.share(tick, decimals=0)) for tick in (0.0, 0.25, 0.5, 0.75, 1.0))
    plate = Plate(
        name="rank-choices",
        title=locale.text("Which choice moves the ranks"),
        reading=read_rows(
            here,
            [
                locale.text(
                    "Part of the variance of the mean shift of ranks that a choice explains together with all others "
                    "(total Sobol index), with its 95% interval. The parts overlap and need not add up to 100%."
                )
            ],
            [row.metric_id for row in rows],
        ),
        alternative=" ".join(f"{dot.name}: {dot.printed}." for dot in dots),
        draw=partial(_draw, dots, Axis(0.0, 1.0, ticks, base=0.0)),
        columns=("choice", "total", "lower", "upper", "alone"),
        rows=tuple((_factor(row), row.value, row.lower, row.upper, _value(alone.get(_factor(row)))) for row in rows),
        source_ids=split_ids([row.source_ids for row in (*rows, *here.rows("C06"))]),
    )
    return frame_figure(here, plate)


def _factor(row: MetricResult) -> str:
    return row.series.removesuffix(".total")


def _value(row: MetricResult | None) -> float | None:
    return None if row is None else row.value


def _name(locale: Locale, row: MetricResult) -> str:
    return capitalise(locale.label("index.factor", _factor(row)))
