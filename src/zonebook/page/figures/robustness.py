"""What is left of the network when the largest leave, against the loss of as many at random."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import STRONG, WIDE, Face, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, to_table
from zonebook.page.locale import Locale
from zonebook.page.rowlinks import name_rows

_STEP = re.compile(r"L20\.(random_|turnover_)?s(\d+)")
_INKS: Mapping[str, Ink] = {
    "": Ink(edge="accent", width=2.4),
    "turnover_": Ink(edge="eaeu", width=2.0, dash=(6, 3)),
    "random_": Ink(edge="axis", width=1.4),
}
_SHAPES = {"": "circle", "turnover_": "square", "random_": "bar"}
_TICK = Face(size=12, role="muted", anchor="middle")
_SIDE = Face(size=12, role="muted", anchor="end")


@dataclass(frozen=True, slots=True)
class Loss:
    """What is left of the giant component after so many have left, in each order: rows by number lost."""

    whole: MetricResult
    steps: Mapping[str, Mapping[int, MetricResult]]

    @property
    def rows(self) -> tuple[MetricResult, ...]:
        """All rows drawn."""
        return (self.whole, *(row for found in self.steps.values() for row in found.values()))


def robustness(here: PageContext) -> Block | None:
    """Return the figure of the network's loss of its largest; ``None`` without a register of ties."""
    loss = read_loss(here)
    if loss is None:
        return None
    words = here.locale
    first = [next(iter(found.values())) for found in loss.steps.values()]
    return frame_figure(
        here,
        Plate(
            name="robustness",
            title=words.text("What is left if the largest leave"),
            reading=words.html(
                "{period}: residents of the giant component as a share of all residents of today, after as many have "
                "left as the scale below says. The band holds nine in ten of the draws in which they leave at random. "
                "{rows}",
                period=words.period(loss.whole.period, loss.whole.year),
                rows=name_rows(here, [loss.whole, *first]),
            ),
            alternative=_describe(words, loss),
            draw=partial(_draw, words, loss),
            columns=ROW_COLUMNS,
            rows=to_table(loss.rows),
            source_ids=list_sources(loss.rows),
        ),
    )


def read_loss(here: PageContext) -> Loss | None:
    """Return the rows of the loss of residents in the register's last year; ``None`` where there are none."""
    whole = here.metric("L05")
    if whole is None or whole.value is None:
        return None
    found: dict[str, dict[int, MetricResult]] = {"": {}, "turnover_": {}, "random_": {}}
    for row in here.rows("L20"):
        match = _STEP.fullmatch(row.metric_id)
        if match and here.is_own(row) and row.year == whole.year and row.value is not None:
            found[match[1] or ""][int(match[2])] = row
    steps = {order: dict(sorted(rows.items())) for order, rows in found.items() if rows}
    return Loss(whole, steps) if "" in steps else None


def name_order(words: Locale, order: str) -> str:
    """Return what an order of leaving is called."""
    names = {
        "": words.text("those with most partners leave"),
        "turnover_": words.text("those of the largest turnover leave"),
        "random_": words.text("residents leave at random"),
    }
    return names[order]


def _describe(words: Locale, loss: Loss) -> str:
    said = [words.text("Today: {share}.", share=words.share(loss.whole.value))]
    for order, found in loss.steps.items():
        steps = "; ".join(f"{number} — {words.result(row)}" for number, row in found.items())
        said.append(words.text("If {order}: {steps}.", order=name_order(words, order), steps=steps))
    return " ".join(said)


def _draw(words: Locale, loss: Loss, width: float) -> Sheet:
    sheet = Sheet(width)
    shares = [bound for row in loss.rows for bound in (row.value, row.upper) if bound is not None]
    ticks = _choose_ticks(min(shares), max(shares))
    numbers = sorted({number for found in loss.steps.values() for number in found})
    sheet.write_wrapped(0, 14, words.text("Giant component, share of residents"), width, STRONG)
    left = max(measure_text(words.share(tick), _SIDE) for tick in ticks) + 10
    top = sheet.bottom + 12
    height = Scale(ticks[0], ticks[-1], top + (190 if width >= WIDE else 160), top)
    across = Scale(0.0, float(numbers[-1]), left, width - 62)
    for tick in ticks:
        ink = Ink(edge="axis" if tick == ticks[0] else "grid")
        sheet.polyline([(left, height(tick)), (width - 56, height(tick))], ink)
        sheet.write(left - 6, height(tick) + 4, words.share(tick), _SIDE)
    for number in (0, *numbers):
        sheet.write(across(number), height.start + 17, words.number(number), _TICK)
    sheet.write_wrapped(left, height.start + 35, words.text("Residents that have left"), width - left, Face(size=12))
    _draw_band(sheet, loss, across, height)
    for order in sorted(loss.steps, key=lambda one: one == ""):
        _draw_line(sheet, loss, order, (across, height))
    last = list(loss.steps[""].values())[-1]
    label = words.share(last.value, decimals=0)
    sheet.write(across(numbers[-1]) + 9, height(last.value or 0.0) + 4, label, Face(size=13, weight=600))
    entries = [Entry(name_order(words, order), _INKS[order], "line") for order in loss.steps]
    draw_key(sheet, sheet.bottom + 6, entries)
    return sheet


def _choose_ticks(low: float, high: float) -> list[float]:
    """Return round shares from below the lowest to above the highest; a line needs no zero to be read."""
    step = choose_ticks(max(high - low, 0.02), 3)[1]
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(step * place, 10) for place in range(first, last + 1)]


def _draw_band(sheet: Sheet, loss: Loss, across: Scale, height: Scale) -> None:
    """Draw between which shares nine in ten random losses end."""
    found = loss.steps.get("random_", {})
    known = [(n, row.lower, row.upper) for n, row in found.items() if row.lower is not None and row.upper is not None]
    if not known:
        return
    start = (across(0), height(loss.whole.value or 0.0))
    upper = [(across(n), height(high)) for n, _, high in known if high is not None]
    lower = [(across(n), height(low)) for n, low, _ in reversed(known) if low is not None]
    sheet.polyline([start, *upper, *lower], Ink("grid"))


def _draw_line(sheet: Sheet, loss: Loss, order: str, scales: tuple[Scale, Scale]) -> None:
    """Draw the shares left in one order, from all residents on."""
    across, height = scales
    points = [(across(0), height(loss.whole.value or 0.0))]
    points += [(across(n), height(row.value or 0.0)) for n, row in loss.steps[order].items()]
    sheet.polyline(points, _INKS[order])
    sheet.marks(points[1:], 3.6, Ink(_INKS[order].edge, "paper", 0.8), _SHAPES[order])
