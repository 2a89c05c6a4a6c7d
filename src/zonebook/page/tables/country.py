"""Zones of a region or the country: where they are, their figures side by side, the corridors between regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from zonebook.metrics.figures import Figure, is_missing, select_series
from zonebook.metrics.result import weakest_evidence
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.links import Link, find_country, find_region, list_links
from zonebook.page.tables.headline import say_figure, say_period, to_record
from zonebook.page.tables.layout import (
    Behind,
    Group,
    Heading,
    Layout,
    Text,
    capitalise,
    find_evidence,
    set_small,
    set_table,
)
from zonebook.page.tables.profile import link_region, link_zone

Row = Mapping[str, Any]
DISTRICTS = ("central", "northwestern", "southern", "north-caucasian", "volga", "ural", "siberian", "far-eastern")
# Indicators set side by side: of one period type each, sums since foundation apart from others.
COMPARED = (
    ("residents", "point", False),
    ("jobs", "point", True),
    ("investment_actual_rub", "point", True),
    ("revenue_rub", "FY", False),
    ("export_rub", "FY", False),
)
_ZONE_COLUMNS = (
    "zone_id",
    "name_ru",
    "name_en",
    "type",
    "region_iso",
    "established",
    "management_company",
    "source_id",
)


def zones(here: PageContext) -> Block | None:
    """Return the zones of the page, by federal district on the country's, each linked to its page."""
    words = here.locale
    rows = [dict(here.row("zone", zone_id)) for zone_id in here.zone_ids]
    groups = []
    for district in (*DISTRICTS, *sorted({_find_district(here, row) for row in rows} - set(DISTRICTS))):
        own = tuple(_set_zone(here, row) for row in rows if _find_district(here, row) == district)
        heading = words.label("federal_district", district) if district else words.text("No federal district given")
        groups.append(Group("" if here.scope == "region" else heading, own))
    layout = Layout(
        name="zones",
        caption=words.text("Special economic zones"),
        headings=(
            Heading(words.text("Zone")),
            Heading(words.text("Region")),
            Heading(words.text("Type")),
            Heading(words.text("Established"), numeric=True),
        ),
        groups=tuple(groups),
        behind=Behind.of(rows, _ZONE_COLUMNS),
        evidence=find_evidence(here, (row["source_id"] for row in rows)),
    )
    return set_table(here, layout)


def _find_district(here: PageContext, zone: Row) -> str:
    district = here.row("region", str(zone["region_iso"])).get("federal_district")
    return "" if is_missing(district) else str(district)


def _set_zone(here: PageContext, row: Row) -> tuple[Text, ...]:
    words = here.locale
    return (
        Markup("{}{}").format(link_zone(here, str(row["zone_id"])), here.cite(row["source_id"])),
        link_region(here, row["region_iso"]),
        capitalise(words.label("zone.type", row["type"])),
        words.sign("missing") if is_missing(row["established"]) else words.date(row["established"]),
    )


def comparison(here: PageContext) -> Block | None:
    """Return the latest figures of the zones side by side, one period type a column; by name, not ranked."""
    words = here.locale
    rows, shown = [], list[dict[str, object]]()
    for zone_id in here.zone_ids:
        latest = [_find_latest(here.figures.get(zone_id, ()), *compared) for compared in COMPARED]
        if any(latest):
            rows.append((link_zone(here, zone_id), *(_say_dated(here, figure) for figure in latest)))
            shown.extend({"zone_id": zone_id} | to_record(figure) for figure in latest if figure)
    sources = [record["source_ids"] for record in shown]
    layout = Layout(
        name="comparison",
        caption=words.text("Latest reported figures of the zones, in the order of their names"),
        headings=(
            Heading(words.text("Zone")),
            *(Heading(_head_indicator(here, *compared), numeric=True) for compared in COMPARED),
        ),
        groups=(Group("", tuple(rows)),),
        behind=Behind.of(shown, tuple(shown[0]) if shown else ()),
        note=words.text("The years differ and the sources differ, so reported figures are not ranked."),
        evidence=find_evidence(here, sources),
    )
    return set_table(here, layout)


def _find_latest(figures: Iterable[Figure], indicator: str, period: str, cumulative: bool) -> Figure | None:
    series = select_series(figures, indicator, period=period, cumulative=cumulative)
    return max(series, key=lambda figure: figure.year, default=None)


