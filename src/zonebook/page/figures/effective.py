"""How many partners there really are: the number and the effective numbers of regions and countries by year."""

from __future__ import annotations

from functools import partial

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lines import Curve, draw_lines
from zonebook.page.followed import (
    ROW_COLUMNS,
    list_sources,
    read_rows,
    select_years,
    to_table,
    write_value,
)
from zonebook.page.locale import Locale
from zonebook.page.tables.layout import capitalise

_FEWEST_YEARS = 2


def effective_regions(here: PageContext) -> Block | None:
    """Return the lines of partner regions: all, those that count, those that weigh most; ``None`` for one year."""
    return _draw(here, "effective-regions", here.locale.text("Partner regions, number and effective number"), "R02")


def effective_destinations(here: PageContext) -> Block | None:
    """Return the lines of export destinations: all, those that count, those that weigh most; ``None`` for one year."""
    title = here.locale.text("Export destinations, number and effective number")
    return _draw(here, "effective-destinations", title, "X06")


def _series(base_id: str) -> tuple[str, str, str]:
    """Return the series of q = 0, 1, 2: the headline is q = 1 of regions and q = 0 of destinations."""
    return ("R02.q0", "R02", "R02.q2") if base_id == "R02" else ("X06", "X06.q1", "X06.q2")


def _draw(here: PageContext, name: str, title: str, base_id: str) -> Block | None:
    locale = here.locale
    names = (
        locale.text("all of them (q = 0)"),
        locale.text("effective number (q = 1)"),
        locale.text("the weightiest (q = 2)"),
    )
    curves = [
        Curve(words, select_years(here, metric_id)) for words, metric_id in zip(names, _series(base_id), strict=True)
    ]
    curves = [curve for curve in curves if curve.points]
    if not curves or max(len(curve.points) for curve in curves) < _FEWEST_YEARS:
        return None
    rows = [row for curve in curves for row in curve.rows.values()]
    sentences = [
        locale.text(
            "The effective number says how many equal partners would give the same spread: "
            "the farther it lies below the number of all, the more depends on few."
        ),
        _say_weights(locale, base_id),
    ]
    return frame_figure(
        here,
        Plate(
            name=name,
            title=title,
            reading=read_rows(here, sentences, _series(base_id)),
            alternative=_describe(locale, curves),
            draw=partial(draw_lines, locale, curves),
            columns=ROW_COLUMNS,
            rows=to_table(rows),
            source_ids=list_sources(rows),
        ),
    )


def _say_weights(locale: Locale, base_id: str) -> str:
    if base_id == "R02":
        return locale.text("Regions are weighted by the number of ties.")
    return locale.text("Countries are weighted by the value of exports.")


def _describe(locale: Locale, curves: list[Curve]) -> str:
    """Say each line's values from the first year to the last."""
    sentences = []
    for curve in curves:
        listed = "; ".join(f"{year}: {write_value(locale, row)}" for year, row in curve.rows.items())
        sentences.append(f"{capitalise(curve.name)}: {listed}.")
    return " ".join(sentences)
