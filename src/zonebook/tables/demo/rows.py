"""Rows of tables, built from columns: numbers, codes looked up in a list of texts, texts put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zonebook.tables.schema import TABLES
from zonebook.tables.value import ARROW_TYPES

Columns = Mapping[str, Any]


def write_numbers(prefix: str, numbers: NDArray[np.int64], width: int) -> pa.StringArray:
    """Return texts of a prefix and numbers filled up with zeros.

    Examples
    --------
    >>> write_numbers("z01-r", np.array([7, 12345]), 4).to_pylist()
    ['z01-r0007', 'z01-r12345']
    """
    return join_texts(prefix, pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0"))


def join_texts(*parts: Any) -> pa.StringArray:
    """Return texts put together from arrays of texts and texts that are the same for all.

    Examples
    --------
    >>> join_texts("Demo ", pa.array(["Food", "Software"]), " LLC").to_pylist()
    ['Demo Food LLC', 'Demo Software LLC']
    """
    return pc.binary_join_element_wise(*parts, "")


def look_up(texts: Sequence[str | None] | pa.StringArray, codes: NDArray[Any]) -> pa.StringArray:
    """Return the texts that codes stand for; no text where the code is below 0 or the text is empty.

    Examples
    --------
    >>> look_up(["a", ""], np.array([0, 1, -1])).to_pylist()
    ['a', None, None]
    """
    known = texts if isinstance(texts, pa.Array) else pa.array([text or None for text in texts], pa.string())
    return known.take(pa.array(codes, pa.int64(), mask=np.asarray(codes) < 0))


def hide(values: NDArray[Any], is_hidden: NDArray[np.bool_]) -> pa.Array:
    """Return numbers or flags, empty where marked.

    Examples
    --------
    >>> hide(np.array([1, 2]), np.array([False, True])).to_pylist()
    [1, None]
    """
    return pa.array(values, mask=is_hidden)


def build_rows(name: str, columns: Columns) -> pa.Table:
    """Return rows of a table of the data contract.

    Parameters
    ----------
    name
        Name of the table.
    columns
        Its columns: arrays, and single values that stand in every row; at least one is an array.

    Notes
    -----
    A column of numbers holds whole numbers or all kinds, by the array given; the same column of a table is always of
    one kind. Texts are those of the contract or their translations.
    """
    count = next(len(values) for values in columns.values() if not _is_single(values))
    return pa.table({column: _build_column(name, column, values, count) for column, values in columns.items()})


def _is_single(values: Any) -> bool:
    return values is None or isinstance(values, (str, int, float, bool))


def _build_column(name: str, column: str, values: Any, count: int) -> pa.Array:
    declared = TABLES[name].column(column)
    if declared is None:
        raise KeyError(f"{name}.{column}")
    kind = ARROW_TYPES[declared.type]
    if _is_single(values):
        return pa.nulls(count, kind) if values is None else pa.repeat(pa.scalar(values, kind), count)
    if isinstance(values, pa.Array):
        return values
    return pa.array(values, from_pandas=True) if isinstance(values, np.ndarray) else pa.array(values, kind)


def join_rows(tables: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of several tables one after another."""
    return pa.concat_tables(list(tables))
