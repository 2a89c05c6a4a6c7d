"""Imported once by the process that pages are forked from: everything a page would import or set up itself.

Pages find it done: the libraries, the kernel, the notebook format's schema, the functions of all metrics, the
catalogues and formats of all languages, the fonts. Nothing here starts a thread: a fork would not carry it over.

No garbage is looked for until it is ready (``uncollected`` has been imported before): most of what it makes stays.
"""

import contextlib
import gc
import os
from importlib.resources import files
from pathlib import Path

os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # as every ipykernel does

import nbformat
import papermill.execute  # noqa: F401
import pyarrow.dataset  # noqa: F401  (imported with the first Parquet file)

from zonebook.errors import MetricError
from zonebook.metrics.adapter import needs_rows
from zonebook.metrics.reasons import read_reason
from zonebook.metrics.registry import read_catalogue
from zonebook.page import figures, narrative, opening, recording, tables  # noqa: F401
from zonebook.page.catalogue import list_languages
from zonebook.page.figures.sheet import Sheet
from zonebook.page.figures.style import WIDE, register_fonts
from zonebook.page.figures.svg import Caption, write_svg
from zonebook.page.locale import get_locale
from zonebook.run import executor  # noqa: F401
from zonebook.run.engine import register_engines
from zonebook.run.kernel import prepare_kernel
from zonebook.tables.digest import hash_folder
from zonebook.tables.frame import create_empty, list_records
from zonebook.tables.schema import TABLES

# How many new objects are waited for before garbage is looked for: pages live for seconds, and it took 7 % of them.
_RARELY = (50_000, 20, 100)


def prepare() -> None:
    """Set up what pages would set up one by one."""
    register_engines()
    prepare_kernel()
    nbformat.validate(nbformat.v4.new_notebook())
    register_fonts()
    read_reason("unknown")
    for metric in read_catalogue().values():
        with contextlib.suppress(MetricError):  # the page that needs it says so
            needs_rows(metric)  # loads its function and looks at it
    for lang in list_languages():
        locale = get_locale(lang)
        locale.join([locale.number(1234.5), locale.country("RUS")])
    for name in TABLES:
        list_records(create_empty(name))
    sheet = Sheet(WIDE)
    sheet.write(0, 20, "0")
    write_svg(sheet, "figure", Caption("", ""))
    hash_folder(Path(str(files("zonebook"))))  # keys of books and papers are made of it
    gc.freeze()
    gc.set_threshold(*_RARELY)
    gc.enable()


prepare()
