"""How unevenly exports are spread: Theil T and L, Gini, UNCTAD index, Lorenz curve, parts by bloc (X07, X08)."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError
from zonebook.metrics.amounts import read_amounts
from zonebook.metrics.concentration import compute_concentration


@dataclass(frozen=True, slots=True)
class Inequality:
    """All measures of X07 over the same ``n`` active partners; ``n_zero`` partners without exports are left out.

    ``hhi_normalised`` and ``unctad`` are ``None`` for a single partner.
    """

    hhi: float
    hhi_normalised: float | None
    theil_t: float
    theil_l: float
    gini: float
    unctad: float | None
    n: int
    n_zero: int


def measure_inequality(values: ArrayLike) -> Inequality | None:
    """Measure how unevenly exports are spread over destinations or products, by every measure at once (X07).

    Formula: those of ``compute_concentration``, ``compute_theil_t``, ``compute_theil_l``, ``compute_gini`` and
    ``compute_unctad_index``.

    Parameters
    ----------
    values
        Exports to each destination (or of each product), one currency, >= 0.

    Returns
    -------
    Inequality or None
        ``None`` where there are no exports.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    N is the number of active partners everywhere; how many were given with exports of 0 is in ``n_zero``.

    References
    ----------
    Doersam (2004) as in R package REAT: 20, 50, 20, 10 have HHI 0.34, normalised 0.12, Gini 0.3.

    Examples
    --------
    >>> found = measure_inequality([20, 50, 20, 10, 0])
    >>> round(found.hhi, 2), round(found.hhi_normalised, 2), round(found.gini, 2), found.n, found.n_zero
    (0.34, 0.12, 0.3, 4, 1)
    """
    amounts = read_amounts(values)
    active = amounts[amounts > 0]
    found = compute_concentration(active)
    if found is None:
        return None
    return Inequality(
        hhi=found.hhi,
        hhi_normalised=found.normalised,
        theil_t=_theil_t(active),
        theil_l=_theil_l(active),
        gini=_gini(active),
        unctad=compute_unctad_index(active),
        n=found.n,
        n_zero=len(amounts) - found.n,
    )


def compute_theil_t(values: ArrayLike) -> float | None:
    """Compute Theil's T: the entropy that equal shares would have, less the entropy there is (X07).

    Formula: ``T = sum_i s_i ln(N s_i)``.

    Parameters
    ----------
    values
        Amounts, >= 0.

    Returns
    -------
    float or None
        In [0, ln N]; ``None`` where the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    N counts active partners; 0 ln 0 = 0. Natural logarithm. "Theil" alone is ambiguous: R package REAT prints L,
    PySAL prints T.

    References
    ----------
    Theil (1967). The numbers: 0.2502 by PySAL ``inequality`` on the incomes of ``compute_theil_l``.

    Examples
    --------
    >>> round(compute_theil_t([10, 10, 10, 20, 50]), 4)
    0.2502
    """
    active = _read_active(values)
    return _theil_t(active) if len(active) else None


def compute_theil_l(values: ArrayLike) -> float | None:
    """Compute Theil's L, the mean logarithmic deviation (X07).

    Formula: ``L = (1/N) sum_i ln(mean / x_i)``.

    Parameters
    ----------
    values
        Amounts, >= 0.

    Returns
    -------
    float or None
        In [0, inf); ``None`` where the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    An amount of 0 has no logarithm and is left out; ``measure_inequality`` says how many were. Natural logarithm.

    References
    ----------
    Theil (1967). The number: 0.2326 in the documentation of R package REAT.

    Examples
    --------
    >>> round(compute_theil_l([10, 10, 10, 20, 50]), 4)
    0.2326
    """
    active = _read_active(values)
    return _theil_l(active) if len(active) else None


def compute_gini(values: ArrayLike) -> float | None:
    """Compute the Gini coefficient: half the mean difference of two partners, over the mean (X07).

    Formula: ``G = 2 sum_i i x_(i) / (N sum_i x_i) - (N + 1) / N``, x_(i) in ascending order.

    Parameters
    ----------
    values
        Amounts, >= 0.

    Returns
    -------
    float or None
        In [0, 1 - 1/N]; ``None`` where the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    N counts active partners. A single partner gives 0. Not multiplied by N / (N - 1).

    References
    ----------
    Doersam (2004) as in R package REAT: 0.3.

    Examples
    --------
    >>> round(compute_gini([20, 50, 20, 10]), 2)
    0.3
    """
    active = _read_active(values)
    return _gini(active) if len(active) else None


def compute_unctad_index(values: ArrayLike) -> float | None:
    """Compute UNCTAD's concentration index of exports (X07).

    Formula: ``(sqrt(sum_i s_i^2) - sqrt(1/N)) / (1 - sqrt(1/N))``.

    Parameters
    ----------
    values
        Amounts, >= 0.

    Returns
    -------
    float or None
        In [0, 1]; ``None`` for fewer than two active partners.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    N counts active partners; UNCTAD itself takes all product groups of the classification (239 or 260), so its
    printed values are lower.

    References
    ----------
    UNCTADstat, concentration index (definition). By hand on Doersam's numbers: (0.5831 - 0.5) / 0.5.

    Examples
    --------
    >>> round(compute_unctad_index([20, 50, 20, 10]), 4)
    0.1662
    """
    found = compute_concentration(read_amounts(values))
    if found is None or found.n == 1:
        return None
    floor = math.sqrt(1 / found.n)
    return max(0.0, (math.sqrt(found.hhi) - floor) / (1 - floor))


def compute_lorenz_curve(values: ArrayLike) -> pd.DataFrame | None:
    """Compute the Lorenz curve: which share of exports the smallest partners together have.

    Formula: points ``(i / N, sum of the i smallest / sum of all)``, i = 0..N.

    Parameters
    ----------
    values
        Amounts, >= 0.

    Returns
    -------
    pandas.DataFrame or None
        Columns ``partner_share`` and ``value_share``, N + 1 rows; ``None`` where the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    References
    ----------
    Lorenz (1905), Methods of measuring the concentration of wealth, as in R package REAT.

    Examples
    --------
    >>> compute_lorenz_curve([30, 10]).to_numpy().tolist()
    [[0.0, 0.0], [0.5, 0.25], [1.0, 1.0]]
    """
    active = np.sort(_read_active(values))
    if not len(active):
        return None
    summed = np.concatenate(([0.0], np.cumsum(active)))
    return pd.DataFrame({"partner_share": np.linspace(0, 1, len(summed)), "value_share": summed / summed[-1]})


@dataclass(frozen=True, slots=True, eq=False)
class TheilDecomposition:
    """Theil's T as a sum: between groups and within them.

    ``by_group`` has, by group, ``share`` (of exports), ``n`` (active partners), ``theil_t`` (inside the group),
    ``between`` and ``within`` (what the group adds to each part).
    """

    total: float
    between: float
    within: float
    by_group: pd.DataFrame

    @property
    def between_share(self) -> float | None:
        """Part of the whole that is between groups; ``None`` where all amounts are equal."""
        return self.between / self.total if self.total > 0 else None


def decompose_theil(values: ArrayLike, groups: Sequence[Hashable]) -> TheilDecomposition | None:
    """Decompose Theil's T into the part between groups (blocs) and the part within them (X08).

    Formula: ``T_b = sum_g S_g ln(S_g N / n_g)``, ``T_w = sum_g S_g T_g``, ``T = T_b + T_w``.

    Parameters
    ----------
    values
        Amounts, >= 0.
    groups
        Group of each amount; each in one group only, so an exclusive partition of blocs.

    Returns
    -------
    TheilDecomposition or None
        Parts >= 0; ``None`` where the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing, an amount without a group, or lengths that differ.

    Notes
    -----
    N and n_g count active partners; a group without any is left out. A group of one has 0 within.

    References
    ----------
    Cadot, Carrere & Strauss-Kahn (2011). The numbers: 0.0915 + 0.1587 = 0.2502 by PySAL ``TheilD``.

    Examples
    --------
    >>> found = decompose_theil([10, 10, 10, 20, 50], ["a", "a", "b", "b", "b"])
    >>> round(found.between, 4), round(found.within, 4), round(found.total, 4)
    (0.0915, 0.1587, 0.2502)
    """
    amounts = read_amounts(values)
    labels = pd.Series(list(groups), dtype=object)
    if len(labels) != len(amounts):
        raise MetricError(f"{len(amounts)} amounts need as many groups, got {len(labels)}")
    if labels.isna().any():
        raise MetricError("an amount has no group", remedy="Give the rest a group of its own.")
    active = amounts > 0
    if not active.any():
        return None
    codes, names = pd.factorize(labels[active].to_numpy(), sort=True)
    share = amounts[active] / amounts.sum()
    part, n = np.bincount(codes, share), np.bincount(codes)
    entropy = np.bincount(codes, share * np.log(share))
    inside = np.where(n > 1, np.maximum(entropy / part - np.log(part) + np.log(n), 0.0), 0.0)
    between = part * np.log(part * active.sum() / n)
    columns = {"share": part, "n": n, "theil_t": inside, "between": between, "within": part * inside}
    total, within = max(0.0, float(between.sum())), float((part * inside).sum())
    by_group = pd.DataFrame(columns, index=pd.Index(names, name="group"))
    return TheilDecomposition(total + within, total, within, by_group)


def _read_active(values: ArrayLike) -> NDArray[np.float64]:
    amounts = read_amounts(values)
    return amounts[amounts > 0]


def _theil_t(active: NDArray[np.float64]) -> float:
    shares = active / active.sum()
    return max(0.0, float(shares @ np.log(len(shares) * shares)))


def _theil_l(active: NDArray[np.float64]) -> float:
    return max(0.0, float(-np.log(active / active.mean()).mean()))


def _gini(active: NDArray[np.float64]) -> float:
    n = len(active)
    weighted = np.arange(1, n + 1) @ np.sort(active)
    return max(0.0, float(2 * weighted / (n * active.sum()) - (n + 1) / n))
