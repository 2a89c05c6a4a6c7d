"""What keeps a PDF from those who do not see it: a validator's findings for PDF/UA-1, and what it does not ask."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from page import SafetyLimits, validate_pdf_bytes  # of the distribution page-validation

_MARK = re.compile(rb"/MCID\s+(\d+)")
# A text that says nothing of the drawing it stands for: signs, a remark in brackets, the name of a file.
_EMPTY_WORDS = re.compile(r"\W*|[\w .-]+\.(?:svg|png|jpe?g)|\([^()]*\)")
_LONG = 20  # pages from which on one looks for bookmarks


def check_accessibility(pdf: Path | bytes) -> list[str]:
    """Return what is wrong with a PDF for those who do not see it, a line each; nothing where nothing is.

    The checkpoints of the Matterhorn protocol that a machine can check are those of the validator (content, tags and
    their roles, headings, drawings, tables, lists, links, language, metadata, fonts and their glyphs). Beside them:
    every piece of content is told once by the tree of tags and leads back to its tag, texts for drawings say
    something, long documents have bookmarks.

    Parameters
    ----------
    pdf
        The file, or its bytes.
    """
    content = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    report = validate_pdf_bytes(content, profile="ua1", limits=SafetyLimits.unlimited())
    reader = PdfReader(io.BytesIO(content))
    tags = list(_walk_tags(reader))
    return [
        *(f"{failure.rule_id}: {failure.message}" for failure in report.failures),
        *_find_loose_content(reader, tags),
        *_find_empty_words(tags),
        *(["no bookmarks"] if len(reader.pages) > _LONG and not reader.outline else []),
    ]


def _walk_tags(reader: PdfReader) -> Iterator[tuple[int, DictionaryObject]]:
    """Yield the tags of the tree, each with its number as an object."""
    tree = reader.trailer["/Root"].get("/StructTreeRoot", DictionaryObject())
    left = list(_children(tree))
    while left:
        child = left.pop()
        tag = child.get_object()
        if isinstance(tag, DictionaryObject) and "/S" in tag:
            yield _number(child), tag
            left.extend(_children(tag))


def _children(tag: DictionaryObject) -> Iterator[Any]:
    """Yield what stands below a tag: references to tags, or pieces of content."""
    if "/K" in tag:
        below = tag.raw_get("/K")
        held = below.get_object()
        yield from held if isinstance(held, ArrayObject) else [below]


def _number(reference: Any) -> int:
    return reference.idnum if isinstance(reference, IndirectObject) else 0


def _list_told(tags: list[tuple[int, DictionaryObject]]) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the pieces of content that tags tell, as number of the page and mark, with the number of the tag."""
    for number, tag in tags:
        page = tag.raw_get("/Pg") if "/Pg" in tag else None
        for child in _children(tag):
            piece = child.get_object()
            if isinstance(piece, int):
                yield (_number(page), int(piece)), number
            elif isinstance(piece, DictionaryObject) and piece.get("/Type") == "/MCR":
                yield (_number(piece.raw_get("/Pg") if "/Pg" in piece else page), int(piece["/MCID"])), number


def _find_loose_content(reader: PdfReader, tags: list[tuple[int, DictionaryObject]]) -> Iterator[str]:
    """Compare the marks in the content of pages with what tags tell, both ways."""
    told: dict[tuple[int, int], int] = {}
    for piece, tag in _list_told(tags):
        if piece in told:
            yield f"content {piece[1]} of the page that is object {piece[0]} is told twice"
        told[piece] = tag
    parents = dict(_list_parents(reader.trailer["/Root"].get("/StructTreeRoot", {}).get("/ParentTree")))
    for number, page in enumerate(reader.pages, start=1):
        owners = parents.get(int(page.get("/StructParents", -1)), [])
        for mark in _find_marks(page):
            tag = told.pop((_number(page.indirect_reference), mark), 0)
            if not tag:
                yield f"page {number}: content {mark} is not in the tree of tags"
            elif mark >= len(owners) or _number(owners[mark]) != tag:
                yield f"page {number}: content {mark} does not lead to its tag"
    if told:
        yield f"{len(told)} pieces of content that tags tell are on no page"


def _find_marks(page: PageObject) -> list[int]:
    contents = page.get_contents()
    return [] if contents is None else sorted({int(mark) for mark in _MARK.findall(contents.get_data())})


def _list_parents(tree: Any) -> Iterator[tuple[int, list[Any]]]:
    """Yield the entries of the tree that leads from content to tags: the page's key, and its tags by mark."""
    if tree is None:
        return
    branch = tree.get_object()
    for below in branch.get("/Kids", ()):
        yield from _list_parents(below)
    entries = branch.get("/Nums", [])
    for key, held in zip(entries[::2], entries[1::2], strict=True):
        found = held.get_object()
        if isinstance(found, ArrayObject):
            yield int(key), list(found)


def _find_empty_words(tags: list[tuple[int, DictionaryObject]]) -> Iterator[str]:
    for number, tag in tags:
        words = str(tag.get("/Alt", ""))
        if words and _EMPTY_WORDS.fullmatch(words):
            yield f"the text for the drawing that is object {number} says nothing: {words!r}"
