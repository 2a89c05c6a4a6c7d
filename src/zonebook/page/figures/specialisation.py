"""What a zone is specialised in: location quotients of its industries against the growth of their jobs."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, STRONG, WIDE, Face, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, to_table
from zonebook.page.locale import Locale
from zonebook.page.rowlinks import name_rows

_SERIES = re.compile(r"L12\.([^.]+(?:\.\d+)*)")
_MOST_NAMED = 12
_LARGEST = 26.0
_TICK = Face(size=12, role="muted", anchor="middle")
_SIDE = Face(size=12, role="muted", anchor="end")
_AXIS = Face(weight=600, anchor="end")
_CODE = Face(size=12, weight=600, anchor="middle")


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry with its quotient, the jobs in it and their yearly growth."""

    code: str
    name: str
    quotient: MetricResult
    jobs: MetricResult
    growth: MetricResult


def specialisation(here: PageContext) -> Block | None:
    """Return the figure of industries by quotient, growth and jobs; ``None`` where no industry has all three."""
    found = read_industries(here)
    if not found:
        return None
    words = here.locale
    rows = [row for one in found for row in (one.quotient, one.jobs, one.growth)]
    headline = here.metric("L12")
    return frame_figure(
        here,
        Plate(
            name="specialisation",
            title=words.text("What the zone is specialised in"),
            reading=words.html(
                "{period}: to the right of 1 an industry has a larger share of jobs here than in the country (scale of "
                "powers); above 0 its jobs grow. The area of a circle is the number of jobs. {rows}",
                period=words.period(found[0].quotient.period, found[0].quotient.year),
                rows=name_rows(here, [row for row in (headline, found[0].jobs, found[0].growth) if row]),
            ),
            alternative="; ".join(_describe(words, one) for one in found) + ".",
            draw=partial(_draw, words, found),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def read_industries(here: PageContext) -> tuple[Industry, ...]:
    """Return the industries whose quotient, jobs and growth are known, those with most jobs first."""
    own = [row for row in here.rows("L12") if here.is_own(row)]
    year = max((row.year or 0 for row in own), default=0)
    latest = {row.metric_id: row for row in own if row.year == year and row.value is not None}
    found = []
    for metric_id, row in latest.items():
        match = _SERIES.fullmatch(metric_id)
        jobs, growth = latest.get(f"{metric_id}.jobs"), latest.get(f"{metric_id}.growth")
        if match and row.value and jobs and growth:
            known = here.row("industry", match[1])
            found.append(Industry(match[1], here.locale.name(known) if known else match[1], row, jobs, growth))
    return tuple(sorted(found, key=lambda one: (-(one.jobs.value or 0.0), one.code)))


def _describe(words: Locale, one: Industry) -> str:
    return words.text(
        "{industry}: quotient {quotient}, jobs {jobs}, growth {growth} a year",
        industry=one.name,
        quotient=words.number(one.quotient.value, 3),
        jobs=words.number(one.jobs.value),
        growth=words.share(one.growth.value, signed=True),
    )


def _draw(words: Locale, found: Sequence[Industry], width: float) -> Sheet:
    sheet = Sheet(width)
    sheet.write_wrapped(0, 14, words.text("Growth of jobs, a year"), width, STRONG)
    top = sheet.bottom + 10
    growths = [one.growth.value or 0.0 for one in found]
    ticks = _choose_ticks(min(0.0, *growths), max(0.0, *growths))
    left = max(measure_text(words.share(tick), _SIDE) for tick in ticks) + 8
    height = Scale(ticks[0], ticks[-1], top + (250 if width >= WIDE else 220), top + _LARGEST)
    powers = _choose_powers([one.quotient.value or 1.0 for one in found])
    across = Scale(math.log(powers[0]), math.log(powers[-1]), left + _LARGEST, width - _LARGEST - 2)
    for tick in ticks:
        sheet.polyline([(left, height(tick)), (width, height(tick))], Ink(edge="axis" if tick == 0 else "grid"))
        sheet.write(left - 6, height(tick) + 4, words.share(tick), _SIDE)
    for power in powers:
        x = across(math.log(power))
        ends = [(x, top), (x, height.start + 6)]
        sheet.polyline(ends, Ink(edge="axis" if power == 1 else "grid", width=1.4 if power == 1 else 1.0))
        sheet.write_inside(x, height.start + 20, words.number(power), _TICK)
    sheet.write(width, height.start + 38, words.text("Location quotient"), _AXIS)
    most = max(one.jobs.value or 1.0 for one in found)
    for one in found:
        point = (across(math.log(one.quotient.value or 1.0)), height(one.growth.value or 0.0))
        radius = max(_LARGEST * math.sqrt((one.jobs.value or 0.0) / most), 4.0)
        sheet.mark(point, radius, Ink("accent-soft", "accent", 1.2), "circle", _describe(words, one))
    for one in found[:_MOST_NAMED]:
        point = (across(math.log(one.quotient.value or 1.0)), height(one.growth.value or 0.0))
        sheet.write_inside(point[0], point[1] + 4, one.code, _CODE)
    return _list_names(sheet, words, found[:_MOST_NAMED], height.start + 48)


def _list_names(sheet: Sheet, words: Locale, found: Sequence[Industry], y: float) -> Sheet:
    """Write what the codes in the circles stand for, with the quotient."""
    for one in found:
        code = max(measure_text(one.code, _CODE) + 10, 30.0)
        quotient = words.number(one.quotient.value, 3)
        sheet.write(0, y + 14, one.code, Face(size=12, weight=600))
        lines = wrap_text(f"{one.name} — {quotient}", sheet.width - code, NOTE)
        y = sheet.write_lines(code, y + 14, lines, NOTE) - 14 + 2
    return sheet


def _choose_ticks(low: float, high: float) -> list[float]:
    """Return round growth rates from below the lowest to above the highest, zero among them."""
    step = choose_ticks(max(high - low, 0.01), 4)[1]
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 10) for place in range(first, max(last, first + 1) + 1)]


def _choose_powers(quotients: Sequence[float]) -> list[float]:
    """Return powers of 2 that all quotients lie between, 1 among them; of a wide range every second or third."""
    low = min(0, math.floor(math.log2(min(quotients))))
    high = max(1, math.ceil(math.log2(max(quotients))))
    step = math.ceil((high - low) / 6)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [2.0 ** (step * place) for place in range(first, last + 1)]
