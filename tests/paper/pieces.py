"""Pieces of a report as tests print them: a chapter of a few blocks."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pikepdf import Pdf

from zonebook.paper.brand import describe_brand
from zonebook.paper.report_joints import DOCUMENT, FIRST, PAGES, TREE
from zonebook.paper.report_marks import Marks
from zonebook.paper.report_objects import Block
from zonebook.paper.report_piece import Common, Piece
from zonebook.paper.report_table import ObjectFile
from zonebook.parameters import Parameters

ROOT = Path(__file__).parents[2]
WORDS = {
    "year": "2025",
    "subtitle": "Edition 2025",
    "facts": ["1 zone"],
    "contents": "Contents",
    "left-out": "",
    "continued": "(continued)",
    "index": "Index",
    "index-note": "Bold: the chapter.",
    "files": "Files.",
}


def make_common(**changed: Any) -> Common:
    """Return what pieces have in common, some of it changed."""
    data = {
        "title": "A report",
        "lang": "en",
        "paper": "a4",
        "description": "Edition 2025",
        "brand": {**describe_brand(Parameters(), ROOT, "en"), "logo": None},
        "date": [2026, 4, 1],
        "words": WORDS,
        "marks": [],
    }
    return Common(data | changed, ("ua-1",))


def make_chapter(page: str, number: int, *blocks: dict[str, Any], lowered: int = 0, **changed: Any) -> Piece:
    """Return the piece of a chapter that leads to ``zones/b``, to its own second place, and names a source."""
    source = f"{page}#source-1"
    linked = {
        "k": "p",
        "look": "",
        "r": [{"a": "zones/b", "r": ["to b"]}, " ", {"a": f"{page}#spot", "r": ["to the spot"]}],
    }
    noted = {"k": "p", "look": "", "r": ["Noted", {"n": "1", "id": source, "new": 1}, {"n": "1", "id": source}]}
    table = {
        "k": "table", "at": f"{page}#spot", "caption": ["Rows"], "label": f"Table {number}.1", "continued": False,
        "turned": False, "right": [False, True], "head": [["Name"], ["Value"]], "body": [[["x"], ["1"]]],
        "widths": [60, 60], "size": 9, "plain": True,
    }  # fmt: skip
    chapter = {
        "page": page,
        "title": ["Chapter"],
        "name": f"Chapter {number}",
        "number": str(number),
        "opens": "",
        "blocks": [linked, noted, {"k": "h", "level": 2, "at": None, "r": ["Below"]}, table, *blocks],
        "sections": [],
    }
    manuscript = make_common().write(
        "chapter",
        part="Zones",
        chapter=chapter,
        lowered=lowered,
        notes={source: {"n": "1", "r": ["Source"]}},
        asked={f"{page}#spot": True},
        here=[page, source, f"{page}#spot"],
        targets={"zones/b": "zones/b", f"{page}#spot": f"{page}#spot"},
        **changed,
    )
    names = {"zones/b": "Zone B", f"{page}#spot": "Chapter", source: "1"}
    return Piece(page, manuscript, Marks(number, lowered, names))


def open_alone(content: bytes, known: Mapping[str, Any]) -> Pdf:
    """Return the objects of a marked piece as a PDF of their own, without what binding adds."""
    block, joints = Block(**known["block"]), known["joints"]
    alone = ObjectFile("1.7")
    alone.add_block(content, block)
    names = b"/IDTree << /Kids [%d 0 R] >>" % (block.first + 2) if joints["has_names"] else b""
    alone.add(PAGES, b"<< /Type /Pages /Kids [%d 0 R] /Count %d >>" % (block.first, len(known["turned"])))
    alone.add(TREE, b"<< /K [%d 0 R] /ParentTree << /Kids [%d 0 R] >> %b >>" % (DOCUMENT, block.first + 1, names))
    parts = b" ".join(b"%d 0 R" % (block.first + part) for part in joints["parts"])
    alone.add(DOCUMENT, b"<< /S /Document /P %d 0 R /K [%b] >>" % (TREE, parts))
    alone.add(FIRST - 1, b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R >>" % (PAGES, TREE))
    return Pdf.open(io.BytesIO(alone.close(FIRST - 1, instance=bytes(16))))


def print_plainly(texts: Mapping[int, bytes], streams: Mapping[int, bytes], trailer: bytes) -> bytes:
    """Return objects as a PDF with each of them by itself, as Typst prints them."""
    content, starts = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n", []
    for number, text in texts.items():
        starts.append(len(content))
        data = b"\nstream\n%b\nendstream" % streams[number] if number in streams else b""
        content += b"%d 0 obj\n%b%b\nendobj\n" % (number, text, data)
    entries = b"".join(b"%010d 00000 n\r\n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(starts) + 1)
    return b"%b%b%btrailer\n%b\nstartxref\n%d\n%%%%EOF" % (content, head, entries, trailer, len(content))
