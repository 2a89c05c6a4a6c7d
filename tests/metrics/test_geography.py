import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from zonebook.errors import MetricError
from zonebook.metrics.geography import distance_quantile, great_circle_km, hill_number, mean_distance, median_distance

weights = st.lists(st.floats(1e-6, 1e9), min_size=1, max_size=20)
latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
SPIDERS = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, *[2] * 4, *[1] * 12]


@pytest.mark.parametrize(("order", "published"), [(0, 26), (1, 12.06), (2, 7.84)])
def test_published_effective_numbers(order, published):
    assert hill_number(SPIDERS, order) == pytest.approx(published, abs=0.005)


@given(weights)
def test_effective_numbers_agree_with_scipys_entropy_and_the_inverse_simpson(values):
    shares = np.array(values) / np.sum(values)
    assert hill_number(values, 1) == pytest.approx(math.exp(entropy(shares)), rel=1e-9)
    assert hill_number(values, 2) == pytest.approx(1 / np.sum(shares**2), rel=1e-9)
    assert hill_number(values, math.inf) == pytest.approx(1 / shares.max(), rel=1e-9)


@given(weights, st.floats(1e-6, 1e6), st.floats(0, 5), st.randoms(use_true_random=False))
def test_effective_numbers_know_neither_scale_nor_order_of_partners(values, scale, order, random):
    found = hill_number(values, order)
    shuffled = list(values)
    random.shuffle(shuffled)
    assert hill_number(shuffled, order) == pytest.approx(found, rel=1e-6)
    assert hill_number([value * scale for value in values], order) == pytest.approx(found, rel=1e-6)
    assert 1 <= found <= len(values)


@given(weights)
def test_effective_numbers_fall_with_their_order_and_pass_through_order_one(values):
    found = [hill_number(values, order) for order in (0, 0.5, 1, 2, 3)]
    assert all(later <= earlier * (1 + 1e-9) for earlier, later in itertools.pairwise(found))
    assert hill_number(values, 1 + 1e-6) == pytest.approx(hill_number(values, 1), rel=1e-3)


def test_partners_of_equal_weight_count_fully_and_zeros_not_at_all():
    assert hill_number([3, 3, 3, 3], 1) == pytest.approx(4)
    assert hill_number([5, 0, 0], 0) == 1
    assert hill_number([1e-300, 1e300], 2) == 1


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_no_partner_is_undefined_and_not_zero(values):
    assert hill_number(values, 1) is None


@pytest.mark.parametrize(("values", "order"), [([-1, 2], 1), ([math.nan], 1), ([1], -1), ([1], math.nan)])
def test_weights_and_orders_below_zero_are_refused(values, order):
    with pytest.raises(MetricError, match="at least zero"):
        hill_number(values, order)


def test_published_distance():
    assert great_circle_km(-34.83333, -58.5166646, 49.0083899664, 2.53844117956) == pytest.approx(11099.54, abs=0.005)


@given(latitudes, longitudes, latitudes, longitudes, st.floats(-180, 180))
def test_distances_are_symmetric_bounded_and_turn_with_the_globe(north, east, north2, east2, turn):
    there = float(great_circle_km(north, east, north2, east2))
    assert there == pytest.approx(float(great_circle_km(north2, east2, north, east)), abs=1e-6)
    assert 0 <= there <= math.pi * 6371 + 1e-6
    assert float(great_circle_km(north, east + turn, north2, east2 + turn)) == pytest.approx(there, abs=1e-3)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distances_agree_with_the_angle_between_vectors(north, east, north2, east2):
    def vector(latitude, longitude):
        phi, lam = math.radians(latitude), math.radians(longitude)
        return np.array([math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)])

    a, b = vector(north, east), vector(north2, east2)
    angle = math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b))
    assert float(great_circle_km(north, east, north2, east2)) == pytest.approx(6371 * angle, abs=1e-3)


def test_the_same_place_is_nowhere_else_and_a_missing_one_has_no_distance():
    assert great_circle_km(55.75, 37.62, 55.75, 37.62) == 0
    assert np.isnan(great_circle_km(55.75, 37.62, np.nan, 37.62))
    with pytest.raises(MetricError, match="latitude"):
        great_circle_km(91, 0, 0, 0)


@given(st.lists(st.tuples(st.floats(0, 2e4), st.floats(1e-3, 1e6)), min_size=1, max_size=20))
def test_mean_and_median_lie_between_the_shortest_and_the_longest(pairs):
    lengths, loads = zip(*pairs, strict=True)
    mean, median = mean_distance(lengths, loads), median_distance(lengths, loads)
    assert mean == pytest.approx(np.average(lengths, weights=loads), rel=1e-9, abs=1e-9)
    assert min(lengths) <= mean <= max(lengths)
    assert median in lengths
    below = sum(w for d, w in pairs if d < median)
    assert below < sum(loads) / 2 * (1 + 1e-9)


def test_the_median_is_the_lower_one_and_weighs():
    assert median_distance([4, 1, 3, 2]) == 2
    assert median_distance([1, 2, 3], [1, 1, 5]) == 3


@pytest.mark.parametrize(("lengths", "loads"), [([], None), ([1, 2], [0, 0])])
def test_no_tie_has_no_distance(lengths, loads):
    assert mean_distance(lengths, loads) is None
    assert median_distance(lengths, loads) is None


@pytest.mark.parametrize(("lengths", "loads"), [([-1], None), ([1], [1, 2]), ([1], [-1]), ([math.nan], None)])
def test_impossible_distances_and_weights_are_refused(lengths, loads):
    with pytest.raises(MetricError):
        mean_distance(lengths, loads)


@given(st.lists(st.tuples(st.floats(0, 2e4), st.floats(0, 1e6)), min_size=1), st.floats(0, 1))
def test_within_a_quantile_lies_its_share_of_the_weight_and_below_it_less(pairs, share):
    lengths, loads = (np.array(column) for column in zip(*pairs, strict=True))
    found = distance_quantile(lengths.tolist(), share, loads.tolist())
    if loads.sum() == 0:
        assert found is None
        return
    assert found in lengths[loads > 0]
    assert loads[lengths <= found].sum() >= share * loads.sum() * (1 - 1e-9)
    assert loads[lengths < found].sum() <= share * loads.sum() * (1 + 1e-9)


def test_quantiles_agree_with_numpys_inverse_of_the_distribution():
    lengths = [float(number**2 % 101) for number in range(37)]
    for share in (0.1, 0.25, 0.5, 0.75, 0.9, 1.0):
        assert distance_quantile(lengths, share) == np.quantile(lengths, share, method="inverted_cdf")


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_impossible_shares_are_refused(share):
    with pytest.raises(MetricError):
        distance_quantile([1.0], share)
