"""A PDF written object by object, with the table that says where each of them is.

Terms and forms are those of ISO 32000-1: file structure 7.5, cross-reference streams 7.5.8.
"""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from zonebook.paper.report_objects import TOGETHER, Block, pack, put_number, write_stream

_FREE, _PLAIN, _PACKED = range(3)  # what an entry of the table is of
_NEVER = 65_535  # generation of a number that is not in use
_WIDTHS = (1, 4, 2)  # bytes of an entry's three fields
_UP = 12  # each byte of an entry is written as its difference from the one above it
_Numbers = NDArray[np.int64]


class ObjectFile:
    """A PDF that is being written; numbers are given to it with the objects.

    Parameters
    ----------
    version
        Of the format: ``1.7``.
    """

    def __init__(self, version: str) -> None:
        self._chunks: list[bytes] = []
        self._at = 0
        self._waiting: dict[int, bytes] = {}
        self._entries: list[tuple[_Numbers, int, _Numbers, _Numbers | int]] = []
        self.free = 0
        self._append(b"%%PDF-%b\n%%\x80\x80\x80\x80\n" % version.encode())

    def add_block(self, content: bytes, block: Block) -> None:
        """Add the objects of a piece, without the streams that are written under numbers of other pieces."""
        numbers = np.arange(block.first, block.first_foot)
        packed, streams = np.split(numbers, [sum(block.packed)])
        containers = streams[len(streams) - len(block.packed) :]
        places = [np.arange(count) for count in block.packed]
        if len(packed):
            self._enter(packed, _PACKED, np.repeat(containers, block.packed), np.concatenate(places))
        self._enter(streams, _PLAIN, np.array(block.starts, int) + self._at, 0)
        self._append(content[: block.bodies[0]] if block.bodies else content)
        self.free = max(self.free, block.end)

    def add_stream(self, number: int, stream: bytes) -> None:
        """Add a stream, as ``write_stream`` returns it."""
        self._enter(np.array([number]), _PLAIN, np.array([self._at]), 0)
        self._append(put_number(number, stream))
        self.free = max(self.free, number + 1)

    def add(self, number: int, text: bytes) -> None:
        """Add an object that is no stream."""
        self._waiting[number] = text
        self.free = max(self.free, number + 1)

    def close(self, root: int, *info: int, instance: bytes) -> bytes:
        """Return the file.

        Parameters
        ----------
        root, info
            Numbers of what says what the document is.
        instance
            What no other file has.
        """
        waiting = list(self._waiting.items())
        for start in range(0, len(waiting), TOGETHER):
            together = dict(waiting[start : start + TOGETHER])
            number = self.free
            self._enter(np.array(list(together)), _PACKED, np.full(len(together), number), np.arange(len(together)))
            self.add_stream(number, pack(together))
        table, at = self.free, self._at
        self._enter(np.array([table]), _PLAIN, np.array([at]), 0)
        data = zlib.compress(self._write_table(table + 1))
        told = (
            b"<< /Type /XRef /Size %d /W [%d %d %d]" % (table + 1, *_WIDTHS),
            b" /Root %d 0 R" % root,
            *(b" /Info %d 0 R" % one for one in info),
            b" /ID [<%b> <%b>]" % ((instance.hex().encode(),) * 2),
            b" /Filter /FlateDecode /DecodeParms << /Predictor %d /Columns %d >>" % (_UP, sum(_WIDTHS)),
            b" /Length %d >>" % len(data),
        )
        self._append(put_number(table, write_stream(b"".join(told), data)))
        self._append(b"startxref\n%d\n%%%%EOF\n" % at)
        return b"".join(self._chunks)

    def _append(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._at += len(chunk)

    def _enter(self, numbers: _Numbers, kind: int, second: _Numbers, third: _Numbers | int) -> None:
        self._entries.append((numbers, kind, second, third))

    def _write_table(self, size: int) -> bytes:
        """Return the entries of all numbers: those not in use are free, and never given again."""
        fields = [np.full(size, _FREE), np.zeros(size, int), np.full(size, _NEVER)]
        for numbers, *entry in self._entries:
            for held, value in zip(fields, entry, strict=True):
                held[numbers] = value
        columns = [
            (held >> 8 * place & 255).astype(np.uint8)
            for held, width in zip(fields, _WIDTHS, strict=True)
            for place in reversed(range(width))
        ]
        rows = np.stack(columns, axis=1)
        rows[1:] -= rows[:-1].copy()
        return np.insert(rows, 0, 2, axis=1).tobytes()
