import numpy as np
import pandas as pd
import pytest

from zonebook.errors import MetricError
from zonebook.metrics.flow_pairs import find_estimable, prepare_flows

FLOWS = pd.DataFrame(
    {"origin": list("aabba"), "destination": list("bbaac"), "value_rub": [1.0, 2.0, 0.0, np.nan, 4.0], "product": "p"}
)
DISTANCES = pd.DataFrame({"origin": ["a", "a"], "destination": ["b", "a"], "km": [100.0, 0.0]})


def test_products_are_summed_zeros_kept_and_missing_distances_left_out():
    pairs = prepare_flows(FLOWS, DISTANCES)
    assert pairs[["origin", "destination", "value_rub"]].to_numpy().tolist() == [["a", "b", 3.0], ["b", "a", 0.0]]
    assert pairs["ln_km"].tolist() == pytest.approx([np.log(100)] * 2)


def test_flows_inside_a_place_are_left_out():
    inside = pd.DataFrame({"origin": ["a"], "destination": ["a"], "value_rub": [5.0]})
    assert prepare_flows(inside, DISTANCES).empty


def test_a_distance_in_each_direction_is_its_own():
    both = pd.DataFrame({"origin": ["a", "b"], "destination": ["b", "a"], "km": [100.0, 200.0]})
    assert prepare_flows(FLOWS, both)["km"].tolist() == [100, 200]


def test_negative_flows_are_refused():
    with pytest.raises(MetricError, match="negative"):
        prepare_flows(FLOWS.assign(value_rub=-1.0), DISTANCES)


def list_pairs(rows, border=None):
    pairs = pd.DataFrame(rows, columns=["origin", "destination", "value_rub"])
    return pairs if border is None else pairs.assign(border=border)


def test_separation_runs_until_nothing_is_left_to_drop():
    # c receives only from b, and b sends nothing: without b, c is empty too, and a keeps its flow to b.
    pairs = list_pairs([("a", "b", 5.0), ("b", "c", 0.0), ("b", "a", 0.0), ("a", "c", 0.0)])
    assert find_estimable(pairs, (), fixed_effects=True).tolist() == [True, False, False, False]
    assert find_estimable(pairs, (), fixed_effects=False).all()


def test_a_dummy_without_any_flow_is_separated():
    pairs = list_pairs([("a", "b", 5.0), ("b", "a", 0.0)], border=[0, 1])
    assert find_estimable(pairs, ("border",), fixed_effects=False).tolist() == [True, False]


def test_no_flow_at_all_leaves_nothing():
    assert not find_estimable(list_pairs([("a", "b", 0.0)]), (), fixed_effects=True).any()


def test_what_cannot_be_fitted_is_refused():
    twice = list_pairs([("a", "b", 5.0), ("a", "b", 5.0)])
    for pairs in (twice, list_pairs([("a", "b", -1.0)]), list_pairs([("a", "b", None)])):
        with pytest.raises(MetricError):
            find_estimable(pairs, (), fixed_effects=True)
    with pytest.raises(MetricError, match="covariate"):
        find_estimable(list_pairs([("a", "b", 5.0)], border=[None]), ("border",), fixed_effects=True)
