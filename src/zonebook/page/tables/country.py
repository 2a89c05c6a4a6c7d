"""Zones of a region or the country: where they are, and their figures side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from zonebook.metrics.figures import Figure, is_missing, select_series
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.tables.excerpt import Excerpt, MadeRows
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
        own = [row for row in rows if _find_district(here, row) == district]
        heading = words.label("federal_district", district) if district else words.text("No federal district given")
        is_whole = here.scope == "region" or len(own) == len(rows)
        groups.append(Group("" if is_whole else heading, MadeRows(own, partial(_set_zone, here))))
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
        excerpt=Excerpt(
            words.text("the first by name")
            if here.scope == "region"
            else words.text("the first by name in each federal district"),
            of_each=True,
        ),
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
    rows, shown = list[tuple[str, list[Figure | None]]](), list[dict[str, object]]()
    columns = [_list_latest(here, *compared) for compared in COMPARED]
    for zone_id in here.zone_ids:
        latest = [column.get(zone_id) for column in columns]
        if any(latest):
            rows.append((zone_id, latest))
            shown.extend({"zone_id": zone_id} | to_record(figure) for figure in latest if figure)
    sources = [record["source_ids"] for record in shown]
    layout = Layout(
        name="comparison",
        caption=words.text("Latest reported figures of the zones, in the order of their names"),
        headings=(
            Heading(words.text("Zone")),
            *(Heading(_head_indicator(here, *compared), numeric=True) for compared in COMPARED),
        ),
        groups=(Group("", MadeRows(rows, partial(_set_compared, here))),),
        behind=Behind.of(shown, tuple(shown[0]) if shown else ()),
        note=words.text("The years differ and the sources differ, so reported figures are not ranked."),
        evidence=find_evidence(here, sources),
        tool="filter",
        excerpt=Excerpt(words.text("the first by name")),
    )
    return set_table(here, layout)


def _set_compared(here: PageContext, row: tuple[str, list[Figure | None]]) -> tuple[Text, ...]:
    zone_id, latest = row
    return link_zone(here, zone_id), *(_say_dated(here, figure) for figure in latest)


def _list_latest(here: PageContext, indicator: str, period: str, cumulative: bool) -> Mapping[str, Figure]:
    """Return the latest figure of one kind by zone; of all zones' figures no others are read."""
    found = {}
    for zone_id, figures in here.figures_of(indicator).items():
        series = select_series(figures, indicator, period=period, cumulative=cumulative)
        if series:
            found[zone_id] = max(series, key=lambda figure: figure.year)
    return found


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
        lines = MadeRows(tuple(latest.values()), partial(_set_figure, here))
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
        excerpt=Excerpt(words.text("the zones that are first by name")),
    )
    return set_table(here, layout)


def _set_figure(here: PageContext, figure: Figure) -> tuple[Text, ...]:
    return capitalise(here.indicator(figure.indicator)), say_period(here, figure), say_figure(here, figure)
