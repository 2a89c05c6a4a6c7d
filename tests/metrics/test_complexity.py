import numpy as np
import pandas as pd
import pytest

from oracle_cases import read_case
from zonebook.errors import MetricError
from zonebook.metrics.comparative_advantage import compute_rca, mark_advantages
from zonebook.metrics.complexity import compute_zone_complexity, measure_complexity


def read_advantages_of_world():
    oracle = read_case("eci_pci")
    inputs = oracle["inputs"]
    trade = pd.DataFrame(inputs["X_usd_mn"], index=inputs["countries"], columns=inputs["sections"])
    return oracle, mark_advantages(compute_rca(trade))


def tabulate(*rows):
    return pd.DataFrame([[cell == "1" for cell in row] for row in rows])


def test_complexity_of_world_trade():
    oracle, advantages = read_advantages_of_world()
    found = measure_complexity(advantages)
    expected = oracle["expected"]
    for country, value in expected["eci"].items():
        assert found.eci[country] == pytest.approx(value, abs=oracle["tolerance"]["eci"])
    for section, value in expected["pci_z"].items():
        assert found.pci[int(section)] == pytest.approx(value, abs=oracle["tolerance"]["pci"])
    assert found.eci.idxmax() == expected["eci_rank1"]


def test_it_is_an_eigenvector_as_defined():
    advantages = tabulate("11110", "01110", "00111", "10001", "00110")
    found = measure_complexity(advantages)
    m = advantages.to_numpy(float)
    step = (m / m.sum(axis=1, keepdims=True)) @ (m / m.sum(axis=0)).T
    values = np.sort(np.linalg.eigvals(step).real)[::-1]
    raw = found.eci.to_numpy()
    # z-scores are the eigenvector shifted: the shift is along the first, constant, vector
    centred = step @ raw - values[1] * raw
    np.testing.assert_allclose(centred, centred.mean(), atol=1e-9)


def test_scores_have_mean_zero_and_the_population_deviation_of_one():
    _, advantages = read_advantages_of_world()
    found = measure_complexity(advantages)
    for scores in (found.eci, found.pci):
        assert scores.mean() == pytest.approx(0, abs=1e-9)
        assert scores.std(ddof=0) == pytest.approx(1)
    assert np.corrcoef(found.eci, found.diversity)[0, 1] > 0


def test_order_of_rows_and_columns_does_not_matter():
    _, advantages = read_advantages_of_world()
    one = measure_complexity(advantages)
    other = measure_complexity(advantages.iloc[::-1, ::-1])
    pd.testing.assert_series_equal(other.eci.sort_index(), one.eci.sort_index(), atol=1e-9)
    pd.testing.assert_series_equal(other.pci.sort_index(), one.pci.sort_index(), atol=1e-9)


def test_exporters_and_products_without_advantage_are_excluded_and_named():
    advantages = tabulate("1110", "0110", "0010", "0000")
    found = measure_complexity(advantages)
    assert (found.excluded_exporters, found.excluded_products) == ((3,), (3,))
    pd.testing.assert_series_equal(found.eci, measure_complexity(tabulate("111", "011", "001")).eci)


@pytest.mark.parametrize(
    "rows",
    [
        ("1100", "1100", "0011", "0011"),  # two worlds that do not touch
        ("111", "111", "111"),  # all alike
        ("111",),  # a zone alone
        ("000", "000"),
        ("110", "011", "101"),  # a circle: no direction is better than another
    ],
)
def test_undefined(rows):
    assert measure_complexity(tabulate(*rows)) is None


def test_amounts_are_refused_lest_rca_be_computed_of_rca():
    with pytest.raises(MetricError, match="true and false"):
        measure_complexity(pd.DataFrame([[1, 0], [1, 1]]))


def test_a_zone_has_the_mean_of_its_products():
    pci = pd.Series({"84": 2.0, "90": 1.0, "27": -3.0})
    assert compute_zone_complexity(pci, pd.Series({"84": 1.0, "90": 0.5, "27": 4.0})) == -0.5
    assert compute_zone_complexity(pci, pd.Series({"84": 0.2, "90": float("nan")})) is None
    assert compute_zone_complexity(pci, pd.Series({"unknown": 5.0})) is None
