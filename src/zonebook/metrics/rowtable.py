"""Many metric rows as columns, made into results when they are asked for: those of a series, of a metric, all in turn.

A result takes ten times the memory of its row; of the rows of all zones a page or a metric looks at a few series.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zonebook.metrics.result import NUMBERS, RESULT_COLUMNS, Evidence, MetricResult, decode_texts, make_results
from zonebook.tables.frame import encode_text, read_codes, to_array
from zonebook.tables.lazy import Note, ignore

#: Questions that a table of rows is asked, noted down as those of tables of data are.
SERIES, SCOPE, EVIDENCE, NAMES, ALL = "series", "scope", "evidence", "names of series", "all rows"
_PART = 8_192  # results that are made at once where all are gone through


class RowTable(Sequence[MetricResult]):
    """The rows of a metrics table, as a sequence of results that are made anew each time they are asked for.

    Parameters
    ----------
    table
        The rows; columns of text as dictionaries.
    note
        Is given every question that is asked: ``series, <metric_id>``, ``scope, <scope_type>``, ``evidence``,
        ``names of series``, ``all rows``.
    """

    def __init__(self, table: pa.Table, note: Note = ignore) -> None:
        self._table, self._note = table, note

    @classmethod
    def read(cls, path: Path, note: Note = ignore) -> RowTable:
        """Return the rows of a Parquet file."""
        import pyarrow.parquet as pq  # noqa: PLC0415  (a tenth of a second; not needed where nothing is read)

        texts = [name for name in RESULT_COLUMNS if name not in NUMBERS]
        columns = []
        with pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False) as file:
            for name in RESULT_COLUMNS:  # one by one: what reading takes beside is that of one column
                read = file.read(columns=[name], use_threads=False).unify_dictionaries().combine_chunks()
                columns.append(_narrow(to_array(read[name])) if name in texts else read[name])
        return cls(pa.table(columns, names=list(RESULT_COLUMNS)), note)

    def __len__(self) -> int:
        """Count the rows."""
        self._note((ALL,))
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[MetricResult]:
        """Go through all rows, a part at a time."""
        for first in range(0, len(self), _PART):
            yield from _make(self._table.slice(first, _PART))

    @overload
    def __getitem__(self, place: int) -> MetricResult: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[MetricResult, ...]: ...

    def __getitem__(self, place: int | slice) -> MetricResult | tuple[MetricResult, ...]:
        """Return a row by its place, or some."""
        chosen = np.arange(len(self))[place]
        found = self._take(np.atleast_1d(chosen))
        return found if isinstance(place, slice) else found[0]

    @property
    def metric_ids(self) -> tuple[str, ...]:
        """The series there are rows of."""
        self._note((NAMES,))
        return tuple(self._places)

    @property
    def table(self) -> pa.Table:
        """The rows as columns."""
        return self._table

    def find_places(self, metric_id: str) -> NDArray[np.int32]:
        """Return where the rows of a series stand, in their order."""
        return self._places.get(metric_id, np.empty(0, np.int32))

    def find_places_of_scope(self, scope_type: str) -> NDArray[np.int64]:
        """Return where the rows of a kind of scope stand, in their order."""
        return np.flatnonzero(pc.equal(self._table["scope_type"], scope_type).to_numpy())

    def of_series(self, metric_ids: Iterable[str]) -> tuple[MetricResult, ...]:
        """Return the rows of some series in their order, by the ids of these with suffix."""
        wanted = dict.fromkeys(metric_ids)
        for one in wanted:
            self._note((SERIES, one))
        places = [self._places[one] for one in wanted if one in self._places]
        return self._take(np.sort(np.concatenate(places))) if places else ()

    def of_scopes(self, scope_type: str) -> tuple[MetricResult, ...]:
        """Return the rows of the country, of regions and so on, in their order."""
        self._note((SCOPE, scope_type))
        return self._take(self.find_places_of_scope(scope_type))

    @property
    def evidence(self) -> frozenset[Evidence]:
        """The kinds of evidence that rows with a value rest on."""
        self._note((EVIDENCE,))
        known = self._table["evidence"].filter(pc.is_valid(self._table["value"]))
        return frozenset(Evidence(kind) for kind in pc.unique(known).to_pylist())

    @cached_property
    def _places(self) -> dict[str, NDArray[np.int32]]:
        """Where the rows of each series stand."""
        column = to_array(self._table["metric_id"])
        codes, names = read_codes(column), column.dictionary.to_pylist()
        order = np.argsort(codes, kind="stable").astype(np.int32)
        ends = np.cumsum(np.bincount(codes, minlength=len(names)))
        parts = np.split(order, ends[:-1]) if len(names) else []
        return {name: part for name, part in zip(names, parts, strict=True) if len(part)}

    def _take(self, places: NDArray[Any]) -> tuple[MetricResult, ...]:
        return _make(self._table.take(places))


class RowIndex:
    """Results found by their series, as those of a :class:`RowTable` are; there are few of them.

    Parameters
    ----------
    rows
        The results.
    """

    def __init__(self, rows: Sequence[MetricResult]) -> None:
        self._rows = rows
        self._places: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            self._places.setdefault(row.metric_id, []).append(place)

    @property
    def metric_ids(self) -> tuple[str, ...]:
        """The series there are rows of."""
        return tuple(self._places)

    @property
    def evidence(self) -> frozenset[Evidence]:
        """The kinds of evidence that rows with a value rest on."""
        return frozenset(row.evidence for row in self._rows if row.value is not None)

    def of_series(self, metric_ids: Iterable[str]) -> tuple[MetricResult, ...]:
        """Return the rows of some series in their order, by the ids of these with suffix."""
        wanted = dict.fromkeys(metric_ids)
        return tuple(self._rows[place] for place in sorted(chain.from_iterable(map(self._find, wanted))))

    def of_scopes(self, scope_type: str) -> tuple[MetricResult, ...]:
        """Return the rows of the country, of regions and so on, in their order."""
        return tuple(row for row in self._rows if row.scope_type == scope_type)

    def _find(self, metric_id: str) -> Sequence[int]:
        return self._places.get(metric_id, ())


class RowChain(Sequence[MetricResult]):
    """Rows one after the other that are not copied into one sequence: those of all zones, then others."""

    def __init__(self, *parts: Sequence[MetricResult]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        """Count the rows."""
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[MetricResult]:
        """Go through all rows."""
        return chain.from_iterable(self._parts)

    @overload
    def __getitem__(self, place: int) -> MetricResult: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[MetricResult, ...]: ...

    def __getitem__(self, place: int | slice) -> MetricResult | tuple[MetricResult, ...]:
        """Return a row by its place, or some."""
        chosen = range(len(self))[place]
        if isinstance(chosen, range):
            return tuple(self[one] for one in chosen)
        for part in self._parts:
            if chosen < len(part):
                return part[chosen]
            chosen -= len(part)
        raise IndexError(place)

    def of_series(self, metric_ids: Iterable[str]) -> Iterator[MetricResult]:
        """Yield the rows of some series in their order."""
        wanted = frozenset(metric_ids)
        for part in self._parts:
            yield from select_series(part, wanted)


def _make(table: pa.Table) -> tuple[MetricResult, ...]:
    columns = []
    for name in RESULT_COLUMNS:
        if name in NUMBERS:
            columns.append(table[name].to_pylist())
        else:
            column = to_array(table[name])
            used, places = np.unique(read_codes(column), return_inverse=True)
            known = column.dictionary.take(used[used >= 0])
            columns.append(decode_texts(name, places - int(len(used) > len(known)), known.to_pylist()))
    return make_results(columns)


def _narrow(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """Return a column of text with its codes in as few bytes as there are texts for."""
    return encode_text(read_codes(column), column.dictionary)


def select_series(rows: Iterable[MetricResult], metric_ids: Iterable[str]) -> Iterable[MetricResult]:
    """Return the rows of some series in their order, by the ids of these with suffix."""
    if isinstance(rows, RowTable | RowChain):
        return rows.of_series(metric_ids)
    wanted = frozenset(metric_ids)
    return [row for row in rows if row.metric_id in wanted]
