"""The hand-written pages."""

from pathlib import Path

import pytest

from zonebook.book.prose import link_to_site, read_prose, title_of
from zonebook.errors import BookError
from zonebook.page.locale import get_locale

ROOT = Path(__file__).parents[2]


def test_links_to_files_of_the_site_become_html_and_others_stay() -> None:
    text = "[a](data/m.csv) [b](x.md) [c](https://example.org/y.html) ![d](z.html) [e](methods/R02.html#s)"
    assert link_to_site(text) == (
        '<a href="data/m.csv">a</a> [b](x.md) [c](https://example.org/y.html) ![d](z.html) '
        '<a href="methods/R02.html#s">e</a>'
    )


def test_a_page_is_read_in_its_language() -> None:
    text = read_prose(ROOT / "book" / "sources.md", get_locale("ru"))
    assert text.startswith("# Источники\n")
    assert title_of(text, "x") == "Источники"


def test_a_page_that_does_not_exist_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"_toc\.yml names it"):
        read_prose(tmp_path / "none.md", get_locale("en"))


def test_a_page_without_a_heading_is_called_by_its_name() -> None:
    assert title_of("text", "about") == "about"
