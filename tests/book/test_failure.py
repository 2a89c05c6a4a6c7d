"""The page in the place of one that could not be made."""

from markdown_it import MarkdownIt

from zonebook.book.failure import make_failure_page
from zonebook.page.locale import get_locale
from zonebook.run.execute import PageFailure

FAILURE = PageFailure(
    "figures.exports(here)", "KeyError: '<b>x</b>'", "Traceback\n\n  \x1b[31mline\x1b[0m\nKeyError\x00"
)


def test_it_says_what_failed_where_and_what_to_do_in_the_pages_language() -> None:
    page = make_failure_page("ОЭЗ «Дубна»", FAILURE, get_locale("ru"))
    assert page.startswith("# ОЭЗ «Дубна»")
    assert "Эту страницу построить не удалось" in page
    assert "figures.exports(here)" in page
    assert "zonebook check" in page


def test_what_the_error_says_is_text_and_nothing_else() -> None:
    page = make_failure_page("*A* <i>", FAILURE, get_locale("en"))
    html = MarkdownIt("commonmark").render(page)
    assert "<h1>*A* &lt;i&gt;</h1>" in html
    assert "KeyError: &#39;&lt;b&gt;x&lt;/b&gt;&#39;" in html
    assert "\x1b" not in page
    assert "\x00" not in page


def test_an_empty_line_in_the_traceback_does_not_end_its_frame() -> None:
    html = MarkdownIt("commonmark").render(make_failure_page("A", FAILURE, get_locale("en")))
    details = html[html.index("<details") : html.index("</details>")]
    assert "KeyError" in details
    assert "<p>" not in details


def test_a_very_long_error_is_cut_to_its_end() -> None:
    failure = PageFailure("x", "short", "a\n" * 10_000 + "the end")
    page = make_failure_page("A", failure, get_locale("en"))
    assert len(page) < 8_000
    assert "the end" in page


def test_without_any_knowledge_of_the_error_the_page_still_says_what_to_do() -> None:
    page = make_failure_page("A", None, get_locale("en"))
    assert "What to do" in page
    assert "What failed" not in page
