import pytest

from metrics.register import PARTIES, ZONES, ledger
from metrics.shares import make_scope
from zonebook.metrics.tie_years import list_tie_years, select_other_regions, view_from_both_ends

PRESS = {"evidence": "press", "source_id": "press-a"}


def years(*ties, scope=("zone", "home"), **tables):
    return list_tie_years(make_scope(*scope, zone=ZONES, party=PARTIES, tie=list(ties), **tables))


def test_a_register_has_its_years_and_leaves_publications_out():
    found = years(ledger("a", "far", year=2023), ledger("a", "far"), ledger("b", "far", **PRESS))
    assert [(one.year, one.period, len(one.rows)) for one in found] == [(2023, "FY", 1), (2025, "FY", 1)]
    assert all("known from publications only: 1" in one.notes[0] for one in found)
    assert not found[-1].is_part(found[-1].rows)


def test_reports_alone_are_one_state_and_a_part():
    (found,) = years(ledger("a", "far", year=2023, **PRESS), ledger("a", "near", **PRESS))
    assert (found.period, found.year, len(found.rows)) == ("point", 2025, 2)
    assert found.is_part(found.rows)


def test_who_did_not_answer_makes_a_register_a_part():
    answers = [{"party_id": "a", "year": 2025, "responded": True}, {"party_id": "b", "year": 2025, "responded": False}]
    found = years(ledger("a", "far"), party_year=answers)[-1]
    assert found.is_part(found.rows)
    assert found.silence[0].startswith("did not answer: ")


def test_other_regions_are_those_of_partners_and_of_zones_elsewhere():
    ties = [ledger("a", "far"), ledger("a", "near"), ledger("a", "kazakh", level="international"), ledger("a", "b")]
    ties += [ledger("a", "lost"), ledger("c", "lost", level="local"), ledger("a", "e")]
    of_zone = select_other_regions(years(*ties)[-1].rows)
    assert sorted(of_zone["to_party"]) == ["e", "far", "lost"]
    of_country = select_other_regions(years(*ties, scope=("country", ""))[-1].rows)
    assert sorted(of_country["to_party"]) == ["e", "far", "lost"]


def test_a_tie_between_zones_is_seen_from_both_ends_by_the_country():
    rows = select_other_regions(years(ledger("a", "e"), ledger("a", "far"), scope=("country", ""))[-1].rows)
    seen = view_from_both_ends(rows)
    assert sorted(seen["partner_region_iso"]) == ["RU-MOW", "RU-TA", "RU-TVE"]
    assert sorted(seen["home_region_iso"]) == ["RU-MOW", "RU-MOW", "RU-TA"]


@pytest.mark.parametrize("scope", [("zone", "home"), ("region", "RU-MOW")])
def test_other_scopes_see_each_tie_once(scope):
    rows = select_other_regions(years(ledger("a", "e"), ledger("a", "b"), scope=scope)[-1].rows)
    assert view_from_both_ends(rows) is rows
