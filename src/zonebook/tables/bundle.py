"""A bundle: one Parquet file with a table's rows of many shares, a row group for each, so that each is read alone.

Thousands of shares would otherwise be tens of thousands of files, most of them smaller than what a file costs.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from zonebook.tables.frame import Positions, to_plain
from zonebook.tables.schema import TABLES

if TYPE_CHECKING:  # reading a share needs none of what dividing does
    from zonebook.tables.partition import Selection

_GROUPS = b"zonebook.row_groups"
_ROWS_PER_GROUP = 1 << 20
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
    bounds = selection.bounds[shares.start : shares.stop + 1]
    if bounds[0] == bounds[-1]:
        return
    groups = [list(range(first, end, _ROWS_PER_GROUP)) for first, end in pairwise(bounds.tolist())]
    starts = [start for group in groups for start in group]
    encoded = _choose_encoded(data, int(bounds[-1] - bounds[0]) // len(starts))
    with pq.ParquetWriter(path, _write_out(data.slice(0, 0), encoded).schema, **_choose_form(name, data)) as writer:
        for batch in _batch(np.array([*starts, bounds[-1]])):
            taken = _write_out(data.take(pa.array(selection.rows[batch[0] : batch[-1]])), encoded)
            for start, end in pairwise((batch - batch[0]).tolist()):
                writer.write_table(taken.slice(start, end - start))
        ends = np.cumsum([0, *map(len, groups)]).tolist()
        writer.add_key_value_metadata({_GROUPS: json.dumps(ends)})


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
        ends = json.loads(file.metadata.metadata[_GROUPS])
        groups = range(ends[position], ends[position + 1])
        return file.read_row_groups(groups) if groups else None


def extract_share(path: Path, position: int) -> bytes | None:
    """Return one share of a bundle as a bundle of its own, the bytes of a file; ``None`` if it has no rows.

    Parameters
    ----------
    path
        The file.
    position
        Which share of the bundle, from 0.
    """
    with pq.ParquetFile(path, memory_map=True) as file:
        ends = json.loads(file.metadata.metadata[_GROUPS])
        groups = range(ends[position], ends[position + 1])
        extracted = io.BytesIO()
        with pq.ParquetWriter(extracted, file.schema_arrow.remove_metadata(), write_statistics=False) as writer:
            for group in groups:
                writer.write_table(file.read_row_group(group).replace_schema_metadata(None))
            writer.add_key_value_metadata({_GROUPS: json.dumps([0, len(groups)])})
    return extracted.getvalue() if groups else None


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
