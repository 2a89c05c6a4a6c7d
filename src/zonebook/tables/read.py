"""Finding and reading the tables of a data set: a folder of CSV and Parquet files, or a workbook."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from zonebook.tables.frame import Positions
from zonebook.tables.heading import find_nearest_table, recognise_column, recognise_table
from zonebook.tables.location import OTHER_SUFFIXES, PARQUET_SUFFIXES, WORKBOOK_SUFFIXES, list_files
from zonebook.tables.problem import Findings, Place
from zonebook.tables.raw import CountedNumbers, LineNumbers, RawTable
from zonebook.tables.remark import find_remarks
from zonebook.tables.schema import TABLES, Table

_SEPARATORS = (",", ";", "\t")
_ENCODINGS = ("utf-8-sig", "cp1251")
_FOREIGN_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNREADABLE = ("file_unreadable", "workbook_locked")
_SCAN_BLOCK = 1 << 22
_PARSE_BLOCK = 1 << 24


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file is written: found by looking at it, never asked for."""

    encoding: str
    separator: str
    has_quotes: bool
    heading: tuple[str, ...]


def read_data_set(path: Path, findings: Findings) -> Iterator[RawTable]:
    """Yield the tables found at a path, each when it is asked for; what hinders reading goes to the findings.

    Parameters
    ----------
    path
        A folder of CSV and Parquet files, or one workbook.
    findings
        Collects the problems.
    """
    place = Place("", str(path))
    if path.is_dir():
        tables = _read_folder(path, findings)
    elif path.suffix.lower() in WORKBOOK_SUFFIXES and path.is_file():
        from zonebook.tables.workbook import read_workbook  # noqa: PLC0415  (not needed for a folder)

        tables = read_workbook(path, findings)
    elif path.suffix.lower() in OTHER_SUFFIXES and path.is_file():
        findings.add("form_unsupported", place, details={"suffix": path.suffix})
        return
    else:
        findings.add("not_a_data_set" if path.exists() else "path_missing", place)
        return
    first: dict[str, Place] = {}
    for raw in tables:
        earlier = first.setdefault(raw.place.table, raw.place)
        if earlier is raw.place:
            yield raw
        else:
            findings.add("table_twice", raw.place, details={"other": earlier.sheet or Path(earlier.file).name})
    is_explained = any(problem.table or problem.rule in _UNREADABLE for problem in findings.problems())
    if not first and not is_explained:
        findings.add("not_a_data_set", place)


def _read_folder(folder: Path, findings: Findings) -> Iterator[RawTable]:
    for path in list_files(folder):
        name = recognise_table(path.stem)
        if name is None:
            nearest = find_nearest_table(path.stem, findings.lang)
            if path.suffix.lower() != ".txt":
                findings.add("table_unknown", Place("", str(path)), value=path.name, details={"nearest": nearest})
            continue
        read = _read_parquet if path.suffix.lower() in PARQUET_SUFFIXES else read_text
        try:
            raw = read(path, TABLES[name], findings)
        except OSError as error:
            findings.add("file_unreadable", Place(name, str(path)), details={"reason": error.strerror or str(error)})
            continue
        if raw is not None:
            yield raw


def _find_encoding(path: Path) -> tuple[str, bool] | None:
    """Return the encoding of a text file and whether it holds quotes; ``None`` if no encoding fits."""
    with path.open("rb") as file:
        if file.read(2) in _FOREIGN_MARKS:
            return None
    for encoding in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        has_quotes, is_begun = False, False
        try:
            with path.open("rb") as file:
                while block := file.read(_SCAN_BLOCK):
                    has_quotes = has_quotes or b'"' in block
                    if is_begun or not block.isascii():
                        decoder.decode(block)
                        is_begun = bool(decoder.getstate()[0])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding, has_quotes
    return None


def _find_separator(line: str, table: Table) -> tuple[str, tuple[str, ...]]:
    """Return the separator under which the heading names most columns of the table, and the headings."""

    def recognised(headings: tuple[str, ...]) -> tuple[int, int]:
        return sum(recognise_column(table, heading) is not None for heading in headings), len(headings)

    readings = {
        separator: tuple(cell.strip() for cell in next(csv.reader([line], delimiter=separator)))
        for separator in _SEPARATORS
    }
    best = max(_SEPARATORS, key=lambda separator: recognised(readings[separator]))
    return best, readings[best]


def _find_form(path: Path, table: Table, findings: Findings) -> TextForm | None:
    place = Place(table.name, str(path))
    found = _find_encoding(path)
    if found is None:
        findings.add("encoding_unknown", place)
        return None
    encoding, has_quotes = found
    with path.open(encoding=encoding, newline="\n") as file:
        line = next((line for line in file if line.strip("\r\n")), "")
    if not line.strip():
        findings.add("empty_file", place)
        return None
    separator, heading = _find_separator(line.rstrip("\r\n"), table)
    return TextForm(encoding, separator, has_quotes, heading)


