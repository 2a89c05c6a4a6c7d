"""Imported once by the process that the builds of all books are forked from: what each of them would import itself.

Jupyter Book, what Sphinx loads always, the extensions of the project's ``_config.yml``; and what is found out once, by
the first page that asks for it. Nothing here starts a thread.
"""

from functools import cache
from importlib import import_module
from typing import Any

import importlib_metadata
from pygments.styles import get_all_styles  # type: ignore[import-untyped]
from sphinx.application import builtin_extensions

import zonebook.book  # noqa: F401
from zonebook.book.build import list_builders
from zonebook.book.postponed import import_theme
from zonebook.book.unexecuted import leave_out_executors

# With what they import when they are set up. One that a project adds is imported by each build.
EXTENSIONS = (
    "a11y_pygments",
    "jinja2.ext",
    "jupyter_book.sphinx",
    "myst_nb.ext.execution_tables",
    "myst_nb.ext.glue.domain",
    "myst_nb.sphinx_ext",
    "myst_parser.sphinx_ext.directives",
    "myst_parser.sphinx_ext.mathjax",
    "myst_parser.sphinx_ext.myst_refs",
    "pydata_sphinx_theme",
    "sphinx.builders.html.transforms",
    "sphinx.builders.latex.transforms",
    "sphinx.ext.mathjax",
    "sphinx_book_theme",
    "sphinx_comments",
    "sphinx_copybutton",
    "sphinx_design.extension",
    "sphinx_external_toc.collectors",
    "sphinx_external_toc.events",
    "sphinx_multitoc_numbering",
)

leave_out_executors()
import_theme()
for name in (*builtin_extensions, *EXTENSIONS):
    import_module(name)


def prepare() -> None:
    """Find out what each build would find out itself: versions, styles, and what the installed packages offer.

    Sphinx, MyST-NB and Pygments ask several times for that, and each time a file of every package is read.
    """
    render: Any = import_module("myst_nb.core.render")
    theming: Any = import_module("sphinx.theming")
    standard: Any = import_module("importlib.metadata")
    render.entry_points = theming.entry_points = importlib_metadata.entry_points().select
    standard.entry_points = cache(standard.entry_points)
    render.load_renderer("default")
    render.load_mime_renders()
    list(get_all_styles())
    import_module("jupyter_book.config").get_validator()
    list_builders()


prepare()
