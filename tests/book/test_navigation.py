"""The sidebar's data: the parts on every page, the zones and regions once for all pages."""

import json

from small_report import SmallReport, make_share
from zonebook.book.contents import Contents, list_contents
from zonebook.book.navigation import list_districts, list_languages, list_parts, write_navigation
from zonebook.book.toc import Toc
from zonebook.page.locale import get_locale


def contents(report: SmallReport) -> Contents:
    own = [outcome for outcome in report.outcomes if outcome.job.lang == "en"]
    return list_contents(own, make_share(), get_locale("en"), report.parameters.pages, "overview")


def test_every_zone_and_region_is_listed_once(small_report: SmallReport) -> None:
    data = json.loads(write_navigation(contents(small_report)))
    listed = [target for district in data for target, _ in (*district["zones"], *district["regions"])]
    own = {o.job.target for o in small_report.outcomes if "/" in o.job.target}
    assert sorted(listed) == sorted(own)
    assert data[1]["title"] == "Volga"


def test_parts_name_no_zone_and_the_first_with_zones_carries_the_districts(small_report: SmallReport) -> None:
    tree = {
        "format": "jb-book",
        "root": "index",
        "parts": [
            {"caption": "Zones", "chapters": [{"file": "zones"}, {"file": "zones/alabuga"}]},
            {"caption": "Regions", "chapters": [{"file": "regions/RU-TA"}]},
            {"caption": "About", "chapters": [{"file": "about"}]},
        ],
    }
    parts = list_parts(Toc(tree), contents(small_report), {"zones": "All zones"})
    assert parts == [
        {"caption": "Zones", "pages": [{"target": "zones", "title": "All zones"}], "districts": True},
        {"caption": "About", "pages": [{"target": "about", "title": "about"}], "districts": False},
    ]


def test_without_scripts_districts_are_links_to_their_pages(small_report: SmallReport) -> None:
    listed = list_districts(contents(small_report).districts)
    assert listed[1] == {"target": "districts/volga", "title": "Volga"}


def test_languages_name_themselves() -> None:
    assert list_languages(["en"], "en") == [{"code": "en", "name": "English", "current": True}]
