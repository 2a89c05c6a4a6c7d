"""Reported ties as a page shows them: seen from home, those that differ only in the partner told together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zonebook.metrics.figures import is_missing
from zonebook.metrics.result import Evidence
from zonebook.page.context import PageContext

LEVELS = ("local", "regional", "international")
STATUSES = ("actual", "planned", "talks")
# Kinds in the order they are told.
KINDS = (
    "export",
    "supply",
    "contract_manufacturing",
    "joint_venture",
    "licence",
    "r_and_d",
    "service",
    "agreement",
    "experience_exchange",
    "support_measure",
)
# Kinds of sources that everybody can read.
PUBLISHED = frozenset({"official", "company", "press"})
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A reported tie with both of its ends, the home end first."""

    tie: Row
    home: Row
    partner: Row

    @property
    def kind(self) -> str:
        """Kind of the tie."""
        return str(self.tie["kind"])

    @property
    def level(self) -> str:
        """Level of the tie."""
        return str(self.tie["level"])

    @property
    def status(self) -> str:
        """Whether the tie works, is planned or is talked of."""
        return "actual" if is_missing(self.tie["status"]) else str(self.tie["status"])

    @property
    def source_id(self) -> str:
        """The source of the tie, empty where none is given."""
        return "" if is_missing(self.tie["source_id"]) else str(self.tie["source_id"])

    @property
    def evidence(self) -> Evidence:
        """What the tie rests on: accounts and contracts are a register, surveys and the press are reports."""
        return Evidence.REGISTER if self.tie["evidence"] in ("ledger", "contract") else Evidence.REPORTED


def list_links(here: PageContext) -> tuple[Link, ...]:
    """Return the ties of the page up to its year, and those without a year, by status, kind, year and id."""
    return here.remember("links", lambda: _list_links(here))


def list_public_links(here: PageContext) -> tuple[Link, ...]:
    """Return the ties that are public already: known from the press, or from a source that is published.

    The others are those of a register: their number is told, none of them is listed.
    """
    return here.remember("public links", lambda: tuple(link for link in list_links(here) if is_public(here, link)))


def is_public(here: PageContext, link: Link) -> bool:
    """Whether a tie is known from publications."""
    return link.tie["evidence"] == "press" or is_published(here, link.source_id)


def is_published(here: PageContext, source_id: object) -> bool:
    """Whether a source is one that everybody can read."""
    source = here.sources.get(str(source_id))
    return source is not None and source.kind in PUBLISHED


def _list_links(here: PageContext) -> tuple[Link, ...]:
    found = [link for row in here.records("tie") if (link := _turn(here, row)) and is_in_time(here, link)]
    return tuple(sorted(found, key=_order))


def count_later_links(here: PageContext, level: str) -> int:
    """Return how many ties of a level are of years after the page's and left out for that."""
    turned = (_turn(here, row) for row in here.records("tie") if row["level"] == level)
    return sum(1 for link in turned if link and not is_in_time(here, link))


def is_in_time(here: PageContext, link: Link) -> bool:
    """Whether a tie is of the page's year, an earlier one, or of no year."""
    year = link.tie["year"]
    return is_missing(year) or int(year) <= here.year


def _order(link: Link) -> tuple[int, int, int, str]:
    year = 0 if is_missing(link.tie["year"]) else int(link.tie["year"])
    kind = KINDS.index(link.kind) if link.kind in KINDS else len(KINDS)
    return STATUSES.index(link.status), kind, -year, str(link.tie["tie_id"])


def _turn(here: PageContext, tie: Row) -> Link | None:
    """Return a tie seen from home; ``None`` where neither end is."""
    ends = [here.row("party", str(tie[end])) or {"party_id": tie[end]} for end in ("from_party", "to_party")]
    at_home = [_is_home(here, party) for party in ends]
    if not any(at_home):
        return None
    home, partner = ends if at_home[0] and not (at_home[1] and tie["kind"] == "support_measure") else reversed(ends)
    return Link(tie, home, partner)


def _is_home(here: PageContext, party: Row) -> bool:
    zone_id, region = party.get("zone_id"), party.get("region_iso")
    if not is_missing(zone_id) and str(zone_id) in here.zone_ids:
        return True
    return here.scope == "region" and not is_missing(region) and str(region) == here.id


def gather_links(links: Iterable[Link], *, by_partner: bool = False) -> tuple[tuple[Link, ...], ...]:
    """Return ties that differ in nothing but the partner together; ``by_partner`` those of one partner."""
    found: dict[tuple[str, ...], list[Link]] = {}
    for link in links:
        tie = link.tie
        same = ("kind", "product", "year", "value_rub", "quantity", "note")
        key = (link.status, link.source_id, *(_text(tie[column]) for column in same), _text(link.home.get("party_id")))
        found.setdefault((str(link.partner.get("party_id")),) if by_partner else key, []).append(link)
    return tuple(tuple(together) for together in found.values())


def _text(value: object) -> str:
    return "" if is_missing(value) else str(value)


def find_country(here: PageContext, party: Row) -> str:
    """Return the country a party is in, by itself or by its zone; empty where it is not known."""
    if not is_missing(party.get("country_iso3")):
        return str(party["country_iso3"])
    return _of_zone(here, party, "country_iso3")


def find_region(here: PageContext, party: Row) -> str:
    """Return the region a party is in, by itself or by its zone; empty where it is not known."""
    if not is_missing(party.get("region_iso")):
        return str(party["region_iso"])
    return _of_zone(here, party, "region_iso")


def _of_zone(here: PageContext, party: Row, column: str) -> str:
    if is_missing(party.get("zone_id")):
        return ""
    value = here.row("zone", str(party["zone_id"])).get(column)
    return "" if is_missing(value) else str(value)


def list_destinations(here: PageContext) -> dict[str, list[Link]]:
    """Return the public actual exports of the page by country of destination; those without a country left out."""
    found: dict[str, list[Link]] = {}
    for link in list_public_links(here):
        country = find_country(here, link.partner)
        if link.kind == "export" and link.status == "actual" and link.level == "international" and country:
            found.setdefault(country, []).append(link)
    return found


def list_partner_regions(here: PageContext) -> dict[str, list[Link]]:
    """Return the public actual interregional ties by the partner's region; those without a region left out."""
    home = {find_region(here, {"zone_id": zone_id}) for zone_id in here.zone_ids}
    found: dict[str, list[Link]] = {}
    for link in list_public_links(here):
        region = find_region(here, link.partner)
        is_tie = link.level == "regional" and link.status == "actual" and link.kind != "support_measure"
        if is_tie and region and region not in home:
            found.setdefault(region, []).append(link)
    return found
