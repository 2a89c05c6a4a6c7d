"""The cells of a data frame as they are written into files: each distinct value of a column is looked at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd


def list_cells(column: pd.Series[Any], write: Callable[[Any], Any]) -> list[Any]:
    """Return what is written of each cell of a column.

    Parameters
    ----------
    column
        The column.
    write
        Returns what is written of a value; of ``None`` where there is none.
    """
    if column.dtype == object:  # may hold values that are equal and not written alike, as 1 and true
        return [write(value) for value in column.tolist()]
    codes, values = pd.factorize(column)
    written = np.empty(len(values) + 1, dtype=object)
    written[:-1] = [write(value) for value in values.astype(object).tolist()]
    written[-1] = write(None)
    cells: list[Any] = written[codes].tolist()
    return cells


def make_plain(value: Any) -> Any:
    """Return a value as files have it: whole numbers without a decimal point, words for yes and no, else empty text.

    Examples
    --------
    >>> make_plain(2.0), make_plain(True), make_plain(float("nan")), make_plain(None), make_plain(1e20)
    (2, 'true', '', '', 1e+20)
    """
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 - the one value that differs from itself is NaN
            return ""
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return value
