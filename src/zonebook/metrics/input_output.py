"""Input-output tables as matrices: technical coefficients and the Leontief inverse (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import DataError, MetricError

_ROUNDING = 1e-12
_SINGULAR = 1e12  # an inverse with numbers as large is that of a matrix without one

OUTPUT = "output"  # the receiving sector of the rows that hold total output


@dataclass(frozen=True, slots=True, eq=False)
class IoTable:
    """Deliveries between sectors (rows to columns), total output, and the region and sector of each row."""

    deliveries: NDArray[np.float64]
    output: NDArray[np.float64]
    regions: tuple[str, ...]
    sectors: tuple[str, ...]


def read_io_table(table: pd.DataFrame) -> IoTable:
    """Turn the rows of ``io_table`` of one year into matrices.

    Formula: ``Z_ij`` = deliveries from sector i to sector j, ``x_i`` = rows with ``to_sector = output``.

    Parameters
    ----------
    table
        Columns ``from_region``, ``from_sector``, ``to_region``, ``to_sector``, ``value_rub``.

    Returns
    -------
    IoTable
        RUB; sectors in the order of region and sector.

    Raises
    ------
    DataError
        If a sector that delivers or receives has no output row.

    Notes
    -----
    A pair of sectors that is not in the table delivers nothing. Repeated rows are summed.

    References
    ----------
    Miller & Blair (2009), ch. 2-3.

    Examples
    --------
    >>> rows = [("r", "a", "r", "a", 2.0), ("r", "a", "r", "output", 10.0)]
    >>> names = ["from_region", "from_sector", "to_region", "to_sector", "value_rub"]
    >>> read_io_table(pd.DataFrame(rows, columns=names)).output.tolist()
    [10.0]
    """
    is_output = (table["to_sector"] == OUTPUT).to_numpy(dtype=bool, na_value=False)
    value = table["value_rub"].astype("float64")
    totals = value[is_output].groupby([table.loc[is_output, "from_region"], table.loc[is_output, "from_sector"]]).sum()
    labels = list(totals.sort_index().index)
    places = {label: place for place, label in enumerate(labels)}
    inner = table[~is_output]
    deliveries = np.zeros((len(labels), len(labels)))
    starts = _locate(inner["from_region"], inner["from_sector"], places)
    ends = _locate(inner["to_region"], inner["to_sector"], places)
    np.add.at(deliveries, (starts, ends), value[~is_output].to_numpy())
    output = np.asarray(totals.sort_index(), dtype=np.float64)
    return IoTable(deliveries, output, tuple(r for r, _ in labels), tuple(s for _, s in labels))


def compute_coefficients(deliveries: ArrayLike, output: ArrayLike) -> NDArray[np.float64]:
    """Compute technical coefficients: input of i for a rouble of output of j (R11).

    Formula: ``A = Z x^-1`` (columns of Z over output).

    Parameters
    ----------
    deliveries
        Z, n x n, RUB, >= 0.
    output
        x, n, RUB, >= 0.

    Returns
    -------
    numpy.ndarray
        A, n x n; the column of a sector without output is 0.

    Raises
    ------
    MetricError
        If the shapes do not fit or a number is negative or missing.

    References
    ----------
    Miller & Blair (2009), ch. 2.

    Examples
    --------
    >>> compute_coefficients([[150, 500], [200, 100]], [1000, 2000]).tolist()
    [[0.15, 0.25], [0.2, 0.05]]
    """
    flows, total = check_table(deliveries, output)
    return np.divide(flows, total[None, :], out=np.zeros_like(flows), where=total[None, :] > 0)


def compute_leontief_inverse(coefficients: ArrayLike) -> NDArray[np.float64]:
    """Compute what all sectors produce for a rouble of final demand for each (R11).

    Formula: ``L = (I - A)^-1``.

    Parameters
    ----------
    coefficients
        A, n x n, >= 0.

    Returns
    -------
    numpy.ndarray
        L, n x n, >= the identity.

    Raises
    ------
    DataError
        If the spectral radius of A is 1 or more: such sectors use up more than they make.

    References
    ----------
    Miller & Blair (2009), ch. 2: [[1.2541, .3300], [.2640, 1.1221]].

    Examples
    --------
    >>> compute_leontief_inverse([[0.15, 0.25], [0.2, 0.05]]).round(4).tolist()
    [[1.2541, 0.33], [0.264, 1.1221]]
    """
    matrix = np.asarray(coefficients, dtype=float)
    inverse = _invert(np.eye(len(matrix)) - matrix)
    # Of a matrix without negative numbers the inverse has none exactly where the spectral radius is below 1: a large
    # table need not be taken apart into eigenvalues.
    largest = float(np.abs(inverse).max(initial=0.0)) if inverse is not None else np.inf
    if inverse is None or largest > _SINGULAR or (inverse < -_ROUNDING * largest).any():
        radius = float(np.abs(np.linalg.eigvals(matrix)).max(initial=0.0))
        raise DataError(
            f"the input-output table uses up more than it makes (spectral radius {radius:.3f})",
            place="io_table",
            remedy="Check the output rows and the units of the deliveries.",
        )
    return np.maximum(inverse, 0.0)


def _invert(matrix: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the inverse, ``None`` where there is none."""
    try:
        return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None


def _locate(regions: pd.Series[Any], sectors: pd.Series[Any], places: dict[Any, int]) -> NDArray[np.intp]:
    """Return the places of sectors in the table."""
    labels = list(zip(regions, sectors, strict=True))
    unknown = next((label for label in labels if label not in places), None)
    if unknown is not None:
        raise DataError(
            f"sector {unknown[1]} of {unknown[0]} has deliveries but no output",
            place="io_table",
            remedy=f"Add a row with to_sector = {OUTPUT}.",
        )
    return np.array([places[label] for label in labels], dtype=np.intp)


def check_table(deliveries: ArrayLike, output: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both as arrays, refusing what is no table."""
    flows, total = np.asarray(deliveries, dtype=float), np.asarray(output, dtype=float)
    if total.ndim != 1 or flows.shape != (len(total), len(total)) or len(total) == 0:
        raise MetricError(f"an input-output table of shape {flows.shape} does not fit outputs of shape {total.shape}")
    if not ((flows >= 0).all() and (total >= 0).all()):
        raise MetricError("an input-output table has a negative or missing number")
    return flows, total
