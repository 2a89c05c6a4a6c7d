"""Who a zone or region is: its profile, sites, clusters and residents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from zonebook.metrics.figures import Figure, is_missing
from zonebook.page.block import Block, to_plain_text
from zonebook.page.context import PageContext, split_ids
from zonebook.page.tables.headline import say_figure, say_period, select_headline
from zonebook.page.tables.layout import (
    Behind,
    Group,
    Heading,
    Layout,
    Text,
    capitalise,
    find_evidence,
    join_text,
    set_foot,
    set_small,
    set_table,
)

Row = Mapping[str, Any]
_CLUSTER_FIGURES = ("cluster_members", "cluster_jobs", "cluster_revenue_rub")
_CLUSTER_COLUMNS = ("cluster_id", "name_ru", "name_en", "site_ids", *_CLUSTER_FIGURES, "source_id", "note")
_SITE_COLUMNS = ("site_id", "name_ru", "name_en", "latitude", "longitude", "area_ha", "source_id", "note")


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


def _say_region_figure(here: PageContext, indicator: str, unit: str) -> Markup:
    """Return the latest figure of the region up to the page's year, with its year and source."""
    known = [
        row
        for row in here.records("region_year")
        if row["region_iso"] == here.id and row["indicator"] == indicator and int(row["year"]) <= here.year
    ]
    if not known:
        return Markup("")
    row = max(known, key=lambda row: int(row["year"]))
    printed = here.locale.amount(float(row["value"]), unit, digits=4 if unit else 3)
    period = here.locale.period("FY", row["year"])
    return Markup("{}{} ({})").format(printed, here.cite(row.get("source_id")), period)


def sites(here: PageContext) -> Block | None:
    """Return the sites of the zone with area, clusters and the residents known there."""
    words = here.locale
    rows = [row for row in here.records("site") if row["zone_id"] in here.zone_ids]
    layout = Layout(
        name="sites",
        caption=words.text("Sites of the zone"),
        headings=(
            Heading(words.text("Site")),
            Heading(words.text("Area, ha"), numeric=True),
            Heading(words.text("Residents named in sources"), numeric=True),
            Heading(words.text("Clusters")),
            Heading(words.text("Remark")),
        ),
        groups=(Group("", tuple(_set_site(here, row) for row in rows)),),
        behind=Behind.of(rows, _SITE_COLUMNS),
        evidence=find_evidence(here, (row["source_id"] for row in rows)),
    )
    return set_table(here, layout)


def _set_site(here: PageContext, row: Row) -> tuple[Text, ...]:
    words, site_id = here.locale, str(row["site_id"])
    residents = sum(1 for party in list_residents(here) if party["site_id"] == site_id)
    standing = [cluster for cluster in here.records("cluster") if site_id in split_ids(cluster["site_ids"])]
    area = row["area_ha"]
    return (
        Markup("{}{}").format(words.name(row), here.cite(row["source_id"])),
        words.sign("missing") if is_missing(area) else words.number(float(area)),
        words.number(residents),
        "; ".join(map(words.name, standing)),
        words.column(row, "note"),
    )


def clusters(here: PageContext) -> Block | None:
    """Return the clusters of the zone with their sites and what is reported of their size."""
    words = here.locale
    rows = [row for row in here.records("cluster") if row["zone_id"] in here.zone_ids]
    behind = [row | {f"{name}": "; ".join(_say_plain(here, row, name)) for name in _CLUSTER_FIGURES} for row in rows]
    layout = Layout(
        name="clusters",
        caption=words.text("Clusters of the zone"),
        headings=(
            Heading(words.text("Cluster")),
            Heading(words.text("Sites")),
            Heading(words.text("Members"), numeric=True),
            Heading(words.text("Jobs"), numeric=True),
            Heading(words.text("Revenue"), numeric=True),
            Heading(words.text("Remark")),
        ),
        groups=(Group("", tuple(_set_cluster(here, row) for row in rows)),),
        behind=Behind.of(behind, _CLUSTER_COLUMNS),
        note=words.text("Members may also stand outside the zone: see the remarks of the figures by year."),
        evidence=find_evidence(here, (row["source_id"] for row in rows)),
    )
    return set_table(here, layout)


