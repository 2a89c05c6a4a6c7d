"""The tile map of a country's zones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from zonebook.metrics.figures import read_text
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import Ink
from zonebook.page.figures.tiles import EMPTY, Grid, Tile, choose_step, choose_tiles, draw_tiles
from zonebook.page.locale import Locale


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
    listed = ", ".join(f"{names[code]} ({shown[code]})" for code in ranked)
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
