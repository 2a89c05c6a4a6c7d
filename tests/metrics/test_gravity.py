import numpy as np
import pandas as pd
import pytest
import scipy.stats
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.gravity import Elasticity, bound_elasticity, fit_gravity, read_elasticity


def draw_pairs(n=8, seed=0):
    """Return flows between n places that a gravity model made, with noise and zeros."""
    generator = np.random.default_rng(seed)
    place = generator.uniform(0, 1000, (n, 2))
    rows = [(i, j, np.hypot(*(place[i] - place[j]))) for i in range(n) for j in range(n) if i != j]
    pairs = pd.DataFrame(rows, columns=["origin", "destination", "km"])
    size = generator.normal(size=(2, n))
    mean = np.exp(13 + size[0][pairs["origin"]] + size[1][pairs["destination"]] - 1.2 * np.log(pairs["km"]))
    return pairs.assign(ln_km=np.log(pairs["km"]), value_rub=generator.poisson(mean).astype(float))


def read_austria():
    oracle = read_case("gravity_ppml")
    inputs = oracle["inputs"]
    pairs = pd.DataFrame(
        {
            "origin": inputs["origin"],
            "destination": inputs["destination"],
            "value_rub": inputs["flow"],
            "km": inputs["distance_km"],
            "ln_km": np.log(inputs["distance_km"]),
            "ln_from": np.log(inputs["origin_mass"]),
            "ln_to": np.log(inputs["dest_mass"]),
        }
    )
    return oracle, pairs


def test_published_exponential_decay():
    oracle, pairs = read_austria()
    fit = fit_gravity(pairs, ("ln_from", "ln_to", "km"), fixed_effects=False)
    expected = oracle["expected"]["exp_decay"]
    assert fit.coefficients["estimate"].tolist() == pytest.approx(expected["params_const_lno_lnd_dij"], abs=1e-6)
    # The case gives distances to a millimetre: enough for the coefficients, not for the last digits of this sum.
    assert fit.deviance == pytest.approx(expected["deviance"], rel=1e-8)


def test_published_power_decay_its_errors_and_corridors():
    oracle, pairs = read_austria()
    fit = fit_gravity(pairs, ("ln_from", "ln_to", "ln_km"), fixed_effects=False)
    expected = oracle["expected"]["power_decay"]
    close = {"abs": oracle["tolerance"]["default"]}
    assert fit.coefficients["estimate"].tolist() == pytest.approx(expected["params_const_lno_lnd_lndij"], **close)
    assert fit.coefficients["se_hc1"].tolist() == pytest.approx(expected["se_HC1"], **close)
    assert fit.pseudo_r2 == pytest.approx(expected["pseudo_r2_deviance"], **close)
    top = fit.pairs.sort_values("ratio", ascending=False).head(3)
    for row, (origin, destination, ratio) in zip(
        top.itertuples(), expected["top3_corridors_obs_over_exp"], strict=True
    ):
        assert (row.origin, row.destination) == (origin, destination)
        assert row.ratio == pytest.approx(ratio, **close)


def test_published_two_way_effects():
    oracle, pairs = read_austria()
    found = read_elasticity(fit_gravity(pairs))
    expected, tolerance = oracle["expected"]["two_way_fe"]["beta_lndij"], oracle["tolerance"]["default"]
    assert found.estimate == pytest.approx(expected, abs=tolerance)
    logs = smf.ols("np.log(value_rub) ~ ln_from + ln_to + ln_km", pairs).fit()
    assert logs.params["ln_km"] == pytest.approx(oracle["expected"]["ols_loglinear_beta_lndij"], abs=tolerance)


def test_it_agrees_with_the_formula_interface_of_statsmodels():
    pairs = draw_pairs(seed=2)
    fit = fit_gravity(pairs)
    model = smf.poisson("value_rub ~ C(origin) + C(destination) + ln_km", pairs)
    theirs = model.fit(disp=0, cov_type="HC1", maxiter=200, method="newton")
    assert read_elasticity(fit).estimate == pytest.approx(theirs.params["ln_km"], abs=1e-7)
    assert fit.pairs["expected_rub"].tolist() == pytest.approx(theirs.predict(pairs).tolist(), rel=1e-5)


def test_two_way_clusters_are_one_way_plus_other_way_less_both():
    pairs = draw_pairs(n=12, seed=3)
    both = [pairs["origin"], pairs["destination"], pairs["origin"] * 100 + pairs["destination"]]
    variance = []
    for groups in both:
        model = smf.glm("value_rub ~ C(origin) + C(destination) + ln_km", pairs, family=_poisson())
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": groups}, tol=1e-10)
        variance.append(fit.cov_params().loc["ln_km", "ln_km"])
    found = read_elasticity(fit_gravity(pairs)).se_clustered
    assert found == pytest.approx(np.sqrt(variance[0] + variance[1] - variance[2]), rel=1e-3)


def _poisson():
    import statsmodels.api as sm  # noqa: PLC0415 - only here

    return sm.families.Poisson()


def test_fitted_flows_sum_to_the_observed_ones_by_place():
    fit = fit_gravity(draw_pairs(seed=4))
    sums = fit.pairs.groupby("origin")[["value_rub", "expected_rub"]].sum().astype(float)
    assert sums["expected_rub"].tolist() == pytest.approx(sums["value_rub"].tolist(), rel=1e-6)


