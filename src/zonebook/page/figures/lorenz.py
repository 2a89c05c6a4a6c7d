"""How unevenly exports are spread over countries: the Lorenz curve by fifths of the destinations, with HHI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, STRONG, Face, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, read_rows, select_years, to_table, write_value
from zonebook.page.locale import Locale

_PERCENTS = (20, 40, 60, 80)
_TICK = Face(size=12, role="muted", anchor="middle")
_SIDE = Face(size=12, role="muted", anchor="end")
_CURVE = Ink(edge="accent", width=2.6)
_EQUAL = Ink(edge="axis", width=1.2, dash=(4, 3))


@dataclass(frozen=True, slots=True)
class Spread:
    """The curve's points by the percentage of destinations, and the indices beside it."""

    year: int
    points: Mapping[int, MetricResult]
    hhi: MetricResult | None
    normalised: MetricResult | None

    @property
    def largest(self) -> float:
        """What the fifth of the destinations with the most takes."""
        return 1 - (self.points[_PERCENTS[-1]].value or 0.0)


def lorenz_curve(here: PageContext) -> Block | None:
    """Return the Lorenz curve of destinations in the latest year; ``None`` for fewer than ten of them."""
    by_percent = {percent: select_years(here, f"X07.lorenz_{percent}") for percent in _PERCENTS}
    years = [year for year, row in by_percent[_PERCENTS[0]].items() if row.value is not None]
    if not years:
        return None
    year, locale = years[-1], here.locale
    points = {percent: rows[year] for percent, rows in by_percent.items()}
    spread = Spread(year, points, *(select_years(here, name).get(year) for name in ("X07", "X07.normalised")))
    rows = [*points.values(), *(row for row in (spread.hhi, spread.normalised) if row is not None)]
    reading = locale.text(
        "Destinations from the smallest to the largest, and the share of exports they take together; "
        "on the dashed line all would take the same."
    )
    return frame_figure(
        here,
        Plate(
            name="lorenz-curve",
            title=locale.text("How exports are spread over countries, {year}", year=year),
            reading=read_rows(here, [reading], ("X07", "X07.normalised", "X07.lorenz_80")),
            alternative=" ".join((_say_largest(locale, spread), *_say_indices(locale, spread))),
            draw=partial(draw_lorenz, locale, spread),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def _say_largest(locale: Locale, spread: Spread) -> str:
    share = locale.share(spread.largest, decimals=0)
    return locale.text("The fifth of the countries with the most takes {share} of exports.", share=share)


def _say_indices(locale: Locale, spread: Spread) -> list[str]:
    said = []
    if spread.hhi is not None:
        said.append(locale.text("Herfindahl index: {value}.", value=write_value(locale, spread.hhi, 2)))
    if spread.normalised is not None:
        value = write_value(locale, spread.normalised, 2)
        said.append(locale.text("Normalised from 0 to 1: {value}.", value=value))
    return said


def draw_lorenz(locale: Locale, spread: Spread, width: float) -> Sheet:
    """Draw the curve in a square, and the finding beside it, or under it where there is no room."""
    sheet = Sheet(width)
    side = min(width - 44, 250.0)
    across, height = Scale(0, 1, 40, 40 + side), Scale(0, 1, side + 10, 10)
    for percent in (0, *_PERCENTS, 100):
        at = percent / 100
        sheet.polyline([(across(0), height(at)), (across(1), height(at))], Ink(edge="grid" if percent else "axis"))
        sheet.write(across(0) - 6, height(at) + 4, locale.share(at, decimals=0), _SIDE)
        sheet.write_inside(across(at), height(0) + 17, locale.share(at, decimals=0), _TICK)
    sheet.polyline([(across(0), height(0)), (across(1), height(1))], _EQUAL)
    found = {0: 0.0, **{percent: row.value or 0.0 for percent, row in spread.points.items()}, 100: 1.0}
    places = [(across(percent / 100), height(part)) for percent, part in found.items()]
    sheet.polyline(places, _CURVE)
    for percent, place in zip(found, places, strict=True):
        tip = f"{locale.share(percent / 100, decimals=0)}: {locale.share(found[percent])}"
        sheet.mark(place, 3.6, Ink("accent", "paper", 1.0), "circle", tip)
    is_beside = width - across(1) > 200
    left, y = (across(1) + 30, 60.0) if is_beside else (0.0, height(0) + 42)
    y = sheet.write_wrapped(left, y, _say_largest(locale, spread), width - left, STRONG)
    for sentence in _say_indices(locale, spread):
        y = sheet.write_wrapped(left, y + 4, sentence, width - left, NOTE)
    entries = [Entry(locale.text("countries"), _CURVE, "line"), Entry(locale.text("all the same"), _EQUAL, "line")]
    draw_key(sheet, sheet.bottom + 4, entries)
    return sheet
