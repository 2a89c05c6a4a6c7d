"""Whether supported firms did better: before and after, difference in differences (S03, S04)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
import scipy

from zonebook.errors import MetricError
from zonebook.metrics.panel import read_panel, regress_within


class Wording(StrEnum):
    """What a difference in differences may be called."""

    DIFFERENCE = "difference"
    ASSOCIATION = "association"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True)
class WordingRules:
    """What a difference must pass before it may be called more: numbers of supported and of all firms, p of trends."""

    least_treated: int = 10
    least_firms: int = 10
    pre_trend: float = 0.1


_RULES = WordingRules()


@dataclass(frozen=True, slots=True)
class Change:
    """Mean change over ``n`` pairs, with a bootstrap interval where there are enough of them.

    ``draws`` and ``seed`` are those of the bootstrap.
    """

    value: float
    lower: float | None
    upper: float | None
    n: int
    draws: int
    seed: int


def measure_change(
    before: pd.Series[Any], after: pd.Series[Any], *, seed: int, draws: int = 2000, least_pairs: int = 5
) -> Change | None:
    """Measure by how much supported firms changed from before to after (S03).

    Formula: mean of ``y_post - y_pre`` over firms with both; interval from a percentile bootstrap of the pairs.

    Parameters
    ----------
    before, after
        Outcome by firm, any unit; firms without both are left out.
    seed, draws
        Of the bootstrap.
    least_pairs
        Fewer pairs have no interval.

    Returns
    -------
    Change or None
        In the unit of the outcome, its interval of 95 %; ``None`` without a pair.

    Raises
    ------
    MetricError
        For a firm given twice.

    Notes
    -----
    A change is no effect: firms are supported when they do badly or well,
    and return to their mean without support (regression to the mean).

    References
    ----------
    Card & Krueger (1994), one arm: 20.44 to 21.03 in New Jersey.

    Examples
    --------
    >>> found = measure_change(pd.Series({"NJ": 20.44}), pd.Series({"NJ": 21.03}), seed=1)
    >>> round(found.value, 2), found.lower
    (0.59, None)
    """
    if before.index.has_duplicates or after.index.has_duplicates:
        raise MetricError("a firm is given twice", remedy="Give one outcome a firm.")
    change = (after - before).dropna().to_numpy(dtype=float)
    if not len(change):
        return None
    value = float(change.mean())
    if len(change) < least_pairs:
        return Change(value, None, None, len(change), draws, seed)
    interval = scipy.stats.bootstrap(
        (change,),
        np.mean,
        n_resamples=draws,
        batch=100,
        confidence_level=0.95,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Change(value, float(interval.low), float(interval.high), len(change), draws, seed)


def compute_did_of_means(
    treated_before: float, treated_after: float, control_before: float, control_after: float
) -> float:
    """Compute a difference in differences of four means (S04).

    Formula: ``(y_T1 - y_T0) - (y_C1 - y_C0)``.

    Parameters
    ----------
    treated_before, treated_after, control_before, control_after
        Mean outcome of supported and of other firms, before and after.

    Returns
    -------
    float
        In the unit of the outcome.

    References
    ----------
    Card & Krueger (1994), table 3: the cells give 2.75, the paper prints 2.76 from unrounded ones.

    Examples
    --------
    >>> round(compute_did_of_means(20.44, 21.03, 23.33, 21.17), 2)
    2.75
    """
    return (treated_after - treated_before) - (control_after - control_before)


@dataclass(frozen=True, slots=True)
class PanelEffect:
    """Difference in differences of a panel, in the unit of the outcome.

    ``standard_error``, the 95 % interval and ``p_value`` are ``None`` for too few firms.
    """

    value: float
    standard_error: float | None
    lower: float | None
    upper: float | None
    p_value: float | None
    n_treated: int
    n_control: int
    n_observations: int


def estimate_panel_effect(
    panel: pd.DataFrame, first_treated: pd.Series[Any], *, least_firms: int = 10
) -> PanelEffect | None:
    """Estimate how supported firms parted from others after their support, all years together (S04).

    Formula: ``y_it = a_i + b_t + beta D_it``, D_it = 1 from the first year of support; errors clustered by firm.

    Parameters
    ----------
    panel
        ``party_id``, ``year``, ``value``; rows without a value are left out; need not be balanced.
    first_treated
        First year of support by firm; missing or absent for firms never supported.
    least_firms
        Fewer firms are described without errors.

    Returns
    -------
    PanelEffect or None
        ``None`` where there is no control, or no firm seen both before and after its support.

    Raises
    ------
    MetricError
        For a firm and year given twice.

    Notes
    -----
    Two groups and two years give the 2 x 2 difference. Firms supported in all years seen say nothing and are left
    out. Where support begins in different years and works differently, early firms serve as controls of late ones
    and beta misleads: ``estimate_staggered_effect``. Intervals by Student's t with firms - 1 degrees of freedom.

    References
    ----------
    Card & Krueger (1994). By hand: 1 -> 4 among supported, 2 -> 3 among others.

    Examples
    --------
    >>> panel = pd.DataFrame({"party_id": ["a", "a", "b", "b"], "year": [1, 2, 1, 2], "value": [1.0, 4, 2, 3]})
    >>> round(estimate_panel_effect(panel, pd.Series({"a": 2})).value, 12)
    2.0
    """
    rows = read_panel(panel, first_treated)
    is_after = rows["relative"] >= 0
    seen = is_after.groupby(rows["party_id"]).agg(["any", "all"])
    rows = rows[~rows["party_id"].map(seen["all"])]
    treated = int((seen["any"] & ~seen["all"]).sum())
    control = int((~seen["any"]).sum())
    # Firms supported later are controls until then; with one year of support for all there is none.
    if treated == 0 or (control == 0 and rows.loc[rows["relative"] >= 0, "first_treated"].nunique() < 2):
        return None
    fit = regress_within(rows, pd.DataFrame({"after": (rows["relative"] >= 0).astype(float)}))
    if fit is None:
        return None
    value, counts = float(fit.params[0]), (treated, control, len(rows))
    if rows["party_id"].nunique() < least_firms:
        return PanelEffect(value, None, None, None, None, *counts)
    lower, upper = fit.conf_int()[0]
    return PanelEffect(value, float(fit.bse[0]), float(lower), float(upper), float(fit.pvalues[0]), *counts)


def choose_wording(n_treated: int, n_firms: int, pre_trend_p: float | None, rules: WordingRules = _RULES) -> Wording:
    """Choose what a result may be called (S04).

    Formula: *difference* if n_treated < 10, firms < 10 or pre-trend p < 0.1; *association* if the pre-trend cannot
    be tested; else *effect*.

    Parameters
    ----------
    n_treated, n_firms
        Supported firms, and all firms compared.
    pre_trend_p
        p-value of the test that groups moved alike before the support, ``None`` where it cannot be made.
    rules
        Cuts; by default those of the formula.

    Returns
    -------
    Wording
        The strongest word allowed.

    References
    ----------
    Own rule (METRICS 8.3): support goes to firms that differ beforehand.

    Examples
    --------
    >>> str(choose_wording(40, 200, 0.6)), str(choose_wording(40, 200, None)), str(choose_wording(9, 200, 0.6))
    ('effect', 'association', 'difference')
    """
    if n_treated < rules.least_treated or n_firms < rules.least_firms:
        return Wording.DIFFERENCE
    if pre_trend_p is None:
        return Wording.ASSOCIATION
    return Wording.DIFFERENCE if pre_trend_p < rules.pre_trend else Wording.EFFECT
