"""Ties between zones: number, value and intensity (R09)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError

_DEPENDENT = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class ZoneMatrix:
    """Ties between zones, from rows to columns: number, value (RUB) and firms behind each cell.

    ``firms`` is the smaller of the numbers of firms at the two ends, so that a cell with one seller and
    many buyers counts as one. ``unvalued`` is the number of ties without a value.
    """

    counts: pd.DataFrame
    values: pd.DataFrame
    firms: pd.DataFrame
    unvalued: pd.DataFrame


def build_zone_matrix(
    ties: pd.DataFrame, zones: pd.Series[Any], respondents: pd.Series[Any] | None = None
) -> ZoneMatrix:
    """Count and sum the ties between every two zones (R09).

    Formula: ``W_ab = sum of ties from parties of zone a to parties of zone b``.

    Parameters
    ----------
    ties
        Columns ``from_party``, ``to_party``, ``value_rub``.
    zones
        Zone of each party by party id, blank for none.
    respondents
        Whom each party answers with (its group of companies) by party id; each for itself where not given.

    Returns
    -------
    ZoneMatrix
        Four matrices, zones x zones, in the order of their ids; the diagonal is 0.

    Raises
    ------
    MetricError
        If a party has two zones.

    Notes
    -----
    The diagonal (ties inside a zone) is excluded. Every row of ``ties`` is one tie.

    References
    ----------
    Own definition; the intensity is after Frankel.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": ["a", "a"], "to_party": ["b", "c"], "value_rub": [5.0, None]})
    >>> matrix = build_zone_matrix(ties, pd.Series({"a": "north", "b": "south", "c": "south"}))
    >>> int(matrix.counts.loc["north", "south"]), float(matrix.values.loc["north", "south"])
    (2, 5.0)
    """
    if not zones.index.is_unique:
        raise MetricError(f"party {zones.index[zones.index.duplicated()][0]!r} is listed twice")
    names: pd.Index[Any] = pd.Index(sorted(zones.dropna().unique()), dtype=object)
    return ZoneMatrix(*_sum_cells(ties, zones, names, respondents))


def _sum_cells(
    ties: pd.DataFrame, zones: pd.Series[Any], names: pd.Index[Any], respondents: pd.Series[Any] | None
) -> Iterator[pd.DataFrame]:
    """Give number, value, firms and ties without a value of every two zones."""
    start = names.get_indexer(pd.Index(ties["from_party"].map(zones), dtype=object))
    end = names.get_indexer(pd.Index(ties["to_party"].map(zones), dtype=object))
    kept = (start >= 0) & (end >= 0) & (start != end)
    cells, rows = start[kept] * len(names) + end[kept], ties[kept]
    value = rows["value_rub"].to_numpy(dtype=float, na_value=np.nan)
    size, ends = len(names) ** 2, (rows["from_party"], rows["to_party"])
    sellers, buyers = (
        _count_distinct(cells, end if respondents is None else end.map(respondents), size) for end in ends
    )
    tables = (
        np.bincount(cells, minlength=size),
        np.bincount(cells, np.nan_to_num(value), size),
        np.minimum(sellers, buyers),
        np.bincount(cells[np.isnan(value)], minlength=size),
    )
    for numbers in tables:
        yield pd.DataFrame(numbers.reshape(len(names), len(names)), index=names, columns=names)


def compute_intensity(matrix: pd.DataFrame) -> pd.DataFrame:
    """Compute how much denser ties between two zones are than their totals would make them (R09).

    Formula: ``I_ab = W_ab W_.. / (s_a s_b)``, s_a = sum of row a, s_b = sum of column b.

    Parameters
    ----------
    matrix
        Counts or values, zones x zones, >= 0; the diagonal is not counted.

    Returns
    -------
    pandas.DataFrame
        ``Float64`` in [0, inf), 1 = as the totals imply; missing on the diagonal and where s_a or s_b is 0.

    Raises
    ------
    MetricError
        If the matrix is not square or has a negative cell.

    References
    ----------
    Frankel-type intensity index; the algebra is that of the location quotient.

    Examples
    --------
    >>> flows = pd.DataFrame([[0, 4, 0], [4, 0, 0], [0, 2, 0]], index=list("abc"), columns=list("abc"))
    >>> compute_intensity(flows).loc["a"].round(4).tolist()
    [<NA>, 1.6667, <NA>]
    """
    flow = matrix.to_numpy(dtype=float, copy=True)
    if flow.shape[0] != flow.shape[1] or (flow < 0).any():
        raise MetricError("an intensity needs a square matrix without negative cells")
    np.fill_diagonal(flow, 0)
    by_chance = np.outer(flow.sum(axis=1), flow.sum(axis=0))
    defined = by_chance > 0
    np.fill_diagonal(defined, False)
    ratio = np.divide(flow * flow.sum(), by_chance, out=np.zeros_like(flow), where=defined)
    frame = pd.DataFrame(ratio, index=matrix.index, columns=matrix.columns, dtype="Float64")
    return frame.where(defined)


def mask_small_cells(matrix: pd.DataFrame, firms: pd.DataFrame, minimum: int = 3) -> pd.DataFrame:
    """Hide the cells that rest on fewer than ``minimum`` firms (R09, Q04).

    Formula: missing where ``0 < firms < minimum``.

    Parameters
    ----------
    matrix
        Counts, values or intensities, zones x zones.
    firms
        Firms behind each cell.
    minimum
        Least number of firms of a published cell.

    Returns
    -------
    pandas.DataFrame
        ``Float64``; a cell without any tie stays 0, since nobody is disclosed by it.

    Examples
    --------
    >>> cells = pd.DataFrame([[0.0, 7.0]])
    >>> mask_small_cells(cells, pd.DataFrame([[0, 2]])).loc[0].tolist()
    [0.0, <NA>]
    """
    return matrix.astype("Float64").mask((firms > 0) & (firms < minimum))


def find_derivable(cells: NDArray[np.intp], totals: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find the hidden cells that follow from the totals of zones (R09, Q05).

    Formula: cell j is determined where ``1 - sum_k v_kj^2 = 0``, v the right singular vectors of the matrix of zones
    with a known total x hidden cells, 1 where the cell is a part of the zone's total.

    Parameters
    ----------
    cells
        Positions of the two zones of each hidden cell, m x 2.
    totals
        Whether each zone's total, what goes in and out with all others, is shown.

    Returns
    -------
    numpy.ndarray
        Whether each cell can be worked out by subtraction.

    References
    ----------
    SDC Handbook, ch. 4: of 120, ?, 75 and the total 243 the reader knows that ? is 48.

    Examples
    --------
    The only cell hidden of a zone is known; of two cells that two zones share only the sum is.

    >>> find_derivable(np.array([[0, 1]]), np.array([True, True])).tolist()
    [True]
    >>> find_derivable(np.array([[0, 1], [1, 0]]), np.array([True, True])).tolist()
    [False, False]
    """
    parts = np.zeros((len(totals) + 1, len(cells)))
    for end in (0, 1):
        parts[cells[:, end], np.arange(len(cells))] = totals[cells[:, end]]
    parts[-1] = 1.0  # the sum over all zones
    _, sizes, vectors = np.linalg.svd(parts, full_matrices=False)
    spanned = vectors[sizes > _DEPENDENT * max(float(sizes.max(initial=0.0)), 1.0)]
    return np.asarray(1 - (spanned**2).sum(axis=0) < _DEPENDENT, dtype=bool)


