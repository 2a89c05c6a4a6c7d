"""Builds the staged books with Jupyter Book, warnings as errors, and puts the site together."""

from __future__ import annotations

import contextlib
import hashlib
import html
import io
import logging
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from zonebook.book.folder import list_files, mirror_folder, write_if_changed
from zonebook.book.navigation import list_languages
from zonebook.errors import BookError
from zonebook.page.locale import get_locale
from zonebook.parameters import Parameters
from zonebook.tables.digest import read_version

# What downloads.py writes beside the pages.
DOWNLOADS = ("data", "notebooks")
# Of the theme, what no page loads: its icon font and scripts, and the maps for its developers.
_UNUSED = re.compile(
    r"\.map$|^_static/vendor/|^_static/scripts/fontawesome|^_static/[a-z-]*webpack-macros|\.LICENSE\.txt$"
)
_TERMINAL_CODES = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(r"^(?P<place>.*?):? ?(?P<kind>WARNING|ERROR|CRITICAL|SEVERE): (?P<message>.*)$")
_SHOWN = 10
_BUILDERS = ("jupyter-book", "sphinx", "sphinx-book-theme", "pydata-sphinx-theme", "myst-nb", "sphinx-external-toc")


def build_book(lang: str, out: Path, jobs: int = 1) -> None:
    """Build ``<out>/book/<lang>`` and bring ``<out>/html/<lang>`` in step with the result.

    A book that has not changed since it was built is not built again. Jupyter Book keeps its own files in a folder of
    the language below ``work``: anything below the source folder would be taken for changed configuration.

    Sphinx runs in this process and leaves it changed: it must be one that is there for this book alone, and one whose
    hashes of text are no random ones, as those of :class:`zonebook.run.executor.ForkExecutor` are. For hashes say the
    order of sets, and the site must not differ from run to run.

    Parameters
    ----------
    lang
        Language of the book.
    out
        Output folder of the build.
    jobs
        Processes that read and write its pages. The site is the same whatever their number.

    Raises
    ------
    BookError
        Naming the warnings, if there are any: the site is then left as it was.
    """
    book, work = out / "book" / lang, out / "work" / lang
    built, seal = work / "_build" / "html", work / "built.txt"
    state = _state_of(book)
    if not (seal.is_file() and seal.read_text(encoding="utf-8") == state and (built / "index.html").is_file()):
        seal.unlink(missing_ok=True)
        _run_jupyter_book(book, work, lang, jobs)
        write_if_changed(seal, state)
    mirror_folder(
        built, out / "html" / lang, leave_out=(".buildinfo", ".buildinfo.bak"), keep=DOWNLOADS, unwanted=_UNUSED
    )


def _state_of(book: Path) -> str:
    """Return a hash of the staged files, which are only written when they change, and of what builds them."""
    digest = hashlib.sha256(repr(list_builders()).encode())
    for name in list_files(book, leave_out=("_build",)):
        stat = os.stat(f"{book}{os.sep}{name}")  # noqa: PTH116 - of many files
        digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def list_builders() -> Sequence[tuple[str, str]]:
    """Return what builds books, with its versions."""
    return [(name, read_version(name)) for name in _BUILDERS]


def _run_jupyter_book(book: Path, work: Path, lang: str, jobs: int) -> None:
    succeeded, output = _call_sphinx(book.resolve(), (work / "_build" / "html").resolve(), jobs)
    warnings = list_warnings(output, book.resolve())
    if succeeded and not warnings:
        return
    # Sphinx does not read an unchanged page again, so a second run would keep silent about its warnings.
    shutil.rmtree(work / "_build", ignore_errors=True)
    raise BookError(
        _describe(warnings, output, lang),
        place=str(book),
        remedy="A warning names the staged page; the notebook or page of book/ it was made from is to be corrected.",
    )


def _call_sphinx(book: Path, site: Path, jobs: int) -> tuple[bool, str]:
    """Do what `jupyter-book build` does, in several processes; return whether it succeeded, and what it wrote."""
    from jupyter_book.sphinx import build_sphinx  # noqa: PLC0415  (half a second, where there is nothing to build)

    # What reads YAML safely takes the reader in C: the same values, in a tenth of the time.
    yaml.SafeLoader = yaml.CSafeLoader  # type: ignore[assignment,misc]
    # Compiled code beside the extension would change the staged folder.
    sys.dont_write_bytecode = True
    os.environ["NO_COLOR"] = "1"
    # Sphinx makes a record of whatever it could say, to throw most away.
    logging.disable(logging.DEBUG)
    written = io.StringIO()
    with contextlib.redirect_stdout(written), contextlib.redirect_stderr(written):
        failure = build_sphinx(
            str(book),
            str(site),
            noconfig=True,
            path_config=book / "_config.yml",
            confoverrides={"latex_individualpages": False},
            warningiserror=True,
            keep_going=True,
            quiet=True,
            jobs=jobs,
        )
    return failure == 0, _TERMINAL_CODES.sub("", written.getvalue())


def list_warnings(output: str, book: Path) -> list[str]:
    """Return the warnings in what Jupyter Book wrote, each once, with the page inside the book.

    Examples
    --------
    >>> list_warnings("/x/book/zones/a.ipynb:10001: WARNING: no such page [myst.ref]", Path("/x/book"))
    ['zones/a.ipynb:10001: no such page [myst.ref]']
    """
    found = []
    for line in output.splitlines():
        match = _WARNING.match(line.strip())
        if match:
            place = match["place"].removeprefix(f"{book}{os.sep}")
            found.append(f"{place}: {match['message']}" if place else match["message"])
    return list(dict.fromkeys(found))


def _describe(warnings: list[str], output: str, lang: str) -> str:
    if not warnings:
        last = "\n".join(line for line in output.splitlines() if line.strip()).splitlines()[-_SHOWN:]
        return f"the book in {lang!r} could not be built:\n" + "\n".join(last)
    listed = "\n".join(f"  {warning}" for warning in warnings[:_SHOWN])
    more = f"\n  … and {len(warnings) - _SHOWN} more" if len(warnings) > _SHOWN else ""
    return f"the book in {lang!r} has {len(warnings)} warning(s):\n{listed}{more}\n"


def write_redirect(parameters: Parameters, out: Path) -> None:
    """Write ``html/index.html``, which leads to the default language; without scripts, and as plain links too."""
    default = parameters.languages[0]
    links = "\n".join(
        f'<li><a href="{language["code"]}/index.html" lang="{language["code"]}" hreflang="{language["code"]}">'
        f"{html.escape(language['name'])}</a></li>"
        for language in list_languages(parameters.languages, default)
    )
    title = html.escape(get_locale(default).text("The report"))
    page = f"""<!DOCTYPE html>
<html lang="{default}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={default}/index.html">
<link rel="canonical" href="{default}/index.html">
<title>{title}</title>
</head>
<body>
<ul>
{links}
</ul>
</body>
</html>
"""
    write_if_changed(out / "html" / "index.html", page)
