import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties, make_graph, networks
from oracle_cases import read_case
from zonebook.metrics.network import Reciprocity, bound_density, measure_density, measure_reciprocity


def test_published_density_and_both_reciprocities():
    oracle = read_case("network_density_reciprocity")
    ties, parties = list_ties(oracle["inputs"]["edges"]), range(1, oracle["inputs"]["n"] + 1)
    expected, close = oracle["expected"], {"abs": oracle["tolerance"]}
    density = measure_density(ties, parties)
    assert density.share == pytest.approx(expected["density"], **close)
    assert density.n_ties == expected["n_edges"]
    census = measure_reciprocity(ties, parties)
    assert census.edgewise == pytest.approx(expected["reciprocity_edgewise"], **close)
    assert census.dyadic == pytest.approx(expected["reciprocity_dyadic_nonnull"], **close)
    assert (census.mutual, census.asymmetric) == (
        expected["dyad_census"]["mutual"],
        expected["dyad_census"]["asymmetric"],
    )


def test_published_undirected_density():
    oracle = read_case("modularity")
    found = measure_density(list_ties(oracle["inputs"]["edges"]), range(34), directed=False)
    assert found.share == pytest.approx(oracle["expected"]["density"], abs=oracle["tolerance"])


def test_the_two_reciprocities_are_not_the_same_number():
    census = Reciprocity(mutual=45, asymmetric=100)
    assert round(census.edgewise, 3) == 0.474
    assert round(census.dyadic, 3) == 0.310


def test_density_by_hand():
    found = measure_density(list_ties([("a", "b"), ("b", "a"), ("a", "b"), ("c", "c")]), ["a", "b", "c"])
    assert (found.n_ties, found.n_parties) == (2, 3)
    assert found.share == pytest.approx(2 / 6)
    assert found.mean_degree == pytest.approx(2 / 3)
    both = measure_density(list_ties([("a", "b"), ("b", "a")]), ["a", "b", "c"], directed=False)
    assert (both.n_ties, both.share, both.mean_degree) == (1, pytest.approx(1 / 3), pytest.approx(2 / 3))


@pytest.mark.parametrize("parties", [[], ["a"]])
def test_density_of_fewer_than_two_is_undefined(parties):
    assert measure_density(list_ties([]), parties) is None


def test_no_ties_mean_density_zero_and_no_reciprocity():
    assert measure_density(list_ties([]), ["a", "b"]).share == 0
    assert measure_reciprocity(list_ties([("a", "a")]), ["a", "b"]) is None


def test_one_way_ties_have_reciprocity_zero():
    assert measure_reciprocity(list_ties([("a", "b")]), ["a", "b"]).edgewise == 0


@given(networks(minimum=2))
def test_density_agrees_with_networkx(network):
    ties, parties = network
    for directed in (True, False):
        graph = make_graph(ties, parties, directed=directed)
        found = measure_density(ties, parties, directed=directed)
        assert found.share == pytest.approx(nx.density(graph))
        assert found.n_ties == graph.number_of_edges()


@given(networks())
def test_reciprocity_agrees_with_networkx(network):
    ties, parties = network
    graph = make_graph(ties, parties, directed=True)
    census = measure_reciprocity(ties, parties)
    if graph.number_of_edges() == 0:
        assert census is None
    else:
        assert census.edgewise == pytest.approx(nx.reciprocity(graph))
        assert 0 <= census.dyadic <= census.edgewise <= 1


@given(networks(minimum=2), st.data(), st.booleans())
def test_the_largest_possible_density_is_that_of_the_network_with_every_unknown_tie(network, data, directed):
    ties, parties = network
    silent = np.array(data.draw(st.lists(st.booleans(), min_size=len(parties), max_size=len(parties))))
    graph = make_graph(ties, parties, directed=directed)
    tied = {party for party, degree in graph.degree if degree}
    quiet = {party for party, is_silent in zip(parties, silent, strict=True) if is_silent}
    graph.add_edges_from(
        pair for a in quiet for b in (tied | quiet) - {a} for pair in ((a, b), (b, a)) if not graph.has_edge(*pair)
    )
    most = bound_density(ties, parties, silent, directed=directed)
    assert most.share == pytest.approx(nx.density(graph))
    assert most.share >= measure_density(ties, parties, directed=directed).share


def test_where_all_answered_the_density_has_no_room_above():
    ties = list_ties([("a", "b")])
    assert bound_density(ties, list("abc"), np.zeros(3, dtype=bool)) == measure_density(ties, list("abc"))
    assert bound_density(ties, ["a"], np.zeros(1, dtype=bool)) is None
