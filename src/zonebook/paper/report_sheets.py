"""A PDF as Typst prints it, read as texts: its objects, its pages, its bookmarks.

Typst writes every object by itself, with a table at the end that says where each of them begins (ISO 32000-1, 7.5.4).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise

from zonebook.paper.report_texts import escape_inner, read_entries, read_items, read_reference, write_entries

_ENTRY = re.compile(rb"(\d{10}) \d{5} n")
_VERSION = re.compile(rb"%PDF-([\d.]+)")
_STREAM, _END_STREAM, _END = b"\nstream\n", b"\nendstream", b"\nendobj"


class Sheets:
    """What Typst has printed; objects can be changed, and others added.

    Attributes
    ----------
    version
        Of the format: ``1.7``.
    texts
        Objects as texts, a line each, by their numbers; of a stream its dictionary.
    streams
        What streams hold, as it is written, by their numbers.
    trailer
        Where to begin.
    """

    def __init__(self, printed: bytes) -> None:
        head = _VERSION.match(printed)
        assert head is not None  # noqa: S101 - Typst's contract, as is all that follows
        self.version = head[1].decode()
        self.texts: dict[int, bytes] = {}
        self.streams: dict[int, bytes] = {}
        end = int(printed[printed.rindex(b"startxref") :].split()[1])
        table, _, trailer = printed[end:].partition(b"trailer")
        self.trailer: Mapping[bytes, bytes] = read_entries(trailer.partition(b"startxref")[0])
        for start, stop in pairwise((*sorted(map(int, _ENTRY.findall(table))), end)):
            self._read(printed[start:stop])
        self._free = max(self.texts) + 1

    def _read(self, chunk: bytes) -> None:
        head, _, body = chunk.partition(b" 0 obj\n")
        number, text = int(head), body[: body.rindex(_END)]
        if text.endswith(_END_STREAM):
            text, _, data = text.partition(_STREAM)
            self.streams[number] = data[: -len(_END_STREAM)]
        self.texts[number] = escape_inner(text.replace(b"\n", b" "))

    def add(self, text: bytes, data: bytes | None = None) -> int:
        """Add an object, a stream if it holds data; return its number."""
        number = self._free
        self._free += 1
        self.texts[number] = text
        if data is not None:
            self.streams[number] = data
        return number

    def look(self, value: bytes) -> bytes:
        """Return the text of the object that a value refers to, or the value if it is no reference."""
        return self.texts[read_reference(value)] if value.endswith(b" R") else value

    @property
    def root(self) -> dict[bytes, bytes]:
        """What the document says of itself."""
        return read_entries(self.look(self.trailer[b"/Root"]))

    @property
    def metadata(self) -> str:
        """The description of the document."""
        number = read_reference(self.root[b"/Metadata"])
        is_packed = b"/Filter" in read_entries(self.texts[number])
        return (zlib.decompress(self.streams[number]) if is_packed else self.streams[number]).decode()

    def list_pages(self) -> list[int]:
        """Return the numbers of the pages in order."""

        def walk(node: bytes) -> Iterator[int]:
            entries = read_entries(self.look(node))
            if b"/Kids" not in entries:
                yield read_reference(node)
            for kid in read_items(self.look(entries.get(b"/Kids", b"[]"))):
                yield from walk(kid)

        return list(walk(self.root[b"/Pages"]))

    def list_bookmarks(self) -> Iterator[tuple[int, dict[bytes, bytes]]]:
        """Yield the bookmarks in order, each with its level (1: highest)."""

        def walk(above: Mapping[bytes, bytes], level: int) -> Iterator[tuple[int, dict[bytes, bytes]]]:
            at = above.get(b"/First")
            while at:
                entries = read_entries(self.look(at))
                yield level, entries
                yield from walk(entries, level + 1)
                at = entries.get(b"/Next")

        yield from walk(read_entries(self.look(self.root.get(b"/Outlines", b"<<>>"))), 1)

    def change(self, number: int, changed: Mapping[bytes, bytes]) -> None:
        """Give entries of a dictionary other values."""
        self.texts[number] = write_entries({**read_entries(self.texts[number]), **changed})
