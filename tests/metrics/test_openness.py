import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import grouped_networks, list_ties
from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.openness import compute_ei_of_mixing, measure_ei


def test_published_index_of_the_network_and_of_each_group():
    oracle = read_case("ei_index")
    ties = list_ties(oracle["inputs"]["edges"])
    groups = pd.Series({int(party): group for party, group in oracle["inputs"]["group"].items()})
    found = measure_ei(ties, groups)
    expected, close = oracle["expected"], {"abs": oracle["tolerance"]}
    assert (found.external, found.internal) == (expected["external"], expected["internal"])
    assert found.value == pytest.approx(expected["ei_network"], **close)
    for label, of_group in expected["ei_by_group"].items():
        found = measure_ei(ties, groups, group=int(label))
        assert (found.external, found.internal) == (of_group["external"], of_group["internal"])
        assert found.value == pytest.approx(of_group["ei"], **close)


def test_published_index_of_a_mixing_matrix():
    oracle = read_case("assortativity_nominal")
    found = compute_ei_of_mixing(np.array(oracle["inputs"]["mixing_matrix"]))
    expected, tolerance = oracle["expected"]["ei_from_matrix"], oracle["tolerance"]["ei_from_matrix"]
    assert found.value == pytest.approx(expected, abs=tolerance)


def test_by_hand_counts_and_values():
    ties = list_ties([("a", "b"), ("a", "c"), ("a", "c"), ("b", "d")], [10.0, 20.0, 10.0, np.nan])
    groups = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})
    counted = measure_ei(ties, groups)
    assert (counted.external, counted.internal) == (2, 1)
    valued = measure_ei(ties, groups, weighted=True)
    assert (valued.external, valued.internal, valued.value) == (30, 10, 0.5)


def test_a_group_that_is_the_whole_network_is_minus_one():
    assert measure_ei(list_ties([("a", "b")]), pd.Series("x", index=["a", "b"])).value == -1


def test_no_ties_mean_undefined():
    groups = pd.Series({"a": "x", "b": "y", "c": "z"})
    assert measure_ei(list_ties([]), groups) is None
    assert measure_ei(list_ties([("a", "b")]), groups, group="z") is None
    assert compute_ei_of_mixing(np.zeros((2, 2))) is None


def test_a_party_without_a_group_is_left_out():
    groups = pd.Series({"a": "x", "b": "x", "c": None})
    assert measure_ei(list_ties([("a", "b"), ("a", "c")]), groups).value == -1


def test_an_unknown_group_and_a_negative_value_are_refused():
    groups = pd.Series({"a": "x", "b": "y"})
    with pytest.raises(MetricError, match="'z'"):
        measure_ei(list_ties([("a", "b")]), groups, group="z")
    with pytest.raises(MetricError, match="negative"):
        measure_ei(list_ties([("a", "b")], [-1.0]), groups, weighted=True)


@given(grouped_networks(), st.floats(0.001, 1000))
def test_bounds_scale_and_relabelling(network, factor):
    ties, groups = network
    for weighted in (False, True):
        found = measure_ei(ties, groups, weighted=weighted)
        scaled = ties.assign(value_rub=ties["value_rub"] * factor)
        renamed = measure_ei(scaled, groups.map({"x": "z", "y": "x", "z": "y"}), weighted=weighted)
        if found is None:
            assert renamed is None
        else:
            assert -1 <= found.value <= 1
            assert renamed.value == pytest.approx(found.value)


@given(grouped_networks())
def test_groups_add_up_to_the_network(network):
    ties, groups = network
    whole = measure_ei(ties, groups)
    parts = [measure_ei(ties, groups, group=group) for group in groups.unique()]
    if whole is not None:
        assert sum(part.internal for part in parts if part) == whole.internal
        assert sum(part.external for part in parts if part) == 2 * whole.external
