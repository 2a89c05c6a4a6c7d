import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from networks import grouped_networks, list_ties, make_graph
from oracle_cases import read_case
from zonebook.metrics.mixing import UNASSIGNED, build_mixing_matrix, compute_assortativity, encode_groups


def test_published_assortativity():
    oracle = read_case("assortativity_nominal")
    found = compute_assortativity(np.array(oracle["inputs"]["mixing_matrix"]))
    assert found.value == pytest.approx(oracle["expected"]["r"], abs=oracle["tolerance"]["r"])
    assert found.value == pytest.approx(oracle["expected"]["r_unrounded"], abs=oracle["tolerance"]["r_unrounded"])


def test_published_assortativity_of_the_karate_club():
    oracle = read_case("modularity")
    groups = pd.Series(oracle["inputs"]["membership"])
    mixing = build_mixing_matrix(list_ties(oracle["inputs"]["edges"]), groups)
    expected = oracle["expected"]["assortativity_nominal"]
    assert compute_assortativity(mixing).value == pytest.approx(expected, abs=oracle["tolerance"])


def test_mixing_matrix_by_hand():
    ties = list_ties([("a", "b"), ("a", "c"), ("c", "a")])
    groups = pd.Series({"a": "x", "b": "x", "c": "y"})
    assert build_mixing_matrix(ties, groups).to_numpy().tolist() == [[2, 1], [1, 0]]
    assert build_mixing_matrix(ties, groups, directed=True).to_numpy().tolist() == [[1, 1], [1, 0]]


def test_parties_without_a_group_are_one_class_of_their_own():
    groups = pd.Series({"a": "x", "b": None, "c": None}, dtype="string")
    mixing = build_mixing_matrix(list_ties([("a", "b"), ("b", "c")]), groups)
    assert list(mixing.index) == ["x", UNASSIGNED]
    assert mixing.to_numpy().tolist() == [[0, 1], [1, 2]]
    assert encode_groups(groups)[0].tolist() == [0, 1, 1]


@pytest.mark.parametrize("mixing", [[[7.0]], [[5, 0], [0, 0]], [[0, 0], [0, 0]]])
def test_ties_in_one_class_or_none_are_undefined(mixing):
    assert compute_assortativity(np.array(mixing)) is None


def test_extremes_by_hand():
    assert compute_assortativity(np.diag([3, 5])).value == pytest.approx(1)
    apart = compute_assortativity(np.array([[0, 4], [4, 0]]))
    assert apart.value == pytest.approx(-1) == apart.minimum


@given(grouped_networks())
def test_it_agrees_with_networkx(network):
    ties, groups = network
    graph = make_graph(ties, groups.index)
    nx.set_node_attributes(graph, groups.to_dict(), "group")
    mixing = build_mixing_matrix(ties, groups)
    order = {label: place for place, label in enumerate(mixing.index)}
    theirs = nx.attribute_mixing_matrix(graph, "group", mapping=order, normalized=False)
    assert (mixing.to_numpy() == theirs).all()
    found = compute_assortativity(mixing)
    if found is not None:
        assert found.value == pytest.approx(nx.attribute_assortativity_coefficient(graph, "group"), abs=1e-9)


@given(arrays.arrays(float, (3, 3), elements=st.integers(0, 50)), st.floats(0.001, 1000))
def test_it_keeps_its_bounds_and_ignores_scale_and_order(mixing, factor):
    found = compute_assortativity(mixing)
    again = compute_assortativity((mixing * factor)[::-1, ::-1])
    if found is None:
        assert again is None
    else:
        assert found.minimum - 1e-9 <= found.value <= 1 + 1e-9
        assert again.value == pytest.approx(found.value, abs=1e-9)
