"""Leaves out the sections of a page that have nothing to show: headings over cells that are all empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

_HEADING = re.compile(r"^(#{1,6})\s+\S")
_FENCE = re.compile(r"^\s*(```+|~~~+|:::+)")


@dataclass
class _Section:
    """A heading (level 0: the page itself), what stands below it, and the sections inside it."""

    level: int
    pieces: list[NotebookNode] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=list)


def prune_sections(cells: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Return the cells without the sections in which every code cell is empty.

    A section that has no code cells stays: it is prose. One whose every subsection is left out goes with them
    unless it has cells of its own that show something.

    Parameters
    ----------
    cells
        The cells of a page; a Markdown cell may hold several headings and is split at them.
    """
    page = _Section(0)
    open_sections = [page]
    for piece in _split_cells(cells):
        level = _heading_level(piece)
        if level:
            while open_sections[-1].level >= level:
                open_sections.pop()
            section = _Section(level)
            open_sections[-1].sections.append(section)
            open_sections.append(section)
        open_sections[-1].pieces.append(piece)
    return list(_merge_prose(_remaining(page)))


def _remaining(section: _Section) -> Iterator[NotebookNode]:
    yield from section.pieces
    for below in section.sections:
        if not _is_empty(below):
            yield from _remaining(below)


def _is_empty(section: _Section) -> bool:
    own = [piece for piece in section.pieces if shows_output(piece) is not None]
    if any(shows_output(piece) for piece in own):
        return False
    if section.sections:
        return all(_is_empty(below) for below in section.sections)
    return bool(own)


def shows_output(cell: NotebookNode) -> bool | None:
    """Whether a code cell has something to show; ``None`` for a cell that is not meant to show anything."""
    if cell.cell_type != "code" or "remove-cell" in cell.metadata.get("tags", []):
        return None
    return bool(cell.outputs)


def _split_cells(cells: Iterable[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield the cells, Markdown cells split so that a heading is always the first line of its piece."""
    for cell in cells:
        if cell.cell_type != "markdown":
            yield cell
            continue
        for position, source in enumerate(_split_source(cell.source)):
            piece = type(cell)(cell)
            piece.source = source
            piece["_continued"] = position > 0
            yield piece


def _split_source(source: str) -> list[str]:
    pieces: list[list[str]] = [[]]
    fence = ""
    for line in source.split("\n"):
        marker = _FENCE.match(line)
        if marker and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else marker.group(1)
        elif not fence and _HEADING.match(line) and pieces[-1]:
            pieces.append([])
        pieces[-1].append(line)
    return ["\n".join(lines) for lines in pieces]


def _heading_level(piece: NotebookNode) -> int:
    if piece.cell_type != "markdown":
        return 0
    heading = _HEADING.match(piece.source.lstrip("\n"))
    return len(heading.group(1)) if heading else 0


def _merge_prose(pieces: Iterable[NotebookNode]) -> Iterator[NotebookNode]:
    """Put the pieces of a Markdown cell together again, so that cells keep their ids, each once."""
    last: NotebookNode | None = None
    for piece in pieces:
        continued = piece.pop("_continued", False)
        if continued and last is not None and last.get("id") == piece.get("id"):
            last.source += "\n" + piece.source
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
