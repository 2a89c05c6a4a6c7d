"""A sheet as people fill it: where its headings stand, which rows are data, and what stands around them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zonebook.tables.heading import recognise_column
from zonebook.tables.markup import Cell, Marks
from zonebook.tables.remark import is_remark
from zonebook.tables.schema import Table

Row = Sequence[object]
Merge = tuple[Cell, Cell]

_LOOKED_AT_FOR_HEADINGS = 20
_FEWEST_HEADINGS = 2
_FEWEST_NUMBERED = 3
_TOTAL = re.compile(r"\s*(?:итого|всего|в том числе|(?:grand |sub)?total)(?:[\s:.,]|$)", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9-]+")
_NOTE = re.compile(r"\s*[*†(]|.*\S\s+\S", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet from A1 on, as a spreadsheet keeps them; empty ones are empty text."""

    title: str
    rows: list[list[object]]
    merges: tuple[Merge, ...] = ()
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which rows of a sheet are what, counted from 0.

    Attributes
    ----------
    heading
        The row of the headings.
    headings
        The headings by column, those of a second row among them.
    above, second
        Filled rows above the headings; the row below that repeats or numbers them, ``None`` if there is none.
    body
        The rows of data.
    totals, notes
        Rows that hold a total, and rows after the data that hold a text for people.
    """

    heading: int
    headings: tuple[str, ...]
    above: tuple[int, ...]
    second: int | None
    body: tuple[int, ...]
    totals: tuple[int, ...]
    notes: tuple[int, ...]
    has_remarks: bool


def write_cell(cell: object) -> str:
    """Return a typed cell as the text a person would have typed."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time.min else cell.isoformat(sep=" ")
    return str(cell)


def is_empty(cell: object) -> bool:
    """Tell whether a cell holds nothing a reader can see."""
    return isinstance(cell, str) and not cell.strip()


def fill_merged(sheet: Sheet) -> None:
    """Write what stands in a cell that is merged over several rows into each of these rows."""
    for (top, left), (bottom, _) in sheet.merges:
        for row in range(top + 1, min(bottom, len(sheet.rows) - 1) + 1):
            sheet.rows[row][left] = sheet.rows[top][left]


def find_layout(table: Table, sheet: Sheet) -> Layout | None:
    """Return which rows of a sheet are what; ``None`` if nothing stands in it.

    The headings are the row, among the first, that names most columns of the table; the first filled row if none
    names any.
    """
    filled = [number for number, row in enumerate(sheet.rows) if not all(map(is_empty, row))]
    if not filled:
        return None
    top = filled[:_LOOKED_AT_FOR_HEADINGS]
    counts = {number: _count_headings(table, sheet.rows[number]) for number in top}
    best = max(top, key=lambda number: counts[number])
    heading = best if counts[best] >= _FEWEST_HEADINGS else filled[0]
    above = tuple(number for number in filled if number < heading)
    below = filled[len(above) + 1 :]
    second = below[0] if below and _is_second_heading(table, sheet.rows[below[0]]) else None
    headings = _join_headings(table, sheet.rows[heading], sheet.rows[second] if second is not None else ())
    rest = below[1:] if second is not None else below
    body = [number for number in rest if not is_remark(_find_first(sheet.rows[number]))]
    edge = _find_edge(table, headings)
    totals = {number for number in body if _is_total(sheet.rows[number], edge)}
    body = [number for number in body if number not in totals]
    notes = _find_notes(sheet, body, headings, edge)
    return Layout(
        heading=heading,
        headings=headings,
        above=above,
        second=second,
        body=tuple(body[: len(body) - len(notes)]),
        totals=tuple(sorted(totals)),
        notes=notes,
        has_remarks=len(rest) > len(body) + len(totals),
    )


def _find_first(row: Row) -> str:
    """Return the first text of a row; empty if something else comes first."""
    first = next((cell for cell in row if not is_empty(cell)), "")
    return first if isinstance(first, str) else ""


def _recognise(table: Table, cell: object) -> str | None:
    return recognise_column(table, cell) if isinstance(cell, str) and cell.strip() else None


def _count_headings(table: Table, row: Row) -> int:
    return len({_recognise(table, cell) for cell in row} - {None})


def _is_second_heading(table: Table, row: Row) -> bool:
    """Tell whether a row below the headings repeats them in other words, or numbers the columns."""
    filled = [cell for cell in row if not is_empty(cell)]
    recognised = _count_headings(table, row)
    if recognised >= _FEWEST_HEADINGS and 2 * recognised >= len(filled):
        return True
    numbers = [write_cell(cell).strip() for cell in filled]
    is_numbered = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return is_numbered and len(numbers) >= _FEWEST_NUMBERED


def _join_headings(table: Table, first: Row, second: Row) -> tuple[str, ...]:
    """Return the headings of each column: the one of two rows that names a column of the table."""
    joined = []
    for position, cell in enumerate(first):
        below = second[position] if position < len(second) else ""
        is_better = _recognise(table, cell) is None and _recognise(table, below) is not None
        joined.append(" ".join(write_cell(below if is_better else cell).split()))
    return tuple(joined)


def _find_edge(table: Table, headings: Sequence[str]) -> int:
    """Return the first column that is part of the table's key: what stands alone up to it is no data."""
    for position, heading in enumerate(headings):
        name = recognise_column(table, heading) if heading else None
        if name in table.key:
            return position
    return 0


def _is_total(row: Row, edge: int) -> bool:
    first = _find_first(row[: edge + 1])
    return _TOTAL.match(first) is not None and not _ID.fullmatch(first)


def _find_notes(sheet: Sheet, body: Sequence[int], headings: Sequence[str], edge: int) -> tuple[int, ...]:
    """Return the last rows that hold one text and nothing else, where no row could say what it is about."""
    notes: list[int] = []
    for number in reversed(body):
        filled = [position for position, cell in enumerate(sheet.rows[number]) if not is_empty(cell)]
        cell = sheet.rows[number][filled[0]]
        is_alone = len(filled) == 1 and (filled[0] <= edge or not headings[filled[0]])
        if not (is_alone and len(headings) > 1 and isinstance(cell, str) and _NOTE.match(cell)):
            break
        notes.append(number)
    return tuple(reversed(notes))


def name_columns(headings: Sequence[str]) -> Mapping[str, str]:
    """Return the letters of columns by their headings, the first of two alike.

    Examples
    --------
    >>> dict(name_columns(["id", "", "year"]))
    {'id': 'A', 'year': 'C'}
    """
    letters: dict[str, str] = {}
    for position, heading in enumerate(headings):
        if heading:
            letters.setdefault(heading, name_column(position))
    return letters


def name_column(position: int) -> str:
    """Return the letters a spreadsheet names a column with.

    Examples
    --------
    >>> name_column(0), name_column(25), name_column(27)
    ('A', 'Z', 'AB')
    """
    letters, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
