"""Sentences on flows between all regions and zones: which are under-traded, what distance costs, who is tied."""

from __future__ import annotations

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.followed import link_row
from zonebook.page.markup import Markup
from zonebook.page.narrative.reach import find_row, link_number, link_share
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.narrative.shortfalls import say_largest


def between_regions(here: PageContext) -> Block | None:
    """Return which pairs of regions trade less than expected, and what distance costs; ``None`` without a model."""
    return set_paragraph([say_largest(here), _say_under(here), _say_elasticity(here), _say_corridors(here)])


def between_zones(here: PageContext) -> Block | None:
    """Return how many pairs of zones have ties; ``None`` where that is known from reports alone."""
    pairs, share, ties = (find_row(here, name) for name in ("R09", "R09.share", "R09.ties"))
    if pairs is None or share is None or ties is None:
        return None
    words = here.locale
    return set_paragraph(
        [
            words.html(
                "Pairs of zones with ties: {pairs}, {share} of all pairs; ties between zones: {ties}.",
                pairs=link_number(here, pairs),
                share=link_share(here, share),
                ties=link_number(here, ties),
            )
        ]
    )


def _say_under(here: PageContext) -> Markup | None:
    row = find_row(here, "R06.under")
    if row is None or row.n_units is None:
        return None
    words = here.locale
    return words.html(
        "Pairs that trade less than half of what is expected: {count} of {all}.",
        count=link_number(here, row),
        all=words.number(row.n_units),
    )


def _say_elasticity(here: PageContext) -> Markup | None:
    row = find_row(here, "R07")
    if row is None or (row.value or 0.0) >= 0:
        return None
    number = here.locale.number(-(row.value or 0.0), 2)
    return here.locale.html(
        "A distance longer by 1% goes with a flow smaller by {number}%.", number=link_row(here, row.metric_id, number)
    )


def _say_corridors(here: PageContext) -> Markup | None:
    count, share = find_row(here, "R08"), find_row(here, "R08.share")
    if count is None or share is None:
        return None
    words = here.locale
    return words.html(
        "Flows that stand out as corridors: {count}; they hold {share} of the value of all flows between regions.",
        count=link_number(here, count),
        share=link_share(here, share),
    )
