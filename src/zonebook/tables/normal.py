"""A normalised table: declared columns in declared types, its rows in the order of their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.cell import explain, find_breaches
from zonebook.tables.frame import Positions, to_plain
from zonebook.tables.heading import find_nearest, find_nearest_column, recognise_column
from zonebook.tables.problem import Findings, Place
from zonebook.tables.raw import RawTable
from zonebook.tables.schema import TABLES, Column, Table
from zonebook.tables.value import ARROW_TYPES, Distinct, distinguish, understand


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
        dictionary-encoded. Rows in the order of key and vintage.
    origin
        Per row its position in the file's table.
    headings
        How the columns are headed in the file.
    number_rows
        Returns row numbers of positions in the file's table.
    """

    table: Table
    place: Place
    data: pa.Table
    origin: Positions
    headings: Mapping[str, str]
    number_rows: Callable[[Positions], Positions]

    def number_of(self, rows: Positions) -> list[int]:
        """Return the numbers of some rows as an editor or a spreadsheet shows them."""
        return [int(number) for number in self.number_rows(self.origin[rows])]

    def heading_of(self, column: str) -> str:
        """Return how a column is headed in the file, or its name if it is not there."""
        return self.headings.get(column, column)

    def texts_of(self, column: str) -> pa.DictionaryArray:
        """Return a text column as its distinct values and where they stand."""
        return self.data.column(column).combine_chunks()


def _match_headings(raw: RawTable, findings: Findings) -> dict[str, int]:
    """Return the position of each column the table declares; what does not fit goes to the findings."""
    table = TABLES[raw.place.table]
    positions: dict[str, int] = {}
    unknown = []
    for position, heading in enumerate(raw.headings):
        name = recognise_column(table, heading) if heading else None
        if not heading:
            if raw.columns[position].null_count < raw.count:
                findings.add("heading_missing", raw.place)
        elif name is None:
            unknown.append(heading)
        elif name in positions:
            other = raw.headings[positions[name]]
            findings.add("heading_twice", raw.place, column=heading, details={"name": name, "other": other})
        else:
            positions[name] = position
    for heading in unknown:
        nearest = find_nearest_column(table, heading)
        nearest = "" if nearest in positions else nearest
        findings.add("heading_unknown", raw.place, column=heading, details={"nearest": nearest})
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
    meaning = understand(pa.array([column.default]), column).meanings[0]
    return pc.fill_null(to_plain(typed), meaning)


def _check_cells(raw: RawTable, heading: str, cells: Distinct, column: Column, findings: Findings) -> pa.Array:
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


def _encode(array: pa.Array) -> pa.Array:
    return pc.dictionary_encode(array) if pa.types.is_string(array.type) else array


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
    arrays: dict[str, pa.Array] = {}
    for name in (*table.columns, *(name for name in positions if name not in table.columns)):
        column = table.column(name)
        if column is None:
            continue
        if name in positions:
            position = positions[name]
            cells = distinguish(raw.columns[position])
            arrays[name] = _encode(_check_cells(raw, raw.headings[position], cells, column, findings))
        else:
            absent = pa.nulls(raw.count, ARROW_TYPES[column.type])
            arrays[name] = _encode(_fill_empty(absent, column) if column.default else absent)
    data = pa.table(arrays)
    order = order_rows(data, table.identity)
    return NormalTable(
        table=table,
        place=raw.place,
        data=data.take(pa.array(order)),
        origin=order,
        headings={name: raw.headings[position] for name, position in positions.items()},
        number_rows=raw.number_rows,
    )


def rank_cells(column: pa.ChunkedArray) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return a whole number per cell that orders like the cells; -1 where a cell is empty."""
    encoded = column.combine_chunks()
    if not pa.types.is_dictionary(encoded.type):
        encoded = pc.dictionary_encode(encoded)
    values, codes = encoded.dictionary, np.asarray(pc.fill_null(encoded.indices, -1)).astype(np.int64, copy=False)
    is_ordered = len(values) < 2 or bool(pc.all(pc.less(values[:-1], values[1:])).as_py())
    if is_ordered:
        return codes
    ranks = np.empty(len(values) + 1, dtype=np.int64)
    ranks[np.asarray(pc.sort_indices(values))] = np.arange(len(values))
    ranks[-1] = -1
    return ranks[codes]


def order_rows(data: pa.Table, identity: tuple[str, ...]) -> Positions:
    """Return the positions of rows in the order of the identity's columns, equal ones as they stand."""
    ranks = [rank_cells(data.column(name)) for name in identity]
    return np.lexsort(ranks[::-1]).astype(np.int64)
