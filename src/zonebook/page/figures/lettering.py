"""Text measured and broken into lines before it is drawn, so that nothing overlaps or is cut off."""

from __future__ import annotations

import re
from functools import cache

from matplotlib.ft2font import FT2Font, LoadFlags

from zonebook.page.figures.style import BODY, Face, register_fonts

# Where a line may end: at a space (not before a dash), and after a hyphen or slash inside a word.
_BREAK = re.compile(r"[ \n]+(?![–—] )|(?<=[^\s\d][-/])(?=[^\s\d])")
_HYPHEN = "-"


@cache
def _font(weight: int) -> FT2Font:
    return FT2Font(register_fonts()[weight])


@cache
def _advance(character: str, weight: int) -> float:
    """Return a character's width in units of the type size (kerning left out: it only makes text narrower)."""
    font = _font(weight)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_SCALE)
    return float(glyph.horiAdvance) / float(font.units_per_EM)


def measure_text(text: str, face: Face = BODY) -> float:
    """Return the width of a line of text in px."""
    return face.size * sum(_advance(character, face.weight) for character in text)


def _split_word(word: str, width: float, face: Face) -> list[str]:
    """Break a word that is wider than a line into pieces with hyphens."""
    pieces, piece = [], ""
    for character in word:
        if len(piece) > 1 and measure_text(piece + character + _HYPHEN, face) > width:
            pieces.append(piece + _HYPHEN)
            piece = ""
        piece += character
    return [*pieces, piece]


def wrap_text(text: str, width: float, face: Face = BODY) -> tuple[str, ...]:
    """Break a text into lines no wider than ``width``, at spaces and after hyphens.

    A single word wider than the line is broken with a hyphen; non-breaking spaces hold.
    """
    lines: list[str] = []
    line = ""
    parts = _BREAK.split(text)
    separators = _BREAK.findall(text)
    for index, part in enumerate(parts):
        joint = " " if index and separators[index - 1] else ""
        if line and measure_text(line + joint + part, face) <= width:
            line += joint + part
            continue
        if line:
            lines.append(line)
        *full, line = [part] if measure_text(part, face) <= width else _split_word(part, width, face)
        lines.extend(full)
    return (*lines, line) if line else tuple(lines)


def widest(texts: tuple[str, ...] | list[str], face: Face = BODY) -> float:
    """Return the width of the widest of several lines, 0 for none."""
    return max((measure_text(text, face) for text in texts), default=0.0)
