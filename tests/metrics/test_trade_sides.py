"""Residents as buyers and as sellers: parts, groups, and zones of which nothing is known."""

import numpy as np

from metrics.deals import deal, residents
from metrics.shares import HOME, OTHER, TOTAL, make_scope
from zonebook.metrics.register_ties import read_register
from zonebook.metrics.result import Status
from zonebook.metrics.trade_sides import cover_parts, read_trade_side

FIRMS = [*residents("a", "b", cluster_id="one"), *residents("c", holding_id="g"), *residents("d", holding_id="g")]
THERE = residents("x", "y", zone_id="other")


def read(*deals, scope_type="zone", scope_id="home", side="buyer"):
    scope = make_scope(scope_type, scope_id, party=[*FIRMS, *THERE], tie=deals, zone=[HOME, OTHER, TOTAL])
    return read_trade_side(read_register(scope).years[0], side)


def test_a_zone_has_itself_and_its_clusters_as_parts():
    found = read(deal("a", "b", 1.0))
    assert [(members.part.scope_type, len(members.places)) for members in found.parts] == [("zone", 4), ("cluster", 2)]
    assert [members.is_whole for members in found.parts] == [True, False]
    assert found.notes == ()


def test_buyers_and_sellers_have_values_of_their_own():
    assert read(deal("far", "a", 1.0)).has_value
    assert not read(deal("far", "a", 1.0), side="seller").has_value
    assert not read(deal("far", "a", None)).has_value


def test_firms_of_a_group_are_one_respondent():
    whole = read(deal("a", "b", 1.0)).parts[0]
    assert not whole.is_few
    is_wanted = np.isin(whole.part.members, ["a", "c", "d"])
    assert whole.select(is_wanted).is_few
    assert list(whole.select(is_wanted).part.members) == ["a", "c", "d"]


def test_zones_without_such_ties_are_left_out_and_said():
    country = {"scope_type": "country", "scope_id": "RUS"}
    talk = deal("x", "y", None, kind="agreement")
    found = read(deal("a", "b", 1.0), talk, **country)
    assert list(found.parts[0].part.members) == ["a", "b", "c", "d"]
    assert found.notes == ("zones with such ties in the register: 1 of 2",)
    assert read(deal("a", "b", 1.0), deal("y", "x", 1.0), **country).notes == ()
    parts, notes = cover_parts(found.year, found.year.residents[:0])
    assert (len(parts[0].places), len(notes)) == (0, 1)


def test_rows_rest_on_the_members_behind_them():
    whole = read(deal("a", "b", 1.0)).parts[0]
    row = whole.select(np.array([True, False, True, True])).row("L23", "ratio", 1.0)
    assert (row.n_units, row.scope_id, row.year) == (3, "home", 2025)
    assert whole.suppressed("L23", "ratio").n_units is None
    assert whole.missing("L23", "ratio", "why").status is Status.MISSING_INPUT
    row = whole.without("L23", "ratio", Status.NOT_APPLICABLE, ["why"])
    assert (row.status, row.reason, row.n_units) == (Status.NOT_APPLICABLE, "why", 4)
