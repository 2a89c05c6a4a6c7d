"""Many metric rows as columns, made into results when they are asked for: those of a series, of a metric, all in turn.

A result takes ten times the memory of its row; of the rows of all zones a page or a metric looks at a few series.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zonebook.metrics.result import NUMBERS, RESULT_COLUMNS, Evidence, MetricResult, decode_texts, make_results
from zonebook.metrics.rowfile import RowFile
from zonebook.tables.frame import MISSING, narrow, read_codes, to_array
from zonebook.tables.lazy import Note, ignore

#: Questions that a table of rows is asked, noted down as those of tables of data are.
SERIES, SCOPE, EVIDENCE, ALL = "series", "scope", "evidence", "all rows"
NAMES, SCOPES = "names of series", "kinds of scopes"
_VALUE, _BOUNDS = "value", ("lower", "upper")
_CODED = tuple(name for name in RESULT_COLUMNS if name not in (_VALUE, *_BOUNDS))
_PART = 8_192  # results that are made at once where all are gone through


@dataclass(frozen=True, slots=True, eq=False)
class _Codes:
    """A column of few distinct values: per row the place of its value, -1 where there is none, in few bytes."""

    codes: NDArray[np.signedinteger[Any]]
    values: tuple[Any, ...]

    def find(self, wanted: Iterable[Any]) -> NDArray[np.bool_]:
        """Return which rows have some values."""
        sought = frozenset(wanted)
        found: NDArray[np.bool_] = np.array([*(value in sought for value in self.values), False])[self.codes]
        return found

    def take(self, places: NDArray[np.intp]) -> tuple[NDArray[np.intp], list[Any]]:
        """Return the codes of some rows and the values they stand for, no others."""
        used, codes = np.unique(self.codes[places], return_inverse=True)
        known = used[used >= 0]
        return codes - (len(used) - len(known)), [self.values[code] for code in known.tolist()]


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """Values with their bounds: most rows have none that differ from the value, so that these are kept for the others.

    A missing number is NaN. ``places`` says, rising, which rows the bounds are of.
    """

    values: NDArray[np.float64]
    places: NDArray[np.int64]
    bounds: Mapping[str, NDArray[np.float64]]

    def take(self, name: str, places: NDArray[np.intp]) -> list[float | None]:
        """Return the values, or bounds, of some rows."""
        taken = self.values[places]
        if name in self.bounds and len(self.places):
            at = np.minimum(np.searchsorted(self.places, places), len(self.places) - 1)
            taken = np.where(self.places[at] == places, self.bounds[name][at], taken)
        return [None if number != number else number for number in taken.tolist()]  # noqa: PLR0124 - a NaN


class RowTable(Sequence[MetricResult]):
    """The rows of a metrics table, as a sequence of results that are made anew each time they are asked for.

    Parameters
    ----------
    parts
        The rows, some at a time; columns of text as dictionaries.
    note
        Is given every question that is asked: ``series, <metric_id>``, ``scope, <scope_type>``, ``evidence``,
        ``names of series``, ``all rows``.
    """

    def __init__(self, parts: Iterable[pa.Table], note: Note = ignore) -> None:
        self._note, self._count = note, 0
        coders, spans = {name: _Coder() for name in _CODED}, list[_Spans]()
        for part in parts:
            for name, coder in coders.items():
                coder.add(part[name])
            spans.append(_find_spans(part, self._count))
            self._count += part.num_rows
        self._codes = {name: coder.close() for name, coder in coders.items()}
        self._spans = _join_spans(spans)

    @classmethod
    def read(cls, path: Path, note: Note = ignore) -> RowTable:
        """Return the rows of a Parquet file."""
        return cls(RowFile(path).read_encoded(), note)

    def __len__(self) -> int:
        """Count the rows."""
        self._note((ALL,))
        return self._count

    def __iter__(self) -> Iterator[MetricResult]:
        """Go through all rows, a part at a time."""
        count = len(self)
        for first in range(0, count, _PART):
            yield from self._take(np.arange(first, min(first + _PART, count)))

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
        return self._codes["metric_id"].values

    @property
    def scope_types(self) -> tuple[str, ...]:
        """The kinds of scopes there are rows of."""
        self._note((SCOPES,))
        return self._codes["scope_type"].values

    def of_series(self, metric_ids: Iterable[str], scope_type: str = "") -> tuple[MetricResult, ...]:
        """Return the rows of some series in their order, by the ids of these with suffix; of all scopes, or of a kind.

        That all of them have been asked for is noted down in any case.
        """
        wanted = dict.fromkeys(metric_ids)
        for one in wanted:
            self._note((SERIES, one, scope_type) if scope_type else (SERIES, one))
        if wanted.keys().isdisjoint(self._codes["metric_id"].values):
            return ()
        is_asked = self._codes["metric_id"].find(wanted)
        if scope_type:
            is_asked &= self._codes["scope_type"].find([scope_type])
        return self._take(np.flatnonzero(is_asked))

    def of_scopes(self, scope_type: str) -> tuple[MetricResult, ...]:
        """Return the rows of the country, of regions and so on, in their order."""
        self._note((SCOPE, scope_type))
        return self._take(np.flatnonzero(self._codes["scope_type"].find([scope_type])))

    @property
    def evidence(self) -> frozenset[Evidence]:
        """The kinds of evidence that rows with a value rest on."""
        self._note((EVIDENCE,))
        column, is_known = self._codes["evidence"], ~np.isnan(self._spans.values)
        found = enumerate(column.values)
        return frozenset(Evidence(kind) for code, kind in found if (is_known & (column.codes == code)).any())

    def _take(self, places: NDArray[np.intp]) -> tuple[MetricResult, ...]:
        if not len(places):
            return ()
        columns: list[Sequence[Any]] = []
        for name in RESULT_COLUMNS:
            if name not in _CODED:
                columns.append(self._spans.take(name, places))
                continue
            codes, values = self._codes[name].take(places)
            columns.append(_decode_numbers(codes, values) if name in NUMBERS else decode_texts(name, codes, values))
        return make_results(columns)


class _Coder:
    """Makes one column of few distinct values of its parts."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}
        self._parts: list[NDArray[np.signedinteger[Any]]] = []

    def add(self, column: pa.ChunkedArray) -> None:
        """Take the next part."""
        part = to_array(column if pa.types.is_dictionary(column.type) else column.dictionary_encode())
        places = [self._places.setdefault(value, len(self._places)) for value in part.dictionary.to_pylist()]
        self._parts.append(narrow(np.array([*places, MISSING])[read_codes(part)], len(self._places)))

    def close(self) -> _Codes:
        """Return the column."""
        return _Codes(np.concatenate([np.empty(0, np.int8), *self._parts]), tuple(self._places))


