"""Reading a data set from one workbook: each sheet that is named like a table is that table."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from zonebook.tables.heading import find_nearest_table, recognise_table
from zonebook.tables.problem import Findings, Place
from zonebook.tables.raw import KnownNumbers, RawTable

_Row = tuple[object, ...]


def read_workbook(path: Path, findings: Findings) -> Iterator[RawTable]:
    """Yield the tables of a workbook; what hinders reading goes to the findings."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError) as error:
        findings.add("file_unreadable", Place("", str(path)), details={"reason": str(error)})
        return
    for sheet in book.worksheets:
        name = recognise_table(sheet.title)
        if name is None:
            nearest = find_nearest_table(sheet.title)
            place = Place("", str(path), sheet.title)
            findings.add("table_unknown", place, value=sheet.title, details={"nearest": nearest})
            continue
        sheet.reset_dimensions()  # the size a workbook states is often wrong
        place = Place(name, str(path), sheet.title)
        raw = _arrange_rows(place, list(sheet.iter_rows(values_only=True)))
        if raw is None:
            findings.add("empty_file", place)
        else:
            yield raw
    book.close()


def _is_blank(row: _Row) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)


def _arrange_rows(place: Place, rows: list[_Row]) -> RawTable | None:
    """Return the rows of a sheet as a table: the first that is not blank holds the headings."""
    filled = [number for number, row in enumerate(rows) if not _is_blank(row)]
    if not filled:
        return None
    body = filled[1:]
    width = max(len(rows[number]) for number in filled)
    padded = [rows[number] + (None,) * (width - len(rows[number])) for number in filled]
    headings = [(_write_cell(cell) or "").strip() for cell in padded[0]]
    cells = list(zip(*padded[1:], strict=True)) if body else [()] * width
    used = [position for position in range(width) if headings[position] or any(c is not None for c in cells[position])]
    return RawTable(
        place=place,
        headings=tuple(headings[position] for position in used),
        columns=tuple(
            pa.chunked_array([pa.array([_write_cell(cell) for cell in cells[position]], pa.string())])
            for position in used
        ),
        count=len(body),
        number_rows=KnownNumbers(np.array(body, dtype=np.int64) + 1),
    )


def _write_cell(cell: object) -> str | None:
    """Return a typed cell as the text a person would have typed."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time.min else cell.isoformat(sep=" ")
    return str(cell)