def _say_dated(here: PageContext, figure: Figure | None) -> Text:
    if figure is None:
        return here.locale.sign("missing")
    disagree = set_small(here.locale.text("sources disagree")) if figure.disagree else Markup("")
    return Markup("{}{}{}").format(say_figure(here, figure), set_small(str(figure.year)), disagree)


def _head_indicator(here: PageContext, indicator: str, period: str, cumulative: bool) -> str:
    words = here.locale
    nature = words.text("since foundation") if cumulative else words.label("period", period)
    return words.text("{indicator}, {period}", indicator=capitalise(here.indicator(indicator)), period=nature)


def zone_figures(here: PageContext) -> Block | None:
    """Return the latest reported figure of each kind for the zones of a region, zone by zone."""
    words = here.locale
    groups, shown = [], list[dict[str, object]]()
    for zone_id in here.zone_ids:
        latest: dict[tuple[str, str, bool], Figure] = {}
        for figure in here.figures.get(zone_id, ()):
            latest[figure.indicator, figure.period, figure.cumulative] = figure
        lines = tuple(
            (capitalise(here.indicator(figure.indicator)), say_period(here, figure), say_figure(here, figure))
            for figure in latest.values()
        )
        groups.append(Group(link_zone(here, zone_id), lines))
        shown.extend({"zone_id": zone_id} | to_record(figure) for figure in latest.values())
    layout = Layout(
        name="zone-figures",
        caption=words.text("Latest reported figures of the region's zones"),
        headings=(
            Heading(words.text("Indicator")),
            Heading(words.text("Period")),
            Heading(words.text("Value"), numeric=True),
        ),
        groups=tuple(groups),
        behind=Behind.of(shown, tuple(shown[0]) if shown else ()),
        evidence=find_evidence(here, (record["source_ids"] for record in shown)),
    )
    return set_table(here, layout)


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
    found = list_corridors(here)
    rows = tuple(_set_corridor(here, pair, links) for pair, links in found.items())
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
    )
    return set_table(here, layout)


def _set_corridor(here: PageContext, pair: tuple[str, str], links: Sequence[Link]) -> tuple[Text, ...]:
    words = here.locale
    lines = [
        Markup("<div>{} — {}{}{}</div>").format(
            here.party(link.home),
            here.party(link.partner),
            here.cite(link.source_id),
            set_small(_say_subject(here, link)),
        )
        for link in links
    ]
    return (
        Markup("{} — {}").format(here.place(pair[0]), here.place(pair[1])),
        words.number(len(links)),
        words.number(len({link.source_id for link in links})),
        Markup("").join(lines),
    )


def _say_subject(here: PageContext, link: Link) -> str:
    words = here.locale
    product = words.column(link.tie, "product")
    kind = capitalise(words.label("tie.kind", link.kind))
    return words.text("{kind}: {subject}", kind=kind, subject=product) if product else kind


def partner_countries(here: PageContext) -> Block | None:
    """Return the partner countries of the zones, with the number of reported ties and of zones that have them."""
    words = here.locale
    found: dict[str, list[Link]] = {}
    for link in list_links(here):
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
        groups=(Group("", tuple(_set_country(here, code, found[code]) for code in ordered)),),
        behind=Behind.of(behind, ("country_iso3", "ties", "zones")),
        note=words.text("Agreements and visits are not trade: the kinds of ties stand on the pages of the zones."),
        evidence=weakest_evidence(link.evidence for links in found.values() for link in links),
    )
    return set_table(here, layout)


def _zones_of(links: Iterable[Link]) -> list[str]:
    return sorted({str(link.home["zone_id"]) for link in links if not is_missing(link.home.get("zone_id"))})


def _set_country(here: PageContext, code: str, links: Sequence[Link]) -> tuple[Text, ...]:
    words = here.locale
    source_ids = list(dict.fromkeys(link.source_id for link in links))
    linked = sorted(
        (link_zone(here, zone_id) for zone_id in _zones_of(links)), key=lambda name: words.sort_key(str(name))
    )
    return (
        words.country(code),
        words.number(len(links)),
        Markup("{}{}").format(words.number(len(source_ids)), here.cite(source_ids)),
        Markup("; ").join(linked),
    )
