import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from networks import draw_ties, list_ties, make_graph, networks
from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.betweenness import compute_betweenness


def test_published_betweenness_of_the_medici():
    oracle = read_case("betweenness_undirected")
    found = compute_betweenness(list_ties(oracle["inputs"]["edges"]), oracle["inputs"]["nodes"], directed=False)
    assert found.is_exact
    for family in ("Medici", "Guadagni", "Albizzi"):
        assert found.scores[family] == pytest.approx(oracle["expected"][family], abs=oracle["tolerance"][family])
    assert found.scores.to_dict() == pytest.approx(oracle["expected"]["full"], abs=oracle["tolerance"]["full"])


def test_published_directed_betweenness():
    oracle = read_case("betweenness_directed")
    n = oracle["inputs"]["n"]
    found = compute_betweenness(list_ties(oracle["inputs"]["edges"]), range(1, n + 1))
    raw = found.scores * (n - 1) * (n - 2)
    expected = {int(party): score for party, score in oracle["expected"]["betweenness"].items()}
    assert raw.to_dict() == pytest.approx(expected, abs=oracle["tolerance"])


def test_the_middle_of_a_path_by_hand():
    ties = list_ties([("a", "b"), ("b", "c")])
    assert compute_betweenness(ties, ["a", "b", "c"], directed=False).scores.tolist() == [0, 1, 0]
    assert compute_betweenness(ties, ["a", "b", "c"]).scores.tolist() == [0, 0.5, 0]


def test_fewer_than_three_parties_are_undefined_and_no_ties_are_zero():
    assert compute_betweenness(list_ties([("a", "b")]), ["a", "b"]) is None
    assert compute_betweenness(list_ties([]), ["a", "b", "c"]).scores.tolist() == [0, 0, 0]


@given(networks(minimum=3, maximum=15))
def test_it_agrees_with_networkx(network):
    ties, parties = network
    for directed in (False, True):
        theirs = nx.betweenness_centrality(make_graph(ties, parties, directed=directed))
        ours = compute_betweenness(ties, parties, directed=directed)
        assert ours.scores.to_dict() == pytest.approx(theirs, abs=1e-12)
        assert ours.scores.between(0, 1 + 1e-12).all()


def test_many_sources_at_once_agree_with_networkx():
    ties = draw_ties(150, 500, seed=8)
    theirs = nx.betweenness_centrality(make_graph(ties, range(150), directed=True))
    assert compute_betweenness(ties, range(150)).scores.to_dict() == pytest.approx(theirs, abs=1e-12)


def test_a_sample_is_unbiased_and_its_error_is_right():
    ties = draw_ties(120, 300, seed=6)
    exact = compute_betweenness(ties, range(120)).scores
    samples = [compute_betweenness(ties, range(120), pivots=40, seed=seed) for seed in range(300)]
    top = exact.sort_values().index[-10:]
    scores = np.array([sample.scores[top] for sample in samples])
    errors = np.array([sample.standard_errors[top] for sample in samples])
    assert scores.mean(axis=0) == pytest.approx(exact[top].to_numpy(), rel=0.05)
    assert np.sqrt((errors**2).mean(axis=0)) == pytest.approx(scores.std(axis=0), rel=0.15)


def test_the_seed_decides_and_is_told():
    ties = draw_ties(50, 200, seed=7)
    one, same, other = (compute_betweenness(ties, range(50), pivots=10, seed=seed) for seed in (1, 1, 2))
    assert one.scores.equals(same.scores)
    assert not one.scores.equals(other.scores)
    assert (one.pivots, one.seed, one.is_exact) == (10, 1, False)


def test_all_sources_are_no_sample():
    ties = draw_ties(20, 60, seed=7)
    assert compute_betweenness(ties, range(20), pivots=500).is_exact


def test_large_networks_are_sampled_by_default(monkeypatch):
    monkeypatch.setattr("zonebook.metrics.betweenness.EXACT_UP_TO", 20)
    monkeypatch.setattr("zonebook.metrics.betweenness.DEFAULT_PIVOTS", 10)
    assert compute_betweenness(draw_ties(20, 60, seed=7), range(20)).is_exact
    assert compute_betweenness(draw_ties(21, 60, seed=7), range(21)).pivots == 10


def test_a_sample_of_one_has_no_error_and_is_refused():
    with pytest.raises(MetricError, match="two sources"):
        compute_betweenness(draw_ties(20, 60, seed=7), range(20), pivots=1)
