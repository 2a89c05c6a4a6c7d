"""Public ties by level: who with whom, in what, since when, how much. Those of a register are not listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zonebook.metrics.figures import is_missing
from zonebook.metrics.result import weakest_evidence
from zonebook.page.block import Block
from zonebook.page.catalogue import list_languages
from zonebook.page.context import PageContext
from zonebook.page.links import (
    KINDS,
    Link,
    Row,
    count_later_links,
    find_country,
    find_region,
    gather_links,
    list_public_links,
)
from zonebook.page.locale import get_locale
from zonebook.page.markup import Markup
from zonebook.page.tables.layout import Behind, Group, Heading, Layout, Text, capitalise, set_small, set_table

TIE_COLUMNS = (
    "tie_id",
    "from_party",
    "to_party",
    "level",
    "kind",
    "product",
    "year",
    "value_rub",
    "quantity",
    "quantity_unit",
    "status",
    "evidence",
    "source_id",
    "note",
)


def local_ties(here: PageContext) -> Block | None:
    """Return the ties inside the zone and its region, support measures among them."""
    return _set_ties(here, "local", here.locale.text("Reported local ties: inside the zone and its region"))


def regional_ties(here: PageContext) -> Block | None:
    """Return the ties with other regions of the country."""
    return _set_ties(here, "regional", here.locale.text("Reported ties with other regions"))


def international_ties(here: PageContext) -> Block | None:
    """Return the ties with other countries."""
    return _set_ties(here, "international", here.locale.text("Reported ties with other countries"))


def _set_ties(here: PageContext, level: str, caption: str) -> Block | None:
    words = here.locale
    links = [link for link in list_public_links(here) if link.level == level]
    layout = Layout(
        name=f"ties-{level}",
        caption=caption,
        headings=(
            Heading(words.text("Participant")),
            Heading(words.text("Partner")),
            Heading(words.text("Product or subject")),
            Heading(words.text("Year"), numeric=True),
            Heading(words.text("Amount"), numeric=True),
        ),
        groups=_group(here, links),
        behind=Behind.of((dict(link.tie) for link in links), TIE_COLUMNS),
        note=_say_reservations(here, level),
        evidence=weakest_evidence(link.evidence for link in links),
    )
    return set_table(here, layout)


def _say_reservations(here: PageContext, level: str) -> str:
    words = here.locale
    rule = words.text("These are ties that became public: a lower bound of cooperation, not a measure of it.")
    later = count_later_links(here, level)
    if not later:
        return rule
    left_out = words.plural("{n} tie of a later year is left out.", "{n} ties of later years are left out.", later)
    return f"{rule} {left_out}"


def _group(here: PageContext, links: Sequence[Link]) -> tuple[Group, ...]:
    """Return actual ties by kind, and after them those that are planned and those under discussion."""
    words = here.locale
    groups = []
    for kind in (*KINDS, *sorted({link.kind for link in links} - set(KINDS))):
        actual = [link for link in links if link.status == "actual" and link.kind == kind]
        groups.append(Group(capitalise(words.label("tie.kind", kind)), _set_links(here, actual)))
    for status in ("planned", "talks"):
        intended = [link for link in links if link.status == status]
        heading = words.text("Not a fact yet: {status}", status=words.label("tie.status", status))
        groups.append(Group(heading, _set_links(here, intended, with_kind=True), css="zb-intended"))
    return tuple(groups)


def _set_links(here: PageContext, links: Iterable[Link], *, with_kind: bool = False) -> tuple[tuple[Text, ...], ...]:
    return tuple(_set_row(here, together, with_kind=with_kind) for together in gather_links(links))


def _set_row(here: PageContext, together: Sequence[Link], *, with_kind: bool) -> tuple[Text, ...]:
    words = here.locale
    first = together[0]
    subject = capitalise(words.column(first.tie, "product")) or capitalise(words.label("tie.kind", first.kind))
    remarks = [words.label("tie.kind", first.kind)] if with_kind else []
    mark = here.cite([link.source_id for link in together])
    remarks += _list_remarks(here, first)
    return (
        here.party(first.home),
        list_partners(here, together),
        Markup("{}{}{}").format(subject, mark, set_small("; ".join(remarks))),
        "" if is_missing(first.tie["year"]) else str(int(first.tie["year"])),
        say_amount(here, first),
    )


def list_partners(here: PageContext, links: Iterable[Link]) -> str:
    """Return the names of the partners of some ties with the places they are in, each once."""
    return "; ".join(dict.fromkeys(say_partner(here, link.partner) for link in links))


def say_partner(here: PageContext, row: Row) -> str:
    """Return a partner's name, and in brackets the region or country it is in where the name does not say it.

    A partner that is itself a region or a country goes by the name that has everywhere else.
    """
    name = here.party(row)
    region, country = find_region(here, row), find_country(here, row)
    own, home = here.remember("own places", lambda: _find_own_places(here))
    code = region if region and region not in own else "" if country in home else country
    if not code:
        return name
    place = here.place(code)
    if names_of(row) & names_of_place(here, code):
        return place
    if place.casefold() in name.casefold():
        return name
    return f"{name}, {place}" if name.endswith(")") else f"{name} ({place})"


def _find_own_places(here: PageContext) -> tuple[set[str], set[str]]:
    """Return the regions and the countries of the zones the page is about."""
    zones = [{"zone_id": zone_id} for zone_id in here.zone_ids]
    return {find_region(here, zone) for zone in zones}, {find_country(here, zone) for zone in zones}


def names_of(row: Row) -> set[str]:
    """Return all names of a row, in every language it has them in."""
    return {str(value) for column, value in row.items() if column.startswith("name") and not is_missing(value)}


def names_of_place(here: PageContext, code: str) -> set[str]:
    """Return all names of a region, or of a country in the languages there are catalogues for."""
    region = here.row("region", code)
    return names_of(region) if region else {get_locale(lang).country(code) for lang in list_languages()}


def say_amount(here: PageContext, link: Link) -> str:
    """Return the value of a tie, else its quantity, as its source gave it; empty where it gave neither."""
    tie, words = link.tie, here.locale
    if not is_missing(tie["value_rub"]):
        value = float(tie["value_rub"])
        return words.figure(value, "RUB", _find_qualifier(here, link, value))
    if is_missing(tie["quantity"]):
        return ""
    value = float(tie["quantity"])
    printed = words.quantity(value, str(tie["quantity_unit"]), words.column(tie, "quantity_unit"))
    return words.qualified(printed, _find_qualifier(here, link, value))


def _list_remarks(here: PageContext, link: Link) -> list[str]:
    """Return the parts of a tie's note, without the bare word "over" or "about": the amount says that."""
    words = [here.locale.label("qualifier", word) for word in ("over", "about")]
    note = here.locale.column(link.tie, "note")
    parts = [part.strip() for part in note.split(";")]
    return [note] if not set(parts) & set(words) else [part for part in parts if part not in words]


def _find_qualifier(here: PageContext, link: Link, value: float) -> str:
    """Return the qualifier of a tie's amount, which has no column of its own.

    It is a part of the note, or that of the same value in a figure of the zone by the same source.
    """
    parts = {part.strip() for part in str(link.tie["note"]).split(";")}
    said = next((word for word in ("over", "about") if word in parts), None)
    if said:
        return said
    return here.remember("qualifiers", lambda: _list_qualifiers(here)).get((link.source_id, value), "exact")


def _list_qualifiers(here: PageContext) -> dict[tuple[str, float], str]:
    """Return the qualifier of each value of a source among the figures of the zone."""
    found: dict[tuple[str, float], str] = {}
    for row in here.records("zone_year"):
        if not any(is_missing(row[column]) for column in ("source_id", "value", "qualifier")):
            found.setdefault((row["source_id"], row["value"]), str(row["qualifier"]))
    return found
