"""Tile maps of the pages: partner regions of a zone, zones by region, corridors between regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.figures import read_text
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.cooperation import (
    PARTNER_COLUMNS,
    Link,
    Partner,
    choose_links,
    group_partners,
    list_sources,
    to_table,
    write_bound,
)
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.key import Entry, draw_key
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, Face, Ink
from zonebook.page.figures.tiles import EMPTY, STEPS, Grid, Tile, choose_step, choose_tiles, draw_tiles
from zonebook.page.locale import NBSP, Locale

_MOST_CURVES = 200  # of many pairs only the strongest are drawn; the table has them all
_HOME = Ink("paper", "accent", 2.4)
_INTENDED = Ink("paper", "accent", 1.2, dash=(3, 2))


@dataclass(frozen=True, slots=True)
class RegionMap:
    """What a tile map shows: the tiles, the home regions, and the partners with their counts."""

    tiles: tuple[Tile, ...]
    home: frozenset[str]
    partners: tuple[Partner, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the regions by code."""
        return {tile.region: tile.name for tile in self.tiles}


def partner_regions(here: PageContext) -> Block | None:
    """Return the tile map of the regions a zone has ties with; ``None`` where there are none or no map."""
    links = [link for link in choose_links(here) if not link.is_foreign]
    home = _home_regions(here)
    partners = group_partners(link for link in links if link.place not in home)
    tiles = choose_tiles(here)
    drawn = {tile.region for tile in tiles}
    partners = tuple(partner for partner in partners if partner.place in drawn)
    if not partners:
        return None
    locale = here.locale
    chart = RegionMap(tiles, home, partners)
    unnamed = sum(1 for link in links if not link.place and link.level == "regional")
    sentences = [
        locale.text("The number in a tile: ties with that region."),
        write_bound(locale, links),
        locale.plural("{n} more tie names no region.", "{n} more ties name no region.", unnamed) if unnamed else "",
    ]
    return frame_figure(
        here,
        Plate(
            name="partner-regions",
            title=locale.text("Partner regions"),
            reading=" ".join(filter(None, sentences)),
            alternative=_describe_partners(locale, chart),
            draw=partial(draw_partner_regions, locale, chart),
            columns=PARTNER_COLUMNS,
            rows=to_table(here, partners),
            source_ids=list_sources(link for partner in partners for link in partner.links),
        ),
    )


def _home_regions(here: PageContext) -> frozenset[str]:
    if here.scope == "region":
        return frozenset({here.id})
    zones = (row for row in here.records("zone") if row["zone_id"] == here.id)
    return frozenset(str(row["region_iso"]) for row in zones)


def _describe_partners(locale: Locale, chart: RegionMap) -> str:
    actual = [partner for partner in chart.partners if partner.count("actual")]
    planned = [partner for partner in chart.partners if not partner.count("actual")]
    names = chart.names
    sentences = []
    if actual:
        ranked = sorted(actual, key=lambda p: (-p.count("actual"), names[p.place]))
        listed = ", ".join(f"{names[p.place]} – {p.count('actual')}" for p in ranked)
        counted = locale.plural(
            "Working ties with {n} region: {listed}.",
            "Working ties with {n} regions: {listed}.",
            len(actual),
            listed=listed,
        )
        sentences.append(counted)
    if planned:
        listed = ", ".join(names[p.place] for p in planned)
        sentences.append(locale.text("Only planned or under discussion: {listed}.", listed=listed))
    return " ".join(sentences)


def draw_partner_regions(locale: Locale, chart: RegionMap, width: float) -> Sheet:
    """Draw the map, its key and the partners by name."""
    sheet = Sheet(width)
    grid = Grid.fit(chart.tiles, width)
    by_place = {partner.place: partner for partner in chart.partners}
    most = max((partner.count("actual") for partner in chart.partners), default=0)

    def ink_of(tile: Tile) -> tuple[Ink, str, str]:
        partner = by_place.get(tile.region)
        if tile.region in chart.home:
            return _HOME, "", tile.name
        if partner is None:
            return EMPTY, "", ""
        actual, intended = partner.count("actual"), partner.count("planned", "talks")
        if not actual:
            return _INTENDED, "", f"{tile.name}: {locale.label('tie.status', 'planned')} – {intended}"
        return Ink(choose_step(actual, most)), locale.number(actual), f"{tile.name}: {actual}"

    draw_tiles(sheet, grid, ink_of)
    entries = [Entry(locale.text("own region"), _HOME), *_key_of_counts(locale, most)]
    if any(not partner.count("actual") for partner in chart.partners):
        entries.append(Entry(locale.text("only planned or under discussion"), _INTENDED))
    y = draw_key(sheet, grid.bottom + 8, entries)
    _list_names(sheet, locale, chart, y + 8)
    return sheet


