"""The words of the search index while it is made: the pages of a word are the bits of one number.

Sphinx keeps a set of names for each word: of a report, where most words stand on most pages, 70 kB a page. Here a page
takes a bit of each of its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from types import SimpleNamespace
from typing import IO, TYPE_CHECKING, Any

from sphinx.search import IndexBuilder

from .postings import encode_pages, read_ranges

if TYPE_CHECKING:
    from docutils import nodes


class Terms:
    """Words with the pages they are on, which are known by their numbers.

    Parameters
    ----------
    written
        The words as :meth:`write` gave them.

    Examples
    --------
    >>> terms = Terms()
    >>> for page in (0, 1, 2):
    ...     terms.add(["steel"], page)
    >>> terms.write([2, 1])
    {'steel': '0-1'}
    """

    def __init__(self, written: Mapping[str, str] | None = None) -> None:
        # Many words stand on the same pages.
        read = cache(_read_bits)
        self._words = {word: read(pages) for word, pages in (written or {}).items()}

    def add(self, words: Iterable[str], page: int) -> None:
        """Note a page for each of its words."""
        bit, known = 1 << page, self._words
        for word in words:
            known[word] = known.get(word, 0) | bit

    def keep(self, pages: Iterable[int]) -> None:
        """Forget all other pages, and the words that are on none of these."""
        kept = sum(1 << page for page in set(pages))
        self._words = {word: left for word, bits in self._words.items() if (left := bits & kept)}

    def write(self, order: Sequence[int]) -> dict[str, str]:
        """Return for each word its pages as the file of the index has them, counted in the given order."""
        last = max(order, default=0) + 1
        pick = itemgetter(*order) if order else lambda _: ""

        @cache
        def write(bits: int) -> str:
            marks = pick(f"{bits:0{last}b}"[::-1])
            return encode_pages([place for place, mark in enumerate(marks) if mark == "1"])

        return {word: text for word, bits in self._words.items() if (text := write(bits))}


def _read_bits(text: str) -> int:
    return sum(((1 << count) - 1) << first for first, count in read_ranges(text))


class SearchIndex(IndexBuilder):
    """Sphinx's index of pages, save how words are kept; what words of a page are, and their stems, is Sphinx's."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._numbers: dict[str, int] = {}
        self._terms, self._title_terms = Terms(), Terms()

    def load(self, stream: IO[Any], format: Any) -> None:  # noqa: A002 - Sphinx's name
        """Read an index again.

        Raises
        ------
        ValueError
            Where it is of another form.
        """
        index = format.load(stream)
        without = index | {"terms": {}, "titleterms": {}}
        super().load(stream, SimpleNamespace(load=lambda _: without))
        self._numbers = {page: number for number, page in enumerate(index["docnames"])}
        self._terms, self._title_terms = Terms(index["terms"]), Terms(index["titleterms"])

    def prune(self, docnames: Iterable[str]) -> None:
        """Forget all other pages."""
        kept = list(docnames)
        super().prune(kept)
        numbers = [self._numbers[page] for page in kept if page in self._numbers]
        self._terms.keep(numbers)
        self._title_terms.keep(numbers)

    def feed(self, docname: str, filename: str, title: str, doctree: nodes.document) -> None:
        """Take in a page: Sphinx finds its words, as if it were the only one."""
        self._mapping, self._title_mapping = {}, {}
        super().feed(docname, filename, title, doctree)
        number = self._numbers.setdefault(docname, len(self._numbers))
        self._terms.add(self._mapping, number)
        self._title_terms.add(self._title_mapping, number)

    def get_terms(self, fn2index: dict[str, int]) -> tuple[dict[str, str], dict[str, str]]:  # type: ignore[override]
        """Return the words of pages and of their titles as the file of the index has them."""
        order = [self._numbers[page] for page in sorted(fn2index, key=fn2index.__getitem__)]
        return self._terms.write(order), self._title_terms.write(order)
