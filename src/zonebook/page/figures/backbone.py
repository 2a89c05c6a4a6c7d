"""The corridors of trade between regions: flows that stand out from an even split, on the tile map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.corridors import draw_curve, draw_end
from zonebook.page.figures.frame import Plate, frame_figure
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import BODY, STRONG, Ink
from zonebook.page.figures.tiles import EMPTY, Grid, Tile, choose_tiles, draw_tiles
from zonebook.page.followed import list_sources, read_rows
from zonebook.page.locale import Locale

_MOST_CURVES = 60  # of many corridors only the largest are drawn; the table has them all
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Edge:
    """A corridor: from where to where, and its part of the value of all flows (``None``: withheld)."""

    regions: tuple[str, str]
    names: tuple[str, str]
    part: MetricResult


def backbone(here: PageContext) -> Block | None:
    """Return the map of corridors that begin or end in a region with a zone; ``None`` where there are none."""
    tiles = choose_tiles(here)
    edges = _list_edges(here)
    drawn = {tile.region for tile in tiles}
    shown = [edge for edge in edges if edge.part.value is not None and set(edge.regions) <= drawn][:_MOST_CURVES]
    if not shown:
        return None
    locale = here.locale
    sentences = [
        locale.text(
            "A corridor is a flow too large for an even split of what its region sends or takes. "
            "Drawn are those of regions with a zone, thicker for more value."
        ),
        locale.plural("{n} largest is drawn.", "The {n} largest are drawn.", len(shown))
        if len(shown) < len(edges)
        else "",
    ]
    return frame_figure(
        here,
        Plate(
            name="backbone",
            title=locale.text("Corridors of trade between regions, {year}", year=shown[0].part.year),
            reading=read_rows(here, sentences, ()),
            alternative=_describe(locale, edges, shown),
            draw=partial(draw_backbone, locale, tiles, shown),
            columns=("origin", "origin_name", "destination", "destination_name", "part", "status", "source_ids"),
            rows=tuple(
                (
                    *(edge.regions[0], edge.names[0], edge.regions[1], edge.names[1]),
                    *(edge.part.value, edge.part.status.value, edge.part.source_ids),
                )
                for edge in edges
            ),
            source_ids=list_sources(edge.part for edge in shown),
        ),
    )


def _list_edges(here: PageContext) -> list[Edge]:
    """Return the corridors, the largest first and those withheld last."""
    edges = []
    for row in here.rows("R08"):
        if row.scope_type == "pair" and row.series == "part":
            origin, _, destination = row.scope_id.partition(":")
            edges.append(Edge((origin, destination), (here.place(origin), here.place(destination)), row))
    return sorted(edges, key=lambda edge: (-(edge.part.value or 0.0), edge.regions))


def _name(locale: Locale, edge: Edge) -> str:
    return locale.text("{origin} → {destination}", origin=edge.names[0], destination=edge.names[1])


def _describe(locale: Locale, edges: Sequence[Edge], shown: Sequence[Edge]) -> str:
    listed = "; ".join(f"{_name(locale, edge)} ({locale.share(edge.part.value)})" for edge in shown[:_LISTED])
    return locale.plural(
        "{n} corridor. The largest, with their part of all flows: {listed}.",
        "{n} corridors. The largest, with their part of all flows: {listed}.",
        len(edges),
        listed=listed,
    )


def draw_backbone(locale: Locale, tiles: Sequence[Tile], shown: Sequence[Edge], width: float) -> Sheet:
    """Draw the tiles, the curves over them, and the largest corridors by name."""
    sheet = Sheet(width)
    grid = Grid.fit(tiles, width, top=6.0)
    ends = {region for edge in shown for region in edge.regions}
    draw_tiles(sheet, grid, lambda tile: (Ink("accent-soft") if tile.region in ends else EMPTY, "", ""), codes=False)
    most = max(edge.part.value or 0.0 for edge in shown)
    for edge in reversed(shown):
        weight = (edge.part.value or 0.0) / most
        draw_curve(
            sheet, grid, edge.regions, 0.8 + 4.2 * weight, f"{_name(locale, edge)}: {locale.share(edge.part.value)}"
        )
    by_region = {tile.region: tile for tile in tiles}
    for region in sorted(ends):
        draw_end(sheet, grid, by_region[region])
    y = grid.bottom + 8
    left = max(measure_text(locale.share(edge.part.value), STRONG) for edge in shown[:_LISTED]) + 10
    for edge in shown[:_LISTED]:
        sheet.write(0, y + 13, locale.share(edge.part.value), STRONG)
        y = sheet.write_wrapped(left, y + 13, _name(locale, edge), width - left, BODY) - 11
    return sheet
