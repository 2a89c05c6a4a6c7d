"""Reading a data set from one workbook: each sheet that is named like a table is that table."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

import numpy as np
import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from zonebook.tables.heading import find_nearest_table, recognise_table
from zonebook.tables.problem import Findings, Place
from zonebook.tables.raw import KnownNumbers, RawTable

_Row = tuple[object, ...]


def read_workbook(path: Path, findings: Findings) -> Iterator[RawTable]:
    """Yield the tables of a workbook; what hinders reading goes to the findings."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheets = [(sheet.title, _read_rows(sheet, findings, path)) for sheet in book.worksheets]
        book.close()
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError) as error:
        findings.add("file_unreadable", Place("", str(path)), details={"reason": str(error)})
        return
    for title, rows in sheets:
        if rows is None:
            continue
        place = Place(recognise_table(title) or "", str(path), title)
        raw = _arrange_rows(place, rows)
        if raw is None:
            findings.add("empty_file", place)
        else:
            yield raw


def _read_rows(sheet: ReadOnlyWorksheet, findings: Findings, path: Path) -> list[_Row] | None:
    """Return the cells of a sheet; ``None``, with a word among the findings, if it is no table."""
    if recognise_table(sheet.title) is None:
        place = Place("", str(path), sheet.title)
        details = {"nearest": find_nearest_table(sheet.title)}
        findings.add("table_unknown", place, value=sheet.title, details=details)
        return None
    sheet.reset_dimensions()  # the size a workbook states is often wrong
    return list(sheet.iter_rows(values_only=True))


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
        columns=[
            pa.chunked_array([pa.array([_write_cell(cell) for cell in cells[position]], pa.string())])
            for position in used
        ],
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
