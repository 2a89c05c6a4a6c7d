"""A normalised table: declared columns in declared types, its rows in the order of their keys."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.cell import explain, find_breaches
from zonebook.tables.frame import MISSING, WORTH_THREADS, Codes, Positions, encode_text, read_codes, to_array
from zonebook.tables.heading import find_nearest, find_nearest_column, find_scaled_column, recognise_column
from zonebook.tables.problem import Findings, Place, name_heading
from zonebook.tables.raw import RawTable
from zonebook.tables.schema import TABLES, Column, Table
from zonebook.tables.value import ARROW_TYPES, Cells, gather_cells, is_null, understand

_MOST_THREADS = 4  # each holds a column of its own in memory


@dataclass(frozen=True, slots=True)
class NormalTable:
    """A table understood.

    Attributes
    ----------
    table
        Its declaration.
    place
        Where it was read.
    data
        Every declared column (and translations the file has), in the declared type; text is
        dictionary-encoded, but for keys that no two rows share. Rows in the order of key and vintage.
    origin
        Per row its position in the file's table; ``None`` where the file has them in that order.
    headings
        How the columns are headed in the file.
    number_rows
        Returns row numbers of positions in the file's table.
    """

    table: Table
    place: Place
    data: pa.Table
    origin: Positions | None
    headings: Mapping[str, str]
    number_rows: Callable[[Positions], Positions]

    def number_of(self, rows: Positions) -> list[int]:
        """Return the numbers of some rows as an editor or a spreadsheet shows them."""
        found = self.number_rows(rows if self.origin is None else self.origin[rows])
        return [int(number) for number in found]

    def heading_of(self, column: str) -> str:
        """Return how a column is headed in the file, or its name if it is not there."""
        return self.headings.get(column, column)

    def texts_of(self, column: str) -> pa.DictionaryArray:
        """Return a text column as its distinct values and where they stand."""
        cells = to_array(self.data.column(column))
        return cells if pa.types.is_dictionary(cells.type) else pc.dictionary_encode(cells)

    def keys(self) -> pa.StringArray:
        """Return the values of the first key column, as other tables name them."""
        cells = to_array(self.data.column(self.table.key[0]))
        return cells.dictionary if pa.types.is_dictionary(cells.type) else cells.drop_null()


def _match_headings(raw: RawTable, findings: Findings) -> dict[str, int]:
    """Return the position of each column the table declares; what does not fit goes to the findings."""
    table = TABLES[raw.place.table]
    positions: dict[str, int] = {}
    unknown, untitled = [], 0
    for position, heading in enumerate(raw.headings):
        name = recognise_column(table, heading) if heading else None
        if not heading:
            untitled += raw.columns[position].null_count < raw.count
        elif name is None:
            unknown.append(heading)
        elif name in positions:
            other = raw.headings[positions[name]]
            findings.add("heading_twice", raw.place, column=heading, details={"name": name, "other": other})
        else:
            positions[name] = position
    if not positions and unknown:
        first = name_heading(table.name, next(iter(table.columns)), findings.lang)
        findings.add("headings_missing", raw.place, value=unknown[0], details={"heading": first})
        return positions
    for _ in range(untitled):
        findings.add("heading_missing", raw.place)
    for heading in unknown:
        scaled = find_scaled_column(table, heading)
        nearest = scaled or find_nearest_column(table, heading)
        named = name_heading(table.name, nearest, findings.lang) if nearest and nearest not in positions else ""
        rule = "heading_scaled" if scaled and named else "heading_unknown"
        findings.add(rule, raw.place, column=heading, details={"nearest": named})
    for column in table.columns.values():
        if column.required and not column.default and column.name not in positions:
            words = {**_words_of(column, findings.lang), "nearest": find_nearest(column.name, unknown)}
            findings.add("column_missing", raw.place, column=column.name, details=words)
    return positions


def _words_of(column: Column, lang: str) -> dict[str, str]:
    texts = {"heading": column.heading, "help": column.help}
    return {word: text.get(lang, text["en"]) for word, text in texts.items()}


def _fill_empty(typed: pa.Array, column: Column) -> pa.Array:
    """Return a column with what an empty cell stands for in its empty cells."""
    if not typed.null_count:
        return typed
    meaning = understand(pa.array([column.default]), column).meanings[0]
    if not pa.types.is_dictionary(typed.type):
        return pc.fill_null(typed, meaning)
    codes, values = read_codes(typed), typed.dictionary
    position = pc.index(values, meaning).as_py()
    if position == MISSING:
        position, values = len(values), pa.concat_arrays([values, pa.array([meaning.as_py()])])
    return encode_text(np.where(codes == MISSING, position, codes), values)


def _leave_empty(count: int, column: Column) -> pa.Array:
    """Return a column of empty cells."""
    kind = ARROW_TYPES[column.type]
    if kind != pa.string():
        return pa.nulls(count, kind)
    return pa.DictionaryArray.from_arrays(pa.nulls(count, pa.int8()), pa.array([], kind))


def _check_cells(raw: RawTable, heading: str, cells: Cells, column: Column, findings: Findings) -> pa.Array:
    """Return a column in its type, with defaults filled in; broken cells go to the findings and are null."""
    understood = understand(cells.values, column)
    for breach in find_breaches(cells.values, understood, column):
        rows = cells.find_rows(breach.is_broken)
        texts = cells.text_at(rows)
        explained = {text: explain(breach, text, column, findings.lang) for text in dict.fromkeys(texts)}
        for number, text in zip(raw.number_rows(rows).tolist(), texts, strict=True):
            rule, details = explained[text]
            findings.add(rule, raw.place, row=number, column=heading, value=text, details=details)
    typed = cells.take(understood.meanings)
    if column.default:
        return _fill_empty(typed, column)
    if column.required:
        words = _words_of(column, findings.lang)
        for number in raw.number_rows(cells.find_empty()).tolist():
            findings.add("cell_empty", raw.place, row=number, column=heading, details=words)
    return typed


def _understand_column(raw: RawTable, column: Column, position: int | None, findings: Findings) -> pa.Array:
    """Return a column of a table in its type; it is empty where the file has none."""
    if position is None:
        absent = _leave_empty(raw.count, column)
        return _fill_empty(absent, column) if column.default else absent
    is_varied = TABLES[raw.place.table].is_varied(column)
    cells = gather_cells(raw.take_column(position), column, is_varied=is_varied)
    return _check_cells(raw, raw.headings[position], cells, column, findings)


def _understand_columns(raw: RawTable, positions: Mapping[str, int], findings: Findings) -> dict[str, pa.Array]:
    """Return the columns of a table in their types, worked out side by side where there are many rows."""
    table = TABLES[raw.place.table]
    names = (*table.columns, *(name for name in positions if name not in table.columns))
    columns = [column for name in names if (column := table.column(name)) is not None]

    def understand_one(column: Column) -> pa.Array:
        return _understand_column(raw, column, positions.get(column.name), findings)

    if raw.count < WORTH_THREADS:
        return {column.name: understand_one(column) for column in columns}
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
        return {column.name: array for column, array in zip(columns, pool.map(understand_one, columns), strict=True)}


def normalise(raw: RawTable, findings: Findings) -> NormalTable:
    """Return a table understood, its problems among the findings; broken cells are left empty.

    Parameters
    ----------
    raw
        The table as read.
    findings
        Collects the problems.
    """
    table = TABLES[raw.place.table]
    positions = _match_headings(raw, findings)
    if raw.count == 0:
        findings.add("no_rows", raw.place)
    arrays = _understand_columns(raw, positions, findings)
    order = order_rows(pa.table(arrays), table.identity)
    is_in_order = bool((order[1:] > order[:-1]).all())
    if not is_in_order:
        for name, array in arrays.items():
            arrays[name] = array.take(pa.array(order))
    return NormalTable(
        table=table,
        place=raw.place,
        data=pa.table(arrays),
        origin=None if is_in_order else order,
        headings={name: raw.headings[position] for name, position in positions.items()},
        number_rows=raw.number_rows,
    )


def rank_cells(column: pa.ChunkedArray) -> Codes:
    """Return a whole number per cell that orders like the cells; -1 where a cell is empty."""
    cells = to_array(column)
    if pa.types.is_string(cells.type):
        return _rank_texts(cells)
    if pa.types.is_integer(cells.type):
        return np.asarray(pc.fill_null(pc.subtract(cells, pc.min(cells)), MISSING))
    encoded = cells if pa.types.is_dictionary(cells.type) else pc.dictionary_encode(cells)
    codes, values = read_codes(encoded), encoded.dictionary
    if _is_increasing(values):
        return codes
    ranks = np.empty(len(values) + 1, dtype=np.int64)
    ranks[np.asarray(pc.sort_indices(values))] = np.arange(len(values))
    ranks[-1] = MISSING
    return ranks[codes]


def _is_increasing(values: pa.Array) -> bool:
    return len(values) < 2 or bool(pc.all(pc.less(values[:-1], values[1:])).as_py())


def _rank_texts(cells: pa.StringArray) -> Codes:
    """Return the ranks of texts that mostly differ, without looking for equal ones first."""
    if not cells.null_count and _is_increasing(cells):
        return np.arange(len(cells))
    order = np.asarray(pc.array_sort_indices(cells, null_placement="at_start")).astype(np.int64)
    ordered = cells.take(pa.array(order))
    is_new = np.append(False, np.asarray(pc.fill_null(pc.not_equal(ordered[1:], ordered[:-1]), True)))
    ranks = np.empty(len(cells), dtype=np.int64)
    ranks[order] = np.cumsum(is_new)
    ranks[is_null(cells)] = MISSING
    return ranks


def _is_ordered(ranks: list[Codes]) -> bool:
    """Tell whether rows stand in the order of their ranks already."""
    is_tied = np.ones(max(len(ranks[0]) - 1, 0), dtype=np.bool_)
    for rank in ranks:
        if (is_tied & (rank[1:] < rank[:-1])).any():
            return False
        is_tied &= rank[1:] == rank[:-1]
    return True


def order_rows(data: pa.Table, identity: tuple[str, ...]) -> Positions:
    """Return the positions of rows in the order of the identity's columns, equal ones as they stand."""
    ranks = [rank_cells(data.column(name)) for name in identity]
    order = np.arange(data.num_rows) if _is_ordered(ranks) else np.lexsort(ranks[::-1])
    return order.astype(np.int64, copy=False)
