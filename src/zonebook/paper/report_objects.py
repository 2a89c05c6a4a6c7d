"""Objects of a printed piece as they stand in the bound file: written once, with numbers no other piece has, and kept.

Of the numbers of a piece the first are those of objects that are no streams, which are packed into object streams; then
come its streams, these object streams, and a number for the foot of each page, which is written when the file is bound.
Terms and forms are those of ISO 32000-1: objects 7.3, streams 7.3.8, object streams 7.5.7.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

from zonebook.paper.report_sheets import Sheets
from zonebook.paper.report_texts import STRING

_NUMBER = rb"(\d+) 0 R\b"
_TOKEN = re.compile(rb"(" + STRING + rb")|" + _NUMBER, re.DOTALL)
_STREAM, _END = b"\nstream\n", b"\nendstream\nendobj\n"
#: Objects in an object stream: a reader unpacks all to see any of them.
TOGETHER = 200
# Numbers are given out in such steps: a piece that has some more objects than before leaves those after it their own.
# Wide ones cost little of the file; to renumber what stands behind a chapter takes most of a second.
_STEP = 2048


@dataclass(frozen=True, slots=True)
class Block:
    """The numbers of a piece's objects, and where its file has them.

    Attributes
    ----------
    first
        The first number.
    packed
        How many objects each of its object streams holds.
    starts
        Where each of its streams begins, object streams last.
    feet
        How many pages have a foot.
    bodies
        Where each of its streams begins that is written under a number of another piece.
    """

    first: int
    packed: Sequence[int]
    starts: Sequence[int]
    feet: int = 0
    bodies: Sequence[int] = ()

    @property
    def streams(self) -> int:
        """The number of its first stream."""
        return self.first + sum(self.packed)

    @property
    def first_foot(self) -> int:
        """The number of the foot of its first page that has one."""
        return self.streams + len(self.starts)

    @property
    def end(self) -> int:
        """The first number that another piece may have."""
        most = self.first_foot + self.feet - self.first
        return self.first + -(-most // _STEP) * _STEP


@dataclass(frozen=True, slots=True)
class Found:
    """Objects reached from some others.

    Attributes
    ----------
    steps
        The numbers of some of them, and their texts, a line each, with references apart: see ``refer``.
    streams
        What those that are streams hold, by their numbers, in the order of the print.
    """

    steps: Sequence[tuple[Sequence[int], list[bytes]]]
    streams: Mapping[int, bytes]

    @property
    def plain(self) -> list[int]:
        """The numbers of those that are no streams, in the order of the print."""
        return sorted(number for numbers, _ in self.steps for number in numbers if number not in self.streams)

    def write(self, numbers: Mapping[int, int]) -> dict[int, bytes]:
        """Return the texts of all of them, with other numbers in their references, by the numbers they had."""
        named = {b"%d" % old: b"%d" % new for old, new in numbers.items()}
        texts: dict[int, bytes] = {}
        for step, tokens in self.steps:
            texts |= zip(step, _join_tokens(tokens, named.__getitem__).split(b"\n"), strict=True)
        return texts


def find_objects(sheets: Sheets, begin: Iterable[int], beyond: Collection[int]) -> Found:
    """Return what objects refer to, and they themselves, without those ``beyond``."""
    step = set(begin)
    known = {*step, *beyond}
    steps = []
    while step:
        numbers = list(step)
        tokens = _TOKEN.split(b"\n".join(map(sheets.texts.__getitem__, numbers)))
        steps.append((numbers, tokens))
        step = _list_numbers(tokens) - known
        known |= step
    reached = {number for numbers, _ in steps for number in numbers}
    return Found(steps, {number: data for number, data in sheets.streams.items() if number in reached})


def list_references(text: bytes) -> set[int]:
    """Return the numbers of the objects that an object refers to."""
    return _list_numbers(_TOKEN.split(text))


def _list_numbers(tokens: Sequence[bytes]) -> set[int]:
    return set(map(int, filter(None, tokens[2::3])))


def number_objects(found: Found, first: int, leading: Sequence[int], feet: Sequence[int]) -> dict[int, int]:
    """Return the numbers of objects in the bound file.

    Parameters
    ----------
    found
        The objects.
    first
        The first number.
    leading
        Those that have the first numbers.
    feet
        Those that stand for feet, which are not among the objects found.
    """
    plain = [*leading, *(number for number in found.plain if number not in leading)]
    gap = range(-(-len(plain) // TOGETHER))
    order = [*plain, *found.streams, *(None for _ in gap), *feet]
    return {old: new for new, old in enumerate(order, first) if old is not None}


def write_block(found: Found, numbers: Mapping[int, int], first: int, feet: int) -> tuple[bytes, Block]:
    """Return objects as they stand in the bound file.

    Parameters
    ----------
    found
        The objects.
    numbers
        The numbers of all they refer to.
    first, feet
        As ``Block`` has them.
    """
    written = found.write(numbers)
    texts = sorted((numbers[number], written[number]) for number in found.plain)
    parts = [dict(texts[start : start + TOGETHER]) for start in range(0, len(texts), TOGETHER)]
    streams = (write_stream(written[number], data) for number, data in found.streams.items())
    content, starts = _join(map(put_number, count(first + len(texts)), (*streams, *map(pack, parts))))
    return content, Block(first, tuple(map(len, parts)), starts, feet)


def add_bodies(content: bytes, block: Block, bodies: Iterable[bytes]) -> tuple[bytes, Block]:
    """Return a block with streams that are written under numbers of other pieces."""
    added, starts = _join(bodies)
    return content + added, replace(block, bodies=tuple(len(content) + start for start in starts))


def cut_bodies(content: bytes, block: Block) -> Iterator[bytes]:
    """Yield the streams of a block that are written under numbers of other pieces."""
    return _cut(content, block.bodies)


def move_block(content: bytes, block: Block, first: int) -> tuple[bytes, Block]:
    """Return a block with other numbers."""
    change = _shift(block.first, first - block.first)
    chunks = list(_cut(content, [*block.starts, *block.bodies]))
    numbered = [chunk.partition(b"\n")[2] for chunk in chunks[: len(block.starts)]]
    streams = len(numbered) - len(block.packed)
    moved = [_change_stream(chunk, change) for chunk in numbered[:streams]]
    number = first
    for chunk in numbered[streams:]:
        texts = refer(_unpack(chunk), change).split(b"\n")
        moved.append(pack(dict(enumerate(texts, number))))
        number += len(texts)
    own, starts = _join(map(put_number, count(number), moved))
    bodies = (_change_stream(chunk, change) for chunk in chunks[len(block.starts) :])
    return add_bodies(own, replace(block, first=first, starts=starts), bodies)


def _cut(content: bytes, starts: Sequence[int]) -> Iterator[bytes]:
    for start, end in pairwise((*starts, len(content))):
        yield content[start:end]


def _change_stream(chunk: bytes, rename: Callable[[bytes], bytes]) -> bytes:
    text, mark, rest = chunk.partition(_STREAM)
    return b"".join((refer(text, rename), mark, rest))


def _shift(least: int, change: int) -> Callable[[bytes], bytes]:
    """Return what changes numbers from the least one on."""

    def shift(number: bytes) -> bytes:
        return b"%d" % (int(number) + change) if int(number) >= least else number

    return shift


def refer(text: bytes, rename: Callable[[bytes], bytes]) -> bytes:
    """Return the text of an object, or of several, a line each, with other numbers in its references."""
    return _join_tokens(_TOKEN.split(text), rename)


def _join_tokens(tokens: list[bytes], rename: Callable[[bytes], bytes]) -> bytes:
    """Return a text from what is between, a string, a number, and so on."""
    joined = tokens.copy()
    joined[1::3] = [string or b"" for string in tokens[1::3]]
    joined[2::3] = [b"%b 0 R" % rename(number) if number else b"" for number in tokens[2::3]]
    return b"".join(joined)


def write_stream(text: bytes, data: bytes) -> bytes:
    """Return a stream from the text of its dictionary, without its number."""
    return b"".join((text, _STREAM, data, _END))


def pack(texts: Mapping[int, bytes]) -> bytes:
    """Return objects by their numbers as an object stream, without its own."""
    at, heads = 0, []
    for number, text in texts.items():
        heads.append(b"%d %d" % (number, at))
        at += len(text) + 1
    head = b" ".join(heads) + b"\n"
    data = zlib.compress(head + b"\n".join(texts.values()))
    text = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>"
    return write_stream(text % (len(texts), len(head), len(data)), data)


def _unpack(chunk: bytes) -> bytes:
    """Return the texts in an object stream, a line each: the first are their numbers."""
    data = chunk.partition(_STREAM)[2][: -len(_END)]
    return zlib.decompress(data).partition(b"\n")[2]


def put_number(number: int, chunk: bytes) -> bytes:
    """Return a stream with its number."""
    return b"%d 0 obj\n%b" % (number, chunk)


def _join(chunks: Iterable[bytes]) -> tuple[bytes, tuple[int, ...]]:
    starts, known, at = [], [], 0
    for chunk in chunks:
        starts.append(at)
        known.append(chunk)
        at += len(chunk)
    return b"".join(known), tuple(starts)
