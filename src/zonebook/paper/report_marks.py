"""What a printed piece is marked with before it is bound: tags, numbers of its structure, links, where things stand.

Typst prints each piece as a document of its own. Here its headings get the level they have in the whole report, the
names and numbers of its structure ones that no other piece has, and its links to places inside the report (addresses
that begin with ``zonebook:``) become named places, which are looked up in the bound file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from zonebook.paper.report_joints import ROOM, join_piece, prefix
from zonebook.paper.report_sheets import Sheets
from zonebook.paper.report_texts import (
    STRING,
    read_entries,
    read_items,
    read_reference,
    read_string,
    read_text,
    write_entries,
    write_string,
    write_text,
)

#: What stands before a place that a link leads to, in templates/report.typ.
INSIDE = "zonebook:"
_ABOVE = 10.0  # pt over a place that a reader is shown, as Typst does
_HEADINGS = range(1, 7)
_ELEMENT = re.compile(rb"<< ?/Type ?/StructElem\b")
_MARKS = re.compile(
    rb"/ID ?(?P<id>"
    + STRING
    + rb")|/Headers ?\[(?P<heads>(?: ?(?:"
    + STRING
    + rb"))*) ?\]|"
    + STRING
    + rb"|/S ?/(?P<tag>\w+)",
    re.DOTALL,
)
_NAMES = re.compile(STRING, re.DOTALL)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a piece is marked with.

    Attributes
    ----------
    number
        Its number among the pieces: no two have the same marks of structure.
    lowered
        How many levels its headings stand below those it is set with.
    names
        What is said of places that its links lead to, to those who do not see where: by place.
    tags
        Tags of its structure that are to be others.
    bare
        How many of its first pages have no foot.
    """

    number: int
    lowered: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    bare: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: the page of its piece (0: the first), pt from the lower left corner."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as bookmarks show it: its level (1: highest), its text, where it stands."""

    level: int
    title: str
    page: int
    x: float
    y: float

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return Spot(self.page, self.x, self.y)


def mention_name(target: str, page: int) -> str:
    """Return the name of the place where a page of the report, counted from 1, first names a zone or region."""
    return f"{target}@{page}"


def mark_piece(
    printed: bytes, answers: Mapping[str, Any] | None, marks: Marks, first: int
) -> tuple[bytes, dict[str, Any]]:
    """Return a printed piece ready to be bound, and what is known of it in plain values, as ``Printed`` names it.

    Parameters
    ----------
    printed
        The piece as Typst printed it.
    answers
        What the template said of it: ``places`` and ``mentions``, with page (from 1) and pt from the upper left corner.
    marks
        What it is marked with.
    first
        The first number of its objects.
    """
    told, sheets = answers or {}, Sheets(printed)
    pages = sheets.list_pages()
    sizes = [_measure_page(sheets, page) for page in pages]
    heights = [height for _, height in sizes]
    known = {
        "turned": [width > height for width, height in sizes],
        "headings": [asdict(heading) for heading in _list_headings(sheets, pages, marks.lowered)],
        "places": {place: _to_spot(at, heights) for place, at in told.get("places", {}).items()},
        "mentions": [[target, _to_spot(at, heights)] for target, at in told.get("mentions", ())],
    }
    for page in pages:
        _mark_page(sheets, page, marks.number * ROOM, marks.names)
    _mark_structure(sheets, marks)
    content, block, joints = join_piece(sheets, marks.number, marks.bare, first)
    return content, {**known, "block": asdict(block), "joints": asdict(joints)}


def _measure_page(sheets: Sheets, page: int) -> tuple[float, float]:
    _, _, width, height = read_items(read_entries(sheets.texts[page])[b"/MediaBox"])
    return float(width), float(height)


def _to_spot(at: tuple[int, float, float], heights: list[float]) -> dict[str, Any]:
    page, x, y = at
    return {"page": page - 1, "x": x, "y": heights[page - 1] - max(0.0, y - _ABOVE)}


def _mark_page(sheets: Sheets, page: int, base: int, names: Mapping[str, str]) -> None:
    """Give a page and its links their numbers; links inside the report become links to named places."""
    entries = read_entries(sheets.texts[page])
    if b"/StructParents" in entries:
        sheets.change(page, {b"/StructParents": b"%d" % (int(entries[b"/StructParents"]) + base)})
    for link in map(read_reference, read_items(sheets.look(entries.get(b"/Annots", b"[]")))):
        sheets.texts[link] = write_entries(_mark_link(read_entries(sheets.texts[link]), base, names))


def _mark_link(link: dict[bytes, bytes], base: int, names: Mapping[str, str]) -> dict[bytes, bytes]:
    numbered = {b"/StructParent": b"%d" % (int(link[b"/StructParent"]) + base)} if b"/StructParent" in link else {}
    address = read_string(read_entries(link.get(b"/A", b"<<>>")).get(b"/URI", b"()")).decode()
    if not address.startswith(INSIDE):
        return link | numbered
    place = address.removeprefix(INSIDE)
    led = {b"/Dest": write_string(place.encode()), b"/Contents": write_text(names.get(place, place))}
    return {name: value for name, value in link.items() if name != b"/A"} | numbered | led


def _mark_structure(sheets: Sheets, marks: Marks) -> None:
    """Lower headings, change tags, and make the names of elements ones that no other piece has."""
    own = prefix(marks.number)
    tags = (
        {f"H{level}": f"H{min(_HEADINGS[-1], level + marks.lowered)}" for level in _HEADINGS} if marks.lowered else {}
    )
    changed = {one.encode(): other.encode() for one, other in {**tags, **marks.tags}.items()}
    signs = re.compile(b"|".join((b"/ID\\b", b"/Headers\\b", *(b"/S ?/%b\\b" % tag for tag in changed))))

    def name(string: re.Match[bytes]) -> bytes:
        is_plain = string[0].startswith(b"(")
        return b"(" + own + string[0][1:] if is_plain else b"<" + own.hex().encode() + string[0][1:]

    def mark(token: re.Match[bytes]) -> bytes:
        if token.lastgroup == "tag":
            return b"/S/" + changed.get(token["tag"], token["tag"])
        return _NAMES.sub(name, token[0]) if token.lastgroup else token[0]

    for number, text in sheets.texts.items():
        if _ELEMENT.match(text) and signs.search(text):
            sheets.texts[number] = _MARKS.sub(mark, text)


def _list_headings(sheets: Sheets, pages: Sequence[int], lowered: int) -> Iterator[Heading]:
    numbers = {page: number for number, page in enumerate(pages)}
    for level, mark in sheets.list_bookmarks():
        page, _, x, y, *_ = read_items(sheets.look(mark[b"/Dest"]))
        yield Heading(level + lowered, read_text(mark[b"/Title"]), numbers[read_reference(page)], float(x), float(y))
