"""Reading a data set from one workbook: each sheet that is named like a table is that table."""

from __future__ import annotations

import datetime
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from zonebook.tables.heading import find_nearest_table, recognise_column, recognise_table
from zonebook.tables.markup import Marks, read_marks
from zonebook.tables.problem import Findings, Place, translate_word
from zonebook.tables.raw import KnownNumbers, RawTable
from zonebook.tables.schema import TABLES, Column, Table
from zonebook.tables.sheet import Layout, Sheet, fill_merged, find_layout, is_empty, name_columns, write_cell
from zonebook.tables.template import OWN_SHEETS

_UNIT = "unit"
_PERCENT_UNITS = {"percent", "%", "pct", "процент", "проценты"}
_FIRST_DAY = datetime.date(1899, 12, 30)  # the day a spreadsheet counts from, since March 1900
_SHOWN_OF_A_TEXT = 60


def read_workbook(path: Path, findings: Findings) -> Iterator[RawTable]:
    """Yield the tables of a workbook; what hinders reading goes to the findings."""
    try:
        marks = read_marks(path)
        with CalamineWorkbook.from_path(str(path)) as book:
            for title in _list_sheets(book, path, findings):
                sheet = _read_sheet(book, title, marks.get(title, Marks()))
                raw = arrange(sheet, TABLES[recognise_table(title) or ""], str(path), findings)
                if raw is not None:
                    yield raw
    except PasswordError:
        findings.add("workbook_locked", Place("", str(path)))
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, ParseError, ValueError, OSError) as error:
        rule = "workbook_locked" if _is_encrypted(path) else "file_unreadable"
        broken = translate_word("broken_book", findings.lang)
        reason = error.strerror or broken if isinstance(error, OSError) else broken
        findings.add(rule, Place("", str(path)), details={"reason": reason})


def list_sheet_rows(path: Path, title: str) -> list[list[object]]:
    """Return the cells of a sheet as they stand, from A1 on."""
    marks = read_marks(path)
    with CalamineWorkbook.from_path(str(path)) as book:
        return _read_cells(book, title, marks.get(title, Marks())).rows


def _is_encrypted(path: Path) -> bool:
    """Tell whether a file is the container that spreadsheets keep encrypted workbooks in."""
    with path.open("rb") as file:
        return file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _list_sheets(book: CalamineWorkbook, path: Path, findings: Findings) -> Iterator[str]:
    """Yield the titles of the sheets that hold tables; the others are named among the findings."""
    for sheet in book.sheets_metadata:
        name = recognise_table(sheet.name)
        if sheet.name in OWN_SHEETS:
            continue
        place = Place(name or "", str(path), sheet.name)
        if name is None:
            details = {"nearest": find_nearest_table(sheet.name, findings.lang)}
            findings.add("table_unknown", place, value=sheet.name, details=details)
        elif sheet.visible is not SheetVisibleEnum.Visible:
            findings.add("sheet_hidden", place, details={"sheet": sheet.name})
        else:
            yield sheet.name


def _read_sheet(book: CalamineWorkbook, title: str, marks: Marks) -> Sheet:
    """Return the cells of a sheet as they are meant: what stands in a merged cell is in each of its rows."""
    sheet = _read_cells(book, title, marks)
    fill_merged(sheet)
    return sheet


def _read_cells(book: CalamineWorkbook, title: str, marks: Marks) -> Sheet:
    """Return the cells of a sheet, with errors and formulas without a result as text."""
    read = book.get_sheet_by_name(title)
    rows: list[list[object]] = [list(row) for row in read.to_python(skip_empty_area=False)]
    width = max((len(row) for row in rows), default=0)
    if marks.texts:
        width = max(width, 1 + max(column for _, column in marks.texts))
        rows.extend([] for _ in range(1 + max(row for row, _ in marks.texts) - len(rows)))
    for row in rows:
        row.extend([""] * (width - len(row)))
    for (number, column), text in marks.texts.items():
        rows[number][column] = text
    return Sheet(title, rows, tuple(read.merged_cell_ranges or ()), marks)