def choose_hidden(matrix: ZoneMatrix, totals: pd.Series[bool], minimum: int = 3) -> NDArray[np.bool_]:
    """Choose the cells to hide: those of fewer than ``minimum`` firms, and more until none of them can be worked out.

    Formula: while a cell of too few firms follows from the totals, hide the smallest cell shown that touches one of
    its zones.

    Parameters
    ----------
    matrix
        Ties between zones.
    totals
        Whether each zone's own total is shown, in the order of the matrix.
    minimum
        Least number of firms of a published cell.

    Returns
    -------
    numpy.ndarray
        Whether each cell is hidden, zones x zones.

    References
    ----------
    SDC Handbook, ch. 4, on secondary suppression; own rule of choice.

    Examples
    --------
    >>> ties = pd.DataFrame({"from_party": list("abab"), "to_party": list("ccde"), "value_rub": [1.0, 2.0, 5.0, 6.0]})
    >>> matrix = build_zone_matrix(ties, pd.Series({"a": "x", "b": "x", "c": "y", "d": "z", "e": "z"}))
    >>> choose_hidden(matrix, pd.Series(True, index=list("xyz")), minimum=2).tolist()
    [[False, True, True], [False, False, False], [False, False, False]]
    """
    count, value = matrix.counts.to_numpy(), matrix.values.to_numpy(dtype=float)
    firms, known = matrix.firms.to_numpy(), totals.to_numpy(dtype=bool)
    few = (count > 0) & (firms < minimum)
    hidden = few.copy()
    while True:
        cells = np.argwhere(hidden)
        exposed = cells[find_derivable(cells, known)] if len(cells) else cells
        exposed = exposed[few[exposed[:, 0], exposed[:, 1]]]
        touched = np.zeros(len(known), dtype=bool)
        touched[exposed] = True
        shown = np.argwhere((count > 0) & ~hidden & (touched[:, None] | touched[None, :]))
        if not len(exposed) or not len(shown):
            return hidden
        start, end = shown[np.argmin(value[shown[:, 0], shown[:, 1]])]
        hidden[start, end] = True


def _count_distinct(cells: NDArray[np.intp], parties: pd.Series[Any], size: int) -> NDArray[np.intp]:
    """Count the different parties in each cell."""
    pairs = pd.DataFrame({"cell": cells, "party": parties.to_numpy(dtype=object)}).drop_duplicates()
    return np.bincount(pairs["cell"].to_numpy(dtype=np.intp), minlength=size)
