"""Writing tables part by part: rows wait until enough are there, so that files do not depend on how they came."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType, TracebackType

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from zonebook.tables.schema import TABLES
from zonebook.tables.value import ARROW_TYPES

FORMS = ("csv", "parquet")
_ROWS_AT_ONCE = 1 << 16
_PARTS_AT_ONCE = 32
# Columns beyond the contract: never filled here, or filled in some tables only.
_NEVER_FILLED = frozenset(
    ["location_source", "seen_year", "okato", "short_ru", "capital_ru", "capital_en", "note", "series", "basis"]
)
_ADDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "zone": ("management_company_en", "note", "note_ru"),
        "party": ("product_ru",),
        "source": ("title_ru", "publisher_ru"),
    }
)


def list_columns(name: str) -> tuple[str, ...]:
    """Return the columns of a table as they are written: those of the data contract, in its order, and translations."""
    declared = (column for column in TABLES[name].columns if column not in _NEVER_FILLED)
    return (*declared, *_ADDED.get(name, ()))


def _arrange(name: str, rows: pa.Table) -> pa.Table:
    """Return rows with all columns of their table in the types of the data contract; absent ones are empty."""
    names = frozenset(rows.column_names)
    unknown = names - set(list_columns(name))
    if unknown:
        raise KeyError(f"{name}: {sorted(unknown)}")
    columns = {}
    for column in list_columns(name):
        declared = TABLES[name].column(column)
        kind = ARROW_TYPES[declared.type if declared else "text"]
        cells = rows[column] if column in names else pa.nulls(len(rows), kind)
        columns[column] = cells if cells.type == kind else cells.cast(kind)
    return pa.table(columns)


def _write_plainly(rows: pa.Table) -> pa.Table:
    """Return rows with numbers as people write them: 1000000000000, not 1e+12."""
    columns = {}
    for name in rows.column_names:
        cells = rows[name]
        if pa.types.is_floating(cells.type):
            is_whole = pc.equal(pc.floor(cells), cells)
            whole = pc.cast(pc.if_else(is_whole, cells, None), pa.int64()).cast(pa.string())
            cells = pc.coalesce(whole, cells.cast(pa.string()))
        columns[name] = cells
    return pa.table(columns)


class TableFile:
    """A file of one table that rows are added to.

    Parameters
    ----------
    name
        Name of the table.
    folder
        Where the file is made.
    form
        ``csv`` or ``parquet``.
    """

    def __init__(self, name: str, folder: Path, form: str) -> None:
        self.count = 0
        self._name, self._form = name, form
        self._waiting: list[pa.Table] = []
        self._rows_waiting = 0
        self._stack = ExitStack()
        schema = _arrange(name, pa.table({})).schema
        path = folder / f"{name}.{form}"
        if form == "parquet":
            self._sink = self._stack.enter_context(pq.ParquetWriter(path, schema))
        else:
            file = self._stack.enter_context(path.open("wb"))
            file.write((",".join(schema.names) + "\n").encode())
            options = arrow_csv.WriteOptions(include_header=False, quoting_style="none")
            plain = _write_plainly(schema.empty_table()).schema
            self._sink = self._stack.enter_context(arrow_csv.CSVWriter(file, plain, write_options=options))

    def add(self, rows: pa.Table) -> None:
        """Add rows."""
        self._waiting.append(_arrange(self._name, rows))
        self._rows_waiting += len(rows)
        self.count += len(rows)
        # Many small parts take more memory than their rows.
        if self._rows_waiting >= _ROWS_AT_ONCE or len(self._waiting) >= _PARTS_AT_ONCE:
            self._write(least=_ROWS_AT_ONCE)

    def _write(self, least: int) -> None:
        """Write the rows that wait, in parts of one size; fewer than ``least`` go on waiting."""
        rows = pa.concat_tables(self._waiting).combine_chunks()
        while len(rows) >= max(least, 1):
            part = rows[:_ROWS_AT_ONCE]
            self._sink.write_table(part if self._form == "parquet" else _write_plainly(part))
            rows = rows[_ROWS_AT_ONCE:]
        self._waiting, self._rows_waiting = [rows], len(rows)

    def close(self) -> None:
        """Write what still waits and close the file."""
        if self._waiting:
            self._write(least=1)
        self._stack.close()


class Folder:
    """The files of a data set while they are written; each table's is opened when its first rows come.

    Parameters
    ----------
    folder
        Where to write; it must be there.
    form
        ``csv`` or ``parquet``.
    """

    def __init__(self, folder: Path, form: str) -> None:
        self._folder, self._form = folder, form
        self._files: dict[str, TableFile] = {}

    def add(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table."""
        if name not in self._files:
            self._files[name] = TableFile(name, self._folder, self._form)
        self._files[name].add(rows)

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows of each table, in the order of the data contract."""
        return MappingProxyType({name: self._files[name].count for name in TABLES if name in self._files})

    def __enter__(self) -> Folder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()
