"""The ties of a page as the figures draw them: how many with which place, of which status, for which products."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zonebook.metrics.disclosure import SuppressionRule
from zonebook.metrics.figures import read_text
from zonebook.metrics.hidden_parts import count_parts, hide_labels, is_few
from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import Ties, read_ties
from zonebook.page.block import Cell
from zonebook.page.context import PageContext
from zonebook.page.locale import Locale
from zonebook.tables.frame import list_records

STATUSES = ("actual", "planned", "talks")


@dataclass(frozen=True, slots=True)
class Link:
    """One tie, seen from the page's zone, region or country.

    ``place`` is where the partner is: a region of the own country, or a country; empty where it is not named.
    ``firm`` answers for the home end, in ``zone``.
    """

    level: str
    kind: str
    status: str
    product: str
    place: str
    home_region: str
    is_foreign: bool
    is_reported: bool
    source_id: str
    firm: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A place and the ties with it."""

    place: str
    links: tuple[Link, ...]

    def count(self, *statuses: str) -> int:
        """Return how many ties have one of these statuses."""
        return sum(link.status in statuses for link in self.links)

    @property
    def products(self) -> tuple[str, ...]:
        """What the ties are about, each product once, in the order of the data."""
        return tuple(dict.fromkeys(link.product for link in self.links if link.product))


def find_ties(here: PageContext) -> Ties:
    """Return the ties of the page's zone, region or country up to its year, read once."""
    return here.remember_fact("ties", lambda: read_ties(Scope(here.share, here.year)))


def choose_links(here: PageContext) -> tuple[Link, ...]:
    """Return all ties of the page, without measures of support, read once."""
    return here.remember("links of figures", lambda: _read_links(here))


def _read_links(here: PageContext) -> tuple[Link, ...]:
    ties, links = find_ties(here), []
    respondents = read_parties(ties.scope)["respondent"].to_dict()
    for row, is_reported in zip(list_records(ties.rows), ties.find_reported(ties.rows), strict=True):
        is_foreign = bool(row["is_foreign"])
        links.append(
            Link(
                level=read_text(row, "level"),
                kind=read_text(row, "kind"),
                status=read_text(row, "status", "actual"),
                product=here.locale.column(here.row("tie", str(row["tie_id"])), "product"),
                place=read_text(row, "partner_country_iso3" if is_foreign else "partner_region_iso"),
                home_region=read_text(row, "home_region_iso"),
                is_foreign=is_foreign,
                is_reported=bool(is_reported),
                source_id=read_text(row, "source_id"),
                firm=str(respondents.get(row["home_party_id"], row["home_party_id"])),
                zone=read_text(row, "home_zone_id"),
            )
        )
    return tuple(links)


def find_withheld(
    here: PageContext, links: Iterable[Link], label: Callable[[Link], str], *, is_total_known: bool = True
) -> frozenset[str]:
    """Return the labels (places, statuses) whose ties of the register are those of few firms, and what tells of them.

    Where the number of all is not known, nothing tells of them. A region and the country withhold what any of their
    zones does. Ties known from publications are public.
    """
    rule, by_zone = here.options.settings.in_force, dict[str, list[Link]]()
    for link in links:
        if not link.is_reported and label(link):
            by_zone.setdefault(link.zone, []).append(link)
    thresholds = SuppressionRule(rule.least_firms, rule.dominance, rule.p_percent)
    counts = [count_parts(map(label, own), (link.firm for link in own)) for own in by_zone.values()]
    if not is_total_known:
        return frozenset(name for parts in counts for name, firms in parts.items() if is_few(firms, thresholds))
    hidden = [hide_labels(parts, thresholds) for parts in counts]
    return frozenset[str]().union(*hidden)


def group_partners(links: Iterable[Link]) -> tuple[Partner, ...]:
    """Return ties by the partner's place, in order of its code; ties without a named place are left out."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        if link.place:
            groups.setdefault(link.place, []).append(link)
    return tuple(Partner(place, tuple(groups[place])) for place in sorted(groups))


def write_bound(locale: Locale, links: Iterable[Link]) -> str:
    """Return the sentence that says how ties known from publications count; nothing for ties of a register."""
    if not any(link.is_reported for link in links):
        return ""
    return locale.text("Counted from publications: a lower bound.")


def list_sources(links: Iterable[Link]) -> tuple[str, ...]:
    """Return the sources of ties, each once."""
    return tuple(dict.fromkeys(link.source_id for link in links if link.source_id))


def to_table(here: PageContext, partners: Iterable[Partner]) -> tuple[tuple[Cell, ...], ...]:
    """Return partners as rows of the table behind a figure, in the order of ``PARTNER_COLUMNS``."""
    return tuple(
        (
            partner.place,
            here.place(partner.place),
            *(partner.count(status) for status in STATUSES),
            "; ".join(partner.products),
            ";".join(list_sources(partner.links)),
        )
        for partner in partners
    )


PARTNER_COLUMNS = ("code", "name", *STATUSES, "products", "source_ids")
