"""The map of ties between regions: a curve a pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.cooperation import (
    Link,
    choose_links,
    list_sources,
    write_bound,
)
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, Face, Ink
from zonebook.page.figures.tiles import EMPTY, Grid, Tile, choose_tiles, draw_tiles
from zonebook.page.locale import Locale

_MOST_CURVES = 200  # of many pairs only the strongest are drawn; the table has them all


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
    """Return the map of reported ties between regions, a curve a pair; ``None`` where there are none.

    Ties of a register are in the corridors of trade.
    """
    tiles = choose_tiles(here)
    drawn = {tile.region for tile in tiles}
    reported = [link for link in choose_links(here) if link.is_reported]
    found = tuple(c for c in choose_corridors(reported) if set(c.regions) <= drawn)
    if not found:
        return None
    locale = here.locale
    names = {tile.region: tile.name for tile in tiles}
    listed = "; ".join(f"{_name_pair(locale, c, names)} ({c.count})" for c in found[:5])
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


def _name_pair(locale: Locale, corridor: Corridor, names: Mapping[str, str]) -> str:
    first, second = (names[region] for region in corridor.regions)
    return locale.text("{first} – {second}", first=first, second=second)


def _named(region: str, names: Mapping[str, str]) -> tuple[str, str]:
    return region, names[region]


def draw_corridors(locale: Locale, tiles: Sequence[Tile], found: Sequence[Corridor], width: float) -> Sheet:
    """Draw the tiles, the curves over them, the ends with their labels, and the strongest pairs by name."""
    sheet = Sheet(width)
    grid = Grid.fit(tiles, width, top=6.0)
    ends = {region for corridor in found for region in corridor.regions}
    draw_tiles(sheet, grid, lambda tile: (Ink("accent-soft") if tile.region in ends else EMPTY, "", ""), codes=False)
    most = max(corridor.count for corridor in found)
    names = {tile.region: tile.name for tile in tiles}
    for corridor in reversed(found[:_MOST_CURVES]):
        thickness = 1.2 + 3.8 * (corridor.count - 1) / max(most - 1, 4)
        draw_curve(sheet, grid, corridor.regions, thickness, f"{_name_pair(locale, corridor, names)}: {corridor.count}")
    by_region = {tile.region: tile for tile in tiles}
    for region in sorted(ends):
        draw_end(sheet, grid, by_region[region])
    y = grid.bottom + 8
    for corridor in [c for c in found if c.count > 1][:8]:
        number = locale.number(corridor.count)
        sheet.write(0, y + 13, number, Face(weight=600))
        left = measure_text(number, Face(weight=600)) + 10
        y = sheet.write_wrapped(left, y + 13, _name_pair(locale, corridor, names), width - left, BODY) - 11
    return sheet


def draw_end(sheet: Sheet, grid: Grid, tile: Tile) -> None:
    """Mark the end of curves and write its label on a ground that keeps it clear of them."""
    x, y = (tile.column + 0.5) * grid.size, grid.top + (tile.row + 0.5) * grid.size
    sheet.mark((x, y), 2.6, Ink("accent", "paper", 0.8))
    if grid.size < 26:
        return
    face = Face(size=10.5, weight=600, anchor="middle")
    half = measure_text(tile.label, face) / 2 + 2
    sheet.box((x - half, y - grid.size * 0.45), (half * 2, 11.5), Ink("accent-soft"))
    sheet.write(x, y - grid.size * 0.45 + 9.4, tile.label, face)


def draw_curve(sheet: Sheet, grid: Grid, regions: tuple[str, str], thickness: float, tip: str) -> None:
    """Draw a curve from one region's tile to another's."""
    (x0, y0), (x1, y1) = (grid.centre(region) or (0.0, 0.0) for region in regions)
    # Bent to the left of the way, by a sixth of its length, so that near-parallel ways stay apart.
    bend = 0.17
    control = ((x0 + x1) / 2 + (y1 - y0) * bend, max((y0 + y1) / 2 - (x1 - x0) * bend, 2.0))
    sheet.curve([(x0, y0), control, (x1, y1)], Ink(edge="accent", width=thickness), tip)
