"""The lists of zones and regions by federal district: one page a district, and the page of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from zonebook.book.contents import District, Page
from zonebook.book.markup import as_block, escape_markdown, join_blocks, make_heading, make_link, make_table
from zonebook.page.locale import Locale


def make_district_page(district: District, locale: Locale) -> str:
    """Return, as Markdown, a district's page: its zones with type, region and founding year, and its regions."""
    blocks = [make_heading(district.title), _make_counts(district, locale)]
    if district.zones:
        blocks += [make_heading(locale.text("Zones"), level=2), _make_zone_table(district.zones, district, locale)]
    if district.regions:
        blocks += [make_heading(locale.text("Regions"), level=2), _make_region_list(district.regions)]
    return join_blocks(blocks)


def make_overview_of_districts(districts: Sequence[District], locale: Locale) -> str:
    """Return, as Markdown, every district with links to its zones and regions."""
    blocks = []
    for district in districts:
        blocks.append(f"## [{escape_markdown(district.title)}]({district.target}.md)")
        blocks.append(_make_counts(district, locale))
        for pages, label in ((district.zones, locale.text("Zones")), (district.regions, locale.text("Regions"))):
            if pages:
                named = Markup('<p class="zb-group"><b>{}</b></p>\n{}').format(label, _make_list(pages, root=""))
                blocks.append(as_block(named))
    return join_blocks(blocks)


def _make_counts(district: District, locale: Locale) -> str:
    counted = []
    if district.zones:
        counted.append(locale.plural("{n} zone", "{n} zones", len(district.zones)))
    if district.regions:
        counted.append(locale.plural("{n} region with zones", "{n} regions with zones", len(district.regions)))
    return as_block(Markup('<p class="zb-lead">{}</p>').format(", ".join(counted))) if counted else ""


def _make_zone_table(zones: Sequence[Page], district: District, locale: Locale) -> str:
    regions = {str(page.row.get("region_iso")): page for page in district.regions}
    rows = []
    for page in zones:
        region = regions.get(str(page.row.get("region_iso")))
        rows.append(
            (
                make_link(f"../{page.target}.html", page.title),
                locale.label("zone.type", page.row.get("type")),
                make_link(f"../{region.target}.html", region.title) if region else "",
                locale.date(page.row.get("established")),
            )
        )
    headings = (locale.text("Zone"), locale.text("Type"), locale.text("Region"), locale.text("Established"))
    return as_block(make_table(locale.text("Zones of {district}", district=district.title), headings, rows))


def _make_region_list(regions: Sequence[Page]) -> str:
    return as_block(_make_list(regions, root="../"))


def _make_list(pages: Sequence[Page], root: str) -> Markup:
    items = Markup("\n").join(
        Markup("<li>{}</li>").format(make_link(f"{root}{page.target}.html", page.title)) for page in pages
    )
    return Markup('<ul class="zb-pages">\n{}\n</ul>').format(items)
