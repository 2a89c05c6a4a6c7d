"""The three levels of cooperation: ties by level and status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.cooperation import STATUSES, Link, choose_links, find_withheld, list_sources, write_bound
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import STRONG, Face, Ink
from zonebook.page.locale import Locale
from zonebook.page.tables.layout import capitalise

LEVELS = ("local", "regional", "international")
_INKS: Mapping[str, Ink] = {
    "actual": Ink("accent"),
    "planned": Ink("accent-soft", "accent", 1.2, hatch="////"),
    "talks": Ink("paper", "accent", 1.2, dash=(3, 2)),
}
_BAR = 20.0


def ties_by_level(here: PageContext) -> Block | None:
    """Return the figure of ties by level and status; ``None`` where there are none."""
    known = choose_links(here)
    hidden = find_withheld(here, known, _name_part, is_total_known=False)
    links = [link for link in known if link.is_reported or _name_part(link) not in hidden]
    counts = {level: Counter(link.status for link in links if link.level == level) for level in LEVELS}
    counts = {level: found for level, found in counts.items() if found}
    if not counts:
        return None
    locale = here.locale
    alternative = " ".join(f"{_level_name(locale, level)}: {_write_counts(locale, counts[level])}." for level in counts)
    return frame_figure(
        here,
        Plate(
            name="ties-by-level",
            title=locale.text("Ties by level"),
            reading=" ".join(
                filter(
                    None,
                    [
                        locale.text("Number of ties; measures of support are left out."),
                        locale.text("Numbers that would tell of few firms are withheld.") if hidden else "",
                        write_bound(locale, links),
                    ],
                )
            ),
            alternative=alternative,
            draw=partial(draw_levels, locale, counts),
            columns=("level", *STATUSES),
            rows=tuple(
                (level, *(None if f"{level} {status}" in hidden else counts[level][status] for status in STATUSES))
                for level in counts
            ),
            source_ids=list_sources(link for link in links if link.level in counts),
        ),
    )


def _name_part(link: Link) -> str:
    return f"{link.level} {link.status}"


def _level_name(locale: Locale, level: str) -> str:
    return capitalise(locale.label("tie.level", level))


def _write_counts(locale: Locale, counts: Mapping[str, int]) -> str:
    return ", ".join(_write_count(locale, status, counts[status]) for status in STATUSES if counts.get(status))


def _write_count(locale: Locale, status: str, count: int) -> str:
    return f"{locale.label('tie.status', status)}: {locale.number(count)}"


def draw_levels(locale: Locale, counts: Mapping[str, Mapping[str, int]], width: float) -> Sheet:
    """Draw a bar for each level, divided by status, with its counts written under it."""
    sheet = Sheet(width)
    most = max(sum(found.values()) for found in counts.values())
    numbers = Face(size=13, weight=600, anchor="end")
    scale = Scale(0, most, 0, width)
    y = 0.0
    for level, found in counts.items():
        sheet.write(0, y + 14, _level_name(locale, level), STRONG)
        sheet.write(width, y + 14, locale.number(sum(found.values())), numbers)
        x = 0.0
        for status in STATUSES:
            number = found.get(status, 0)
            if number:
                ink = _INKS[status]
                inset = 0.6 if ink.edge else 0.0
                size = (scale(number) - 1.5 - inset * 2, _BAR - inset * 2)
                tip = f"{_level_name(locale, level)}, {_write_count(locale, status, number)}"
                sheet.box((x + inset, y + 20 + inset), size, ink, tip)
                x += scale(number)
        entries = [
            Entry(_write_count(locale, status, found[status]), _INKS[status])
            for status in STATUSES
            if found.get(status)
        ]
        y = draw_key(sheet, y + 22 + _BAR, entries) + 12
    return sheet
