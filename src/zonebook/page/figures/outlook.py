"""The way to the targets: figures so far, the path required, and where trend and chance may lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.figures import Figure
from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block, Cell
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import STRONG, Face, Ink
from zonebook.page.followed import read_rows
from zonebook.page.ids import split_ids
from zonebook.page.locale import Locale
from zonebook.page.standing import Standing, list_standings
from zonebook.page.tables.layout import capitalise

BANDS = ("95", "80", "50")
_INKS = {"95": Ink("wash", "accent-soft", 0.8), "80": Ink("accent-soft"), "50": Ink("accent-mid")}
_SCENARIOS = ("required", "trend", "stop")
_STROKES = {
    "required": Ink(edge="ink", width=1.6),
    "trend": Ink(edge="accent", width=1.8, dash=(6, 3)),
    "stop": Ink(edge="axis", width=1.6, dash=(2, 3)),
}
_MOST = 4
_TALL = 130.0
_TICK = Face(size=11, role="muted", anchor="end")
_YEAR = Face(size=11, role="muted", anchor="middle")
_END = Face(size=11.5)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One target: figures so far, scenarios at the target's year, bands by probability and year."""

    name: str
    unit: str
    past: tuple[Figure, ...]
    scenarios: Mapping[str, MetricResult]
    bands: Mapping[str, tuple[MetricResult, ...]]
    source_ids: tuple[str, ...]

    @property
    def rows(self) -> tuple[MetricResult, ...]:
        """All its metric rows."""
        return (*self.scenarios.values(), *(row for rows in self.bands.values() for row in rows))


def target_outlooks(here: PageContext) -> Block | None:
    """Return the fan of each target ahead: bands where five years running are known, else straight scenarios.

    On a country page these are the targets of the country's total.
    """
    owner = here.id if here.scope == "zone" else here.total_id
    found = [one for standing in list_standings(here, owner) if (one := _read(here, standing))][:_MOST] if owner else []
    if not found:
        return None
    locale = here.locale
    is_fan = any(one.bands for one in found)
    sentences = [
        locale.text("Dots are the figures so far; the lines lead to the target's year and have no probability."),
        locale.text("The bands hold what may come with a probability of 50, 80 and 95%, if growth varies as before.")
        if is_fan
        else locale.text("Fewer than five years running are known, so there are no bands."),
    ]
    plate = Plate(
        name="target-outlooks",
        title=locale.text("The way to the targets"),
        reading=read_rows(here, sentences, [one.scenarios["required"].metric_id for one in found]),
        alternative=" ".join(_describe(locale, one) for one in found),
        draw=partial(draw_outlooks, locale, found),
        columns=("metric_id", "year", "value", "lower", "upper", "unit", "source_ids"),
        rows=tuple(_to_cells(row) for one in found for row in one.rows),
        source_ids=tuple(dict.fromkeys(source for one in found for source in one.source_ids)),
    )
    return frame_figure(here, plate)


def _to_cells(row: MetricResult) -> tuple[Cell, ...]:
    return row.metric_id, row.year, row.value, row.lower, row.upper, row.unit, row.source_ids


def _read(here: PageContext, standing: Standing) -> Outlook | None:
    track = standing.track
    series = track.goal.series
    rows = [
        row
        for row in here.rows("T03")
        if here.is_own(row) and row.value is not None and row.series.rpartition(".")[0] == series
    ]
    scenarios = {name: row for name in _SCENARIOS for row in rows if row.series == f"{series}.{name}"}
    if track.is_past or track.now is None or "required" not in scenarios:
        return None
    bands = {band: tuple(row for row in rows if row.series == f"{series}.band{band}") for band in BANDS}
    past = tuple(figure for figure in track.series if figure.year > here.year - 10)
    sources = split_ids([row.source_ids for row in rows])
    name = capitalise(here.indicator(track.goal.indicator))
    return Outlook(name, track.goal.unit, past, scenarios, {b: found for b, found in bands.items() if found}, sources)