def _key_of_counts(locale: Locale, most: int) -> list[Entry]:
    """Return the shades with the counts they stand for."""
    ranges: dict[str, list[int]] = {}
    for count in range(1, most + 1):
        ranges.setdefault(choose_step(count, most), []).append(count)
    entries = []
    for step in STEPS:
        counts = ranges.get(step)
        if counts:
            span = str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
            entries.append(Entry(locale.plural("{span} tie", "{span} ties", counts[-1], span=span), Ink(step)))
    return entries


def _list_names(sheet: Sheet, locale: Locale, chart: RegionMap, y: float) -> None:
    """Write the partners under the map, most ties first: the tiles bear codes only."""
    names = chart.names
    ranked = sorted(chart.partners, key=lambda p: (-p.count("actual"), names[p.place]))
    parts = [f"{names[p.place]}{NBSP}{p.count('actual')}" for p in ranked if p.count("actual")]
    if parts:
        sheet.write_wrapped(0, y + 13, " · ".join(parts), sheet.width, BODY)


def zones_map(here: PageContext) -> Block | None:
    """Return the tile map of the country with the number of zones in each region; ``None`` without zones or map."""
    tiles = choose_tiles(here)
    rows = [row for row in here.records("zone") if row["zone_id"] in here.zone_ids]
    counts = Counter(str(row["region_iso"]) for row in rows)
    shown = {tile.region: counts[tile.region] for tile in tiles if counts[tile.region]}
    if not shown:
        return None
    locale = here.locale
    names = {tile.region: tile.name for tile in tiles}
    ranked = sorted(shown, key=lambda code: (-shown[code], names[code]))
    listed = ", ".join(f"{names[code]} – {shown[code]}" for code in ranked)
    alternative = " ".join(
        [
            locale.plural("{n} zone on the map,", "{n} zones on the map,", sum(shown.values())),
            locale.plural("in {n} region: {listed}.", "in {n} regions: {listed}.", len(shown), listed=listed),
        ]
    )
    return frame_figure(
        here,
        Plate(
            name="zones-map",
            title=locale.text("Zones by region"),
            reading=locale.text("The number in a tile: special economic zones in the region."),
            alternative=alternative,
            draw=partial(draw_zones_map, locale, tiles, shown),
            columns=("region_iso", "name", "zones"),
            rows=tuple((code, names[code], shown[code]) for code in sorted(shown)),
            source_ids=tuple(dict.fromkeys(read_text(row, "source_id") for row in rows if read_text(row, "source_id"))),
        ),
    )


def draw_zones_map(locale: Locale, tiles: Sequence[Tile], counts: Mapping[str, int], width: float) -> Sheet:
    """Draw the map with the number of zones in each region."""
    sheet = Sheet(width)
    grid = Grid.fit(tiles, width)
    most = max(counts.values())

    def ink_of(tile: Tile) -> tuple[Ink, str, str]:
        count = counts.get(tile.region, 0)
        if not count:
            return EMPTY, "", ""
        return Ink(choose_step(count, most)), locale.number(count), f"{tile.name}: {count}"

    draw_tiles(sheet, grid, ink_of)
    return sheet


@dataclass(frozen=True, slots=True)
class Corridor:
    """Two regions and the reported ties between them."""

    regions: tuple[str, str]
    links: tuple[Link, ...]

    @property
    def count(self) -> int:
        """How many ties work."""
        return sum(link.status == "actual" for link in self.links)


def choose_corridors(links: Sequence[Link]) -> tuple[Corridor, ...]:
    """Return the pairs of regions with ties that work, in either direction, most ties first."""
    groups: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        pair = tuple(sorted((link.home_region, link.place)))
        if not link.is_foreign and all(pair) and pair[0] != pair[1] and link.status == "actual":
            groups.setdefault((pair[0], pair[1]), []).append(link)
    found = [Corridor(pair, tuple(links)) for pair, links in groups.items()]
    return tuple(sorted(found, key=lambda corridor: (-corridor.count, corridor.regions)))