def list_records(path: Path, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a text file as they stand, the heading first, each with the number of its first line."""
    form = _find_form(path, table, Findings("en"))
    if form is None:
        return
    with path.open(encoding=form.encoding, newline="") as file:
        reader, line = csv.reader(file, delimiter=form.separator), 1
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1


def _choose_types(table: Table, headings: tuple[str, ...]) -> list[pa.DataType]:
    """Return for each column of a file text, encoded unless most of its cells differ."""
    columns = [table.column(recognise_column(table, heading) or "") for heading in headings]
    is_plain = [column is not None and table.is_varied(column) for column in columns]
    return [pa.string() if plain else pa.dictionary(pa.int32(), pa.string()) for plain in is_plain]


def _parse_text(
    path: Path, table: Table, form: TextForm, *, use_threads: bool
) -> tuple[pa.Table, list[tuple[int | None, int]]]:
    """Return the cells of a text file as text, and number and cells of the records that do not fit the heading."""
    skipped: list[tuple[int | None, int]] = []

    def skip(record: arrow_csv.InvalidRow) -> str:
        skipped.append((record.number, record.actual_columns))
        return "skip"

    names = [str(position) for position in range(len(form.heading))]
    types = _choose_types(table, form.heading)
    parsed = arrow_csv.read_csv(
        path,
        read_options=arrow_csv.ReadOptions(
            use_threads=use_threads,
            block_size=_PARSE_BLOCK,
            column_names=names,
            skip_rows_after_names=1,
            encoding="utf-8" if form.encoding == "utf-8-sig" else form.encoding,
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=form.separator, newlines_in_values=form.has_quotes, invalid_row_handler=skip
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict(zip(names, types, strict=True)), null_values=[""], strings_can_be_null=True
        ),
    )
    return parsed, skipped


def read_text(path: Path, table: Table, findings: Findings) -> RawTable | None:
    """Return a table read from a text file; ``None``, with the reason among the findings, if it cannot be read."""
    place = Place(table.name, str(path))
    form = _find_form(path, table, findings)
    if form is None:
        return None
    try:
        parsed, skipped = _parse_text(path, table, form, use_threads=True)
        if skipped:  # only a reader with one thread knows the records' numbers
            parsed, skipped = _parse_text(path, table, form, use_threads=False)
    except pa.ArrowInvalid as error:
        findings.add("file_unreadable", place, details={"reason": str(error).partition("\n")[0]})
        return None
    numbers = np.array([(number or 1) - 1 for number, _ in skipped], dtype=np.int64)
    remarks = find_remarks(parsed.column(0))
    kept = _find_filled(parsed, remarks)
    lines = LineNumbers(path, form.separator, numbers, kept)
    for line, (_, found) in zip(lines.number_skipped().tolist() if skipped else (), skipped, strict=True):
        findings.add(
            "row_ragged", place, row=int(line), details={"found": str(found), "expected": str(len(form.heading))}
        )
    if kept is not None:
        if len(remarks) and not len(kept) and not table.required:
            return None  # a file of the template that nobody has filled is no table
        parsed = parsed.take(pa.array(kept))
    columns = [_forget_unused(column) for column in parsed.columns] if len(remarks) else list(parsed.columns)
    return RawTable(place, form.heading, columns, parsed.num_rows, lines)


def _forget_unused(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column without the distinct texts that none of its rows holds any more."""
    return pc.dictionary_encode(column.cast(pa.string())) if pa.types.is_dictionary(column.type) else column


def _find_filled(parsed: pa.Table, remarks: Positions) -> Positions | None:
    """Return the positions of rows with anything in them but remarks; ``None`` if that is all of them."""
    is_blank = np.ones(parsed.num_rows, dtype=np.bool_)
    for column in parsed.columns:
        if not is_blank.any():
            break
        is_blank &= np.asarray(pc.is_null(column))
    is_blank[remarks] = True
    return np.flatnonzero(~is_blank) if is_blank.any() else None


def _read_parquet(path: Path, table: Table, findings: Findings) -> RawTable | None:
    place = Place(table.name, str(path))
    try:
        with pq.ParquetFile(path) as file:
            headings = tuple(file.schema_arrow.names)
        encoded = [
            name for name, kind in zip(headings, _choose_types(table, headings), strict=True) if kind != pa.string()
        ]
        parsed = pq.read_table(path, read_dictionary=encoded)
    except pa.ArrowInvalid as error:
        findings.add("file_unreadable", place, details={"reason": str(error).partition("\n")[0]})
        return None
    return RawTable(place, tuple(parsed.column_names), list(parsed.columns), parsed.num_rows, CountedNumbers())