def _describe(locale: Locale, one: Outlook) -> str:
    parts = [
        locale.text("{scenario}: {figure}", scenario=locale.label("target.scenario", name), figure=_print(locale, row))
        for name, row in one.scenarios.items()
    ]
    widest = one.bands.get(BANDS[0])
    if widest:
        last = widest[-1]
        wide = locale.bounds(last.lower, last.upper, last.unit)
        parts.append(locale.text("{share} band: {bounds}", share=locale.share(0.95, decimals=0), bounds=wide))
    year = one.scenarios["required"].year
    said = locale.text("{name}, by {year}: {list}", name=one.name, year=year, list="; ".join(parts))
    return said if said.endswith(".") else f"{said}."


def _print(locale: Locale, row: MetricResult) -> str:
    return locale.amount(row.value or 0.0, row.unit, digits=3)


def draw_outlooks(locale: Locale, found: Sequence[Outlook], width: float) -> Sheet:
    """Draw a panel for each target, then the key."""
    sheet = Sheet(width)
    y = 0.0
    for one in found:
        sheet.write(0, y + 14, one.name, STRONG)
        y = _draw_panel(sheet, locale, one, y + 28) + 18
    used = [name for name in _SCENARIOS if any(name in one.scenarios for one in found)]
    entries = [Entry(locale.label("target.scenario", name), _STROKES[name], "line") for name in used]
    entries += [
        Entry(locale.share(int(band) / 100, decimals=0), _INKS[band])
        for band in reversed(BANDS)
        if any(band in one.bands for one in found)
    ]
    draw_key(sheet, y - 10, entries)
    return sheet


def _draw_panel(sheet: Sheet, locale: Locale, one: Outlook, y: float) -> float:
    now = one.past[-1]
    last = max(row.year or now.year for row in one.rows)
    numbers = [figure.value for figure in one.past] + [n for row in one.rows for n in (row.value, row.upper) if n]
    ticks = choose_ticks(max(numbers), 3)
    words = [locale.amount(tick, one.unit, digits=3) for tick in ticks]
    left = max(measure_text(text, _TICK) for text in words) + 8
    ends = {name: _print(locale, row) for name, row in one.scenarios.items()}
    right = sheet.width - max(measure_text(text, _END) for text in ends.values()) - 8
    across = Scale(one.past[0].year, last, left + 6, right - 4)
    up = Scale(0, ticks[-1], y + _TALL, y)
    for tick, text in zip(ticks, words, strict=True):
        sheet.polyline([(left, up(tick)), (right, up(tick))], Ink(edge="grid" if tick else "axis"))
        sheet.write(left - 6, up(tick) + 4, text, _TICK)
    for year in dict.fromkeys((one.past[0].year, now.year, last)):
        sheet.write_inside(across(year), y + _TALL + 15, str(year), _YEAR)
    start = (across(now.year), up(now.value))
    for band, rows in one.bands.items():
        upper = [(across(row.year or last), up(row.upper or 0)) for row in rows]
        lower = [(across(row.year or last), up(row.lower or 0)) for row in reversed(rows)]
        sheet.polyline([start, *upper, *lower], _INKS[band])
    for name, row in one.scenarios.items():
        sheet.polyline([start, (across(row.year or last), up(row.value or 0))], _STROKES[name])
    points = [(across(figure.year), up(figure.value)) for figure in one.past]
    if len(points) > 1:
        sheet.polyline(points, Ink(edge="accent", width=1.4))
    for point, figure in zip(points, one.past, strict=True):
        tip = f"{figure.year}: {locale.figure(figure.value, figure.unit, figure.qualifier)}"
        sheet.mark(point, 3.6, Ink("accent", "paper", 1.0), "circle", tip)
    _write_ends(sheet, [(up(row.value or 0), ends[name]) for name, row in one.scenarios.items()], right + 6)
    return y + _TALL + 20


def _write_ends(sheet: Sheet, ends: Sequence[tuple[float, str]], x: float) -> None:
    """Write the scenarios' ends beside them, moved down where they would touch."""
    last = -1e9
    for y, text in sorted(ends):
        place = max(y + 4, last + 13.5)
        sheet.write(x, place, text, _END)
        last = place
