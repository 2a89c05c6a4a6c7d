import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from networks import list_ties, networks
from zonebook.errors import MetricError
from zonebook.metrics.local_amounts import list_local_amounts
from zonebook.metrics.tie_totals import sum_tie_values


def test_local_is_what_stays_in_one_place():
    places = pd.Series({"a": "north", "b": "north", "c": "south", "d": None})
    ties = list_ties([("a", "b"), ("c", "b"), ("d", "b"), ("d", "d")], [1.0, 2.0, 4.0, 8.0])
    found = list_local_amounts(ties, list("abcd"), places=places)
    assert found.local_rub.tolist() == [0, 1, 0, 0]
    assert found.ties_rub.tolist() == [0, 7, 0, 0]
    assert list_local_amounts(ties, [], places=places).local_rub.tolist() == []
    with pytest.raises(MetricError, match="buyer"):
        list_local_amounts(ties, ["a"], side="owner")


def test_ties_without_a_value_are_counted_and_loops_are_none():
    ties = list_ties([("a", "b"), ("a", "b"), ("b", "b"), ("far", "b")], [10.0, np.nan, 99.0, np.nan])
    found = list_local_amounts(ties, ["a", "b"], pd.Series({"b": 40.0}))
    assert (found.local_rub.tolist(), found.unvalued.tolist()) == ([0, 10], [0, 1])
    assert found.is_known.tolist() == [False, True]
    assert np.isnan(found.share[0])
    assert found.share[1] == 0.25


def test_a_local_part_above_the_whole_is_found():
    found = list_local_amounts(list_ties([("a", "b")], [10.0]), ["a", "b"], pd.Series({"a": 0.0, "b": 9.0}))
    assert found.is_excessive.tolist() == [False, True]
    assert found.has_excess
    assert not found.select(np.array([0])).has_excess


@given(networks(minimum=2))
def test_all_ties_of_a_resident_are_its_ledger(network):
    ties, parties = network
    residents = parties[: len(parties) // 2 + 1]
    for side in ("buyer", "seller"):
        found = list_local_amounts(ties, residents, side=side)
        ledger = sum_tie_values(ties, side=side).reindex(residents, fill_value=0.0)
        assert found.ties_rub == pytest.approx(ledger.to_numpy())
        assert (found.local_rub <= found.ties_rub * (1 + 1e-9)).all()
        assert found.value_rub.sum() == pytest.approx(found.local_rub.sum())
