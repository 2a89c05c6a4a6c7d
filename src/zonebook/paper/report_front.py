"""The pieces of a report around its chapters: cover and contents, the index, the feet of all pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zonebook.paper.report_marks import Marks, mention_name
from zonebook.paper.report_piece import Common, Piece, Printed

FRONT, INDEX, FEET = (f"around/{name}" for name in ("front", "index", "feet"))
_COVERS = 1  # pages without foot
# Typst has no tags for a table of contents that is not its own: a list becomes one.
_CONTENTS = {"L": "TOC", "LI": "TOCI", "LBody": "Reference"}


def number_pages(front: int, chapters: Mapping[str, Printed]) -> dict[str, int]:
    """Return the number of the first page of each chapter and of the index, after so many pages of the front."""
    first, at = {}, front + 1
    for name, chapter in chapters.items():
        first[name] = at
        at += len(chapter.turned)
    return first | {INDEX: at}


def write_front(common: Common, parts: Sequence[Mapping[str, Any]], first: Mapping[str, int]) -> Piece:
    """Return the cover and the contents.

    Parameters
    ----------
    common
        What all pieces have in common.
    parts
        ``caption`` and ``chapters`` (``page``, ``name``, ``number``) of each part.
    first
        The pages they begin on.
    """
    listed = [
        {"caption": part["caption"], "chapters": [_list_chapter(chapter, first) for chapter in part["chapters"]]}
        for part in parts
    ]
    manuscript = common.write("front", parts=listed, index={"page": INDEX, "first": first[INDEX]})
    names = {chapter["page"]: chapter["name"] for part in parts for chapter in part["chapters"]}
    names |= {INDEX: common.data["words"]["index"]}
    return Piece(FRONT, manuscript, Marks(0, names=names, tags=_CONTENTS, bare=_COVERS))


def _list_chapter(chapter: Mapping[str, Any], first: Mapping[str, int]) -> dict[str, Any]:
    return {name: chapter[name] for name in ("page", "number", "name")} | {"first": first[chapter["page"]]}


def write_index(
    common: Common, groups: Sequence[Mapping[str, Any]], chapters: Mapping[str, Printed], first: Mapping[str, int]
) -> Piece:
    """Return the index of zones and regions: the page of each one's chapter, and the others that name it.

    Parameters
    ----------
    common
        What all pieces have in common.
    groups
        ``title`` and ``entries`` (``name`` and ``page``), in order.
    chapters
        The printed chapters.
    first
        The pages they begin on.
    """
    named: dict[str, set[int]] = {}
    for name, chapter in chapters.items():
        for target, spot in chapter.mentions:
            named.setdefault(target, set()).add(first[name] + spot.page)

    def find(entry: Mapping[str, Any]) -> dict[str, Any]:
        place = entry["page"]
        own = first[place] + chapters[place].places[place].page
        others = [
            {"page": page, "place": mention_name(place, page)} for page in sorted(named.get(place, set()) - {own})
        ]
        return {**entry, "first": own, "others": others}

    found = [{"title": group["title"], "entries": [find(entry) for entry in group["entries"]]} for group in groups]
    names = {INDEX: common.data["words"]["index"]}
    for entry in (entry for group in found for entry in group["entries"]):
        names |= dict.fromkeys((entry["page"], *(other["place"] for other in entry["others"])), entry["name"])
    manuscript = common.write("index", groups=found, here=[INDEX], own=INDEX)
    return Piece(INDEX, manuscript, Marks(len(chapters) + 1, names=names))


def write_feet(common: Common, pieces: Sequence[Printed]) -> Piece:
    """Return a page with its foot for each page of the printed pieces; the cover has none."""
    turned = [page for piece in pieces for page in piece.turned]
    pages = [
        {"number": str(number) if number > _COVERS else "", "turned": page} for number, page in enumerate(turned, 1)
    ]
    return Piece(FEET, common.write("feet", pages=pages))
