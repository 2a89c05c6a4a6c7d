"""What a reader can take home: every table and metric row as a file, with a description for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from zonebook.book.cells import list_cells, make_plain
from zonebook.book.changes import CHANGES, recall_changes
from zonebook.book.datapackage import make_datapackage, write_datapackage
from zonebook.book.derivation import COMMON, DOWNLOADS, derive_key, note_path
from zonebook.book.folder import Folder
from zonebook.book.notebook import list_attachments, read_content
from zonebook.book.outcome import Outcome
from zonebook.book.wording import say_edition
from zonebook.book.workbook import write_workbook
from zonebook.metrics.result import RESULT_COLUMNS
from zonebook.metrics.rowfile import RowFile, RowWriter
from zonebook.page.locale import get_locale
from zonebook.settings import DEFAULT_SETTINGS, INTERNAL, MetricSettings
from zonebook.tables.publication import count_withheld, is_gated, list_deciding, publish_share
from zonebook.tables.schema import TABLES
from zonebook.tables.share import DataSet, Share

# A spreadsheet takes text that begins so for a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Column of every file of an internal edition that says so.
EDITION = "edition"
# The parts that are the same in every language.
_TABLES, _METRICS = "tables", "metrics"
_PACKAGE = "datapackage"
_NO_ROWS = "-"


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
    publish = cache(partial(publish_share, whole, settings))  # where a table has changed
    present = [name for name in TABLES if whole.has(name)]
    common = None if mark else _open_common(out)
    for name in present:
        key = _key_table(data_set, name, settings)
        _derive(data, common, f"{_TABLES}/{name}", key, partial(_write_published, data, whole, publish, name, mark))
    key = derive_key(metrics.digest, settings)
    _derive(data, common, _METRICS, key, partial(_write_metrics, data, metrics, mark))
    # Of the tables that an edition may not give away whole, it says how many rows are left out.
    gated = [_key_table(data_set, name, settings) for name in present if is_gated(name)]
    key = derive_key(*present, *gated, settings)
    data.derive(_PACKAGE, key, partial(_write_package, data, publish, whole, lang, mark))
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
    common, whole = _open_common(out), data_set.country()
    publish = cache(partial(publish_share, whole, settings))  # where a table has changed
    for name in filter(whole.has, TABLES):
        write = partial(_write_published, common, whole, publish, name, "")
        common.derive(f"{_TABLES}/{name}", _key_table(data_set, name, settings), write)
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


def _key_table(data_set: DataSet, name: str, settings: MetricSettings) -> str:
    """Return the key of a table's file: a hash of the rows that decide what it holds, and of the edition.

    Where the data set knows no hashes of its tables, it is one of everything.
    """
    known = data_set.table_digests
    if not known:
        return derive_key(data_set.country().digest, settings)
    return derive_key(name, *(known.get(one, _NO_ROWS) for one in list_deciding(name)), settings)


def _write_published(data: Folder, whole: Share, publish: Callable[[], Share], name: str, mark: str) -> None:
    """Write what an edition gives away of a table; most are given away whole, and nothing else is read for them."""
    share = publish() if is_gated(name) else whole
    parts = (_mark_frame(part, mark) for part in share.parts(name))
    data.make(f"{name}.csv", partial(write_lines, parts))


def _write_package(data: Folder, publish: Callable[[], Share], whole: Share, lang: str, mark: str) -> None:
    present, withheld = [name for name in TABLES if whole.has(name)], count_withheld(whole, publish())
    package = make_datapackage(present, lang, withheld=withheld, edition=mark)
    data.write("datapackage.json", write_datapackage(package))


def _write_metrics(data: Folder, metrics: RowFile, mark: str) -> None:
    """Write all metric rows, which are many: they are read and written a part at a time."""

    def read_parts() -> Iterator[pd.DataFrame]:
        return (_mark_frame(part, mark) for part in metrics.read_parts())

    data.make("metrics.csv", partial(write_lines, read_parts()))
    data.make("metrics.xlsx", partial(write_workbook, read_parts(), metrics.count))
    if mark:
        data.make("metrics.parquet", partial(_write_parquet, read_parts()))
    else:
        data.copy(metrics.path, "metrics.parquet")


def _mark_frame(frame: pd.DataFrame, mark: str) -> pd.DataFrame:
    """Return a table with the mark of an internal edition in its last column; a public one has none."""
    return frame.assign(**{EDITION: mark}) if mark else frame


def _write_page(outcome: Outcome, data: Folder, mark: str) -> None:
    """Write what lies behind one page: its metric rows and the tables it shows."""
    target = outcome.job.target
    rows = (outcome.record or {}).get("metrics", ())
    listed = [[row.get(column) for column in RESULT_COLUMNS] for row in rows]
    data.write(f"{target}/metrics.csv", _write_marked(RESULT_COLUMNS, listed, mark))
    for table in list_attachments(read_content(outcome)):
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
    _write_rows(text, columns, ([_write_cell(value) for value in row] for row in rows))
    return text.getvalue().encode("utf-8")


def _write_rows(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows below a heading; without one where it has no columns."""
    heading = [list(map(guard_text, columns))] if columns else []
    csv.writer(file, lineterminator="\n").writerows(chain(heading, rows))


def _write_cell(value: Any) -> Any:
    # Most cells are text or whole numbers, which are plain already.
    return guard_text(value if type(value) in (str, int) else make_plain(value))


def _list_rows(frame: pd.DataFrame) -> Iterable[Sequence[Any]]:
    """Return the rows of a data frame as CSV has them."""
    return zip(*(list_cells(frame[name], _write_cell) for name in frame.columns), strict=True)


def write_lines(parts: Iterable[pd.DataFrame], path: Path) -> None:
    """Write a data frame that comes in parts as CSV; whole numbers without a decimal point."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, part in enumerate(parts):
            _write_rows(file, () if number else list(map(str, part.columns)), _list_rows(part))


def _write_parquet(parts: Iterable[pd.DataFrame], path: Path) -> None:
    with RowWriter(path) as writer:
        for part in parts:
            writer.write(part)
