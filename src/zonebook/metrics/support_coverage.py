"""Which firms support reaches and by which combination of measures (S01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from zonebook.errors import MetricError

SEPARATOR = ";"  # between the measures of a combination


@dataclass(frozen=True, slots=True)
class Coverage:
    """Firms with at least one measure among all ``n_firms``, and how many measures there are for a firm.

    ``mean_measures`` is over all firms, ``mean_measures_of_supported`` over those with any (``None`` without any).
    """

    n_supported: int
    n_firms: int
    n_measures: int
    mean_measures: float
    mean_measures_of_supported: float | None

    @property
    def share(self) -> float:
        """Supported firms as a share of all."""
        return self.n_supported / self.n_firms


def select_support(support: pd.DataFrame, year: int) -> pd.DataFrame:
    """Select the support firms had in a year.

    Formula: rows that start in the year or before and end in it or later; planned measures are left out.

    Parameters
    ----------
    support
        Columns ``party_id``, ``measure_id``, ``start``, ``end`` (years or ISO dates as text; no end: still going on)
        and, if any, ``planned``.
    year
        The year.

    Returns
    -------
    pandas.DataFrame
        The rows selected.

    Raises
    ------
    MetricError
        For a start that is missing.

    Examples
    --------
    >>> support = pd.DataFrame({"party_id": ["a", "b"], "measure_id": "tax", "start": ["2022", "2023-05-01"],
    ...                         "end": ["2022-12-31", None]})
    >>> select_support(support, 2024)["party_id"].tolist()
    ['b']
    """
    if support["start"].isna().any():
        raise MetricError("support has no start", remedy="Give at least the year it began.")
    begins, ends = (
        np.array([year if pd.isna(day) else int(str(day)[:4]) for day in support[name]], dtype=int)
        for name in ("start", "end")
    )
    return _drop_planned(support[(begins <= year) & (ends >= year)])


def measure_coverage(support: pd.DataFrame, firms: Iterable[str]) -> Coverage | None:
    """Measure which share of firms is supported, and by how many measures (S01).

    Formula: ``n_supported / n``; mean number of different measures for a firm.

    Parameters
    ----------
    support
        Columns ``party_id``, ``measure_id`` and, if any, ``planned``; a measure counts once for a firm.
    firms
        Ids of all firms; support of others is left out.

    Returns
    -------
    Coverage or None
        Share in [0, 1] with its counts; ``None`` without firms.

    Notes
    -----
    Planned measures are left out.

    References
    ----------
    Own definition. By hand: two of four firms, one of them by two measures.

    Examples
    --------
    >>> support = pd.DataFrame({"party_id": ["a", "a", "b"], "measure_id": ["tax", "loan", "tax"]})
    >>> found = measure_coverage(support, ["a", "b", "c", "d"])
    >>> found.share, found.mean_measures, found.mean_measures_of_supported
    (0.5, 0.75, 1.5)
    """
    everyone = set(firms)
    if not everyone:
        return None
    rows = _drop_planned(support)
    columns = (rows[name].tolist() for name in ("party_id", "measure_id"))
    pairs = {(party, measure) for party, measure in zip(*columns, strict=True) if party in everyone}
    supported, measures = {party for party, _ in pairs}, {measure for _, measure in pairs}
    of_supported = len(pairs) / len(supported) if supported else None
    return Coverage(len(supported), len(everyone), len(measures), len(pairs) / len(everyone), of_supported)


def compute_overlap(support: pd.DataFrame, measures: Iterable[str] = ()) -> pd.DataFrame:
    """Compute how far each two measures reach the same firms (S01).

    Formula: Jaccard index ``|A and B| / |A or B|`` of the firms of two measures.

    Parameters
    ----------
    support
        Columns ``party_id``, ``measure_id`` and, if any, ``planned``.
    measures
        Measures to show although nobody may have them.

    Returns
    -------
    pandas.DataFrame
        Measures x measures, symmetric, in [0, 1]; missing where neither has a firm.

    Notes
    -----
    Planned measures are left out.

    References
    ----------
    Jaccard (1901). By hand: one firm has both, one has only the first.

    Examples
    --------
    >>> support = pd.DataFrame({"party_id": ["a", "a", "b"], "measure_id": ["tax", "loan", "tax"]})
    >>> float(compute_overlap(support).loc["tax", "loan"])
    0.5
    """
    rows = _drop_planned(support)[["party_id", "measure_id"]].drop_duplicates()
    names = sorted({*rows["measure_id"].tolist(), *measures})
    firm, firms = pd.factorize(rows["party_id"])
    matrix = np.zeros((len(firms), len(names)))
    matrix[firm, [names.index(measure) for measure in rows["measure_id"]]] = 1
    both = matrix.T @ matrix
    either = np.add.outer(np.diag(both), np.diag(both)) - both
    overlap = np.divide(both, either, out=np.full(both.shape, np.nan), where=either > 0)
    return pd.DataFrame(overlap, index=names, columns=names)


def count_combinations(support: pd.DataFrame, firms: Iterable[str]) -> pd.DataFrame:
    """Count firms by the exact combination of measures they have, as an UpSet plot shows them (S01).

    Formula: number of firms whose set of measures is S, for every S found.

    Parameters
    ----------
    support
        Columns ``party_id``, ``measure_id`` and, if any, ``planned``.
    firms
        Ids of all firms; those without a measure form the empty combination.

    Returns
    -------
    pandas.DataFrame
        ``measures`` (joined by ``;``, empty for none), ``n_measures``, ``n_firms``; most firms first.

    Notes
    -----
    Planned measures are left out. The counts add up to the number of firms.

    References
    ----------
    Lex et al. (2014), UpSet.

    Examples
    --------
    >>> support = pd.DataFrame({"party_id": ["a", "a", "b"], "measure_id": ["tax", "loan", "tax"]})
    >>> count_combinations(support, ["a", "b", "c", "d"]).to_numpy().tolist()
    [['', 0, 2], ['loan;tax', 2, 1], ['tax', 1, 1]]
    """
    rows, sets = _drop_planned(support), {firm: set[str]() for firm in firms}
    for firm, measure in zip(rows["party_id"].tolist(), rows["measure_id"].tolist(), strict=True):
        if firm in sets:
            sets[firm].add(measure)
    counts = Counter(tuple(sorted(measures)) for measures in sets.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], SEPARATOR.join(item[0])))
    found = [(SEPARATOR.join(measures), len(measures), count) for measures, count in ordered]
    return pd.DataFrame(found, columns=["measures", "n_measures", "n_firms"])


def _drop_planned(support: pd.DataFrame) -> pd.DataFrame:
    if "planned" not in support.columns:
        return support
    return support[~support["planned"].astype("boolean").fillna(False).to_numpy(dtype=bool)]
