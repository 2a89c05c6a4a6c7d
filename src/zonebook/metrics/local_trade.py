"""What residents buy and sell inside their zone in a year of the register, read once for several metrics."""

from __future__ import annotations

from zonebook.metrics.local_amounts import LocalAmounts, list_local_amounts
from zonebook.metrics.register_ties import RegisterYear

# The firms' own total that the sum over the ties of each side is a part of.
OWN_TOTAL = {"buyer": "purchases_rub", "seller": "revenue_rub"}


def read_local_amounts(year: RegisterYear, side: str, place: str = "zone_id") -> LocalAmounts:
    """Return the local and the whole purchases or sales of every resident, computed once.

    Parameters
    ----------
    year
        The year of the register.
    side
        ``buyer`` or ``seller``.
    place
        What has to be the same at both ends of a local tie: ``zone_id`` or ``cluster_id``.
    """
    return year.scope.remember(
        f"local amounts of {side}s by {place} in {year.year}",
        lambda: list_local_amounts(
            year.trade, year.residents, year.totals(OWN_TOTAL[side]), side=side, places=year.parties[place]
        ),
    )
