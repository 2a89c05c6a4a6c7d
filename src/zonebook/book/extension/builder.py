"""The builder of HTML pages: Sphinx's own, with a small search index, and pages read and written side by side.

Sphinx's own way to write side by side finds all references in one process and hands each page to another: the first
waits for nobody, so the pages in between pile up in memory. Here each process takes its share of the pages from
beginning to end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import FileSystemBytecodeCache
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.parallel import ParallelTasks

from .indexed import IndexedPages, has_objects
from .memory import SWEEPER
from .postings import PostingsFormat
from .search import Searched, extract_searched
from .terms import SearchIndex
from .trees import send_packed

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# A page for the search index: its name, what of it is searched, its title.
Noted = tuple[str, Searched, str]
Made = TypeVar("Made")


class SiteBuilder(StandaloneHTMLBuilder):
    """Builds HTML pages as Sphinx does, at a cost that is linear in pages, and with memory that does not grow."""

    name = "html"
    indexer_format = PostingsFormat()
    # In a process of several: pages for the index, which the main process makes.
    _noted: list[Noted] | None = None
    _is_loaded = False  # whether the index of the last build is

    def init_templates(self) -> None:
        """Have templates compiled once, not by every build: jinja2 knows by their text whether they have changed."""
        super().init_templates()
        compiled = Path(self.doctreedir) / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        templates: Any = self.templates
        templates.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        """Take a page into the search index; in a process of several, note it down for the index."""
        searched = extract_searched(doctree)
        if self._noted is None:
            self._put_into_index(pagename, searched, title)
        else:
            self._noted.append((pagename, searched, title))

    def load_indexer(self, docnames: Iterable[str]) -> None:
        """Put it off to read the index of the last build until a page has other words than it has there."""
        self._unindexed = set(docnames)
        index = Path(self.outdir) / self.searchindex_filename
        options = ("language", "html_search_language", "html_search_options", "html_search_scorer")
        made_by = [self.config[name] for name in options]
        self._indexed = IndexedPages(Path(self.doctreedir) / "indexed.json", index, made_by)
        language, search_language, *others = made_by
        self.indexer = SearchIndex(self.env, search_language or language, *others)

    def dump_search_index(self) -> None:
        """Write the index, unless that of the last build has all pages as they are."""
        is_same = not self._is_loaded and self._indexed.are(self.env.all_docs) and not has_objects(self.env)
        if self.indexer is not None and not is_same:
            self._load_index()
            super().dump_search_index()
            self._indexed.write(self.env.all_docs)

    def _load_index(self) -> None:
        """Read the index of the last build, without the pages that are still to be put into it."""
        if not self._is_loaded:
            self._is_loaded = True
            super().load_indexer(self._unindexed)

    def _put_into_index(self, page: str, searched: Searched, title: str) -> None:
        place, about = self.env.doc2path(page, base=False), self.env.metadata.get(page)
        is_known = self._indexed.note_page(page, title, searched, place, about)
        if is_known and not self._is_loaded:
            self._unindexed.discard(page)
        else:
            self._load_index()
            super().index_page(page, searched.to_document(), title)

    def _read_parallel(self, docnames: list[str], nproc: int) -> None:
        """Read pages in as many processes, each its share: with each share all of Sphinx's records are sent."""
        for docname in docnames:
            self.events.emit("env-purge-doc", self.env, docname)
            self.env.clear_doc(docname)

        def read(share: list[str]) -> BuildEnvironment:
            self.env.app = self.app
            for docname in share:
                self.read_doc(docname, _cache=False)
            send_packed(self.env)
            return self.env

        for share, records in _run_side_by_side(read, docnames, nproc):
            self.env.merge_info_from(share, records, self.app)

    def _write_parallel(self, docnames: Sequence[str], nproc: int) -> None:
        """Write pages in as many processes; Sphinx counts one less, for it keeps the main one busy."""
        first, *others = docnames
        self._write_serial([first])  # what is loaded once is loaded before the processes part

        def write(share: list[str]) -> tuple[list[Noted], dict[str, str]]:
            self._noted = []
            self._write_serial(share)
            return self._noted, self.images

        for _, (noted, images) in _run_side_by_side(write, others, nproc + 1):
            self.images |= images
            for pagename, searched, title in noted:
                self._put_into_index(pagename, searched, title)
                SWEEPER.note_page()


def _run_side_by_side(
    work: Callable[[list[str]], Made], docnames: Sequence[str], processes: int
) -> list[tuple[list[str], Made]]:
    """Return what each process made of its share of the pages, in the order of the shares."""
    # Neighbours go to different processes: pages of one kind, which cost the same, stand together.
    shares = [share for number in range(processes) if (share := list(docnames[number::processes]))]
    made: dict[str, Made] = {}
    tasks = ParallelTasks(processes)
    for share in shares:
        tasks.add_task(work, share, lambda share, result: made.__setitem__(share[0], result))
    tasks.join()
    return [(share, made[share[0]]) for share in shares]


def setup(app: Sphinx) -> None:
    """Put the builder in the place of Sphinx's own."""
    app.add_builder(SiteBuilder, override=True)
