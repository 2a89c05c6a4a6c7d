"""The contents of pages, which Sphinx keeps as trees for as long as the book is built: 35 kB a page, in each process.

Here they lie packed, a kilobyte a page; a tree that is asked for is unpacked for the page under way.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class PackedTrees(MutableMapping[str, nodes.bullet_list]):
    """The contents of pages by their names, as Sphinx has them in ``env.tocs``.

    A tree that has been put in or asked for stays as it is, with all that is done to it, until it is packed.

    Parameters
    ----------
    trees
        What is in it to begin with; trees may be packed ones.
    """

    def __init__(self, trees: Mapping[str, nodes.bullet_list | bytes]) -> None:
        self._trees = dict(trees)
        self._open = set(trees)

    def __getitem__(self, page: str) -> nodes.bullet_list:
        """Return the contents of a page."""
        tree = self._trees[page]
        if isinstance(tree, bytes):
            tree = pickle.loads(zlib.decompress(tree))  # noqa: S301 - packed below
            self[page] = tree
        return tree

    def __setitem__(self, page: str, tree: nodes.bullet_list | bytes) -> None:
        """Put in the contents of a page."""
        self._trees[page] = tree
        self._open.add(page)

    def __delitem__(self, page: str) -> None:
        """Take out the contents of a page."""
        del self._trees[page]
        self._open.discard(page)

    def __contains__(self, page: object) -> bool:
        """Whether the contents of a page are there; nothing is unpacked for that."""
        return page in self._trees

    def __iter__(self) -> Iterator[str]:
        """Give the names of pages, in the order they came in."""
        return iter(self._trees)

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._trees)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is written to a file, or sent to another process."""
        self.pack()
        return self.__dict__

    def pack(self) -> None:
        """Pack what is open; trees with lists of pages stay so: there are few, and each page asks for the first."""
        for page in self._open:
            tree = self._trees[page]
            if not isinstance(tree, bytes) and next(tree.findall(addnodes.toctree), None) is None:
                self._trees[page] = zlib.compress(pickle.dumps(tree, pickle.HIGHEST_PROTOCOL), 1)
        self._open.clear()

    def give_packed(self) -> dict[str, nodes.bullet_list | bytes]:
        """Return the trees packed, for another collection to take them over as they are."""
        self.pack()
        return self._trees


def send_packed(env: BuildEnvironment) -> None:
    """Have the trees of an environment go to another process packed: it puts them into a collection of its own."""
    trees: Any = env.tocs
    if isinstance(trees, PackedTrees):
        env.tocs = trees.give_packed()


def setup(app: Sphinx) -> None:
    """Have the contents of pages packed once the next page is under way."""
    app.connect("builder-inited", _take_trees)
    app.connect("source-read", lambda app, *_: _pack_trees(app))
    app.connect("doctree-resolved", lambda app, *_: _pack_trees(app))


def _take_trees(app: Sphinx) -> None:
    """Put the collection in the place of Sphinx's, where the last build has not done it."""
    env: Any = app.env
    if not isinstance(env.tocs, PackedTrees):
        env.tocs = PackedTrees(env.tocs)


def _pack_trees(app: Sphinx) -> None:
    trees: Any = app.env.tocs
    if isinstance(trees, PackedTrees):
        trees.pack()
