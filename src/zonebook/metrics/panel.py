"""Panels of firms by year: reading them, and regression within firms with errors clustered by firm (S04)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from zonebook.errors import MetricError

_COLLINEAR = 1e-9  # what is left of a column of unit length once the others are taken out


def read_panel(panel: pd.DataFrame, first_treated: pd.Series[Any]) -> pd.DataFrame:
    """Return the rows of a panel that have a value, with the year of support and the years since.

    Parameters
    ----------
    panel
        ``party_id``, ``year``, ``value``.
    first_treated
        First year of support by firm; missing or absent for firms never supported.

    Returns
    -------
    pandas.DataFrame
        ``party_id``, ``year``, ``value``, ``first_treated`` and ``relative`` (year less the first year of support),
        the last two missing for firms never supported; sorted by firm and year.

    Raises
    ------
    MetricError
        For a firm and year given twice, or a firm with two years of support.

    Examples
    --------
    >>> panel = pd.DataFrame({"party_id": ["a", "b"], "year": [2020, 2020], "value": [1.0, 2.0]})
    >>> read_panel(panel, pd.Series({"a": 2021}))["relative"].tolist()
    [-1.0, nan]
    """
    if panel.duplicated(["party_id", "year"]).any():
        raise MetricError("a firm and year is given twice", remedy="Keep the latest vintage of each figure.")
    if first_treated.index.has_duplicates:
        raise MetricError("a firm has two first years of support", remedy="Keep the earliest.")
    rows = panel[["party_id", "year", "value"]].dropna().sort_values(["party_id", "year"], ignore_index=True)
    rows = rows.astype({"year": int, "value": float})
    begins = rows["party_id"].map(first_treated).to_numpy(dtype=float, na_value=np.nan)
    return rows.assign(first_treated=begins, relative=rows["year"] - begins)


def regress_within(rows: pd.DataFrame, regressors: pd.DataFrame) -> Any | None:
    """Regress values on regressors and years within firms, errors clustered by firm.

    Formula: OLS of ``y_it - mean_i`` on the regressors and year dummies less their means by firm, which gives the
    coefficients of the regression with a dummy for every firm.

    Parameters
    ----------
    rows
        ``party_id``, ``year``, ``value``.
    regressors
        One column a regressor, rows as in ``rows``.

    Returns
    -------
    statsmodels result or None
        Coefficients of the regressors come first; ``None`` where they cannot be told apart from years and firms.

    Notes
    -----
    Clustered errors with the correction G / (G - 1) (n - 1) / (n - k), tests by Student's t with G - 1 degrees of
    freedom; firms' own dummies lie within clusters and do not count in k.

    Examples
    --------
    >>> rows = pd.DataFrame({"party_id": list("aabb"), "year": [1, 2, 1, 2], "value": [0.0, 3, 0, 1]})
    >>> fit = regress_within(rows, pd.DataFrame({"after": [0.0, 1, 0, 0]}))
    >>> round(float(fit.params[0]), 12)
    2.0
    """
    years = pd.get_dummies(rows["year"], drop_first=True, dtype=float)
    columns = pd.concat([rows["value"], regressors, years], axis=1).set_axis(
        range(1 + regressors.shape[1] + years.shape[1]), axis=1
    )
    inner = (columns - columns.groupby(rows["party_id"].to_numpy()).transform("mean")).to_numpy()
    outcome, design = inner[:, 0], inner[:, 1:]
    if not _is_of_full_rank(design):
        return None
    codes, _ = pd.factorize(rows["party_id"])
    if codes.max() == 0:
        return None
    # Neither looks for a constant nor decomposes by singular values: both take several times the rest.
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415 - slow, and few need it

    model = OLS(outcome, design, hasconst=False)
    return model.fit(method="qr", cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)


def _is_of_full_rank(design: Any) -> bool:
    length = np.linalg.norm(design, axis=0)
    if design.shape[0] < design.shape[1] or (length < _COLLINEAR).any():
        return False
    triangle = np.linalg.qr(design / length, mode="r")
    return bool(np.linalg.svd(triangle, compute_uv=False).min() > _COLLINEAR)
