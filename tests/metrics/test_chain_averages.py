import pandas as pd
import pytest

from networks import list_ties
from zonebook.errors import MetricError
from zonebook.metrics.chain_averages import combine_chains
from zonebook.metrics.value_chain import measure_chain

NO_TIES = list_ties([])


def list_capabilities(found, capable=None):
    frame = pd.DataFrame(found, columns=["stage", "party_id"]).assign(chain_id="k")
    return frame if capable is None else frame.assign(capable=pd.array(capable, dtype="boolean"))


def test_the_zone_is_a_weighted_mean():
    capable = list_capabilities([("research", "a"), ("pilot", "b"), ("serial", "c")])
    full = measure_chain("k", capable, list_ties([("a", "b"), ("b", "c")]))
    empty = measure_chain("empty", capable, NO_TIES)
    assert combine_chains([full, empty]).value == 0.5
    found = combine_chains([full, empty], {"k": 3, "empty": 1})
    assert (found.value, found.link_share) == (0.75, 0.75)


def test_zones_without_chains_or_weights():
    chain = measure_chain("k", list_capabilities([]), NO_TIES)
    assert combine_chains([]) is None
    assert combine_chains([chain], {"k": 0}) is None
    with pytest.raises(MetricError, match="no weight"):
        combine_chains([chain], {})
    with pytest.raises(MetricError, match="negative"):
        combine_chains([chain], {"k": -1})


def test_links_are_over_chains_that_can_have_them():
    single = measure_chain("k", list_capabilities([]), NO_TIES, ["serial"])
    assert combine_chains([single]).link_share is None
    assert combine_chains([single, measure_chain("k", list_capabilities([]), NO_TIES)]).link_share == 0


def test_unknown_stages_bound_the_zone_and_its_links():
    capable = list_capabilities([("research", "lab"), ("pilot", "shop"), ("serial", "plant")], [True, None, True])
    found = measure_chain("k", capable, NO_TIES)
    gap = measure_chain("k", list_capabilities([("research", "lab"), ("serial", "plant")]), NO_TIES)
    zone = combine_chains([found, gap])
    assert (zone.lower, zone.upper) == (pytest.approx(2 / 3), pytest.approx(5 / 6))
    assert (zone.link_share, zone.link_upper) == (0, 0.5)
