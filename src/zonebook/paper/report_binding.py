"""Binds printed pieces into one file: pages, structure, bookmarks, places, and the feet of pages over all.

Pieces are copied as they are, byte by byte: their objects have numbers of their own, and refer to what is above their
pages and structure by the numbers it has in every file. Only that is written here, with the feet and the table that
says where each object is. Terms and forms are those of ISO 32000-1: file structure 7.5, trees of pages, names and
numbers 7.7 and 7.9, bookmarks 12.3.3, structure 14.7.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zonebook.paper.report_joints import AFTER, BEFORE, BOOKMARKS, DOCUMENT, METADATA, PAGES, PLACES, TREE
from zonebook.paper.report_marks import Spot, mention_name
from zonebook.paper.report_objects import cut_bodies, write_stream
from zonebook.paper.report_piece import Printed, sum_up_pieces
from zonebook.paper.report_table import ObjectFile
from zonebook.paper.report_texts import write_string, write_text

_COUNT = re.compile(r"(<xmpTPg:NPages>)\d+(</xmpTPg:NPages>)")
_INSTANCE = re.compile(r"(<xmpMM:InstanceID>)[^<]*(</xmpMM:InstanceID>)")
_BEFORE, _AFTER = b"q\n", b"\nQ q /PageFoot Do Q\n"


def bind(pieces: Sequence[Printed], feet: Printed) -> bytes:
    """Return pieces bound in their order; the file is titled and dated as the first of them.

    Parameters
    ----------
    pieces
        The pieces.
    feet
        A page for each of their pages, laid over it.
    """
    front = pieces[0].joints
    assert front is not None and front.file is not None  # noqa: S101, PT018 - the first piece, by contract
    pages = [_list_pages(piece) for piece in pieces]
    bound = ObjectFile(front.file["version"])
    for piece in (*pieces, feet):
        bound.add_block(piece.path.read_bytes(), piece.block)
    _lay_feet(bound, pieces, feet)
    items, top = _write_bookmarks(pieces, pages, bound.free)
    for number, text in {
        PAGES: _join_pages(pieces),
        TREE: _join_structure(pieces),
        DOCUMENT: _join_parts(pieces),
        BOOKMARKS: top,
        PLACES: b"<< /Names [%b] >>" % b" ".join(_list_places(pieces, pages)),
        **items,
    }.items():
        bound.add(number, text)
    instance = bytes.fromhex(sum_up_pieces(pieces))[:16]
    for number, kind, data in (
        (BEFORE, b"", _BEFORE),
        (AFTER, b"", _AFTER),
        (METADATA, b"/Type /Metadata /Subtype /XML ", _describe(front.file["metadata"], pages, instance)),
    ):
        bound.add_stream(number, write_stream(b"<< %b/Length %d >>" % (kind, len(data)), data))
    root, *info = (pieces[0].block.first + one for one in front.file["root"])
    return bound.close(root, *info, instance=instance)


def _list_pages(piece: Printed) -> list[int]:
    """Return the numbers of a piece's pages."""
    return [piece.block.first + page for page in piece.joints.pages] if piece.joints else []


def _lay_feet(bound: ObjectFile, pieces: Sequence[Printed], feet: Printed) -> None:
    """Write the feet of all pages under the numbers that pieces have for them."""
    drawn = cut_bodies(feet.path.read_bytes(), feet.block)
    for piece in pieces:
        bare = len(piece.turned) - piece.block.feet
        for place, body in zip(range(-bare, piece.block.feet), drawn, strict=False):
            if place >= 0:
                bound.add_stream(piece.block.first_foot + place, body)


def _join_pages(pieces: Sequence[Printed]) -> bytes:
    count = sum(len(piece.turned) for piece in pieces)
    return b"<< /Type /Pages /Count %d /Kids [%b] >>" % (count, _refer(piece.block.first for piece in pieces))


