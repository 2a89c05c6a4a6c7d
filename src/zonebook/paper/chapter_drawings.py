"""Drawings on paper: in the colours of light paper, and those higher than a page in parts of one page each."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_HEIGHT = 800.0  # px of a drawing that a page bears with its caption, its type as large as elsewhere
_VARIABLE = re.compile(r"var\(--zb-[\w-]+,\s*(#[0-9a-fA-F]{3,8}|'[\w ]+')\)")
_WORDS = re.compile(r"<(title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_OPENING = re.compile(r"<svg\b[^>]*>")
_PIECE = re.compile(r"<(g|text|defs|path|rect|circle)\b(?:[^>]*/>|.*?</\1>)", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TEXT = re.compile(r'<text\b[^>]*?\by="(-?[\d.]+)"')
_RECT = re.compile(r'<rect\b[^>]*?\by="(-?[\d.]+)"[^>]*?\bheight="([\d.]+)"')
_CIRCLE = re.compile(r'<circle\b[^>]*?\bcy="(-?[\d.]+)"')
_PATH = re.compile(r'<path\b[^>]*?\bd="([^"]*)"')
_UPRIGHT = re.compile(r'(\bd=")M(\S+) (\S+)L\2 (\S+)(")')
_ABOVE, _BELOW = 12.0, 3.0  # px of a line of text over and under its base line
_LOW = 40.0  # px of an element that is of one part alone
_EARLIEST = 0.4  # of a page that a part fills at least, where it can end before a heading


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its parts from top to bottom as SVG with their heights, its width, and what it shows in words."""

    parts: tuple[tuple[str, float], ...]
    width: float
    alternative: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """An element of a drawing, and from where to where it reaches."""

    source: str
    top: float
    bottom: float


def read_drawing(source: str) -> Drawing:
    """Return a drawing of a page as paper takes it."""
    said = {match[1]: " ".join(html.unescape(match[2]).split()) for match in _WORDS.finditer(source)}
    box = _BOX.search(source)
    width, height = (float(box[1]), float(box[2])) if box else (1.0, 1.0)
    svg = _VARIABLE.sub(r"\1", _WORDS.sub("", source))
    parts = tuple(_part(svg, width, height)) if height > MOST_HEIGHT else ((svg, height),)
    return Drawing(parts, width, said.get("desc") or said.get("title", ""))


def _part(svg: str, width: float, height: float) -> Iterator[tuple[str, float]]:
    """Yield a high drawing in parts, cut between lines of text, before a heading where there is one."""
    opening = _OPENING.search(svg)
    sources = [match[0] for match in _PIECE.finditer(svg)]
    if opening is None or any(source.count("<g") > 1 for source in sources):
        yield svg, height
        return
    shared = "".join(source for source in sources if source.startswith("<defs"))
    pieces = [_measure(source, height) for source in sources if not source.startswith("<defs")]
    cuts = [0.0, *_list_cuts(pieces, height), height]
    for top, bottom in pairwise(cuts):
        inside = "".join(_clip(piece, top, bottom) for piece in pieces if _is_inside(piece, top, bottom))
        box = f'viewBox="0 {top:g} {width:g} {bottom - top:g}"'
        yield f"{_BOX.sub(box, opening[0])}{shared}{inside}</svg>", bottom - top


def _measure(source: str, height: float) -> _Piece:
    """Return an element with its reach; one of unknown reach goes all the way."""
    ends: list[tuple[float, float]] = []
    ends += [(float(y) - _ABOVE, float(y) + _BELOW) for y in _TEXT.findall(source)]
    ends += [(float(y), float(y) + float(high)) for y, high in _RECT.findall(source)]
    ends += [(float(y) - _BELOW, float(y) + _BELOW) for y in _CIRCLE.findall(source)]
    for path in _PATH.findall(source):
        levels = [float(number) for number in _NUMBER.findall(path)[1::2]]
        ends += [(min(levels), max(levels))] if levels else []
    if not ends:
        return _Piece(source, 0.0, height)
    return _Piece(source, min(top for top, _ in ends), max(bottom for _, bottom in ends))


def _list_cuts(pieces: Sequence[_Piece], height: float) -> list[float]:
    texts = [piece for piece in pieces if piece.source.startswith("<text")]
    lines = sorted(piece.top for piece in texts)
    headings = sorted(piece.top for piece in texts if "font-weight:600" in piece.source)
    cuts: list[float] = []
    top = 0.0
    while height - top > MOST_HEIGHT:
        best = [cut for cut in headings if top + MOST_HEIGHT * _EARLIEST < cut <= top + MOST_HEIGHT]
        best = best or [cut for cut in lines if top < cut <= top + MOST_HEIGHT]
        top = best[-1] if best else top + MOST_HEIGHT
        cuts.append(top)
    return cuts


def _is_inside(piece: _Piece, top: float, bottom: float) -> bool:
    """Whether an element is of a part: a low one where it begins, a high one wherever it reaches."""
    if piece.bottom - piece.top <= _LOW:
        return top <= max(piece.top, 0.0) < bottom
    return piece.top < bottom and piece.bottom > top


def _clip(piece: _Piece, top: float, bottom: float) -> str:
    """Return an element with upright lines cut off where the part ends."""

    def cut(match: re.Match[str]) -> str:
        ends = [min(max(float(match[number]), top), bottom) for number in (3, 4)]
        return f"{match[1]}M{match[2]} {ends[0]:g}L{match[2]} {ends[1]:g}{match[5]}"

    return piece.source if top <= piece.top and piece.bottom <= bottom else _UPRIGHT.sub(cut, piece.source)
