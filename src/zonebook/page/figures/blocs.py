"""The shares of the blocs in export destinations: one bar of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.quality import round_preserving_sum
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.bloc_columns import list_bloc_stacks
from zonebook.page.figures.destinations import (
    COLUMNS,
    GROUPS,
    Destination,
    choose_destinations,
    describe,
    name_group,
    to_table,
)
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, STRONG, Face, Ink
from zonebook.page.locale import Locale

_FEWEST = 3  # shares of fewer countries say nothing


def blocs(here: PageContext) -> Block | None:
    """Return the figure of the blocs' shares among the export destinations; ``None`` for fewer than three countries.

    Shares by value of several years are a figure of their own.
    """
    if list_bloc_stacks(here):
        return None
    found = choose_destinations(here)
    # Shares of a whole of which a part is withheld would be wrong, or give that part back.
    known = found if all(d.value is not None or not d.unit for d in found) else ()
    if len(known) < _FEWEST:
        return None
    locale = here.locale
    by_value = bool(known[0].unit)
    reading = (
        locale.text("Share of exports by value.")
        if by_value
        else locale.text(
            "Share in the number of countries, not in the value of exports: values by country are not known."
        )
    )
    reading += " " + locale.text("The groups do not overlap: a country stands in the first one it belongs to.")
    return frame_figure(
        here,
        Plate(
            name="blocs",
            title=locale.text("Blocs among the export destinations"),
            reading=reading,
            alternative=describe(locale, known),
            draw=partial(draw_blocs, locale, known),
            columns=COLUMNS,
            rows=to_table(known),
            source_ids=tuple(dict.fromkeys(source for d in known for source in d.source_ids)),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A bloc's part of the whole, with the share as it is printed: the printed shares add up to 100%."""

    name: str
    role: str
    countries: tuple[str, ...]
    share: float
    printed: str


def _divide(locale: Locale, found: Sequence[Destination]) -> tuple[_Part, ...]:
    weights = [sum((d.value or 0.0) if d.unit else 1.0 for d in found if d.group == code) for code, _, _ in GROUPS]
    whole = sum(weights) or 1.0
    rounded = round_preserving_sum([weight / whole * 100 for weight in weights], 0)
    return tuple(
        _Part(
            name=name_group(locale, code),
            role=role,
            countries=tuple(d.name for d in found if d.group == code),
            share=weight / whole,
            printed=locale.share(percent / 100, decimals=0),
        )
        for (code, role, _), weight, percent in zip(GROUPS, weights, rounded, strict=True)
        if any(d.group == code for d in found)
    )


def draw_blocs(locale: Locale, found: Sequence[Destination], width: float) -> Sheet:
    """Draw one bar of the whole divided by group, and under it a line a group with its countries."""
    sheet = Sheet(width)
    parts = _divide(locale, found)
    x, height = 0.0, 36.0
    for part in parts:
        sheet.box((x, 2), (part.share * width, height), Ink(part.role, "paper", 1.5), f"{part.name}: {part.printed}")
        role = "on-accent" if part.role in ("eaeu", "cis") else "on-bright"
        if part.share * width > measure_text(part.printed, STRONG) + 8:
            face = Face(size=14, weight=600, anchor="middle", role=role)
            sheet.write(x + part.share * width / 2, 2 + height / 2 + 5, part.printed, face)
        x += part.share * width
    y = height + 10
    for part in parts:
        sheet.box((0, y + 4), (12, 12), Ink(part.role))
        counted = locale.plural("{n} country", "{n} countries", len(part.countries))
        y = sheet.write_wrapped(20, y + 14, f"{part.name}: {counted}, {part.printed}", width - 20, STRONG)
        y = sheet.write_wrapped(20, y, ", ".join(part.countries), width - 20, NOTE) - 7
    return sheet
