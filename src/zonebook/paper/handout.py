"""The handout of a zone or a region: two pages made from the same context, rows and sentences as its page."""

from __future__ import annotations

import re
from typing import Any

from zonebook.metrics.figures import is_missing
from zonebook.metrics.result import Evidence
from zonebook.page import narrative
from zonebook.page.context import PageContext
from zonebook.page.cutoff import find_cut_off, say_cut_off, to_day
from zonebook.page.stamp import say_edition
from zonebook.page.tables.layout import capitalise
from zonebook.paper.levels import list_levels
from zonebook.paper.locator import draw_locator
from zonebook.paper.outlook import list_outlook
from zonebook.paper.panels import COLUMN, Ground
from zonebook.paper.peers import Places
from zonebook.paper.references import draw_code, find_address, list_sources
from zonebook.paper.runs import Run, cut_runs, limit_runs, list_cites, to_runs, to_text, trim_runs
from zonebook.paper.tiles import list_tiles
from zonebook.parameters import PAPERS

TEMPLATE = "handout.typ"
PAGES = 2
_LONGEST_HEADLINE = 420  # characters of the one sentence
_LONGEST_LEAD = 620  # characters that stand beside the map


def compose_handout(here: PageContext, places: Places, brand: dict[str, Any], paper: str = PAPERS[0]) -> dict[str, Any]:
    """Return a handout as plain values for its template.

    Parameters
    ----------
    here
        The page, with figures to be drawn for a column of paper (:data:`~zonebook.paper.panels.COLUMN`).
    places
        The places of its values among those of its peers.
    brand
        What :func:`~zonebook.paper.brand.describe_brand` gives.
    paper
        Size of the pages.
    """
    words = here.locale
    headline, lead = _say_what_follows(here)
    ground = Ground(here, [to_text(headline), to_text(lead)])
    tiles = list_tiles(here, places)
    sections = [*list_levels(ground), *list_outlook(ground)]
    address = find_address(brand["site"], here)
    cut_off = find_cut_off(source.date for source in here.sources.values())
    return {
        "title": here.title,
        "description": to_text(headline),
        "lang": here.lang,
        "paper": paper,
        "column": COLUMN,
        "brand": brand,
        "date": to_day(cut_off),
        "kicker": words.text("Industrial cooperation at three levels"),
        "profile": _describe(here),
        "edition": words.text("Edition {year}", year=here.year),
        "cut_off": say_cut_off(cut_off, words),
        "marks": list_marks(here),
        "headline": headline,
        "lead": lead,
        "map": draw_locator(here),
        "tiles": tiles,
        "tiles_heading": words.text("Key figures"),
        "sections": [section.to_values() for section in sections],
        "sources": list_sources(here),
        "cites": list_cites([*headline, *lead, *(run for tile in tiles for run in tile["value"])]),
        "address": address,
        "code": draw_code(address),
        "code_words": words.text("This page on the web, with every figure's source: {address}", address=address),
        "pages": [words.text("Page {number} of {total}", number=n + 1, total=PAGES) for n in range(PAGES)],
    }


def _say_what_follows(here: PageContext) -> tuple[list[Run], list[Run]]:
    """Return the one sentence that says what follows, and the first sentences of the page without it."""
    block, first = narrative.lead(here), narrative.conclusion(here)
    lead = to_runs(re.sub(r'<p class="zb-stamp">.*?</p>', "", block.html)) if block else []
    if first is None:
        return limit_runs(cut_runs(lead, 1), _LONGEST_HEADLINE), _fit(_without(lead, to_text(cut_runs(lead, 1))))
    headline = cut_runs(to_runs(first.html), 1)
    return limit_runs(headline, _LONGEST_HEADLINE), _fit(_without(lead, to_text(headline)))


def _fit(lead: list[Run]) -> list[Run]:
    found = (cut_runs(lead, number) for number in (9, 3, 2, 1))
    return next((one for one in found if len(to_text(one)) <= _LONGEST_LEAD), [])


def _without(lead: list[Run], said: str) -> list[Run]:
    """Return a lead without the sentence that stands above it already."""
    for number in range(1, 6):
        head, longer = cut_runs(lead, number - 1) if number > 1 else [], cut_runs(lead, number)
        added = to_text(longer)[len(to_text(head)) :].strip()
        if added == said:
            return trim_runs([*head, *_after(lead, longer)])
    return lead


def _after(lead: list[Run], head: list[Run]) -> list[Run]:
    """Return the runs of a text that follow its beginning."""
    left, rest = len(to_text(head)), []
    for run in lead:
        text = run.get("t")
        if text is None:
            rest += [run] if left < 0 else []
            continue
        if left < len(text):
            rest.append({"t": text[max(left, 0) :]})
            left = -1
        else:
            left -= len(text)
    return rest


def _describe(here: PageContext) -> list[str]:
    """Return what the zone or region is, a few words each: type, place, since when."""
    words = here.locale
    row = here.row(here.scope, here.id)
    district = here.row("region", str(row.get("region_iso"))).get("federal_district") or row.get("federal_district")
    named = "" if is_missing(district) else words.label("federal_district", district)
    if here.scope == "region":
        count = words.plural("{n} special economic zone", "{n} special economic zones", len(here.zone_ids))
        return [part for part in (words.text("Region"), named, count) if part]
    since = "" if is_missing(row.get("established")) else words.date(row["established"])
    parts = [
        capitalise(words.label("zone.type", row.get("type"))),
        "" if is_missing(row.get("region_iso")) else here.place(row["region_iso"]),
        words.text("established {date}", date=since) if since else "",
    ]
    return [part for part in parts if part]


def list_marks(here: PageContext) -> list[str]:
    """Return what every page of the handout must say of itself: that its data are made up, that it is internal."""
    words = here.locale
    made_up = here.evidence is Evidence.DEMONSTRATION or any(
        source.kind == Evidence.DEMONSTRATION.value for source in here.sources.values()
    )
    marks = [
        words.text("Demonstration: the data are made up and describe no real zone") if made_up else "",
        say_edition(here.options.settings, words),
    ]
    return [mark for mark in marks if mark]
