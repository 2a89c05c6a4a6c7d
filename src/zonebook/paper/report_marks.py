"""What a printed piece is marked with before it is bound: tags, numbers of its structure, links, where things stand.

Typst prints each piece as a document of its own. Here its headings get the level they have in the whole report, the
names and numbers of its structure ones that no other piece has, and its links to places inside the report (addresses
that begin with ``zonebook:``) become named places, which are looked up in the bound file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from zonebook.paper.report_joints import ROOM, join_piece, prefix
from zonebook.paper.report_objects import STRING, Found

#: What stands before a place that a link leads to, in templates/report.typ.
INSIDE = "zonebook:"
_ABOVE = 10.0  # pt over a place that a reader is shown, as Typst does
_HEADINGS = range(1, 7)
_ELEMENT = b"/Type /StructElem"
_MARKS = re.compile(
    rb"/ID (?P<id>"
    + STRING
    + rb")|/Headers \[(?P<heads>(?: (?:"
    + STRING
    + rb"))*) \]|"
    + STRING
    + rb"|/S /(?P<tag>\w+)",
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
    told = answers or {}
    with Pdf.open(io.BytesIO(printed)) as pdf:
        heights = [float(page.mediabox[3]) for page in pdf.pages]
        known = {
            "turned": [float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages],
            "headings": [asdict(heading) for heading in _list_headings(pdf, marks.lowered)],
            "places": {place: _to_spot(at, heights) for place, at in told.get("places", {}).items()},
            "mentions": [[target, _to_spot(at, heights)] for target, at in told.get("mentions", ())],
        }
        for page in pdf.pages:
            _mark_page(page.obj, marks.number * ROOM, marks.names)
        content, block, joints = join_piece(pdf, marks.number, marks.bare, first, partial(_mark_structure, marks))
    return content, {**known, "block": asdict(block), "joints": asdict(joints)}


def _to_spot(at: tuple[int, float, float], heights: list[float]) -> dict[str, Any]:
    page, x, y = at
    return {"page": page - 1, "x": x, "y": heights[page - 1] - max(0.0, y - _ABOVE)}


def _mark_page(page: Dictionary, base: int, names: Mapping[str, str]) -> None:
    """Give a page and its links their numbers; links inside the report become links to named places."""
    if Name.StructParents in page:
        page.StructParents = int(page.StructParents) + base
    for link in page.get(Name.Annots, ()):
        if Name.StructParent in link:
            link.StructParent = int(link.StructParent) + base
        address = bytes(link.A.URI).decode() if Name.A in link and Name.URI in link.A else ""
        if address.startswith(INSIDE):
            place = address.removeprefix(INSIDE)
            del link.A
            link.Dest = String(place.encode())
            link.Contents = String(names.get(place, place))


def _mark_structure(marks: Marks, found: Found) -> Found:
    """Lower headings, change tags, and make the names of elements ones that no other piece has."""
    own = prefix(marks.number)
    tags = (
        {f"H{level}": f"H{min(_HEADINGS[-1], level + marks.lowered)}" for level in _HEADINGS} if marks.lowered else {}
    )
    changed = {one.encode(): other.encode() for one, other in {**tags, **marks.tags}.items()}
    signs = re.compile(b"|".join((b"/ID ", b"/Headers ", *(b"/S /%b " % tag for tag in changed))))

    def name(string: re.Match[bytes]) -> bytes:
        is_plain = string[0].startswith(b"(")
        return b"(" + own + string[0][1:] if is_plain else b"<" + own.hex().encode() + string[0][1:]

    def mark(token: re.Match[bytes]) -> bytes:
        if token.lastgroup == "tag":
            return b"/S /" + changed.get(token["tag"], token["tag"])
        return _NAMES.sub(name, token[0]) if token.lastgroup else token[0]

    plain = {
        number: _MARKS.sub(mark, text) if signs.search(text) and _ELEMENT in text else text
        for number, text in found.plain.items()
    }
    return Found(plain, found.streams)


def _list_headings(pdf: Pdf, lowered: int) -> Iterator[Heading]:
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(items: list[OutlineItem], level: int) -> Iterator[Heading]:
        for item in items:
            assert isinstance(item.destination, Array)  # noqa: S101 - as Typst writes them
            page, _, x, y, *_ = item.destination
            yield Heading(level, str(item.title), pages[page.objgen], float(x), float(y))
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        yield from walk(list(outline.root), 1 + lowered)
