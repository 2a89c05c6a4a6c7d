"""Text measured and broken into lines before it is drawn, so that nothing overlaps or is cut off."""

from __future__ import annotations

import re
from functools import cache

from matplotlib.ft2font import FT2Font, LoadFlags

from zonebook.page.figures.style import BODY, Face, register_fonts

# Where a line may end: at a space (not before a dash), and after a hyphen or slash inside a word.
_BREAK = re.compile(r"[ \n]+(?![–—] )|(?<=[^\s\d][-/])(?=[^\s\d])")
_HYPHEN = "-"


class _Advances(dict[str, float]):
    """Widths of characters in units of the type size (kerning left out: it only makes text narrower)."""

    def __init__(self, weight: int) -> None:
        super().__init__()
        self._font = FT2Font(register_fonts()[weight])

    def __missing__(self, character: str) -> float:
        """Return the width of a character that has not been asked for before."""
        glyph = self._font.load_char(ord(character), flags=LoadFlags.NO_SCALE)
        self[character] = width = float(glyph.horiAdvance) / float(self._font.units_per_EM)
        return width


_advances = cache(_Advances)  # of a weight


def measure_text(text: str, face: Face = BODY) -> float:
    """Return the width of a line of text in px."""
    return face.size * sum(map(_advances(face.weight).__getitem__, text))


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
