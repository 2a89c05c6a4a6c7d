"""Flows against what size and distance imply: the gravity model by Poisson pseudo-likelihood (R06, R07)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.flow_pairs import find_estimable
from zonebook.metrics.interval import Interval
from zonebook.metrics.pseudo_likelihood import PoissonFit, fit_poisson

MINIMUM_PAIRS = 30

_DEPENDENT = 1e-6  # what is left, rounding included, of a column of length 1 that follows from others
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

    @property
    def is_clustered(self) -> bool:
        """Whether the clustered error is the larger one, or the only one."""
        return self.se_clustered is not None and self.se_clustered >= (self.se_hc1 or 0.0)


def fit_gravity(
    pairs: pd.DataFrame,
    covariates: Sequence[str] = ("ln_km",),
    *,
    fixed_effects: bool = True,
    minimum: int = MINIMUM_PAIRS,
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
    minimum
        Fewest pairs a model is fitted on.

    Returns
    -------
    GravityFit or None
        Ratios in [0, inf), 1 = as expected; ``None`` (description only): too few pairs, as many effects, no fit.

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
    if len(sample) < minimum:
        return None
    found = _fit_sample(sample, covariates, fixed_effects=fixed_effects)
    if found is None:
        return None
    coefficients, expected, deviance = found
    return GravityFit(_compare(pairs, expected), coefficients, len(sample), deviance, _explain(sample, deviance))


def _fit_sample(
    sample: pd.DataFrame, covariates: Sequence[str], *, fixed_effects: bool
) -> tuple[pd.DataFrame, pd.Series[float], float] | None:
    """Return coefficients, expected flows and the deviance of pairs that can be estimated."""
    design, names = _build_design(sample, covariates, fixed_effects=fixed_effects)
    reduced = _reduce(design)
    kept = _find_independent(reduced)
    if kept.sum() >= len(sample):
        return None
    # Flows are fitted over their mean: roubles are large numbers to square.
    scale = float(sample["value_rub"].mean())
    groups = [pd.factorize(sample[end])[0] for end in ("origin", "destination")]
    fitted = fit_poisson(sample["value_rub"].to_numpy(dtype=float) / scale, design[:, kept], groups)
    if fitted is None:
        return None
    # A column that follows from no others is among those kept; here is its place in the fit.
    places = np.where(_find_identified(reduced, len(names)), np.cumsum(kept)[: len(names)] - 1, -1)
    coefficients = _read_coefficients(fitted, places, names)
    if not fixed_effects:
        coefficients.loc["const", "estimate"] += np.log(scale)
    return coefficients, pd.Series(fitted.fitted * scale, index=sample.index), fitted.deviance * scale


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


def bound_elasticity(found: Elasticity, clusters: int, level: float = 0.95) -> Interval | None:
    """Give a coefficient the interval its standard error implies.

    Formula: ``estimate -/+ t se``, t of Student's distribution with ``clusters - 1`` degrees of freedom, se the larger
    of HC1 and the error clustered by origin and destination.

    Parameters
    ----------
    found
        Coefficient with its standard errors.
    clusters
        Number of origins or of destinations, the smaller one.
    level
        Confidence, 0-1.

    Returns
    -------
    Interval or None
        ``None`` without a standard error, or with one cluster alone.

    Notes
    -----
    The two-way error adds two variances and takes one off: with few regions it may come out far too small, or negative.

    References
    ----------
    Cameron & Miller (2015) on few clusters, from memory.

    Examples
    --------
    >>> bounds = bound_elasticity(Elasticity(-1.0, 0.1, 0.1), 10**6)
    >>> round(bounds.lower, 3), round(bounds.upper, 3)
    (-1.196, -0.804)
    """
    errors = [error for error in (found.se_hc1, found.se_clustered) if error is not None]
    if not errors or clusters < 2:
        return None
    half = max(errors) * float(scipy.special.stdtrit(clusters - 1, (1 + level) / 2))
    return Interval(found.estimate, found.estimate - half, found.estimate + half)


def _build_design(
    sample: pd.DataFrame, covariates: Sequence[str], *, fixed_effects: bool
) -> tuple[scipy.sparse.csr_array, list[str]]:
    """Return the matrix of the model, covariates first, and the names of the coefficients reported."""
    numbers = sample[list(covariates)].to_numpy(dtype=float).reshape(len(sample), len(covariates))
    if not fixed_effects:
        return scipy.sparse.csr_array(np.column_stack([np.ones(len(sample)), numbers])), ["const", *covariates]
    effects = [_list_dummies(sample[end]) for end in ("origin", "destination")]
    # The effects of origins add up to one as those of destinations do: one of the latter is left out.
    return scipy.sparse.csr_array(
        scipy.sparse.hstack([scipy.sparse.csr_array(numbers), effects[0], effects[1][:, 1:]])
    ), list(covariates)


def _list_dummies(places: pd.Series[Any]) -> scipy.sparse.csr_array:
    """Return a column for each place, 1 where a pair has it."""
    codes, names = pd.factorize(places, sort=True)
    return scipy.sparse.csr_array((np.ones(len(codes)), (np.arange(len(codes)), codes)), shape=(len(codes), len(names)))


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


def _reduce(design: scipy.sparse.csr_array) -> NDArray[np.float64]:
    """Return a small square matrix whose columns, of length 1, follow from each other as those of the design do."""
    products = (design.T @ design).toarray()
    size = np.sqrt(np.maximum(np.diag(products), _TINY))
    values, vectors = np.linalg.eigh(products / np.outer(size, size))
    return np.asarray(np.sqrt(np.maximum(values, 0.0))[:, None] * vectors.T, dtype=np.float64)


def _find_independent(reduced: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Find a largest set of columns of which none follows from the others."""
    _, rest, order = scipy.linalg.qr(reduced, mode="economic", pivoting=True)
    kept = np.zeros(reduced.shape[1], dtype=bool)
    kept[order[: len(rest)][np.abs(np.diag(rest)) > _DEPENDENT]] = True
    return kept


def _find_identified(reduced: NDArray[np.float64], size: int) -> NDArray[np.bool_]:
    """Find which of the first ``size`` columns are explained by no others, so that their coefficient is unique."""
    identified = np.zeros(size, dtype=bool)
    for place in range(size):
        others = np.delete(reduced, place, axis=1)
        rest = reduced[:, place] - others @ np.linalg.lstsq(others, reduced[:, place], rcond=None)[0]
        identified[place] = np.linalg.norm(rest) > _DEPENDENT
    return identified


def _read_coefficients(fitted: PoissonFit, places: NDArray[np.intp], names: list[str]) -> pd.DataFrame:
    """Return estimates and standard errors of the coefficients at the places given, missing where that is -1."""
    columns = {"estimate": fitted.estimates, "se_hc1": fitted.se_hc1, "se_clustered": fitted.se_clustered}
    numbers = {name: np.where(places >= 0, found[places], np.nan) for name, found in columns.items()}
    table = pd.DataFrame(numbers, index=pd.Index(names))
    return table.astype("Float64").mask(table.isna())
