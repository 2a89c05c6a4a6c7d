"""How concentrated amounts are: Herfindahl-Hirschman index, its normalised form, concentration ratio (L17, L18)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError


@dataclass(frozen=True, slots=True)
class Concentration:
    """HHI over ``n`` active partners."""

    hhi: float
    n: int

    @property
    def normalised(self) -> float | None:
        """HHI on a scale of 0 (equal shares) to 1 (one of several has all), ``None`` for a single partner."""
        return None if self.n == 1 else max(0.0, (self.hhi - 1 / self.n) / (1 - 1 / self.n))

    @property
    def effective_number(self) -> float:
        """Number of equal partners that would give the same HHI."""
        return 1 / self.hhi

    @property
    def points(self) -> float:
        """HHI in points of competition authorities, 0-10 000."""
        return self.hhi * 10_000


def compute_concentration(values: ArrayLike) -> Concentration | None:
    """Compute how concentrated values are on few partners (L17).

    Formula: ``HHI = sum s_j^2``; normalised ``(HHI - 1/N) / (1 - 1/N)``; effective number ``1 / HHI``.

    Parameters
    ----------
    values
        One net amount a partner, RUB (or shares in any scale), >= 0.

    Returns
    -------
    Concentration or None
        HHI in (0, 1]; ``None`` if the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing.

    Notes
    -----
    N counts active partners, those with an amount above 0. A single partner gives HHI 1 and no normalised
    value. Returns are netted against deliveries before (``measure_partner_concentration`` does).

    References
    ----------
    US DOJ Antitrust Division (30, 30, 20, 20 gives 2600 points); Doersam (2004) as in R package REAT.

    Examples
    --------
    >>> found = compute_concentration([20, 50, 20, 10])
    >>> round(found.hhi, 2), round(found.normalised, 2), round(found.effective_number, 2)
    (0.34, 0.12, 2.94)
    """
    shares = _compute_shares(values)
    return None if shares is None else Concentration(float(shares @ shares), len(shares))


@dataclass(frozen=True, slots=True)
class ConcentrationRatio:
    """Share of the ``k`` largest of ``n`` partners; complete by arithmetic where n < k."""

    share: float
    k: int
    n: int

    @property
    def covers_all(self) -> bool:
        """Whether there are fewer than k partners, so that the ratio is 1 by arithmetic."""
        return self.n < self.k


def compute_concentration_ratio(values: ArrayLike, k: int = 4) -> ConcentrationRatio | None:
    """Compute the share of the k largest partners (L18).

    Formula: ``CR_k = sum of the k largest s_j``.

    Parameters
    ----------
    values
        One net amount a partner, RUB, >= 0.
    k
        Number of partners counted.

    Returns
    -------
    ConcentrationRatio or None
        Share 0-1; ``None`` if the amounts sum to 0.

    Raises
    ------
    MetricError
        For an amount that is negative or missing, or k < 1.

    Notes
    -----
    With fewer than k partners the share is 1 and ``covers_all`` says so. A published CR1 or CR2 may itself
    disclose a firm: it passes the disclosure rules first.

    References
    ----------
    Eurostat and UNCTAD usage.

    Examples
    --------
    >>> round(compute_concentration_ratio([30, 30, 20, 20], k=2).share, 4)
    0.6
    """
    if k < 1:
        raise MetricError(f"a concentration ratio needs at least one partner, got {k}")
    shares = _compute_shares(values)
    if shares is None:
        return None
    share = 1.0 if len(shares) <= k else float(np.sort(shares)[-k:].sum())
    return ConcentrationRatio(share, k, len(shares))


def _compute_shares(values: ArrayLike) -> NDArray[np.float64] | None:
    """Return the shares of partners with an amount, ``None`` if there is none."""
    amounts = np.asarray(values, dtype=float)
    if np.isnan(amounts).any():
        raise MetricError("an amount is missing", remedy="Leave out ties without a value.")
    if (amounts < 0).any():
        raise MetricError("an amount is negative", remedy="Net returns against deliveries first.")
    total = amounts.sum()
    return amounts[amounts > 0] / total if total > 0 else None
