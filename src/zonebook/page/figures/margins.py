"""New markets or more of the same: the change of exports as lost, kept and new flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, NOTE, STRONG, Face, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, read_rows, select_years, to_table
from zonebook.page.locale import Locale

_SERIES = ("X11.lost", "X11.kept", "X11.new", "X11")
_ROW = 40.0
_LEAST_LEFT = 90.0
_NARROW_BELOW, _TALL_ROW = 500.0, 54.0
_GAIN, _LOSS, _WHOLE = Ink("accent"), Ink("paper", "accent", 1.4, hatch="///"), Ink("ink")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the waterfall: its name, how many flows, its signed value and where it begins."""

    name: str
    flows: str
    value: float
    start: float
    unit: str
    is_whole: bool = False


def export_margins(here: PageContext) -> Block | None:
    """Return the waterfall of the latest change of exports; ``None`` where it is not known."""
    by_series = {metric_id: select_years(here, metric_id) for metric_id in _SERIES}
    years = [
        year for year in by_series["X11"] if all(year in r and r[year].value is not None for r in by_series.values())
    ]
    if not years:
        return None
    year, locale = years[-1], here.locale
    rows = {metric_id: found[year] for metric_id, found in by_series.items()}
    counts = {name: select_years(here, f"X11.{name}_count").get(year) for name in ("lost", "kept", "new")}
    steps = _list_steps(locale, rows, counts)
    reading = locale.text(
        "The change against the year before: flows that ended, change of those that went on, new flows. "
        "A flow is what one firm sends of one product to one country."
    )
    drawn = [*rows.values(), *(row for row in counts.values() if row is not None)]
    return frame_figure(
        here,
        Plate(
            name="export-margins",
            title=locale.text("What changed exports in {year}", year=year),
            reading=read_rows(here, [reading], _SERIES),
            alternative=" ".join(f"{step.name}: {_write(locale, step)}." for step in steps),
            draw=partial(draw_margins, locale, steps),
            columns=ROW_COLUMNS,
            rows=to_table(drawn),
            source_ids=list_sources(drawn),
        ),
    )


def _list_steps(
    locale: Locale, rows: dict[str, MetricResult], counts: dict[str, MetricResult | None]
) -> tuple[Step, ...]:
    names = {
        "lost": locale.text("Ended flows"),
        "kept": locale.text("Flows that went on"),
        "new": locale.text("New flows"),
    }
    steps, level = [], 0.0
    for name, words in names.items():
        row, count = rows[f"X11.{name}"], counts[name]
        value = (row.value or 0.0) * (-1 if name == "lost" else 1)
        number = count.value if count is not None else None
        flows = "" if number is None else locale.plural("{n} flow", "{n} flows", int(number))
        steps.append(Step(words, flows, value, level, row.unit))
        level += value
    whole = rows["X11"]
    steps.append(Step(locale.text("Change in all"), "", whole.value or 0.0, 0.0, whole.unit, is_whole=True))
    return tuple(steps)


def _write(locale: Locale, step: Step) -> str:
    return locale.amount(step.value, step.unit, digits=3, signed=True)


def draw_margins(locale: Locale, steps: Sequence[Step], width: float) -> Sheet:
    """Draw a row for each step, each bar where the one before ended, and the sum below.

    Names stand beside the bars, or above them where there is no room.
    """
    sheet = Sheet(width)
    names = [wrap_text(step.name, width * 0.34, BODY) for step in steps]
    left, row, drop = max(_LEAST_LEFT, *(measure_text(line, BODY) for lines in names for line in lines)) + 14, _ROW, 0.0
    if width < _NARROW_BELOW:
        names, left, row, drop = [(_join(step),) for step in steps], 0.0, _TALL_ROW, 22.0
    room = max(measure_text(_write(locale, step), STRONG) for step in steps) + 20
    ends = [end for step in steps for end in (step.start, step.start + step.value)]
    scale = Scale(min(0.0, *ends), max(0.0, *ends), left + (room if min(ends) < 0 else 4), width - room)
    for index, (step, lines) in enumerate(zip(steps, names, strict=True)):
        y = row * index + 8
        after = sheet.write_lines(0, y + 14, lines, STRONG if step.is_whole else BODY)
        if step.flows and not drop:
            sheet.write(0, after - 2, step.flows, NOTE)
        sheet.polyline([(scale(0), y + drop - 4), (scale(0), y + drop + 24)], Ink(edge="axis"))
        _draw_step(sheet, locale, step, (y + drop, scale))
        if not drop and index < len(steps) - 1 and not steps[index + 1].is_whole:
            x = scale(step.start + step.value)
            sheet.polyline([(x, y + drop + 20), (x, y + drop + row)], Ink(edge="axis", dash=(2, 2)))
    return sheet


def _join(step: Step) -> str:
    return f"{step.name}: {step.flows}" if step.flows else step.name


def _draw_step(sheet: Sheet, locale: Locale, step: Step, place: tuple[float, Scale]) -> None:
    y, scale = place
    low, high = sorted((scale(step.start), scale(step.start + step.value)))
    ink = _WHOLE if step.is_whole else _GAIN if step.value >= 0 else _LOSS
    printed = _write(locale, step)
    sheet.box((low, y), (max(high - low, 1.5), 20), ink, f"{step.name}: {printed}")
    if step.value < 0:
        sheet.write(low - 6, y + 14.5, printed, Face(weight=600, anchor="end"))
    else:
        sheet.write(high + 6, y + 14.5, printed, STRONG)
