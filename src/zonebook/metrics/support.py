"""Formulas of support measures (S02)."""

from __future__ import annotations

from zonebook.errors import MetricError


def _quotient(part: float, whole: float, what: str) -> float | None:
    if part < 0 or whole < 0:
        raise MetricError(f"{what} must be at least zero, got {part} and {whole}")
    return None if whole == 0 else part / whole


def support_intensity(support: float, revenue: float) -> float | None:
    """Say how much support there is for a rouble of revenue.

    Formula: support / revenue, of the same firms in the same year.

    Parameters
    ----------
    support
        Sum of support granted in the year, without planned measures.
    revenue
        Revenue of the year, in the same currency.

    Returns
    -------
    float or None
        Ratio, in [0, inf).

    Raises
    ------
    MetricError
        For a sum below zero.

    Notes
    -----
    Undefined (``None``) where revenue is zero.

    References
    ----------
    Own definition. By hand: 1.08 bn on a revenue of 35.3 bn.

    Examples
    --------
    >>> round(support_intensity(1.08e9, 35.3e9), 4)
    0.0306
    """
    return _quotient(support, revenue, "support and revenue")


def leverage(private_investment: float, budget_spending: float) -> float | None:
    """Say how many roubles firms invested for each rouble of public money put into infrastructure.

    Formula: private investment / budget spending on infrastructure, both since foundation.

    Parameters
    ----------
    private_investment, budget_spending
        Sums to the same date, both cumulative or both of one year, in one currency.

    Returns
    -------
    float or None
        Ratio, in [0, inf).

    Raises
    ------
    MetricError
        For a sum below zero.

    Notes
    -----
    Undefined (``None``) where no public money was spent.

    References
    ----------
    Government Decree 643 of 2016 compares investment with budget cost (its news checked, its formula not).
    By hand: 180 bn for 30 bn.

    Examples
    --------
    >>> leverage(180e9, 30e9)
    6.0
    """
    return _quotient(private_investment, budget_spending, "investment and spending")