def _set_cluster(here: PageContext, row: Row) -> tuple[Text, ...]:
    words = here.locale
    where = "; ".join(here.named("site", site_id) for site_id in split_ids(row["site_ids"]))
    return (
        Markup("{}{}").format(words.name(row), here.cite(row["source_id"])),
        where,
        *(_say_cluster_figures(here, row, name) for name in _CLUSTER_FIGURES),
        words.column(row, "note"),
    )


def _cluster_figures(here: PageContext, row: Row, name: str) -> list[Figure]:
    indicator = f"{name}:{row['cluster_id']}"
    return [figure for figure in here.figures.get(str(row["zone_id"]), ()) if figure.indicator == indicator]


def _say_cluster_figures(here: PageContext, row: Row, name: str) -> Markup:
    """Return what is reported of a cluster, the latest figure first, each with its period."""
    latest_first = reversed(_cluster_figures(here, row, name))
    said = [
        Markup("<div>{}{}</div>").format(say_figure(here, figure), set_small(_say_year(here, figure)))
        for figure in latest_first
    ]
    return join_text(said, "") if said else Markup("{}").format(here.locale.sign("missing"))


def _say_year(here: PageContext, figure: Figure) -> str:
    """Return the year of a stock, the whole period of anything else."""
    return say_period(here, figure) if figure.cumulative or figure.period != "point" else str(figure.year)


def _say_plain(here: PageContext, row: Row, name: str) -> list[str]:
    return [f"{figure.value:g} ({figure.qualifier}, {figure.year})" for figure in _cluster_figures(here, row, name)]


def list_residents(here: PageContext) -> list[dict[str, Any]]:
    """Return the residents that are named in sources; those named only together ("residents") are left out."""
    rows = [row for row in here.records("party") if row["kind"] == "resident" and row["zone_id"] in here.zone_ids]
    return [row for row in rows if not (is_missing(row["product"]) and is_missing(row["industry"]))]


def residents(here: PageContext) -> Block | None:
    """Return the residents named in sources, with industry, product and site."""
    words = here.locale
    rows = sorted(list_residents(here), key=lambda row: words.sort_key(here.party(row)))
    public = [row for row in rows if is_missing(row["confidential"]) or not row["confidential"]]
    columns = ("party_id", "name", "name_en", "zone_id", "site_id", "industry", "product", "since", "source_id", "note")
    layout = Layout(
        name="residents",
        caption=words.text("Residents named in sources"),
        headings=(
            Heading(words.text("Resident")),
            Heading(words.text("Industry and product")),
            Heading(words.text("Site")),
            Heading(words.text("Since"), numeric=True),
            Heading(words.text("Remark")),
        ),
        groups=(Group("", tuple(_set_resident(here, row) for row in rows)),),
        behind=Behind.of(public, columns),
        note=words.text("This is not the register of residents: only those that sources name."),
        evidence=find_evidence(here, (row["source_id"] for row in rows)),
    )
    return set_table(here, layout)


def _set_resident(here: PageContext, row: Row) -> tuple[Text, ...]:
    words = here.locale
    industry = words.column(row, "industry_name") or _say_industry(here, row)
    product = words.column(row, "product")
    return (
        Markup("{}{}").format(here.party(row), here.cite(row["source_id"])),
        Markup("{}{}").format(
            capitalise(product or industry),
            set_small(industry if industry.casefold() not in product.casefold() else ""),
        ),
        "" if is_missing(row["site_id"]) else here.named("site", row["site_id"]),
        "" if is_missing(row["since"]) else words.date(row["since"]),
        words.column(row, "note"),
    )


def _say_industry(here: PageContext, row: Row) -> str:
    """Return the name of a resident's industry: its own words, else that of the class its code begins with."""
    own = row.get(f"industry_{here.lang}")
    if not is_missing(own):
        return str(own)
    code = "" if is_missing(row["industry"]) else str(row["industry"])
    of_class = here.row("industry", code.split(".")[0])
    return here.locale.name(of_class) if of_class else code
