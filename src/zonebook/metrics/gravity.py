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
from scipy.linalg import qr
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from zonebook.errors import MetricError
from zonebook.metrics.flow_pairs import find_estimable

MINIMUM_PAIRS = 30

_ITERATIONS = 60
_DEPENDENT = 1e-9  # what is left of a column of length 1 that follows from others
_TINY = np.finfo(float).tiny


@dataclass(frozen=True, slots=True, eq=False)
class GravityFit:
    """A gravity model fitted on all regions, of which a zone's page reads the ratios of its own.

    ``pairs``: ``origin``, ``destination``, ``value_rub``, ``expected_rub`` and ``ratio`` (observed over
    expected; missing for separated pairs). ``coefficients``: ``estimate``, ``se_hc1``, ``se_clustered``
    (two-way by origin and destination) for the constant, if any, and each covariate; an estimate that the
    data cannot give is missing.
    """

    pairs: pd.DataFrame
    coefficients: pd.DataFrame
    n_pairs: int
    deviance: float
    pseudo_r2: float | None

    @property
    def n_separated(self) -> int:
        """Number of pairs that are not fitted because a place or dummy has no flow at all."""
        return len(self.pairs) - self.n_pairs


@dataclass(frozen=True, slots=True)
class Elasticity:
    """A coefficient of the model with its standard errors (``None`` where they cannot be computed)."""

    estimate: float
    se_hc1: float | None
    se_clustered: float | None


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
        Columns of the model: ``ln_km``, dummies of adjacency or district; without effects ln masses too.
    fixed_effects
        One for every origin and destination; otherwise a constant alone.

    Returns
    -------
    GravityFit or None
        Ratios in [0, inf), 1 = as expected; ``None`` (description only): under 30 pairs, as many effects, no fit.

    Raises
    ------
    MetricError
        For a negative or missing value, a missing covariate, or a pair given twice.

    Notes
    -----
    Pairs of a place (or dummy) without any flow are separated: not fitted, without a ratio.

    References
    ----------
    Santos Silva & Tenreyro (2006); two-way clusters: Cameron, Gelbach & Miller (2011).

    Examples
    --------
    >>> rows = [(i, j, np.log(abs(i - j)), (i + 1) * (j + 2) / abs(i - j)) for i, j in np.ndindex(7, 7) if i != j]
    >>> fit = fit_gravity(pd.DataFrame(rows, columns=["origin", "destination", "ln_km", "value_rub"]))
    >>> round(read_elasticity(fit).estimate, 6), fit.pairs["ratio"].round(6).unique().tolist()
    (-1.0, [1.0])
    """
    sample = pairs[find_estimable(pairs, covariates, fixed_effects=fixed_effects)]
    if len(sample) < MINIMUM_PAIRS:
        return None
    design, names = _build_design(sample, covariates, fixed_effects=fixed_effects)
    kept = _find_independent(design)
    if kept.sum() >= len(sample):
        return None
    fitted, clustered, scale = _fit_poisson(sample, design[:, kept])
    if not _is_settled(fitted):
        return None
    # A column that follows from no others is among those kept; here is its place in the fit.
    places = np.where(_find_identified(design, len(names)), np.cumsum(kept)[: len(names)] - 1, -1)
    coefficients = _read_coefficients(fitted, clustered, places, names)
    if not fixed_effects:
        coefficients.loc["const", "estimate"] += np.log(scale)
    expected = pd.Series(np.asarray(fitted.fittedvalues) * scale, index=sample.index)
    deviance = float(fitted.deviance) * scale
    return GravityFit(_compare(pairs, expected), coefficients, len(sample), deviance, _explain(sample, deviance))


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
    >>> read_elasticity(GravityFit(pd.DataFrame(), table, 72, 0.0, None))
    Elasticity(estimate=-1.264, se_hc1=0.1, se_clustered=None)
    """
    if covariate not in fit.coefficients.index:
        raise MetricError(f"the gravity model has no covariate {covariate!r}")
    row = fit.coefficients.loc[[covariate]].astype("Float64")
    numbers = row[["estimate", "se_hc1", "se_clustered"]].to_numpy(dtype=float, na_value=np.nan)[0]
    estimate, hc1, clustered = (None if np.isnan(number) else float(number) for number in numbers)
    return None if estimate is None else Elasticity(estimate, hc1, clustered)


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


