"""Metric rows as an Excel workbook: XlsxWriter writes all of it but the rows, which it would take one cell at a time.

A report has a hundred thousand cells and more, of few distinct values: each value is written once for its column, and a
row is joined from them. That takes a fifth of the time.
"""

from __future__ import annotations

import datetime
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from zonebook.book.cells import list_cells, make_plain

# The rows a sheet of a workbook holds, heading included.
_SHEET_ROWS = 1_048_576
_LONGEST_TEXT = 32_767  # UTF-16 units a cell holds
# Files must not differ from build to build, so no file says when it was made.
_NO_DATE = datetime.datetime(2000, 1, 1)
_LEVEL = 5  # of compression: the next one saves a hundredth and takes half as long again
_SHEET = re.compile(r"xl/worksheets/sheet(?P<number>\d+)\.xml")
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
_END = "</sheetData>"
_ROW = "\0"  # stands for the number of the row in what is written of a cell: no text holds it
# What XML cannot hold is written as _xHHHH_, and text that looks so has its first sign written so.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]")


def write_workbook(parts: Iterable[pd.DataFrame], count: int, path: Path) -> None:
    """Write a data frame that comes in parts as an Excel workbook, on as many sheets as its rows need.

    Parameters
    ----------
    parts
        The parts, at least one, each let go of when it is written.
    count
        How many rows they have together.
    path
        The file.
    """
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415  (a twentieth of a second; only where it is written)

    coming = iter(parts)
    first = next(coming)
    columns, most = list(map(str, first.columns)), _SHEET_ROWS - 1
    letters = list(map(xl_col_to_name, range(len(columns))))
    sizes = [min(most, count - begin) for begin in range(0, max(count, 1), most)]
    pieces = _cut(chain([first], coming), sizes)
    with (
        zipfile.ZipFile(io.BytesIO(_write_frame(columns, len(sizes)))) as frame,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as book,
    ):
        for entry in frame.infolist():
            content = frame.read(entry)
            sheet = _SHEET.fullmatch(entry.filename)
            with book.open(entry.filename, "w") as file:
                if sheet is None:
                    file.write(content)
                    continue
                size = sizes[int(sheet["number"]) - 1]
                before, end, after = content.decode().partition(_END)
                extent = f'<dimension ref="A1:{letters[-1]}{size + 1}"/>'
                file.write(_DIMENSION.sub(extent, before).encode())
                for line, piece in next(pieces):
                    file.write(_write_rows(piece, line, letters).encode())
                file.write((end + after).encode())


def _write_frame(columns: Sequence[str], sheets: int) -> bytes:
    """Return a workbook whose sheets have nothing but a heading."""
    import xlsxwriter  # noqa: PLC0415  (as above)

    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "Zonebook metrics", "created": _NO_DATE})
        bold = workbook.add_format({"bold": True})
        for number in range(1, sheets + 1):
            sheet = workbook.add_worksheet("metrics" if number == 1 else f"metrics_{number}")
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(columns):
                sheet.write_string(0, column, name, bold)
    return written.getvalue()


def _cut(parts: Iterable[pd.DataFrame], sizes: Iterable[int]) -> Iterator[Iterator[tuple[int, pd.DataFrame]]]:
    """Yield for each sheet what stands on it: parts of the rows, each with the number of its first line."""
    coming = iter(parts)
    rest: list[pd.DataFrame] = []

    def fill(size: int) -> Iterator[tuple[int, pd.DataFrame]]:
        line = 2
        while line < size + 2:
            part = rest.pop() if rest else next(coming)
            taken, left = part[: size + 2 - line], part[size + 2 - line :]
            if len(left):
                rest.append(left)
            yield line, taken
            line += len(taken)

    for size in sizes:
        yield fill(size)


def _write_rows(frame: pd.DataFrame, line: int, letters: Sequence[str]) -> str:
    """Return the rows of a data frame as rows of a sheet, the first on a line, in columns of these letters."""
    begins = [f'<c r="{letter}{_ROW}"' for letter in letters]
    columns = [
        list_cells(frame[name], partial(_write_cell, begin)) for name, begin in zip(frame.columns, begins, strict=True)
    ]
    rows = enumerate(zip(*columns, strict=True), line)
    return "".join([f'<row r="{_ROW}">{"".join(cells)}</row>'.replace(_ROW, str(number)) for number, cells in rows])


def _write_cell(begin: str, value: Any) -> str:
    """Return a cell that begins so; nothing where there is no value."""
    plain = make_plain(value)
    if plain in (float("inf"), float("-inf")):
        plain = str(plain)
    if isinstance(plain, str):
        return f'{begin} t="inlineStr"><is>{_write_text(plain)}</is></c>' if plain else ""
    return f"{begin}><v>{plain:.16G}</v></c>"


def _write_text(text: str) -> str:
    """Return a text as it stands in a cell."""
    if len(text) > _LONGEST_TEXT // 2:
        text = text.encode("utf-16-le")[: 2 * _LONGEST_TEXT].decode("utf-16-le", "ignore")
    written = _UNWRITABLE.sub(lambda sign: f"_x{ord(sign.group()):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))
    kept = ' xml:space="preserve"' if written != written.strip() else ""
    return f"<t{kept}>{html.escape(written, quote=False)}</t>"
