"""The pages of federal districts, which also stand in for the sidebar where there are no scripts."""

from small_report import SmallReport, make_share
from zonebook.book.contents import District, list_contents
from zonebook.book.districts import make_district_page, make_overview_of_districts
from zonebook.page.locale import get_locale


def districts(report: SmallReport, lang: str = "en") -> tuple[District, ...]:
    own = [outcome for outcome in report.outcomes if outcome.job.lang == lang]
    return list_contents(own, make_share(), get_locale(lang), report.parameters.pages, "overview").districts


def test_a_district_lists_its_zones_with_type_region_and_date(small_report: SmallReport) -> None:
    page = make_district_page(districts(small_report)[1], get_locale("en"))
    assert "2 zones, 1 region with zones" in page
    assert '<a href="../zones/alabuga.html">Alabuga SEZ</a>' in page
    assert "industrial production" in page
    assert '<a href="../regions/RU-TA.html">Tatarstan</a>' in page
    assert "21\u00a0December\u00a02005" in page


def test_names_are_text(small_report: SmallReport) -> None:
    assert "Dubna SEZ &lt;b&gt;*x*&lt;/b&gt;" in make_district_page(districts(small_report)[0], get_locale("en"))


def test_a_district_without_regions_has_no_empty_part() -> None:
    page = make_district_page(District("kaz", "Kazakhstan", "Kazakhstan", (), ()), get_locale("en"))
    assert page == "# Kazakhstan\n"


def test_the_page_of_all_districts_leads_to_each_and_to_every_zone(small_report: SmallReport) -> None:
    page = make_overview_of_districts(districts(small_report), get_locale("en"))
    assert "## [Volga Federal District](districts/volga.md)" in page
    for target in ("zones/alabuga", "zones/innopolis", "zones/dubna", "regions/RU-TA", "regions/RU-MOS"):
        assert f'<a href="{target}.html">' in page
