import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from zonebook.metrics.pseudo_likelihood import fit_poisson


def draw(n=60, seed=0):
    """Return flows, a design of a constant and two columns, and two groupings."""
    generator = np.random.default_rng(seed)
    design = np.column_stack([np.ones(n), generator.normal(size=n), generator.integers(0, 2, n)])
    flow = generator.poisson(np.exp(design @ [0.5, 0.3, -0.4])).astype(float)
    return flow, design, [np.arange(n) % 9, np.arange(n) // 7]


@pytest.mark.parametrize("seed", range(3))
def test_estimates_errors_and_deviance_are_those_of_statsmodels(seed):
    flow, design, groups = draw(seed=seed)
    model = sm.GLM(flow, design, family=sm.families.Poisson())
    theirs = model.fit(cov_type="HC1", tol=1e-12)
    clustered = model.fit(cov_type="cluster", cov_kwds={"groups": np.column_stack(groups)}, tol=1e-12)
    found = fit_poisson(flow, design, groups)
    assert found.estimates == pytest.approx(theirs.params, abs=1e-9)
    assert found.se_hc1 == pytest.approx(theirs.bse, rel=1e-6)
    two_way = np.diag(clustered.cov_params())
    assert found.se_clustered**2 == pytest.approx(np.where(two_way >= 0, two_way, np.nan), rel=1e-5, nan_ok=True)
    assert found.deviance == pytest.approx(theirs.deviance)


def test_zeros_are_flows_and_fitted_flows_sum_to_the_observed():
    flow, design, groups = draw(seed=4)
    assert (flow == 0).any()
    assert fit_poisson(flow, design, groups).fitted.sum() == pytest.approx(flow.sum())


def test_a_negative_variance_leaves_no_error():
    flow, design, _ = draw(seed=5)
    # One group alone has no variance of its own, and what is taken off for single pairs is more than is there.
    found = fit_poisson(flow, design, [np.arange(len(flow)) % 2, np.arange(len(flow)) % 2])
    assert found.se_hc1.shape == found.se_clustered.shape


def test_columns_that_follow_from_others_have_no_fit():
    flow, design, groups = draw()
    assert fit_poisson(flow, np.column_stack([np.zeros(len(flow)), design]), groups) is None


@settings(max_examples=20)
@given(st.floats(1e-3, 1e3), st.integers(0, 50))
def test_the_unit_of_a_column_scales_its_coefficient_alone(scale, seed):
    flow, design, groups = draw(seed=seed)
    plain = fit_poisson(flow, design, groups)
    other = fit_poisson(flow, design * [1.0, scale, 1.0], groups)
    assert other.estimates[1] * scale == pytest.approx(plain.estimates[1], rel=1e-6, abs=1e-9)
    assert other.se_hc1[1] * scale == pytest.approx(plain.se_hc1[1], rel=1e-6)
    assert other.fitted == pytest.approx(plain.fitted, rel=1e-6)
