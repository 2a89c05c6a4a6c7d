import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties, make_graph, networks
from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.coverage import measure_coverage


def test_published_isolate():
    oracle = read_case("giant_component")
    inputs, expected = oracle["inputs"], oracle["expected"]
    found = measure_coverage(list_ties(inputs["edges"]), inputs["nodes"])
    assert found.share == pytest.approx(expected["coverage_share_with_tie"], abs=oracle["tolerance"])
    assert found.n - found.connected == len(expected["isolates"])


def test_without_parties_it_is_undefined_and_without_ties_zero():
    assert measure_coverage(list_ties([]), []) is None
    assert measure_coverage(list_ties([]), ["a", "b"]).share == 0


def test_a_tie_with_itself_does_not_count():
    assert measure_coverage(list_ties([("a", "a")]), ["a", "b"]).connected == 0


def test_the_other_end_may_lie_outside():
    found = measure_coverage(list_ties([("a", "far away"), ("abroad", "b")]), ["a", "b", "c"])
    assert found.connected == 2


def test_no_reply_widens_the_interval_and_is_no_zero():
    responded = pd.Series({"a": True, "b": False, "c": False, "d": True}, dtype="boolean")
    found = measure_coverage(list_ties([("a", "b")]), list("abcd"), responded)
    # b did not answer but a named it: its tie is known. c may have one.
    assert (found.share, found.lower, found.upper, found.silent) == (0.5, 0.5, 0.75, 1)


def test_a_blank_or_absent_reply_is_no_reply():
    responded = pd.Series({"a": None, "b": True}, dtype="boolean")
    assert measure_coverage(list_ties([]), list("abc"), responded).silent == 2


def test_a_party_twice_is_refused():
    with pytest.raises(MetricError, match="twice"):
        measure_coverage(list_ties([]), ["a", "a"])


@given(networks(), st.data())
def test_bounds_hold_the_share_and_agree_with_isolates(network, data):
    ties, parties = network
    answers = data.draw(st.lists(st.booleans(), min_size=len(parties), max_size=len(parties)))
    found = measure_coverage(ties, parties, pd.Series(answers, index=parties))
    isolates = [party for party, degree in make_graph(ties, parties).degree if degree == 0]
    assert 0 <= found.lower <= found.share <= found.upper <= 1
    assert found.connected == len(parties) - len(isolates)


@given(networks(minimum=2), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_a_new_tie_never_lowers_it(network, random):
    ties, parties = network
    before = measure_coverage(ties, parties)
    shuffled = random.sample(parties, len(parties))
    assert measure_coverage(ties.sample(frac=1, random_state=1), shuffled) == before
    more = pd.concat([ties, list_ties([tuple(random.sample(parties, 2))])])
    assert measure_coverage(more, parties).share >= before.share
