"""Scales and ticks."""

from hypothesis import given
from hypothesis import strategies as st

from zonebook.page.figures.scale import Scale, choose_ticks


@given(st.floats(min_value=1e-3, max_value=1e15), st.integers(min_value=2, max_value=8))
def test_ticks_begin_at_zero_and_reach_the_maximum(maximum: float, wanted: int) -> None:
    ticks = choose_ticks(maximum, wanted)
    assert ticks[0] == 0
    assert ticks[-2] < maximum * (1 + 1e-6)
    assert ticks[-1] >= maximum * (1 - 1e-6)
    assert len(ticks) <= wanted + 2


def test_a_scale_places_its_ends_and_survives_an_empty_range() -> None:
    scale = Scale(0, 10, 200, 20)
    assert (scale(0), scale(10), scale(5)) == (200, 20, 110)
    assert Scale(3, 3, 7, 9)(3) == 7
