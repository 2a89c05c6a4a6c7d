"""Exports by year: a column a figure, full years apart from parts of a year."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.columns import Panel, draw_panels
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.series import (
    POINT_COLUMNS,
    Point,
    choose_points,
    group_points,
    list_sources,
    to_table,
    write_figure,
)
from zonebook.page.locale import Locale
from zonebook.page.tables.layout import capitalise

_INDICATORS = ("export_rub", "export_usd")


def exports(here: PageContext) -> Block | None:
    """Return the figure of a zone's exports by year; ``None`` where none are reported.

    Every reported figure is a column of its own, also where sources disagree. Full years and parts
    of a year stand in panels of their own, on one scale; years without a figure keep their place.
    """
    for indicator in _INDICATORS:
        points = tuple(p for p in choose_points(here, here.id, indicator) if not p.cumulative)
        if points:
            return frame_figure(here, _plate(here, points))
    return None


def _plate(here: PageContext, points: tuple[Point, ...]) -> Plate:
    locale = here.locale
    panels = _panels(locale, points)
    sentences = [
        locale.text("Exports in {unit}, a column for each reported figure.", unit=locale.label("unit", points[0].unit))
    ]
    if any(point.is_part_year for point in points):
        sentences.append(locale.text("Parts of a year are hatched and not comparable with full years."))
    if not all(point.interval.is_exact for point in points):
        sentences.append(locale.text("The stroke spans the values that “over” (with an arrow) and “about” allow."))
    if any(not found for panel in panels for _, found in panel.slots):
        sentences.append(locale.text("… : no figure was found for that year."))
    return Plate(
        name="exports",
        title=locale.text("Exports by year"),
        reading=" ".join(sentences),
        alternative=_describe(locale, points),
        draw=partial(draw_panels, locale, panels),
        columns=POINT_COLUMNS,
        rows=to_table(points),
        source_ids=list_sources(points),
    )


def _panels(locale: Locale, points: tuple[Point, ...]) -> tuple[Panel, ...]:
    unit = locale.label("unit", points[0].unit)
    panels = []
    for (period, _), found in group_points(points).items():
        years = {year: tuple(group) for year, group in groupby(found, key=lambda point: point.year)}
        slots = tuple((year, years.get(year, ())) for year in range(min(years), max(years) + 1))
        title = ", ".join(part for part in (capitalise(locale.label("period", period)), unit) if part)
        panels.append(Panel(title, slots))
    return tuple(panels)


def _describe(locale: Locale, points: tuple[Point, ...]) -> str:
    """Say each panel's figures, and the largest full year first."""
    sentences = []
    full = [point for point in points if point.period == "FY"]
    if full:
        top = max(full, key=lambda point: point.interval.value)
        sentences.append(
            locale.text("Largest for a full year: {figure}, {year}.", figure=write_figure(locale, top), year=top.year)
        )
    for (period, _), found in group_points(points).items():
        listed = "; ".join(f"{point.year}: {write_figure(locale, point)}" for point in found)
        sentences.append(f"{capitalise(locale.label('period', period))}: {listed}.")
    return " ".join(sentences)
