import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties
from zonebook.metrics.research_links import compute_research_link_share

KINDS = pd.Series({"uni": "university", "lab": "institute", "firm": "firm", "a": "resident"})


def list_research(pairs, kind="r_and_d"):
    return list_ties(pairs).assign(kind=kind)


def test_by_hand_in_either_direction():
    ties = list_research([("a", "uni"), ("lab", "b"), ("b", "uni")])
    assert compute_research_link_share(ties, ["a", "b", "c", "d"], KINDS) == 0.5


@pytest.mark.parametrize(
    "ties", [list_research([("a", "uni")], "supply"), list_research([("a", "firm")]), list_research([])]
)
def test_other_kinds_and_other_partners_do_not_count(ties):
    assert compute_research_link_share(ties, ["a"], KINDS) == 0


def test_without_residents_it_is_undefined():
    assert compute_research_link_share(list_research([]), [], KINDS) is None


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["uni", "lab", "firm"])), max_size=10))
def test_it_is_the_share_of_residents_with_such_a_tie(pairs):
    found = compute_research_link_share(list_research(pairs), list("abcd"), KINDS)
    assert found == len({resident for resident, partner in pairs if partner != "firm"}) / 4
