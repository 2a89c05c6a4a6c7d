"""The cooperation index: the profile of its levels with the interval, for a zone and for all zones side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.dots import Axis, Dot, draw_dots
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text, wrap_text
from zonebook.page.figures.scale import Scale
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import NOTE, Face, Ink
from zonebook.page.followed import read_rows
from zonebook.page.ids import split_ids
from zonebook.page.locale import Locale
from zonebook.page.tables.layout import capitalise

LEVELS = ("local", "regional", "international")
MOST_ZONES = 150  # of more those at both ends are drawn
_FULL = 100.0
_COLUMNS = ("scope_id", "series", "year", "value", "lower", "upper", "status", "evidence", "source_ids")
_AXIS = Axis(0.0, _FULL, tuple((float(tick), str(tick)) for tick in (0, 25, 50, 75, 100)), base=0.0)
_CELL_GAP = 18.0
_BAR = 13.0
_Ranked = TypeVar("_Ranked")


def index_profile(here: PageContext) -> Block | None:
    """Return the zone's score of each level with its interval beside the index; ``None`` without a scored level.

    A reported figure is no part of the index: a page of reported figures has no such figure.
    """
    rows = _read_levels(here, here.id)
    if not any(row.value is not None for row in rows.values()):
        return None
    locale, index = here.locale, here.metric("C05")
    latest = max(row.year or 0 for row in rows.values())
    dots = [_read_score(locale, _name(locale, level), rows.get(level), is_own=False) for level in LEVELS]
    if index is not None:
        dots.append(_read_score(locale, locale.text("Cooperation index"), index))
    shown = [row for row in (*rows.values(), index) if row is not None]
    sentences = [
        locale.text("Points from 0 to 100 on fixed scales, {year}; the stroke is the interval.", year=latest),
        locale.text("The index is the geometric mean of the levels: a weak level is not made up for by a strong one."),
    ]
    plate = Plate(
        name="index-profile",
        title=locale.text("Cooperation index and its levels"),
        reading=read_rows(here, sentences, [row.metric_id for row in shown]),
        alternative=" ".join(f"{dot.name}: {dot.printed}." for dot in dots),
        draw=partial(_draw_profile, dots),
        columns=_COLUMNS,
        rows=tuple(map(_to_cells, shown)),
        source_ids=split_ids([row.source_ids for row in shown]),
    )
    return frame_figure(here, plate)


def _read_levels(here: PageContext, zone_id: str) -> Mapping[str, MetricResult]:
    """Return the latest row of each level of a zone."""
    found = {level: here.metric(f"C05.{level}", scope_id=zone_id) for level in LEVELS}
    return {level: row for level, row in found.items() if row is not None}


def _name(locale: Locale, level: str) -> str:
    return capitalise(locale.label("tie.level", level))


def _read_score(locale: Locale, name: str, row: MetricResult | None, *, is_own: bool = True) -> Dot:
    """Return a score in whole points: its interval is wider than what a decimal would say."""
    if row is None or row.value is None:
        return Dot(name, locale.result(row), is_own=is_own)
    return Dot(name, locale.number(row.value, 2), row.value, row.lower, row.upper, is_own)


def _to_cells(row: MetricResult) -> tuple[str | int | float | None, ...]:
    return (
        row.scope_id,
        row.series,
        row.year,
        row.value,
        row.lower,
        row.upper,
        row.status.value,
        row.evidence.value,
        row.source_ids,
    )


def _draw_profile(dots: Sequence[Dot], width: float) -> Sheet:
    sheet = Sheet(width)
    draw_dots(sheet, 0, dots, _AXIS)
    return sheet


@dataclass(frozen=True, slots=True)
class Profile:
    """A zone's small panel: its name and its levels."""

    name: str
    levels: tuple[Dot, ...]


def index_by_zone(here: PageContext) -> Block | None:
    """Return the levels of every zone as small panels of one scale; ``None`` without scores.

    Of more zones than can be drawn those with the highest and the lowest index are, if enough have one to choose by.
    """
    locale = here.locale
    by_zone = _gather(here)
    known = [zone_id for zone_id in here.zone_ids if any(row.value is not None for row in by_zone[zone_id].values())]
    drawn, order = _choose(locale, known, by_zone)
    if not drawn:
        return None
    rows = [row for zone_id in known for row in by_zone[zone_id].values()]
    profiles = [_read_profile(here, zone_id, by_zone[zone_id]) for zone_id in drawn]
    plate = Plate(
        name="index-by-zone",
        title=locale.text("Levels of cooperation, zone by zone"),
        reading=order,
        alternative=" ".join(
            f"{one.name}: {'; '.join(f'{dot.name} {dot.printed}' for dot in one.levels)}." for one in profiles
        ),
        draw=partial(draw_small_multiples, profiles),
        columns=_COLUMNS,
        rows=tuple(map(_to_cells, rows)),
        source_ids=split_ids([row.source_ids for row in rows]),
    )
    return frame_figure(here, plate)


