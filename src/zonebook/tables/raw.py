"""A table as it stands in a file: headings and cells as text, and the number of the line of every row."""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa

from zonebook.tables.frame import Positions
from zonebook.tables.problem import Place

_BLOCK = 1 << 24
_NEWLINE = 10


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as read, nothing understood yet.

    Attributes
    ----------
    place
        The table, file and sheet it was read from.
    headings
        The headings as they stand, in the order of the columns.
    columns
        The cells: text, or the file's own types where a file has types. Empty cells are null. Each is let go of
        when it is taken: a table as read and the same understood need not be in memory at once.
    count
        Number of rows.
    number_rows
        Returns the row numbers, as an editor or a spreadsheet shows them, of positions in the columns.
    """

    place: Place
    headings: tuple[str, ...]
    columns: list[pa.ChunkedArray]
    count: int
    number_rows: Callable[[Positions], Positions]

    def take_column(self, position: int) -> pa.ChunkedArray:
        """Return a column and let go of it."""
        taken, self.columns[position] = self.columns[position], pa.chunked_array([[]])
        return taken


def _find_newlines(data: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> Positions:
    """Return the offsets of line ends, block by block: a file may be larger than the memory."""
    found = [np.flatnonzero(data[start : start + _BLOCK] == _NEWLINE) + start for start in range(0, len(data), _BLOCK)]
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _is_inside(
    offsets: Positions, data: bytes | mmap.mmap, separator: bytes
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which line ends stand inside a quoted cell and so end no record."""
    inside = np.zeros(len(offsets), dtype=np.bool_)
    quoted_cell = re.compile(rb'(?:^|(?<=[\n%s]))"(?:[^"]|"")*"' % re.escape(separator))
    for match in quoted_cell.finditer(data):
        if b"\n" in match.group():
            first, last = np.searchsorted(offsets, match.span())
            inside[first:last] = True
    return inside


def find_record_lines(data: bytes | mmap.mmap, separator: str) -> Positions:
    r"""Return the line on which each record of a separated text begins, counted from 1.

    Empty lines are no records; a line end in a quoted cell ends none.

    Examples
    --------
    >>> find_record_lines(b'id,name\n\na,"two\nlines"\nb,one\n', ",").tolist()
    [1, 3, 5]
    """
    text = np.frombuffer(data, dtype=np.uint8)
    ends = _find_newlines(text)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), ends + 1])
    stops = np.concatenate([ends, np.array([len(text)], dtype=np.int64)])
    follows_record_end = np.ones(len(starts), dtype=np.bool_)
    if data.find(b'"') >= 0:
        follows_record_end[1:] = ~_is_inside(ends, data, separator.encode())
    length = stops - starts
    is_blank = (length == 0) | ((length == 1) & (text[np.minimum(starts, len(text) - 1)] == ord("\r")))
    return np.flatnonzero(follows_record_end & ~is_blank) + 1


@dataclass(frozen=True)
class LineNumbers:
    """Numbers the rows of a separated text file; reads the file again, once, and only when asked.

    Attributes
    ----------
    path, separator
        The file.
    skipped
        Records, counted from 0 at the heading, that did not become rows.
    kept
        Positions of the rows among the records that did, where wholly empty rows were dropped.
    """

    path: Path
    separator: str
    skipped: Positions
    kept: Positions | None

    def __call__(self, positions: Positions) -> Positions:
        """Return the line numbers of the rows at these positions."""
        if not len(positions):
            return positions
        return self._row_lines[positions if self.kept is None else self.kept[positions]]

    def number_skipped(self) -> Positions:
        """Return the line numbers of the records that did not become rows."""
        return self._record_lines[self.skipped]

    @cached_property
    def _record_lines(self) -> Positions:
        with self.path.open("rb") as file:
            return find_record_lines(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), self.separator)

    @cached_property
    def _row_lines(self) -> Positions:
        return np.delete(self._record_lines, self.skipped)[1:]


class CountedNumbers:
    """Numbers the rows of a file that has no lines, such as a Parquet file: from 1."""

    def __call__(self, positions: Positions) -> Positions:
        """Return the numbers of the rows at these positions."""
        return positions + 1


@dataclass(frozen=True, slots=True)
class KnownNumbers:
    """Row numbers that are known beforehand, as in a workbook."""

    numbers: Positions

    def __call__(self, positions: Positions) -> Positions:
        """Return the numbers of the rows at these positions."""
        return self.numbers[positions]
