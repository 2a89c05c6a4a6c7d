"""Export destinations by bloc, and partner regions by number of ties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zonebook.metrics.figures import is_missing
from zonebook.metrics.result import weakest_evidence
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import find_members
from zonebook.metrics.trade import assign_blocs
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.links import (
    Link,
    list_destinations,
    list_partner_regions,
)
from zonebook.page.markup import Markup
from zonebook.page.tables.layout import Behind, Group, Heading, Layout, Text, capitalise, set_table
from zonebook.page.tables.ties import TIE_COLUMNS, names_of, names_of_place

BLOC_GROUPS = ("EAEU", "CIS", "BRICS", "rest")


def destinations(here: PageContext) -> Block | None:
    """Return the countries goods are exported to, by bloc, with what goes there."""
    words = here.locale
    found = list_destinations(here)
    members = find_members(Scope(here.share, here.year), here.year)
    parts = assign_blocs(list(found), members)
    groups = []
    for bloc in BLOC_GROUPS:
        codes = sorted(
            (code for code in found if parts[code] == bloc), key=lambda code: words.sort_key(words.country(code))
        )
        rows = tuple(_set_destination(here, code, found[code]) for code in codes)
        groups.append(Group(capitalise(words.label("bloc.group", bloc)), rows))
    behind = [{"country_iso3": code, "bloc": parts[code], **dict(link.tie)} for code in found for link in found[code]]
    layout = Layout(
        name="destinations",
        caption=words.text("Where goods are exported to: countries and products"),
        headings=(
            Heading(words.text("Country")),
            Heading(words.text("Products")),
            Heading(words.text("Years"), numeric=True),
        ),
        groups=tuple(groups),
        behind=Behind.of(behind, ("country_iso3", "bloc", *TIE_COLUMNS)),
        note=words.text(
            "Each country stands in the first of the groups it belongs to, by membership at the end of {year}.",
            year=here.year,
        ),
        evidence=weakest_evidence(link.evidence for links in found.values() for link in links),
    )
    return set_table(here, layout)


def _set_destination(here: PageContext, code: str, links: Sequence[Link]) -> tuple[Text, ...]:
    return here.locale.country(code), _say_products(here, links), _say_years(links)


def _say_products(here: PageContext, links: Iterable[Link]) -> Markup:
    """Return the products of some ties, each once with the marks of its sources."""
    words = here.locale
    found: dict[str, list[str]] = {}
    for link in links:
        product = words.column(link.tie, "product") or words.label("tie.kind", link.kind)
        found.setdefault(product, []).append(link.source_id)
    said = (Markup("{}{}").format(product, here.cite(source_ids)) for product, source_ids in found.items())
    return Markup("; ").join(said)


def _say_years(links: Iterable[Link]) -> str:
    years = sorted({int(link.tie["year"]) for link in links if not is_missing(link.tie["year"])})
    if not years:
        return ""
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def partner_regions(here: PageContext) -> Block | None:
    """Return the partner regions with the number of reported ties, their kinds and the number of sources."""
    words = here.locale
    found = list_partner_regions(here)
    ordered = sorted(found, key=lambda code: (-len(found[code]), words.sort_key(here.place(code))))
    rows = tuple(_set_region(here, code, found[code]) for code in ordered)
    behind = [
        {"region_iso": code, "ties": len(found[code]), "sources": len({link.source_id for link in found[code]})}
        for code in ordered
    ]
    layout = Layout(
        name="partner-regions",
        caption=words.text("Partner regions by number of reported ties"),
        headings=(
            Heading(words.text("Region")),
            Heading(words.text("Ties"), numeric=True),
            Heading(words.text("Sources"), numeric=True),
            Heading(words.text("Kinds and partners")),
        ),
        groups=(Group("", rows),),
        behind=Behind.of(behind, ("region_iso", "ties", "sources")),
        note=words.text(
            "The number of ties depends on how much was published; the number of sources stands beside it."
        ),
        evidence=weakest_evidence(link.evidence for links in found.values() for link in links),
    )
    return set_table(here, layout)


def _set_region(here: PageContext, code: str, links: Sequence[Link]) -> tuple[Text, ...]:
    words = here.locale
    lines = []
    for kind in dict.fromkeys(link.kind for link in links):
        of_kind = [link for link in links if link.kind == kind]
        partners = "; ".join(dict.fromkeys(_say_whom_or_what(here, code, link) for link in of_kind))
        mark = here.cite([link.source_id for link in of_kind])
        lines.append(Markup("<div>{}: {}{}</div>").format(capitalise(words.label("tie.kind", kind)), partners, mark))
    return (
        here.place(code),
        words.number(len(links)),
        words.number(len({link.source_id for link in links})),
        Markup("").join(lines),
    )


def _say_whom_or_what(here: PageContext, code: str, link: Link) -> str:
    """Return the partner of a tie; where that is the region itself, what the tie is about."""
    product = here.locale.column(link.tie, "product")
    is_region = names_of(link.partner) & names_of_place(here, code)
    return product if is_region and product else here.party(link.partner)
