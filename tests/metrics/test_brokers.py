import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties
from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.betweenness import compute_betweenness
from zonebook.metrics.brokers import rank_brokers

scores = st.lists(st.just(0.0) | st.floats(1e-6, 1), min_size=1, max_size=20)


def test_published_top_three_and_their_share():
    oracle = read_case("betweenness_directed")
    found = compute_betweenness(list_ties(oracle["inputs"]["edges"]), range(1, oracle["inputs"]["n"] + 1))
    brokers = rank_brokers(found.scores, top=3)
    assert list(brokers.parties) == oracle["expected"]["top3_nodes"]
    assert brokers.share == pytest.approx(oracle["expected"]["share_top3"], abs=oracle["tolerance"])


def test_ties_at_the_cut_are_all_listed():
    brokers = rank_brokers(pd.Series({"d": 0.1, "c": 0.3, "b": 0.1, "a": 0.1}), top=2)
    assert brokers.parties == ("c", "a", "b", "d")
    assert brokers.share == pytest.approx(0.4 / 0.6)


def test_rounding_does_not_break_a_tie():
    brokers = rank_brokers(pd.Series({"b": 0.1 + 0.2, "a": 0.3, "c": 0.1}), top=1)
    assert brokers.parties == ("a", "b")


def test_nobody_is_a_broker_where_nobody_is_between():
    assert rank_brokers(pd.Series({"a": 0.0, "b": 0.0})) is None
    assert rank_brokers(pd.Series({"a": 1.0, "b": 0.0}), top=10).parties == ("a",)


def test_a_list_has_a_place():
    with pytest.raises(MetricError, match="place"):
        rank_brokers(pd.Series({"a": 1.0}), top=0)


@given(scores, st.integers(1, 25))
def test_the_share_is_a_share_and_grows_with_the_list(values, top):
    one, more = (rank_brokers(pd.Series(values), top=k) for k in (top, top + 1))
    if one is not None:
        assert 0 < one.share <= more.share <= 1 + 1e-12
        assert len(one.parties) >= min(top, sum(value > 0 for value in values))
