import numpy as np
import pandas as pd
import pytest

from metrics.register import PARTIES, ZONES, ledger
from metrics.shares import make_scope
from zonebook.metrics.partner_places import ABROAD, OTHER, OWN
from zonebook.metrics.tie_arrays import read_tie_arrays

TIES = [
    ledger("a", "far", 5.0),
    ledger("near", "b", None),
    ledger("c", "kazakh"),
    ledger("e", "a"),
    ledger("lost", "d"),
]


def arrays(*ties, **tables):
    return read_tie_arrays(make_scope(zone=ZONES, party=PARTIES, tie=list(ties), **tables))


def test_arrays_stand_in_the_order_of_the_ties():
    found = arrays(*TIES)
    assert np.isnan(found.value).tolist() == [False, True, False, False, False]
    assert found.is_regional.tolist() == [True, False, False, True, True]
    ids = found.ties.parties.index
    assert [ids[place] for place in found.giver] == ["a", "near", "c", "e", "lost"]
    assert [ids[place] for place in found.taker] == ["far", "b", "kazakh", "a", "d"]
    assert np.isnan(found.km).tolist() == [False, False, True, False, True]


def test_places_are_those_of_the_partner():
    found = arrays(*TIES)
    assert found.find_partner_places(of_taker=False).tolist()[0] == OTHER
    assert found.find_partner_places(of_taker=False).tolist()[2] == ABROAD
    assert found.find_partner_places(of_taker=True).tolist()[1] == OWN
    assert found.find_partner_places(of_taker=True).tolist()[3:] == [OTHER, OTHER]


def test_a_party_deals_from_its_zone_wherever_it_is_registered():
    moved = [row | ({"region_iso": "RU-TVE"} if row["party_id"] == "a" else {}) for row in PARTIES]
    found = read_tie_arrays(make_scope(zone=ZONES, party=moved, tie=TIES))
    place = list(found.ties.parties.index).index("a")
    assert (found.region[place], found.home_region[place]) == ("RU-TVE", "RU-MOW")


def test_groups_and_marks():
    grouped = [row | ({"holding_id": "g"} if row["party_id"] in "ab" else {}) for row in PARTIES]
    found = read_tie_arrays(make_scope(zone=ZONES, party=grouped, tie=TIES))
    places = [list(found.ties.parties.index).index(name) for name in "abc"]
    assert found.count_respondents(np.array(places)) == 2
    assert found.mark(pd.Index(["a", "nobody"], dtype=object)).sum() == 1


@pytest.mark.parametrize("name", ["region", "zone", "country"])
def test_missing_codes_are_none(name):
    column = getattr(arrays(*TIES), name)
    assert all(code is None or isinstance(code, str) for code in column)
