"""What a zone or region is: type, place, area, who manages it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import escape

from zonebook.metrics.figures import Figure, is_missing
from zonebook.page.block import Block, to_plain_text
from zonebook.page.context import PageContext
from zonebook.page.markup import Markup
from zonebook.page.tables.headline import say_figure, say_period, select_headline
from zonebook.page.tables.layout import (
    Text,
    capitalise,
    set_foot,
)

Row = Mapping[str, Any]


def profile(here: PageContext) -> Block | None:
    """Return what the zone or region is: type, place, area, who manages it."""
    lines = _list_zone_lines(here) if here.scope == "zone" else _list_region_lines(here)
    shown = [(label, said) for label, said in lines if said]
    if not shown:
        return None
    entries = Markup("\n").join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*line) for line in shown)
    foot = set_foot(here, "profile")
    html = Markup('<dl class="zb-profile" id="table-profile">\n{}\n</dl>\n{}').format(entries, foot)
    rows = tuple((label, to_plain_text(escape(said))) for label, said in shown)
    return Block(html, name="profile", columns=("property", "value"), rows=rows)


def _list_zone_lines(here: PageContext) -> list[tuple[str, Text]]:
    words, row = here.locale, here.row("zone", here.id)
    area = select_headline(here.figures.get(here.id, ()), "area_ha")
    counted = select_headline(here.figures.get(here.id, ()), "sites")
    region = here.row("region", str(row.get("region_iso")))
    return [
        (words.text("Type"), capitalise(words.label("zone.type", row.get("type")))),
        (words.text("Region"), link_region(here, row.get("region_iso"))),
        (words.text("Federal district"), _say_district(here, region)),
        (words.text("Established"), "" if is_missing(row.get("established")) else words.date(row["established"])),
        (words.text("Area"), _say_dated(here, area.main) if area else _say_area(here, row)),
        (words.text("Sites"), _say_dated(here, counted.main) if counted else _count(here, here.records("site"))),
        (words.text("Management company"), words.column(row, "management_company")),
        (words.text("Remark"), words.column(row, "note")),
        (words.text("Source"), here.cite(row.get("source_id"))),
    ]


def _list_region_lines(here: PageContext) -> list[tuple[str, Text]]:
    words, row = here.locale, here.row("region", here.id)
    return [
        (words.text("Federal district"), _say_district(here, row)),
        (words.text("Capital"), words.column(row, "capital") or words.column(row, f"capital_{words.lang}")),
        (words.text("Population"), _say_region_figure(here, "population", "")),
        (words.text("Gross regional product"), _say_region_figure(here, "grp_rub", "RUB")),
        (words.text("Gross regional product per head"), _say_region_figure(here, "grp_per_head_rub", "RUB")),
        (words.text("Special economic zones in these data"), words.number(len(here.zone_ids))),
    ]


def link_region(here: PageContext, code: object) -> Markup:
    """Return a region's name, linked to its page."""
    if is_missing(code):
        return Markup("")
    pattern = Markup('<a class="zb-page" href="{}regions/{}.html">{}</a>')
    return pattern.format(here.root, code, here.place(code))


def link_zone(here: PageContext, zone_id: str) -> Markup:
    """Return a zone's name, linked to its page; that of a total, which has none, is not linked."""
    name = here.named("zone", zone_id)
    if here.row("zone", zone_id).get("type") in (None, "aggregate"):
        return Markup("{}").format(name)
    return Markup('<a class="zb-page" href="{}zones/{}.html">{}</a>').format(here.root, zone_id, name)


def _say_district(here: PageContext, region: Row) -> str:
    code = region.get("federal_district")
    return "" if is_missing(code) else here.locale.label("federal_district", code)


def _say_dated(here: PageContext, figure: Figure) -> Markup:
    return Markup("{} ({})").format(say_figure(here, figure), say_period(here, figure))


def _say_area(here: PageContext, row: Row) -> str:
    return "" if is_missing(row.get("area_ha")) else here.locale.figure(float(row["area_ha"]), "ha")


def _count(here: PageContext, rows: Iterable[object]) -> str:
    number = len(list(rows))
    return here.locale.number(number) if number else ""


def find_region_row(here: PageContext, indicator: str, region: str = "") -> Row | None:
    """Return the latest figure of a region, the page's own if none is named, up to the page's year.

    It is a row of ``region_year``.
    """
    known = [
        row
        for row in here.records("region_year")
        if row["region_iso"] == (region or here.id) and row["indicator"] == indicator and int(row["year"]) <= here.year
    ]
    return max(known, key=lambda row: int(row["year"]), default=None)


def _say_region_figure(here: PageContext, indicator: str, unit: str) -> Markup:
    """Return the latest figure of the region up to the page's year, with its year and source."""
    row = find_region_row(here, indicator)
    if row is None:
        return Markup("")
    printed = here.locale.amount(float(row["value"]), unit, digits=4 if unit else 3)
    period = here.locale.period("FY", row["year"])
    return Markup("{}{} ({})").format(printed, here.cite(row.get("source_id")), period)
