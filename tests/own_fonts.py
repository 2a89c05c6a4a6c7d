"""A family of letters of one's own for tests: the shipped one under another name, wider, or with something missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fontTools.ttLib import TTFont

from zonebook.typeface import SHIPPED_FOLDER

NAME = "Zonal Grotesk"
FACES = {"Regular": 400, "SemiBold": 600}


def write_family(
    folder: Path, *, wider: float = 1.0, change: Callable[[TTFont], None] = lambda font: None, name: str = NAME
) -> Path:
    """Write the faces of a family into a folder, each letter so many times as wide, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for style in FACES:
        with TTFont(SHIPPED_FOLDER / f"FiraSans-{style}.ttf") as font:
            for record in font["name"].names:
                if record.nameID in (1, 16):
                    record.string = name
                elif record.nameID in (4, 6):
                    record.string = f"{name}-{style}".replace(" ", "")
            for letter, (width, bearing) in font["hmtx"].metrics.items():
                font["hmtx"].metrics[letter] = (round(width * wider), bearing)
            change(font)
            font.save(folder / f"{name.replace(' ', '')}-{style}.ttf")
    return folder


def drop(*letters: str) -> Callable[[TTFont], None]:
    """Return the change that takes letters out of a font."""

    def change(font: TTFont) -> None:
        for table in font["cmap"].tables:
            for letter in letters:
                table.cmap.pop(ord(letter), None)

    return change


def forbid(bits: int) -> Callable[[TTFont], None]:
    """Return the change that makes a font forbid something by its licence."""

    def change(font: TTFont) -> None:
        font["OS/2"].fsType = bits

    return change
