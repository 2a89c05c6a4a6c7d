"""Which figures would give a firm away: primary suppression (Q04)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import MetricError


@dataclass(frozen=True, slots=True)
class SuppressionRule:
    """Thresholds of primary suppression; the project's policy, not law.

    ``minimum`` respondents, ``dominance`` share of the largest, ``protection`` p as a share.
    """

    minimum: int = 3
    dominance: float = 0.9
    protection: float = 0.1

    def __post_init__(self) -> None:
        if self.minimum < 1 or not 0 < self.dominance <= 1 or self.protection < 0:
            raise MetricError(f"thresholds cannot be: {self}")


class Verdict(StrEnum):
    """What is to happen with a figure."""

    PUBLISH = "publish"
    SUPPRESS = "suppress"
    REVIEW = "review"


DEFAULT_RULE = SuppressionRule()


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """Verdict on one figure, the rules it breaks, and what they were judged by.

    ``too_few``, ``is_dominated`` and ``is_guessable`` are the three rules. ``top1_share``, ``top2_share`` and
    ``p_ratio`` (what is left beside the two largest, over the largest) are ``None`` where nothing is divided.
    """

    verdict: Verdict
    too_few: bool
    is_dominated: bool
    is_guessable: bool
    n: int
    top1_share: float | None
    top2_share: float | None
    p_ratio: float | None


def judge_cell(
    contributions: ArrayLike, respondents: Sequence[Hashable] | None = None, rule: SuppressionRule = DEFAULT_RULE
) -> CellVerdict:
    """Judge whether a figure would give away a firm that is part of it (Q04).

    Formula: suppress if ``n < 3`` or ``x1 > 90 % of X`` or ``X - x1 - x2 < 10 % of x1``, x1 and x2 the largest parts.

    Parameters
    ----------
    contributions
        What each firm adds to the figure; zeros are respondents too.
    respondents
        Who answers for each firm: its holding, else itself; firms of one holding count as one.
    rule
        Thresholds.

    Returns
    -------
    CellVerdict
        ``review`` where a contribution is negative: the rules say nothing of such figures.

    Raises
    ------
    MetricError
        For a contribution that is missing, or respondents of another number.

    Notes
    -----
    Without any respondent the figure is a structural zero and may be published. A share of exactly the threshold is
    not above it (program ACRO takes it to be).

    References
    ----------
    SDC Handbook, ch. 4: 50 000, 49 000, 1 000 pass dominance, yet the second knows the first to within 2 %.

    Examples
    --------
    >>> found = judge_cell([50_000, 49_000, 1_000])
    >>> str(found.verdict), found.is_dominated, found.is_guessable, found.p_ratio
    ('suppress', False, True, 0.02)
    """
    amounts = np.asarray(contributions, dtype=float)
    who = list(range(len(amounts))) if respondents is None else list(respondents)
    if len(who) != len(amounts):
        raise MetricError(f"{len(amounts)} contributions need as many respondents, got {len(who)}")
    frame = pd.DataFrame({"cell": 0, "respondent": pd.Series(who, dtype=object), "value": amounts})
    table = judge_cells(frame, ["cell"], rule)
    if table.empty:
        return CellVerdict(Verdict.PUBLISH, False, False, False, 0, None, None, None)
    row = table.iloc[0]
    shares = [None if np.isnan(row[name]) else float(row[name]) for name in ("top1_share", "top2_share", "p_ratio")]
    return CellVerdict(
        Verdict(row["verdict"]),
        bool(row["too_few"]),
        bool(row["is_dominated"]),
        bool(row["is_guessable"]),
        int(row["n"]),
        *shares,
    )


def judge_cells(
    contributions: pd.DataFrame, cells: Sequence[str], rule: SuppressionRule = DEFAULT_RULE
) -> pd.DataFrame:
    """Judge all figures of a table at once (Q04).

    Formula: as in ``judge_cell``.

    Parameters
    ----------
    contributions
        One row a contribution: the columns of ``cells``, ``respondent`` (holding, else firm; a missing one is a
        respondent by itself) and ``value``.
    cells
        Columns that say which figure a contribution belongs to.
    rule
        Thresholds.

    Returns
    -------
    pandas.DataFrame
        By figure: ``n``, ``total``, ``top1_share``, ``top2_share``, ``p_ratio`` (missing where nothing is divided),
        ``too_few``, ``is_dominated``, ``is_guessable`` and ``verdict``. Figures without a respondent do not appear.

    Raises
    ------
    MetricError
        For a contribution that is missing.

    References
    ----------
    SDC Handbook, ch. 4; defaults of METRICS 8.4.

    Examples
    --------
    >>> rows = pd.DataFrame({"zone": list("aaab"), "respondent": list("pqrs"), "value": [10.0, 10, 10, 48]})
    >>> judge_cells(rows, ["zone"])["verdict"].to_dict()
    {'a': 'publish', 'b': 'suppress'}
    """
    if contributions["value"].isna().any():
        raise MetricError("a contribution is missing", remedy="Leave out firms that did not answer.")
    groups = contributions.groupby(list(cells), dropna=False, sort=True)
    cell, index = groups.ngroup().to_numpy(), groups.size().index
    values = contributions["value"].to_numpy(dtype=float)
    who, known = pd.factorize(contributions["respondent"])
    alone = len(known) + np.arange(len(who))
    # One number for each figure and respondent: what a group adds is summed before it is compared.
    pairs, place = np.unique(cell * (len(known) + len(who)) + np.where(who < 0, alone, who), return_inverse=True)
    sums = np.bincount(place, values, len(pairs))
    cell_of_pair = pairs // max(len(known) + len(who), 1)
    order = np.lexsort((-sums, cell_of_pair))
    n = np.bincount(cell_of_pair, minlength=len(index))
    starts = np.cumsum(n) - n
    ordered = np.append(sums[order], 0.0)
    second = np.where(n > 1, ordered[np.minimum(starts + 1, len(ordered) - 1)], 0.0)
    table = pd.DataFrame({"n": n, "total": np.bincount(cell_of_pair, sums, len(index))}, index)
    is_negative = np.bincount(cell, values < 0, len(index)) > 0
    return _apply_rule(table, pd.Series(ordered[starts], index), pd.Series(second, index), is_negative, rule)


def _apply_rule(
    table: pd.DataFrame,
    first: pd.Series[Any],
    second: pd.Series[Any],
    is_negative: NDArray[np.bool_],
    rule: SuppressionRule,
) -> pd.DataFrame:
    rest = table["total"] - first - second
    # Subtraction leaves dust of the total where nothing is left.
    rest = rest.mask(rest.abs() <= 1e-12 * table["total"].abs(), 0.0)
    table["top1_share"] = first / table["total"].where(table["total"] > 0)
    table["top2_share"] = (first + second) / table["total"].where(table["total"] > 0)
    table["p_ratio"] = rest / first.where(first > 0)
    table["too_few"] = table["n"] < rule.minimum
    table["is_dominated"] = first > rule.dominance * table["total"]
    table["is_guessable"] = rest < rule.protection * first
    breaks = table[["too_few", "is_dominated", "is_guessable"]].any(axis=1)
    verdict = pd.Series(np.where(breaks, Verdict.SUPPRESS.value, Verdict.PUBLISH.value), table.index)
    table["verdict"] = verdict.mask(is_negative, Verdict.REVIEW.value)
    return table


def convert_dominance(k: float) -> float:
    """Convert the threshold of a (2, k) dominance rule into that of the p % rule it implies.

    Formula: ``p = 100 (100 - k) / k``.

    Parameters
    ----------
    k
        Share of the two largest, %, in (0, 100].

    Returns
    -------
    float
        p, %.

    Raises
    ------
    MetricError
        For k outside (0, 100].

    References
    ----------
    SDC Handbook, ch. 4: (2, 80) is p = 25, (2, 95) is p = 5.26.

    Examples
    --------
    >>> convert_dominance(80), round(convert_dominance(95), 2)
    (25.0, 5.26)
    """
    if not 0 < k <= 100:
        raise MetricError(f"a share of dominance lies in (0, 100], got {k}")
    return 100 * (100 - k) / k
