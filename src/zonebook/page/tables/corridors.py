"""Ties of all zones together: pairs of regions they join, countries they reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from zonebook.metrics.figures import is_missing
from zonebook.metrics.result import weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.links import Link, find_country, find_region, is_public, list_links, list_public_links
from zonebook.page.markup import Markup
from zonebook.page.tables.excerpt import MOST_NAMED, Excerpt, MadeRows, name_first
from zonebook.page.tables.layout import (
    Behind,
    Group,
    Heading,
    Layout,
    Text,
    capitalise,
    set_small,
    set_table,
)
from zonebook.page.tables.profile import link_zone


def list_corridors(here: PageContext) -> dict[tuple[str, str], list[Link]]:
    """Return the actual ties between two regions of the country, by the pair of regions."""
    found: dict[tuple[str, str], list[Link]] = {}
    for link in list_links(here):
        ends = {find_region(here, link.home), find_region(here, link.partner)} - {""}
        is_tie = link.level == "regional" and link.status == "actual" and link.kind != "support_measure"
        if is_tie and len(ends) == 2:
            first, second = sorted(ends, key=lambda code: here.locale.sort_key(here.place(code)))
            found.setdefault((first, second), []).append(link)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), _pair_key(here, item[0]))))


def _pair_key(here: PageContext, pair: tuple[str, str]) -> tuple[str, str]:
    return here.locale.sort_key(here.place(pair[0])), here.locale.sort_key(here.place(pair[1]))


def corridors(here: PageContext) -> Block | None:
    """Return the pairs of regions that reported ties join, by the number of ties, with the number of sources."""
    words = here.locale
    known = ((pair, [link for link in links if is_public(here, link)]) for pair, links in list_corridors(here).items())
    found = {pair: links for pair, links in known if links}
    rows = MadeRows(list(found.items()), partial(_set_corridor, here))
    behind = [
        {"region": a, "other_region": b, "ties": len(links), "sources": len({link.source_id for link in links})}
        for (a, b), links in found.items()
    ]
    layout = Layout(
        name="corridors",
        caption=words.text("Pairs of regions by number of reported ties"),
        headings=(
            Heading(words.text("Regions")),
            Heading(words.text("Ties"), numeric=True),
            Heading(words.text("Sources"), numeric=True),
            Heading(words.text("Who and with whom")),
        ),
        groups=(Group("", rows),),
        behind=Behind.of(behind, ("region", "other_region", "ties", "sources")),
        note=words.text(
            "The number of ties depends on how much was published, so the number of sources stands beside."
        ),
        evidence=weakest_evidence(link.evidence for links in found.values() for link in links),
        excerpt=Excerpt(words.text("those with most ties"), of_zones=False),
    )
    return set_table(here, layout)


def _set_corridor(here: PageContext, found: tuple[tuple[str, str], Sequence[Link]]) -> tuple[Text, ...]:
    words, (pair, links) = here.locale, found
    lines = name_first(here, MadeRows(links, partial(_say_link, here)))
    return (
        Markup("{} — {}").format(here.place(pair[0]), here.place(pair[1])),
        words.number(len(links)),
        words.number(len({link.source_id for link in links})),
        Markup("").join(Markup("<div>{}</div>").format(line) for line in lines),
    )


def _say_link(here: PageContext, link: Link) -> Markup:
    home, partner, subject = here.party(link.home), here.party(link.partner), set_small(_say_subject(here, link))
    return Markup("{} — {}{}{}").format(home, partner, here.cite(link.source_id), subject)


def _say_subject(here: PageContext, link: Link) -> str:
    words = here.locale
    product = words.column(link.tie, "product")
    kind = capitalise(words.label("tie.kind", link.kind))
    return words.text("{kind}: {subject}", kind=kind, subject=product) if product else kind


def partner_countries(here: PageContext) -> Block | None:
    """Return the partner countries of the zones, with the number of reported ties and of zones that have them."""
    words = here.locale
    found: dict[str, list[Link]] = {}
    for link in list_public_links(here):
        country = find_country(here, link.partner)
        if country and link.level == "international" and link.status == "actual":
            found.setdefault(country, []).append(link)
    ordered = sorted(found, key=lambda code: (-len(found[code]), words.sort_key(words.country(code))))
    behind = [
        {"country_iso3": code, "ties": len(found[code]), "zones": len(_zones_of(found[code]))} for code in ordered
    ]
    layout = Layout(
        name="partner-countries",
        caption=words.text("Partner countries by number of reported ties"),
        headings=(
            Heading(words.text("Country")),
            Heading(words.text("Ties"), numeric=True),
            Heading(words.text("Sources"), numeric=True),
            Heading(words.text("Zones")),
        ),
        groups=(Group("", MadeRows([(code, found[code]) for code in ordered], partial(_set_country, here))),),
        behind=Behind.of(behind, ("country_iso3", "ties", "zones")),
        note=words.text("Agreements and visits are not trade: the kinds of ties stand on the pages of the zones."),
        evidence=weakest_evidence(link.evidence for links in found.values() for link in links),
    )
    return set_table(here, layout)


def _zones_of(links: Iterable[Link]) -> list[str]:
    return sorted({str(link.home["zone_id"]) for link in links if not is_missing(link.home.get("zone_id"))})


def _set_country(here: PageContext, found: tuple[str, Sequence[Link]]) -> tuple[Text, ...]:
    words, (code, links) = here.locale, found
    source_ids = list(dict.fromkeys(link.source_id for link in links))
    linked = sorted(
        (link_zone(here, zone_id) for zone_id in _zones_of(links)), key=lambda name: words.sort_key(str(name))
    )
    return (
        words.country(code),
        words.number(len(links)),
        Markup("{}{}").format(words.number(len(source_ids)), here.cite(source_ids[:MOST_NAMED])),
        Markup("; ").join(name_first(here, linked)),
    )
