"""How much of their purchases residents make in the zone: by cluster against the lines of the rule, and by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.parts import find_part, list_parts
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.strips import Axis, Strip, draw_strips
from zonebook.page.figures.style import Ink
from zonebook.page.followed import ROW_COLUMNS, list_sources, select_years, to_table
from zonebook.page.locale import Locale
from zonebook.page.rowlinks import name_rows

# Of all purchases, as firms state them, and of those that the register of ties holds.
_SERIES: Mapping[str, str] = {"zone": "L08", "cluster": "L08"}


def purchases(here: PageContext) -> Block | None:
    """Return the figure of purchases made in the zone; ``None`` without values of ties and totals of purchases."""
    parts = list_parts(here, _SERIES)
    if not parts:
        return None
    words = here.locale
    year = parts[0][1].year
    years = [one for one in select_years(here, "L08") if year is not None and one < year]
    earlier = years[-1] if years else None
    before = [find_part(here, row, "L08", earlier) if earlier else None for _, row in parts]
    strips = [
        replace(_to_strip(words, name, row), earlier=None if old is None else old.value)
        for (name, row), old in zip(parts, before, strict=True)
    ]
    rows = [*(row for _, row in parts), *(row for row in before if row is not None)]
    return frame_figure(
        here,
        Plate(
            name="purchases",
            title=words.text("Purchases made in the zone"),
            reading=words.html(
                "{period}: purchases of residents from residents of the zone as a share of all their purchases. The "
                "lines are those of functional dependence: {line}, in some territories {eased}. {rows}",
                period=words.period(parts[0][1].period, year),
                line=words.share(here.options.settings.dependence),
                eased=words.share(here.options.settings.dependence_eased),
                rows=name_rows(here, rows),
            ),
            alternative=_describe(words, strips, earlier),
            draw=partial(_draw, here, strips, (earlier, year)),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def _to_strip(words: Locale, name: str, row: MetricResult) -> Strip:
    printed = words.share(row.value) if row.value is not None else words.result(row)
    return Strip(name, printed, row.value, is_own=row.scope_type != "cluster")


def _describe(words: Locale, strips: Sequence[Strip], earlier: int | None) -> str:
    said = []
    for strip in strips:
        text = f"{strip.label}: {strip.printed}"
        if strip.earlier is not None:
            text = words.text("{now}, in {year} {before}", now=text, year=earlier, before=words.share(strip.earlier))
        said.append(text)
    return "; ".join(said) + "."


def _draw(here: PageContext, strips: Sequence[Strip], years: tuple[int | None, int | None], width: float) -> Sheet:
    words, settings = here.locale, here.options.settings
    sheet = Sheet(width)
    lines = tuple(
        (value, words.text("line of {share}", share=words.share(value)))
        for value in (settings.dependence_eased, settings.dependence)
    )
    most = max(value for strip in strips for value in (strip.value, strip.earlier, settings.dependence) if value)
    axis = Axis(words.text("Share of all purchases"), words.share, most, lines)
    y = draw_strips(sheet, 0, strips, axis)
    if any(strip.earlier is not None for strip in strips):
        title = words.text("From {first} to {last}", first=years[0], last=years[1])
        known = [one for one in strips if one.value is not None]
        top = max(value for one in known for value in (one.value, one.earlier) if value is not None)
        y = draw_strips(sheet, y + 8, known, Axis(title, words.share, top or 0.01, kind="pair"))
        entries = [
            Entry(str(years[0]), Ink("paper", "axis", 1.4), "circle"),
            Entry(str(years[1]), Ink("muted", "paper", 1.0), "circle"),
        ]
        draw_key(sheet, y, entries)
    return sheet
