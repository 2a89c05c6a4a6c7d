"""Metric rows in a Parquet file, written and read a part at a time: a large report has millions of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pandas as pd

from zonebook.metrics.result import NUMBERS, RESULT_COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

PART = 16_384  # rows that are held at once where rows are read one part after the other
_GROUP = 131_072  # rows that stand together in a file
_CHUNK = 1 << 20


@dataclass(frozen=True)
class RowFile:
    """A file of metric rows.

    Attributes
    ----------
    path
        The Parquet file.
    """

    path: Path

    @cached_property
    def digest(self) -> str:
        """A hash of the file: the same rows in the same order give the same file."""
        found = hashlib.sha256()
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
        return found.hexdigest()

    @cached_property
    def count(self) -> int:
        """How many rows it has."""
        import pyarrow.parquet as pq  # noqa: PLC0415  (as below)

        return int(pq.read_metadata(self.path).num_rows)

    def read(self) -> pd.DataFrame:
        """Return all of its rows."""
        return pd.read_parquet(self.path)

    def read_parts(self, size: int = PART) -> Iterator[pd.DataFrame]:
        """Yield its rows in their order, at most so many at a time; one part without rows where it has none."""
        import pyarrow.parquet as pq  # noqa: PLC0415  (a tenth of a second; not needed where nothing is read)

        with pq.ParquetFile(self.path, pre_buffer=False) as file:
            if not file.metadata.num_rows:
                yield file.read().to_pandas()
            for batch in file.iter_batches(size):
                yield batch.to_pandas()

    def read_encoded(self) -> Iterator[pa.Table]:
        """Yield its rows as columns, some at a time, text as dictionaries."""
        import pyarrow as pa  # noqa: PLC0415  (as below)
        import pyarrow.parquet as pq  # noqa: PLC0415

        texts = [name for name in RESULT_COLUMNS if name not in NUMBERS]
        with pq.ParquetFile(self.path, read_dictionary=texts, pre_buffer=False) as file:
            for batch in file.iter_batches(PART, columns=list(RESULT_COLUMNS), use_threads=False):
                yield pa.Table.from_batches([batch])
        _release_memory()

    def select_metrics(self, metric_ids: Collection[str]) -> pd.DataFrame:
        """Return the rows of some series, by their ids with suffix; the others are never held together."""
        wanted = list(metric_ids)
        parts = (part[part["metric_id"].isin(wanted)] for part in self.read_parts())
        return pd.concat(parts, ignore_index=True)


def _release_memory() -> None:
    """Give back what reading and writing took beside the rows: it would stay with a process that lives on."""
    import pyarrow as pa  # noqa: PLC0415  (as above)

    pa.default_memory_pool().release_unused()


class RowWriter:
    """Writes a file of metric rows part by part, so that it is there whole or not at all.

    Used with ``with``. Rows are the same bytes in whatever parts they come.

    Parameters
    ----------
    path
        The file.
    whole
        Whether each part is kept together, as one group of rows.
    """

    def __init__(self, path: Path, *, whole: bool = False) -> None:
        self._path, self._draft = path, path.with_name(f".{path.name}.part")
        self._whole = whole
        self._waiting: list[pa.Table] = []
        self._file: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        """Open the file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return self

    def write(self, part: pd.DataFrame) -> None:
        """Add rows."""
        import pyarrow as pa  # noqa: PLC0415  (as above)

        self._waiting.append(pa.Table.from_pandas(part, preserve_index=False))
        while self._waiting and (self._whole or self._count() >= _GROUP):
            self._flush()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Write the last rows and put the file in its place; where something went wrong, leave none."""
        if kind is None and self._waiting:
            self._flush()
        if self._file is not None:
            self._file.close()
            _release_memory()
        if kind is None:
            self._draft.replace(self._path)
        else:
            self._draft.unlink(missing_ok=True)

    def _count(self) -> int:
        return sum(len(table) for table in self._waiting)

    def _flush(self) -> None:
        """Write the rows that wait, at most as many as stand together; keep the rest."""
        import pyarrow as pa  # noqa: PLC0415  (as above)
        import pyarrow.parquet as pq  # noqa: PLC0415

        table = pa.concat_tables(self._waiting).combine_chunks()
        if self._file is None:
            self._file = pq.ParquetWriter(self._draft, table.schema)
        size = len(table) if self._whole else _GROUP
        self._file.write_table(table.slice(0, size), row_group_size=max(1, size))
        self._waiting = [table.slice(size)] if len(table) > size else []
