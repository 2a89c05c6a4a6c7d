"""How often money turns over inside a zone before it leaves: the local multiplier LM3 (L23)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zonebook.errors import MetricError
from zonebook.metrics.procurement import measure_local_purchases

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class LocalRounds:
    """Money in the first round, the part of it spent locally, and the part of that spent locally again (RUB)."""

    first_rub: float
    second_rub: float
    third_rub: float | None


def compute_local_multiplier(first_rub: float, second_rub: float, third_rub: float | None) -> float | None:
    """Compute the local multiplier LM3 (L23).

    Formula: ``(R1 + R2 + R3) / R1``; R2 = local part of R1, R3 = local part of R2.

    Parameters
    ----------
    first_rub, second_rub, third_rub
        Rounds of spending, RUB, ``0 <= R3 <= R2 <= R1``; R3 ``None`` if not known.

    Returns
    -------
    float or None
        In [1, 3]; ``None`` if R1 = 0 (undefined) or R3 is not known (not applicable).

    Raises
    ------
    MetricError
        If a round is negative or larger than the one before.

    References
    ----------
    New Economics Foundation, The Money Trail (2002): of 10 pounds, 80 % spent locally in each round
    make 24.4, 20 % make 12.4.

    Examples
    --------
    >>> compute_local_multiplier(10, 8, 6.4), compute_local_multiplier(10, 2, 0.4)
    (2.44, 1.24)
    """
    rounds = [first_rub, second_rub, *([] if third_rub is None else [third_rub])]
    later = itertools.pairwise(rounds)
    if min(rounds) < 0 or any(part > whole * (1 + _ROUNDING) for whole, part in later):
        raise MetricError(f"each round is a part of the one before, got {', '.join(f'{r:g}' for r in rounds)}")
    if first_rub == 0 or third_rub is None:
        return None
    return (first_rub + second_rub + third_rub) / first_rub


def trace_local_rounds(ties: pd.DataFrame, residents: Iterable[Any], totals: pd.Series[float]) -> LocalRounds | None:
    """Trace residents' purchases through two rounds of local spending (L23).

    Formula: ``R1`` = purchases of residents, ``R2 = sum_j r_j`` where r_j = what resident j sold to
    residents, ``R3 = sum_j r_j l_j`` where l_j = local share of the purchases of j (L08).

    Parameters
    ----------
    ties
        Supply ties of one year: columns ``from_party`` (seller), ``to_party`` (buyer), ``value_rub``.
    residents
        Ids of the residents.
    totals
        All purchases of each resident, RUB, by party id.

    Returns
    -------
    LocalRounds or None
        The rounds in RUB, ``third_rub`` ``None`` if the purchases of a local seller are not known; ``None``
        if no resident's purchases are known.

    Raises
    ------
    DataError
        If local purchases of a resident exceed all its purchases.

    Notes
    -----
    A seller spends each rouble it earns locally as it spends all others. Buyers whose total is not known
    are in no round.

    References
    ----------
    New Economics Foundation, The Money Trail (2002).

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["b", "a"], "to_party": ["a", "b"], "value_rub": [50.0, 20.0]})
    >>> trace_local_rounds(ties, ["a", "b"], pd.Series({"a": 100.0, "b": 100.0}))
    LocalRounds(first_rub=200.0, second_rub=70.0, third_rub=20.0)
    """
    members = list(residents)
    bought = measure_local_purchases(ties, members, totals)
    if bought.total_rub is None:
        return None
    counted = bought.by_party.index[bought.by_party["total_rub"].notna()]
    inside = ties[ties["to_party"].isin(counted) & ties["from_party"].isin(members)].dropna(subset=["value_rub"])
    inside = inside[inside["from_party"] != inside["to_party"]]
    sold = inside["value_rub"].astype("float64").groupby(inside["from_party"].astype(object)).sum()
    share = bought.by_party["share"].reindex(sold.index[sold > 0])
    # A seller that buys nothing spends nothing locally; one whose purchases are not known leaves R3 open.
    share = share.mask(bought.by_party["total_rub"].reindex(share.index) == 0, 0.0)
    third = None if share.isna().any() else float((sold[sold > 0] * share.astype("float64")).sum())
    return LocalRounds(bought.total_rub, float(sold.sum()), third)
