import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties, make_graph, networks
from oracle_cases import read_case
from zonebook.metrics.cohesion import bound_giant_component, measure_clustering, measure_giant_component


def test_published_clustering():
    oracle = read_case("clustering_transitivity")
    found = measure_clustering(list_ties(oracle["inputs"]["edges"]), range(1, oracle["inputs"]["n"] + 1))
    assert found.transitivity == pytest.approx(oracle["expected"]["transitivity_global"], abs=oracle["tolerance"])
    assert found.mean_local == pytest.approx(oracle["expected"]["average_local_clustering"], abs=oracle["tolerance"])


def test_published_clustering_of_the_karate_club():
    oracle = read_case("modularity")
    found = measure_clustering(list_ties(oracle["inputs"]["edges"]), range(34))
    assert found.transitivity == pytest.approx(oracle["expected"]["transitivity"], abs=oracle["tolerance"])
    assert found.mean_local == pytest.approx(oracle["expected"]["average_clustering"], abs=oracle["tolerance"])


def test_published_giant_component():
    oracle = read_case("giant_component")
    found = measure_giant_component(list_ties(oracle["inputs"]["edges"]), oracle["inputs"]["nodes"])
    assert found.share == pytest.approx(oracle["expected"]["giant_share"], abs=oracle["tolerance"])
    assert list(found.component_sizes) == oracle["expected"]["component_sizes"]
    assert "Pucci" not in found.members


def test_a_tie_in_either_direction_is_one():
    found = measure_clustering(list_ties([("a", "b"), ("b", "a"), ("b", "c"), ("a", "c")]), ["a", "b", "c"])
    assert (found.transitivity, found.mean_local) == (1, 1)


def test_by_hand_a_triangle_with_a_tail():
    found = measure_clustering(list_ties([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]), list("abcd"))
    assert found.transitivity == pytest.approx(3 / 5)
    assert found.mean_local == pytest.approx((1 + 1 + 1 / 3 + 0) / 4)


def test_clustering_where_it_is_undefined():
    assert measure_clustering(list_ties([("a", "b")]), ["a", "b"]) is None
    found = measure_clustering(list_ties([("a", "b")]), ["a", "b", "c"])
    assert (found.transitivity, found.mean_local) == (None, 0)


def test_giant_component_of_nobody_and_of_strangers():
    assert measure_giant_component(list_ties([]), []) is None
    found = measure_giant_component(list_ties([]), ["a", "b", "c", "d"])
    assert (found.share, found.members) == (0.25, ("a",))


def test_of_equal_components_the_one_that_holds_the_first_party():
    found = measure_giant_component(list_ties([("a", "b"), ("c", "d")]), list("dcba"))
    assert found.members == ("d", "c")
    assert found.component_sizes == (2, 2)


@given(networks())
def test_both_agree_with_networkx(network):
    ties, parties = network
    graph = make_graph(ties, parties)
    sizes = sorted((len(part) for part in nx.connected_components(graph)), reverse=True)
    giant = measure_giant_component(ties, parties)
    assert list(giant.component_sizes) == sizes
    assert giant.share == sizes[0] / len(parties)
    found = measure_clustering(ties, parties)
    if len(parties) < 3:
        assert found is None
    else:
        assert found.mean_local == pytest.approx(nx.average_clustering(graph))
        assert (found.transitivity or 0) == pytest.approx(nx.transitivity(graph))


@given(networks(minimum=2))
def test_a_new_tie_never_shrinks_the_giant_component(network):
    ties, parties = network
    more = pd.concat([ties, list_ties([(parties[0], parties[-1])])])
    assert measure_giant_component(more, parties).share >= measure_giant_component(ties, parties).share


@given(networks(), st.data())
def test_the_largest_possible_giant_is_that_of_the_network_with_every_unknown_tie(network, data):
    ties, parties = network
    silent = np.array(data.draw(st.lists(st.booleans(), min_size=len(parties), max_size=len(parties))))
    graph = make_graph(ties, parties)
    tied = {party for party, degree in graph.degree if degree}
    quiet = {party for party, is_silent in zip(parties, silent, strict=True) if is_silent}
    graph.add_edges_from((a, b) for a in quiet for b in (tied | quiet) - {a})
    largest = max(len(part) for part in nx.connected_components(graph))
    assert bound_giant_component(ties, parties, silent) == pytest.approx(largest / len(parties))


def test_without_parties_there_is_no_largest_giant():
    assert bound_giant_component(list_ties([]), [], np.zeros(0, dtype=bool)) is None
