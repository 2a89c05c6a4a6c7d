"""The chapter that says what has changed since an earlier edition: kept beside the book until it is staged."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from zonebook.book.folder import write_if_changed
from zonebook.book.markup import as_block, join_blocks, make_heading
from zonebook.book.notebook import unlink_missing

#: Name of its page in the book, and of the folder of its files below ``data/``.
CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Changes:
    """The chapter in one language.

    Attributes
    ----------
    key
        Hash of what it was made from.
    parts
        Heading (empty for the opening) and HTML of each part.
    files
        The files behind its tables, as CSV by name.
    """

    key: str
    parts: tuple[tuple[str, str], ...]
    files: Mapping[str, str]


def _note_path(lang: str, out: Path) -> Path:
    return out / "cache" / lang / f"{CHANGES}.json"


def keep_changes(changes: Changes, lang: str, out: Path) -> None:
    """Keep the chapter of a language for the book."""
    write_if_changed(_note_path(lang, out), json.dumps(asdict(changes), ensure_ascii=False))


def recall_changes(lang: str, out: Path) -> Changes | None:
    """Return the chapter of a language; none where the book has none."""
    path = _note_path(lang, out)
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Changes(kept["key"], tuple((heading, html) for heading, html in kept["parts"]), kept["files"])


def forget_changes(lang: str, out: Path) -> None:
    """Leave the chapter out of the book of a language."""
    _note_path(lang, out).unlink(missing_ok=True)


def make_changes(changes: Changes, pages: Container[str]) -> str:
    """Return the generated part of the chapter as Markdown.

    Parameters
    ----------
    changes
        The chapter.
    pages
        The pages of the book: zones and regions without one are not linked.
    """
    blocks = []
    for heading, html in changes.parts:
        blocks += [make_heading(heading, level=2) if heading else "", as_block(unlink_missing(html, pages))]
    return join_blocks(blocks)
