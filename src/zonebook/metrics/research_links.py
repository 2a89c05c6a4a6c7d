"""Residents tied to universities and research institutes (L11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from zonebook.metrics.adjacency import index_parties

RESEARCH_KINDS = frozenset({"university", "institute"})


def compute_research_link_share(
    ties: pd.DataFrame, residents: Iterable[Any], party_kinds: pd.Series[Any]
) -> float | None:
    """Compute the share of residents with a research tie to a university or institute (L11).

    Formula: ``|{i: tie of kind r_and_d with a university or institute}| / n``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, ``kind``; the direction does not matter.
    residents
        Ids of the n residents.
    party_kinds
        Kind of each party, by party id.

    Returns
    -------
    float or None
        Share 0-1; ``None`` if there are no residents.

    Raises
    ------
    MetricError
        If a resident is listed twice.

    Notes
    -----
    A tie of another kind with a university, or a research tie with a firm, does not count.

    References
    ----------
    OECD, Oslo Manual (2018), co-operation partners by type.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["uni"], "to_party": ["a"], "kind": ["r_and_d"]})
    >>> compute_research_link_share(ties, ["a", "b"], pd.Series({"uni": "university"}))
    0.5
    """
    index = index_parties(residents)
    if len(index) == 0:
        return None
    research = set(party_kinds.index[party_kinds.isin(RESEARCH_KINDS)])
    found = ties[(ties["kind"] == "r_and_d").fillna(value=False).astype(bool)]
    tied = set(found.loc[found["to_party"].isin(research), "from_party"])
    tied |= set(found.loc[found["from_party"].isin(research), "to_party"])
    return int(index.isin(tied - research).sum()) / len(index)
