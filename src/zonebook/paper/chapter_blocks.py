"""A page's HTML as blocks for the press: headings, paragraphs, lists, tables, figures, tiles, facts, code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from zonebook.paper.chapter_drawings import read_drawing
from zonebook.paper.chapter_markup import DRAWING, Element, parse_markdown
from zonebook.paper.chapter_runs import Ground, read_runs
from zonebook.paper.chapter_tables import read_table

Block = dict[str, Any]
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DIRECTIVE = re.compile(r"(?:language|block)-\{[\w-]+\}")
_OPTION = re.compile(r"^:[\w-]+:")
_LOOKS = {"zb-lead": "lead", "zb-foot": "foot", "zb-sure": "sure", "zb-page-links": "foot", "zb-group": "group"}
_BLOCKS = frozenset({"p", "ul", "ol", "dl", "table", "figure", "pre", "div", "details", "blockquote", "section", "hr"})


def read_blocks(children: Iterable[Element | str], ground: Ground) -> list[Block]:
    """Return what stands on a page one below the other, as blocks for the press."""
    blocks: list[Block] = []
    loose: list[Element | str] = []
    for child in children:
        if isinstance(child, Element) and (child.tag in _BLOCKS or child.tag in _HEADINGS):
            blocks += _read_loose(loose, ground)
            loose = []
            blocks += _read_block(child, ground)
        else:
            loose.append(child)
    return _with_feet([*blocks, *_read_loose(loose, ground)])


def _read_loose(children: Sequence[Element | str], ground: Ground) -> list[Block]:
    runs = read_runs(children, ground)
    return [{"k": "p", "r": runs, "look": ""}] if any(run != " " for run in runs) else []


def _read_block(element: Element, ground: Ground) -> list[Block]:  # noqa: PLR0911 - a case a kind of block
    if element.tag in _HEADINGS:
        return _read_heading(element, ground)
    if element.tag == "table":
        return read_table(element, ground)
    if element.tag == "figure":
        return _read_figure(element, ground)
    if element.tag in ("ul", "ol"):
        return _read_list(element, ground)
    if element.tag == "dl":
        return _read_terms(element, ground)
    if element.tag == "pre":
        return _read_code(element, ground)
    if element.tag == "p":
        return _read_paragraph(element, ground)
    if element.tag == "details":
        return _read_details(element, ground)
    return _read_division(element, ground)


def _read_code(element: Element, ground: Ground) -> list[Block]:
    """Return code as it stands; a directive of MyST (``{note}``) is a box with the Markdown in it."""
    named = next((_DIRECTIVE.search(child.attributes.get("class", "")) for child in element.elements), None)
    if named is None:
        return [{"k": "code", "text": element.text.strip("\n")}]
    inner = "\n".join(line for line in element.text.split("\n") if not _OPTION.match(line))
    return [{"k": "box", "look": "note", "title": [], "blocks": read_blocks(parse_markdown(inner).children, ground)}]


def _read_heading(element: Element, ground: Ground) -> list[Block]:
    runs = read_runs(element.children, ground)
    return [{"k": "h", "level": _HEADINGS[element.tag], "r": runs, "at": ground.place(element)}] if runs else []


def _read_paragraph(element: Element, ground: Ground) -> list[Block]:
    place, runs = ground.place(element), read_runs(element.children, ground)
    look = next((_LOOKS[name] for name in _LOOKS if name in element.classes), "")
    return [{"k": "p", "r": runs, "look": look, "at": place}] if runs else []


def _read_division(element: Element, ground: Ground) -> list[Block]:
    inner = list(element.children)
    title: list[Any] = []
    # Headings inside a box are no parts of the chapter: they stand out by their type alone.
    if "zb-answer" in element.classes:
        heading = next((child for child in element.elements if child.tag in _HEADINGS), None)
        title = read_runs(heading.children, ground) if heading is not None else []
        inner = [child for child in inner if child is not heading]
    blocks = read_blocks(inner, ground)
    if "zb-answer" in element.classes:
        return [{"k": "box", "look": "answer", "title": title, "blocks": blocks}]
    if "zb-failure" in element.classes:
        return [{"k": "box", "look": "failure", "title": [], "blocks": blocks}]
    return blocks


def _read_details(element: Element, ground: Ground) -> list[Block]:
    """Return the summary as a line of its own and what it folds away below it: paper has nothing to open."""
    blocks: list[Block] = []
    for child in element.elements:
        if child.tag == "summary":
            blocks.append({"k": "p", "r": read_runs(child.children, ground), "look": "group"})
    return blocks + read_blocks([one for one in element.elements if one.tag != "summary"], ground)


def _read_list(element: Element, ground: Ground) -> list[Block]:
    place = ground.place(element)
    if "zb-sources" in element.classes and element.tag == "ol":
        return [{"k": "sources", "items": [_read_source(item, ground) for item in element.elements]}]
    items = []
    for item in element.elements:
        at = ground.place(item)
        inner = read_blocks(item.children, ground)
        if inner:
            items.append({"at": at, "blocks": inner})
    look = "pages" if "zb-pages" in element.classes else "sources" if "zb-sources" in element.classes else ""
    return [{"k": "list", "ordered": element.tag == "ol", "look": look, "items": items, "at": place}] if items else []


def _read_source(item: Element, ground: Ground) -> Block:
    anchor, number = item.attributes.get("id", ""), item.attributes.get("value", "")
    return {"anchor": anchor, "n": number, "r": read_runs(item.children, ground)}


def _read_terms(element: Element, ground: Ground) -> list[Block]:
    place = ground.place(element)
    if "zb-tiles" in element.classes:
        return [{"k": "tiles", "at": place, "items": [_read_tile(tile, ground) for tile in element.elements]}]
    pairs: list[Block] = []
    for child in _flatten(element):
        if child.tag == "dt":
            pairs.append({"at": ground.place(child), "term": read_runs(child.children, ground), "blocks": []})
        elif child.tag == "dd" and pairs:
            pairs[-1]["blocks"] += read_blocks(child.children, ground)
    look = "publishers" if "zb-publishers" in element.classes else "facts" if element.classes else "terms"
    return [{"k": "terms", "look": look, "items": pairs, "at": place}] if pairs else []


def _flatten(terms: Element) -> Iterable[Element]:
    for child in terms.elements:
        yield from child.elements if child.tag == "div" else [child]


def _read_tile(tile: Element, ground: Ground) -> Block:
    parts = {name: child for child in tile.elements for name in child.classes}
    label = parts.get("zb-tile-label", Element("dt"))
    value = parts.get("zb-tile-value", Element("dd"))
    others = [child for child in tile.elements if child not in (label, value)]
    return {
        "label": read_runs(label.children, ground),
        "value": read_runs(value.children, ground),
        "lines": [read_runs(child.children, ground) for child in others],
    }


def _read_figure(figure: Element, ground: Ground) -> list[Block]:
    """Return a figure with the drawing for wide pages: the first of those that the site chooses from."""
    drawing = next(figure.find_all(DRAWING), None)
    caption = next(figure.find_all("figcaption"), None)
    if drawing is None:
        return read_blocks(figure.children, ground)
    drawn = read_drawing(str(drawing.children[0]))
    return [
        {
            "k": "figure",
            "at": ground.place(figure),
            "parts": [{"svg": svg, "height": height} for svg, height in drawn.parts],
            "alt": drawn.alternative,
            "width": drawn.width,
            "caption": read_runs(caption.children, ground) if caption is not None else [],
        }
    ]


def _with_feet(blocks: Sequence[Block]) -> list[Block]:
    """Put the line under a table or tiles into it, so that both stay together."""
    kept: list[Block] = []
    for block in blocks:
        last = kept[-1] if kept else None
        if (
            block["k"] == "p"
            and block["look"] == "foot"
            and last
            and last["k"] in ("table", "tiles", "terms", "sources")
        ):
            last["foot"] = block["r"]
        else:
            kept.append(block)
    return kept
