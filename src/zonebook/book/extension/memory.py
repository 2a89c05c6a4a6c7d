"""What a build keeps in memory: nothing of a page once it is written.

Sphinx keeps the tree of each page it has read until the last one is written, and Python looks for garbage among all
that has ever been loaded, again and again: a quarter of the time of a build. Here trees are read back from their files,
and garbage is looked for after every few pages, among what these pages have left.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# What the trees of this many pages leave is small beside what Python itself has loaded.
_PAGES = 16
# What remains of pages is put aside each time there are twice as many, and after so many. The tree of the page under
# way goes with it and stays for good: that must not happen often.
_SETTLED = 64 * _PAGES
_CACHES = ("_write_doc_doctree_cache", "_pickled_doctree_cache")


class Forgetful(dict[str, Any]):
    """A cache that keeps nothing.

    Examples
    --------
    >>> cache = Forgetful()
    >>> cache["page"] = "tree"
    >>> len(cache)
    0
    """

    def __setitem__(self, key: str, value: Any) -> None:
        """Keep nothing."""


class Sweeper:
    """Collects the garbage of pages, a few pages at a time."""

    def __init__(self) -> None:
        self._pages = 0
        self._was_enabled = False

    def begin(self) -> None:
        """Take the matter out of Python's hands; what imports have left over is too little to look for."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()

    def note_page(self) -> None:
        """Note a page; what remains of many before is then no garbage, and not looked at again."""
        self._pages += 1
        if self._pages % _PAGES:
            return
        gc.collect()
        if self._pages % _SETTLED == 0 or self._pages.bit_count() == 1:
            gc.freeze()

    def end(self) -> None:
        """Leave the rest to Python; what is put aside stays so: a process that builds a book is near its end."""
        if self._was_enabled:
            gc.enable()


SWEEPER = Sweeper()


def setup(app: Sphinx) -> None:
    """Have a build keep no pages."""
    app.connect("builder-inited", _forget_trees)
    app.connect("builder-inited", lambda _: SWEEPER.begin())
    app.connect("source-read", lambda *_: SWEEPER.note_page())
    app.connect("doctree-resolved", lambda *_: SWEEPER.note_page())
    app.connect("build-finished", lambda *_: SWEEPER.end())


def _forget_trees(app: Sphinx) -> None:
    for name in _CACHES:
        if hasattr(app.env, name):
            setattr(app.env, name, Forgetful())
