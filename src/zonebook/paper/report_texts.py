"""Objects of a PDF as texts: dictionaries and arrays taken apart and put together, strings, references.

Values stay as they are written, so that only what is to be changed is looked into. Terms and forms are those of ISO
32000-1: objects 7.3, text strings 7.9.2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

#: Strings whose parentheses are escaped, but for the two around them: see ``escape_inner``.
STRING = rb"\([^\\()]*(?:\\.[^\\()]*)*\)|<[0-9A-Fa-f]*>"
_OUTER = rb"[^\[\]<>()]*"  # what is outside of strings, arrays and dictionaries
_FLAT = rb"%b(?:(?:%b)%b)*" % (_OUTER, STRING, _OUTER)  # with strings in it
# A value as a whole, if it has no arrays and dictionaries of arrays and dictionaries in it; else piece by piece.
_TOKENS = re.compile(
    rb"\[%b\]|<<%b>>|%b|<<|>>|[\[\]]|/[^\s/\[\]<>()]*|\d+ 0 R\b|[^\s/\[\]<>()]+" % (_FLAT, _FLAT, STRING), re.DOTALL
)
_DEPTH = {b"<<": 1, b"[": 1, b">>": -1, b"]": -1}
_NESTED = re.compile(rb"\([^\\()]*(?:\\.[^\\()]*)*\(", re.DOTALL)
_SIGN = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PLAIN = re.compile(rb"[ !-'*-\[\]-~]*")  # what stands for itself between parentheses
_WIDE = b"\xfe\xff"  # what a text in UTF-16 begins with


def escape_inner(text: bytes) -> bytes:
    r"""Return the text of an object with the parentheses inside its strings escaped, which need not be if they match.

    Examples
    --------
    >>> escape_inner(b"<</T(a (b) \\( c)>>")
    b'<</T(a \\(b\\) \\( c)>>'
    """
    if _NESTED.search(text) is None:
        return text
    depth = 0

    def put(sign: re.Match[bytes]) -> bytes:
        nonlocal depth
        if sign[0] == b"(":
            depth += 1
            return sign[0] if depth == 1 else b"\\("
        if sign[0] == b")":
            depth -= 1
            return b"\\)" if depth else sign[0]
        return sign[0]

    return _SIGN.sub(put, text)


def read_items(text: bytes) -> list[bytes]:
    """Return the values in an array as they are written; of a dictionary its keys and values in turn.

    Examples
    --------
    >>> read_items(b"[12 0 R/XYZ 1.5(a b)[<</K 1>>]]")
    [b'12 0 R', b'/XYZ', b'1.5', b'(a b)', b'[ <</K 1>> ]']
    """
    outer = text.strip()
    width = 2 if outer.startswith(b"<<") else 1
    tokens = _TOKENS.findall(outer[width:-width])
    return tokens if _DEPTH.keys().isdisjoint(tokens) else list(_join_values(tokens))


def _join_values(tokens: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    depth = 0
    for token in tokens:
        depth += _DEPTH.get(token, 0)
        held.append(token)
        if depth == 0:
            yield b" ".join(held) if len(held) > 1 else token
            held = []


def read_entries(text: bytes) -> dict[bytes, bytes]:
    """Return the values in a dictionary as they are written, by their keys."""
    items = read_items(text)
    return dict(zip(items[::2], items[1::2], strict=True))


def write_items(items: Iterable[bytes]) -> bytes:
    """Return an array of values."""
    return b"[%b]" % b" ".join(items)


def write_entries(entries: Mapping[bytes, bytes]) -> bytes:
    """Return a dictionary of values."""
    return b"<< %b >>" % b" ".join(b"%b %b" % entry for entry in entries.items())


def read_string(text: bytes) -> bytes:
    r"""Return what a string holds.

    Examples
    --------
    >>> read_string(b"(a\\(b\\051)"), read_string(b"<6162>")
    (b'a(b)', b'ab')
    """
    if text.startswith(b"<"):
        return bytes.fromhex(text[1:-1].decode())
    return _ESCAPED.sub(_read_escape, text[1:-1])


def _read_escape(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    return bytes([int(sign, 8) & 255]) if sign.isdigit() else _LETTERS.get(sign, sign)


def write_string(held: bytes) -> bytes:
    """Return a string that holds some bytes."""
    return b"(%b)" % held if _PLAIN.fullmatch(held) else b"<%b>" % held.hex().encode()


def read_text(text: bytes) -> str:
    """Return the text that a string holds."""
    held = read_string(text)
    return held[len(_WIDE) :].decode("utf-16-be") if held.startswith(_WIDE) else held.decode("ascii")


def write_text(said: str) -> bytes:
    """Return a string that holds a text.

    Examples
    --------
    >>> write_text("Zone"), write_text("Ж")
    (b'(Zone)', b'<feff0416>')
    """
    return write_string(said.encode() if said.isascii() else _WIDE + said.encode("utf-16-be"))


def refer_to(number: int) -> bytes:
    """Return a reference to an object."""
    return b"%d 0 R" % number


def read_reference(text: bytes) -> int:
    """Return the number of the object that a reference is to."""
    return int(text.partition(b" ")[0])
