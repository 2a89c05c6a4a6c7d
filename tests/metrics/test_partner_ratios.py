import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties, networks
from zonebook.errors import MetricError
from zonebook.metrics.concentration import compute_concentration_ratio
from zonebook.metrics.partner_concentration import measure_partner_concentration
from zonebook.metrics.partner_ratios import compute_partner_ratios

TIES = list_ties([("s", "b"), ("t", "b"), ("u", "b"), ("s", "c")], [20.0, 50.0, 30.0, 30.0])


def test_by_hand():
    found = measure_partner_concentration(TIES, ["b", "c"])
    assert compute_partner_ratios(found, k=2) == pytest.approx([0.8, 1])
    assert compute_partner_ratios(found, k=3).tolist() == [1, 1]


def test_a_ratio_counts_at_least_one_partner():
    with pytest.raises(MetricError, match="at least one"):
        compute_partner_ratios(measure_partner_concentration(TIES, ["b"]), k=0)


@given(networks(), st.integers(1, 5))
def test_each_ratio_agrees_with_the_plain_one(network, k):
    ties, parties = network
    found = measure_partner_concentration(ties, parties)
    ratios = dict(zip(found.index, compute_partner_ratios(found, k), strict=True))
    for buyer in parties:
        bought = ties[(ties["to_party"] == buyer) & (ties["from_party"] != buyer)]
        plain = compute_concentration_ratio(bought.groupby("from_party")["value_rub"].sum().to_numpy(), k)
        assert ratios.get(buyer) == (None if plain is None else pytest.approx(plain.share))
