"""The three levels of cooperation on a handout: each its best figure and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from zonebook.page import figures, narrative
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.links import LEVELS
from zonebook.page.tables.layout import capitalise
from zonebook.paper.panels import Draw, Ground, Panel, Section, choose_figure, make_panel, shorten
from zonebook.paper.runs import Run, limit_runs, to_runs, to_text

# Figures of a level, the best first; one that is not there, or is too tall, gives way to the next.
_FIGURES: Mapping[str, tuple[Draw, ...]] = {
    "local": (figures.coverage, figures.ties_by_level, figures.value_chains, figures.purchases),
    "regional": (figures.partner_regions, figures.effective_regions, figures.openness, figures.tie_distances),
    "international": (figures.destinations, figures.bloc_columns, figures.blocs, figures.exports),
}
# Second figures, where there is room for them.
_SECOND: Mapping[str, tuple[Draw, ...]] = {
    "local": (figures.value_chains, figures.robustness, partial(figures.indicator_history, indicator="jobs")),
    "regional": (figures.tie_distances, figures.openness),
    "international": (figures.blocs, figures.exports),
}
_LOWER = 300.0  # px a second figure may be high
_LONGEST = 520  # characters of a level's text that stand beside its figure
_RANKS = {"local": 0, "regional": 1, "international": 2}


def list_levels(ground: Ground) -> list[Section]:
    """Return the sections of the three levels, in their order, those that are no must right after their own."""
    found = []
    for level in LEVELS:
        figure = choose_figure(ground.here, _FIGURES[level])
        found.append(_make_level(ground, level, figure))
        more = [_make_second(ground.here, level, figure), _make_trade(ground.here) if level == "regional" else None]
        found += [section for section in more if section]
    return found


def _make_level(ground: Ground, level: str, figure: Panel | None) -> Section:
    here = ground.here
    text = _say_level(here, level)
    ground.said.append(to_text(text))
    texts = shorten(text, 3, 2, 1)
    fitting = [one for one in texts if len(to_text(one)) <= _LONGEST] or [limit_runs(texts[-1], _LONGEST)]
    variants = [make_panel(fitting[0], figure=figure)]
    variants += [make_panel(one, figure=figure) for one in fitting[1:]]
    variants += [make_panel(fitting[-1])] if figure else []
    return Section(name_level(here, level), tuple(variants), rank=_RANKS[level], level=level)


def name_level(here: PageContext, level: str) -> str:
    """Return the heading of a level."""
    words = here.locale
    names = {
        "local": words.text("Local: in the zone and its region")
        if here.scope == "zone"
        else words.text("Local: inside the region"),
        "regional": words.text("Regional: with other regions"),
        "international": words.text("International: with other countries"),
    }
    return names[level]


def _say_level(here: PageContext, level: str) -> list[Run]:
    """Return what a register says of a level, else what became public, else that nothing did."""
    public = {"local": narrative.local, "regional": narrative.regional, "international": narrative.international}
    block: Block | None = narrative.level(here, level) or public[level](here)
    if block is None:
        return [{"t": here.locale.text("Nothing is known of this level.")}]
    first_paragraph = block.html.partition("</p>")[0]
    return to_runs(first_paragraph)


def _make_trade(here: PageContext) -> Section | None:
    """Return what the flows between regions tell of the region, where the whole country has been looked at."""
    block = narrative.region_trade(here)
    if block is None:
        return None
    text, figure = to_runs(block.html), choose_figure(here, [figures.gravity_gaps])
    variants = [make_panel(text, figure=figure | {"title": ""})] if figure else []
    heading = here.locale.text("Where the region trades less than expected")
    return Section(heading, (*variants, make_panel(text)), rank=9, is_must=False)


def _make_second(here: PageContext, level: str, first: Panel | None) -> Section | None:
    title = first["title"] if first else ""
    found = (choose_figure(here, [draw], _LOWER) for draw in _SECOND[level])
    figure = next((one for one in found if one and one["title"] != title), None)
    if figure is None:
        return None
    panel = make_panel([], figure=figure | {"title": ""})  # the heading says it
    return Section(capitalise(figure["title"]), (panel,), rank=10 + _RANKS[level], is_must=False)
