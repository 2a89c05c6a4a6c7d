import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties
from zonebook.errors import MetricError
from zonebook.metrics.value_chain import CORE_STAGES, STAGES, list_stages, measure_chain

NO_TIES = list_ties([])
rows = st.lists(st.tuples(st.sampled_from(STAGES), st.sampled_from("abcde")), max_size=12, unique=True)
pairs = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=10)


def list_capabilities(found, capable=None):
    frame = pd.DataFrame(found, columns=["stage", "party_id"]).assign(chain_id="k")
    return frame if capable is None else frame.assign(capable=pd.array(capable, dtype="boolean"))


def test_by_hand_a_chain_with_a_gap():
    capable = list_capabilities([("research", "lab"), ("pilot", "shop"), ("serial", "plant")])
    found = measure_chain("k", capable, list_ties([("shop", "lab"), ("lab", "plant")]))
    assert (found.completeness, found.upper) == (1, 1)
    assert found.linked == ("research",)
    assert found.link_share == 0.5


def test_a_chain_without_any_party_is_a_true_zero():
    found = measure_chain("k", list_capabilities([]), NO_TIES)
    assert (found.completeness, found.upper, found.link_share) == (0, 0, 0)
    other = list_capabilities([("research", "lab")]).assign(chain_id="other")
    assert measure_chain("k", other, NO_TIES).completeness == 0


def test_an_unknown_stage_widens_the_interval():
    capable = list_capabilities([("research", "lab"), ("pilot", "shop"), ("serial", "plant")], [True, None, False])
    found = measure_chain("k", capable, NO_TIES)
    assert (found.completeness, found.upper) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (found.present, found.unknown) == (("research",), ("pilot",))


def test_a_known_party_outweighs_an_unknown_one():
    capable = list_capabilities([("research", "lab"), ("research", "other")], [True, None])
    assert measure_chain("k", capable, NO_TIES).unknown == ()


def test_one_stage_has_no_links():
    found = measure_chain("k", list_capabilities([("serial", "plant")]), NO_TIES, ["serial"])
    assert (found.completeness, found.link_share) == (1, None)


def test_a_party_of_both_stages_is_in_house_and_no_tie():
    capable = list_capabilities([("research", "lab"), ("pilot", "lab")])
    found = measure_chain("k", capable, list_ties([("lab", "lab")]))
    assert (found.linked, found.in_house) == ((), ("research",))


def test_an_unknown_stage_may_be_linked():
    capable = list_capabilities([("research", "lab"), ("pilot", "shop"), ("serial", "plant")], [True, None, True])
    found = measure_chain("k", capable, NO_TIES)
    assert (found.link_share, found.link_upper) == (0, 1)
    gap = measure_chain("k", list_capabilities([("research", "lab"), ("serial", "plant")]), NO_TIES)
    assert (gap.link_share, gap.link_upper) == (0, 0)


def test_parties_of_each_stage_are_counted_once():
    capable = list_capabilities([("research", "lab"), ("research", "other"), ("serial", "lab"), ("serial", "lab")])
    assert measure_chain("k", capable, NO_TIES).parties == (2, 0, 1)


def test_service_is_a_stage_where_it_is_on_record():
    capable = list_capabilities([("service", "shop"), ("serial", "plant")])
    assert list_stages(capable, "k") == STAGES
    assert list_stages(capable, "other") == CORE_STAGES


def test_service_counts_only_where_asked():
    capable = list_capabilities([("service", "shop")])
    assert measure_chain("k", capable, NO_TIES).completeness == 0
    assert measure_chain("k", capable, NO_TIES, STAGES).completeness == 0.25


@pytest.mark.parametrize("stages", [[], ["serial", "serial"]])
def test_stages_are_a_list_without_repeats(stages):
    with pytest.raises(MetricError, match="stages"):
        measure_chain("k", list_capabilities([]), NO_TIES, stages)


@given(rows, pairs, st.tuples(st.sampled_from(CORE_STAGES), st.sampled_from("abcde")))
def test_a_capability_never_lowers_completeness_or_links(found, ties, more):
    before = measure_chain("k", list_capabilities(found), list_ties(ties))
    after = measure_chain("k", list_capabilities([*found, more]), list_ties(ties))
    assert after.completeness >= before.completeness
    assert after.link_share >= before.link_share
    assert 0 <= before.completeness <= before.upper <= 1


@given(rows, pairs)
def test_a_link_needs_both_stages_and_no_direction(found, ties):
    chain = measure_chain("k", list_capabilities(found), list_ties(ties))
    turned = measure_chain("k", list_capabilities(found[::-1]), list_ties([(b, a) for a, b in ties]))
    assert turned == chain
    for one, other in itertools.pairwise(CORE_STAGES):
        assert one not in chain.linked or {one, other} <= set(chain.present)
