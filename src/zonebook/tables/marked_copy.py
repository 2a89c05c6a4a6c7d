"""The sheets and files of a data set once more, each cell with the problems found in it: what a report colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

from zonebook.tables.location import PARQUET_SUFFIXES
from zonebook.tables.markup import Cell
from zonebook.tables.problem import Problem
from zonebook.tables.read import list_records
from zonebook.tables.schema import TABLES
from zonebook.tables.workbook import list_sheet_rows

_COPIED_WHOLE = 100_000  # rows; of larger tables only those with a problem are copied
_MOST_ROWS = 1_048_000  # of a sheet, the heading and what stands above it left aside
_ADDRESS = re.compile(r"!(?P<column>[A-Z]*)(?P<row>\d+)(?::\d+)?$")


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """A table as it stands, and the problems by cell.

    Attributes
    ----------
    title
        Of the sheet: as in the workbook, or the table's name.
    rows
        The rows that are copied, by their number on the copy, counted from 0.
    problems
        The problems of cells by row and column of the copy; column -1 for those of a whole row.
    is_whole
        Whether all rows are copied, so that cells are where they were; else the first column has their numbers.
    """

    title: str
    rows: dict[int, list[object]]
    problems: dict[Cell, list[Problem]] = field(default_factory=dict)
    is_whole: bool = True


def copy_tables(problems: Sequence[Problem]) -> Iterator[MarkedCopy]:
    """Yield a copy of every table that has problems in its rows or headings.

    Parameters
    ----------
    problems
        What a check has found.
    """
    by_table: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        if problem.table and (problem.row is not None or problem.column):
            by_table.setdefault((problem.table, problem.file, problem.sheet), []).append(problem)
    for (table, file, sheet), found in by_table.items():
        copied = _copy_sheet(Path(file), sheet, found) if sheet else _copy_file(Path(file), table, found)
        if copied.problems:
            yield copied


def _copy_sheet(path: Path, title: str, problems: Iterable[Problem]) -> MarkedCopy:
    places = [(_read_address(problem.cell), problem) for problem in problems]
    rows = _keep(enumerate(list_sheet_rows(path, title)), {place[0] for place, _ in places if place})
    return _mark(title, rows, [(place, problem) for place, problem in places if place])


def _read_address(cell: str) -> Cell | None:
    match = _ADDRESS.search(cell)
    if match is None:
        return None
    column = -1
    for letter in match["column"]:
        column = (column + 1) * 26 + ord(letter) - ord("A")
    return int(match["row"]) - 1, column


def _copy_file(path: Path, table: str, problems: Sequence[Problem]) -> MarkedCopy:
    is_parquet = path.suffix.lower() in PARQUET_SUFFIXES
    shift = 0 if is_parquet else -1  # rows of a file without lines are counted from 1 below the heading
    records = _list_parquet_rows(path) if is_parquet else ((n - 1, row) for n, row in list_records(path, TABLES[table]))
    wanted = {problem.row + shift for problem in problems if problem.row is not None}
    rows = _keep(records, wanted)
    if not rows.kept:
        return MarkedCopy(table, {})
    top = min(rows.kept)
    headings = [str(cell).strip() for cell in rows.kept[top]]
    places: list[tuple[Cell, Problem]] = []
    for problem in problems:
        column = headings.index(problem.column) if problem.column in headings else -1
        row = top if problem.row is None else problem.row + shift
        if column >= 0 or problem.row is not None:
            places.append(((row, column), problem))
    return _mark(table, rows, places)


def _list_parquet_rows(path: Path) -> Iterator[tuple[int, list[object]]]:
    number = 0
    with pq.ParquetFile(path) as file:
        yield number, list(file.schema_arrow.names)
        for batch in file.iter_batches():
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, ["" if cell is None else cell for cell in row]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that are to be copied by their numbers in the table, and whether that is all of them."""

    kept: dict[int, list[object]]
    is_whole: bool


def _keep(rows: Iterable[tuple[int, Sequence[object]]], wanted: set[int]) -> _Rows:
    """Return all rows, or the heading and the wanted ones where there are very many."""
    kept, top, is_whole = dict[int, list[object]](), -1, True
    for number, cells in rows:
        if not kept:
            top = number
        is_whole = is_whole and len(kept) <= _COPIED_WHOLE
        if is_whole or number in wanted:
            kept[number] = list(cells)
    if is_whole:
        return _Rows(kept, is_whole=True)
    chosen = [number for number in kept if number == top or number in wanted][:_MOST_ROWS]
    return _Rows({number: kept[number] for number in chosen}, is_whole=False)


def _mark(title: str, rows: _Rows, places: Iterable[tuple[Cell, Problem]]) -> MarkedCopy:
    numbers = {number: number if rows.is_whole else position for position, number in enumerate(rows.kept)}
    shift = 0 if rows.is_whole else 1
    copied = {numbers[number]: cells if rows.is_whole else [number + 1, *cells] for number, cells in rows.kept.items()}
    marked = MarkedCopy(title, copied, is_whole=rows.is_whole)
    for (row, column), problem in places:
        if row in numbers:
            place = numbers[row], column + shift if column >= 0 else -1
            marked.problems.setdefault(place, []).append(problem)
    return marked