def corridors(here: PageContext) -> Block | None:
    """Return the map of ties between regions, a curve a pair; ``None`` where there are none."""
    tiles = choose_tiles(here)
    drawn = {tile.region for tile in tiles}
    found = tuple(c for c in choose_corridors(choose_links(here)) if set(c.regions) <= drawn)
    if not found:
        return None
    locale = here.locale
    names = {tile.region: tile.name for tile in tiles}
    listed = "; ".join(f"{names[c.regions[0]]} – {names[c.regions[1]]}: {c.count}" for c in found[:5])
    sentences = [
        locale.text("A curve joins two regions with ties of zones, thicker for more ties; it does not measure trade."),
        write_bound(locale, (link for c in found for link in c.links)),
    ]
    counted = locale.plural(
        "{n} pair of regions has ties. Most: {listed}.",
        "{n} pairs of regions have ties. Most: {listed}.",
        len(found),
        listed=listed,
    )
    return frame_figure(
        here,
        Plate(
            name="corridors",
            title=locale.text("Corridors between regions"),
            reading=" ".join(filter(None, sentences)),
            alternative=counted,
            draw=partial(draw_corridors, locale, tiles, found),
            columns=("from_region", "from_name", "to_region", "to_name", "ties", "source_ids"),
            rows=tuple(
                (*_named(c.regions[0], names), *_named(c.regions[1], names), c.count, ";".join(list_sources(c.links)))
                for c in found
            ),
            source_ids=list_sources(link for c in found for link in c.links),
        ),
    )


def _named(region: str, names: Mapping[str, str]) -> tuple[str, str]:
    return region, names[region]


def draw_corridors(locale: Locale, tiles: Sequence[Tile], found: Sequence[Corridor], width: float) -> Sheet:
    """Draw the tiles, the curves over them, the ends with their labels, and the strongest pairs by name."""
    sheet = Sheet(width)
    grid = Grid.fit(tiles, width, top=6.0)
    ends = {region for corridor in found for region in corridor.regions}
    draw_tiles(sheet, grid, lambda tile: (Ink("accent-soft") if tile.region in ends else EMPTY, "", ""), codes=False)
    most = max(corridor.count for corridor in found)
    for corridor in reversed(found[:_MOST_CURVES]):
        _draw_curve(sheet, grid, corridor, most)
    by_region = {tile.region: tile for tile in tiles}
    for region in sorted(ends):
        _draw_end(sheet, grid, by_region[region])
    y = grid.bottom + 8
    for corridor in [c for c in found if c.count > 1][:8]:
        first, second = (by_region[region].name for region in corridor.regions)
        number = locale.number(corridor.count)
        sheet.write(0, y + 13, number, Face(weight=600))
        left = measure_text(number, Face(weight=600)) + 10
        y = sheet.write_wrapped(left, y + 13, f"{first} – {second}", width - left, BODY) - 11
    return sheet


def _draw_end(sheet: Sheet, grid: Grid, tile: Tile) -> None:
    """Mark the end of curves and write its label on a ground that keeps it clear of them."""
    x, y = (tile.column + 0.5) * grid.size, grid.top + (tile.row + 0.5) * grid.size
    sheet.mark((x, y), 2.6, Ink("accent", "paper", 0.8))
    if grid.size < 26:
        return
    face = Face(size=10.5, weight=600, anchor="middle")
    half = measure_text(tile.label, face) / 2 + 2
    sheet.box((x - half, y - grid.size * 0.45), (half * 2, 11.5), Ink("accent-soft"))
    sheet.write(x, y - grid.size * 0.45 + 9.4, tile.label, face)


def _draw_curve(sheet: Sheet, grid: Grid, corridor: Corridor, most: int) -> None:
    (x0, y0), (x1, y1) = (grid.centre(region) or (0.0, 0.0) for region in corridor.regions)
    # Bent to the left of the way, by a sixth of its length, so that near-parallel ways stay apart.
    bend = 0.17
    control = ((x0 + x1) / 2 + (y1 - y0) * bend, max((y0 + y1) / 2 - (x1 - x0) * bend, 2.0))
    thickness = 1.2 + 3.8 * (corridor.count - 1) / max(most - 1, 1)
    tile_names = {tile.region: tile.name for tile in grid.tiles}
    tip = f"{tile_names[corridor.regions[0]]} – {tile_names[corridor.regions[1]]}: {corridor.count}"
    sheet.curve([(x0, y0), control, (x1, y1)], Ink(edge="accent", width=thickness), tip)
