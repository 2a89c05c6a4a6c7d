"""The list of sources."""

from small_report import make_share
from zonebook.book.sources import make_source_list
from zonebook.page.locale import get_locale


def test_sources_stand_under_their_publishers_and_web_addresses_are_marked_links() -> None:
    page = make_source_list(make_share().table("source"), get_locale("en"))
    assert page.index("## Ministry") < page.index("## Paper")
    link = '<a class="zb-external" href="https://example.org/a" rel="external noopener">A &lt;report&gt;</a>'
    assert f'<li id="source-s1">{link}' in page
    assert "2 sources" in page


def test_what_is_no_web_address_is_never_a_link() -> None:
    page = make_source_list(make_share().table("source"), get_locale("en"))
    assert "javascript" not in page
    assert '<li id="source-s2">=cmd' in page


def test_an_unknown_publisher_comes_last() -> None:
    sources = make_share().table("source").copy()
    sources.loc[0, "publisher"] = None
    page = make_source_list(sources, get_locale("ru"))
    assert page.index("## Paper") < page.index("## Издатель неизвестен")
