"""Sentences on where the zone stands: its index, its weakest level, and how far that can be compared."""

from __future__ import annotations

from zonebook.metrics.result import Evidence, MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.index import LEVELS
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.rowlinks import link_home, name_zone_anchor


def standing(here: PageContext) -> Block | None:
    """Return the index with its interval and its weakest level; ``None`` where no level has a score."""
    return set_paragraph([say_index(here), _point_to_peers(here)] if find_scores(here) else [])


def find_scores(here: PageContext) -> dict[str, MetricResult]:
    """Return the latest score of each level that has one; none from reported figures."""
    rows = ((level, here.metric(f"C05.{level}")) for level in LEVELS)
    return {
        level: row for level, row in rows if row and row.value is not None and row.evidence is not Evidence.REPORTED
    }


def say_index(here: PageContext) -> Markup | None:
    """Return the index with its interval, and the weakest level where one is weaker than the others."""
    scores, index, words = find_scores(here), here.metric("C05"), here.locale
    if not scores:
        return None
    weakest = min(scores, key=lambda level: (scores[level].value or 0.0, level))
    score = link_home(here, scores[weakest], words.number(scores[weakest].value, 2))
    level = words.label("tie.level", weakest)
    if index is None or index.value is None:
        return words.html(
            "There is no index, because a level has too few figures; the weakest level known is {level}, {score} of "
            "100 points.",
            level=level,
            score=score,
        )
    return words.html(
        "Cooperation index {period}: {index} of 100 points ({bounds}); the weakest level is {level}, {score} points.",
        period=words.during(index.period, index.year),
        index=link_home(here, index, words.number(index.value, 2)),
        bounds=_say_bounds(here, index),
        level=level,
        score=score,
    )


def _say_bounds(here: PageContext, row: MetricResult) -> str:
    words = here.locale
    if row.lower is None or row.upper is None:
        return words.text("its interval is not known")
    low, high = words.number(row.lower, 2), words.number(row.upper, 2)
    return words.text("interval: {low} to {high}", low=low, high=high) if low != high else words.text("exact")


def _point_to_peers(here: PageContext) -> Markup:
    return here.locale.html("Its place among the zones, with the uncertainty of that: {link}.", link=link_peers(here))


def link_peers(here: PageContext) -> Markup:
    """Return the page that compares all zones, linked to the line of this one."""
    title = here.locale.label("page.title", "comparison")
    anchor = name_zone_anchor(here.id)
    return Markup('<a class="zb-page" href="{}comparison.html#{}">{}</a>').format(here.root, anchor, title)
