"""A page of the staged book as a chapter of the report on paper, in plain values that can be kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zonebook.errors import PaperError
from zonebook.page.locale import Locale
from zonebook.paper.chapter_blocks import Block, read_blocks
from zonebook.paper.chapter_markup import parse_html, parse_markdown
from zonebook.paper.chapter_runs import Ground, to_text

# What is of use on a screen alone: rows to be unfolded, commands to be copied.
_ON_SCREEN = ('id="table-metric-rows"', 'class="zb-rerun"')
_SCREEN = {"k": "screen"}
_SOURCE = re.compile(r'<li id="(source-[^"]+)" value="')
_DEMONSTRATION = "zb-evidence-demonstration"
Chapter = dict[str, Any]


def find_page(book: Path, page: str) -> Path:
    """Return the file of a page of the staged book.

    Raises
    ------
    PaperError
        Where the book has no such page.
    """
    for suffix in (".ipynb", ".md"):
        path = book / f"{page}{suffix}"
        if path.is_file():
            return path
    raise PaperError("the staged book has no such page.", place=f"{book}/{page}", remedy="Build the report again.")


def read_chapter(path: Path, page: str, locale: Locale) -> Chapter:
    """Return a page of the staged book as a chapter.

    Parameters
    ----------
    path
        An executed notebook, or Markdown.
    page
        Path of the page in its book, without suffix.
    locale
        Language of the book.

    Returns
    -------
    dict
        ``page``; ``title`` (runs) and ``name`` (text); ``blocks``; ``notes`` (what is said of each source that a note
        names, by place); ``places`` that links may lead to; ``links`` (places that links lead to); ``demonstration``.

    Raises
    ------
    PaperError
        Where the file cannot be read as what its suffix says.
    """
    pieces = list(_read_pieces(path))
    markup = "".join(piece for _, piece in pieces)
    ground = Ground(page, locale, frozenset(_SOURCE.findall(markup)))
    blocks: list[Block] = []
    for form, piece in pieces:
        if form == "html" and any(sign in piece for sign in _ON_SCREEN):
            blocks.append(dict(_SCREEN))
            continue
        tree = parse_markdown(piece) if form == "markdown" else parse_html(piece) if form == "html" else None
        blocks += read_blocks(tree.children, ground) if tree else [{"k": "code", "text": piece.strip("\n")}]
    blocks, notes = _settle_sources(blocks, ground)
    blocks = list(_nest_headings(_leave_out_empty(blocks)))
    title = next((block for block in blocks if block["k"] == "h" and block["level"] == 1), None)
    return {
        "page": page,
        "title": title["r"] if title else [page],
        "name": to_text(title["r"]) if title else page,
        "blocks": [block for block in blocks if block is not title],
        "notes": notes,
        "places": list(ground.places),
        "links": list(ground.links),
        "demonstration": _DEMONSTRATION in markup,
    }


def _read_pieces(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the parts of a page in order, each with its form: ``markdown``, ``html`` or ``text``."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            yield "markdown", text
            return
        notebook = json.loads(text)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                yield "markdown", "".join(cell["source"])
            elif cell["cell_type"] == "code":
                yield from _read_outputs(cell["outputs"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PaperError(
            f"cannot be read as a page of the report: {error!r}.",
            place=str(path),
            remedy="Build the report again with --force.",
        ) from error


def _read_outputs(outputs: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for output in outputs:
        data = output.get("data", {})
        if output["output_type"] == "stream":
            yield "text", "".join(output["text"])
        elif output["output_type"] == "error":
            yield "text", f"{output['ename']}: {output['evalue']}"
        elif "text/html" in data:
            yield "html", "".join(data["text/html"])
        elif "text/plain" in data:
            yield "text", "".join(data["text/plain"])


def _settle_sources(blocks: list[Block], ground: Ground) -> tuple[list[Block], dict[str, Block]]:
    """Leave in the list of sources those that no note names; return the notes with it."""
    notes: dict[str, Block] = {}
    kept: list[Block] = []
    for block in blocks:
        if block["k"] != "sources":
            kept.append(block)
            continue
        rest = []
        for item in block["items"]:
            if item["anchor"] in ground.named:
                notes[f"{ground.page}#{item['anchor']}"] = {"n": item["n"], "r": item["r"]}
            else:
                ground.places[item["anchor"]] = None
                rest.append({"at": f"{ground.page}#{item['anchor']}", "n": item["n"], "r": item["r"]})
        kept.append({**block, "items": rest} if rest else dict(_SCREEN))
    return kept, notes


def _leave_out_empty(blocks: list[Block]) -> list[Block]:
    """Leave out what stands on screens alone with the heading and the words over it, and headings over nothing."""
    kept: list[Block] = []
    for block in blocks:
        if block == _SCREEN:
            words = next((n for n, above in enumerate(reversed(kept)) if above["k"] != "p"), len(kept))
            if words < len(kept) and kept[-1 - words]["k"] == "h":
                del kept[-1 - words :]
        else:
            kept.append(block)
    full: list[Block] = []
    for block in reversed(kept):
        below = full[-1] if full else None
        is_over_nothing = below is None or (below["k"] == "h" and below["level"] <= block.get("level", 0))
        if not (block["k"] == "h" and block["level"] > 1 and is_over_nothing):
            full.append(block)
    return full[::-1]


def _nest_headings(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks with headings of which each is at most one level below the one before it; one is the title."""
    last = 0
    for block in blocks:
        if block["k"] != "h":
            yield block
            continue
        level = max(1 if last == 0 else 2, min(block["level"], last + 1))
        last = level
        yield {**block, "level": level}
