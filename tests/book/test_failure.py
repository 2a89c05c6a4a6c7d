"""The page in the place of one that could not be made."""

import pytest
from markdown_it import MarkdownIt

from zonebook.book.failure import make_failure_page
from zonebook.page.locale import get_locale
from zonebook.run.execute import PageFailure

FAILURE = PageFailure(
    "figures.exports(here)", "KeyError: '<b>x</b>'", "Traceback\n\n  \x1b[31mline\x1b[0m\nKeyError\x00"
)


def test_it_says_what_failed_where_and_what_to_do_in_the_pages_language() -> None:
    page = make_failure_page("ОЭЗ «Дубна»", FAILURE, get_locale("ru"), is_public=False)
    assert page.startswith("# ОЭЗ «Дубна»")
    assert "Эту страницу построить не удалось" in page
    assert "figures.exports(here)" in page
    assert "zonebook check" in page


def test_what_the_error_says_is_text_and_nothing_else() -> None:
    page = make_failure_page("*A* <i>", FAILURE, get_locale("en"), is_public=False)
    html = MarkdownIt("commonmark").render(page)
    assert "<h1>*A* &lt;i&gt;</h1>" in html
    assert "KeyError: &#39;&lt;b&gt;x&lt;/b&gt;&#39;" in html
    assert "\x1b" not in page
    assert "\x00" not in page


def test_an_empty_line_in_the_traceback_does_not_end_its_frame() -> None:
    html = MarkdownIt("commonmark").render(make_failure_page("A", FAILURE, get_locale("en"), is_public=False))
    details = html[html.index("<details") : html.index("</details>")]
    assert "KeyError" in details
    assert "<p>" not in details


def test_a_very_long_error_is_cut_to_its_end() -> None:
    failure = PageFailure("x", "short", "a\n" * 10_000 + "the end")
    page = make_failure_page("A", failure, get_locale("en"), is_public=False)
    assert len(page) < 8_000
    assert "the end" in page


def test_without_any_knowledge_of_the_error_the_page_still_says_what_to_do() -> None:
    page = make_failure_page("A", None, get_locale("en"), is_public=False)
    assert "What to do" in page
    assert "What failed" not in page


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_public_edition_gives_the_kind_of_the_error_and_its_line_and_nothing_it_says(lang: str) -> None:
    told = "ООО «СЕКРЕТ» 98765432109"
    trace = f"ValueError   Traceback\nCell In[4], line 2\n      1 here\n----> 2 figures.exports(here)\n{told}"
    failure = PageFailure("figures.exports(here)", f"pandas.errors.ValueError: {told}", trace)
    page = make_failure_page("A", failure, get_locale(lang), is_public=True)
    assert "pandas.errors.ValueError" in page
    assert "figures.exports(here)" in page
    assert {"en": "line 2 of the cell", "ru": "строка ячейки 2"}[lang] in page
    assert "СЕКРЕТ" not in page
    assert "98765432109" not in page
    assert "manifest.json" in page


def test_what_is_no_kind_of_error_is_not_shown_in_public() -> None:
    page = make_failure_page("A", PageFailure("", "СЕКРЕТ died"), get_locale("en"), is_public=True)
    assert "СЕКРЕТ" not in page
    assert "The notebook was ended." in page
