"""What is kept of a report from one build to the next: its chapters, each by the key of the page it was read from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from pathlib import Path

from zonebook.page.locale import Locale
from zonebook.paper.chapter import Chapter, find_page, read_chapter
from zonebook.paper.job import write_bytes
from zonebook.paper.report_state import hash_code


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


def remove_others(folder: Path, kept: Collection[Path]) -> None:
    """Remove all files in a folder but printed pieces that a report has, and what is noted down of each."""
    wanted = {*kept, *(path.with_suffix(".json") for path in kept)}
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()
