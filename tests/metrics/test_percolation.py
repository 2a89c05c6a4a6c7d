import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from networks import draw_ties, list_ties, make_graph, networks
from zonebook.errors import MetricError
from zonebook.metrics.adjacency import build_adjacency
from zonebook.metrics.percolation import simulate_random_removal, trace_giant


@given(networks())
def test_the_giant_agrees_with_networkx_for_a_random_order(network):
    ties, parties = network
    order = np.random.default_rng(3).permutation(len(parties))
    rank = np.argsort(order)
    graph = make_graph(ties, parties)
    giant = trace_giant(build_adjacency(ties, parties, directed=False), rank)
    for k, size in enumerate(giant):
        left = graph.subgraph(parties[place] for place in order[k:])
        assert size == max((len(part) for part in nx.connected_components(left)), default=0)


def test_the_band_holds_its_median_and_narrows_with_nobody_left():
    band = simulate_random_removal(draw_ties(60, 90, seed=5), range(60), draws=50, seed=1)
    assert len(band.median) == 61
    assert all(low <= mid <= high for low, mid, high in zip(band.lower, band.median, band.upper, strict=True))
    assert band.median[0] == band.lower[0] == band.upper[0]
    assert band.upper[-1] == 0
    assert list(band.median) == sorted(band.median, reverse=True)


def test_the_seed_decides_and_is_told():
    ties = draw_ties(30, 40, seed=5)
    one, same, other = (simulate_random_removal(ties, range(30), draws=20, seed=seed) for seed in (1, 1, 2))
    assert one == same != other
    assert (one.draws, one.seed) == (20, 1)


def test_undefined_cases():
    assert simulate_random_removal(list_ties([]), ["a"]) is None
    with pytest.raises(MetricError, match="draw"):
        simulate_random_removal(list_ties([]), ["a", "b"], draws=0)


def test_the_index_is_the_mean_of_the_curve_and_holds_its_band():
    ties = draw_ties(40, 60, seed=5)
    one = simulate_random_removal(ties, range(40), draws=1, seed=1)
    assert one.index == pytest.approx([sum(one.median[1:]) / 40] * 3)
    low, middle, high = simulate_random_removal(ties, range(40), draws=50, seed=1).index
    assert 0 < low < middle < high <= 0.5
