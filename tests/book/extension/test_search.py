"""What of a page is searched for."""

from pathlib import Path

import pytest
import snowballstemmer
from docutils import nodes
from snowballstemmer.porter_stemmer import PorterStemmer
from snowballstemmer.russian_stemmer import RussianStemmer
from sphinx import search as sphinx_search
from sphinx.search.en import SearchEnglish
from sphinx.util.docutils import new_document

from zonebook.book.extension import search

ROOT = Path(__file__).parents[3]
TABLE = (
    '<table class="zb-table" id="table-metric-rows"><caption>Metric rows</caption><thead><tr><th>Row</th></tr></thead>'
    '<tbody><tr><th scope="row">L01</th><td>needs a register</td></tr></tbody></table>'
    "<table><tbody><tr><td>Iran</td><td>12</td><td>2009</td><td>two</td></tr></tbody></table>"
)


def make_page(*children: nodes.Node) -> nodes.document:
    section = nodes.section("", nodes.title("", "Zone ", nodes.emphasis("", "Alabuga")), *children, ids=["zone"])
    document = new_document("")
    document.append(section)
    return document


def words_of(*children: nodes.Node) -> set[str]:
    return set(search.extract_searched(make_page(*children)).words)


def test_cells_of_a_table_are_words_of_their_own_and_numbers_are_none() -> None:
    assert words_of(nodes.raw("", TABLE, format="html")) >= {"Iran", "two", "Metric", "Row"}
    assert not {"2009", "12", "12two", "Iran12"} & words_of(nodes.raw("", TABLE, format="html"))


def test_rows_of_metrics_and_drawings_are_left_out() -> None:
    drawing = '<figure><svg role="img"><text>RU-TA</text></svg><figcaption>Partners</figcaption></figure>'
    words = words_of(nodes.raw("", TABLE + drawing, format="html"))
    assert "Partners" in words
    assert not {"register", "L01", "TA", "RU"} & words


def test_entities_are_letters_and_words_are_not_cut_where_they_may_be_divided() -> None:
    words = words_of(nodes.raw("", "<p>&laquo;Tech&shy;nopolis&raquo;&nbsp;Mos<wbr>cow</p>", format="html"))
    assert words == {"Technopolis", "Moscow", "Alabuga"}


def test_headings_keep_their_anchors() -> None:
    below = nodes.section("", nodes.title("", "Exports"), nodes.paragraph("", "to Iran"), ids=["exports", "id1"])
    searched = search.extract_searched(make_page(below))
    assert searched.headings == (("Zone Alabuga", "zone"), ("Exports", "exports"))
    titles = list(searched.to_document().findall(nodes.title))
    assert [title.astext() for title in titles] == ["Zone Alabuga", "Exports"]
    assert titles[1].parent["ids"] == ["exports"]


def test_other_formats_and_comments_are_not_searched() -> None:
    assert words_of(nodes.raw("", "latex words", format="latex"), nodes.comment("", "hidden words")) == {"Alabuga"}


def test_a_stem_is_found_once_and_as_sphinx_finds_it() -> None:
    stock = SearchEnglish({})
    refined = search._refine(SearchEnglish)({})
    for word in ("exporting", "Countries", "R02"):
        assert refined.stem(word) == stock.stem(word)
    assert refined.stem.cache_info().misses == 3
    assert refined.split("exports of 2024 to 7 countries") == ["exports", "of", "to", "countries"]
    assert refined.lang == stock.lang
    assert sphinx_search.languages["en"] is SearchEnglish


@pytest.mark.parametrize(("name", "stock"), [("russian", RussianStemmer), ("porter", PorterStemmer)])
def test_stems_are_found_in_c_and_are_those_of_python(name: str, stock: type) -> None:
    stemmer, own = snowballstemmer.stemmer(name), stock()
    assert type(stemmer).__module__ == "Stemmer"
    text = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "src/zonebook/page/locale").glob("*.po"))
    )
    words = sorted(word.lower() for word in search.find_words(text))
    assert len(words) > 1000
    assert [stemmer.stemWord(word) for word in words] == [own.stemWord(word) for word in words]
