"""How often money turns over inside a zone before it leaves: the local multiplier LM3 (L23)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError
from zonebook.metrics.adjacency import index_parties
from zonebook.metrics.local_amounts import LocalAmounts, list_local_amounts
from zonebook.metrics.procurement import sum_local
from zonebook.metrics.tie_totals import sum_at_places

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class LocalRounds:
    """Money in the first round, the part of it spent locally, and the part of that spent locally again (RUB).

    ``third_rub`` is ``None`` where it is not known at all. ``open_rub`` went to sellers whose purchases are not known:
    the third round is at most ``third_rub + open_rub``.
    """

    first_rub: float
    second_rub: float
    third_rub: float | None
    open_rub: float = 0.0


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


def trace_local_rounds(
    ties: pd.DataFrame,
    residents: Iterable[Any],
    totals: pd.Series[float],
    *,
    places: pd.Series[Any] | None = None,
    buyers: Iterable[Any] | None = None,
) -> LocalRounds | None:
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
    places
        Zone of each resident, by party id: local is what stays in one of them. ``None``: one zone.
    buyers
        Residents whose purchases are the first round; all if not given.

    Returns
    -------
    LocalRounds or None
        The rounds in RUB; ``None`` if no buyer's purchases are known.

    Raises
    ------
    DataError
        If local purchases of a resident exceed all its purchases.

    Notes
    -----
    A seller spends each rouble it earns locally as it spends all others; one that buys nothing spends nothing
    locally. Buyers whose total is not known are in no round. Local sellers whose purchases are not known leave a
    part of R3 open; if there are no others, all of it.

    References
    ----------
    New Economics Foundation, The Money Trail (2002).

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["b", "a"], "to_party": ["a", "b"], "value_rub": [50.0, 20.0]})
    >>> trace_local_rounds(ties, ["a", "b"], pd.Series({"a": 100.0, "b": 100.0}))
    LocalRounds(first_rub=200.0, second_rub=70.0, third_rub=20.0, open_rub=0.0)
    """
    amounts = list_local_amounts(ties, residents, totals, places=places)
    return trace_rounds(amounts, None if buyers is None else amounts.index.isin(index_parties(buyers)))


def trace_rounds(bought: LocalAmounts, is_buyer: NDArray[np.bool_] | None = None) -> LocalRounds | None:
    """Trace purchases that are listed already, as ``trace_local_rounds`` does, of some buyers or all (L23).

    Parameters
    ----------
    bought
        Purchases of all residents.
    is_buyer
        Which of them are buyers of the first round.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["b", "a"], "to_party": ["a", "b"], "value_rub": [50.0, 20.0]})
    >>> bought = list_local_amounts(ties, ["a", "b"], pd.Series({"a": 100.0, "b": 100.0}))
    >>> trace_rounds(bought, np.array([True, False]))
    LocalRounds(first_rub=100.0, second_rub=50.0, third_rub=10.0, open_rub=0.0)
    """
    sum_local(bought)  # refuses amounts that contradict each other
    counted = bought.is_known if is_buyer is None else bought.is_known & is_buyer
    if not counted.any():
        return None
    spent = counted[bought.own]
    earned = sum_at_places(bought.other[spent], bought.value_rub[spent], len(bought.index))
    local = np.where(bought.total_rub == 0, 0.0, bought.share)
    is_open = np.isnan(local) & (earned > 0)
    nothing_known = is_open.any() and not (earned[~is_open] > 0).any()
    return LocalRounds(
        first_rub=float(bought.total_rub[counted].sum()),
        second_rub=float(earned.sum()),
        third_rub=None if nothing_known else float((earned * np.nan_to_num(local)).sum()),
        open_rub=float(earned[is_open].sum()),
    )
