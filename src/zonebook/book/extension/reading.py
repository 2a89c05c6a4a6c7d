"""Reads executed notebooks without what a finished page has no use for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import nbformat
from myst_nb import sphinx_ as myst_nb_parser
from myst_nb.core.render import NbElementRenderer

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# Loaded by sphinx_external_toc in any case. It says nothing about parallel reading; all it does is to number sections
# when every page has been read.
_SAYS_NOTHING = "sphinx_multitoc_numbering"


def read_notebook(text: str) -> nbformat.NotebookNode:
    """Return a notebook from its text; staged notebooks are valid and in the current format, so neither is checked.

    Examples
    --------
    >>> read_notebook('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}').nbformat
    4
    """
    notebook: nbformat.NotebookNode = nbformat.from_dict(json.loads(text))
    return notebook


def setup(app: Sphinx) -> None:
    """Have notebooks read this way."""
    app.connect("config-inited", _configure)
    _write_no_copies()


def _configure(app: Sphinx, config: Config) -> None:
    config.nb_custom_formats = {".ipynb": [f"{__name__}.read_notebook", {}, False]}
    if _SAYS_NOTHING in app.extensions:
        app.extensions[_SAYS_NOTHING].parallel_read_safe = True


def _write_no_copies() -> None:
    """Have MyST-NB write no copy of each notebook to ``jupyter_execute``; the site links the executed notebook."""
    write_file = NbElementRenderer.write_file

    def write_others(
        self: NbElementRenderer, path: Sequence[str], content: bytes, *args: Any, **options: Any
    ) -> str | None:
        return None if path[-1].endswith(".ipynb") else write_file(self, path, content, *args, **options)

    NbElementRenderer.write_file = write_others
    myst_nb_parser.nbformat = SimpleNamespace(writes=lambda _: "")
