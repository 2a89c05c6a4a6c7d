import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from networks import list_ties, networks
from zonebook.errors import MetricError
from zonebook.metrics.concentration import compute_concentration
from zonebook.metrics.partner_concentration import measure_partner_concentration, net_by_partner

TIES = list_ties([("s", "b"), ("t", "b"), ("s", "c"), ("s", "b")], [20.0, 50.0, 30.0, 30.0])


def test_by_hand_the_mean_is_weighted_by_purchases():
    found = measure_partner_concentration(TIES, ["b", "c"])
    assert found.by_party["hhi"].to_dict() == {"b": pytest.approx(0.5), "c": 1.0}
    assert found.mean == pytest.approx((100 * 0.5 + 30 * 1) / 130)
    assert found.by_party["normalised"]["b"] == pytest.approx(0)
    assert found.by_party["normalised"]["c"] is pd.NA
    assert found.by_party["largest_share"]["b"] == 0.5
    assert found.by_party["n_partners"].to_dict() == {"b": 2, "c": 1}


def test_customers_are_the_other_side():
    found = measure_partner_concentration(TIES, ["s", "t"], side="customer")
    assert found.by_party["hhi"]["s"] == pytest.approx((50 / 80) ** 2 + (30 / 80) ** 2)
    assert found.by_party["hhi"]["t"] == 1


def test_returns_are_netted_first():
    ties = list_ties([("s", "b"), ("s", "b"), ("t", "b")], [100.0, -40.0, 60.0])
    assert measure_partner_concentration(ties, ["b"]).by_party["hhi"]["b"] == pytest.approx(0.5)
    gone = list_ties([("s", "b"), ("s", "b"), ("t", "b")], [0.3, -0.1 - 0.2, 60.0])
    assert measure_partner_concentration(gone, ["b"]).by_party["n_partners"]["b"] == 1


def test_a_buyer_still_negative_is_rejected_by_name():
    ties = list_ties([("s", "b"), ("t", "b"), ("s", "c")], [-5.0, 60.0, 10.0])
    found = measure_partner_concentration(ties, ["b", "c"])
    assert found.rejected == ("b",)
    assert found.by_party.index.tolist() == ["c"]
    assert found.mean == 1


def test_no_purchases_are_undefined():
    for ties in (list_ties([], []), list_ties([("s", "b")], [np.nan]), list_ties([("b", "b")], [5.0])):
        found = measure_partner_concentration(ties.astype({"value_rub": float}), ["b"])
        assert found.mean is None
        assert found.by_party.empty


def test_another_side_is_refused():
    with pytest.raises(MetricError, match="supplier"):
        net_by_partner(TIES, ["b"], side="lender")


@given(networks())
def test_each_resident_agrees_with_the_plain_index(network):
    ties, parties = network
    found = measure_partner_concentration(ties, parties).by_party
    for buyer in parties:
        bought = ties[(ties["to_party"] == buyer) & (ties["from_party"] != buyer)]
        plain = compute_concentration(bought.groupby("from_party")["value_rub"].sum().to_numpy())
        if plain is None:
            assert buyer not in found.index
        else:
            assert found["hhi"][buyer] == pytest.approx(plain.hhi)
            assert found["effective_number"][buyer] == pytest.approx(plain.effective_number)
