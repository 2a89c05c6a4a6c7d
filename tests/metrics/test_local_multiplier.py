import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties, networks
from zonebook.errors import MetricError
from zonebook.metrics.local_multiplier import LocalRounds, compute_local_multiplier, trace_local_rounds
from zonebook.metrics.tie_totals import sum_tie_values

share = st.floats(0, 1)


def test_published_example():
    assert compute_local_multiplier(10, 8, 6.4) == pytest.approx(2.44)
    assert compute_local_multiplier(10, 2, 0.4) == pytest.approx(1.24)


def test_undefined_and_not_applicable():
    assert compute_local_multiplier(0, 0, 0) is None
    assert compute_local_multiplier(10, 2, None) is None


@pytest.mark.parametrize("rounds", [(10, 11, 1), (10, 2, 3), (-1, 0, 0), (10, 11, None)])
def test_a_round_is_a_part_of_the_one_before(rounds):
    with pytest.raises(MetricError, match="round"):
        compute_local_multiplier(*rounds)


def test_rounds_by_hand():
    ties = list_ties([("b", "a"), ("a", "b"), ("far", "a")], [50.0, 20.0, 30.0])
    rounds = trace_local_rounds(ties, ["a", "b"], pd.Series({"a": 100.0, "b": 80.0}))
    # b earned 50 and spends a quarter locally; a earned 20 and spends half locally.
    assert rounds == LocalRounds(180.0, 70.0, pytest.approx(50 * 0.25 + 20 * 0.5))


def test_a_seller_whose_purchases_are_not_known_leaves_the_third_round_open():
    ties = list_ties([("b", "a")], [50.0])
    assert trace_local_rounds(ties, ["a", "b"], pd.Series({"a": 100.0, "b": np.nan})).third_rub is None
    assert trace_local_rounds(ties, ["a", "b"], pd.Series({"a": 100.0, "b": 0.0})).third_rub == 0
    assert trace_local_rounds(ties, ["a", "b"], pd.Series(dtype=float)) is None


def test_some_sellers_of_unknown_purchases_bound_the_third_round():
    ties = list_ties([("b", "a"), ("c", "a"), ("a", "c")], [50.0, 10.0, 5.0])
    rounds = trace_local_rounds(ties, list("abc"), pd.Series({"a": 100.0, "c": 50.0}))
    assert rounds == LocalRounds(150.0, 65.0, pytest.approx(10 * 0.1 + 5 * 0.6), 50.0)


def test_buyers_of_the_first_round_and_places():
    ties = list_ties([("b", "a"), ("a", "b"), ("c", "a")], [50.0, 20.0, 30.0])
    totals = pd.Series({"a": 100.0, "b": 80.0, "c": 10.0})
    assert trace_local_rounds(ties, list("abc"), totals, buyers=["b"]) == LocalRounds(80.0, 20.0, 20 * 0.8)
    places = pd.Series({"a": "north", "b": "north", "c": "south"})
    assert trace_local_rounds(ties, list("abc"), totals, places=places).second_rub == 70
    assert trace_local_rounds(ties, list("abc"), totals, buyers=[]) is None


@given(st.floats(0.01, 1e9), share, share)
def test_it_lies_between_one_and_three_and_grows_with_local_spending(first, one, other):
    found = compute_local_multiplier(first, first * one, first * one * other)
    assert 1 <= found <= 3 + 1e-9
    assert found == pytest.approx(1 + one + one * other)


@given(networks(minimum=2))
def test_rounds_of_any_network_shrink(network):
    ties, parties = network
    residents = parties[: len(parties) // 2 + 1]
    totals = sum_tie_values(ties).reindex(residents, fill_value=0.0)
    rounds = trace_local_rounds(ties, residents, totals)
    found = compute_local_multiplier(rounds.first_rub, rounds.second_rub, rounds.third_rub)
    assert found is None if rounds.first_rub == 0 else 1 <= found <= 3 + 1e-6
