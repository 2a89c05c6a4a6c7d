import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from networks import draw_ties, grouped_networks, list_ties
from zonebook.errors import MetricError
from zonebook.metrics.expected_openness import compute_ei_from_sizes, simulate_expected_ei
from zonebook.metrics.openness import measure_ei


def test_a_small_group_is_external_by_arithmetic():
    assert compute_ei_from_sizes({"small": 2, "rest": 98}, "small") == pytest.approx((196 - 1) / (196 + 1))
    assert compute_ei_from_sizes({"all": 5}) == -1
    assert compute_ei_from_sizes({"x": 1}) is None


@pytest.mark.parametrize("weighted", [False, True])
def test_permutations_average_to_the_exact_value(weighted):
    ties = draw_ties(30, 120, seed=3)
    groups = pd.Series(["x"] * 5 + ["y"] * 10 + ["z"] * 15)
    found = simulate_expected_ei(ties, groups, weighted=weighted, draws=4000, seed=5)
    assert found.mean == pytest.approx(compute_ei_from_sizes({"x": 5, "y": 10, "z": 15}), abs=0.01)
    assert found.lower < found.mean < found.upper


def test_permutations_of_one_group_average_close_to_its_size():
    ties = draw_ties(60, 600, seed=4)
    groups = pd.Series(["x"] * 12 + ["y"] * 48)
    found = simulate_expected_ei(ties, groups, group="x", draws=2000, seed=5)
    assert found.mean == pytest.approx(compute_ei_from_sizes({"x": 12, "y": 48}, "x"), abs=0.02)


def test_permutations_agree_with_a_plain_loop():
    ties, parties = draw_ties(12, 30, seed=1), range(12)
    groups = pd.Series(list("xxyyyyzzzzzz"), index=parties)
    found = simulate_expected_ei(ties, groups, group="y", weighted=True, draws=500, seed=9)
    generator, looped = np.random.default_rng(10), []
    for _ in range(2000):
        dealt = pd.Series(generator.permutation(groups.to_numpy()), index=parties)
        looped.append(measure_ei(ties, dealt, group="y", weighted=True).value)
    assert found.mean == pytest.approx(np.mean(looped), abs=0.03)
    assert found.lower == pytest.approx(np.quantile(looped, 0.05), abs=0.06)


def test_the_seed_decides():
    ties, groups = draw_ties(20, 50, seed=2), pd.Series(list("xy") * 10)
    assert simulate_expected_ei(ties, groups, seed=1) == simulate_expected_ei(ties, groups, seed=1)
    assert simulate_expected_ei(ties, groups, seed=1) != simulate_expected_ei(ties, groups, seed=2)


def test_without_ties_or_draws():
    groups = pd.Series({"a": "x", "b": "y"})
    assert simulate_expected_ei(list_ties([]), groups) is None
    with pytest.raises(MetricError, match="draw"):
        simulate_expected_ei(list_ties([("a", "b")]), groups, draws=0)


@given(grouped_networks())
def test_bounds(network):
    ties, groups = network
    found = simulate_expected_ei(ties, groups, draws=20, seed=0)
    if found is not None:
        assert -1 <= found.lower <= found.upper <= 1
        assert -1 <= found.mean <= 1
