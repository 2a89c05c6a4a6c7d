"""Where links of the report lead."""

from typing import Any

from zonebook.paper.report_links import list_asked, settle_links


def _chapter(page: str, places: list[str] | None = None, links: list[str] | None = None) -> dict[str, Any]:
    return {"page": page, "places": places or [], "links": links or [], "notes": {}}


CHAPTERS = [
    _chapter(
        "zones/a",
        ["table-t"],
        [
            "zones/a#table-t",
            "regions/r#nothing",
            "zones/a#metric-L01.reg-2024",
            "zones/a#metric-Z99",
            "zones/none#x",
            "data/zones/a/t x.csv",
        ],
    ),
    _chapter("regions/r"),
    _chapter("methods/L01"),
]


def test_links_lead_to_the_place_else_to_its_page_else_nowhere() -> None:
    assert settle_links(CHAPTERS, "") == {
        "zones/a#table-t": "zones/a#table-t",
        "regions/r#nothing": "regions/r",
        "zones/a#metric-L01.reg-2024": "methods/L01",
        "zones/a#metric-Z99": "zones/a",
    }


def test_what_the_report_does_not_hold_is_on_the_site() -> None:
    targets = settle_links(CHAPTERS, "https://x.org/en")
    assert targets["zones/none#x"] == "https://x.org/en/zones/none.html#x"
    assert targets["data/zones/a/t x.csv"] == "https://x.org/en/data/zones/a/t%20x.csv"
    assert targets["regions/r#nothing"] == "regions/r"


def test_only_places_that_are_asked_for_and_not_marked_yet_are_marked() -> None:
    noted = {**_chapter("zones/b"), "notes": {"zones/b#source-s": {}}}
    targets = {"a": "zones/a#table-t", "b": "regions/r", "c": "zones/b#source-s", "d": "https://x.org/#y"}
    assert list(list_asked([*CHAPTERS, noted], targets)) == ["zones/a#table-t"]
