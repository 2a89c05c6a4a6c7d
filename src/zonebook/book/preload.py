"""Imported once by the process that the builds of all books are forked from: what each of them would import itself.

Jupyter Book, what Sphinx loads always, the extensions of the project's ``_config.yml``. Nothing here starts a thread.
"""

from importlib import import_module

import jupyter_book.sphinx  # noqa: F401
import soupsieve
from sphinx.application import builtin_extensions

import zonebook.book  # noqa: F401

# With what they import when they are set up. One that a project adds is imported by each build.
EXTENSIONS = (
    "a11y_pygments",
    "jinja2.ext",
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

for name in (*builtin_extensions, *EXTENSIONS):
    import_module(name)
soupsieve.compile("li > a, .class")  # its own patterns are compiled with the first selector, which the theme has
