"""What of a page can be searched for: the words of titles, headings, prose and tables.

Sphinx glues the cells of raw HTML together, takes every number for a word and finds the stem of each word anew on every
page. Here cells stay apart, numbers are left out (Sphinx ignores a number in a query anyway) and stems are remembered.
"""

from __future__ import annotations

import html
import re
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import search as sphinx_search
from sphinx.util.docutils import new_document

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.search import SearchLanguage

# No words: drawings, styles, scripts. Rows of metrics stand on every page and are a download; a metric's own page is
# what is searched for by its name or code.
_UNSEARCHED = re.compile(r"<(svg|style|script)\b.*?</\1>", re.DOTALL)
_METRIC_ROWS = re.compile(r'(<table\b[^>]*\bid="table-metric-rows".*?)<tbody>.*?</tbody>', re.DOTALL)
_TAG = re.compile(r"<[^<>]+>")
# Where a word may be divided at the end of a line, which does not make two words of it.
_DIVISIONS = ("\u00ad", "\u200b")
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Searched:
    """A page as far as it is searched: its headings with their anchors, and its other words, each once."""

    headings: tuple[tuple[str, str], ...]
    words: tuple[str, ...]

    def to_document(self) -> nodes.document:
        """Return the page in the form that Sphinx's index takes."""
        document = new_document("")
        for text, anchor in self.headings:
            title = nodes.title("", "", nodes.Text(text))
            document.append(nodes.section("", title, ids=[anchor] if anchor else []))
        document.append(nodes.paragraph("", "", nodes.Text(" ".join(self.words))))
        return document


def extract_searched(doctree: nodes.document) -> Searched:
    """Return what of a page is searched."""
    headings, found = [], set[str]()
    for node in doctree.findall():
        if isinstance(node, nodes.title):
            headings.append((node.astext(), "".join(node.parent["ids"][:1])))
        elif isinstance(node, nodes.raw):
            if "html" in node.get("format", "").split():
                # Its text as it stands: nothing is escaped in it that docutils would look for.
                found |= _split(read_markup("".join(map(str, node.children))))
        elif isinstance(node, nodes.Text) and not isinstance(node.parent, nodes.title | nodes.raw | nodes.comment):
            found |= _split(node.astext())
    # Pages have most of their words in common: each is kept once.
    return Searched(tuple(headings), tuple(map(sys.intern, sorted(filter(is_word, found)))))


def read_markup(markup: str) -> str:
    """Return the text of HTML, without what no one searches for.

    Examples
    --------
    >>> read_markup("<td>Iran</td><td>12&nbsp;%</td><svg><text>5</text></svg>").split()
    ['Iran', '12', '%']
    """
    searched = _METRIC_ROWS.sub(r"\1", _UNSEARCHED.sub(" ", markup)).replace("<wbr>", "")
    return html.unescape(_TAG.sub(" ", searched))


def find_words(text: str) -> set[str]:
    r"""Return the words of a text, each once.

    Examples
    --------
    >>> sorted(find_words("R02: 3,5 bn to South\u00adern Africa in 2024, to v. 2022"))
    ['Africa', 'R02', 'Southern', 'bn', 'in', 'to']
    """
    return set(filter(is_word, _split(text)))


def _split(text: str) -> set[str]:
    """Return the words of a text, and its numbers."""
    for division in _DIVISIONS:
        text = text.replace(division, "")
    return set(_WORD.findall(text))


def is_word(text: str) -> bool:
    """Whether text is a word one may search for: numbers and single letters are none."""
    return len(text) > 1 and _LETTER.search(text) is not None


def setup(app: Sphinx) -> None:
    """Have words found this way."""
    app.connect("config-inited", _refine_language)


def _refine_language(app: Sphinx, config: Config) -> None:
    name = config.html_search_language or config.language
    stock: type[SearchLanguage] | str | None = sphinx_search.languages.get(name)
    if isinstance(stock, str):
        module, _, attribute = stock.rpartition(".")
        stock = getattr(import_module(module), attribute)
    if isinstance(stock, type):
        app.add_search_language(_refine(stock))


def _refine(language: type[SearchLanguage]) -> type[SearchLanguage]:
    """Return a language of Sphinx that takes no number for a word and finds the stem of each word once."""

    class Refined(language):  # type: ignore[misc,valid-type]
        def init(self, options: dict[str, str]) -> None:
            super().init(options)
            self.stem = cache(super().stem)

        def split(self, text: str) -> list[str]:
            return [word for word in super().split(text) if is_word(word)]

    return Refined
