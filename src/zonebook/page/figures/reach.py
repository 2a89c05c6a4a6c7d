"""How far the ties of a register reach: the share of ties up to each distance, by its quantiles."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import STRONG, Face, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, read_rows, select_years, to_table
from zonebook.page.locale import Locale

_SERIES = {0.1: "R05.p10", 0.25: "R05.p25", 0.5: "R05.median", 0.75: "R05.p75", 0.9: "R05.p90"}
_MEDIAN = 0.5
_TICK = Face(size=12, role="muted", anchor="middle")
_PERCENT = Face(size=12, role="muted", anchor="end")


def tie_reach(here: PageContext) -> Block | None:
    """Return the curve of ties by distance from its quantiles; ``None`` where they are not known."""
    by_share = {share: select_years(here, metric_id) for share, metric_id in _SERIES.items()}
    years = [
        year for year in by_share[_MEDIAN] if all(year in r and r[year].value is not None for r in by_share.values())
    ]
    if not years:
        return None
    rows = {share: found[years[-1]] for share, found in by_share.items()}
    locale = here.locale
    listed = "; ".join(
        locale.text(
            "{share} of ties up to {distance}", share=locale.share(share, decimals=0), distance=_write(locale, row)
        )
        for share, row in rows.items()
    )
    reading = locale.text(
        "Share of the ties that reach no farther than the distance, km as the crow flies; "
        "a partner known by its region only stands at the region's centre."
    )
    return frame_figure(
        here,
        Plate(
            name="tie-reach",
            title=locale.text("Distance of the ties, {year}", year=years[-1]),
            reading=read_rows(here, [reading], tuple(_SERIES.values())),
            alternative=f"{listed}.",
            draw=partial(draw_reach, locale, rows),
            columns=ROW_COLUMNS,
            rows=to_table(rows.values()),
            source_ids=list_sources(rows.values()),
        ),
    )


def _write(locale: Locale, row: MetricResult) -> str:
    return locale.amount(row.value or 0.0, "km", digits=2)


def draw_reach(locale: Locale, rows: Mapping[float, MetricResult], width: float) -> Sheet:
    """Draw the curve through its quantiles, the median marked."""
    sheet = Sheet(width)
    farthest = max(row.value or 0.0 for row in rows.values())
    ticks = choose_ticks(max(farthest, 1.0), 4 if width < 500 else 6)
    height = Scale(0, 1, 200, 14)
    left = measure_text(locale.share(1.0, decimals=0), _PERCENT) + 8
    across = Scale(0, ticks[-1], left, width - 18)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        sheet.polyline([(left, height(share)), (width, height(share))], Ink(edge="grid" if share else "axis"))
        sheet.write(left - 7, height(share) + 4, locale.share(share, decimals=0), _PERCENT)
    for tick in ticks:
        label = locale.amount(tick, "km") if tick == ticks[-1] else locale.number(tick)
        sheet.write_inside(across(tick), height(0) + 17, label, _TICK)
    places = [(across(row.value or 0.0), height(share)) for share, row in rows.items()]
    sheet.polyline([(across(0), height(0)), *places], Ink(edge="accent", width=2.2))
    for (share, row), place in zip(rows.items(), places, strict=True):
        tip = f"{locale.share(share, decimals=0)}: {_write(locale, row)}"
        sheet.mark(place, 3.8, Ink("accent", "paper", 1.0), "circle", tip)
    _mark_median(sheet, locale, rows[_MEDIAN], (across(rows[_MEDIAN].value or 0.0), height))
    return sheet


def _mark_median(sheet: Sheet, locale: Locale, row: MetricResult, place: tuple[float, Scale]) -> None:
    x, height = place
    sheet.polyline([(x, height(0)), (x, height(_MEDIAN))], Ink(edge="ink", width=1.2, dash=(3, 2)))
    sheet.mark((x, height(_MEDIAN)), 5, Ink("ink", "paper", 1.2), "circle")
    median = locale.text("median: {distance}", distance=_write(locale, row))
    room = sheet.width - x - 10 >= measure_text(median, STRONG)
    face = STRONG if room else Face(weight=600, anchor="end")
    sheet.write(x + 9 if room else x - 9, height(_MEDIAN) + 18, median, face)
