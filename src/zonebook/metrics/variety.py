"""How varied employment is, related and unrelated (L15, L16), and how it differs from the country's (L22)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError


@dataclass(frozen=True, slots=True)
class Variety:
    """Related and unrelated variety in units of the base (bits for 2), and the numbers of classes."""

    related: float
    unrelated: float
    base: float
    n_classes: int
    n_groups: int

    @property
    def total(self) -> float:
        """Entropy over all classes: related and unrelated variety together."""
        return self.related + self.unrelated


def measure_variety(amounts: ArrayLike, groups: ArrayLike, *, base: float = 2.0) -> Variety | None:
    """Measure variety inside groups of industries (related, L15) and between them (unrelated, L16).

    Formula: ``RV = sum_G P_G H_G``, ``H_G = sum_{i in G} (p_i/P_G) log(P_G/p_i)``; ``UV = sum_G P_G
    log(1/P_G)``; ``RV + UV`` = entropy of all classes.

    Parameters
    ----------
    amounts
        Employees (or revenue) of each 4- or 5-digit class, >= 0.
    groups
        The 2-digit group of each class.
    base
        Base of the logarithm: 2 for bits, e for natural units.

    Returns
    -------
    Variety or None
        RV in [0, log N], UV in [0, log G]; ``None`` if the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing, lists of different length, or a base of 1 or less.

    Notes
    -----
    A class without employees adds nothing (0 log 0 = 0) and is not counted. One class gives 0. Print the
    base: published tables are in bits or in natural units.

    References
    ----------
    Frenken, Van Oort & Verburg (2007); Palepu (1985), natural logarithm.

    Examples
    --------
    Four equal classes in two groups: one bit inside, one between.

    >>> found = measure_variety([25, 25, 25, 25], ["10", "10", "26", "26"])
    >>> found.related, found.unrelated
    (1.0, 1.0)
    """
    if not base > 1:
        raise MetricError(f"the base of a logarithm is above 1, got {base}")
    values, labels = _read_classes(amounts, groups)
    if values.size == 0:
        return None
    codes, names = pd.factorize(labels)
    shares = values / values.sum()
    of_groups = np.asarray(np.bincount(codes, shares), dtype=np.float64)
    # Shares of a single group add up to 1 but for rounding.
    unrelated = _entropy(of_groups) / math.log(base) if len(names) > 1 else 0.0
    related = float(shares @ (np.log(of_groups)[codes] - np.log(shares))) / math.log(base)
    return Variety(max(0.0, related), max(0.0, unrelated), base, len(shares), len(names))


def compute_krugman_index(local: pd.Series[Any], reference: pd.Series[Any]) -> float | None:
    """Compute how far the industries of a place are from those of the country (L22).

    Formula: ``K = sum_i |s_ir - s_i|``, s = shares of industries.

    Parameters
    ----------
    local, reference
        Employees (or shares) by industry, >= 0, of the place and of the country; an industry that one of
        them lacks counts as 0 there.

    Returns
    -------
    float or None
        In [0, 2], 0 = the same structure; ``None`` if either is empty or sums to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing, or an industry listed twice.

    References
    ----------
    Krugman (1991).

    Examples
    --------
    >>> compute_krugman_index(pd.Series({"C26": 30, "J62": 10}), pd.Series({"C26": 50, "A01": 50}))
    1.0
    """
    for amounts in (local, reference):
        if not amounts.index.is_unique:
            raise MetricError(f"industry {amounts.index[amounts.index.duplicated()][0]!r} is listed twice")
        if not (amounts.to_numpy(dtype=float, na_value=np.nan) >= 0).all():
            raise MetricError("an amount of an industry is negative or missing")
    here, there = local.astype("float64").align(reference.astype("float64"), fill_value=0.0)
    if not (here.sum() > 0 and there.sum() > 0):
        return None
    return float((here / here.sum() - there / there.sum()).abs().sum())


def _read_classes(amounts: ArrayLike, groups: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return the amounts above 0 and their groups, refusing what is no list of classes."""
    values, labels = np.asarray(amounts, dtype=float), np.asarray(groups, dtype=object)
    if values.shape != labels.shape:
        raise MetricError(f"{values.size} classes need as many groups, got {labels.size}")
    if not (values >= 0).all():
        raise MetricError("an amount of a class is negative or missing")
    if pd.isna(labels).any():
        raise MetricError("a class has no group")
    return values[values > 0], labels[values > 0]


def _entropy(shares: NDArray[np.float64]) -> float:
    """Return the entropy of positive shares in natural units."""
    return float(-(shares @ np.log(shares)))
