import networkx as nx
import pandas as pd
import pytest
from hypothesis import given

from networks import draw_ties, grouped_networks, list_ties, make_graph, networks
from oracle_cases import read_case
from zonebook.metrics.modularity import find_groups, measure_modularity


def test_published_modularity():
    oracle = read_case("modularity")
    found = measure_modularity(list_ties(oracle["inputs"]["edges"]), pd.Series(oracle["inputs"]["membership"]))
    assert found.value == pytest.approx(oracle["expected"]["Q"], abs=oracle["tolerance"])


def test_published_example_of_two_triangles():
    oracle = read_case("modularity")
    example = oracle["inputs"]["doc_example"]
    groups = pd.Series({party: number for number, part in enumerate(example["partition"]) for party in part})
    found = measure_modularity(list_ties(example["edges"]), groups)
    assert found.value == pytest.approx(oracle["expected"]["doc_example_Q"], abs=oracle["tolerance"])


def test_one_group_is_exactly_zero():
    found = measure_modularity(list_ties([("a", "b"), ("b", "c"), ("c", "a")]), pd.Series("x", index=list("abc")))
    assert (found.value, found.n_groups) == (0.0, 1)


def test_without_ties_it_is_undefined():
    assert measure_modularity(list_ties([("a", "a")]), pd.Series("x", index=["a", "b"])) is None


def test_parties_without_a_cluster_form_a_class_and_are_counted():
    groups = pd.Series({"a": "x", "b": "x", "c": None, "d": None})
    found = measure_modularity(list_ties([("a", "b"), ("c", "d")]), groups)
    assert (found.value, found.n_groups, found.n_unassigned) == (0.5, 2, 2)


@given(grouped_networks())
def test_it_agrees_with_networkx(network):
    ties, groups = network
    parts = [set(part.index) for _, part in groups.groupby(groups)]
    for directed in (False, True):
        graph = make_graph(ties, groups.index, directed=directed)
        found = measure_modularity(ties, groups, directed=directed)
        if graph.number_of_edges() == 0:
            assert found is None
        else:
            assert found.value == pytest.approx(nx.community.modularity(graph, parts), abs=1e-9)
            assert -0.5 - 1e-9 <= found.value < 1


def test_planted_groups_are_found_whatever_the_order_of_ties():
    planted = [f"{side}{number}" for side in "xy" for number in range(6)]
    pairs = [(a, b) for a in planted for b in planted if a < b and a[0] == b[0]]
    for ties in (list_ties([*pairs, ("x0", "y0")]), list_ties([("y0", "x0"), *pairs[::-1]])):
        groups = find_groups(ties, planted, seed=5)
        assert groups.to_dict() == {party: int(party[0] == "y") for party in planted}


@given(networks(minimum=2))
def test_groups_found_are_as_good_as_none_at_all(network):
    ties, parties = network
    groups = find_groups(ties, parties)
    if groups is None:
        assert make_graph(ties, parties).number_of_edges() == 0
        return
    assert list(groups.index) == parties
    assert measure_modularity(ties, groups).value >= -1e-12


def test_the_seed_decides_which_groups_are_found():
    ties = draw_ties(60, 120, seed=1)
    assert find_groups(ties, range(60), seed=3).equals(find_groups(ties, range(60), seed=3))
