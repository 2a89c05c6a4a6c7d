"""Years before and after support: event study, test of pre-trends, support that begins in different years (S04)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.panel import read_panel, regress_within
from zonebook.metrics.support_effects import LEAST_CLUSTERS

Control = Literal["never", "not_yet"]
# First year of support, year, change since the year before support, who is supported, who is control.
_Cell = tuple[float, int, NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]
_BY_TIME = ["event_time", "value", "standard_error", "lower", "upper"]


@dataclass(frozen=True, slots=True, eq=False)
class EventStudy:
    """How supported firms differ from others, year by year around their support.

    ``table`` has ``event_time`` (years since the first year of support), ``value`` (0 at -1, the year all is
    compared with), ``standard_error``, ``lower``, ``upper`` (95 %; missing for fewer than ten firms) and ``n_treated``.
    ``pre_trend_p`` tests that all values before -1 are 0; ``None`` where there are none or too few firms.
    """

    table: pd.DataFrame
    pre_trend_p: float | None
    n_treated: int
    n_control: int


def estimate_event_study(
    panel: pd.DataFrame, first_treated: pd.Series[Any], window: tuple[int, int] = (-5, 5)
) -> EventStudy | None:
    """Estimate how supported firms differ from others in each year around their support (S04).

    Formula: ``y_it = a_i + b_t + sum over e != -1 of beta_e [t - g_i = e]``; pre-trend: F test of beta_e = 0, e < -1.

    Parameters
    ----------
    panel
        ``party_id``, ``year``, ``value``.
    first_treated
        First year of support by firm; missing or absent for firms never supported.
    window
        First and last year shown; years beyond are put together with them.

    Returns
    -------
    EventStudy or None
        In the unit of the outcome; ``None`` without firms never supported, or without a supported firm seen in the
        year before its support and in a year since.

    Raises
    ------
    MetricError
        For a firm and year given twice.

    Notes
    -----
    Errors are clustered by firm. A pre-trend that passes its test is no proof: with few firms the test finds little.
    Where support begins in different years and works differently, see ``estimate_staggered_effect``.

    References
    ----------
    Callaway & Sant'Anna (2021) on pre-trends. By hand: alike until -1, two apart since.

    Examples
    --------
    >>> panel = pd.DataFrame({"party_id": list("aaabbb"), "year": [1, 2, 3] * 2, "value": [1.0, 2, 5, 3, 4, 5]})
    >>> estimate_event_study(panel, pd.Series({"a": 3})).table[["event_time", "value"]].round(9).to_numpy().tolist()
    [[-2.0, 0.0], [-1.0, 0.0], [0.0, 2.0]]
    """
    rows = read_panel(panel, first_treated)
    treated = rows.dropna(subset=["first_treated"])
    control = rows["party_id"].nunique() - treated["party_id"].nunique()
    times = treated["relative"].clip(*window)
    if control == 0 or not (times == -1).any() or not (times >= 0).any():
        return None
    shown = [time for time in sorted(times.unique()) if time != -1]
    relative = rows["relative"].clip(*window)
    fit = regress_within(rows, pd.DataFrame({time: (relative == time).astype(float) for time in shown}))
    if fit is None:
        return None
    parties, early = rows["party_id"].nunique(), sum(time < -1 for time in shown)
    table = _tabulate_event_study(fit, shown, testable=parties >= LEAST_CLUSTERS)
    table["n_treated"] = table["event_time"].map(treated.groupby(times)["party_id"].nunique()).astype(int)
    # The clustered covariance has at most as many independent directions as there are firms less one.
    testable = parties >= LEAST_CLUSTERS and 0 < early < parties
    p_value = float(fit.f_test(np.eye(early, len(fit.params))).pvalue) if testable else None
    return EventStudy(table, p_value, treated["party_id"].nunique(), control)


def _tabulate_event_study(fit: Any, shown: list[float], *, testable: bool) -> pd.DataFrame:
    """Return the coefficients of the years shown, with the year all is compared with."""
    table = pd.DataFrame({"event_time": shown, "value": fit.params[: len(shown)]})
    table["standard_error"] = fit.bse[: len(shown)]
    table[["lower", "upper"]] = fit.conf_int()[: len(shown)]
    if not testable:
        table[["standard_error", "lower", "upper"]] = np.nan
    table = pd.concat([table, pd.DataFrame({"event_time": [-1.0], "value": [0.0]})], ignore_index=True)
    return table.sort_values("event_time", ignore_index=True)


@dataclass(frozen=True, slots=True, eq=False)
class StaggeredEffect:
    """Mean effect on the supported, where support begins in different years.

    ``by_group`` has a row a first year of support and year (``first_treated``, ``year``, ``value``, ``n_treated``,
    ``n_control``); ``by_event_time`` has ``event_time``, ``value``, ``standard_error``, ``lower``, ``upper``. Errors
    and intervals are missing (``None``) for fewer than ten firms. ``n_control`` are the firms never supported.
    """

    value: float
    standard_error: float | None
    lower: float | None
    upper: float | None
    by_group: pd.DataFrame
    by_event_time: pd.DataFrame
    n_treated: int
    n_control: int
    draws: int
    seed: int


def estimate_staggered_effect(
    panel: pd.DataFrame, first_treated: pd.Series[Any], *, seed: int, draws: int = 1000, control: Control = "never"
) -> StaggeredEffect | None:
    """Estimate the mean effect on supported firms from clean comparisons only (S04).

    Formula: ``ATT(g, t) = mean over G = g of (y_t - y_{g-1}) - mean over controls of (y_t - y_{g-1})``; overall: mean
    over t >= g weighted by the number of firms; by event time e: over ATT(g, g + e) likewise.

    Parameters
    ----------
    panel
        ``party_id``, ``year``, ``value``.
    first_treated
        First year of support by firm; missing or absent for firms never supported.
    seed, draws
        Of the bootstrap of firms (drawn anew within each group of one first year).
    control
        ``never``: firms never supported; ``not_yet``: those and firms whose support begins after both years compared.

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
    are left out. Intervals are 95 %, normal, with the bootstrap's standard error.

    References
    ----------
    Callaway & Sant'Anna (2021). By hand: supported +3 and +5, control +1 in the same years.

    Examples
    --------
    >>> panel = pd.DataFrame({"party_id": list("aabbcc"), "year": [1, 2] * 3, "value": [0.0, 3, 0, 5, 0, 1]})
    >>> estimate_staggered_effect(panel, pd.Series({"a": 2, "b": 2}), seed=1).value
    3.0
    """
    rows = read_panel(panel, first_treated)
    outcome = rows.pivot(index="party_id", columns="year", values="value")
    begins = rows.groupby("party_id")["first_treated"].first().reindex(outcome.index).to_numpy(dtype=float)
    cells = list(_compare_groups(outcome, begins, control))
    if not any(year >= group for group, year, *_ in cells):
        return None
    weights = np.vstack([np.ones((1, len(outcome))), _draw_firms(begins, draws, seed)])
    table, effects = _estimate_groups(cells, weights)
    size, time = table["n_treated"].to_numpy(dtype=float), (table["year"] - table["first_treated"]).to_numpy()
    testable = len(outcome) >= LEAST_CLUSTERS
    overall = _summarise(effects, size, time >= 0, testable=testable)
    by_time = [(int(e), *_summarise(effects, size, time == e, testable=testable)) for e in np.unique(time)]
    frame = pd.DataFrame(by_time, columns=_BY_TIME).astype(dict.fromkeys(_BY_TIME[1:], float))
    treated = int(np.isin(begins, table["first_treated"]).sum())
    return StaggeredEffect(*overall, table, frame, treated, int(np.isnan(begins).sum()), draws, seed)


def _compare_groups(outcome: pd.DataFrame, begins: NDArray[np.float64], control: Control) -> Iterator[_Cell]:
    """Yield what is compared with what, for every first year of support and year."""
    for group in np.unique(begins[~np.isnan(begins)]):
        if group - 1 not in outcome.columns:
            continue
        base = outcome[group - 1].to_numpy()
        for year in outcome.columns.drop(group - 1):
            change = outcome[year].to_numpy() - base
            seen = ~np.isnan(change)
            others = np.isnan(begins)
            if control == "not_yet":
                others = others | (begins > max(year, group))
            one, other = seen & (begins == group), seen & others
            if one.any() and other.any():
                yield group, int(year), np.nan_to_num(change), one, other


def _estimate_groups(cells: Sequence[_Cell], weights: NDArray[np.float64]) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """Return ATT(g, t) as a table, and for every row of weights (rows x cells)."""
    effects = np.column_stack([_weigh(weights, change, one, other) for *_, change, one, other in cells])
    rows = [
        (int(group), int(year), value, int(one.sum()), int(other.sum()))
        for (group, year, _, one, other), value in zip(cells, effects[0], strict=True)
    ]
    return pd.DataFrame(rows, columns=["first_treated", "year", "value", "n_treated", "n_control"]), effects


def _draw_firms(begins: NDArray[np.float64], draws: int, seed: int) -> NDArray[np.float64]:
    """Return how often each firm is drawn: draws x firms, the size of every group kept."""
    rng = np.random.default_rng(seed)
    weights = np.zeros((draws, len(begins)))
    labels = np.nan_to_num(begins, nan=np.inf)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        weights[:, members] = rng.multinomial(len(members), np.full(len(members), 1 / len(members)), size=draws)
    return weights


def _weigh(
    weights: NDArray[np.float64], change: NDArray[np.float64], one: NDArray[np.bool_], other: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the difference of mean changes for every row of weights; missing where a draw has no firm seen."""
    means = []
    for members in (one, other):
        drawn = weights[:, members]
        total = drawn.sum(axis=1)
        means.append(np.divide(drawn @ change[members], total, out=np.full(len(total), np.nan), where=total > 0))
    return np.asarray(means[0] - means[1])


def _summarise(
    effects: NDArray[np.float64], size: NDArray[np.float64], chosen: NDArray[np.bool_], *, testable: bool
) -> tuple[float, float | None, float | None, float | None]:
    """Return the mean of chosen cells weighted by firms, its standard error and its 95 % interval."""
    means = effects[:, chosen] @ size[chosen] / size[chosen].sum()
    value, drawn = float(means[0]), means[1:][~np.isnan(means[1:])]
    if not testable or len(drawn) < 2:
        return value, None, None, None
    error = float(drawn.std(ddof=1))
    return value, error, value - 1.96 * error, value + 1.96 * error
