"""The list of sources."""

from small_report import make_share
from zonebook.book.sources import make_source_list
from zonebook.page.locale import get_locale


def test_sources_stand_by_kind_and_publisher_and_web_addresses_are_marked_links() -> None:
    page = make_source_list(make_share().table("source"), get_locale("en"))
    assert page.index("## Public authorities") < page.index("## Press")
    link = '<a class="zb-external" href="https://example.org/a" rel="external noopener">A &lt;report&gt;</a>'
    assert f'<dt>Ministry</dt><dd><ul class="zb-sources"><li id="source-s1">{link}' in page
    assert "2 sources" in page


def test_what_is_no_web_address_is_never_a_link() -> None:
    page = make_source_list(make_share().table("source"), get_locale("en"))
    assert "javascript" not in page
    assert '<li id="source-s2">=cmd' in page


def test_what_is_not_known_comes_last() -> None:
    sources = make_share().table("source").copy()
    sources.loc[0, ["publisher", "kind"]] = None
    page = make_source_list(sources, get_locale("ru"))
    assert page.index("## СМИ") < page.index("## Прочие источники") < page.index("<dt>Издатель неизвестен</dt>")


def test_an_address_without_a_title_is_shown_as_people_read_it() -> None:
    sources = make_share().table("source").copy()
    long = "https://example.org/" + "x" * 200 + "/%D0%BE%D1%8D%D0%B7.html"
    sources.loc[0, ["title", "url"]] = [None, long]
    page = make_source_list(sources, get_locale("ru"))
    assert f'href="{long}"' in page
    assert "оэз.html</a>" in page
    assert "x" * 90 + "<" not in page
