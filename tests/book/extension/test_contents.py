"""The contents of a page are those that the theme would list."""

from types import SimpleNamespace
from typing import Any

import pytest
from pydata_sphinx_theme.toctree import add_toctree_functions

from small_report import SmallReport
from zonebook.book.extension import contents

LINK = '<li><a class="reference internal" href="#{0}">{1}</a>{2}</li>'


def list_links(*links: str) -> str:
    return "<ul>\n" + "\n".join(links) + "\n</ul>\n"


def link(anchor: str, title: str, *below: str) -> str:
    return LINK.format(anchor, title, list_links(*below) if below else "")


NESTED = list_links(
    link(
        "",
        "Zone",
        link("a", "Ties &amp; <em>flows</em> &lt;2&gt;", link("b", "«Firms» &quot;A&quot;", link("c", "Deep"))),
        link("d", '<code class="docutils literal notranslate"><span class="pre">tie</span></code>'),
    )
)
TWO_TITLES = list_links(link("", "One"), link("two", "Two"))


def ask_theme(markup: str, shown: int) -> str:
    context: dict[str, Any] = {"toc": markup, "theme_show_toc_level": shown - 1}
    add_toctree_functions(SimpleNamespace(), "page", "page.html", context, None)
    return str(context["generate_toc_html"]())


@pytest.mark.parametrize("shown", [1, 2, 3])
@pytest.mark.parametrize(
    "markup", [NESTED, list_links(link("", "Only a title")), list_links(link("", "A", link("b", "B")))]
)
def test_they_are_what_the_theme_makes_of_them(markup: str, shown: int) -> None:
    assert contents.mark_contents(markup, shown) == ask_theme(markup, shown)


@pytest.mark.parametrize("markup", [TWO_TITLES, "", list_links(link("", "A<br>", link("b", "B&nbsp;B")))])
def test_a_list_of_another_kind_is_left_to_the_theme(markup: str) -> None:
    assert contents.mark_contents(markup, 2) is None


def test_a_page_that_is_none_of_the_book_has_none() -> None:
    shared: dict[str, Any] = {"words": {}}
    context: dict[str, Any] = {"zonebook": shared, "theme_show_toc_level": 2}
    contents._give_contents(SimpleNamespace(), "search", "search.html", context, None)  # type: ignore[arg-type]
    assert context["zonebook"] == {"words": {}, "contents": ""}
    assert shared == {"words": {}}


def test_the_pages_of_the_site_list_theirs_and_have_a_button_for_them(built: SmallReport) -> None:
    page = built.page("zones/alabuga")
    listed = page.partition('<nav id="pst-page-toc-nav"')[2].partition("</nav>")[0]
    assert '<ul class="pst-show_toc_level nav section-nav flex-column">' in listed
    assert "secondary-toggle" in page
    assert "secondary-toggle" not in built.page("search")
