"""The handout: two pages whatever there is to print, filled, read in order, marked, accessible, the same every time."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from figure_pages import ZONE, figure_row, make_page, tie_tables
from paper.printed import Printed, print_page
from standing_rows import CLUSTERS, register, row
from word_pages import open_public, open_small
from zonebook.metrics.registry import CATALOGUE
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.page import figures
from zonebook.page.context import PageContext
from zonebook.paper.panels import COLUMN
from zonebook.paper.peers import Span, find_places

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#000"/></svg>'
COUNTRIES = (
    *("KAZ", "UZB", "CHN", "IND", "BRA", "DEU", "FRA", "ITA", "POL", "SRB"),
    *("TUR", "USA", "CAN", "JPN", "KOR", "ISR", "EGY", "IDN", "MMR", "NLD"),
)
LONG = (
    "Особая экономическая зона промышленно-производственного типа «Очень длинное имя, которое не помещается в строку»"
)


def _partners(number: int) -> dict[str, Any]:
    """Return tables with as many export destinations and as many ties with regions."""
    regions = ("RU-TA", "RU-KHM", "RU-TOM")
    abroad = [
        {"level": "international", "country_iso3": COUNTRIES[n % 20], "product": f"Товар {n}"} for n in range(number)
    ]
    home = [{"level": "regional", "kind": "supply", "region_iso": regions[n % 3]} for n in range(number)]
    return tie_tables([*abroad, *home])


def _everywhere() -> dict[str, Any]:
    """Return tables with an export tie to each of a hundred countries, under names that no list shortens."""
    codes = [f"X{a}{b}" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ"]
    product = "Изделие с очень длинным названием, которое повторяется"
    return tie_tables(
        {"level": "international", "country_iso3": code, "product": f"{product} {code}"} for code in codes
    )


def _many_figures() -> list[dict[str, Any]]:
    names = ("residents", "jobs", "taxes_rub", "revenue_rub", "export_rub", "investment_actual_rub", "enterprises")
    return [
        figure_row(year, 1e9 + year, indicator=name, source_id=source)
        for name in names
        for year in range(2015, 2026)
        for source in ("press-a", "press-b")
    ]


def _unknown(scope: str, scope_id: str) -> list[MetricResult]:
    """Return the rows of a place that no table says anything of."""
    missing = {"scope_type": scope, "scope_id": scope_id, "status": Status.MISSING_INPUT, "evidence": Evidence.REPORTED}
    return [row(metric_id, **missing) for metric_id, metric in CATALOGUE.items() if scope in metric.scopes]


PAGES: dict[str, Any] = {
    "nothing known": lambda lang: make_page(lang, results=_unknown("zone", "example")),
    "a region of which nothing is known": lambda lang: make_page(
        lang, scope="region", results=_unknown("region", "RU-MOW")
    ),
    "two partners": lambda lang: make_page(lang, results=_unknown("zone", "example"), **_partners(2)),
    "twenty partners": lambda lang: make_page(lang, **_partners(20)),
    "sixty partners": lambda lang: make_page(lang, **_partners(60)),
    "a hundred countries": lambda lang: make_page(lang, results=_unknown("zone", "example"), **_everywhere()),
    "a long name": lambda lang: replace(make_page(lang, zone_year=_many_figures(), **_partners(20)), title=LONG),
    "a register": lambda lang: make_page(lang, results=register(), cluster=CLUSTERS, zone_year=_many_figures()),
    "the small zone": lambda lang: open_small("zone", lang),
    "the small region": lambda lang: open_small("region", lang),
    "the fullest zone": lambda lang: open_public("zone", lang),
    "its region": lambda lang: open_public("region", lang),
}


def _titled(here: PageContext) -> PageContext:
    if here.title:
        return here
    return replace(here, title=here.place(here.id) if here.scope == "region" else here.named("zone", here.id))


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_two_pages_are_filled_and_nothing_leaves_them(name: str, lang: str, paper: str) -> None:
    printed = print_page(_titled(PAGES[name](lang)), paper=paper, site_url="https://zones.example/report")
    assert len(printed.reader.pages) == 2
    for number, page in enumerate(printed.reader.pages):
        width, height = (float(side) for side in page.mediabox[2:])
        found = printed.places(number)
        assert all(0 <= x <= width and 0 <= y <= height for x, y, _ in found)
        levels = sorted({y for _, y, _ in found} | {height})
        widest = max(above - below for below, above in pairwise(levels))
        assert widest < height / 2, "half of a page is empty"


def test_what_is_printed_stands_in_its_order() -> None:
    text = print_page(open_small("zone", "en"), site_url="https://zones.example").text()
    wanted = (
        "Industrial cooperation at three levels",
        "Example North SEZ",
        "Edition 2025 · Data as of",
        "Key figures",
        "Local: in the zone and its region",
        "Page 1 of 2",
    )
    assert [text.index(words) for words in wanted] == sorted(text.index(words) for words in wanted)
    for words in ("Regional: with other regions", "International: with other countries", "Targets", "Sources"):
        assert words in text
    assert text.count("Page 2 of 2") == 1


def test_russian_is_printed_in_russian() -> None:
    text = print_page(open_small("zone", "ru")).text()
    for words in ("Промышленная кооперация на трёх уровнях", "Ключевые показатели", "Источники", "Страница 2 из 2"):
        assert words in text
    for words in ("Key figures", "Sources", "Targets"):
        assert words not in text


def test_the_paper_says_what_it_is_to_those_who_do_not_see_it() -> None:
    printed = print_page(open_small("zone", "ru"))
    root = printed.reader.trailer["/Root"]
    assert root["/Lang"] == "ru"
    assert printed.reader.metadata.title == "ОЭЗ «Пример-Север»"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    tags = list(_walk(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/P", "/Figure"} <= {str(tag.get("/S")) for tag in tags}
    figures = [tag for tag in tags if tag.get("/S") == "/Figure"]
    assert all(str(tag.get("/Alt", "")).strip() for tag in figures)


def _walk(node: Any) -> Any:
    node = node.get_object()
    children = node.get("/K", []) if isinstance(node, dict) else []
    children = children if isinstance(children, list) else [children]
    if isinstance(node, dict) and "/S" in node:
        yield node
    for child in children:
        if isinstance(child.get_object(), dict):
            yield from _walk(child)


def test_every_font_is_embedded() -> None:
    fonts = [
        font.get_object()
        for page in print_page(open_small("zone", "ru")).reader.pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert {"FiraSans-Regular", "FiraSans-SemiBold"} <= {str(font["/BaseFont"]).partition("+")[2] for font in fonts}
    for font in fonts:
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/ToUnicode" in font


def test_links_lead_to_sources_and_to_the_page_on_the_web() -> None:
    with_site = print_page(open_small("zone", "en"), site_url="https://zones.example/report/")
    assert "https://zones.example/report/en/zones/example-north.html" in with_site.links()
    assert all(link.startswith(("https://", "http://")) for link in with_site.links())
    printed_address = with_site.text(1).replace(" ", "").replace("-", "")
    assert "zones.example/report/en/zones/examplenorth.html" in printed_address
    without = print_page(open_small("zone", "en"))
    assert not any("zones.example/report" in link for link in without.links())


def test_every_source_that_is_named_by_number_is_listed() -> None:
    printed = print_page(open_public("zone", "en"))
    second = printed.text(1).rpartition("Sources")[2]
    listed = {int(word) for word in second.replace(",", " ").split() if word.isdigit() and int(word) < 100}
    marks = [text for page in (0, 1) for _, _, text in printed.places(page) if text.replace(",", "").isdigit()]
    assert marks
    assert 1 in listed


def test_demonstration_and_internal_editions_are_marked_on_every_page() -> None:
    made_up = [replace(one, evidence=Evidence.DEMONSTRATION) for one in register()]
    printed = print_page(_titled(make_page("en", results=made_up)), publish="internal")
    for page in (0, 1):
        assert "Demonstration: the data are made up" in printed.text(page)
        assert "Internal: for official use only" in printed.text(page)
    assert "Residents with a partner" in printed.text()
    assert "Metric rows" not in printed.text()
    plain = print_page(open_small("zone", "en"))
    assert "Demonstration" not in plain.text()
    assert "Internal" not in plain.text()


def test_the_brand_is_that_of_the_parameters(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    monkeypatch.setattr("paper.printed.ROOT", tmp_path)
    branded = print_page(
        open_small("zone", "ru"),
        logo="logo.svg",
        publisher="Ассоциация зон",
        imprint={"ru": "Тираж 100"},
        colours={"accent": "#7b2d01"},
    )
    assert "Ассоциация зон · Тираж 100" in branded.text(0)
    drawn = b"".join(page.get_contents().get_data() for page in branded.reader.pages)
    plain = b"".join(page.get_contents().get_data() for page in print_page(open_small("zone", "ru")).reader.pages)
    brown, teal = b"0.48235", b"0.40784"
    assert brown in drawn
    assert brown not in plain
    assert teal in plain
    assert teal not in drawn


def test_a_value_has_its_place_among_its_peers() -> None:
    here = _titled(make_page("en", results=[one for one in register() if one.metric_id == "X04"]))
    own = next(one for one in here.results if one.metric_id == "X04")
    key = (own.scope_type, own.metric_id, own.year or 0, own.period)
    peers = {key: {here.id: Span.of(own)} | {f"z{n}": Span(n / 20, n / 20, n / 20) for n in range(1, 8)}}
    text = print_page(here, find_places(peers, "zone", here.id, 6)).text(0)
    assert "Place 7 of 8 zones" in text
    assert find_places(peers, "zone", here.id, 9) == {}


def test_the_same_page_is_printed_with_the_same_bytes() -> None:
    assert print_page(open_small("zone", "ru")).content == print_page(open_small("zone", "ru")).content


def test_names_are_never_markup() -> None:
    hostile = {**ZONE, "name_en": '#panic("x") *bold* $1$ <b> "] #set page(width: 1pt)'}
    printed: Printed = print_page(_titled(make_page("en", zone=[hostile])))
    assert len(printed.reader.pages) == 2
    assert '#panic("x") *bold* $1$ <b>' in printed.text(0)


def test_panels_of_a_handout_are_drawn_for_its_column() -> None:
    here = open_public("zone", "en")
    on_paper = replace(here, options=replace(here.options, column=COLUMN), cited={})
    block = figures.partner_regions(on_paper)
    assert block is not None
    assert f'width="{COLUMN:g}"' in block.svg
    assert block.title == "Partner regions"
    assert "<svg" not in block.html
