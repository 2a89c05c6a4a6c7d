"""What the report on paper holds: the parts and chapters of the staged book, in the order of its ``_toc.yml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from zonebook.errors import PaperError

# Chapters of zones and regions that one PDF bears: nobody opens 10,000 pages.
MOST_PLACES = 400
_PLACES = ("zones/", "regions/")
_BELOW = ("sections", "entries")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that is a chapter, and the pages below it, which are its sections."""

    page: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: its caption (none: chapters before all parts) and its chapters."""

    caption: str
    chapters: tuple[Entry, ...]


def read_contents(book: Path) -> tuple[Part, ...]:
    """Return the parts of a staged book.

    Raises
    ------
    PaperError
        Where there is no book, or its table of contents cannot be read.
    """
    path = book / "_toc.yml"
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        root = Entry(str(tree["root"]))
        parts = tree.get("parts") or [tree]
        found = [Part(str(part.get("caption") or ""), tuple(_read_entries(part))) for part in parts]
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise PaperError(
            f"there is no table of contents of a book: {error}", place=str(path), remedy="Build the report first."
        ) from error
    return (Part("", (root,)), *(part for part in found if part.chapters))


def limit_places(parts: tuple[Part, ...], most: int = MOST_PLACES) -> tuple[tuple[Part, ...], int]:
    """Return the parts without the chapters of zones and regions where there are too many, and how many were left out.

    Each of them has a page on the site and a handout.
    """
    count = sum(chapter.page.startswith(_PLACES) for part in parts for chapter in part.chapters)
    if count <= most:
        return parts, 0
    kept = (
        Part(part.caption, tuple(chapter for chapter in part.chapters if not chapter.page.startswith(_PLACES)))
        for part in parts
    )
    return tuple(part for part in kept if part.chapters), count


def list_pages(parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield every page of the report in reading order."""
    for part in parts:
        for chapter in part.chapters:
            yield chapter.page
            yield from chapter.sections


def read_title(book: Path) -> str:
    """Return the title of a staged book, in its language.

    Raises
    ------
    PaperError
        Where it has no configuration.
    """
    path = book / "_config.yml"
    try:
        return str(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["title"])
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise PaperError(
            f"there is no configuration of a book: {error}", place=str(path), remedy="Build the report first."
        ) from error


def _read_entries(part: Mapping[str, Any]) -> Iterator[Entry]:
    for entry in part.get("chapters") or ():
        if "file" in entry:
            yield Entry(str(entry["file"]), tuple(_list_below(entry)))


def _list_below(entry: Mapping[str, Any]) -> Iterator[str]:
    for name in _BELOW:
        for below in entry.get(name) or ():
            if "file" in below:
                yield str(below["file"])
                yield from _list_below(below)
