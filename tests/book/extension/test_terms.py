"""The words of the search index while it is made: as Sphinx has them, in a fraction of the memory."""

import io
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx.search import IndexBuilder

from zonebook.book.extension.postings import PostingsFormat, encode_pages
from zonebook.book.extension.search import Searched
from zonebook.book.extension.terms import SearchIndex, Terms

PAGES = ("zones/b", "index", "zones/a", "zones/c")
WORDS = {
    "zones/b": ("Steel", "exports", "residents"),
    "index": ("exports", "of", "zones"),
    "zones/a": ("exported", "steel", "Zones"),
    "zones/c": ("residents", "steelmaker"),
}


def make_environment() -> Any:
    fields = ("titles", "all_titles", "filenames", "mapping", "title_mapping", "index_entries", "objtypes", "objnames")
    kept: dict[str, dict[str, Any]] = {f"_search_index_{name}": {} for name in fields}
    return SimpleNamespace(**kept, domains={}, version={"sphinx": 62})


def feed(index: IndexBuilder, pages: tuple[str, ...] = PAGES) -> None:
    for page in pages:
        searched = Searched(((f"The zone {page[-1]}", ""), ("Sources of steel", "sources")), WORDS[page])
        index.feed(page, f"{page}.ipynb", page.upper(), searched.to_document())


def make_index(maker: type[IndexBuilder] = SearchIndex, pages: tuple[str, ...] = PAGES) -> Any:
    index = maker(make_environment(), "en", {}, "")
    feed(index, pages)
    return index


def write(index: SearchIndex) -> str:
    file = io.StringIO()
    index.dump(file, PostingsFormat())
    return file.getvalue()


def read(written: str) -> SearchIndex:
    index = SearchIndex(make_environment(), "en", {}, "")
    index.load(io.StringIO(written), PostingsFormat())
    return index


def encode(terms: dict[str, list[int] | int]) -> dict[str, str]:
    listed = {word: [pages] if isinstance(pages, int) else pages for word, pages in terms.items()}
    return {word: encode_pages(pages) for word, pages in listed.items() if pages}


@pytest.mark.parametrize("kept", [PAGES, PAGES[1:], PAGES[:1], ("gone", "zones/a", "index")])
def test_an_index_has_what_sphinx_puts_into_its_own(kept: tuple[str, ...]) -> None:
    ours, stock = make_index(), make_index(IndexBuilder)
    ours.prune(kept)
    stock.prune(kept)
    mine, theirs = ours.freeze(), stock.freeze()
    assert mine == theirs | {name: encode(theirs[name]) for name in ("terms", "titleterms")}
    assert mine["terms"]


def test_an_index_that_is_read_again_takes_new_pages_as_the_first_one_did() -> None:
    written = write(make_index())
    assert write(read(written)) == written
    again = read(written)
    again.prune([page for page in PAGES if page != "zones/a"])
    assert write(again) == write(make_index(pages=("zones/b", "index", "zones/c")))
    feed(again, ("zones/a",))
    assert write(again) == written


def test_an_index_of_another_environment_is_refused_as_sphinx_expects_it() -> None:
    written = write(make_index()).replace('"sphinx":62', '"sphinx":61')
    with pytest.raises(ValueError, match="format"):
        read(written)


@given(st.dictionaries(st.sampled_from("abc"), st.sets(st.integers(0, 40), min_size=1)), st.permutations(range(41)))
def test_pages_are_counted_in_the_order_they_are_written_in(words: dict[str, set[int]], order: list[int]) -> None:
    terms = Terms()
    for word, pages in words.items():
        for page in pages:
            terms.add([word], page)
    expected = {word: encode_pages(sorted(map(order.index, pages))) for word, pages in words.items()}
    assert terms.write(order) == expected
    assert Terms(expected).write(range(41)) == expected


def test_nothing_is_written_of_no_pages() -> None:
    terms = Terms()
    terms.add(["steel"], 3)
    assert terms.write([]) == {}
    terms.keep([])
    assert terms.write([3]) == {}


def test_a_page_takes_a_bit_of_a_word_that_all_pages_have() -> None:
    terms = Terms()
    for page in range(2000):
        terms.add(("steel", "exports"), page)
    held = sum(sys.getsizeof(pages) for pages in terms._words.values())
    assert held < 2000  # two sets of as many names take 260 kB
