"""How far ties reach: the share of ties up to each distance, and the median."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from zonebook.metrics.geography import median_distance
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.cooperation import find_ties
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.reach import tie_reach
from zonebook.page.figures.scale import Scale, choose_ticks
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import STRONG, Face, Ink
from zonebook.page.locale import Locale

_FEWEST = 5  # distances: fewer ties make no distribution
_TICK = Face(size=12, role="muted", anchor="middle")
_PERCENT = Face(size=12, role="muted", anchor="end")


@dataclass(frozen=True, slots=True)
class Reach:
    """Distances of ties, shortest first, in km, and their median."""

    lengths: tuple[float, ...]
    median: float
    left_out: int


def tie_distances(here: PageContext) -> Block | None:
    """Return the curve of ties by distance; ``None`` for fewer than five ties with places at both ends.

    Of a register's many ties only the quantiles are drawn: single distances may tell who is tied to whom.
    """
    from_rows = tie_reach(here)
    if from_rows is not None:
        return from_rows
    ties = find_ties(here)
    rows = ties.actual[ties.find_reported(ties.actual)]
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
