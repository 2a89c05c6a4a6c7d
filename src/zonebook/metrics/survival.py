"""How long exports to a country last: spells, Kaplan-Meier curve and log-rank test (X14)."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError
from zonebook.metrics.interval import Interval

Z_95 = 1.959963984540054  # of the normal distribution, two-sided
_ROUNDING = 1e-12  # a survival that should be exactly one half may miss it by this


def build_spells(flows: pd.DataFrame, first_year: int, last_year: int, *, filled_gap: int = 0) -> pd.DataFrame:
    """Build spells of uninterrupted exports from a panel of yearly flows (X14).

    Formula: a spell is a run of consecutive years with exports, at most ``filled_gap`` years apart.

    Parameters
    ----------
    flows
        ``year`` and the keys of a relation (exporter, country, perhaps product): a row where exports were above 0.
    first_year, last_year
        Years the panel covers without a hole; rows outside are left out.
    filled_gap
        0 for the raw variant, 1 to bridge a single year without exports.

    Returns
    -------
    pandas.DataFrame
        The keys, ``start``, ``end``, ``duration`` (years, >= 1) and ``is_event`` (whether the spell ended before
        the last year; otherwise it is censored).

    Raises
    ------
    MetricError
        For years the wrong way round, a gap below 0, or flows without a key.

    Notes
    -----
    Spells alive in the first year are dropped: nobody knows how long they had lasted. A key missing in a row is a
    value of its own. A year without any data must not lie inside the panel: it would end every spell.

    References
    ----------
    Besedes & Prusa (2006). By hand: exports in 2020, 2021 and 2023 of a panel of 2019-2024.

    Examples
    --------
    >>> flows = pd.DataFrame({"country": "KAZ", "year": [2020, 2021, 2023]})
    >>> build_spells(flows, 2019, 2024)[["start", "duration", "is_event"]].to_numpy().tolist()
    [[2020, 2, True], [2023, 1, True]]
    >>> build_spells(flows, 2019, 2024, filled_gap=1)["duration"].tolist()
    [4]
    """
    keys = [column for column in flows.columns if column != "year"]
    if first_year > last_year or filled_gap < 0 or not keys:
        raise MetricError(f"no spells for keys {keys} in {first_year}-{last_year} with gaps of {filled_gap}")
    rows = flows[flows["year"].between(first_year, last_year)].drop_duplicates()
    rows = rows.sort_values([*keys, "year"], ignore_index=True)
    relation = rows.groupby(keys, dropna=False, sort=False).ngroup()
    years = rows["year"].astype(int)
    begins = (relation != relation.shift()) | (years.diff() > 1 + filled_gap)
    spell = begins.cumsum()
    found = rows.loc[begins, keys].reset_index(drop=True)
    found["start"] = years.groupby(spell).min().to_numpy()
    found["end"] = years.groupby(spell).max().to_numpy()
    found["duration"] = found["end"] - found["start"] + 1
    found["is_event"] = found["end"] < last_year
    return found[found["start"] > first_year].reset_index(drop=True)


@dataclass(frozen=True, slots=True, eq=False)
class SurvivalCurve:
    """Kaplan-Meier estimate.

    ``table`` has a row a duration at which a spell ended: ``duration``, ``survival``, ``standard_error``
    (Greenwood; missing where nothing survives), ``at_risk``, ``ended``. ``median`` is ``None`` where more than half
    survive the longest duration seen.
    """

    table: pd.DataFrame
    median: float | None
    n_spells: int
    n_ended: int

    def survival_at(self, duration: float) -> float:
        """Return the share of spells that last longer than a duration."""
        place = self._find_place(duration)
        return 1.0 if place < 0 else float(self.table["survival"].to_numpy()[place])

    def interval_at(self, duration: float) -> Interval | None:
        """Return the share with its 95 % interval; ``None`` where it is 0 or 1 and has none.

        On the scale of ``ln(-ln S)``, so that bounds stay within 0 and 1 (Kalbfleisch & Prentice, 1980).
        """
        place, share = self._find_place(duration), self.survival_at(duration)
        if not 0 < share < 1:
            return None
        spread = Z_95 * float(self.table["standard_error"].to_numpy()[place]) / (share * -math.log(share))
        return Interval(share, share ** math.exp(spread), share ** math.exp(-spread))

    def _find_place(self, duration: float) -> int:
        """Return the row of the last ending up to a duration, -1 before the first."""
        return int(np.searchsorted(self.table["duration"].to_numpy(dtype=float), duration, side="right")) - 1


def estimate_survival(durations: ArrayLike, events: ArrayLike) -> SurvivalCurve | None:
    """Estimate which share of spells outlives a duration (X14).

    Formula: ``S(t) = prod over k <= t of (1 - d_k / n_k)``, d_k ended at k, n_k alive before.

    Parameters
    ----------
    durations
        Length of each spell, > 0.
    events
        Whether the spell ended (true) or was still alive when last seen (false).

    Returns
    -------
    SurvivalCurve or None
        Shares in [0, 1]; ``None`` without spells.

    Raises
    ------
    MetricError
        For a duration that is missing or not above 0, or lengths that differ.

    Notes
    -----
    If no spell ended, S = 1 throughout and there is no median (not an infinite one). The median is the smallest
    duration at which S <= 1/2.

    References
    ----------
    Kaplan & Meier (1958). The number: remission under 6-MP, Freireich et al. (1963), median 23 weeks.

    Examples
    --------
    >>> weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    >>> ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    >>> found = estimate_survival(weeks, ended)
    >>> round(found.survival_at(6), 3), round(found.survival_at(22), 3), found.median
    (0.857, 0.538, 23.0)
    """
    time, status = _read_spells(durations, events)
    if not len(time):
        return None
    columns = ("duration", "survival", "standard_error", "at_risk", "ended")
    if not status.any():
        return SurvivalCurve(pd.DataFrame({column: pd.Series(dtype=float) for column in columns}), None, len(time), 0)
    from statsmodels.duration.survfunc import SurvfuncRight  # noqa: PLC0415 - slow, and few need it

    fit = SurvfuncRight(time, status)
    values = (fit.surv_times, fit.surv_prob, fit.surv_prob_se, fit.n_risk, fit.n_events)
    table = pd.DataFrame({column: np.asarray(value, float) for column, value in zip(columns, values, strict=True)})
    halved = table.loc[table["survival"] <= 0.5 + _ROUNDING, "duration"]
    median = float(halved.iloc[0]) if len(halved) else None
    return SurvivalCurve(table, median, len(time), int(status.sum()))


@dataclass(frozen=True, slots=True)
class LogRank:
    """Log-rank test of equal survival: chi-squared statistic, degrees of freedom, p-value."""

    statistic: float
    degrees: int
    p_value: float


def compare_survival(durations: ArrayLike, events: ArrayLike, groups: Sequence[Hashable]) -> LogRank | None:
    """Test whether spells of different groups last equally long (X14).

    Formula: log-rank, ``(O - E)' V^-1 (O - E)`` over groups, chi-squared with groups - 1 degrees of freedom.

    Parameters
    ----------
    durations, events
        As for ``estimate_survival``.
    groups
        Group of each spell.

    Returns
    -------
    LogRank or None
        ``None`` for fewer than two groups seen until the first spell ended, or where none ended or all together.

    Raises
    ------
    MetricError
        For a duration that is missing or not above 0, or lengths that differ.

    References
    ----------
    Mantel (1966). The number: 6-MP against placebo, Freireich et al. (1963), chi-squared 16.8 (Kleinbaum & Klein);
    here by hand: two spells that end at 1 and 2, one in each group, (1 - 1/2)^2 / (1/4) = 1.

    Examples
    --------
    >>> round(compare_survival([1, 2], [1, 1], ["a", "b"]).statistic, 12)
    1.0
    """
    time, status = _read_spells(durations, events)
    codes, labels = pd.factorize(pd.Series(list(groups), dtype=object), sort=True)
    if len(codes) != len(time):
        raise MetricError(f"{len(time)} spells need as many groups, got {len(codes)}")
    if len(labels) < 2 or not status.any():
        return None
    # A group last seen before the first spell ended says nothing.
    seen = np.isin(codes, codes[time >= time[status == 1].min()])
    degrees = len(np.unique(codes[seen])) - 1
    if degrees < 1:
        return None
    try:
        from statsmodels.duration.survfunc import survdiff  # noqa: PLC0415 - slow, and few need it

        statistic, p_value = survdiff(time[seen], status[seen], codes[seen])
    except np.linalg.LinAlgError:  # nothing varies: all that were left ended together
        return None
    return LogRank(float(np.squeeze(statistic)), degrees, float(np.squeeze(p_value)))


def _read_spells(durations: ArrayLike, events: ArrayLike) -> tuple[NDArray[np.float64], NDArray[Any]]:
    time, status = np.asarray(durations, dtype=float), np.asarray(events, dtype=bool).astype(int)
    if time.shape != status.shape:
        raise MetricError(f"{time.size} durations need as many events, got {status.size}")
    if not (np.isfinite(time) & (time > 0)).all():
        raise MetricError("a spell lasts longer than 0")
    return time, status
