"""Which rows of a table stand: a later vintage of the same key supersedes an earlier one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.frame import to_array
from zonebook.tables.normal import NormalTable
from zonebook.tables.value import Mask

_VINTAGE = "vintage"


def is_like_before(normal: NormalTable, column: str) -> Mask:
    """Tell of every cell but the first whether it is the same as the one before; empty ones are where they may be."""
    cells = to_array(normal.data.column(column))
    cells = cells.indices if pa.types.is_dictionary(cells.type) else cells
    is_same = pc.fill_null(pc.equal(cells[1:], cells[:-1]), False)
    if cells.null_count and not normal.table.columns[column].required:
        is_same = pc.or_(is_same, pc.and_(pc.is_null(cells[1:]), pc.is_null(cells[:-1])))
    return np.asarray(is_same).astype(np.bool_)


def find_standing(normal: NormalTable) -> Mask:
    """Tell which rows are not superseded; the table is in the order of its keys and vintages."""
    count = normal.data.num_rows
    is_standing = np.ones(count, dtype=np.bool_)
    has_vintages = _VINTAGE in normal.table.columns and normal.data.column(_VINTAGE).null_count < count
    if count < 2 or not has_vintages:
        return is_standing
    is_same = np.ones(count - 1, dtype=np.bool_)
    for name in normal.table.key:
        if name != _VINTAGE:
            is_same &= is_like_before(normal, name)
    is_standing[:-1] = ~is_same
    return is_standing
