"""Support that begins in different years: clean comparisons, years before and after, test of pre-trends (S04)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from zonebook.metrics.panel import read_panel

Control = Literal["never", "not_yet"]
_Floats = NDArray[np.float64]
_Flags = NDArray[np.bool_]
_SINGULAR = 1e-10  # part of the largest eigenvalue below which a covariance tells nothing
_BY_TIME = ["event_time", "value", "standard_error", "lower", "upper"]


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """A first year of support and a year: change since the year before support, of whom, against whom."""

    group: float
    year: int
    change: _Floats
    supported: _Flags
    control: _Flags


@dataclass(frozen=True, slots=True, eq=False)
class StaggeredEffect:
    """Mean effect on the supported, where support may begin in different years.

    ``by_group`` has a row a first year of support and year (``first_treated``, ``year``, ``value``, ``n_treated``,
    ``n_control``); ``by_event_time`` has ``event_time`` (years since the first year of support), ``value``,
    ``standard_error``, ``lower``, ``upper``, ``n_treated``. Errors and intervals are missing (``None``) for too few
    firms. ``pre_trend_p`` tests that all values of event times before -1 are 0; ``None`` where there are none, or too
    few firms. ``n_control`` are the firms never supported.
    """

    value: float
    standard_error: float | None
    lower: float | None
    upper: float | None
    by_group: pd.DataFrame
    by_event_time: pd.DataFrame
    pre_trend_p: float | None
    n_treated: int
    n_control: int


def estimate_staggered_effect(
    panel: pd.DataFrame, first_treated: pd.Series[Any], *, control: Control = "never", least_firms: int = 10
) -> StaggeredEffect | None:
    """Estimate the mean effect on supported firms from clean comparisons only (S04).

    Formula: ``ATT(g, t) = mean over G = g of (y_t - y_{g-1}) - mean over controls of (y_t - y_{g-1})``; overall: mean
    over t >= g weighted by the number of firms; by event time e: over ATT(g, g + e) likewise; pre-trend: Wald test of
    all event times before -1.

    Parameters
    ----------
    panel
        ``party_id``, ``year``, ``value``; need not be balanced.
    first_treated
        First year of support by firm; missing or absent for firms never supported.
    control
        ``never``: firms never supported; ``not_yet``: those and firms whose support begins after both years compared.
    least_firms
        Fewer firms are described without errors.

    Returns
    -------
    StaggeredEffect or None
        In the unit of the outcome; ``None`` where no group has the year before its support, a year since, and a
        control in both.

    Raises
    ------
    MetricError
        For a firm and year given twice.

    Notes
    -----
    Without covariates, among firms seen in both years of a difference. Groups without the year before their support
    are left out. With support that begins in one year and two years of data this is the 2 x 2 difference. Errors by
    firm, from influence functions within groups; intervals of 95 % and the test by Student's t and F with firms - 1
    degrees of freedom. A pre-trend that passes its test is no proof: with few firms the test finds little.

    References
    ----------
    Callaway & Sant'Anna (2021). By hand: supported +3 and +5, control +1 in the same years.

    Examples
    --------
    >>> panel = pd.DataFrame({"party_id": list("aabbcc"), "year": [1, 2] * 3, "value": [0.0, 3, 0, 5, 0, 1]})
    >>> estimate_staggered_effect(panel, pd.Series({"a": 2, "b": 2})).value
    3.0
    """
    rows = read_panel(panel, first_treated)
    outcome = rows.pivot(index="party_id", columns="year", values="value")
    begins = rows.drop_duplicates("party_id")["first_treated"].to_numpy(dtype=float)
    cells = list(_compare_groups(outcome, begins, control))
    if not any(cell.year >= cell.group for cell in cells):
        return None
    return _summarise_groups(cells, begins, is_tested=len(outcome) >= least_firms)


def _summarise_groups(cells: Sequence[_Cell], begins: _Floats, *, is_tested: bool) -> StaggeredEffect:
    """Return the means over groups and years, and by years since the first year of support."""
    table, influence = _estimate_groups(cells)
    since = (table["year"] - table["first_treated"]).to_numpy()
    times, sizes = np.unique(since), table["n_treated"].to_numpy(dtype=float)
    chosen = np.column_stack([since >= 0, *(since == time for time in times)]) * sizes[:, None]
    weights = chosen / chosen.sum(axis=0)
    values, spread = table["value"].to_numpy() @ weights, influence @ weights
    whole, *summary = _summarise(values, spread, is_tested=is_tested)
    by_time = pd.DataFrame(summary, columns=_BY_TIME[1:], dtype=float).assign(n_treated=chosen[:, 1:].sum(axis=0))
    by_time.insert(0, "event_time", times)
    is_early = np.append(False, times < -1)
    return StaggeredEffect(
        value=whole[0],
        standard_error=whole[1],
        lower=whole[2],
        upper=whole[3],
        by_group=table,
        by_event_time=by_time.astype({"n_treated": int}),
        pre_trend_p=_test_jointly(values[is_early], spread[:, is_early]) if is_tested else None,
        n_treated=int(np.isin(begins, table["first_treated"]).sum()),
        n_control=int(np.isnan(begins).sum()),
    )


def _compare_groups(outcome: pd.DataFrame, begins: _Floats, control: Control) -> Iterator[_Cell]:
    """Yield what is compared with what, for every first year of support and year."""
    values, years = outcome.to_numpy(dtype=float), [int(year) for year in outcome.columns]
    for group in np.unique(begins[~np.isnan(begins)]):
        if group - 1 not in years:
            continue
        base = years.index(int(group) - 1)
        for place, year in enumerate(years):
            if place == base:
                continue
            change = values[:, place] - values[:, base]
            is_seen = ~np.isnan(change)
            others = np.isnan(begins)
            if control == "not_yet":
                others = others | (begins > max(year, group))
            one, other = is_seen & (begins == group), is_seen & others
            if one.any() and other.any():
                yield _Cell(float(group), year, np.nan_to_num(change), one, other)


def _estimate_groups(cells: Sequence[_Cell]) -> tuple[pd.DataFrame, _Floats]:
    """Return ATT(g, t) as a table, and by how much each firm moves each of them (firms x cells)."""
    rows, influence = [], np.zeros((len(cells[0].change), len(cells)))
    for place, cell in enumerate(cells):
        value = 0.0
        for members, sign in ((cell.supported, 1.0), (cell.control, -1.0)):
            change = cell.change[members]
            count, mean = len(change), float(change.mean())
            value += sign * mean
            # One firm less in the divisor, as in a variance estimated from a sample.
            influence[members, place] = sign * (change - mean) / np.sqrt(count * max(count - 1, 1))
        rows.append((int(cell.group), cell.year, value, int(cell.supported.sum()), int(cell.control.sum())))
    return pd.DataFrame(rows, columns=["first_treated", "year", "value", "n_treated", "n_control"]), influence


def _summarise(
    values: _Floats, spread: _Floats, *, is_tested: bool
) -> list[tuple[float, float | None, float | None, float | None]]:
    """Return each value with its standard error and its 95 % interval."""
    if not is_tested:
        return [(float(value), None, None, None) for value in values]
    errors = np.sqrt((spread**2).sum(axis=0))
    reach = scipy.stats.t.ppf(0.975, len(spread) - 1) * errors
    return list(
        zip(values.tolist(), errors.tolist(), (values - reach).tolist(), (values + reach).tolist(), strict=True)
    )


def _test_jointly(values: _Floats, spread: _Floats) -> float | None:
    """Return the p-value of all values being 0; ``None`` where there are none, or their covariance is singular."""
    count, firms = len(values), len(spread)
    if count == 0 or count >= firms:
        return None
    covariance = spread.T @ spread
    eigenvalues = np.linalg.eigvalsh(covariance)
    if eigenvalues[0] <= _SINGULAR * max(eigenvalues[-1], 0.0) or eigenvalues[-1] <= 0:
        return None
    statistic = float(values @ np.linalg.solve(covariance, values)) / count
    return float(scipy.stats.f.sf(statistic, count, firms - 1))
