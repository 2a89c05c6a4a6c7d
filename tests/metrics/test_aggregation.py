import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.aggregation import aggregate, compute_power_mean

METHODS = ("arithmetic", "geometric", "harmonic")
weighted = st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.1, 5)), min_size=1, max_size=10)


def test_means_of_the_peer_library():
    oracle = read_case("aggregation")
    x, w = oracle["inputs"]["x"], oracle["inputs"]["w"]
    for method in METHODS:
        assert aggregate(x, w, method) == pytest.approx(oracle["expected"][method], abs=oracle["tolerance"])
    assert aggregate(x, w, 0.5) == pytest.approx(oracle["expected"]["generalised_p0.5"], abs=oracle["tolerance"])


@given(weighted)
def test_order_of_means_and_bounds(rows):
    x, w = zip(*rows, strict=True)
    arithmetic, geometric, harmonic = (aggregate(x, w, method) for method in METHODS)
    assert max(x) + 1e-12 >= arithmetic >= geometric - 1e-12
    assert geometric >= harmonic - 1e-12
    assert harmonic >= min(x) - 1e-12


@given(weighted, st.floats(0.1, 10))
def test_scale_of_scores_carries_through_and_of_weights_does_not_matter(rows, factor):
    x, w = (np.array(column) for column in zip(*rows, strict=True))
    for method in METHODS:
        base = aggregate(x, w, method)
        assert aggregate(x * factor, w, method) == pytest.approx(base * factor)
        assert aggregate(x, w * factor, method) == pytest.approx(base)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=10))
def test_agrees_with_scipy(x):
    assert aggregate(x, method="geometric") == pytest.approx(stats.gmean(x))
    assert aggregate(x, method="harmonic") == pytest.approx(stats.hmean(x))


def test_a_zero_makes_the_geometric_mean_zero_unless_floored():
    assert aggregate([0, 0.9], method="geometric") == 0
    assert aggregate([0, 0.9], method="harmonic") == 0
    assert aggregate([0, 0.9], method="arithmetic") == pytest.approx(0.45)
    assert aggregate([0, 0.9], method="geometric", floor=0.01) == pytest.approx((0.01 * 0.9) ** 0.5)


def test_a_negative_score_has_an_arithmetic_mean_only():
    assert aggregate([-0.1, 0.9]) == pytest.approx(0.4)
    assert aggregate([-0.1, 0.9], method="geometric") is None
    assert aggregate([-0.1, 0.9], method="harmonic") is None


@pytest.mark.parametrize(
    "arguments", [([],), ([0.5, np.nan],), ([0.5], [1, 2]), ([0.5], [0]), ([0.5, 1], [1, -1]), ([0.5], None, "median")]
)
def test_what_cannot_be_aggregated_is_refused(arguments):
    with pytest.raises(MetricError):
        aggregate(*arguments)


def test_many_at_once_are_each_alone_and_missing_scores_leave_with_their_weight():
    scores = np.array([[[0.2, 0.5, 0.9], [0.1, np.nan, 0.3]], [[1, 1, 1], [np.nan] * 3]])
    weights = np.array([[1.0, 2, 1], [1, 1, 2]])[:, None, :]
    for method, power in zip(METHODS, (1.0, 0.0, -1.0), strict=True):
        found = compute_power_mean(scores, weights, power)
        assert found[0, 0] == pytest.approx(aggregate([0.2, 0.5, 0.9], [1, 2, 1], method))
        assert found[0, 1] == pytest.approx(aggregate([0.1, 0.3], [1, 1], method))
        assert found[1, 0] == pytest.approx(1)
        assert np.isnan(found[1, 1])
