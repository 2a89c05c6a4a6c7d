"""Columns and tables of Arrow, and the pandas frames with the contract's dtypes made of them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.schema import LIST_SEPARATOR, TABLES

Positions = np.ndarray[tuple[int], np.dtype[np.int64]]
Codes = np.ndarray[tuple[int], np.dtype[np.signedinteger[Any]]]

MISSING = -1
WORTH_THREADS = 1 << 17  # rows; below, threads take longer to begin than to work

_LARGE_TYPES: Mapping[pa.DataType, pd.api.extensions.ExtensionDtype] = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}
# Text of small tables as Python's own objects: with text that Arrow holds, the metrics of a zone take 7 % longer.
_SMALL_TYPES = {**_LARGE_TYPES, pa.string(): pd.StringDtype("python")}


def narrow(codes: Codes, count: int) -> Codes:
    """Return codes of so many distinct values in as few bytes as they fit in: most columns have few values."""
    kinds = (np.int8, np.int16, np.int32, np.int64)
    kind = next(kind for kind in kinds if count <= np.iinfo(kind).max)
    return codes.astype(kind, copy=False)


def encode_text(codes: Codes, values: pa.StringArray) -> pa.DictionaryArray:
    """Return a text column of its distinct values and, per row, which of them it holds, -1 where empty."""
    codes = narrow(codes, len(values))
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes == MISSING), values)


def read_codes(column: pa.DictionaryArray) -> Codes:
    """Return per row which of a text column's distinct values it holds, -1 where empty."""
    codes: Codes = np.asarray(pc.fill_null(column.indices, MISSING))
    return codes


def sort_codes(codes: Codes) -> tuple[Positions, list[int]]:
    """Return the places of codes, those of the same code together and in their order, and where those of each end.

    Examples
    --------
    >>> order, ends = sort_codes(np.array([1, -1, 1, 0]))
    >>> order.tolist(), ends
    ([1, 3, 0, 2], [1, 2, 4])
    """
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order])) + 1
    return order, [*starts.tolist(), len(order)] if len(order) else []


def to_array(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def to_plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column with its text, if it is text, no longer dictionary-encoded."""
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def to_plain_table(data: pa.Table) -> pa.Table:
    """Return a table with its text columns as plain text, as the store keeps them."""
    return pa.table({name: to_plain(data.column(name)) for name in data.column_names})


def to_frame(data: pa.Table) -> pd.DataFrame:
    """Return a normalised table as a frame with the contract's dtypes."""
    is_large = data.num_rows >= WORTH_THREADS
    types = _LARGE_TYPES if is_large else _SMALL_TYPES
    frame: pd.DataFrame = to_plain_table(data).to_pandas(types_mapper=types.get, use_threads=is_large)
    return frame


def list_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as mappings, as ``to_dict("records")`` does in three times the time.

    Examples
    --------
    >>> list_records(pd.DataFrame({"year": pd.array([2024, None], dtype="Int64"), "value": [0.5, 1.0]}))
    [{'year': 2024, 'value': 0.5}, {'year': None, 'value': 1.0}]
    """
    columns = [_list_values(column) for _, column in frame.items()]
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _list_values(column: pd.Series) -> list[Any]:
    kind: Any = column.dtype
    if isinstance(kind, pd.api.extensions.ExtensionDtype):
        missing: Any = None if kind.na_value is pd.NA else kind.na_value
        listed: list[Any] = column.to_numpy(dtype=object, na_value=missing).tolist()
        return _share_equal(listed) if isinstance(kind, pd.StringDtype) and kind.storage == "pyarrow" else listed
    values = column.tolist()
    return [None if value is pd.NA else value for value in values] if kind.hasobject else values


def _share_equal(texts: list[Any]) -> list[Any]:
    """Return texts with equal ones being one: text that Arrow holds is made anew for each cell otherwise."""
    known: dict[Any, Any] = {}
    return [known.setdefault(text, text) for text in texts]


def create_empty(name: str) -> pd.DataFrame:
    """Return a table without rows, with the columns and dtypes its declaration gives it."""
    return _make_empty(name).copy(deep=False)


@functools.cache
def _make_empty(name: str) -> pd.DataFrame:
    dtypes: Mapping[str, Any] = {column.name: column.dtype for column in TABLES[name].columns.values()}
    return pd.DataFrame({column: pd.array([], dtype=dtype) for column, dtype in dtypes.items()})


def split_lists(values: pa.StringArray) -> tuple[pa.StringArray, Positions]:
    """Return the single values of cells that hold several, and which cell each stands in."""
    parts = pc.split_pattern(values, LIST_SEPARATOR)
    single = pc.utf8_trim_whitespace(pc.list_flatten(parts))
    return single, np.asarray(pc.list_parent_indices(parts)).astype(np.int64)
