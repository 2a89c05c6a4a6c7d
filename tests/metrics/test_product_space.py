import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.comparative_advantage import compute_rca, mark_advantages
from zonebook.metrics.product_space import compute_density, compute_proximity, find_opportunities

matrices = hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=7))


def test_proximity_and_both_densities_of_world_trade():
    oracle = read_case("product_space")
    inputs, expected = oracle["inputs"], oracle["expected"]
    trade = pd.DataFrame(inputs["X_usd_mn"], index=inputs["countries"], columns=inputs["sections"])
    advantages = mark_advantages(compute_rca(trade))
    proximity = compute_proximity(advantages)
    np.testing.assert_allclose(proximity, expected["proximity"], atol=oracle["tolerance"])
    with_itself = compute_density(advantages, proximity, counts_itself=True)
    np.testing.assert_allclose(with_itself, expected["density_ecomplexity"], atol=oracle["tolerance"])
    without = compute_density(advantages, proximity, counts_itself=False)
    np.testing.assert_allclose(without, expected["density_excl_self"], atol=oracle["tolerance"])
    assert np.abs(with_itself - without).max(axis=None) > 0.1


@given(matrices)
def test_proximity_is_symmetric_between_zero_and_one(values):
    found = compute_proximity(pd.DataFrame(values)).to_numpy()
    np.testing.assert_array_equal(found, found.T)
    assert ((found >= 0) & (found <= 1)).all()
    np.testing.assert_array_equal(np.diag(found), 1)


@given(matrices, st.booleans())
def test_density_is_between_zero_and_one_and_grows_with_advantages(values, itself):
    advantages = pd.DataFrame(values)
    proximity = compute_proximity(advantages)
    found = compute_density(advantages, proximity, counts_itself=itself).to_numpy()
    known = ~np.isnan(found)
    assert ((found[known] >= 0) & (found[known] <= 1 + 1e-12)).all()
    everything = compute_density(advantages | True, proximity, counts_itself=itself).to_numpy()
    np.testing.assert_allclose(everything[known], 1)


def test_a_product_nobody_has_is_left_out():
    advantages = pd.DataFrame({"84": [True, True], "27": [False, False]})
    assert list(compute_proximity(advantages).columns) == ["84"]


def test_a_product_near_no_other_has_no_density_without_itself():
    advantages = pd.DataFrame({"84": [True, False], "90": [False, True]})
    proximity = compute_proximity(advantages)
    assert compute_density(advantages, proximity, counts_itself=False).isna().all(axis=None)
    assert compute_density(advantages, proximity, counts_itself=True).to_numpy().tolist() == [[1, 0], [0, 1]]


def test_a_zone_with_fewer_products_than_the_world():
    world = pd.DataFrame({"84": [True, True], "90": [True, False]})
    zone = pd.DataFrame({"90": [True], "unknown": [True]}, index=["zone"])
    found = compute_density(zone, compute_proximity(world), counts_itself=True)
    assert list(found.columns) == ["84", "90"]
    assert found.loc["zone", "84"] == pytest.approx(0.5 / 1.5)


def test_amounts_are_refused():
    with pytest.raises(MetricError, match="true and false"):
        compute_proximity(pd.DataFrame({"84": [3.0, 0.2]}))


def test_opportunities_are_products_without_an_advantage_the_nearest_first():
    density = pd.Series({"84": 0.9, "90": 0.2, "27": 0.2, "02": float("nan")})
    found = find_opportunities(density, pd.Series({"84": True, "90": False}))
    assert found.density.to_dict() == {"27": 0.2, "90": 0.2}
    assert list(found.density.index) == ["27", "90"]
    assert found.mean == pytest.approx(0.2)


def test_there_is_no_opportunity_where_all_is_there():
    assert find_opportunities(pd.Series({"84": 0.9}), pd.Series({"84": True})) is None
