"""What a reader can take home: every table and metric row as a file, with a description for programs."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from zonebook.book.changes import CHANGES, recall_changes
from zonebook.book.datapackage import make_datapackage, write_datapackage
from zonebook.book.derivation import COMMON, DOWNLOADS, derive_key, note_path
from zonebook.book.folder import Folder
from zonebook.book.notebook import list_attachments, read_notebook
from zonebook.book.outcome import Outcome
from zonebook.book.wording import say_edition
from zonebook.metrics.result import RESULT_COLUMNS
from zonebook.metrics.rowfile import RowFile, RowWriter
from zonebook.page.locale import get_locale
from zonebook.settings import DEFAULT_SETTINGS, INTERNAL, MetricSettings
from zonebook.tables.publication import count_withheld, publish_share
from zonebook.tables.schema import TABLES
from zonebook.tables.share import DataSet, Share

# A spreadsheet takes text that begins so for a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Column of every file of an internal edition that says so.
EDITION = "edition"
# The rows a sheet of a workbook holds, heading included.
_SHEET_ROWS = 1_048_576
# The parts that are the same in every language.
_TABLES, _METRICS = "tables", "metrics"
# Files must not differ from build to build, so no file says when it was made.
_NO_DATE = datetime.datetime(2000, 1, 1)


def write_downloads(
    lang: str,
    outcomes: Iterable[Outcome],
    data_set: DataSet,
    metrics: RowFile,
    out: Path,
    settings: MetricSettings = DEFAULT_SETTINGS,
) -> None:
    """Write ``html/<lang>/data`` and ``html/<lang>/notebooks``.

    Parameters
    ----------
    lang
        Language of the book; pages of other languages are left out.
    outcomes
        What became of the pages: their tables, metric rows and executed notebooks.
    data_set
        The data set, each table of which becomes a CSV with what the edition may print of it.
    metrics
        All metric rows of the report.
    out
        Output folder of the build.
    settings
        Which edition it is, and its rules of suppression.
    """
    own = [outcome for outcome in outcomes if outcome.job.lang == lang]
    data = Folder(out / "html" / lang / "data", memo=note_path(out, lang, DOWNLOADS))
    notebooks = Folder(out / "html" / lang / "notebooks")
    whole, mark = data_set.country(), say_edition(settings, get_locale(lang))
    share = publish_share(whole, settings)
    present = [name for name in TABLES if share.has(name)]
    common = None if mark else _open_common(out)
    _derive(data, common, _TABLES, derive_key(whole.digest, settings), partial(_write_tables, data, share, mark))
    key = derive_key(metrics.digest, settings)
    _derive(data, common, _METRICS, key, partial(_write_metrics, data, metrics, mark))
    package = make_datapackage(present, lang, withheld=count_withheld(whole, share), edition=mark)
    data.write("datapackage.json", write_datapackage(package))
    for outcome in own:
        if outcome.notebook is not None and outcome.failure is None:
            target = outcome.job.target
            notebooks.copy(outcome.notebook, f"{target}.ipynb")
            key = derive_key(outcome.job.key, settings.publish)
            data.derive(f"pages/{target}", key, partial(_write_page, outcome, data, mark))
    changes = recall_changes(lang, out)
    for name, text in changes.files.items() if changes else ():
        data.write(f"{CHANGES}/{name}.csv", text)
    data.finish()
    notebooks.finish()


def write_common(data_set: DataSet, metrics: RowFile, out: Path, settings: MetricSettings) -> None:
    """Write once what is the same among the downloads of every language: the tables, and all metric rows.

    Of an internal edition it is nothing: each of its files says so, in the language it is for.
    """
    if settings.publish == INTERNAL:
        return
    common, share = _open_common(out), data_set.country()
    tables = partial(_write_published, common, share, settings)
    common.derive(_TABLES, derive_key(share.digest, settings), tables)
    common.derive(_METRICS, derive_key(metrics.digest, settings), partial(_write_metrics, common, metrics, ""))
    common.finish()


def _open_common(out: Path) -> Folder:
    return Folder(out / "work" / DOWNLOADS, memo=note_path(out, COMMON, DOWNLOADS))


def _derive(data: Folder, common: Folder | None, part: str, key: str, write: Callable[[], None]) -> None:
    """Have the files of a part copied from where they are for all languages; written, where they are not."""
    names = common.recall(part, key) if common else ()
    if common and names:
        data.derive(part, key, partial(_copy, common.root, names, data))
    else:
        data.derive(part, key, write)


def _copy(source: Path, names: Iterable[str], data: Folder) -> None:
    for name in names:
        data.copy(source / name, name)


def _write_published(data: Folder, share: Share, settings: MetricSettings) -> None:
    _write_tables(data, publish_share(share, settings), "")


def _write_tables(data: Folder, share: Share, mark: str) -> None:
    for name in filter(share.has, TABLES):
        data.write(f"{name}.csv", write_frame(_mark_frame(share.table(name), mark)))


def _write_metrics(data: Folder, metrics: RowFile, mark: str) -> None:
    """Write all metric rows, which are many: they are read and written a part at a time."""
    for ending, write in (("csv", write_lines), ("xlsx", write_workbook), ("parquet", _write_parquet)):
        parts = (_mark_frame(part, mark) for part in metrics.read_parts())
        data.make(f"metrics.{ending}", partial(write, parts))


def _mark_frame(frame: pd.DataFrame, mark: str) -> pd.DataFrame:
    """Return a table with the mark of an internal edition in its last column; a public one has none."""
    return frame.assign(**{EDITION: mark}) if mark else frame


def _write_page(outcome: Outcome, data: Folder, mark: str) -> None:
    """Write what lies behind one page: its metric rows and the tables it shows."""
    target = outcome.job.target
    rows = (outcome.record or {}).get("metrics", ())
    listed = [[row.get(column) for column in RESULT_COLUMNS] for row in rows]
    data.write(f"{target}/metrics.csv", _write_marked(RESULT_COLUMNS, listed, mark))
    for table in list_attachments(read_notebook(outcome)):
        data.write(f"{target}/{table.name}.csv", _write_marked(table.columns, table.rows, mark))


def _write_marked(columns: Sequence[str], rows: Iterable[Sequence[Any]], mark: str) -> bytes:
    """Return a table as CSV, each row of an internal edition marked as such."""
    if not mark:
        return write_csv(columns, rows)
    return write_csv((*columns, EDITION), ((*row, mark) for row in rows))


def guard_text(value: Any) -> Any:
    """Return a cell so that no spreadsheet runs it: text that looks like a formula gets an apostrophe before it.

    Examples
    --------
    >>> guard_text("=1+1"), guard_text("R&D"), guard_text(-5)
    ("'=1+1", 'R&D', -5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a table as CSV: UTF-8, commas, a line each, empty where there is no value."""
    text = io.StringIO(newline="")
    _write_rows(text, chain([columns], rows))
    return text.getvalue().encode("utf-8")


def _write_rows(file: TextIO, rows: Iterable[Sequence[Any]]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([guard_text(_plain(value)) for value in row] for row in rows)


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 - the one value that differs from itself is NaN
            return ""
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return value


def write_frame(frame: pd.DataFrame) -> bytes:
    """Return a data frame as CSV; whole numbers without a decimal point."""
    return write_csv(list(map(str, frame.columns)), _list_rows(frame))


def _list_rows(frame: pd.DataFrame) -> Iterable[Sequence[Any]]:
    return zip(*(frame[name].astype(object).tolist() for name in frame.columns), strict=True)


def write_lines(parts: Iterable[pd.DataFrame], path: Path) -> None:
    """Write a data frame that comes in parts as CSV, as :func:`write_frame` returns it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, part in enumerate(parts):
            _write_rows(file, chain([] if number else [list(map(str, part.columns))], _list_rows(part)))


def _write_parquet(parts: Iterable[pd.DataFrame], path: Path) -> None:
    with RowWriter(path) as writer:
        for part in parts:
            writer.write(part)


def write_workbook(parts: Iterable[pd.DataFrame], path: Path) -> None:
    """Write a data frame that comes in parts as an Excel workbook, on as many sheets as its rows need.

    Rows are put down as they come: a cell in memory takes hundreds of bytes.
    """
    import xlsxwriter  # noqa: PLC0415  (not needed by any other part of a build)

    settings = {
        **{"constant_memory": True, "tmpdir": str(path.parent)},
        **dict.fromkeys(("strings_to_formulas", "strings_to_urls", "nan_inf_to_errors"), False),
    }
    with xlsxwriter.Workbook(path, settings) as workbook:
        workbook.set_properties({"title": "Zonebook metrics", "created": _NO_DATE})
        bold = workbook.add_format({"bold": True})
        sheets: list[Any] = []
        line = _SHEET_ROWS
        for part in parts:
            for cells in chain([] if sheets else [()], _list_rows(part)):
                if line == _SHEET_ROWS:
                    sheets.append(_add_sheet(workbook, len(sheets) + 1, list(map(str, part.columns)), bold))
                    line = 1
                for column, value in enumerate(cells):
                    _write_cell(sheets[-1], line, column, _plain(value))
                line += bool(cells)


def _add_sheet(workbook: Any, number: int, columns: Sequence[str], bold: Any) -> Any:
    """Return a new sheet of a workbook with its heading."""
    sheet = workbook.add_worksheet("metrics" if number == 1 else f"metrics_{number}")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, bold)
    return sheet


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value)
    elif value in (float("inf"), float("-inf")):
        sheet.write_string(row, column, str(value))
    else:
        sheet.write_number(row, column, value)
