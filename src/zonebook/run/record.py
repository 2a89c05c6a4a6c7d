"""What a page recorded: title, description and the like at hand; its metric rows, which are many, in a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Fields of a record: the metric rows, and what a country page has asked of its data and of all rows.
ROWS, READS = "metrics", "reads"


@dataclass(frozen=True, eq=False, slots=True)
class PageRecord(Mapping[str, Any]):
    """A page's record as a mapping; its metric rows are read from their text each time they are asked for.

    A report has millions of rows: held as rows by every outcome, they would take all the memory there is.

    Attributes
    ----------
    fields
        What it holds beside the rows.
    text
        The rows as JSON; empty where they are in a file.
    path
        File of the rows.
    """

    fields: Mapping[str, Any]
    text: str = field(default="", repr=False)
    path: Path | None = None

    def __getitem__(self, name: str) -> Any:
        """Return a field, or the rows."""
        if name != ROWS:
            return self.fields[name]
        return json.loads(self.path.read_bytes() if self.path else self.text)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of fields, that of the rows last."""
        yield from self.fields
        yield ROWS

    def __len__(self) -> int:
        """Count the fields."""
        return len(self.fields) + 1


def make_record(recorded: Mapping[str, Any]) -> PageRecord:
    """Return the record of what a page left: its rows as text, as it gave them."""
    return PageRecord({name: value for name, value in recorded.items() if name != ROWS}, recorded[ROWS])
