import networkx as nx
import pandas as pd
import pytest
from hypothesis import given

from networks import grouped_networks, list_ties, make_graph
from oracle_cases import read_case
from zonebook.metrics.modularity import measure_modularity


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
