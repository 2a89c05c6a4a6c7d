"""What is kept of a report from one build to the next: its chapters, each by the key of the page it was read from.

Most chapters are as they were: of these the report needs to know what they are named, what they lead to and what is led
to in them, not what they hold. So that stands beside them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zonebook.page.locale import Locale
from zonebook.paper.chapter import Chapter, find_page, read_chapter
from zonebook.paper.report_state import hash_code
from zonebook.tables.draft import put_file

#: What is known of a chapter: of what ``read_chapter`` returns ``page``, ``name``, ``places``, ``links`` and
#: ``demonstration``; ``notes`` (the numbers of the sources that notes name, by place); ``digest``, a hash of all of it.
Summary = dict[str, Any]
_TOLD = ("page", "name", "places", "links", "demonstration")


@dataclass(frozen=True, slots=True)
class KeptChapters:
    """Pages of a staged book as chapters.

    Attributes
    ----------
    summaries
        What is known of each, by page.
    book, folder
        The staged book, and where chapters are kept.
    locale
        Language of the book.
    fresh
        Those that have been read just now, by page.
    """

    summaries: Mapping[str, Summary]
    book: Path
    folder: Path
    locale: Locale
    fresh: Mapping[str, Chapter]

    def load(self, page: str) -> Chapter:
        """Return a chapter.

        Raises
        ------
        PaperError
            Where it is not kept any more, and its page cannot be read.
        """
        return self.fresh.get(page) or _load(self.book, page, self.locale, self.folder)[1]


def read_chapters(book: Path, pages: Iterable[str], locale: Locale, cache_folder: Path) -> KeptChapters:
    """Return pages of a staged book as chapters; only those whose file has changed are read.

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
    beside = cache_folder.with_suffix(".json")
    known = _read_json(beside)
    summaries, fresh = {}, {}
    for page in pages:
        kept = known.get(page)
        if kept is None or kept["key"] != _find_key(book, page):
            key, fresh[page] = _load(book, page, locale, cache_folder)
            kept = {"key": key, **_sum_up(fresh[page])}
        summaries[page] = kept
    if summaries != known:
        put_file(beside, json.dumps(summaries, ensure_ascii=False).encode())
        for path in cache_folder.rglob("*.json"):
            if path.relative_to(cache_folder).with_suffix("").as_posix() not in summaries:
                path.unlink(missing_ok=True)  # another process may have done it: see print_chapters
    return KeptChapters(summaries, book, cache_folder, locale, fresh)


def _sum_up(chapter: Chapter) -> Summary:
    said = json.dumps(chapter, ensure_ascii=False, sort_keys=True)
    return {
        **{name: chapter[name] for name in _TOLD},
        "notes": {place: note["n"] for place, note in chapter["notes"].items()},
        "digest": hashlib.sha256(said.encode()).hexdigest(),
    }


def _find_key(book: Path, page: str) -> str:
    """Return what changes with the page, as it does for ``sum_up_order``, and with the code that reads it."""
    stat = find_page(book, page).stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {hash_code()}"


def _load(book: Path, page: str, locale: Locale, folder: Path) -> tuple[str, Chapter]:
    """Return a chapter with its key: as it was kept, else read from its page and kept."""
    path, key = folder / f"{page}.json", _find_key(book, page)
    kept = _read_json(path)
    if kept.get("key") == key:
        return key, kept["chapter"]
    chapter = read_chapter(find_page(book, page), page, locale)
    put_file(path, json.dumps({"key": key, "chapter": chapter}, ensure_ascii=False).encode())
    return key, chapter


def _read_json(path: Path) -> dict[str, Any]:
    """Return what was kept; nothing where that is not whole."""
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def remove_others(folder: Path, kept: Collection[Path]) -> None:
    """Remove all files in a folder but printed pieces that a report has, and what is noted down of each."""
    wanted = {*kept, *(path.with_suffix(".json") for path in kept)}
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()