def _fit_poisson(sample: pd.DataFrame, design: NDArray[np.float64]) -> tuple[Any, Any, float]:
    """Return the fit with HC1 errors, the same with two-way clustered ones, and the unit flows were fitted in."""
    # Roubles make a deviance too large for the solver's absolute tolerance: flows are fitted over their mean.
    scale = float(sample["value_rub"].mean())
    groups = np.column_stack([pd.factorize(sample[end])[0] for end in ("origin", "destination")])
    model = sm.GLM(sample["value_rub"].to_numpy(dtype=float) / scale, design, family=sm.families.Poisson())
    with warnings.catch_warnings():
        # Separated pairs are out by now: what is left of this warning is a perfect fit, which is no fault.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fitted = model.fit(cov_type="HC1", tol=1e-10, maxiter=_ITERATIONS)
        clustered = model.fit(start_params=fitted.params, cov_type="cluster", cov_kwds={"groups": groups})
    return fitted, clustered, scale


def _explain(sample: pd.DataFrame, deviance: float) -> float | None:
    """Return the share of deviance explained, ``None`` if all flows are equal."""
    flow = sample["value_rub"].to_numpy(dtype=float)
    positive = flow[flow > 0]
    null = 2 * float(positive @ np.log(positive / flow.mean()))
    return 1 - deviance / null if null > 1e-12 * float(flow.sum()) else None


def _compare(pairs: pd.DataFrame, expected: pd.Series[float]) -> pd.DataFrame:
    """Return observed and expected flows and their ratio, missing for separated pairs."""
    fitted = expected.astype("Float64").reindex(pairs.index)
    ratio = pairs["value_rub"].astype("Float64") / fitted
    return pairs[["origin", "destination", "value_rub"]].assign(expected_rub=fitted, ratio=ratio)


def _is_settled(fitted: Any) -> bool:
    """Say whether the deviance stopped moving; the solver's own test is absolute and may wait for rounding."""
    last = fitted.fit_history["deviance"][-2:]
    return bool(np.isfinite(last).all() and abs(last[1] - last[0]) <= 1e-8 * max(1.0, abs(last[1])))


def _find_independent(design: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Find a largest set of columns of which none follows from the others."""
    _, triangle, order = qr(design / np.maximum(np.linalg.norm(design, axis=0), _TINY), mode="economic", pivoting=True)
    kept = np.zeros(design.shape[1], dtype=bool)
    kept[order[: len(triangle)][np.abs(np.diag(triangle)) > _DEPENDENT]] = True
    return kept


def _find_identified(design: NDArray[np.float64], size: int) -> NDArray[np.bool_]:
    """Find which of the first ``size`` columns are explained by no others, so that their coefficient is unique."""
    scaled = design / np.maximum(np.linalg.norm(design, axis=0), _TINY)
    identified = np.zeros(size, dtype=bool)
    for place in range(size):
        others = np.delete(scaled, place, axis=1)
        rest = scaled[:, place] - others @ np.linalg.lstsq(others, scaled[:, place], rcond=None)[0]
        identified[place] = np.linalg.norm(rest) > _DEPENDENT
    return identified


def _read_coefficients(fitted: Any, clustered: Any, places: NDArray[np.intp], names: list[str]) -> pd.DataFrame:
    """Return estimates and standard errors of the coefficients at the places given, missing where that is -1."""
    with np.errstate(invalid="ignore"):
        # A two-way clustered variance may come out negative in a small sample: then there is no error to give.
        two_way = np.sqrt(np.diag(clustered.cov_params()))
    columns = {"estimate": fitted.params, "se_hc1": fitted.bse, "se_clustered": two_way}
    numbers = {name: np.where(places >= 0, np.asarray(found)[places], np.nan) for name, found in columns.items()}
    table = pd.DataFrame(numbers, index=pd.Index(names))
    return table.astype("Float64").mask(table.isna())
