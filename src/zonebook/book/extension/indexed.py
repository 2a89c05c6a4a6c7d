"""Which pages the search index has as they are, noted from build to build: they need not be put into it again.

Most changes of a page are changes of numbers, and no one searches for a number. Where no page has other words than it
had, the index is neither read nor made nor written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_CODE = Path(__file__).parent


class IndexedPages:
    """The pages of a search index, each with a hash of what it was put in with.

    Parameters
    ----------
    note
        File that keeps them between builds.
    index
        File of the index; the note is of no use for another one.
    made_by
        Whatever else the index depends on: the language, its options.
    """

    def __init__(self, note: Path, index: Path, made_by: object) -> None:
        self._note, self._index = note, index
        self._maker = _hash(repr((sphinx.__version__, _hash_code(), made_by)))
        self._pages: dict[str, str] = {}
        try:
            kept: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
            if kept["maker"] == self._maker and kept["index"] == _hash_file(index):
                self._pages = kept["pages"]
        except (OSError, ValueError):  # there is none yet, or one of a build that was killed
            pass

    def note_page(self, page: str, *content: object) -> bool:
        """Note with what a page is put into the index; return whether the index has it already, just so."""
        digest = _hash(repr(content))
        is_known = self._pages.get(page) == digest
        self._pages[page] = digest
        return is_known

    def are(self, pages: Collection[str]) -> bool:
        """Whether the index has these pages and no others."""
        return self._pages.keys() == set(pages)

    def write(self, pages: Collection[str]) -> None:
        """Keep the pages of the book, once the index is written; of some it may not be known how they were put in."""
        kept = {page: self._pages.get(page, "") for page in sorted(pages)}
        content = {"maker": self._maker, "index": _hash_file(self._index), "pages": kept}
        self._note.write_text(json.dumps(content), encoding="utf-8")


def has_objects(env: BuildEnvironment) -> bool:
    """Whether a book describes functions, options or the like: an index has them beside the words of its pages."""
    return any(rank >= 0 for domain in env.domains.values() for *_, rank in domain.get_objects())


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _hash_file(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()


def _hash_code() -> str:
    """Return a hash of this extension, which decides what words are and how they are written."""
    return _hash("".join(path.read_text(encoding="utf-8") for path in sorted(_CODE.glob("*.py"))))
