import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from zonebook.errors import MetricError
from zonebook.metrics.panel import read_panel, regress_within


def test_rows_without_a_value_are_left_out():
    panel = pd.DataFrame({"party_id": ["b", "a", "a"], "year": [2020, 2021, 2020], "value": [1.0, None, 3.0]})
    found = read_panel(panel, pd.Series({"a": 2020}))
    assert found["party_id"].tolist() == ["a", "b"]
    assert found["relative"].tolist()[0] == 0


def test_wrong_panels_are_refused():
    panel = pd.DataFrame({"party_id": ["a", "a"], "year": [2020, 2020], "value": [1.0, 2.0]})
    with pytest.raises(MetricError, match="twice"):
        read_panel(panel, pd.Series({"a": 2020}))
    with pytest.raises(MetricError, match="two first years"):
        read_panel(panel.head(1), pd.Series([2020, 2021], index=["a", "a"]))


def test_within_firms_is_the_regression_with_dummies_also_where_unbalanced():
    rng = np.random.default_rng(3)
    rows = pd.DataFrame({"party_id": np.repeat([f"f{i}" for i in range(12)], 5), "year": list(range(2019, 2024)) * 12})
    rows["x"] = rng.normal(size=len(rows))
    rows["value"] = 2 * rows["x"] + rng.normal(size=len(rows))
    rows = rows[rng.random(len(rows)) < 0.8].reset_index(drop=True)
    fit = regress_within(rows, rows[["x"]])
    dummies = smf.ols("value ~ x + C(party_id) + C(year)", rows).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(rows["party_id"])[0]}, use_t=True
    )
    assert fit.params[0] == pytest.approx(dummies.params["x"])
    # the same clustered error but for the small-sample factor, which counts the firms' dummies there
    n, k = len(rows), 5
    factor = np.sqrt((n - k) / (n - len(dummies.params)))
    assert fit.bse[0] * factor == pytest.approx(dummies.bse["x"], rel=1e-3)


def test_undefined_where_regressors_are_years_or_there_is_one_firm():
    rows = pd.DataFrame({"party_id": list("aabb"), "year": [1, 2, 1, 2], "value": [1.0, 2, 3, 5]})
    assert regress_within(rows, pd.DataFrame({"after": [0.0, 1, 0, 1]})) is None
    assert regress_within(rows.head(2), pd.DataFrame({"after": [0.0, 1]})) is None
