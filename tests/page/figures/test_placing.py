"""Places of members: the same for the same ids, apart from each other, and steady when one more comes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.page.figures.placing import find_radius, place_group


def _pairs(size: int, seed: int) -> np.ndarray:
    chosen = np.random.default_rng(seed).integers(0, size, size=(2 * size, 2))
    return chosen[chosen[:, 0] != chosen[:, 1]]


def test_places_follow_from_the_ids() -> None:
    ids = [f"firm-{index}" for index in range(40)]
    np.testing.assert_array_equal(place_group(ids, _pairs(40, 1)), place_group(list(ids), _pairs(40, 1)))
    assert not np.allclose(place_group(ids, _pairs(40, 1)), place_group([f"x{name}" for name in ids], _pairs(40, 1)))


@pytest.mark.parametrize("size", [20, 60, 150])
def test_one_more_member_moves_others_little(size: int) -> None:
    ids = [f"firm-{index}" for index in range(size)]
    ties = _pairs(size, size)
    before = place_group(ids, ties)
    after = place_group([*ids, "firm-new"], np.vstack([ties, [[0, size], [1, size]]]))[:size]
    moved = np.hypot(*(after - before).T)
    assert np.median(moved) < 0.35
    assert np.quantile(moved, 0.9) < 1.0


@given(st.integers(1, 120))
def test_members_stand_in_their_disc_and_apart(size: int) -> None:
    places = place_group(
        [f"n{index}" for index in range(size)], _pairs(size, size) if size > 1 else np.zeros((0, 2), int)
    )
    assert places.shape == (size, 2)
    assert np.hypot(*places.T).max() <= find_radius(size) + 0.6
    if size > 1:
        distance = np.hypot(*(places[:, None] - places[None, :]).transpose(2, 0, 1))
        np.fill_diagonal(distance, np.inf)
        assert np.median(distance.min(axis=1)) > 0.7


def test_nobody_has_no_place() -> None:
    assert place_group([], np.zeros((0, 2), int)).shape == (0, 2)


def test_a_disc_grows_with_its_group_and_by_steps() -> None:
    assert find_radius(41) == find_radius(48)
    assert find_radius(49) > find_radius(48)
