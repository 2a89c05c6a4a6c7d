"""Residents tied to universities and research institutes (L11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pandas as pd

from zonebook.metrics.coverage import Coverage, measure_coverage

RESEARCH_KINDS = frozenset({"university", "institute"})


def measure_research_links(
    ties: pd.DataFrame,
    residents: Iterable[Any],
    party_kinds: pd.Series[Any],
    responded: pd.Series[Any] | None = None,
    kinds: Collection[str] = RESEARCH_KINDS,
) -> Coverage | None:
    """Measure the share of residents with a research tie to a university or institute (L11).

    Formula: ``|{i: tie of kind r_and_d with a university or institute}| / n``, bounds ``[k/n, (k+m)/n]`` with m =
    residents without a known tie that did not answer.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, ``kind``; the direction does not matter.
    residents
        Ids of the n residents.
    party_kinds
        Kind of each party, by party id.
    responded
        Whether each resident answered, by party id; ``None``: the ties are a full register.
    kinds
        Kinds of partners that count.

    Returns
    -------
    Coverage or None
        Shares 0-1; ``None`` if there are no residents.

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
    >>> measure_research_links(ties, ["a", "b"], pd.Series({"uni": "university"})).share
    0.5
    """
    return measure_coverage(select_research_ties(ties, party_kinds, kinds), residents, responded)


def select_research_ties(
    ties: pd.DataFrame, party_kinds: pd.Series[Any], kinds: Collection[str] = RESEARCH_KINDS
) -> pd.DataFrame:
    """Return the research ties between a university or institute and somebody who is neither.

    Parameters
    ----------
    ties, party_kinds, kinds
        As in ``measure_research_links``.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["uni", "a"], "to_party": ["a", "b"], "kind": "r_and_d"})
    >>> select_research_ties(ties, pd.Series({"uni": "university"})).index.tolist()
    [0]
    """
    research = party_kinds.index[party_kinds.isin(kinds)]
    found = ties[(ties["kind"] == "r_and_d").fillna(value=False).astype(bool)]
    return found[found["from_party"].isin(research) ^ found["to_party"].isin(research)]
