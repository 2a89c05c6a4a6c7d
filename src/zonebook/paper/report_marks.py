"""What a printed piece is marked with before it is bound: tags, numbers of its structure, links, where things stand.

Typst prints each piece as a document of its own. Here its headings get the level they have in the whole report, the
names and numbers of its structure ones that no other piece has, and its links to places inside the report (addresses
that begin with ``zonebook:``) become named places, which are looked up in the bound file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

#: What stands before a place that a link leads to, in templates/report.typ.
INSIDE = "zonebook:"
#: Numbers of structure that a piece has for itself: pages and links of the longest ones are some thousands.
ROOM = 1_000_000
_ABOVE = 10.0  # pt over a place that a reader is shown, as Typst does
_CELLS = ("/TD", "/TH")


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
    printed: bytes,
    answers: Mapping[str, Any] | None,
    number: int,
    lowered: int,
    names: Mapping[str, str],
    tags: Mapping[str, str],
) -> tuple[bytes, dict[str, Any]]:
    """Return a printed piece ready to be bound, and what is known of it in plain values, as ``Printed`` names it.

    Parameters
    ----------
    printed
        The piece as Typst printed it.
    answers
        What the template said of it: ``places`` and ``mentions``, with page (from 1) and pt from the upper left corner.
    number, lowered, names, tags
        As ``Piece`` has them.
    """
    told = answers or {}
    with Pdf.open(io.BytesIO(printed)) as pdf:
        heights = [float(page.mediabox[3]) for page in pdf.pages]
        _mark_structure(pdf, f"{number:05d}.", lowered, tags)
        for page in pdf.pages:
            _mark_page(page.obj, number * ROOM, names)
        _number_tree(pdf, number * ROOM)
        known = {
            "turned": [float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages],
            "headings": [asdict(heading) for heading in _list_headings(pdf, lowered)],
            "places": {place: _to_spot(at, heights) for place, at in told.get("places", {}).items()},
            "mentions": [[target, _to_spot(at, heights)] for target, at in told.get("mentions", ())],
        }
        if Name.Outlines in pdf.Root:
            del pdf.Root.Outlines
        ready = io.BytesIO()
        pdf.save(ready, deterministic_id=True)
    return ready.getvalue(), known


def _to_spot(at: tuple[int, float, float], heights: list[float]) -> dict[str, Any]:
    page, x, y = at
    return {"page": page - 1, "x": x, "y": heights[page - 1] - max(0.0, y - _ABOVE)}


def _mark_structure(pdf: Pdf, prefix: str, lowered: int, tags: Mapping[str, str]) -> None:
    """Lower headings, change tags, and make the names of elements ones that no other piece has."""
    changed = {f"/H{level}": f"/H{min(6, level + lowered)}" for level in range(1, 7)} if lowered else {}
    changed |= {f"/{tag}": f"/{other}" for tag, other in tags.items()}
    for element, keys in _list_elements(pdf):
        tag = str(element.S)
        if tag in changed:
            element.S = Name(changed[tag])
        if "/ID" in keys:
            element.ID = _prefix(element.ID, prefix)
        if tag in _CELLS and "/A" in keys:
            for attributes in element.A:
                if Name.Headers in attributes:
                    attributes.Headers = Array([_prefix(one, prefix) for one in attributes.Headers])
    tree = pdf.Root.StructTreeRoot
    if Name.IDTree in tree:
        pairs = list(tree.IDTree.Names)
        tree.IDTree.Names = Array([_prefix(one, prefix) if place % 2 == 0 else one for place, one in enumerate(pairs)])


def _list_elements(pdf: Pdf) -> Iterator[tuple[Object, set[str]]]:
    """Yield the elements of the structure with the names of what they hold, asked once: asking takes the time."""
    for element in pdf.objects:
        if isinstance(element, Dictionary) and "/S" in (keys := element.keys()):
            yield element, keys


def _prefix(name: Object, prefix: str) -> String:
    return String(prefix.encode() + bytes(name))


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


def _number_tree(pdf: Pdf, base: int) -> None:
    tree = pdf.Root.StructTreeRoot
    if Name.ParentTree in tree:  # feet have none
        tree.ParentTreeNextKey = int(tree.ParentTreeNextKey) + base
        pairs = list(tree.ParentTree.Nums)
        tree.ParentTree.Nums = Array([int(one) + base if place % 2 == 0 else one for place, one in enumerate(pairs)])


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
