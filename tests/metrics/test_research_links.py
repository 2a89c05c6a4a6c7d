import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties
from zonebook.metrics.research_links import measure_research_links

KINDS = pd.Series({"uni": "university", "lab": "institute", "firm": "firm", "a": "resident"})


def list_research(pairs, kind="r_and_d"):
    return list_ties(pairs).assign(kind=kind)


def test_by_hand_in_either_direction():
    ties = list_research([("a", "uni"), ("lab", "b"), ("b", "uni")])
    assert measure_research_links(ties, ["a", "b", "c", "d"], KINDS).share == 0.5


@pytest.mark.parametrize(
    "ties", [list_research([("a", "uni")], "supply"), list_research([("a", "firm")]), list_research([])]
)
def test_other_kinds_and_other_partners_do_not_count(ties):
    assert measure_research_links(ties, ["a"], KINDS).share == 0


def test_without_residents_it_is_undefined():
    assert measure_research_links(list_research([]), [], KINDS) is None


def test_those_that_did_not_answer_widen_the_interval():
    found = measure_research_links(list_research([("a", "uni")]), list("abc"), KINDS, pd.Series({"a": True, "b": True}))
    assert (found.share, found.upper) == (1 / 3, 2 / 3)
    assert measure_research_links(list_research([("a", "uni")]), ["a"], KINDS, kinds={"institute"}).share == 0


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["uni", "lab", "firm"])), max_size=10))
def test_it_is_the_share_of_residents_with_such_a_tie(pairs):
    found = measure_research_links(list_research(pairs), list("abcd"), KINDS)
    assert found.share == len({resident for resident, partner in pairs if partner != "firm"}) / 4
