"""A bundle: one Parquet file with a table's rows of many shares, one after the other, so that each is read alone.

Thousands of shares would otherwise be tens of thousands of files, most of them smaller than what a file costs. A share
has row groups of its own; only small ones stand together in one, of at most as many rows as are read in no time.
"""

from __future__ import annotations

import io
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from zonebook.tables.frame import WORTH_THREADS, Positions, to_plain
from zonebook.tables.schema import TABLES

if TYPE_CHECKING:  # reading a share needs none of what dividing does
    from zonebook.tables.partition import Selection

_BOUNDS = b"zonebook.bounds"
_ROWS_PER_GROUP = 1 << 20
_ROWS_TOGETHER = 1 << 10
_ROWS_AT_ONCE = 1 << 18
_FEW_VALUES = 32
_ROWS_PER_VALUE = 8


def write_whole(data: pa.Table, path: Path, name: str) -> None:
    """Write a table piece by piece: text takes several times the memory once it is no longer encoded."""
    encoded = _choose_encoded(data, min(data.num_rows, _ROWS_PER_GROUP))
    with pq.ParquetWriter(path, _write_out(data.slice(0, 0), encoded).schema, **_choose_form(name, data)) as writer:
        for start in range(0, data.num_rows, _ROWS_PER_GROUP):
            writer.write_table(_write_out(data.slice(start, _ROWS_PER_GROUP), encoded))


def write_bundle(data: pa.Table, selection: Selection, shares: range, path: Path, name: str) -> None:
    """Write the rows of some shares, one after the other; no file where none of them has any.

    Parameters
    ----------
    data
        The table.
    selection
        The rows of all shares.
    shares
        Which of them go into this file.
    path
        The file.
    name
        Name of the table.
    """
    first, last = int(selection.bounds[shares.start]), int(selection.bounds[shares.stop])
    if first == last:
        return
    bounds = (selection.bounds[shares.start : shares.stop + 1] - first).tolist()
    groups = _group_rows(bounds)
    encoded = _choose_encoded(data, (last - first) // (len(groups) - 1))
    with pq.ParquetWriter(path, _write_out(data.slice(0, 0), encoded).schema, **_choose_form(name, data)) as writer:
        for batch in _batch(np.array(groups)):
            rows = selection.rows[first + batch[0] : first + batch[-1]]
            taken = _write_out(data.take(pa.array(rows)), encoded)
            for start, end in pairwise((batch - batch[0]).tolist()):
                writer.write_table(taken.slice(start, end - start))
        writer.add_key_value_metadata({_BOUNDS: json.dumps({"shares": bounds, "groups": groups})})


def _group_rows(bounds: list[int]) -> list[int]:
    """Return the bounds of row groups for shares of these bounds.

    Examples
    --------
    >>> _group_rows([0, 400, 800, 9000, 9000, 9010])
    [0, 800, 9000, 9010]
    """
    groups = [0]
    for first, last in pairwise(bounds):
        if groups[-1] < first < last and last - groups[-1] > _ROWS_TOGETHER:
            groups.append(first)
        while last - groups[-1] > _ROWS_PER_GROUP:
            groups.append(groups[-1] + _ROWS_PER_GROUP)
    return [*groups, bounds[-1]]


def read_bundle(path: Path, position: int) -> pa.Table | None:
    """Return the rows of one share of a bundle; ``None`` if it has none.

    Parameters
    ----------
    path
        The file.
    position
        Which share of the bundle, from 0.
    """
    with pq.ParquetFile(path, memory_map=True) as file:
        bounds = json.loads(file.metadata.metadata[_BOUNDS])
        first, last = bounds["shares"][position : position + 2]
        if first == last:
            return None
        groups = bounds["groups"]
        begin, end = bisect_right(groups, first) - 1, bisect_left(groups, last)
        read = file.read_row_groups(range(begin, end), use_threads=last - first >= WORTH_THREADS)
        return read.slice(first - groups[begin], last - first)


def read_whole(path: Path) -> pa.Table:
    """Return a table that was written whole."""
    with pq.ParquetFile(path, memory_map=True) as file:
        return file.read(use_threads=file.metadata.num_rows >= WORTH_THREADS)


def read_encoded(path: Path, name: str) -> pa.Table:
    """Return a table that was written whole with its text encoded: a fraction of the memory."""
    texts = [column for column, declared in TABLES[name].columns.items() if declared.dtype == "string"]
    with pq.ParquetFile(path, memory_map=True, read_dictionary=texts) as file:
        read = file.read(use_threads=file.metadata.num_rows >= WORTH_THREADS)
    return read.unify_dictionaries().combine_chunks()


def extract_share(path: Path, position: int) -> bytes | None:
    """Return one share of a bundle as a bundle of its own, the bytes of a file; ``None`` if it has no rows.

    Parameters
    ----------
    path
        The file.
    position
        Which share of the bundle, from 0.
    """
    rows = read_bundle(path, position)
    if rows is None:
        return None
    extracted = io.BytesIO()
    form = _choose_form(path.stem, rows)
    with pq.ParquetWriter(extracted, rows.schema, **form) as writer:
        writer.write_table(rows, row_group_size=_ROWS_PER_GROUP)
        groups = [*range(0, rows.num_rows, _ROWS_PER_GROUP), rows.num_rows]
        writer.add_key_value_metadata({_BOUNDS: json.dumps({"shares": [0, rows.num_rows], "groups": groups})})
    return extracted.getvalue()


def _batch(bounds: Positions) -> Iterator[Positions]:
    """Yield the bounds of consecutive row groups that are taken together: one large one, or many small ones."""
    first, last = 0, len(bounds) - 1
    while first < last:
        end = max(first + 1, int(np.searchsorted(bounds, bounds[first] + _ROWS_AT_ONCE, "right")) - 1)
        yield bounds[first : end + 1]
        first = end


def _choose_encoded(data: pa.Table, rows_per_group: int) -> frozenset[str]:
    """Return the columns of so few values that a file takes all of them as they are, with every row group."""
    most = max(_FEW_VALUES, rows_per_group // _ROWS_PER_VALUE)
    texts = [name for name in data.column_names if pa.types.is_dictionary(data.schema.field(name).type)]
    return frozenset(name for name in texts if data.num_rows and len(data.column(name).chunk(0).dictionary) <= most)


def _write_out(data: pa.Table, encoded: frozenset[str]) -> pa.Table:
    """Return a table with its text plain, but for some columns."""
    return pa.table(
        {name: data.column(name) if name in encoded else to_plain(data.column(name)) for name in data.column_names}
    )


def _choose_form(name: str, data: pa.Table) -> dict[str, Any]:
    """Return how a table's file is written: nothing is looked for by value, and columns that differ are not encoded."""
    table = TABLES[name]
    columns = [(column, table.column(column)) for column in data.column_names]
    alike = [column for column, declared in columns if declared is not None and not table.is_varied(declared)]
    return {"use_dictionary": alike or False, "write_statistics": False, "store_schema": False}
