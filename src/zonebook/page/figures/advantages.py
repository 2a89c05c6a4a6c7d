"""Products a zone is strong in: the symmetric comparative advantage of each, from −1 to +1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult, Status
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, NOTE, Face, Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, read_rows, to_table
from zonebook.page.locale import Locale
from zonebook.page.products import name_product

_MOST = 24  # products drawn; the table has them all
_TICK = Face(size=12, role="muted", anchor="middle")
_STRONG_DOT, _WEAK_DOT = Ink("accent", "paper", 1.0), Ink("paper", "accent", 1.6)


@dataclass(frozen=True, slots=True)
class Advantage:
    """A product with its symmetric advantage."""

    code: str
    name: str
    value: float


def advantages(here: PageContext) -> Block | None:
    """Return the dots of the products' advantage in the latest year; ``None`` where no product may be shown."""
    rows = [row for row in here.rows("X10") if row.series and here.is_own(row)]
    shown = sorted((row for row in rows if row.value is not None), key=lambda row: (-(row.value or 0), row.series))
    if not shown:
        return None
    locale = here.locale
    found = tuple(Advantage(row.series, name_product(here, row.series), row.value or 0.0) for row in shown)
    sentences = [
        locale.text(
            "Right of the middle the product has a larger share in these exports than in world trade. "
            "Names are those of the chapters; where exports are small, one consignment may decide."
        ),
        _say_withheld(locale, rows),
    ]
    return frame_figure(
        here,
        Plate(
            name="advantages",
            title=locale.text("Comparative advantage by product, {year}", year=shown[0].year),
            reading=read_rows(here, sentences, ("X10", f"X10.{found[0].code}")),
            alternative=" ".join(
                [
                    *(f"{one.name}: {locale.number(one.value, 2)}." for one in found[:_MOST]),
                    _say_withheld(locale, rows),
                ]
            ).strip(),
            draw=partial(draw_advantages, locale, found[:_MOST]),
            columns=("name", *ROW_COLUMNS),
            rows=tuple(
                (name_product(here, row.series), *cells) for row, cells in zip(rows, to_table(rows), strict=True)
            ),
            source_ids=list_sources(shown),
        ),
    )


def _say_withheld(locale: Locale, rows: Sequence[MetricResult]) -> str:
    count = sum(row.status is Status.SUPPRESSED for row in rows)
    if not count:
        return ""
    return locale.plural(
        "{sign}: {n} more product is withheld, too few firms export it.",
        "{sign}: {n} more products are withheld, too few firms export them.",
        count,
        sign=locale.sign("suppressed"),
    )


def draw_advantages(locale: Locale, found: Sequence[Advantage], width: float) -> Sheet:
    """Draw a row for each product, its name beside the line, or above it where there is no room."""
    sheet = Sheet(width)
    is_beside = width > 500
    left = width * 0.44 if is_beside else 0.0
    scale = Scale(-1, 1, left + 16, width - 16)
    y, rows = 22.0, []
    for one in found:
        lines = wrap_text(one.name, (left if is_beside else width) - 8, BODY)
        after = sheet.write_lines(0, y + 14, lines, BODY)
        middle = (y + 14 + after - BODY.leading) / 2 - 4.5 if is_beside else after - 3
        rows.append((one, middle))
        y = after - 6 if is_beside else after + 12
    bottom = y + 4
    for tick in (-1.0, -0.5, 0.0, 0.5, 1.0):
        sheet.write(scale(tick), 14, locale.number(tick), _TICK)
        if is_beside:
            sheet.polyline([(scale(tick), 20), (scale(tick), bottom)], Ink(edge="grid" if tick else "axis"))
    for one, middle in rows:
        if not is_beside:
            sheet.polyline([(scale(-1), middle), (scale(1), middle)], Ink(edge="grid"))
            sheet.polyline([(scale(0), middle - 5), (scale(0), middle + 5)], Ink(edge="axis"))
        _draw_row(sheet, locale, one, (scale, middle))
    labels = (locale.text("weaker than the world"), locale.text("stronger than the world"))
    sheet.write_lines(scale(-1) - 14 if is_beside else 0, sheet.bottom + 18, [labels[0]], NOTE)
    sheet.write(width, sheet.bottom - 0.28 * NOTE.size, labels[1], Face(size=12, role="muted", anchor="end"))
    return sheet


def _draw_row(sheet: Sheet, locale: Locale, one: Advantage, place: tuple[Scale, float]) -> None:
    scale, y = place
    x, printed = scale(one.value), locale.number(one.value, 2)
    ink = _STRONG_DOT if one.value >= 0 else _WEAK_DOT
    sheet.polyline([(scale(0), y), (x, y)], Ink(edge="accent", width=2.0))
    sheet.mark((x, y), 5, ink, "circle", f"{one.name}: {printed}")
    is_left = x + 9 + measure_text(printed, BODY) > sheet.width or one.value < 0
    sheet.write(x - 9 if is_left else x + 9, y + 4.5, printed, Face(weight=600, anchor="end" if is_left else "start"))