def arrange(sheet: Sheet, table: Table, file: str, findings: Findings) -> RawTable | None:
    """Return the rows of a sheet as a table; ``None`` if there is nothing in it that could be one.

    Parameters
    ----------
    sheet
        The cells.
    table
        The table the sheet is named after.
    file
        The workbook.
    findings
        Collects what was not read, and cells of which it cannot be told what they mean.
    """
    layout = find_layout(table, sheet)
    if layout is None:
        findings.add("empty_file", Place(table.name, file, sheet.title))
        return None
    if layout.has_remarks and not layout.body and not table.required:
        return None  # a sheet of the template that nobody has filled is no table
    place = Place(table.name, file, sheet.title, name_columns(layout.headings), layout.heading + 1)
    used = [
        position
        for position, heading in enumerate(layout.headings)
        if heading or any(not is_empty(sheet.rows[number][position]) for number in layout.body)
    ]
    columns = {
        position: column
        for position in used
        if (column := table.column(recognise_column(table, layout.headings[position]) or "")) is not None
    }
    _report_layout(sheet, layout, place, findings)
    _report_cells(_Filled(sheet, layout, columns), place, findings)
    _show_percents(sheet, layout, columns)
    return RawTable(
        place=place,
        headings=tuple(layout.headings[position] for position in used),
        columns=[_take_column(sheet, layout, position) for position in used],
        count=len(layout.body),
        number_rows=KnownNumbers(np.array(layout.body, dtype=np.int64) + 1),
    )


def _take_column(sheet: Sheet, layout: Layout, position: int) -> pa.ChunkedArray:
    cells = (sheet.rows[number][position] for number in layout.body)
    texts = [None if cell == "" else write_cell(cell) for cell in cells]
    return pa.chunked_array([pa.array(texts, pa.string())])


def _report_layout(sheet: Sheet, layout: Layout, place: Place, findings: Findings) -> None:
    """Name the rows that are no data."""
    groups = {
        "rows_above_heading": layout.above,
        "heading_second": () if layout.second is None else (layout.second,),
        "row_total": layout.totals,
        "row_note": layout.notes,
    }
    for rule, rows in groups.items():
        for number in rows:
            text = next(write_cell(cell) for cell in sheet.rows[number] if not is_empty(cell))
            details = {"heading": str(layout.heading + 1)}
            findings.add(rule, place, row=number + 1, value=" ".join(text.split())[:_SHOWN_OF_A_TEXT], details=details)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A sheet, which of its rows are what, and the table's columns by position."""

    sheet: Sheet
    layout: Layout
    columns: Mapping[int, Column]


def _report_cells(filled: _Filled, place: Place, findings: Findings) -> None:
    """Name merged cells of which it cannot be told what they mean, and years that are shown as dates."""
    body = set(filled.layout.body)
    for (top, left), (bottom, right) in filled.sheet.merges:
        if top not in body:
            continue
        column, value = filled.columns.get(left), write_cell(filled.sheet.rows[top][left])
        cell = {"row": top + 1, "column": filled.layout.headings[left], "value": value}
        over = [position for position in range(left, right + 1) if position in filled.columns]
        if bottom > top and column is not None and column.type == "number" and value:
            findings.add("number_merged", place, **cell, details={"count": str(bottom - top + 1)})  # type: ignore[arg-type]
        if len(over) > 1:
            findings.add("cells_merged", place, **cell, details={"count": str(len(over))})  # type: ignore[arg-type]
    for position, column in filled.columns.items():
        if column.type == "date":
            _report_years(filled, position, place, findings)


def _report_years(filled: _Filled, position: int, place: Place, findings: Findings) -> None:
    heading = filled.layout.headings[position]
    for number in filled.layout.body:
        cell = filled.sheet.rows[number][position]
        day = cell.date() if isinstance(cell, datetime.datetime) else cell
        year = (day - _FIRST_DAY).days if isinstance(day, datetime.date) else 0
        if 1990 <= year <= 2100:
            value, details = write_cell(cell), {"year": str(year)}
            findings.add("date_from_year", place, row=number + 1, column=heading, value=value, details=details)


def _show_percents(sheet: Sheet, layout: Layout, columns: Mapping[int, Column]) -> None:
    """Write numbers shown as percents as they are shown where the row's unit is percent: they are 100 times less."""
    unit = next((position for position, column in columns.items() if column.name == _UNIT), None)
    if unit is None or not sheet.marks.percents:
        return
    plain = [position for position, column in columns.items() if column.type == "number" and not column.unit]
    for number in layout.body:
        if write_cell(sheet.rows[number][unit]).strip().casefold() in _PERCENT_UNITS:
            for position in plain:
                cell = sheet.rows[number][position]
                if (number, position) in sheet.marks.percents and isinstance(cell, (int, float)):
                    sheet.rows[number][position] = f"{100 * cell:.12g} %"