def _join_structure(pieces: Sequence[Printed]) -> bytes:
    """Return the root of the structure: its element, the trees of marks in pages and of names, roles of tags."""
    joined = [(piece.block.first, piece.joints) for piece in pieces if piece.joints]
    roles = sorted({role for _, joints in joined for role in joints.roles.items()})
    named = _refer(first + 2 for first, joints in joined if joints.has_names)
    return b"".join(
        (
            b"<< /Type /StructTreeRoot /K [%d 0 R]" % DOCUMENT,
            b" /ParentTree << /Kids [%b] >>" % _refer(first + 1 for first, _ in joined),
            b" /ParentTreeNextKey %d" % max(joints.next_key for _, joints in joined),
            b" /RoleMap << %b >>" % " ".join(f"{tag} {standard}" for tag, standard in roles).encode(),
            b" /IDTree << /Kids [%b] >>" % named if named else b"",
            b" >>",
        )
    )


def _join_parts(pieces: Sequence[Printed]) -> bytes:
    parts = _refer(piece.block.first + part for piece in pieces if piece.joints for part in piece.joints.parts)
    return b"<< /Type /StructElem /S /Document /P %d 0 R /K [%b] >>" % (TREE, parts)


def _refer(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _list_places(pieces: Sequence[Printed], pages: Sequence[Sequence[int]]) -> Iterator[bytes]:
    """Yield the names of places in the order of their bytes, each followed by where it is."""
    found: dict[bytes, bytes] = {}
    first = 0
    for piece, numbers in zip(pieces, pages, strict=True):
        found |= {place.encode(): _to_target(numbers, spot) for place, spot in piece.places.items()}
        for target, spot in piece.mentions:
            found.setdefault(mention_name(target, first + spot.page + 1).encode(), _to_target(numbers, spot))
        first += len(numbers)
    for place in sorted(found):
        yield write_string(place)
        yield found[place]


def _to_target(numbers: Sequence[int], spot: Spot) -> bytes:
    return b"[%d 0 R /XYZ %b %b 0]" % (numbers[spot.page], _round(spot.x), _round(spot.y))


def _round(length: float) -> bytes:
    return f"{length:.3f}".rstrip("0").rstrip(".").encode()


@dataclass(slots=True)
class _Bookmark:
    """A bookmark: its heading's level, what it says and leads to, its number, its place among those around it."""

    level: int
    text: bytes
    number: int
    above: int = BOOKMARKS
    before: int = 0
    after: int = 0
    below: list[int] = field(default_factory=list)

    def write(self) -> bytes:
        """Return it as an object, closed if there are bookmarks below it."""
        links = {b"Parent": self.above, b"Prev": self.before, b"Next": self.after}
        if self.below:
            links |= {b"First": self.below[0], b"Last": self.below[-1]}
        told = b"".join(b" /%b %d 0 R" % link for link in links.items() if link[1])
        count = b" /Count -%d" % len(self.below) if self.below else b""
        return b"<< " + self.text + told + count + b" >>"


def _write_bookmarks(
    pieces: Sequence[Printed], pages: Sequence[Sequence[int]], free: int
) -> tuple[dict[int, bytes], bytes]:
    """Return the headings of all pieces as bookmarks by their number, and the root of these.

    Each stands below the last one of a higher level.
    """
    root = _Bookmark(0, b"/Type /Outlines", BOOKMARKS)
    marks: dict[int, _Bookmark] = {}
    above = [root]
    for heading, numbers in (
        (one, numbers) for piece, numbers in zip(pieces, pages, strict=True) for one in piece.headings
    ):
        while above[-1].level >= heading.level:
            above.pop()
        text = b"/Title %b /Dest %b" % (write_text(heading.title), _to_target(numbers, heading.spot))
        mark = _Bookmark(heading.level, text, free + len(marks), above[-1].number)
        beside = above[-1].below
        if beside:
            mark.before, marks[beside[-1]].after = beside[-1], mark.number
        beside.append(mark.number)
        marks[mark.number] = mark
        above.append(mark)
    top = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (
        root.below[0],
        root.below[-1],
        len(root.below),
    )
    return {mark.number: mark.write() for mark in marks.values()}, top


def _describe(metadata: str, pages: Sequence[Sequence[int]], instance: bytes) -> bytes:
    """Return the first piece's description with how many pages the file has, and what it is an instance of."""
    said = _COUNT.sub(rf"\g<1>{sum(map(len, pages))}\g<2>", metadata)
    return _INSTANCE.sub(rf"\g<1>{base64.b64encode(instance).decode()}\g<2>", said).encode()
