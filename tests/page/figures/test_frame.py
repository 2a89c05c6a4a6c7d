"""The frame of a figure: two drawings, caption with sources and evidence, the table behind it."""

from figure_pages import ZONE, figure_row, make_page
from zonebook.page.figures import exports, zones_map
from zonebook.page.tables.excerpt import MOST_ROWS


def test_the_caption_cites_the_sources_and_names_the_evidence_and_the_table() -> None:
    block = exports(make_page("en", zone_year=[figure_row(2024, 1e9)]))
    caption = block.html[block.html.index("<figcaption>") :]
    assert 'href="#source-press-a"' in caption
    assert "zb-evidence-reported" in caption
    assert 'href="../data/zones/example/figure-exports.csv"' in caption
    assert block.name == "figure-exports"


def test_many_sources_are_folded_behind_their_number() -> None:
    rows = [figure_row(2000 + index, 1e9, source_id=f"press-{index}") for index in range(20)]
    html = exports(make_page("en", zone_year=rows)).html
    assert "<summary>20 sources</summary>" in html
    assert html.count('href="#source-press-') == 20


def test_of_very_many_sources_the_first_are_cited() -> None:
    rows = [figure_row(2024, 1e9, source_id=f"press-{index}") for index in range(MOST_ROWS + 5)]
    zones = [{**ZONE, "zone_id": f"z-{i}", "source_id": f"press-{i}"} for i in range(MOST_ROWS + 5)]
    for lang, said in (("en", "405 sources, the first 400"), ("ru", "405 источников, показаны первые 400")):
        page = make_page(lang, scope="country", zone=zones, zone_year=rows)
        html = zones_map(page).html
        assert f"<summary>{said}</summary>" in html
        assert html.count('href="#source-press-') == len(page.cited) == MOST_ROWS


def test_both_widths_are_there_and_say_the_same() -> None:
    html = exports(make_page("en", zone_year=[figure_row(2024, 1e9)])).html
    assert html.count('class="zb-wide"') == html.count('class="zb-narrow"') == 1
    assert 'viewBox="0 0 680 ' in html
    assert 'viewBox="0 0 340 ' in html


def test_the_bundle_holds_html_text_svg_and_table() -> None:
    bundle = exports(make_page("en", zone_year=[figure_row(2024, 1e9)]))._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg ")
    assert bundle["application/vnd.zonebook.table+json"]["rows"][0][0] == 2024
    assert "Exports by year. Largest for a full year: 1 bn RUB, 2024." in bundle["text/plain"].replace("\u00a0", " ")
