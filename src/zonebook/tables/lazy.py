"""Tables that are read when they are asked for, and what has been asked of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from zonebook.tables.frame import Codes, Positions, read_codes, sort_codes, to_array, to_frame

#: What was asked: of tables ``table, name`` or ``rows, table, column, value``.
Question = tuple[str, ...]
Note = Callable[[Question], None]
#: A column, and the values of it that rows must have.
Only = tuple[str, Collection[str]]

TABLE, ROWS = "table", "rows"
_PART = 4_096  # rows that are read at once where a table is gone through


def ignore(_question: Question) -> None:
    """Note nothing down."""


def select_rows(frame: pd.DataFrame, column: str, values: Sequence[str]) -> pd.DataFrame:
    """Return the rows of a table that have one of some values in a column."""
    return frame[frame[column].isin(values).to_numpy(dtype=bool)]


def read_parts(frame: pd.DataFrame, column: str = "", only: Only | None = None) -> Iterator[pd.DataFrame]:
    """Yield the rows of a table some at a time, in their order or those with the same value in a column together.

    ``only`` is another column and the values of it that rows must have. Of a table in its order there is one part at
    least.
    """
    chosen = frame[frame[only[0]].isin(list(only[1]))] if only else frame
    if not column:
        yield from (chosen[first : first + _PART] for first in _begin(len(chosen)))
        return
    for places in _divide(pd.factorize(chosen[column])[0]):
        yield chosen.iloc[places]


def _begin(count: int) -> range:
    return range(0, max(1, count), _PART)


def _select(data: pa.Table, column: str, values: Iterable[str]) -> pa.Table:
    """Return the rows of encoded columns that have some values in one of them."""
    encoded, wanted = to_array(data[column]), frozenset(values)
    is_wanted = np.array([*(text in wanted for text in encoded.dictionary.to_pylist()), False])
    return data.filter(pa.array(is_wanted[read_codes(encoded)]))


def _divide(codes: Codes) -> Iterator[Positions]:
    """Yield the places of codes, those of the same code together, at least :data:`_PART` at a time but for the last."""
    order, ends = sort_codes(codes)
    first = 0
    for last in ends:
        if last - first >= _PART or last == len(order):
            yield order[first:last]
            first = last


@dataclass(frozen=True, eq=False)
class LazyTables(Mapping[str, pd.DataFrame]):
    """Tables by name, each read when it is asked for, and noted down.

    Attributes
    ----------
    names
        Those that have rows. That they do is known without asking.
    read
        Returns a table.
    own
        Tables that stand in the place of those that would be read: asking for them is not noted down.
    note
        Is given every question.
    encoded
        Returns a table as columns, its text encoded: a fraction of what a frame takes. Rows are chosen from these where
        there is one.
    """

    names: tuple[str, ...]
    read: Callable[[str], pd.DataFrame]
    own: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    note: Note = ignore
    encoded: Callable[[str], pa.Table] | None = None

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table."""
        if name in self.own:
            return self.own[name]
        if name not in self.names:
            raise KeyError(name)
        self.note((TABLE, name))
        return self.read(name)

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self.names)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        """Whether a table has rows; it is not read for that."""
        return name in self.names

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as plain tables: another process cannot read them."""
        return dict, (dict(self),)

    def select(self, name: str, column: str, values: Sequence[str]) -> pd.DataFrame:
        """Return the rows of a table that have one of some values in a column; only these have been asked for then."""
        if name in self.own:
            return select_rows(self.own[name], column, values)
        for value in values:
            self.note((ROWS, name, column, value))
        if self.encoded is None:
            return select_rows(self.read(name), column, values)
        return to_frame(_select(self.encoded(name), column, values))

    def parts(self, name: str, column: str = "", only: Only | None = None) -> Iterator[pd.DataFrame]:
        """Yield the rows of a table as :func:`read_parts` does; only those with some values in another column."""
        if name not in self.own:
            for question in [(ROWS, name, only[0], value) for value in only[1]] if only else [(TABLE, name)]:
                self.note(question)
        if name in self.own or self.encoded is None:
            yield from read_parts(self.own[name] if name in self.own else self.read(name), column, only)
            return
        data = _select(self.encoded(name), *only) if only else self.encoded(name)
        if not column:
            yield from (to_frame(data[first : first + _PART]) for first in _begin(data.num_rows))
            return
        for places in _divide(read_codes(to_array(data[column]))):
            yield to_frame(data.take(places))

    def replace(self, tables: Mapping[str, pd.DataFrame]) -> LazyTables:
        """Return these with others in the place of some."""
        return replace(self, own={**self.own, **tables})
