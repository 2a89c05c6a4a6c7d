"""The file of the search index: small, read again as it was written."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.book.extension.postings import PostingsFormat, decode_pages, encode_pages

PAGES = [f"zones/{number:04d}" for number in range(5000)]


def make_index(**fields: object) -> dict[str, object]:
    index = {
        "docnames": ["a", "b/c", "d"],
        "filenames": ["a.md", "b/c.ipynb", "d.md"],
        "titles": ["А", "Б", "В"],
        "terms": {"экспорт": "0-2", "иран": "1"},
        "titleterms": {"а": "0"},
        "alltitles": {"Источники": [(0, "sources"), (1, "sources"), (2, "id1")], "А": [(0, None)]},
        "objects": {},
        "envversion": {"sphinx": 1},
        "indexentries": {},
    }
    return index | fields


def write(index: dict[str, object]) -> str:
    file = io.StringIO()
    PostingsFormat().dump(index, file)
    return file.getvalue()


@given(st.sets(st.integers(0, 10**6), max_size=60))
def test_pages_are_read_as_they_were_written(pages: set[int]) -> None:
    assert decode_pages(encode_pages(sorted(pages))) == sorted(pages)


def test_pages_in_a_row_take_a_few_letters() -> None:
    assert encode_pages(range(5000)) == "0-3uv"


def test_an_index_is_read_as_it_was_written() -> None:
    index = make_index()
    read = PostingsFormat().load(io.StringIO(write(index)))
    assert read["terms"] == {"экспорт": "0-2", "иран": "1"}
    assert sorted(read["alltitles"]["Источники"]) == [(0, "sources"), (1, "sources"), (2, "id1")]
    assert read["alltitles"]["А"] == [(0, None)]
    assert {key: read[key] for key in ("docnames", "filenames", "titles", "envversion")} == {
        key: index[key] for key in ("docnames", "filenames", "titles", "envversion")
    }


def test_a_word_on_every_page_costs_next_to_nothing() -> None:
    pages = range(5000)
    names = {"docnames": PAGES, "filenames": [f"{page}.ipynb" for page in PAGES], "titles": ["x"] * 5000}
    bare = write(make_index(**names, terms={}, alltitles={}))
    full = write(make_index(**names, terms={f"word{n}": encode_pages(pages) for n in range(500)}, alltitles={}))
    stock = len(json.dumps({f"word{n}": list(pages) for n in range(500)}))
    assert len(full) - len(bare) < 12_000 < stock / 100


def test_letters_stand_as_they_are_and_no_line_ends_inside_the_script() -> None:
    written = write(make_index(titles=["a\u2028b", "Б", "В"]))
    assert "экспорт" in written
    assert "\u2028" not in written


@pytest.mark.parametrize("text", ["", 'Search.setIndex({"docnames":[]})', "Search.setIndex("])
def test_an_index_of_another_form_is_refused_as_sphinx_expects_it(text: str) -> None:
    with pytest.raises(ValueError, match="format"):
        PostingsFormat().load(io.StringIO(text))
