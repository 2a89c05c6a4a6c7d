"""The small map of a handout: the region of the page among all, and those it has ties with."""

from __future__ import annotations

from typing import Any

from zonebook.metrics.figures import is_missing
from zonebook.page.context import PageContext
from zonebook.page.figures.cooperation import choose_links
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import Ink
from zonebook.page.figures.svg import Caption, write_svg
from zonebook.page.figures.tiles import EMPTY, Grid, Tile, choose_tiles, draw_tiles

_WIDTH = 240.0
_HOME, _PARTNER = Ink("accent"), Ink("accent-soft")


def draw_locator(here: PageContext) -> dict[str, Any] | None:
    """Return the map and its words as plain values; ``None`` where the map does not have the region."""
    tiles = choose_tiles(here)
    home = _find_home(here)
    if home not in {tile.region for tile in tiles}:
        return None
    known = (link for link in choose_links(here) if link.status == "actual" and not link.is_foreign)
    partners = {link.place for link in known} & {tile.region for tile in tiles} - {home}
    words = here.locale
    caption = words.text("{region}; light: partner regions", region=here.place(home)) if partners else here.place(home)

    def ink_of(tile: Tile) -> tuple[Ink, str, str]:
        if tile.region == home:
            return _HOME, "", tile.name
        return (_PARTNER, "", tile.name) if tile.region in partners else (EMPTY, "", "")

    sheet = Sheet(_WIDTH)
    draw_tiles(sheet, Grid.fit(tiles, _WIDTH), ink_of, codes=False)
    drawing = write_svg(sheet, "zb-locator", Caption(words.text("Where it is"), caption))
    return {"svg": drawing.standalone, "alt": f"{words.text('Where it is')}: {caption}.", "caption": caption}


def _find_home(here: PageContext) -> str:
    if here.scope == "region":
        return here.id
    region = here.row("zone", here.id).get("region_iso")
    return "" if is_missing(region) else str(region)
