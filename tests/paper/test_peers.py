"""Places among peers: bounded by the intervals, never from reported figures, coarse enough to stand small changes."""

from hypothesis import given
from hypothesis import strategies as st

from standing_rows import row
from zonebook.metrics.result import Evidence
from zonebook.paper.peers import Span, find_place, find_places, gather_peers, key_of

numbers = st.floats(-1e6, 1e6)
spans = st.tuples(numbers, numbers, numbers).map(lambda three: Span(sorted(three)[1], min(three), max(three)))


@given(own=spans, others=st.lists(spans, max_size=12))
def test_a_place_lies_between_first_and_last(own: Span, others: list[Span]) -> None:
    place = find_place(own, others)
    assert 1 <= place.best <= place.worst <= place.of == len(others) + 1
    assert all(-0.02 <= value <= 1.02 for value in (*place.own, *place.others))


@given(others=st.lists(numbers, min_size=1, max_size=12, unique=True))
def test_exact_values_have_one_place_each(others: list[float]) -> None:
    exact = [Span(value, value, value) for value in others]
    places = [find_place(one, [other for other in exact if other is not one]) for one in exact]
    assert sorted(place.best for place in places) == list(range(1, len(others) + 1))
    assert all(place.best == place.worst for place in places)


def test_reported_figures_are_ranked_with_nothing() -> None:
    told = row("X04", 0.1, evidence=Evidence.REPORTED)
    known = row("X04", 0.2, scope_id="other")
    assert gather_peers([told]) == {}
    assert gather_peers([told, known]) == {key_of(known): {"other": Span(0.2, 0.2, 0.2)}}


def test_too_few_are_not_ranked() -> None:
    peers = {("zone", "X04", 2024, "FY"): {name: Span(1, 1, 1) for name in "abc"}}
    assert find_places(peers, "zone", "a", 4) == {}
    assert find_places(peers, "region", "a", 3) == {}
    assert find_places(peers, "zone", "a", 3)["zone", "X04", 2024, "FY"].worst == 3
