"""What a rouble of demand sets in motion: output multipliers with spillover, and linkages (R11, R12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonebook.errors import DataError, MetricError

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
    flows, total = _check_table(deliveries, output)
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
    radius = float(np.abs(np.linalg.eigvals(matrix)).max(initial=0.0))
    if radius >= 1:
        raise DataError(
            f"the input-output table uses up more than it makes (spectral radius {radius:.3f})",
            place="io_table",
            remedy="Check the output rows and the units of the deliveries.",
        )
    return np.asarray(np.linalg.inv(np.eye(len(matrix)) - matrix), dtype=float)


def compute_multipliers(deliveries: ArrayLike, output: ArrayLike, regions: Sequence[str]) -> pd.DataFrame:
    """Compute output multipliers of sectors and the part that spills over to other regions (R11).

    Formula: ``m_j = sum_i L_ij``; spillover ``m_j - sum_{i in own region} L_ij``.

    Parameters
    ----------
    deliveries
        Z, n x n, RUB, >= 0.
    output
        x, n, RUB, >= 0.
    regions
        Region of each sector.

    Returns
    -------
    pandas.DataFrame
        By sector: ``multiplier`` >= 1, ``own`` part, ``spillover`` >= 0, ``without_output`` (flag).

    Raises
    ------
    MetricError
        If the shapes do not fit or a number is negative or missing.
    DataError
        If the spectral radius of A is 1 or more.

    Notes
    -----
    A sector without output has coefficients of 0, a multiplier of 1, and is flagged. Inter-regional tables
    of Russia are not official: mark results as a model's.

    References
    ----------
    Miller & Blair (2009), ch. 3 and 6: the two-sector example has multipliers 1.518 and 1.452.

    Examples
    --------
    >>> compute_multipliers([[150, 500], [200, 100]], [1000, 2000], ["r", "r"])["multiplier"].round(3).tolist()
    [1.518, 1.452]
    """
    coefficients = compute_coefficients(deliveries, output)
    inverse = compute_leontief_inverse(coefficients)
    place = np.asarray(regions, dtype=object)
    if place.shape != (len(inverse),):
        raise MetricError(f"{len(inverse)} sectors need as many regions, got {place.size}")
    own = np.where(place[:, None] == place[None, :], inverse, 0.0).sum(axis=0)
    elsewhere = np.where(place[:, None] == place[None, :], 0.0, inverse).sum(axis=0)
    return pd.DataFrame(
        {
            "multiplier": own + elsewhere,
            "own": own,
            "spillover": elsewhere,
            "without_output": np.asarray(output, dtype=float) == 0,
        }
    )


def compute_linkages(deliveries: ArrayLike, output: ArrayLike) -> pd.DataFrame:
    """Compute how strongly each sector pulls its suppliers and pushes its customers (R12).

    Formula: backward (Rasmussen) ``n sum_i L_ij / sum L``; forward ``n sum_j G_ij / sum G`` with Ghosh's
    ``G = (I - x^-1 Z)^-1``.

    Parameters
    ----------
    deliveries
        Z, n x n, RUB, >= 0.
    output
        x, n, RUB, >= 0.

    Returns
    -------
    pandas.DataFrame
        By sector: ``backward`` and ``forward``, 1 = average, ``without_output`` (flag).

    Raises
    ------
    MetricError
        If the shapes do not fit or a number is negative or missing.
    DataError
        If the spectral radius is 1 or more.

    References
    ----------
    Rasmussen (1957); Ghosh (1958).

    Examples
    --------
    >>> compute_linkages([[150, 500], [200, 100]], [1000, 2000]).round(4)["backward"].tolist()
    [1.0222, 0.9778]
    """
    flows, total = _check_table(deliveries, output)
    inverse = compute_leontief_inverse(compute_coefficients(flows, total))
    allocation = np.divide(flows, total[:, None], out=np.zeros_like(flows), where=total[:, None] > 0)
    ghosh = compute_leontief_inverse(allocation)
    n = len(total)
    return pd.DataFrame(
        {
            "backward": n * inverse.sum(axis=0) / inverse.sum(),
            "forward": n * ghosh.sum(axis=1) / ghosh.sum(),
            "without_output": total == 0,
        }
    )


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


def _check_table(deliveries: ArrayLike, output: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both as arrays, refusing what is no table."""
    flows, total = np.asarray(deliveries, dtype=float), np.asarray(output, dtype=float)
    if total.ndim != 1 or flows.shape != (len(total), len(total)) or len(total) == 0:
        raise MetricError(f"an input-output table of shape {flows.shape} does not fit outputs of shape {total.shape}")
    if not ((flows >= 0).all() and (total >= 0).all()):
        raise MetricError("an input-output table has a negative or missing number")
    return flows, total
