import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.ranking import (
    compute_outranking,
    count_borda,
    find_circles,
    measure_rank_stability,
    rank_by_majority,
    rank_units,
    score_copeland,
)

shapes = st.tuples(st.integers(2, 6), st.integers(1, 5))
matrices = hnp.arrays(float, shapes, elements=st.integers(0, 4)).map(pd.DataFrame)


def read_votes(oracle):
    profiles = oracle["inputs"]["profiles"]
    scores = pd.DataFrame({i: {unit: -place for place, unit in enumerate(p["order"])} for i, p in enumerate(profiles)})
    return scores.loc[oracle["expected"]["order"]], pd.Series([p["n"] for p in profiles])


def test_moulins_voters():
    oracle = read_case("borda_condorcet")
    expected = oracle["expected"]
    scores, weights = read_votes(oracle)
    assert count_borda(scores, weights).to_dict() == expected["borda"]
    outranking = compute_outranking(scores, weights)
    assert outranking.to_numpy().tolist() == expected["outranking"]
    assert list(rank_by_majority(outranking).sort_values().index) == expected["condorcet_ranking"]


def test_copeland_of_the_peer_library():
    oracle = read_case("aggregation")
    inputs = oracle["inputs"]["outranking"]
    scores = pd.DataFrame([inputs["a"], inputs["b"], inputs["c"]]).T
    by_columns = pd.DataFrame({name: inputs[name] for name in "abc"})
    assert scores.to_numpy().tolist() == by_columns.to_numpy().tolist()
    found = score_copeland(compute_outranking(by_columns, pd.Series(dict(zip("abc", inputs["w"], strict=True)))))
    assert sorted(found.tolist()) == sorted(oracle["expected"]["copeland"])


@given(matrices)
def test_points_and_balances_add_up(scores):
    n, criteria = scores.shape
    assert count_borda(scores).sum() == pytest.approx(criteria * n * (n - 1) / 2)
    outranking = compute_outranking(scores).to_numpy()
    off = ~np.eye(n, dtype=bool)
    np.testing.assert_allclose((outranking + outranking.T)[off], criteria)
    assert score_copeland(compute_outranking(scores)).sum() == 0


@given(matrices)
def test_borda_is_the_sum_of_wins(scores):
    np.testing.assert_allclose(count_borda(scores), compute_outranking(scores).sum(axis=1))


@given(matrices)
def test_only_the_order_of_scores_counts(scores):
    pd.testing.assert_series_equal(count_borda(scores**3 + 5), count_borda(scores))


@given(matrices)
def test_a_ranking_by_majority_puts_nobody_before_one_who_beats_it(scores):
    outranking = compute_outranking(scores)
    ranks = rank_by_majority(outranking)
    if ranks is None:
        return
    for a in outranking.index:
        for b in outranking.index:
            if outranking.loc[a, b] > outranking.loc[b, a]:
                assert ranks[a] < ranks[b]


def test_majorities_in_a_circle_have_no_ranking():
    circle = pd.DataFrame({1: [3, 2, 1], 2: [1, 3, 2], 3: [2, 1, 3]}, index=list("abc"))
    outranking = compute_outranking(circle)
    assert rank_by_majority(outranking) is None
    assert score_copeland(outranking).tolist() == [0, 0, 0]
    assert count_borda(circle).tolist() == [3, 3, 3]


def test_units_alike_share_points_and_rank():
    scores = pd.DataFrame({"x": [2.0, 2.0, 1.0]}, index=list("abc"))
    assert count_borda(scores).tolist() == [1.5, 1.5, 0]
    assert rank_by_majority(compute_outranking(scores)).tolist() == [1, 1, 3]
    assert rank_units(scores["x"]).tolist() == [1, 1, 3]


def test_a_missing_score_has_no_rank_and_no_points():
    assert rank_units(pd.Series([1.0, np.nan])).isna().tolist() == [False, True]
    with pytest.raises(MetricError, match="missing"):
        count_borda(pd.DataFrame({"x": [1.0, np.nan]}))
    with pytest.raises(MetricError, match="weight"):
        count_borda(pd.DataFrame({"x": [1.0, 2.0]}), pd.Series({"y": 1.0}))


def test_stability_of_the_published_rankings():
    oracle = read_case("rank_stability")
    ranks = pd.DataFrame(oracle["inputs"]["ranks"])
    found = measure_rank_stability(ranks, oracle["inputs"]["reference"])
    names = {
        "mean_shift": "mean_abs_rank_shift",
        "greatest_shift": "max_abs_rank_shift",
        "spearman": "spearman",
        "kendall": "kendall_tau_b",
    }
    for scheme, expected in oracle["expected"]["by_scheme"].items():
        for column, key in names.items():
            assert found.loc[scheme, column] == pytest.approx(expected[key], abs=oracle["tolerance"])
    for unit, bounds in oracle["expected"]["rank_interval"].items():
        assert [ranks.loc[unit].min(), ranks.loc[unit].max()] == bounds


def test_stability_is_undefined_for_a_ranking_without_places():
    found = measure_rank_stability(pd.DataFrame({"a": [1, 2, 3], "flat": [1, 1, 1]}), "a")
    assert np.isnan(found.loc["flat", "spearman"])
    assert found.loc["flat", "mean_shift"] == 1
    with pytest.raises(MetricError):
        measure_rank_stability(pd.DataFrame({"a": [1, 2]}), "b")


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_ranks_are_those_of_scipy(values):
    found = rank_units(pd.Series(values, dtype=float))
    assert found.tolist() == stats.rankdata(-np.array(values), method="min").tolist()


@given(matrices)
def test_units_go_in_a_circle_exactly_where_majorities_are_not_transitive(scores):
    outranking = compute_outranking(scores).to_numpy()
    holds = outranking >= outranking.T
    n = len(holds)
    is_transitive = all(
        holds[a, c] for a in range(n) for b in range(n) for c in range(n) if holds[a, b] and holds[b, c]
    )
    assert find_circles(pd.DataFrame(outranking)).any() == (not is_transitive)
    assert (rank_by_majority(pd.DataFrame(outranking)) is not None) == is_transitive


def test_a_circle_of_three_with_one_that_beats_them_all():
    orders = pd.DataFrame({"x": [3, 2, 1, 9], "y": [1, 3, 2, 9], "z": [2, 1, 3, 9]}, index=list("abcd"))
    assert find_circles(compute_outranking(orders)).to_dict() == {"a": True, "b": True, "c": True, "d": False}
