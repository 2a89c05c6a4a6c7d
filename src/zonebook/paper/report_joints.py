"""Where a printed piece is joined to the bound file: pages and structure below those of the file, room for feet.

What is above the pages and the structure of pieces has the same few numbers in every bound file, so that a piece can
refer to it before it is bound.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from zonebook.paper.report_objects import (
    Block,
    Found,
    add_bodies,
    find_objects,
    number_objects,
    refer,
    write_block,
    write_stream,
)

#: Numbers of structure that a piece has for itself: pages and links of the longest ones are some thousands.
ROOM = 1_000_000
#: Numbers of objects of the bound file that pieces refer to: all pages, the tree of structure and its one element; what
#: stands around the content of a page that has a foot; bookmarks, places, the description. A piece's own come after.
PAGES, TREE, DOCUMENT, BEFORE, AFTER, BOOKMARKS, PLACES, METADATA = range(1, 9)
FIRST = 16
_FOOT = Name("/PageFoot")


@dataclass(frozen=True, slots=True)
class Joints:
    """What of a piece is joined to the bound file: objects by their distance from the first number of its block.

    Attributes
    ----------
    pages, parts
        Its pages; the elements that its structure begins with.
    has_names
        Whether elements have names: a tree of them comes third, after those of pages and of marks in pages.
    next_key
        The first number of structure that is free.
    roles
        Tags of its own, by the standard ones they stand for.
    file
        What the bound file has from it, if it is the first piece.
    """

    pages: Sequence[int]
    parts: Sequence[int]
    has_names: bool
    next_key: int
    roles: Mapping[str, str]
    file: Mapping[str, Any] | None


def join_piece(
    pdf: Pdf, number: int, bare: int, first: int, mark: Callable[[Found], Found]
) -> tuple[bytes, Block, Joints]:
    """Return the objects of a piece as they stand in the bound file, and where they are joined to it.

    Parameters
    ----------
    pdf
        The piece; it is changed.
    number
        Its number among the pieces; the bound file has its description from the first, 0.
    bare
        How many of its first pages have no foot.
    first
        The first number of its objects.
    mark
        What marks the texts of its objects before they are numbered.
    """
    above = {number: pdf.make_indirect(Dictionary()) for number in range(PAGES, METADATA + 1)}
    fixed = {one.objgen[0]: number for number, one in above.items()}
    pages, tree = [page.obj for page in pdf.pages], pdf.Root.StructTreeRoot
    feet = [_give_foot(pdf, page, above) for page in pages[bare:]]
    leaves = [_gather_pages(pdf, pages, above[PAGES]), *_gather_structure(pdf, number, above[DOCUMENT])]
    parts = list(tree.K)
    root = [] if number else [_gather_root(pdf, above), *([pdf.trailer.Info] if Name.Info in pdf.trailer else [])]
    found = find_objects(pdf, [*leaves, *parts, *root], {*fixed, *feet})
    numbers = number_objects(found, first, [_number(leaf) for leaf in leaves], feet)
    content, block = write_block(mark(found), numbers | fixed, first, len(feet))

    def far(objects: Sequence[Object]) -> tuple[int, ...]:
        return tuple(numbers[_number(one)] - first for one in objects)

    metadata = bytes(pdf.Root.Metadata.read_bytes()).decode()
    file = {"version": pdf.pdf_version, "root": far(root), "metadata": metadata} if root else None
    roles = {tag: str(standard) for tag, standard in dict(tree.get(Name.RoleMap, Dictionary())).items()}
    next_key = int(tree.ParentTreeNextKey) + number * ROOM
    return content, block, Joints(far(pages), far(parts), Name.IDTree in tree, next_key, roles, file)


def join_feet(printed: bytes, first: int) -> tuple[bytes, Block]:
    """Return feet, a page each as they were printed, as what is drawn on the pages of pieces.

    Parameters
    ----------
    printed
        The pages.
    first
        The first number of their objects; they themselves are written under the numbers that pieces have for them.
    """
    with Pdf.open(io.BytesIO(printed)) as pdf:
        drawn = [page.as_form_xobject() for page in pdf.pages]
        for one in drawn:
            one.write(zlib.compress(one.read_bytes()), filter=Name.FlateDecode)
        forms = find_objects(pdf, drawn, ())
        bodies = [forms.streams.pop(_number(one)) for one in drawn]
        numbers = number_objects(forms, first, (), ())
        content, block = write_block(forms, numbers, first, 0)
    named = {b"%d" % old: b"%d" % new for old, new in numbers.items()}
    return add_bodies(content, block, (write_stream(refer(text, named.__getitem__), data) for text, data in bodies))


def prefix(number: int) -> bytes:
    """Return what names of elements of a piece begin with."""
    return b"%05d." % number


def _number(one: Object) -> int:
    return int(one.objgen[0])


def _give_foot(pdf: Pdf, page: Object, above: Mapping[int, Object]) -> int:
    """Let a page draw its foot last; return the number of what stands for it. Its type is no part of the structure."""
    foot = pdf.make_indirect(Dictionary())
    resources = Dictionary(dict(page.Resources))
    resources.XObject = Dictionary({**dict(page.Resources.get(Name.XObject, Dictionary())), str(_FOOT): foot})
    page.Resources = resources
    own = list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]
    page.Contents = Array([above[BEFORE], *own, above[AFTER]])
    return _number(foot)


def _gather_pages(pdf: Pdf, pages: Sequence[Object], above: Object) -> Object:
    """Return pages as a node of the tree of pages."""
    node = pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=above, Kids=Array(pages), Count=len(pages)))
    for page in pages:
        page.Parent = node
    return node


def _gather_structure(pdf: Pdf, number: int, above: Object) -> Iterator[Object]:
    """Put the structure below the file's; yield leaves of the trees of marks in pages and of the names of elements."""
    tree = pdf.Root.StructTreeRoot
    for part in tree.K:
        part.S, part.P = Name.Part, above
    marks: list[Any] = list(tree.ParentTree.Nums)
    marks[::2] = [int(one) + number * ROOM for one in marks[::2]]
    yield pdf.make_indirect(Dictionary(Limits=Array([marks[0], marks[-2]]), Nums=Array(marks)))
    if Name.IDTree in tree:
        names = list(tree.IDTree.Names)
        names[::2] = [String(prefix(number) + bytes(name)) for name in names[::2]]
        yield pdf.make_indirect(Dictionary(Limits=Array([names[0], names[-2]]), Names=Array(names)))


def _gather_root(pdf: Pdf, above: Mapping[int, Object]) -> Object:
    """Return what a document says of itself, with what it holds left to the bound file."""
    root = pdf.make_indirect(Dictionary(dict(pdf.Root)))
    root.Pages, root.StructTreeRoot, root.Outlines = above[PAGES], above[TREE], above[BOOKMARKS]
    root.Metadata, root.Names = above[METADATA], Dictionary(Dests=above[PLACES])
    return root