def test_zeros_stay_in():
    pairs = draw_pairs(seed=5)
    pairs.loc[3, "value_rub"] = 0.0
    fit = fit_gravity(pairs)
    assert fit.n_pairs == len(pairs)
    assert fit.pairs.loc[3, "ratio"] == 0


def test_a_place_without_any_flow_is_separated_and_has_no_ratio():
    pairs = draw_pairs(seed=6)
    pairs.loc[pairs["origin"] == 2, "value_rub"] = 0.0
    fit = fit_gravity(pairs)
    assert fit.n_separated == 7
    assert fit.pairs.loc[pairs["origin"] == 2, "ratio"].isna().all()
    assert fit.pairs.loc[pairs["origin"] != 2, "ratio"].notna().all()
    without = fit_gravity(pairs[pairs["origin"] != 2])
    assert read_elasticity(fit).estimate == pytest.approx(read_elasticity(without).estimate)


def test_fewer_than_thirty_pairs_are_described_only():
    pairs = draw_pairs(n=6, seed=7)
    assert fit_gravity(pairs) is not None
    assert fit_gravity(pairs.iloc[1:]) is None
    assert fit_gravity(pairs.assign(value_rub=0.0)) is None


def test_a_covariate_that_the_effects_explain_is_not_identified():
    pairs = draw_pairs(seed=8).assign(mass=lambda frame: np.log(frame["origin"] + 2.0))
    fit = fit_gravity(pairs, ("ln_km", "mass"))
    assert read_elasticity(fit, "mass") is None
    assert read_elasticity(fit).estimate == pytest.approx(read_elasticity(fit_gravity(pairs)).estimate)


def test_one_origin_alone_expects_nothing():
    pairs = draw_pairs(n=40, seed=8)
    assert fit_gravity(pairs[pairs["origin"] == 0]) is None


def test_of_two_equal_covariates_neither_is_identified():
    pairs = draw_pairs(seed=8).assign(twin=lambda frame: 2 * frame["ln_km"])
    fit = fit_gravity(pairs, ("ln_km", "twin"))
    assert read_elasticity(fit) is None
    assert read_elasticity(fit, "twin") is None
    assert fit.pairs["ratio"].tolist() == pytest.approx(fit_gravity(pairs).pairs["ratio"].tolist())


def test_a_dummy_beside_distance():
    pairs = draw_pairs(seed=9).assign(border=lambda frame: (frame["origin"] + frame["destination"] == 7) * 1)
    fit = fit_gravity(pairs, ("ln_km", "border"))
    assert list(fit.coefficients.index) == ["ln_km", "border"]
    assert fit.coefficients["se_hc1"].notna().all()


def test_an_unknown_covariate_is_refused():
    with pytest.raises(MetricError, match="'km2'"):
        read_elasticity(fit_gravity(draw_pairs()), "km2")


@settings(max_examples=10)
@given(st.floats(1e-3, 1e12), st.floats(0.01, 100), st.integers(0, 1000))
def test_units_and_order_do_not_matter(rouble, kilometre, seed):
    pairs = draw_pairs(seed=1)
    fit = fit_gravity(pairs)
    other = pairs.assign(value_rub=pairs["value_rub"] * rouble, ln_km=np.log(pairs["km"] * kilometre))
    again = fit_gravity(other.sample(frac=1, random_state=seed))
    one, same = read_elasticity(fit), read_elasticity(again)
    assert (same.estimate, same.se_hc1) == pytest.approx((one.estimate, one.se_hc1), rel=1e-5)
    assert again.pairs.sort_index()["ratio"].tolist() == pytest.approx(fit.pairs["ratio"].tolist(), rel=1e-5)


def test_an_interval_is_of_students_t_and_the_larger_error():
    half = 0.5 * scipy.stats.t.ppf(0.975, 9)
    found = bound_elasticity(Elasticity(-1.0, 0.1, 0.5), 10)
    assert (found.lower, found.value, found.upper) == pytest.approx((-1 - half, -1, -1 + half))
    assert bound_elasticity(Elasticity(-1.0, 0.5, 0.1), 10).upper == pytest.approx(-1 + half)
    assert bound_elasticity(Elasticity(-1.0, 0.5, None), 10).upper == pytest.approx(-1 + half)
    assert bound_elasticity(Elasticity(-1.0, None, None), 10) is None
    assert bound_elasticity(Elasticity(-1.0, 0.5, 0.1), 1) is None
    assert [Elasticity(-1.0, hc1, two).is_clustered for hc1, two in ((0.1, 0.5), (0.5, 0.1), (0.5, None))] == [
        True,
        False,
        False,
    ]


def test_the_fewest_pairs_can_be_set():
    pairs = draw_pairs(n=6, seed=7).iloc[1:]
    assert fit_gravity(pairs) is None
    assert fit_gravity(pairs, minimum=29) is not None


def test_many_regions_agree_with_statsmodels():
    pairs = draw_pairs(n=15, seed=11)
    found = read_elasticity(fit_gravity(pairs))
    theirs = smf.glm("value_rub ~ C(origin) + C(destination) + ln_km", pairs, family=_poisson()).fit(cov_type="HC1")
    assert (found.estimate, found.se_hc1) == pytest.approx((theirs.params["ln_km"], theirs.bse["ln_km"]), rel=1e-5)
