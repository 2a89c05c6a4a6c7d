"""HTML as a tree: what the pages of the book are made of, read in one pass; drawings are kept as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin

DRAWING = "svg"
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LEFT_OUT = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->|<![A-Za-z][^>]*>", re.DOTALL)
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
# A table ends an open cell and row, an item the one before it.
_CLOSES = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}}
_CLOSES["th"] = _CLOSES["td"]


@dataclass(slots=True)
class Element:
    """A piece of HTML: its tag, its attributes, and the texts and elements inside it in order.

    A drawing (``svg``) has its source as its only child.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The classes of the element."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def elements(self) -> Iterator[Element]:
        """The elements directly inside it."""
        return (child for child in self.children if isinstance(child, Element))

    def find_all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements with one of these tags anywhere inside, in order."""
        for child in self.elements:
            if child.tag in tags:
                yield child
            yield from child.find_all(*tags)

    @property
    def text(self) -> str:
        """All text inside it, drawings left out."""
        if self.tag == DRAWING:
            return ""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def parse_html(markup: str) -> Element:
    """Return HTML as a tree below an element without a tag.

    Examples
    --------
    >>> tree = parse_html('<p class="a">R&amp;D <b>x</b></p>')
    >>> [child.tag for child in tree.elements], tree.text
    (['p'], 'R&D x')
    """
    drawings: list[str] = []

    def put_by(match: re.Match[str]) -> str:
        drawings.append(match[0])
        return f'<{DRAWING} number="{len(drawings) - 1}"></{DRAWING}>'

    reader, at = _Reader(drawings), 0
    text = _LEFT_OUT.sub("", _SVG.sub(put_by, markup))
    for tag in _TAG.finditer(text):
        if at < tag.start():
            reader.add_text(text[at : tag.start()])
        end, name, told = tag.groups()
        if end:
            reader.close(name.lower())
        else:
            reader.open(name.lower(), told)
        at = tag.end()
    if at < len(text):
        reader.add_text(text[at:])
    return reader.root


def parse_markdown(source: str) -> Element:
    """Return Markdown, with the HTML in it, as a tree below an element without a tag."""
    return parse_html(_markdown().render(source))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table").use(deflist_plugin).use(colon_fence_plugin)


class _Reader:
    """Builds the tree; an element that was never closed ends with the one around it."""

    def __init__(self, drawings: list[str]) -> None:
        self.root = Element("")
        self._open = [self.root]
        self._drawings = drawings

    def open(self, tag: str, told: str) -> None:
        """Open an element from its tag and what the tag says of it; one that is closed in its tag has nothing in it."""
        ended = _CLOSES.get(tag)
        while ended and self._open[-1].tag in ended:
            self._open.pop()
        element = Element(tag, _read_attributes(told) if told else {})
        self._open[-1].children.append(element)
        if tag == DRAWING:
            element.children.append(self._drawings[int(element.attributes["number"])])
        if tag not in _VOID and not told.endswith("/"):
            self._open.append(element)

    def close(self, tag: str) -> None:
        """Close an element and those left open inside it; one that is not open is no element."""
        if tag == self._open[-1].tag:
            self._open.pop()
            return
        names = [element.tag for element in self._open]
        if tag in names[1:]:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def add_text(self, text: str) -> None:
        """Add text."""
        self._open[-1].children.append(unescape(text))


def _read_attributes(told: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(told)
    return {name.lower(): unescape(double or single or bare) for name, double, single, bare in found}
