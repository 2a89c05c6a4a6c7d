"""The three levels of cooperation: reported ties by level and status, and how far the ties reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from zonebook.metrics.geography import median_distance
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.cooperation import STATUSES, choose_links, find_ties, list_sources, write_bound
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.scale import Scale, choose_ticks
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
_FEWEST = 5  # distances: fewer ties make no distribution
_TICK = Face(size=12, role="muted", anchor="middle")
_PERCENT = Face(size=12, role="muted", anchor="end")


def ties_by_level(here: PageContext) -> Block | None:
    """Return the figure of ties by level and status; ``None`` where there are none."""
    links = choose_links(here)
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
                    None, [locale.text("Number of ties; measures of support are left out."), write_bound(locale, links)]
                )
            ),
            alternative=alternative,
            draw=partial(draw_levels, locale, counts),
            columns=("level", *STATUSES),
            rows=tuple((level, *(counts[level][status] for status in STATUSES)) for level in counts),
            source_ids=list_sources(link for link in links if link.level in counts),
        ),
    )


def _level_name(locale: Locale, level: str) -> str:
    return capitalise(locale.label("tie.level", level))


def _write_counts(locale: Locale, counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{locale.label('tie.status', status)} – {counts[status]}" for status in STATUSES if counts.get(status)
    )


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
                tip = f"{_level_name(locale, level)}, {locale.label('tie.status', status)}: {number}"
                sheet.box((x + inset, y + 20 + inset), size, ink, tip)
                x += scale(number)
        entries = [
            Entry(f"{locale.label('tie.status', status)} – {found[status]}", _INKS[status])
            for status in STATUSES
            if found.get(status)
        ]
        y = draw_key(sheet, y + 22 + _BAR, entries) + 12
    return sheet


@dataclass(frozen=True, slots=True)
class Reach:
    """Distances of ties, shortest first, in km, and their median."""

    lengths: tuple[float, ...]
    median: float
    left_out: int


def tie_distances(here: PageContext) -> Block | None:
    """Return the curve of ties by distance; ``None`` for fewer than five ties with places at both ends."""
    ties = find_ties(here)
    rows = ties.actual
    if rows.empty:
        return None
    km = ties.distances["km"].reindex(rows.index).to_numpy()
    located = np.isfinite(km)
    lengths = tuple(sorted(float(length) for length in km[located]))
    if len(lengths) < _FEWEST:
        return None
    reach = Reach(lengths, median_distance(lengths) or 0.0, int((~located).sum()))
    locale = here.locale
    sources = rows.loc[located, "source_id"].dropna().astype(str)
    return frame_figure(
        here,
        Plate(
            name="tie-distances",
            title=locale.text("Distance of the ties"),
            reading=_read_reach(locale, reach),
            alternative=_describe_reach(locale, reach),
            draw=partial(draw_distances, locale, reach),
            columns=("ties_up_to", "km"),
            rows=tuple((index, round(length, 1)) for index, length in enumerate(lengths, start=1)),
            source_ids=tuple(dict.fromkeys(sources)),
        ),
    )


def _read_reach(locale: Locale, reach: Reach) -> str:
    sentences = [
        locale.text(
            "Share of the ties that reach no farther than the distance, km as the crow flies; "
            "a partner known by its region only stands at the region's centre."
        )
    ]
    if reach.left_out:
        sentences.append(
            locale.plural(
                "{n} tie without a known place is left out.",
                "{n} ties without a known place are left out.",
                reach.left_out,
            )
        )
    return " ".join(sentences)


def _describe_reach(locale: Locale, reach: Reach) -> str:
    return locale.plural(
        "{n} tie has known places: half reach no farther than {median}, the farthest {farthest}.",
        "{n} ties have known places: half reach no farther than {median}, the farthest {farthest}.",
        len(reach.lengths),
        median=locale.amount(reach.median, "km", digits=3),
        farthest=locale.amount(reach.lengths[-1], "km", digits=3),
    )


def draw_distances(locale: Locale, reach: Reach, width: float) -> Sheet:
    """Draw the cumulative share of ties as steps over the distance, the median marked."""
    sheet = Sheet(width)
    ticks = choose_ticks(max(reach.lengths[-1], 1.0), 4 if width < 500 else 6)
    height = Scale(0, 1, 200, 14)
    left = measure_text(locale.share(1.0, decimals=0), _PERCENT) + 8
    across = Scale(0, ticks[-1], left, width - 18)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        sheet.polyline([(left, height(share)), (width, height(share))], Ink(edge="grid" if share else "axis"))
        sheet.write(left - 7, height(share) + 4, locale.share(share, decimals=0), _PERCENT)
    for tick in ticks:
        label = locale.amount(tick, "km") if tick == ticks[-1] else locale.number(tick)
        sheet.write_inside(across(tick), height(0) + 17, label, _TICK)
    _draw_steps(sheet, reach, across, height)
    x = across(reach.median)
    sheet.polyline([(x, height(0)), (x, height(0.5))], Ink(edge="ink", width=1.2, dash=(3, 2)))
    sheet.mark((x, height(0.5)), 4.5, Ink("accent", "paper", 1.2), "circle")
    median = locale.text("median: {distance}", distance=locale.amount(reach.median, "km", digits=3))
    room = sheet.width - x - 10 >= measure_text(median, STRONG)
    face = STRONG if room else Face(weight=600, anchor="end")
    sheet.write(x + 9 if room else x - 9, height(0.5) + 18, median, face)
    return sheet


def _draw_steps(sheet: Sheet, reach: Reach, across: Scale, height: Scale) -> None:
    points: list[tuple[float, float]] = [(across(0), height(0))]
    for index, length in enumerate(reach.lengths, start=1):
        points += [(across(length), points[-1][1]), (across(length), height(index / len(reach.lengths)))]
    points.append((sheet.width, height(1)))
    sheet.polyline(points, Ink(edge="accent", width=2.2))
