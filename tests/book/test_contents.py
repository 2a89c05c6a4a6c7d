"""Zones and regions by federal district."""

from dataclasses import replace

from small_report import SmallReport, make_share
from zonebook.book.contents import Contents, list_contents
from zonebook.page.locale import get_locale
from zonebook.tables.share import Share


def contents(report: SmallReport, share: Share | None = None, lang: str = "ru") -> Contents:
    own = [outcome for outcome in report.outcomes if outcome.job.lang == lang]
    return list_contents(own, share or make_share(), get_locale(lang), report.parameters.pages, "overview")


def test_districts_go_from_west_to_east_and_their_pages_by_name(small_report: SmallReport) -> None:
    listed = contents(small_report).districts
    assert [district.code for district in listed] == ["central", "volga"]
    assert [page.target for page in listed[1].zones] == ["zones/alabuga", "zones/innopolis"]
    assert [page.title for page in listed[1].regions] == ["Татарстан"]


def test_targets_are_in_reading_order_under_the_names_of_the_book(small_report: SmallReport) -> None:
    targets = contents(small_report).targets
    assert targets["overview"] == ("index",)
    assert targets["zone"] == ("zones/dubna", "zones/alabuga", "zones/innopolis")
    assert targets["corridors"] == ()


def test_a_zone_abroad_stands_under_its_country_and_one_without_any_place_under_others(
    small_report: SmallReport,
) -> None:
    share = make_share()
    zone = share.table("zone").copy()
    zone.loc[0, ["region_iso", "country_iso3"]] = [None, "KAZ"]
    zone.loc[1, ["region_iso", "country_iso3"]] = [None, None]
    changed = replace(share, tables={**share.tables, "zone": zone})
    listed = contents(small_report, changed).districts
    assert [(one.code, one.title) for one in listed if one.code not in ("central", "volga")] == [
        ("kaz", "Казахстан"),
        ("other", "Прочие места"),
    ]


def test_an_english_book_has_english_names(small_report: SmallReport) -> None:
    district = contents(small_report, lang="en").districts[1]
    assert district.title == "Volga Federal District"
    assert district.zones[0].title == "Alabuga SEZ"
