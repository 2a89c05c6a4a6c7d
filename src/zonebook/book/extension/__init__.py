"""A Sphinx extension for books of thousands of pages: navigation and search once for all, pages at a linear cost.

It is copied into the staged book, where stock ``jupyter-book build`` loads it, and imports nothing of Zonebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import builder, contents, memory, navigation, reading, search, trees

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    memory.setup(app)
    trees.setup(app)
    reading.setup(app)
    search.setup(app)
    navigation.setup(app)
    contents.setup(app)
    builder.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
