"""What is kept of a report from one build to the next: its chapters by key, and what its PDF was printed from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from zonebook.page.locale import Locale
from zonebook.paper.chapter import Chapter, find_page, read_chapter
from zonebook.paper.job import write_bytes
from zonebook.paper.press import TEMPLATES, Manuscript
from zonebook.tables.digest import hash_folder

_PACKAGE = Path(str(files("zonebook")))
_LIBRARIES = ("typst", "fontpkg-fira-sans", "fonttools", "markdown-it-py", "mdit-py-plugins")


def read_chapters(book: Path, pages: Iterable[str], locale: Locale, cache_folder: Path) -> dict[str, Chapter]:
    """Return pages of a staged book as chapters; those whose file has not changed as they were kept.

    Parameters
    ----------
    book
        The staged book.
    pages
        Its pages.
    locale
        Language of the book.
    cache_folder
        Where chapters are kept. Those of pages that are no more are removed.

    Raises
    ------
    PaperError
        Where a page is missing or cannot be read.
    """
    chapters = {}
    for page in pages:
        path, kept = find_page(book, page), cache_folder / f"{page}.json"
        key = hashlib.sha256(path.read_bytes() + hash_code().encode()).hexdigest()
        chapter = _read_kept(kept, key)
        if chapter is None:
            chapter = read_chapter(path, page, locale)
            write_bytes(kept, json.dumps({"key": key, "chapter": chapter}, ensure_ascii=False).encode())
        chapters[page] = chapter
    for path in cache_folder.rglob("*.json"):
        if path.relative_to(cache_folder).with_suffix("").as_posix() not in chapters:
            path.unlink()
    return chapters


def _read_kept(path: Path, key: str) -> Chapter | None:
    """Return a chapter as it was kept; none where it was made from something else, or cut short."""
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(kept, dict) or kept.get("key") != key:
        return None
    chapter: Chapter = kept["chapter"]
    return chapter


def read_note(path: Path, printed: Path) -> dict[str, str]:
    """Return what a PDF was printed from; nothing where that is not known or the PDF is another one."""
    try:
        known = json.loads(path.read_bytes())
        is_same = known["pdf"] == hashlib.sha256(printed.read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(known) if is_same else {}


def write_note(path: Path, printed: Path, **known: str) -> None:
    """Note down what a PDF was printed from."""
    note = {**known, "pdf": hashlib.sha256(printed.read_bytes()).hexdigest()}
    write_bytes(path, json.dumps(note).encode())


def sum_up_manuscript(manuscript: Manuscript) -> str:
    """Return a hash of everything a PDF depends on: what is printed, the template, what prints it."""
    said = json.dumps([manuscript.data, manuscript.standards, manuscript.template], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(repr((said, hash_folder(TEMPLATES), _list_versions())).encode()).hexdigest()


def sum_up_book(book: Path, *parts: object) -> str:
    """Return a hash of a staged book by its files' sizes and times, of what else its report depends on, and of code.

    Staged files are written only when they change.
    """
    digest = hashlib.sha256(repr((hash_code(), parts)).encode())
    for path in sorted(book.rglob("*")):
        if path.suffix in (".ipynb", ".md", ".yml") and "_build" not in path.parts:
            stat = path.stat()
            digest.update(f"{path.relative_to(book)}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@cache
def hash_code() -> str:
    """Return a hash of the code, templates, words and libraries that turn pages into a PDF."""
    code = [hash_folder(_PACKAGE / part) for part in ("paper", "page/locale", "page/locale.py")]
    return hashlib.sha256(repr((code, _list_versions())).encode()).hexdigest()


def _list_versions() -> list[str]:
    return [f"{name}={version(name)}" for name in _LIBRARIES]
