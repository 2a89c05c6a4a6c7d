"""Who is in a zone: its sites, clusters and the residents named in sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zonebook.metrics.figures import Figure, is_missing
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.ids import split_ids
from zonebook.page.links import is_published
from zonebook.page.markup import Markup
from zonebook.page.tables.headline import say_figure, say_period
from zonebook.page.tables.layout import (
    Behind,
    Group,
    Heading,
    Layout,
    Text,
    capitalise,
    find_evidence,
    join_text,
    set_small,
    set_table,
)

Row = Mapping[str, Any]


_CLUSTER_FIGURES = ("cluster_members", "cluster_jobs", "cluster_revenue_rub")


_CLUSTER_COLUMNS = ("cluster_id", "name_ru", "name_en", "site_ids", *_CLUSTER_FIGURES, "source_id", "note")


_SITE_COLUMNS = ("site_id", "name_ru", "name_en", "latitude", "longitude", "area_ha", "source_id", "note")


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
        _name_with_remark(here, row),
        words.sign("missing") if is_missing(area) else words.number(float(area)),
        words.number(residents),
        "; ".join(map(words.name, standing)),
    )


def clusters(here: PageContext) -> Block | None:
    """Return the clusters of the zone with their sites and what is reported of their size."""
    words = here.locale
    rows = [row for row in here.records("cluster") if row["zone_id"] in here.zone_ids]
    behind = [row | {f"{name}": "; ".join(_say_plain(here, row, name)) for name in _CLUSTER_FIGURES} for row in rows]
    headings = dict(
        zip(_CLUSTER_FIGURES, (words.text("Members"), words.text("Jobs"), words.text("Revenue")), strict=True)
    )
    known = [name for name in _CLUSTER_FIGURES if any(row[name] for row in behind)]
    note = words.text("Members may also stand outside the zone: see the remarks of the figures by year.")
    layout = Layout(
        name="clusters",
        caption=words.text("Clusters of the zone"),
        headings=(
            Heading(words.text("Cluster")),
            Heading(words.text("Sites")),
            *(Heading(headings[name], numeric=True) for name in known),
        ),
        groups=(Group("", tuple(_set_cluster(here, row, known) for row in rows)),),
        behind=Behind.of(behind, _CLUSTER_COLUMNS),
        note=note if known else "",
        evidence=find_evidence(here, (row["source_id"] for row in rows)),
    )
    return set_table(here, layout)


def _set_cluster(here: PageContext, row: Row, known: Sequence[str]) -> tuple[Text, ...]:
    where = "; ".join(here.named("site", site_id) for site_id in split_ids(row["site_ids"]))
    return (
        _name_with_remark(here, row),
        where,
        *(_say_cluster_figures(here, row, name) for name in known),
    )


def _name_with_remark(here: PageContext, row: Row) -> Markup:
    """Return a row's name with the mark of its source and, below, its note."""
    note = set_small(here.locale.column(row, "note"))
    return Markup("{}{}{}").format(here.locale.name(row), here.cite(row["source_id"]), note)


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
    """Return the residents that are named in published sources; those of a register only are never named.

    Those named only together ("residents") are left out.
    """
    rows = [row for row in here.records("party") if row["kind"] == "resident" and row["zone_id"] in here.zone_ids]
    public = [row for row in rows if is_published(here, row["source_id"])]
    return [row for row in public if not (is_missing(row["product"]) and is_missing(row["industry"]))]


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
