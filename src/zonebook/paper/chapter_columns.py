"""Widths of a table's columns on paper: every word fits, the rest is shared out by how much the columns have to say.

What does not fit an upright page is turned, then set smaller, then parted: columns that find no place follow in a
further table that begins with the first column again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from zonebook.paper.press import FONT_FILES

# Points: the measure of a page (upright, turned) of the narrower of the paper sizes, white space of a cell, sizes.
UPRIGHT, TURNED = 476.0, 690.0
GAP = 9.0
SIZES = (8.0, 7.0, 6.2)
_BOLD = 1.06  # headings are set in a bolder face, which is wider
_LONGEST = 15  # letters of a word that is not to be divided
_DIVIDED = 9  # letters that stay together where a longer one is divided
_USUAL = 0.9  # of the lines of a column that are to fit as they stand; the longest take several
_MOST_LINE = 260.0  # points: a longer text takes several lines anyway


@dataclass(frozen=True, slots=True)
class Widths:
    """How a table is set: size of its type, whether its page is turned, and its columns in one or more parts.

    ``parts`` gives, for each part, the columns by number with their widths in points.
    """

    size: float
    turned: bool
    parts: tuple[tuple[tuple[int, float], ...], ...]


@dataclass(frozen=True, slots=True)
class _Need:
    """What a column needs, in points: its longest word, and its longest line."""

    least: float
    best: float


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
    for turned, measure in ((False, UPRIGHT), (True, TURNED)):
        for size in SIZES[:2] if not turned else SIZES:
            needs = [_measure_column(texts, size) for texts in columns]
            if sum(need.least for need in needs) <= measure and not (not turned and _is_crowded(needs, measure)):
                return Widths(size, turned, (tuple(enumerate(_share_out(_favour_first(needs, measure), measure))),))
    return _part(columns)


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


def _part(columns: Sequence[Sequence[str]]) -> Widths:
    """Return a table in parts that fit a turned page, each with the first column."""
    size = SIZES[1]
    needs = [_measure_column(texts, size) for texts in columns]
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


def _measure_column(texts: Sequence[str], size: float) -> _Need:
    widths = _advances()
    heading, *others = texts
    least = max((_width_of_word(word, widths) for word in heading.split()), default=0.0) * _BOLD
    lines = [0.0]
    for text in others:
        least = max(least, max((_width_of_word(word, widths) for word in text.split(" ")), default=0.0))
        lines.append(max(_width(line, widths) for line in text.split("\n")))
    usual = sorted(lines)[int(_USUAL * (len(lines) - 1))]
    best = min(max(usual, least, _width(heading, widths) * _BOLD / 2), _MOST_LINE / size)
    return _Need(least * size + GAP, max(best, least) * size + GAP)


def _width_of_word(word: str, widths: dict[str, float]) -> float:
    """Return the width of what has to stay on one line of a word; a long one is divided."""
    longest = max(word.split("\n"), key=len)
    letters = longest if len(longest) <= _LONGEST else longest[:_DIVIDED] + "-"
    return _width(letters, widths)


def _width(text: str, widths: dict[str, float]) -> float:
    return sum(widths.get(letter, 0.6) for letter in text)


@cache
def _advances() -> dict[str, float]:
    """Return the width of each letter of the report's font, in sizes of the type."""
    with TTFont(FONT_FILES / "FiraSans-Regular.ttf", lazy=True) as font:
        unit, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(code): metrics[name][0] / unit for code, name in font.getBestCmap().items()}
