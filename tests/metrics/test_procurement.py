import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import list_ties, networks
from zonebook.errors import DataError
from zonebook.metrics.local_amounts import list_local_amounts
from zonebook.metrics.procurement import (
    measure_local_purchases,
    measure_local_sales,
    measure_register_cover,
    sum_local,
)
from zonebook.metrics.tie_totals import sum_tie_values

TIES = list_ties([("a", "b"), ("b", "a"), ("far", "a"), ("a", "far")], [30.0, 10.0, 90.0, 50.0])


def test_the_zone_is_a_ratio_of_sums_and_not_a_mean_of_ratios():
    found = measure_local_purchases(TIES, ["a", "b"], pd.Series({"a": 100.0, "b": 60.0}))
    assert found.share == pytest.approx(40 / 160)
    assert found.by_party["share"].tolist() == pytest.approx([0.1, 0.5])
    assert found.share != pytest.approx(found.by_party["share"].mean())


def test_sales_are_the_mirror():
    found = measure_local_sales(TIES, ["a", "b"], pd.Series({"a": 80.0, "b": 20.0}))
    assert found.share == pytest.approx(0.4)
    assert found.by_party["share"].tolist() == pytest.approx([30 / 80, 0.5])


def test_without_totals_only_the_numerator_is_known():
    found = measure_local_purchases(TIES, ["a", "b"])
    assert (found.share, found.local_rub, found.total_rub, found.without_total) == (None, 40, None, 2)


def test_a_resident_without_a_total_is_in_neither_side():
    found = measure_local_purchases(TIES, ["a", "b"], pd.Series({"a": 100.0, "b": np.nan}))
    assert (found.share, found.known_local_rub, found.local_rub, found.without_total) == (0.1, 10, 40, 1)


def test_a_total_of_zero_is_undefined_and_no_local_purchases_are_zero():
    assert measure_local_purchases(list_ties([], []), ["a"], pd.Series({"a": 0.0})).share is None
    assert measure_local_purchases(list_ties([], []), ["a"], pd.Series({"a": 5.0})).share == 0
    assert measure_local_purchases(list_ties([], []), []).share is None


def test_more_than_the_whole_is_a_data_error_with_its_place():
    with pytest.raises(DataError, match="party b: local amounts of 30 RUB exceed the total of 20 RUB"):
        measure_local_purchases(TIES, ["a", "b"], pd.Series({"a": 100.0, "b": 20.0}))


def test_ties_without_a_value_are_counted_and_loops_are_none():
    ties = list_ties([("a", "b"), ("a", "b"), ("b", "b")], [10.0, np.nan, 99.0])
    found = measure_local_purchases(ties, ["a", "b"], pd.Series({"a": 1.0, "b": 100.0}))
    assert (found.local_rub, found.ties_without_value) == (10, 1)


def test_ties_without_a_value_leave_room_up_to_the_total():
    ties = list_ties([("a", "b"), ("a", "b"), ("far", "b")], [10.0, np.nan, 60.0])
    found = measure_local_purchases(ties, ["a", "b"], pd.Series({"a": 100.0, "b": 100.0}))
    assert (found.share, found.upper) == (0.05, pytest.approx(0.2))
    # What the ledger holds already leaves no room.
    full = measure_local_purchases(ties, ["a", "b"], pd.Series({"a": 100.0, "b": 70.0}))
    assert full.upper == full.share


def test_some_residents_are_summed_like_all():
    found = list_local_amounts(TIES, ["a", "b"], pd.Series({"a": 100.0, "b": 20.0}))
    assert found.has_excess
    some = found.select(np.array([0]))
    assert not some.has_excess
    assert sum_local(some).share == 0.1


def test_cover_of_a_register():
    found = list_local_amounts(TIES, ["a", "b"], pd.Series({"a": 200.0}))
    assert measure_register_cover(found) == 0.5
    assert measure_register_cover(list_local_amounts(TIES, ["a", "b"])) is None
    assert measure_register_cover(list_local_amounts(TIES, ["a"], pd.Series({"a": 50.0}))) == 2


@given(networks(minimum=2), st.floats(0.001, 1000))
def test_shares_keep_their_bounds_and_ignore_scale(network, factor):
    ties, parties = network
    residents = parties[: len(parties) // 2 + 1]
    found = measure_local_purchases(ties, residents, sum_tie_values(ties))
    scaled = ties.assign(value_rub=ties["value_rub"] * factor)
    again = measure_local_purchases(scaled, residents, sum_tie_values(scaled))
    if found.share is None:
        assert again.share is None
    else:
        assert 0 <= found.share <= 1 + 1e-9
        assert again.share == pytest.approx(found.share)


@given(networks(minimum=2))
def test_local_sales_are_local_purchases(network):
    ties, parties = network
    residents = parties[: len(parties) // 2 + 1]
    bought, sold = measure_local_purchases(ties, residents), measure_local_sales(ties, residents)
    assert bought.local_rub == pytest.approx(sold.local_rub)


@given(networks(minimum=2))
def test_the_zone_lies_between_its_residents_and_agrees_with_groupby(network):
    ties, parties = network
    residents = parties[: len(parties) // 2 + 1]
    found = measure_local_purchases(ties, residents, sum_tie_values(ties))
    shares = found.by_party["share"].dropna().astype(float)
    if found.share is not None:
        assert shares.min() - 1e-9 <= found.share <= shares.max() + 1e-9
        bought = ties[ties["to_party"].isin(residents) & (ties["from_party"] != ties["to_party"])]
        by_origin = bought.groupby(bought["from_party"].isin(residents))["value_rub"].sum()
        assert found.share == pytest.approx(by_origin.get(True, 0.0) / by_origin.sum())
