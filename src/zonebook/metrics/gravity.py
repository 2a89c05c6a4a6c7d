"""Flows against what size and distance imply: the gravity model by Poisson pseudo-likelihood (R06, R07)."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import NDArray
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from zonebook.errors import MetricError

MINIMUM_PAIRS = 30
_ITERATIONS = 60
_PAIR = ["origin", "destination"]


@dataclass(frozen=True, slots=True, eq=False)
class GravityFit:
    """A fitted gravity model.

    ``pairs``: ``origin``, ``destination``, ``value_rub``, ``expected_rub`` and ``ratio`` (observed over
    expected; missing for separated pairs). ``coefficients``: ``estimate``, ``se_hc1``, ``se_clustered``
    (two-way by origin and destination) for the constant, if any, and each covariate; an estimate that the
    data cannot give is missing.
    """

    pairs: pd.DataFrame
    coefficients: pd.DataFrame
    n_pairs: int
    n_separated: int
    deviance: float
    pseudo_r2: float | None


@dataclass(frozen=True, slots=True)
class Elasticity:
    """A coefficient of the model with its standard errors (``None`` where they cannot be computed)."""

    estimate: float
    se_hc1: float | None
    se_clustered: float | None


def prepare_flows(flows: pd.DataFrame, distances: pd.DataFrame) -> pd.DataFrame:
    """Join flows with distances into the pairs a gravity model is fitted on (R06).

    Formula: one row a pair of different places, values of products summed, ``ln_km = ln d_ij``.

    Parameters
    ----------
    flows
        One year: columns ``origin``, ``destination``, ``value_rub`` >= 0, zeros stored as rows.
    distances
        Columns ``origin``, ``destination``, ``km``; a pair may be given in one direction only.

    Returns
    -------
    pandas.DataFrame
        Columns ``origin``, ``destination``, ``value_rub``, ``km``, ``ln_km``, sorted by pair.

    Raises
    ------
    MetricError
        For a negative value.

    Notes
    -----
    A pair that is not in ``flows`` is missing, not zero. Flows inside a place, without a value, or
    without a distance above 0 are left out; compare the number of rows.

    References
    ----------
    Santos Silva & Tenreyro (2006).

    Examples
    --------
    >>> flows = pd.DataFrame({"origin": ["a", "b"], "destination": ["b", "a"], "value_rub": [5.0, 0.0]})
    >>> distances = pd.DataFrame({"origin": ["a"], "destination": ["b"], "km": [1.0]})
    >>> prepare_flows(flows, distances)[["value_rub", "ln_km"]].to_numpy().tolist()
    [[5.0, 0.0], [0.0, 0.0]]
    """
    valued = flows.dropna(subset=[*_PAIR, "value_rub"])
    if (valued["value_rub"] < 0).any():
        raise MetricError("a flow has a negative value")
    summed: pd.DataFrame = valued.groupby(_PAIR, sort=True)["value_rub"].sum().reset_index()
    known = distances[[*_PAIR, "km"]].dropna()
    turned = known.rename(columns={"origin": "destination", "destination": "origin"})
    both = pd.concat([known, turned]).drop_duplicates(_PAIR)
    pairs = summed.merge(both, on=_PAIR, how="inner", validate="one_to_one")
    pairs = pairs[(pairs["origin"] != pairs["destination"]) & (pairs["km"] > 0)].reset_index(drop=True)
    pairs["value_rub"] = pairs["value_rub"].astype("float64")
    pairs["ln_km"] = np.log(pairs["km"].to_numpy(dtype=float))
    return pairs


def fit_gravity(
    pairs: pd.DataFrame, covariates: Sequence[str] = ("ln_km",), *, fixed_effects: bool = True
) -> GravityFit | None:
    """Fit the gravity model to flows, zeros among them (R06, R07).

    Formula: ``E[F_ij] = exp(alpha_i + beta_j + theta ln d_ij + gamma border_ij)`` by Poisson
    pseudo-likelihood; ratio ``F_ij / fitted F_ij``.

    Parameters
    ----------
    pairs
        One row a pair: ``origin``, ``destination``, ``value_rub`` >= 0 and the covariates, all known.
    covariates
        Columns of the model: ``ln_km``, dummies of adjacency or district, without effects also ln masses.
    fixed_effects
        An effect for every origin and destination; otherwise a constant alone.

    Returns
    -------
    GravityFit or None
        Ratios in [0, inf), 1 = as expected; ``None`` (descriptive figures only) for fewer than 30 pairs,
        or where the fit does not settle.

    Raises
    ------
    MetricError
        For a negative or missing value, a missing covariate, or a pair given twice.

    Notes
    -----
    Separation: a place whose flows out (or in) are all zero has an effect of minus infinity; its pairs
    leave the estimation and have no ratio, and so do the pairs of a dummy without any flow. With effects
    or a constant, fitted flows sum to the observed ones. One origin alone cannot identify its effect:
    fit on all regions, then read one zone's ratios.

    References
    ----------
    Santos Silva & Tenreyro (2006); two-way clusters: Cameron, Gelbach & Miller (2011).

    Examples
    --------
    Flows made by the model itself: mass times mass over distance, so every ratio is 1.

    >>> pairs = pd.DataFrame([(i, j, abs(i - j)) for i in range(7) for j in range(7) if i != j],
    ...                      columns=["origin", "destination", "km"])
    >>> pairs["value_rub"] = (pairs["origin"] + 1.0) * (pairs["destination"] + 2.0) / pairs["km"]
    >>> fit = fit_gravity(pairs.assign(ln_km=np.log(pairs["km"])))
    >>> round(read_elasticity(fit).estimate, 6), fit.pairs["ratio"].round(6).unique().tolist()
    (-1.0, [1.0])
    """
    _check_pairs(pairs, covariates)
    used = find_estimable(pairs, covariates, fixed_effects=fixed_effects)
    sample = pairs[used]
    if len(sample) < MINIMUM_PAIRS:
        return None
    design, names = _build_design(sample, covariates, fixed_effects=fixed_effects)
    # Roubles make a deviance too large for the solver's absolute tolerance: flows are fitted over their mean.
    scale = float(sample["value_rub"].mean())
    flow = sample["value_rub"].to_numpy(dtype=float) / scale
    groups = np.column_stack([pd.factorize(sample[name])[0] for name in _PAIR])
    model = sm.GLM(flow, design, family=sm.families.Poisson())
    with warnings.catch_warnings():
        # Separated pairs are out by now: what is left of this warning is a perfect fit, which is no fault.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fitted = model.fit(cov_type="HC1", tol=1e-10, maxiter=_ITERATIONS)
        clustered = model.fit(start_params=fitted.params, cov_type="cluster", cov_kwds={"groups": groups})
    if not _is_settled(fitted):
        return None
    expected = pd.Series(np.nan, index=pairs.index)
    expected[used] = np.asarray(fitted.fittedvalues) * scale
    ratio = (pairs["value_rub"].astype("float64") / expected).astype("Float64").mask(~used)
    null = 2 * float(np.sum(flow[flow > 0] * np.log(flow[flow > 0])))
    return GravityFit(
        pairs=pairs[[*_PAIR, "value_rub"]].assign(expected_rub=expected.astype("Float64").mask(~used), ratio=ratio),
        coefficients=_read_coefficients(fitted, clustered, names, np.log(scale), _find_identified(design, names)),
        n_pairs=len(sample),
        n_separated=int((~used).sum()),
        deviance=float(fitted.deviance) * scale,
        pseudo_r2=1 - float(fitted.deviance) / null if null > 0 else None,
    )


def read_elasticity(fit: GravityFit, covariate: str = "ln_km") -> Elasticity | None:
    """Read the elasticity of flows by distance, or another coefficient (R07).

    Formula: theta, the coefficient of ``ln d_ij``, with HC1 and two-way clustered standard errors.

    Parameters
    ----------
    fit
        A fitted model.
    covariate
        Name of the coefficient.

    Returns
    -------
    Elasticity or None
        Usually between -2 and 0 for distance; ``None`` if the data do not identify it.

    Raises
    ------
    MetricError
        If the model has no such coefficient.

    References
    ----------
    Santos Silva & Tenreyro (2006).

    Examples
    --------
    >>> table = pd.DataFrame({"estimate": [-1.264], "se_hc1": [0.1], "se_clustered": [None]}, index=["ln_km"])
    >>> read_elasticity(GravityFit(pd.DataFrame(), table, 72, 0, 0.0, None))
    Elasticity(estimate=-1.264, se_hc1=0.1, se_clustered=None)
    """
    if covariate not in fit.coefficients.index:
        raise MetricError(f"the gravity model has no covariate {covariate!r}")
    row = fit.coefficients.loc[[covariate]].astype("Float64")
    numbers = row[["estimate", "se_hc1", "se_clustered"]].to_numpy(dtype=float, na_value=np.nan)[0]
    estimate, hc1, clustered = (None if np.isnan(number) else float(number) for number in numbers)
    return None if estimate is None else Elasticity(estimate, hc1, clustered)


def find_estimable(pairs: pd.DataFrame, covariates: Sequence[str], *, fixed_effects: bool) -> pd.Series[bool]:
    """Find the pairs that are left when places and dummies without any flow are taken out (R06).

    Formula: drop all pairs of an origin, a destination or a 0/1 covariate whose flows sum to 0, until
    there is none.

    Parameters
    ----------
    pairs, covariates, fixed_effects
        As for ``fit_gravity``.

    Returns
    -------
    pandas.Series
        Whether each pair can be estimated.

    References
    ----------
    Correia, Guimaraes & Zylkin (2019) on separation.

    Examples
    --------
    >>> pairs = pd.DataFrame({"origin": ["a", "b"], "destination": ["b", "a"], "value_rub": [5.0, 0.0]})
    >>> find_estimable(pairs, (), fixed_effects=True).tolist()
    [True, False]
    """
    used = pd.Series(True, index=pairs.index)
    dummies = [name for name in covariates if pairs[name].isin([0, 1]).all()]
    while used.any():
        flow = pairs["value_rub"].astype("float64").where(used, 0.0)
        empty = pd.Series(False, index=pairs.index)
        for name in _PAIR if fixed_effects else []:
            empty |= flow.groupby(pairs[name]).transform("sum") == 0
        for name in dummies:
            if not (flow[pairs[name] == 1] > 0).any():
                empty |= pairs[name] == 1
        if not (empty & used).any():
            break
        used &= ~empty
    return used


def _check_pairs(pairs: pd.DataFrame, covariates: Sequence[str]) -> None:
    """Refuse pairs that no model can be fitted on."""
    if pairs[["value_rub", *covariates]].isna().any(axis=None):
        raise MetricError("a pair lacks its flow or a covariate", remedy="Leave the pair out.")
    if (pairs["value_rub"] < 0).any():
        raise MetricError("a flow has a negative value")
    if pairs.duplicated(_PAIR).any():
        raise MetricError("a pair is given twice", remedy="Sum its flows first.")


def _build_design(
    sample: pd.DataFrame, covariates: Sequence[str], *, fixed_effects: bool
) -> tuple[NDArray[np.float64], list[str]]:
    """Return the matrix of the model, covariates first, and the names of the coefficients reported."""
    columns = [sample[name].to_numpy(dtype=float) for name in covariates]
    names = list(covariates)
    if not fixed_effects:
        return np.column_stack([np.ones(len(sample)), *columns]), ["const", *names]
    effects = [pd.get_dummies(sample["origin"], dtype=float).to_numpy()]
    effects.append(pd.get_dummies(sample["destination"], dtype=float, drop_first=True).to_numpy())
    return np.column_stack([*columns, *effects]), names


def _is_settled(fitted: Any) -> bool:
    """Say whether the deviance stopped moving; the solver's own test is absolute and may wait for rounding."""
    last = fitted.fit_history["deviance"][-2:]
    return bool(np.isfinite(last).all() and abs(last[1] - last[0]) <= 1e-8 * max(1.0, abs(last[1])))


