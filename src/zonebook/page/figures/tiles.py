"""Tile maps: a square for each region, where it roughly lies, all the same size."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from zonebook.page.context import PageContext
from zonebook.page.figures.lettering import measure_text
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import Face, Ink

_CODES_FROM = 26.0  # px a tile must measure for its code to be readable
STEPS = ("accent-soft", "accent-mid", "accent")
_ON = {"accent": "on-accent"}
EMPTY = Ink("wash")


@dataclass(frozen=True, slots=True)
class Tile:
    """A region's square: where it lies in the grid, its short label and its name."""

    region: str
    row: int
    column: int
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The tiles of a country, and where they are drawn on a sheet."""

    tiles: tuple[Tile, ...]
    size: float
    top: float

    @classmethod
    def fit(cls, tiles: Sequence[Tile], width: float, top: float = 0.0) -> Grid:
        """Return the grid as large as the width allows."""
        columns = max(tile.column for tile in tiles) + 1
        return cls(tuple(tiles), min(width / columns, 46.0), top)

    @property
    def bottom(self) -> float:
        """Lower edge of the lowest row."""
        return self.top + (max(tile.row for tile in self.tiles) + 1) * self.size

    def centre(self, region: str) -> tuple[float, float] | None:
        """Return the middle of a region's tile; ``None`` where the map does not have it."""
        found = next((tile for tile in self.tiles if tile.region == region), None)
        if found is None:
            return None
        return (found.column + 0.5) * self.size, self.top + (found.row + 0.5) * self.size


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    """Return short labels of regions by language, for languages that do not write the code's Latin letters."""
    text = (resources.files(__package__) / "tile_labels.csv").read_text(encoding="utf-8")
    labels: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        labels.setdefault(row["lang"], {})[row["region_iso"]] = row["label"]
    return labels


def choose_tiles(here: PageContext) -> tuple[Tile, ...]:
    """Return the tiles of the regions the data set knows, shifted to begin in the top left corner."""
    known = {str(row["region_iso"]) for row in here.records("region")}
    rows = [row for row in here.records("tile") if row["region_iso"] in known]
    if not rows:
        return ()
    top, left = min(int(row["row"]) for row in rows), min(int(row["col"]) for row in rows)
    labels = _labels().get(here.lang, {})
    return tuple(
        Tile(
            region=str(row["region_iso"]),
            row=int(row["row"]) - top,
            column=int(row["col"]) - left,
            label=labels.get(str(row["region_iso"]), str(row["region_iso"]).split("-")[-1][:3]),
            name=here.place(row["region_iso"]),
        )
        for row in rows
    )


def choose_step(count: int, most: int) -> str:
    """Return the shade for a count: pale for one, full for the highest third, middle between."""
    if count <= 1:
        return STEPS[0]
    return STEPS[2] if count > most * 2 / 3 else STEPS[1]


def draw_tiles(sheet: Sheet, grid: Grid, ink_of: Callable[[Tile], tuple[Ink, str, str]], *, codes: bool = True) -> None:
    """Draw every tile in the ink, with the number and the tip ``ink_of`` gives for it."""
    size, gap = grid.size, max(grid.size * 0.06, 1.0)
    looks = {tile: ink_of(tile) for tile in grid.tiles}
    corners = {tile: (tile.column * size + gap / 2, grid.top + tile.row * size + gap / 2) for tile in grid.tiles}
    plain = [corners[tile] for tile, (ink, _, tip) in looks.items() if ink == EMPTY and not tip]
    sheet.boxes(plain, (size - gap, size - gap), EMPTY)
    for tile, (ink, number, tip) in looks.items():
        x, y = tile.column * size, grid.top + tile.row * size
        if ink != EMPTY or tip:
            sheet.box(corners[tile], (size - gap, size - gap), ink, tip)
        role = _ON.get(ink.fill, "ink")
        with_code = codes and size >= _CODES_FROM
        if with_code:
            code = Face(size=min(10.5, size * 0.3), role=role if number or ink.edge else "muted", anchor="middle")
            sheet.write(x + size / 2, y + size * (0.4 if number else 0.6), tile.label, code)
        if number:
            face = Face(size=_number_size(number, size), weight=600, role=role, anchor="middle")
            sheet.write(x + size / 2, y + size * (0.82 if with_code else 0.68), number, face)


def _number_size(number: str, size: float) -> float:
    wanted = 13.5 if size >= _CODES_FROM else 12.0
    return min(wanted, wanted * (size - 3) / measure_text(number, Face(size=wanted, weight=600)))
