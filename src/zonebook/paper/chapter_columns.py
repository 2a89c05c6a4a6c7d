"""Widths of a table's columns on paper: every word fits, the rest is shared out by how much the columns have to say.

What does not fit an upright page is turned, then set smaller, then parted: columns that find no place follow in a
further table that begins with the first column again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from matplotlib.ft2font import FT2Font, LoadFlags

from zonebook.paper.press import FONT_FILES

# Points: the measure of a page (upright, turned) of the narrower of the paper sizes, white space of a cell, sizes.
UPRIGHT, TURNED = 476.0, 690.0
GAP = 9.0
SIZES = (8.0, 7.0, 6.2)
_BOLD = 1.06  # headings are set in a bolder face, which is wider
_LONGEST = 15  # letters of a word that is not to be divided
_DIVIDED = 9  # letters that stay together where a longer one is divided
_USUAL = 0.9  # of the lines of a column that are to fit as they stand; the longest take several
_OTHER = 0.6  # of a letter the font does not have
_ROUNDED = 0.01  # sizes of the type: what rounding a width may take from a word
_MOST_LINE = 260.0  # points: a longer text takes several lines anyway


@dataclass(frozen=True, slots=True)
class Widths:
    """How a table is set: size of its type, whether its page is turned, and its columns in one or more parts.

    ``parts`` gives, for each part, the columns by number with their widths in points.
    """

    size: float
    turned: bool
    parts: tuple[tuple[tuple[int, float], ...], ...]


def must_divide(text: str, width: float, size: float, *, is_heading: bool = False) -> bool:
    """Whether a word of a cell is wider than its column, which is so many points wide, at a size of the type.

    Examples
    --------
    >>> must_divide("Zone", 40.0, 8.0), must_divide("Sonderwirtschaftszone", 40.0, 8.0)
    (False, True)
    """
    room = (width - GAP) / size / (_BOLD if is_heading else 1.0) + _ROUNDED
    return any(_measure_word(word) > room for word in text.replace("\n", " ").split(" "))


@dataclass(frozen=True, slots=True)
class _Need:
    """What a column needs: its longest word, and its longest line; in points, or in sizes of the type."""

    least: float
    best: float

    def at(self, size: float) -> _Need:
        """Return in points, with the white space of a cell, what is needed at a size of the type."""
        best = max(min(self.best, _MOST_LINE / size), self.least)
        return _Need(self.least * size + GAP, best * size + GAP)


def fit_columns(columns: Sequence[Sequence[str]]) -> Widths:
    """Return how a table is set.

    Parameters
    ----------
    columns
        The texts of each column, its heading first; a text may have several lines.

    Examples
    --------
    >>> fit_columns([["Zone", "Alabuga"], ["Residents", "33"]]).turned
    False
    >>> fit_columns([["word" * 3] * 2] * 9).turned
    True
    """
    measured = [_measure_column(texts) for texts in columns]
    for turned, measure in ((False, UPRIGHT), (True, TURNED)):
        for size in SIZES[:2] if not turned else SIZES:
            needs = [need.at(size) for need in measured]
            if sum(need.least for need in needs) <= measure and not (not turned and _is_crowded(needs, measure)):
                return Widths(size, turned, (tuple(enumerate(_share_out(_favour_first(needs, measure), measure))),))
    return _part(measured)


def _favour_first(needs: Sequence[_Need], measure: float) -> Sequence[_Need]:
    """Let names of rows stand on one line, up to a quarter of the measure, where the others keep their words whole."""
    first, *others = needs
    wanted = min(first.best, max(measure / 4, first.least))
    if wanted + sum(need.least for need in others) > measure:
        return needs
    return [_Need(wanted, first.best), *others]


def _is_crowded(needs: Sequence[_Need], measure: float) -> bool:
    """Whether texts would stand in many narrow columns, a few words a line."""
    return len(needs) > 6 and sum(need.best for need in needs) > 2.2 * measure


def _part(measured: Sequence[_Need]) -> Widths:
    """Return a table in parts that fit a turned page, each with the first column."""
    size = SIZES[1]
    needs = [need.at(size) for need in measured]
    first = min(needs[0].least, TURNED / 3)
    parts: list[list[int]] = [[]]
    used = first
    for number, need in enumerate(needs[1:], start=1):
        if parts[-1] and used + need.least > TURNED:
            parts.append([])
            used = first
        parts[-1].append(number)
        used += need.least
    return Widths(size, True, tuple(_share_part((0, *part), needs) for part in parts))


def _share_part(numbers: tuple[int, ...], needs: Sequence[_Need]) -> tuple[tuple[int, float], ...]:
    widths = _share_out([needs[number] for number in numbers], TURNED)
    return tuple(zip(numbers, widths, strict=True))


def _share_out(needs: Sequence[_Need], measure: float) -> list[float]:
    """Return widths that fill the measure: each column its longest word, then what its texts ask for."""
    least = [min(need.least, measure / 2) for need in needs]
    left = measure - sum(least)
    if left < 0:
        return [width * measure / sum(least) for width in least]
    asked = [max(0.0, need.best - own) for need, own in zip(needs, least, strict=True)]
    if sum(asked) <= left:
        best = [own + more for own, more in zip(least, asked, strict=True)]
        return [width * measure / sum(best) for width in best]
    return [own + more * left / sum(asked) for own, more in zip(least, asked, strict=True)]


def _measure_column(texts: Sequence[str]) -> _Need:
    """Return what a column needs in sizes of the type."""
    heading, *others = texts
    least = max(map(_width_of_word, heading.split()), default=0.0) * _BOLD
    least = max(least, *(_width_of_word(word) for text in others for word in text.split(" ")), 0.0)
    lines = sorted([0.0, *(max(map(measure_text, text.split("\n"))) for text in others)])
    usual = lines[int(_USUAL * (len(lines) - 1))]
    return _Need(least, max(usual, least, measure_text(heading) * _BOLD / 2))


def _width_of_word(word: str) -> float:
    """Return the width of what has to stay on one line of a word; a long one is divided."""
    longest = max(word.split("\n"), key=len) if "\n" in word else word
    return _measure_word(longest if len(longest) <= _LONGEST else longest[:_DIVIDED] + "-")


@lru_cache(maxsize=16_384)
def _measure_word(word: str) -> float:
    return measure_text(word)


def measure_text(text: str) -> float:
    """Return the width of a line of text in sizes of the type."""
    return sum(map(_advance, text))


@cache
def _advance(letter: str) -> float:
    """Return the width of a letter of the report's font in sizes of the type."""
    font, known = _open_font()
    if ord(letter) not in known:
        return _OTHER
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_SCALE).horiAdvance) / float(font.units_per_EM)


@cache
def _open_font() -> tuple[FT2Font, Collection[int]]:
    font = FT2Font(str(FONT_FILES / "FiraSans-Regular.ttf"))
    return font, font.get_charmap()
