import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from networks import grouped_networks, list_ties, make_graph
from zonebook.metrics.participation import compute_module_z, compute_participation

STAR = list_ties([("i", "a"), ("i", "b"), ("i", "c")], [1.0, 1.0, 2.0])
GROUPS = pd.Series({"i": "x", "a": "x", "b": "y", "c": "y"})


def test_the_published_case_of_the_toolbox():
    spread = compute_participation(STAR, GROUPS)
    assert float(spread["i"]) == pytest.approx(0.4444, abs=5e-5)
    assert float(spread["a"]) == 0


def test_values_weigh():
    assert float(compute_participation(STAR, GROUPS, weighted=True)["i"]) == pytest.approx(1 - 1 / 16 - 9 / 16)


def test_a_party_without_ties_has_no_spread_where_the_toolbox_says_zero():
    spread = compute_participation(list_ties([("a", "b")]), pd.Series({"a": "x", "b": "y", "alone": "x"}))
    assert spread["alone"] is pd.NA
    assert spread[["a", "b"]].tolist() == [0, 0]


def test_a_tie_in_both_directions_is_one():
    spread = compute_participation(list_ties([("i", "a"), ("a", "i"), ("i", "b")]), GROUPS)
    assert float(spread["i"]) == pytest.approx(0.5)


def test_module_z_by_hand():
    score = compute_module_z(list_ties([("hub", "a"), ("hub", "b")]), pd.Series("x", index=["hub", "a", "b"]))
    assert score.tolist() == pytest.approx([np.sqrt(2), -np.sqrt(0.5), -np.sqrt(0.5)])


def test_equal_members_have_no_z():
    score = compute_module_z(list_ties([("a", "b"), ("c", "d")]), pd.Series({"a": "x", "b": "x", "c": "y", "d": "z"}))
    assert score.isna().all()


@given(grouped_networks())
def test_participation_agrees_with_its_definition(network):
    ties, groups = network
    graph = make_graph(ties, groups.index)
    spread = compute_participation(ties, groups)
    for party in groups.index:
        counts = groups[list(graph.neighbors(party))].value_counts()
        if counts.empty:
            assert spread[party] is pd.NA
        else:
            expected = 1 - float(((counts / counts.sum()) ** 2).sum())
            assert float(spread[party]) == pytest.approx(expected)
            assert 0 <= float(spread[party]) <= 1 - 1 / groups.nunique() + 1e-12


@given(grouped_networks())
def test_module_z_has_mean_zero_and_deviation_one_in_its_group(network):
    ties, groups = network
    score = compute_module_z(ties, groups)
    for _, part in score.groupby(groups):
        assert part.isna().all() or part.notna().all()
        if part.notna().all():
            assert float(part.mean()) == pytest.approx(0, abs=1e-9)
            assert float(part.std(ddof=0)) == pytest.approx(1)
