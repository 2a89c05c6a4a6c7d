"""Pages of the small and the public data set for tests of tables and sentences, opened once for each language."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from small_data import TABLES, write_small_data_set
from zonebook.page import open_country, open_region, open_zone
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.tables.check import check_data_set
from zonebook.tables.store import open_data, write_store

LANGUAGES = ("ru", "en")
PROJECT = Path(__file__).parents[1]
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


def make_folder() -> Path:
    """Return a new folder that lives as long as the tests run."""
    folder = tempfile.TemporaryDirectory(prefix="zonebook-pages-")
    _FOLDERS.append(folder)
    return Path(folder.name)


@cache
def small_store(**changed: str | None) -> str:
    """Return the store of the small data set, some tables changed or left out."""
    return store_of(write_small_data_set(make_folder() / "data", **changed))


@cache
def public_store() -> str:
    """Return the store of the public data set."""
    return store_of(PROJECT / "data")


def store_of(data: Path) -> str:
    """Return the store made of a folder of tables."""
    store = make_folder() / "store"
    write_store(check_data_set(data), store)
    assert open_data(store).zones
    return str(store)


def open_small(kind: str, lang: str, year: int = 2025, **changed: str | None) -> PageContext:
    """Return a new page of the small data set: of its northern zone, its capital region, or of the country."""
    return open_page(kind, lang, small_store(**changed), {"zone": "example-north", "region": "RU-MOW"}, year)


def open_public(kind: str, lang: str, year: int = 2025) -> PageContext:
    """Return a new page of the public data set: of Technopolis Moscow, its region, or of the country."""
    return open_page(kind, lang, public_store(), {"zone": "technopolis-moscow", "region": "RU-MOW"}, year)


def open_page(kind: str, lang: str, store: str, ids: dict[str, str], year: int) -> PageContext:
    """Return a page of a store on which nothing is cited yet."""
    return replace(_open(kind, lang, store, ids.get(kind, ""), year), cited={})


@cache
def _open(kind: str, lang: str, store: str, page_id: str, year: int) -> PageContext:
    if kind == "zone":
        return open_zone(page_id, year=year, lang=lang, data=store)
    if kind == "region":
        return open_region(page_id, year=year, lang=lang, data=store)
    return open_country(kind, year=year, lang=lang, data=store)


def change(table: str, old: str, new: str) -> str:
    """Return the text of a table of the small data set with some words replaced."""
    assert old in TABLES[table]
    return TABLES[table].replace(old, new)


def read(block: Block | None) -> str:
    """Return a block as plain text with plain spaces."""
    assert block is not None
    return str(block._repr_mimebundle_()["text/plain"]).replace("\u00a0", " ")


class _Checker(HTMLParser):
    """Notes every element, and whether each that was opened is closed in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open[-1] == tag, (self.open, tag)
        self.open.pop()


def check_html(block: Block) -> list[tuple[str, dict[str, str | None]]]:
    """Check that a block's HTML is well-formed, its ids unique, its classes ours; return its elements."""
    checker = _Checker()
    checker.feed(str(block.html))
    checker.close()
    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))
    for _, attributes in checker.elements:
        assert all(name.startswith("zb-") for name in (attributes.get("class") or "").split())
    return checker.elements