def _find_identified(design: NDArray[np.float64], names: Sequence[str]) -> list[bool]:
    """Say of each coefficient reported whether the other columns leave anything for it to explain."""
    norms = np.linalg.norm(design, axis=0)
    scaled = design / np.where(norms > 0, norms, 1)
    identified = []
    for place in range(len(names)):
        others = np.delete(scaled, place, axis=1)
        rest = scaled[:, place] - others @ np.linalg.lstsq(others, scaled[:, place], rcond=None)[0]
        identified.append(bool(np.linalg.norm(rest) > 1e-9))
    return identified


def _read_coefficients(
    fitted: Any, clustered: Any, names: list[str], log_scale: float, identified: list[bool]
) -> pd.DataFrame:
    """Return estimates and standard errors of the coefficients reported, missing where not identified."""
    size = len(names)
    estimate = np.asarray(fitted.params)[:size].copy()
    if names[0] == "const":
        estimate[0] += log_scale
    with np.errstate(invalid="ignore"):
        # A two-way clustered variance may come out negative in a small sample: then there is no error to give.
        two_way = np.sqrt(np.diag(clustered.cov_params()))[:size]
    numbers = np.column_stack([estimate, np.asarray(fitted.bse)[:size], two_way])
    numbers[~np.array(identified, dtype=bool)] = np.nan
    table = pd.DataFrame(numbers, index=names, columns=["estimate", "se_hc1", "se_clustered"])
    return table.astype("Float64").mask(table.isna())
