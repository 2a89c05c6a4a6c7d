import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from networks import list_ties, networks
from zonebook.errors import MetricError
from zonebook.metrics.adjacency import (
    build_adjacency,
    build_network,
    count_unvalued,
    has_values,
    index_parties,
    select_directed_ties,
)


def test_repeated_ties_are_one_and_loops_none():
    ties = list_ties([("a", "b"), ("a", "b"), ("b", "b")])
    assert build_adjacency(ties, ["a", "b"]).toarray().tolist() == [[0, 1], [0, 0]]


def test_values_are_summed():
    ties = list_ties([("a", "b"), ("a", "b"), ("b", "a"), ("b", "a")], [1.0, 2.0, 4.0, np.nan])
    assert build_adjacency(ties, ["a", "b"], weighted=True).toarray().tolist() == [[0, 3], [4, 0]]
    assert build_adjacency(ties, ["a", "b"], directed=False, weighted=True).toarray().tolist() == [[0, 7], [7, 0]]


def test_a_tie_that_leaves_the_network_is_left_out():
    assert build_adjacency(list_ties([("a", "outside"), ("outside", "a")]), ["a", "b"]).nnz == 0


def test_a_tie_without_an_end_is_left_out():
    assert build_adjacency(list_ties([("a", None), (None, "b")]), ["a", "b"]).nnz == 0


def test_text_of_any_type_is_matched():
    ties = list_ties([("a", "b")]).astype("string")
    assert build_adjacency(ties, pd.Series(["a", "b"], dtype="string")).nnz == 1


def test_values_of_any_type_are_read():
    ties = list_ties([("a", "b"), ("b", "a")]).assign(value_rub=pd.array([5, pd.NA], dtype="Int64"))
    assert build_adjacency(ties, ["a", "b"], weighted=True).toarray().tolist() == [[0, 5], [0, 0]]


@pytest.mark.parametrize("parties", [["a", "a"], ["a", None]])
def test_parties_are_listed_once_and_have_an_id(parties):
    with pytest.raises(MetricError):
        index_parties(parties)


def test_agreements_and_joint_ventures_have_no_direction():
    ties = pd.DataFrame({"kind": ["supply", "agreement", "joint_venture", "licence"]})
    assert select_directed_ties(ties)["kind"].tolist() == ["supply", "licence"]


def test_ties_without_a_value_are_counted():
    assert count_unvalued(list_ties([("a", "b")] * 3, [1.0, np.nan, np.nan])) == 2


@given(networks())
def test_the_symmetrised_matrix_is_symmetric_without_a_diagonal(network):
    ties, parties = network
    matrix = build_adjacency(ties, parties, directed=False, weighted=True).toarray()
    assert (matrix == matrix.T).all()
    assert (np.diag(matrix) == 0).all()
    kept = ties[ties["from_party"] != ties["to_party"]]
    assert matrix.sum() == pytest.approx(2 * kept["value_rub"].sum())


@given(networks())
def test_a_network_built_once_gives_the_same_matrices(network):
    ties, parties = network
    built = build_network(ties, parties, valued=True)
    for directed in (True, False):
        for weighted in (True, False):
            options = {"directed": directed, "weighted": weighted}
            one, other = build_adjacency(built, parties, **options), build_adjacency(ties, parties, **options)
            assert (one.toarray() == other.toarray()).all()
    assert built.is_connected.tolist() == (build_adjacency(ties, parties, directed=False).sum(axis=1) > 0).tolist()
    assert has_values(built)
    assert has_values(ties)


@given(networks(minimum=3))
def test_the_network_among_some_parties_is_that_of_their_own_ties(network):
    ties, parties = network
    members = parties[::-2]
    selected = build_network(ties, parties, valued=True).select(members)
    assert (selected.matrix.toarray() == build_adjacency(ties, members).toarray()).all()
    assert (selected.values.toarray() == build_adjacency(ties, members, weighted=True).toarray()).all()


def test_a_network_is_of_its_own_parties_and_has_values_only_if_asked_for():
    network = build_network(list_ties([("a", "b")]), ["a", "b"])
    assert not has_values(network)
    with pytest.raises(MetricError, match="other parties"):
        build_adjacency(network, ["b", "a"])
    with pytest.raises(MetricError, match="without values"):
        build_adjacency(network, ["a", "b"], weighted=True)
