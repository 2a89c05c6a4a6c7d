"""Tables that are read when they are asked for, and what has been asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

#: What was asked: of tables ``table, name`` or ``rows, table, column, value``.
Question = tuple[str, ...]
Note = Callable[[Question], None]

TABLE, ROWS = "table", "rows"


def ignore(_question: Question) -> None:
    """Note nothing down."""


def select_rows(frame: pd.DataFrame, column: str, values: Sequence[str]) -> pd.DataFrame:
    """Return the rows of a table that have one of some values in a column."""
    return frame[frame[column].isin(values).to_numpy(dtype=bool)]


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
    """

    names: tuple[str, ...]
    read: Callable[[str], pd.DataFrame]
    own: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    note: Note = ignore

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
        return select_rows(self.read(name), column, values)

    def replace(self, tables: Mapping[str, pd.DataFrame]) -> LazyTables:
        """Return these with others in the place of some."""
        return replace(self, own={**self.own, **tables})
