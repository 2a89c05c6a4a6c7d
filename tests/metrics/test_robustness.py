import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties, make_graph, networks
from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.robustness import measure_robustness, order_by_size


def test_published_curve_order_and_index():
    oracle = read_case("robustness_targeted_removal")
    found = measure_robustness(list_ties(oracle["inputs"]["edges"]), range(oracle["inputs"]["n"]))
    assert list(found.order) == oracle["inputs"]["order"]
    for k, share in oracle["expected"]["giant_share_after_k"].items():
        assert found.giant_share[int(k)] == pytest.approx(share, abs=oracle["tolerance"])
    assert found.index == pytest.approx(oracle["expected"]["R_schneider"], abs=oracle["tolerance"])


def test_by_hand_a_star_falls_apart_with_its_centre():
    ties = list_ties([("hub", "a"), ("hub", "b"), ("c", "hub")], [10.0, 20.0, 10.0])
    found = measure_robustness(ties, ["a", "b", "c", "hub"])
    assert found.order == ("hub", "a", "b", "c")
    assert found.giant_share == (1.0, 0.25, 0.25, 0.25, 0.0)
    assert found.value_share == (1.0, 0.0, 0.0, 0.0, 0.0)
    assert found.index == pytest.approx(0.75 / 4)


def test_the_order_may_be_that_of_turnover():
    ties = list_ties([("hub", "a"), ("hub", "b")], [30.0, 10.0])
    found = measure_robustness(ties, ["a", "b", "hub"], pd.Series({"a": 5.0, "b": 7.0}))
    assert found.order == ("b", "a", "hub")
    assert found.value_share == (1.0, 0.75, 0.0, 0.0)


def test_equals_leave_in_the_order_of_their_ids():
    ties = list_ties([("a", "b"), ("c", "d")])
    assert order_by_size(ties, list("dbca")) == ["a", "b", "c", "d"]


def test_undefined_cases():
    assert measure_robustness(list_ties([]), ["a"]) is None
    assert measure_robustness(list_ties([("a", "b")]), ["a", "b"]).value_share is None
    assert measure_robustness(list_ties([("a", "b")], [np.nan]), ["a", "b"]).value_share is None
    with pytest.raises(MetricError, match="negative"):
        measure_robustness(list_ties([("a", "b")], [-1.0]), ["a", "b"])


def test_a_complete_network_nears_one_half():
    parties = list(range(20))
    found = measure_robustness(list_ties((a, b) for a in parties for b in parties if a < b), parties)
    assert found.index == pytest.approx(19 / 40)


@given(networks(minimum=2), st.randoms(use_true_random=False))
def test_the_curve_agrees_with_removing_parties_one_by_one(network, random):
    ties, parties = network
    found = measure_robustness(ties, random.sample(parties, len(parties)))
    graph = make_graph(ties, parties)
    for k in range(len(parties) + 1):
        left = graph.subgraph(found.order[k:])
        giant = max((len(part) for part in nx.connected_components(left)), default=0)
        assert found.giant_share[k] == giant / len(parties)
    assert 0 < found.index <= 0.5


@given(networks(minimum=2), st.floats(0.001, 1000))
def test_the_value_left_agrees_with_a_sum_and_ignores_scale(network, factor):
    ties, parties = network
    found = measure_robustness(ties, parties)
    inner = ties[ties["from_party"] != ties["to_party"]]
    if inner.empty:
        assert found.value_share is None
        return
    for k, share in enumerate(found.value_share):
        stay = set(found.order[k:])
        left = inner[inner["from_party"].isin(stay) & inner["to_party"].isin(stay)]["value_rub"].sum()
        assert share == pytest.approx(left / inner["value_rub"].sum(), abs=1e-9)
    scaled = measure_robustness(ties.assign(value_rub=ties["value_rub"] * factor), parties)
    assert scaled.value_share == pytest.approx(found.value_share)
