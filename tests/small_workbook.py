"""The small data set of the tests as a workbook, as an analyst would keep it: Russian headings, typed cells."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import openpyxl

import small_data
from zonebook.tables.heading import recognise_column
from zonebook.tables.schema import LANGUAGE_SUFFIX, TABLES


def heading_of(table: str, name: str, lang: str = "ru") -> str:
    """Return how a column is headed in the template, also a translated one."""
    column = TABLES[table].column(name)
    assert column is not None
    if name in TABLES[table].columns:
        return column.heading[lang]
    match = LANGUAGE_SUFFIX.fullmatch(name)
    assert match
    return f"{TABLES[table].columns[match['name']].heading[lang]} ({match['lang']})"


def type_cell(table: str, name: str, text: str) -> object:
    """Return a cell as a spreadsheet keeps what a person typed: numbers, days, yes and no are no texts."""
    column = TABLES[table].column(recognise_column(TABLES[table], name) or "")
    if not text or column is None:
        return text or None
    if column.type in ("number", "integer"):
        return float(text.replace(",", "."))
    if column.type == "boolean":
        return text == "true"
    if column.type == "date" and len(text) == len("2024-01-01"):
        return datetime.datetime.fromisoformat(text)
    return text


def fill_book(book: openpyxl.Workbook, tables: dict[str, str], lang: str = "ru") -> openpyxl.Workbook:
    """Append the tables, given as CSV, to the sheets named after them; sheets that are not there are made."""
    for table, text in tables.items():
        title = TABLES[table].heading[lang]
        names, *rows = csv.reader(io.StringIO(text))
        if title not in book.sheetnames:
            book.create_sheet(title).append([heading_of(table, name, lang) for name in names])
        sheet = book[title]
        places = [recognise_column(TABLES[table], str(cell.value)) for cell in sheet[1]]
        for name in names:
            if name not in places:
                places.append(name)
                sheet.cell(1, len(places), heading_of(table, name, lang))
        for row in rows:
            cells = dict(zip(names, row, strict=True))
            sheet.append([type_cell(table, name or "", cells.get(name or "", "")) for name in places])
    return book


def make_small_book(lang: str = "ru", **changed: str | None) -> openpyxl.Workbook:
    """Return the data set as a workbook that is not saved yet; ``None`` leaves a table out."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    return fill_book(book, {name: text for name, text in {**small_data.TABLES, **changed}.items() if text}, lang)


def save_small_workbook(path: Path, lang: str = "ru", **changed: str | None) -> Path:
    """Write the data set as a workbook and return its path."""
    make_small_book(lang, **changed).save(path)
    return path
