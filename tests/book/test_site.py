"""The built site: whole, offline, in one language a book, found by search in any form of a word."""

import re
from pathlib import Path
from typing import Any

import pydata_sphinx_theme
import pytest
import snowballstemmer
import sphinx
import sphinx_book_theme
from babel.messages.pofile import read_po

from built_site import Site
from small_report import LANGUAGES, SmallReport
from zonebook.book.extension.postings import PostingsFormat, decode_pages
from zonebook.tables.schema import TABLES

# Names that stand in Latin letters in a Russian sentence, too.
_NAMES = {"English", "JavaScript", "Zonebook", "Ctrl", "Alt", "CSV", "XLSX", "Parquet", "ipynb", "datapackage", "json"}


@pytest.fixture(scope="module")
def site(built: SmallReport) -> Site:
    return Site(built.out / "html")


@pytest.fixture(scope="module")
def russian(built: SmallReport) -> Site:
    return Site(built.out / "html" / "ru")


def list_theme_words() -> set[str]:
    """Every English word of Sphinx and its themes that a page may show, whether it has a translation or not."""
    package = Path(pydata_sphinx_theme.__file__).parent
    theme = Path(sphinx_book_theme.__file__).parent / "theme" / "sphinx_book_theme" / "static" / "locales"
    catalogues = [
        package / "locale" / "ru" / "LC_MESSAGES" / "sphinx.po",
        theme / "ru" / "LC_MESSAGES" / "booktheme.po",
        Path(sphinx.__file__).parent / "locale" / "ru" / "LC_MESSAGES" / "sphinx.po",
    ]
    words = set()
    for path in catalogues:
        with path.open("rb") as file:
            words |= {str(message.id) for message in read_po(file, ignore_obsolete=True) if message.id}
    return {word for word in words if re.search("[A-Za-z]{3}", word)}


def read_index(built: SmallReport, lang: str) -> dict[str, Any]:
    with (built.out / "html" / lang / "searchindex.js").open(encoding="utf-8") as file:
        return PostingsFormat().load(file)


def find(index: dict[str, Any], stem: str) -> set[str]:
    found: set[str] = set()
    for terms in (index["terms"], index["titleterms"]):
        found |= {index["docnames"][page] for page in decode_pages(terms.get(stem, ""))}
    return found


def test_every_link_inside_the_site_leads_somewhere(site: Site) -> None:
    assert list(site.list_broken_links()) == []


def test_no_page_asks_the_network_for_anything(site: Site) -> None:
    assert list(site.list_loaded_from_elsewhere()) == []


def test_no_anchor_is_given_twice_on_a_page(site: Site) -> None:
    assert {name: page.duplicates for name, page in site.pages.items() if page.duplicates} == {}


def test_the_russian_book_shows_no_english_word_of_its_frame(russian: Site) -> None:
    theme_words = list_theme_words()
    for name, page in russian.pages.items():
        assert sorted(set(page.words) & theme_words) == [], name
        frame = " ".join(page.frame_words)
        for table in sorted(TABLES, key=len, reverse=True):
            frame = frame.replace(f"({table})", "")
        latin = {word for word in re.findall(r"[A-Za-z]{3,}", frame) if not word.isupper()}
        assert latin - _NAMES == set(), name


def test_both_books_have_the_same_pages(site: Site) -> None:
    pages = {
        lang: {name.removeprefix(f"{lang}/") for name in site.pages if name.startswith(f"{lang}/")}
        for lang in LANGUAGES
    }
    assert pages["ru"] == pages["en"]
    assert {"index.html", "search.html", "zones/alabuga.html", "methods/X01.html", "districts/volga.html"} <= pages[
        "ru"
    ]


@pytest.mark.parametrize(("lang", "said"), [("ru", "Данные на 21 апреля 2026 г."), ("en", "Data as of 21 April 2026.")])
def test_every_page_names_the_date_of_the_latest_source(built: SmallReport, lang: str, said: str) -> None:
    for page in ("index", "comparison", "about", "zones/alabuga", "zones/innopolis"):
        text = built.page(page, lang).replace("\u00a0", " ")
        assert text.count(said) == 1, page
        assert said + "." not in text


@pytest.mark.parametrize("page", ["index", "zones/dubna", "zones/innopolis", "methods/X01", "search"])
def test_the_language_switch_stays_on_the_page(built: SmallReport, page: str) -> None:
    root = "../" * page.count("/") or "./"
    assert f'<a lang="en" hreflang="en" href="{root}../en/{page}.html">English</a>' in built.page(page, "ru")


def test_a_page_carries_its_language_title_and_description(built: SmallReport) -> None:
    page = built.page("zones/alabuga", "ru")
    assert re.search(r'<html[^>]* lang="ru"', page)
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title is not None
    assert title[1].strip().startswith("ОЭЗ «Алабуга»")
    assert '<meta content="ОЭЗ «Алабуга»: 2024" name="description" />' in page


def test_names_of_the_data_are_text_wherever_they_appear(built: SmallReport) -> None:
    for page in ("zones/dubna", "zones/alabuga", "zones", "districts/central"):
        assert "<b>*x*</b>" not in built.page(page)
    assert "<h1>Dubna SEZ &lt;b&gt;*x*&lt;/b&gt; {{ 7 }} $y$" in built.page("zones/dubna")


def test_code_parameters_and_empty_sections_are_not_shown(built: SmallReport) -> None:
    page = built.page("zones/alabuga")
    assert "exports(here)" not in page
    assert "zone = " not in page
    assert "Empty part" not in page


def test_the_sidebar_holds_parts_and_districts_but_not_every_zone(built: SmallReport) -> None:
    page = built.page("index")
    sidebar = page[page.index('class="zb-nav"') : page.index("</nav>", page.index('class="zb-nav"'))]
    assert ">Volga</a>" in sidebar
    assert 'href="districts/volga.html"' in sidebar
    assert "zones/alabuga" not in sidebar
    assert 'aria-current="page"' in sidebar
    assert "toctree-l1" not in page


def test_a_failed_page_stands_in_its_place_in_both_books(built: SmallReport) -> None:
    assert "Эту страницу построить не удалось" in built.page("zones/innopolis", "ru")
    assert "This page could not be made" in built.page("zones/innopolis", "en")


def test_the_method_page_shows_its_formula_without_any_script(built: SmallReport) -> None:
    page = built.page("methods/X01")
    assert '<pre class="zb-formula"' in page
    assert "mathjax" not in page.lower()


@pytest.mark.parametrize(
    "form", ["экспорт", "экспортируют", "экспортирует", "стране", "странами", "резидентов", "продукции"]
)
def test_search_finds_a_russian_word_in_any_form(built: SmallReport, form: str) -> None:
    stem = snowballstemmer.stemmer("russian").stemWord(form)
    assert "zones/alabuga" in find(read_index(built, "ru"), stem)


def test_search_finds_an_english_word_in_any_form(built: SmallReport) -> None:
    stem = snowballstemmer.stemmer("english").stemWord("exporting")
    assert "zones/alabuga" in find(read_index(built, "en"), stem)


def test_the_icon_scripts_of_the_theme_are_left_out(built: SmallReport) -> None:
    static = built.out / "html" / "ru" / "_static"
    assert not list(static.rglob("*fontawesome*"))
    assert not list(static.rglob("*.map"))
    assert sum(path.stat().st_size for path in static.rglob("*") if path.is_file()) < 2_000_000
