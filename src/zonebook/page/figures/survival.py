"""How long exports to a country last: the share of spells still going after each year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import Face, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, read_rows, to_table
from zonebook.page.locale import Locale

_TICK = Face(size=12, role="muted", anchor="middle")
_SIDE = Face(size=12, role="muted", anchor="end")
_LABEL = Face(size=12.5, weight=600, anchor="middle")
_CURVE, _BAND = Ink(edge="accent", width=2.6), Ink("accent-soft")
_HEIGHT = 190.0


def export_survival(here: PageContext) -> Block | None:
    """Return the survival curve of exports to a country; ``None`` where it is not known."""
    rows = _list_years(here)
    if not rows:
        return None
    locale = here.locale
    sentences = [
        locale.text(
            "Share of the spells of exports of a firm to a country that go on after so many years; "
            "spells that began before the first year are left out. The band is the 95% interval."
        ),
        _say_median(here),
    ]
    listed = "; ".join(
        locale.text("{years}: {share}", years=_count_years(locale, year), share=locale.share(row.value, decimals=0))
        for year, row in rows.items()
    )
    return frame_figure(
        here,
        Plate(
            name="export-survival",
            title=locale.text("How long exports to a country last"),
            reading=read_rows(here, sentences, ("X14", "X14.median")),
            alternative=locale.text("Still going after {list}.", list=listed),
            draw=partial(draw_survival, locale, rows),
            columns=("years", *ROW_COLUMNS),
            rows=tuple((year, *cells) for year, cells in zip(rows, to_table(rows.values()), strict=True)),
            source_ids=list_sources(rows.values()),
        ),
    )


def _list_years(here: PageContext) -> dict[int, MetricResult]:
    """Return the share that survives by the year of a spell: the headline is the first."""
    found: dict[int, MetricResult] = {}
    for row in here.rows("X14"):
        number = "1" if not row.series else row.series.removeprefix("y")
        if here.is_own(row) and row.value is not None and number.isdigit():
            found[int(number)] = row
    return {year: found[year] for year in sorted(found)}


def _count_years(locale: Locale, years: int) -> str:
    return locale.plural("{n} year", "{n} years", years)


def _say_median(here: PageContext) -> str:
    row = here.metric("X14.median")
    if row is None or row.value is None:
        return here.locale.text("More than half of the spells go on beyond the years seen.") if row else ""
    return here.locale.text("Half of them end within {years}.", years=_count_years(here.locale, int(row.value)))


def draw_survival(locale: Locale, rows: Mapping[int, MetricResult], width: float) -> Sheet:
    """Draw the curve as steps from all spells at the start, its interval behind it."""
    sheet = Sheet(width)
    last = max(rows)
    across, height = Scale(0, last, 48, min(width - 20, 560)), Scale(0, 1, _HEIGHT, 16)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        ends = [(across(0), height(share)), (across(last), height(share))]
        sheet.polyline(ends, Ink(edge="grid" if share else "axis"))
        sheet.write(across(0) - 7, height(share) + 4, locale.share(share, decimals=0), _SIDE)
    for year in range(last + 1):
        label = _count_years(locale, year) if year == last else locale.number(year)
        sheet.write_inside(across(year), height(0) + 17, label, _TICK)
    for year, row in rows.items():
        if row.lower is not None and row.upper is not None and year < last:
            _draw_band(sheet, (row.lower, row.upper), (across(year), across(year + 1)), height)
    points = [(across(0), height(1.0))]
    for year, row in rows.items():
        points += [(across(year), points[-1][1]), (across(year), height(row.value or 0.0))]
    sheet.polyline(points, _CURVE)
    for year, row in rows.items():
        sheet.write_inside(across(year) + 2, height(row.value or 0) + 17, locale.share(row.value, decimals=0), _LABEL)
    entries = [
        Entry(locale.text("share of spells still going"), _CURVE, "line"),
        Entry(locale.text("95% interval"), _BAND),
    ]
    draw_key(sheet, sheet.bottom + 6, entries)
    return sheet


def _draw_band(sheet: Sheet, bounds: tuple[float, float], span: tuple[float, float], height: Scale) -> None:
    low, high = bounds
    sheet.box((span[0], height(high)), (span[1] - span[0], height(low) - height(high)), _BAND)
