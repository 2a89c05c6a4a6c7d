"""Citations: which rows of a table the values in other tables' columns name, worked out once for all that ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.frame import MISSING, split_lists, to_array, to_plain
from zonebook.tables.lead import Leads, connect

if TYPE_CHECKING:  # reading a share needs none of what checking does
    from zonebook.tables.normal import NormalTable
    from zonebook.tables.schema import Column


class Citations:
    """Finds the rows that columns name in other tables.

    Parameters
    ----------
    tables
        The data set's tables, normalised.
    """

    def __init__(self, tables: Mapping[str, NormalTable]) -> None:
        self._tables = tables
        self._found: dict[tuple[str, str, str], Leads] = {}

    def list_citing(self, target: str) -> Iterator[tuple[NormalTable, str]]:
        """Yield the tables and columns that name rows of a table, but for its own."""
        for normal in self._tables.values():
            for column in normal.table.columns.values():
                if target in column.references and normal.table.name != target:
                    yield normal, column.name

    def find_rows(self, normal: NormalTable, column: str, target: str) -> Leads:
        """Return which distinct value of a column leads to which row of a table."""
        key = (normal.table.name, column, target)
        if key not in self._found:
            keys = to_plain(self._tables[target].data.column(self._tables[target].table.key[0]))
            self._found[key] = _lead_to(
                to_array(keys), normal.texts_of(column).dictionary, normal.table.columns[column]
            )
        return self._found[key]


def _lead_to(keys: pa.StringArray, values: pa.StringArray, column: Column) -> Leads:
    single, cells = split_lists(values) if column.is_list else (values, np.arange(len(values)))
    rows = np.asarray(pc.fill_null(pc.index_in(single, value_set=keys), MISSING))
    known = np.flatnonzero(rows != MISSING)
    return connect(cells[known], rows[known], len(values))
