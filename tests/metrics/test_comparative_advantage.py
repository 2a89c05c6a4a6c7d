import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.comparative_advantage import (
    compute_bloc_intensity,
    compute_rca,
    compute_rsca,
    mark_advantages,
    measure_advantages,
    measure_high_tech_share,
    read_advantages,
)

matrices = hnp.arrays(
    float, hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=6), elements=st.floats(1, 1e6)
)


def read_trade(oracle):
    inputs = oracle["inputs"]
    return pd.DataFrame(inputs["X_usd_mn"], index=inputs["countries"], columns=inputs["sections"])


def test_rca_and_rsca_of_world_trade():
    oracle = read_case("rca_balassa")
    rca = compute_rca(read_trade(oracle))
    np.testing.assert_allclose(rca, oracle["expected"]["rca"], atol=oracle["tolerance"])
    np.testing.assert_allclose(compute_rsca(rca), oracle["expected"]["rsca"], atol=oracle["tolerance"])
    assert mark_advantages(rca).sum(axis=1).to_dict() == oracle["expected"]["n_rca_ge_1"]


def test_one_exporter_against_the_world_is_its_row():
    oracle = read_case("rca_balassa")
    trade = read_trade(oracle)
    found = measure_advantages(trade.loc["Italy"], trade.sum())
    np.testing.assert_allclose(found["rca"], compute_rca(trade).loc["Italy"], atol=1e-12)
    np.testing.assert_allclose(found["rsca"], compute_rsca(compute_rca(trade)).loc["Italy"], atol=1e-12)


@given(matrices, st.floats(0.1, 10))
def test_rca_is_about_shares_alone(values, factor):
    rca = compute_rca(pd.DataFrame(values))
    assert (rca >= 0).all(axis=None)
    np.testing.assert_allclose(compute_rca(pd.DataFrame(values * factor)), rca, rtol=1e-9)
    weights = values.sum(axis=0) / values.sum()
    shares = values / values.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(rca, shares / weights, rtol=1e-9)


@given(matrices)
def test_world_weighted_mean_of_rca_is_one(values):
    rca = compute_rca(pd.DataFrame(values)).to_numpy()
    np.testing.assert_allclose(rca @ (values.sum(axis=0) / values.sum()), 1, rtol=1e-9)


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=20, unique=True))
def test_rsca_is_bounded_and_keeps_the_order(rca):
    found = compute_rsca(pd.DataFrame({"rca": sorted(rca)}))["rca"].to_numpy()
    assert (found >= -1).all()
    assert (found < 1).all()
    assert (np.diff(found) >= 0).all()


def test_zero_is_a_disadvantage_and_undefined_stays_undefined():
    rca = compute_rca(pd.DataFrame({"84": [1, 3, 0], "90": [0, 3, 0], "27": [0, 0, 0]}, index=["a", "b", "none"]))
    assert rca.loc["a", "90"] == 0
    assert compute_rsca(rca).loc["a", "90"] == -1
    assert rca["27"].isna().all()
    assert rca.loc["none"].isna().all()
    assert compute_rsca(rca).isna().equals(rca.isna())


def test_products_of_one_side_only():
    found = measure_advantages(pd.Series({"84": 2.0, "new": 1.0}), pd.Series({"84": 5.0, "27": 5.0}))
    assert found.loc["27", "rca"] == 0
    assert np.isnan(found.loc["new", "rca"])
    assert np.isnan(found.loc["new", "rsca"])


def test_without_exports_no_advantage_is_defined():
    found = measure_advantages(pd.Series({"84": 0.0}), pd.Series({"84": 5.0}))
    assert found["rca"].isna().all()


def test_exports_below_a_thousandth_of_the_world_are_noise():
    found = measure_advantages(pd.Series({"84": 1.0, "90": 0.99}), pd.Series({"84": 1000.0, "90": 1000.0}))
    assert found["is_noise"].to_dict() == {"84": False, "90": True}


def test_a_product_listed_twice_is_summed():
    twice = pd.Series([1.0, 2.0], index=["84", "84"])
    assert measure_advantages(twice, pd.Series({"84": 6.0})).loc["84", "exports"] == 3


def test_amounts_are_not_taken_for_advantages():
    with pytest.raises(MetricError, match="true and false"):
        read_advantages(pd.DataFrame({"84": [1, 0]}))


def test_advantage_begins_at_one():
    assert mark_advantages(pd.DataFrame({"84": [1.0, 0.999, float("nan")]}))["84"].tolist() == [True, False, False]


def test_bloc_intensity_is_a_location_quotient():
    oracle = read_case("location_quotient")
    case = oracle["inputs"]["case1"]
    found = compute_bloc_intensity(case["e_ir"], case["e_r"], case["e_i"], case["e"])
    assert found == pytest.approx(oracle["expected"]["case1"], abs=oracle["tolerance"]["case1"])
    case = oracle["inputs"]["case2"]
    for own, world, expected in zip(case["region"], case["nation"], oracle["expected"]["case2"], strict=True):
        found = compute_bloc_intensity(own, case["region_total"], world, case["nation_total"])
        assert found == pytest.approx(expected, abs=oracle["tolerance"]["case2"])


@pytest.mark.parametrize("arguments", [(0, 0, 1, 2), (1, 2, 0, 2), (0, 2, 0, 0)])
def test_bloc_intensity_is_undefined_without_a_denominator(arguments):
    assert compute_bloc_intensity(*arguments) is None


def test_no_exports_to_the_bloc_is_a_true_zero():
    assert compute_bloc_intensity(0, 5, 1, 2) == 0


def test_high_technology_by_code_and_by_heading():
    exports = pd.Series({"880240": 1.0, "90138010": 2.0, "9013": 3.0, "90": 1.0, "2709": 3.0})
    found = measure_high_tech_share(exports, {"8802", "901380"})
    assert (found.value, found.lower) == (pytest.approx(0.3), pytest.approx(0.3))
    assert found.upper == pytest.approx(0.7)


def test_high_technology_is_undefined_without_exports_and_zero_without_a_match():
    assert measure_high_tech_share(pd.Series({"8802": 0.0}), ["8802"]) is None
    assert measure_high_tech_share(pd.Series({"27": 1.0}), ["8802"]).value == 0
    assert measure_high_tech_share(pd.Series({"27": 1.0}), []).upper == 0


def test_goods_without_a_code_may_be_high_technology():
    found = measure_high_tech_share(pd.Series({"8802": 30.0, "": 20.0, "27": 50.0}), ["8802"])
    assert (found.value, found.upper) == (0.3, 0.5)


def test_noise_begins_at_the_share_given():
    exports, world = pd.Series({"84": 5.0}), pd.Series({"84": 1000.0})
    assert not measure_advantages(exports, world)["is_noise"]["84"]
    assert measure_advantages(exports, world, noise_share=0.01)["is_noise"]["84"]