def _find_spans(part: pa.Table, first: int) -> _Spans:
    """Return the values of some rows and the bounds that differ from them; ``first`` is the place of the first row."""
    values, *bounds = (pc.fill_null(part[name], np.nan).to_numpy() for name in (_VALUE, *_BOUNDS))
    bits = values.view(np.int64)  # a negative zero is no zero
    differs = np.flatnonzero(np.logical_or.reduce([bits != bound.view(np.int64) for bound in bounds]))
    return _Spans(values, differs + first, {name: bound[differs] for name, bound in zip(_BOUNDS, bounds, strict=True)})


def _join_spans(parts: Sequence[_Spans]) -> _Spans:
    return _Spans(
        np.concatenate([np.empty(0), *(part.values for part in parts)]),
        np.concatenate([np.empty(0, np.int64), *(part.places for part in parts)]),
        {name: np.concatenate([np.empty(0), *(part.bounds[name] for part in parts)]) for name in _BOUNDS},
    )


def _decode_numbers(codes: NDArray[np.intp], values: Sequence[int]) -> list[int | None]:
    """Return the cells of a column of whole numbers."""
    decoded: list[int | None] = np.array([*values, None], dtype=object)[codes].tolist()
    return decoded


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

    def of_series(self, metric_ids: Iterable[str], scope_type: str = "") -> tuple[MetricResult, ...]:
        """Return the rows of some series in their order, as a :class:`RowTable` does."""
        wanted = dict.fromkeys(metric_ids)
        found = (self._rows[place] for place in sorted(chain.from_iterable(map(self._find, wanted))))
        return tuple(row for row in found if not scope_type or row.scope_type == scope_type)

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


def select_series(rows: Iterable[MetricResult], metric_ids: Iterable[str]) -> Iterable[MetricResult]:
    """Return the rows of some series in their order, by the ids of these with suffix."""
    if isinstance(rows, RowTable | RowChain):
        return rows.of_series(metric_ids)
    wanted = frozenset(metric_ids)
    return [row for row in rows if row.metric_id in wanted]
