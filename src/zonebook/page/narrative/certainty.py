"""Sentences on how sure a page is: exact and rounded figures, disagreement, what ties can and cannot say."""

from __future__ import annotations

from collections.abc import Sequence

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.links import list_public_links
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.survey import Survey, survey_figures
from zonebook.page.tables.disagreements import find_disagreements
from zonebook.page.tables.excerpt import name_first
from zonebook.page.tables.layout import Text


def disagreements(here: PageContext) -> Block | None:
    """Return on how many figures sources disagree, and about what."""
    words = here.locale
    found = [figure for zone_id in _zones(here) for figure in find_disagreements(here, zone_id)]
    if not found:
        return None
    named = list(dict.fromkeys(here.indicator(figure.indicator) for figure in found))
    about = "; ".join(map(str, name_first(here, named)))
    said = words.plural(
        "Sources disagree on {n} figure: {about}.", "Sources disagree on {n} figures: {about}.", len(found), about=about
    )
    return set_paragraph([said])


def _zones(here: PageContext) -> tuple[str, ...]:
    total = (here.total_id,) if here.scope == "country" and here.total_id else ()
    return (*total, *here.zone_ids)


def how_sure(here: PageContext) -> Block | None:
    """Return how sure the page is: what its figures and ties rest on, and what cannot be concluded from them."""
    words = here.locale
    # The page of corridors shows ties and flows: no reported figure of a zone stands on it.
    known = survey_figures(here) if here.kind != "corridors" else {}
    surveys = [known[zone_id] for zone_id in _zones(here) if zone_id in known]
    sentences: list[Text | None] = [
        words.label("evidence.sentence", here.evidence.value),
        _count_figures(here, surveys) if any(one.known for one in surveys) else None,
        _warn_of_ties(here),
    ]
    return set_paragraph(sentences, "zb-text zb-sure")


def _count_figures(here: PageContext, surveys: Sequence[Survey]) -> Markup:
    words = here.locale
    return words.html(
        "Reported figures up to {year}: {number}; of these printed with “over” or “about”: {rounded}; "
        "on which sources disagree: {disputed}.",
        year=here.year,
        number=words.number(sum(one.known for one in surveys)),
        rounded=words.number(sum(one.rounded for one in surveys)),
        disputed=words.number(sum(len(one.disputed) for one in surveys)),
    )


def _warn_of_ties(here: PageContext) -> Markup | None:
    links = list_public_links(here)
    if not links:
        return None
    words = here.locale
    return words.html(
        "Ties on this page: {ties}; sources in which they became public: {sources}. A tie that is not listed may well "
        "exist, so no density, centrality or rank is computed from them.",
        ties=words.number(len(links)),
        sources=words.number(len({link.source_id for link in links})),
    )
