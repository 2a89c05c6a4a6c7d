"""What a workbook's own markup says of cells and their values do not: formulas without a result, errors, percents."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, iterparse

Cell = tuple[int, int]

UNSAVED = "#="  # begins the text of a formula without a stored result
_BLOCK = 1 << 22
_PERCENT_FORMATS = {"9", "10"}  # the two that need no declaration
_WORTH_READING = re.compile(rb'<(?:\w+:)?f[ />]|\bt="e"')
_LONGEST_MARK = 16
_TYPES_OF_TEXT = {"str", "s", "inlineStr"}


@dataclass(frozen=True, slots=True)
class Marks:
    """Cells of a sheet that are not what their values say, by row and column counted from 0.

    Attributes
    ----------
    texts
        Errors as the spreadsheet shows them, and formulas of which no result is stored, after :data:`UNSAVED`.
    percents
        Numbers that are shown as percents.
    """

    texts: Mapping[Cell, str] = field(default_factory=dict)
    percents: frozenset[Cell] = frozenset()


def read_marks(path: Path) -> Mapping[str, Marks]:
    """Return the marks of every sheet of a workbook, by its title.

    Sheets without formulas, errors and percents, which is most large ones, are looked through and not parsed.
    """
    with zipfile.ZipFile(path) as archive:
        percents = _find_percent_styles(archive)
        files = _find_sheet_files(archive)
        return {title: _read_sheet(archive, name, percents) for title, name in files.items()}


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _list_elements(archive: zipfile.ZipFile, name: str) -> Iterator[Element]:
    if name in archive.namelist():
        with archive.open(name) as part:
            # the parser bounds how far entities may grow
            yield from (element for _, element in iterparse(part))  # noqa: S314


def _find_sheet_files(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the parts of the archive that hold the sheets, by title."""
    targets = {
        element.get("Id", ""): element.get("Target", "")
        for element in _list_elements(archive, "xl/_rels/workbook.xml.rels")
        if _local(element) == "Relationship"
    }
    found = {}
    for element in _list_elements(archive, "xl/workbook.xml"):
        if _local(element) == "sheet":
            link = next((value for key, value in element.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            found[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return {title: name for title, name in found.items() if name in archive.namelist()}


def _find_percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the numbers of the cell styles that show a number as percents."""
    formats, styles = set(_PERCENT_FORMATS), set[str]()
    for element in _list_elements(archive, "xl/styles.xml"):
        if _local(element) == "numFmt" and "%" in element.get("formatCode", ""):
            formats.add(element.get("numFmtId", ""))
        if _local(element) == "cellXfs":
            used = (str(number) for number, style in enumerate(element) if style.get("numFmtId") in formats)
            styles.update(used)
    return styles


def _is_worth_reading(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        end = b""
        while block := part.read(_BLOCK):
            if _WORTH_READING.search(end + block):
                return True
            end = block[-_LONGEST_MARK:]
    return False


def _read_sheet(archive: zipfile.ZipFile, name: str, percents: set[str]) -> Marks:
    if not percents and not _is_worth_reading(archive, name):
        return Marks()
    texts, shown_as_percents = dict[Cell, str](), set[Cell]()
    with archive.open(name) as part:
        for position, cell in _list_cells(part):
            text = _read_text(cell)
            if text:
                texts[position] = text
            if cell.get("s") in percents and cell.get("t", "n") == "n":
                shown_as_percents.add(position)
    return Marks(texts, frozenset(shown_as_percents))


def _list_cells(part: IO[bytes]) -> Iterator[tuple[Cell, Element]]:
    """Yield the cells of a sheet and where they stand; rows are let go of when they are over."""
    row = column = -1
    for event, element in iterparse(part, events=("start", "end")):  # noqa: S314 - as above
        kind = _local(element)
        if kind == "row" and event == "start":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif kind == "row":
            element.clear()
        elif kind == "c" and event == "end":
            named = element.get("r")
            column = _read_letters(named) if named else column + 1
            yield (row, column), element


def _read_letters(address: str) -> int:
    """Return the number of a cell's column, counted from 0.

    Examples
    --------
    >>> _read_letters("A1"), _read_letters("AB17")
    (0, 27)
    """
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number - 1


def _read_text(cell: Element) -> str:
    """Return the text that stands for a cell's error or its formula without a result; empty for other cells."""
    parts = {_local(part): part for part in cell}
    value = parts["v"].text if "v" in parts else None
    if cell.get("t") == "e":
        return value or "#N/A"
    if "f" in parts and value is None and cell.get("t") not in _TYPES_OF_TEXT:
        return f"{UNSAVED}{parts['f'].text or ''}"
    return ""
