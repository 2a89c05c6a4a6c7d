"""Where a printed piece is joined to the bound file: pages and structure below those of the file, room for feet.

What is above the pages and the structure of pieces has the same few numbers in every bound file, so that a piece can
refer to it before it is bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zonebook.paper.report_objects import (
    Block,
    add_bodies,
    find_objects,
    list_references,
    number_objects,
    refer,
    write_block,
    write_stream,
)
from zonebook.paper.report_sheets import Sheets
from zonebook.paper.report_texts import (
    read_entries,
    read_items,
    read_reference,
    read_string,
    refer_to,
    write_entries,
    write_items,
    write_string,
)

#: Numbers of structure that a piece has for itself: pages and links of the longest ones are some thousands.
ROOM = 1_000_000
#: Numbers of objects of the bound file that pieces refer to: all pages, the tree of structure and its one element; what
#: stands around the content of a page that has a foot; bookmarks, places, the description. A piece's own come after.
PAGES, TREE, DOCUMENT, BEFORE, AFTER, BOOKMARKS, PLACES, METADATA = range(1, 9)
FIRST = 16
_FOOT = b"/PageFoot"


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


def join_piece(sheets: Sheets, number: int, bare: int, first: int) -> tuple[bytes, Block, Joints]:
    """Return the objects of a piece as they stand in the bound file, and where they are joined to it.

    Parameters
    ----------
    sheets
        The piece; it is changed.
    number
        Its number among the pieces; the bound file has its description from the first, 0.
    bare
        How many of its first pages have no foot.
    first
        The first number of its objects.
    """
    fixed = {sheets.add(b"null"): one for one in range(PAGES, METADATA + 1)}
    above = {one: refer_to(added) for added, one in fixed.items()}
    pages, tree = sheets.list_pages(), read_entries(sheets.look(sheets.root[b"/StructTreeRoot"]))
    parts = list(map(read_reference, read_items(sheets.look(tree[b"/K"]))))
    feet = [_give_foot(sheets, page, above) for page in pages[bare:]]
    leaves = [_gather_pages(sheets, pages, above[PAGES]), *_gather_names(sheets, tree, number)]
    for part in parts:
        sheets.change(part, {b"/S": b"/Part", b"/P": above[DOCUMENT]})
    root = [] if number else [_gather_root(sheets, above), *map(read_reference, _list_info(sheets))]
    found = find_objects(sheets, [*leaves, *parts, *root], {*fixed, *feet})
    numbers = number_objects(found, first, leaves, feet)
    content, block = write_block(found, numbers | fixed, first, len(feet))

    def far(objects: Sequence[int]) -> tuple[int, ...]:
        return tuple(numbers[one] - first for one in objects)

    file = {"version": sheets.version, "root": far(root), "metadata": sheets.metadata} if root else None
    roles = {tag.decode(): role.decode() for tag, role in read_entries(tree.get(b"/RoleMap", b"<<>>")).items()}
    next_key = int(tree[b"/ParentTreeNextKey"]) + number * ROOM
    return content, block, Joints(far(pages), far(parts), len(leaves) > 2, next_key, roles, file)


def join_feet(printed: bytes, first: int) -> tuple[bytes, Block]:
    """Return feet, a page each as they were printed, as what is drawn on the pages of pieces.

    Parameters
    ----------
    printed
        The pages.
    first
        The first number of their objects; they themselves are written under the numbers that pieces have for them.
    """
    sheets = Sheets(printed)
    drawn = [_draw(sheets, page) for page in sheets.list_pages()]
    forms = find_objects(sheets, set().union(*(list_references(text) for text, _ in drawn)), ())
    numbers = number_objects(forms, first, (), ())
    content, block = write_block(forms, numbers, first, 0)
    named = {b"%d" % old: b"%d" % new for old, new in numbers.items()}
    return add_bodies(content, block, (write_stream(refer(text, named.__getitem__), data) for text, data in drawn))


def _draw(sheets: Sheets, page: int) -> tuple[bytes, bytes]:
    """Return a page as something to be drawn on others: its text, and what it holds."""
    entries = read_entries(sheets.texts[page])
    (content,) = map(read_reference, _list_contents(entries))
    told = {b"/Type": b"/XObject", b"/Subtype": b"/Form", b"/BBox": entries[b"/MediaBox"]}
    told |= {b"/Resources": entries[b"/Resources"], **read_entries(sheets.texts[content])}
    return write_entries(told), sheets.streams[content]


def prefix(number: int) -> bytes:
    """Return what names of elements of a piece begin with."""
    return b"%05d." % number


def _list_contents(page: Mapping[bytes, bytes]) -> list[bytes]:
    contents = page[b"/Contents"]
    return read_items(contents) if contents.startswith(b"[") else [contents]


def _list_info(sheets: Sheets) -> list[bytes]:
    return [sheets.trailer[b"/Info"]] if b"/Info" in sheets.trailer else []


def _give_foot(sheets: Sheets, page: int, above: Mapping[int, bytes]) -> int:
    """Let a page draw its foot last; return the number of what stands for it. Its type is no part of the structure."""
    foot = sheets.add(b"null")
    entries = read_entries(sheets.texts[page])
    resources = read_entries(sheets.look(entries[b"/Resources"]))
    drawn = read_entries(sheets.look(resources.get(b"/XObject", b"<<>>"))) | {_FOOT: refer_to(foot)}
    changed = {
        b"/Resources": write_entries(resources | {b"/XObject": write_entries(drawn)}),
        b"/Contents": write_items((above[BEFORE], *_list_contents(entries), above[AFTER])),
    }
    sheets.texts[page] = write_entries(entries | changed)
    return foot


def _gather_pages(sheets: Sheets, pages: Sequence[int], above: bytes) -> int:
    """Return pages as a node of the tree of pages."""
    kids = write_items(map(refer_to, pages))
    node = sheets.add(b"<< /Type /Pages /Parent %b /Kids %b /Count %d >>" % (above, kids, len(pages)))
    for page in pages:
        sheets.change(page, {b"/Parent": refer_to(node)})
    return node


def _gather_names(sheets: Sheets, tree: Mapping[bytes, bytes], number: int) -> Iterator[int]:
    """Yield leaves of the trees of marks in pages and of the names of elements."""
    marks = read_items(read_entries(sheets.look(tree[b"/ParentTree"]))[b"/Nums"])
    marks[::2] = [b"%d" % (int(one) + number * ROOM) for one in marks[::2]]
    yield _add_leaf(sheets, b"/Nums", marks)
    if b"/IDTree" in tree:
        names = read_items(read_entries(sheets.look(tree[b"/IDTree"]))[b"/Names"])
        names[::2] = [write_string(prefix(number) + read_string(name)) for name in names[::2]]
        yield _add_leaf(sheets, b"/Names", names)


def _add_leaf(sheets: Sheets, key: bytes, items: Sequence[bytes]) -> int:
    return sheets.add(write_entries({b"/Limits": write_items((items[0], items[-2])), key: write_items(items)}))


def _gather_root(sheets: Sheets, above: Mapping[int, bytes]) -> int:
    """Return what a document says of itself, with what it holds left to the bound file."""
    left = {b"/Pages": PAGES, b"/StructTreeRoot": TREE, b"/Outlines": BOOKMARKS, b"/Metadata": METADATA}
    changed = {key: above[one] for key, one in left.items()}
    return sheets.add(write_entries(sheets.root | changed | {b"/Names": write_entries({b"/Dests": above[PLACES]})}))
