"""Sentences on the three levels of cooperation: local, with other regions, with other countries."""

from __future__ import annotations

from collections.abc import Sequence

from zonebook.metrics.figures import is_missing
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import find_members
from zonebook.metrics.trade import assign_blocs
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.ids import split_ids
from zonebook.page.inputs import has_register
from zonebook.page.links import Link, find_country, list_destinations, list_partner_regions, list_public_links
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import count_names, set_list, set_paragraph
from zonebook.page.tables.layout import capitalise, join_text
from zonebook.page.tables.partners import BLOC_GROUPS

_MOST_PRODUCTS = 12
_MOST_COUNTRIES_ON_PAPER = 6


def local(here: PageContext) -> Block | None:
    """Return how many local ties are reported, and which clusters stand on which sites."""
    words = here.locale
    known = [link for link in list_public_links(here) if link.level == "local"]
    links = [link for link in known if link.kind != "support_measure"]
    counted = _count_links(here, links)
    sentences = [counted or (None if has_register(here) else words.html("No local tie became public."))]
    sentences.append(_count_support(here, [link for link in known if link.kind == "support_measure"]))
    placed = [row for row in here.records("cluster") if split_ids(row["site_ids"]) and row["zone_id"] in here.zone_ids]
    if placed:
        named = (
            Markup("{} — {}{}").format(
                words.name(row),
                ", ".join(here.named("site", site_id) for site_id in split_ids(row["site_ids"])),
                here.cite(row["source_id"]),
            )
            for row in placed
        )
        sentences.append(words.html("Clusters by site: {list}.", list=join_text(named, "; ")))
    return set_paragraph(sentences)


def _count_support(here: PageContext, links: Sequence[Link]) -> Markup:
    if not links:
        return Markup("")
    words = here.locale
    actual = sum(1 for link in links if link.status == "actual")
    return words.html(
        "Support measures, not counted among the ties: actual — {actual}, planned or under discussion — {intended}.",
        actual=words.number(actual),
        intended=words.number(len(links) - actual),
    )


def _count_links(here: PageContext, links: Sequence[Link]) -> Markup | None:
    """Return how many ties are actual and how many not a fact yet; ``None`` without ties."""
    words = here.locale
    if not links:
        return None
    actual = sum(1 for link in links if link.status == "actual")
    sources = len({link.source_id for link in links})
    return words.html(
        "Ties that became public: actual — {actual}, planned or under discussion — {intended}; sources: {sources}.",
        actual=words.number(actual),
        intended=words.number(len(links) - actual),
        sources=words.number(sources),
    )


def regional(here: PageContext) -> Block | None:
    """Return which regions are partners, with the number of ties, and how far ties reach."""
    words = here.locale
    links = [link for link in list_public_links(here) if link.level == "regional"]
    found = list_partner_regions(here)
    ordered = sorted(found, key=lambda code: (-len(found[code]), words.sort_key(here.place(code))))
    counted = _count_links(here, links)
    sentences = [counted or (None if has_register(here) else words.html("No tie with another region became public."))]
    if found:
        sentences.append(_name_regions(here, [(here.place(code), len(found[code])) for code in ordered]))
    ties = sum(1 for link in links if link.status == "actual" and link.kind != "support_measure")
    unnamed = ties - sum(len(of_region) for of_region in found.values())
    if unnamed:
        number = words.number(unnamed)
        sentences.append(words.html("Actual ties whose sources name no single region: {number}.", number=number))
    sentences.append(_say_distance(here))
    return set_paragraph(sentences)


def _name_regions(here: PageContext, counted: list[tuple[str, int]]) -> Markup:
    words = here.locale
    if here.options.column:  # on paper the map stands right below
        return words.html("Partner regions named: {number}.", number=words.number(len(counted)))
    named = count_names(here, counted)
    return words.html("Partner regions, the number of actual ties in brackets: {list}.", list=named)


def _say_distance(here: PageContext) -> Markup:
    row = here.metric("R05.regional_median")
    if row is None or row.value is None:
        return Markup("")
    distance = here.locale.amount(row.value, row.unit, digits=2)
    return here.locale.html(
        "Half of the ties with other regions reach no farther than {distance}, where places are known.",
        distance=distance,
    )


def international(here: PageContext) -> Block | None:
    """Return where exports go, by group of countries, and which products go to which countries."""
    words = here.locale
    links = [link for link in list_public_links(here) if link.level == "international"]
    found = list_destinations(here)
    counted = _count_links(here, links)
    paragraph = set_paragraph(
        [
            counted or (None if has_register(here) else words.html("No tie with another country became public.")),
            _say_blocs(here, list(found)) if found else None,
        ]
    )
    intro = words.html("Products and where they are exported to, by the latest publications:")
    products = set_list(intro, _list_products(here, found))
    return Block(Markup("{}\n{}").format(Markup(paragraph.html), products)) if paragraph else None  # noqa: S704 - a block's own HTML


def _say_blocs(here: PageContext, countries: list[str]) -> Markup:
    words = here.locale
    if here.options.column and len(countries) > _MOST_COUNTRIES_ON_PAPER:  # the figure right below names them
        return words.html("Export destinations named: {list}.", list=words.number(len(countries)))
    parts = assign_blocs(countries, find_members(Scope(here.share, here.year), here.year))
    said = []
    for bloc in BLOC_GROUPS:
        names = sorted((words.country(code) for code in countries if parts[code] == bloc), key=words.sort_key)
        if names:
            label = words.label("bloc.group", bloc)
            said.append(words.text("{group} — {countries}", group=label, countries=", ".join(names)))
    return words.html("Export destinations named: {list}.", list="; ".join(said))


def _list_products(here: PageContext, found: dict[str, list[Link]]) -> list[Markup]:
    """Return a line a product, the latest first: the product and the countries it goes to."""
    words = here.locale
    by_product: dict[str, list[Link]] = {}
    for links in found.values():
        for link in links:
            product = words.column(link.tie, "product")
            if product:
                by_product.setdefault(product, []).append(link)
    ordered = sorted(by_product.items(), key=lambda item: (-_find_year(item[1]), words.sort_key(item[0])))
    return [_set_product(here, product, links) for product, links in ordered[:_MOST_PRODUCTS]]


def _find_year(links: Sequence[Link]) -> int:
    return max((int(link.tie["year"]) for link in links if not is_missing(link.tie["year"])), default=0)


def _set_product(here: PageContext, product: str, links: Sequence[Link]) -> Markup:
    words = here.locale
    names = sorted({words.country(find_country(here, link.partner)) for link in links}, key=words.sort_key)
    year = _find_year(links)
    return words.html(
        "{product} → {countries}{year}{cite}",
        product=capitalise(product),
        countries=", ".join(names),
        year=f" ({year})" if year else "",
        cite=here.cite([link.source_id for link in links]),
    )