def _choose(
    locale: Locale, known: Sequence[str], by_zone: Mapping[str, Mapping[str, MetricResult]]
) -> tuple[Sequence[str], str]:
    """Return the zones that are drawn and how to read them."""
    if len(known) <= MOST_ZONES:
        return known, locale.text(
            "Points from 0 to 100 on fixed scales, the same in every panel; the stroke is the interval. Zones stand in "
            "alphabetical order; a hatched level has too few figures for a score."
        )
    scores = {zone_id: by_zone[zone_id][""].value for zone_id in known if "" in by_zone[zone_id]}
    ranked = sorted((one for one in known if scores.get(one) is not None), key=lambda one: -(scores[one] or 0.0))
    if len(ranked) <= MOST_ZONES:
        return ranked, locale.text(
            "Points from 0 to 100 on fixed scales, the same in every panel; the stroke is the interval. Drawn are the "
            "zones that have an index, the highest first; the table has all."
        )
    return take_ends(ranked), locale.text(
        "Points from 0 to 100 on fixed scales, the same in every panel; the stroke is the interval. Drawn are the {n} "
        "zones with the highest index, then the {n} with the lowest, of {total}; the table has all.",
        n=locale.number(MOST_ZONES // 2),
        total=locale.number(len(ranked)),
    )


def take_ends(ranked: Sequence[_Ranked]) -> Sequence[_Ranked]:
    """Return what is ranked where all can be drawn, else the first and the last."""
    half = MOST_ZONES // 2
    return ranked if len(ranked) <= MOST_ZONES else [*ranked[:half], *ranked[-half:]]


def _gather(here: PageContext) -> Mapping[str, Mapping[str, MetricResult]]:
    """Return the latest row of the index and of each level of every zone, read in one pass."""
    found: dict[str, dict[str, MetricResult]] = {zone_id: {} for zone_id in here.zone_ids}
    for row in here.rows("C05"):
        if row.scope_type == "zone" and row.series in ("", *LEVELS) and row.scope_id in found:
            of_zone = found[row.scope_id]
            held = of_zone.get(row.series)
            if held is None or _rank(row) > _rank(held):
                of_zone[row.series] = row
    return found


def _rank(row: MetricResult) -> tuple[bool, int]:
    return row.value is not None, row.year or 0


def _read_profile(here: PageContext, zone_id: str, rows: Mapping[str, MetricResult]) -> Profile:
    locale = here.locale
    dots = tuple(_read_score(locale, _name(locale, level), rows.get(level)) for level in LEVELS)
    return Profile(here.named("zone", zone_id), dots)


def draw_small_multiples(profiles: Sequence[Profile], width: float) -> Sheet:
    """Draw a panel for each zone, three side by side on a desk and one on a phone."""
    sheet = Sheet(width)
    columns = 3 if width > 500 else 1
    cell = (width - _CELL_GAP * (columns - 1)) / columns
    y = 0.0
    for start in range(0, len(profiles), columns):
        line = profiles[start : start + columns]
        names = [wrap_text(one.name, cell, NOTE) for one in line]
        tall = max(map(len, names)) * NOTE.leading
        for index, (one, lines) in enumerate(zip(line, names, strict=True)):
            x = index * (cell + _CELL_GAP)
            sheet.write_lines(x, y + 12, lines, Face(size=12, weight=600))
            _draw_levels(sheet, one, (x, y + tall + 4), cell)
        y += tall + len(LEVELS) * (_BAR + 4) + 20
    return sheet


def _draw_levels(sheet: Sheet, one: Profile, corner: tuple[float, float], width: float) -> None:
    x, y = corner
    names = Face(size=11, role="muted")
    left = x + max(measure_text(dot.name, names) for dot in one.levels) + 8
    right = x + width - max(measure_text(dot.printed, names) for dot in one.levels) - 8
    scale = Scale(0, _FULL, left, max(right, left + 30))
    for dot in one.levels:
        sheet.write(x, y + 10, dot.name, names)
        sheet.write(x + width, y + 10, dot.printed, Face(size=11, anchor="end"))
        sheet.box((left, y + 1), (scale(_FULL) - left, _BAR - 2), Ink("wash"))
        if dot.value is None:
            sheet.box((left, y + 1), (scale(_FULL) - left, _BAR - 2), Ink("paper", "axis", 0.8, hatch="////"))
        else:
            tip = f"{one.name}, {dot.name}: {dot.printed}"
            sheet.box((left, y + 1), (max(scale(dot.value) - left, 0.6), _BAR - 2), Ink("accent"), tip)
        if dot.upper is not None and dot.lower is not None and dot.upper > dot.lower:
            ends = [(scale(dot.lower), y + _BAR / 2), (scale(dot.upper), y + _BAR / 2)]
            sheet.polyline(ends, Ink(edge="ink", width=1.4))
        y += _BAR + 4
