"""Ties seen from home, and those told together."""

from word_pages import change, open_small
from zonebook.page.links import (
    count_later_links,
    find_country,
    gather_links,
    list_destinations,
    list_links,
    list_partner_regions,
)


def test_the_home_end_comes_first() -> None:
    links = {str(link.tie["tie_id"]): link for link in list_links(open_small("zone", "en"))}
    assert set(links) == {"t1", "t2", "t3", "t4", "t5"}
    assert links["t3"].home["party_id"] == "firm-medicine"
    assert links["t3"].partner["party_id"] == "institute-tver"
    assert [link.status for link in links.values()] == sorted(
        (link.status for link in links.values()), key=["actual", "planned", "talks"].index
    )


def test_a_region_s_ties_are_those_of_its_zones() -> None:
    assert {str(link.tie["tie_id"]) for link in list_links(open_small("region", "en"))} >= {"t1", "t2", "t4"}


def test_only_actual_exports_make_a_destination() -> None:
    assert list(list_destinations(open_small("zone", "en"))) == ["KAZ"]


def test_only_actual_ties_make_a_partner_region() -> None:
    here = open_small("zone", "en")
    assert list(list_partner_regions(here)) == ["RU-TA"]
    partner = next(iter(list_partner_regions(here).values()))[0].partner
    assert find_country(here, partner) == "RUS"


def test_ties_of_later_years_are_left_out_and_counted() -> None:
    here = open_small("zone", "en", year=2024)
    assert "t4" not in {link.tie["tie_id"] for link in list_links(here)}
    assert count_later_links(here, "international") == 1
    assert count_later_links(here, "local") == 0


def test_ties_that_differ_in_the_partner_only_are_told_together() -> None:
    tie = change(
        "tie",
        "t4,firm-boards,buyers-kaz",
        "t6,firm-boards,buyers-nam,international,export,interactive "
        "boards,интерактивные доски,2025,50000000,actual,press,example-press,read in the text,прочитано в "
        "тексте\nt4,firm-boards,buyers-kaz",
    )
    together = gather_links(list_links(open_small("zone", "en", tie=tie)))
    assert [len(links) for links in together] == [2, 1, 1, 1, 1]


def test_a_support_measure_is_seen_from_who_gets_it() -> None:
    tie = change(
        "tie", "t1,firm-boards,firm-medicine,local,supply", "t1,firm-boards,firm-medicine,local,support_measure"
    )
    links = {link.tie["tie_id"]: link for link in list_links(open_small("zone", "en", tie=tie))}
    assert links["t1"].home["party_id"] == "firm-medicine"
