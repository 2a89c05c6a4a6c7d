import numpy as np
import pandas as pd
import pytest
from scipy import stats

from zonebook.errors import MetricError
from zonebook.metrics.scenario import CompositeInputs
from zonebook.metrics.sensitivity import compute_sobol_indices, measure_sensitivity

LEVELS = {"local": ["L01", "L08"], "regional": ["R02", "R05", "R09"]}
NAMES = ["L01", "L08", "R02", "R05", "R09"]
POSTS = dict.fromkeys(NAMES, (0.0, 1.0))


def ishigami(points):
    a, b, c = points.T
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def make_inputs(n=12, gap=False, **changes):
    values = pd.DataFrame(np.random.default_rng(3).uniform(0, 1, (n, 5)), columns=NAMES)
    if gap:
        values.loc[0, "R09"] = np.nan
    return CompositeInputs(values, LEVELS, POSTS, **changes)


def test_ishigamis_function():
    found = compute_sobol_indices(ishigami, "abc", seed=1, samples=4096, bounds=(-np.pi, np.pi)).table
    assert found["first"].tolist() == pytest.approx([0.3139, 0.4424, 0], abs=0.02)
    assert found["total"].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_agrees_with_scipy():
    found = compute_sobol_indices(ishigami, "abc", seed=1, samples=4096, bounds=(-np.pi, np.pi)).table
    uniform = stats.uniform(loc=-np.pi, scale=2 * np.pi)
    other = stats.sobol_indices(func=lambda x: ishigami(x.T), n=4096, dists=[uniform] * 3, rng=np.random.default_rng(1))
    assert found["first"].tolist() == pytest.approx(other.first_order.ravel().tolist(), abs=0.03)
    assert found["total"].tolist() == pytest.approx(other.total_order.ravel().tolist(), abs=0.03)


def test_parts_of_an_additive_result():
    found = compute_sobol_indices(lambda x: x @ [1.0, 2.0, 0.0], "abc", seed=5).table
    assert found["first"].tolist() == pytest.approx([0.2, 0.8, 0], abs=0.01)
    assert found["total"].tolist() == pytest.approx([0.2, 0.8, 0], abs=0.01)


def test_noise_below_zero_is_printed_as_zero():
    for seed in range(5):
        found = compute_sobol_indices(ishigami, "abc", seed=seed, samples=256, bounds=(-np.pi, np.pi)).table
        assert not found["first"].between(-found["first_error"], 0, inclusive="neither").any()


@pytest.mark.parametrize("seed", [0, 7])
def test_the_seed_decides_everything(seed):
    one, same = (compute_sobol_indices(ishigami, "abc", seed=seed, samples=64).table for _ in range(2))
    pd.testing.assert_frame_equal(one, same)


def test_a_result_that_does_not_vary_is_undefined():
    assert compute_sobol_indices(lambda x: np.ones(len(x)), "ab", seed=1, samples=64) is None


@pytest.mark.parametrize("samples", [0, 1, 1000])
def test_a_design_that_is_no_power_of_two_is_refused(samples):
    with pytest.raises(MetricError, match="power of two"):
        compute_sobol_indices(ishigami, "abc", seed=1, samples=samples)


def test_factors_are_the_choices_that_are_open():
    assert list(measure_sensitivity(make_inputs(), seed=1, samples=64).table.index) == [
        "normalisation",
        "weights",
        "aggregation",
    ]
    inputs = make_inputs(gap=True)
    upper = (inputs.values + 0.1).clip(upper=1)
    inputs = CompositeInputs(inputs.values, LEVELS, POSTS, upper=upper)
    assert list(measure_sensitivity(inputs, seed=1, samples=64).table.index)[-2:] == ["imputation", "intervals"]
    assert "normalisation" not in measure_sensitivity(make_inputs(n=4), seed=1, samples=64).table.index


def test_total_is_not_less_than_first():
    found = measure_sensitivity(make_inputs(n=20), seed=2).table
    assert (found["total"] + found["total_error"] >= found["first"] - found["first_error"]).all()
    assert found["first"].sum() <= 1 + found["first_error"].sum()


def test_undefined_for_one_unit_or_ranks_that_never_move():
    assert measure_sensitivity(make_inputs(n=1), seed=1) is None
    same = pd.DataFrame(np.repeat(np.linspace(0, 1, 6)[:, None], 5, axis=1), columns=NAMES)
    assert measure_sensitivity(CompositeInputs(same, LEVELS, POSTS), seed=1, samples=64) is None
    single = CompositeInputs(pd.DataFrame({"a": [0.1, 0.9]}), {"l": ["a"]}, {"a": (0.0, 1.0)})
    assert measure_sensitivity(single, seed=1, samples=64) is None
