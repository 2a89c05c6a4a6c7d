"""A built site as tests read it: its links, what its pages load, the words a reader meets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Attributes that name an address, by element; those that make a browser load something.
_ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "source": "src"}
_LOADING = frozenset({"link", "script", "img", "source", "iframe", "video", "audio", "object", "embed"})
_WORDS_IN = ("title", "aria-label", "placeholder", "alt", "data-bs-title")
_SILENT = frozenset({"script", "style", "template", "code", "pre", "kbd"})


@dataclass
class PageReader(HTMLParser):
    """Collects what a page links to, loads, can be linked at, and says."""

    links: list[tuple[str, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    frame_words: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in ("br", "img", "input", "link", "meta", "hr", "source", "path", "wbr"):
            self._open.append(tag)
        address = values.get(_ADDRESSES.get(tag, ""))
        if address is not None:
            self.links.append((tag, address))
        if values.get("id"):
            anchor = str(values["id"])
            if anchor in self.anchors:
                self.duplicates.append(anchor)
            self.anchors.add(anchor)
        for name in _WORDS_IN:
            if values.get(name):
                self._note(str(values[name]))

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("script", "style"):
            self.inline.append(data)
        elif data.strip() and not _SILENT & set(self._open):
            self._note(" ".join(data.split()))

    def _note(self, words: str) -> None:
        self.words.append(words)
        if "article" not in self._open:
            self.frame_words.append(words)


@dataclass(frozen=True)
class Site:
    """A folder of HTML pages."""

    root: Path

    @cached_property
    def pages(self) -> dict[str, PageReader]:
        """Every page by its path."""
        return {path.relative_to(self.root).as_posix(): self._read(path) for path in sorted(self.root.rglob("*.html"))}

    def _read(self, path: Path) -> PageReader:
        reader = PageReader()
        reader.feed(path.read_text(encoding="utf-8"))
        reader.close()
        return reader

    def list_broken_links(self) -> Iterator[str]:
        """Yield every link inside the site that leads to no file or to no anchor."""
        for name, page in self.pages.items():
            for _, address in page.links:
                parts = urlsplit(address)
                if parts.scheme or parts.netloc:
                    continue
                target = (self.root / name).parent / unquote(parts.path) if parts.path else self.root / name
                target = target.resolve()
                if not target.is_file():
                    yield f"{name}: {address}"
                elif parts.fragment and target.suffix == ".html":
                    known = self.pages[target.relative_to(self.root.resolve()).as_posix()].anchors
                    if unquote(parts.fragment) not in known:
                        yield f"{name}: {address} (no such anchor)"

    def list_loaded_from_elsewhere(self) -> Iterator[str]:
        """Yield everything a page would ask the network for."""
        for name, page in self.pages.items():
            for tag, address in page.links:
                if tag in _LOADING and (urlsplit(address).scheme in ("http", "https") or address.startswith("//")):
                    yield f"{name}: <{tag}> {address}"
            for text in page.inline:
                if "https://" in text or "http://" in text:
                    yield f"{name}: {text.strip()[:100]}"
        for path in self.root.rglob("*.css"):
            text = path.read_text(encoding="utf-8")
            if re.search(r"(url\(|@import )[\"']?(https?:)?//", text):
                yield str(path.relative_to(self.root))
