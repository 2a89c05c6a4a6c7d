"""A notebook as the text of its file: what nbformat writes, to the byte, without going through all of it in Python.

Python's JSON encoder is slow as soon as lines are indented, and a page's tables are tens of thousands of lines.
"""

from __future__ import annotations

from functools import cache
from json import JSONEncoder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # not needed where nothing is run
    from nbformat import NotebookNode

_SINGLE = {str, int, float, bool, type(None)}


def write_notebook(notebook: NotebookNode) -> str:
    """Return a notebook of nbformat 4 as text; its texts are split into lines then."""
    from nbformat.v4.rwbase import split_lines, strip_transient  # noqa: PLC0415  (not needed where nothing is run)

    return _write(strip_transient(split_lines(notebook)), "\n")


def _write(value: Any, margin: str) -> str:
    """Return a value as JSON; ``margin`` is a new line with the spaces it starts with."""
    inner = f"{margin} "
    if isinstance(value, dict) and value:
        quote = _find_encoder(inner).encode
        pairs = [f"{quote(name)}: {_write(value[name], inner)}" for name in sorted(value)]
        return f"{{{inner}{f',{inner}'.join(pairs)}{margin}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{_write_items(value, inner)}{margin}]"
    return _find_encoder(inner).encode(value)


def _write_items(values: list[Any], margin: str) -> str:
    """Return what is in a list; a table's rows at once."""
    kinds = set(map(type, values))
    if kinds <= _SINGLE:
        return _find_encoder(margin).encode(values)[1:-1]
    if kinds == {list} and all(values) and all(_SINGLE.issuperset(map(type, row)) for row in values):
        inner = f"{margin} "
        # Within a text, a new line is written as "\n": this can only be the end of a row.
        rows = _find_encoder(inner).encode(values)[2:-2].replace(f"],{inner}[", f"{margin}],{margin}[{inner}")
        return f"[{inner}{rows}{margin}]"
    return f",{margin}".join([_write(one, margin) for one in values])


@cache
def _find_encoder(margin: str) -> JSONEncoder:
    """Return the encoder of values that sets each on a line of its own."""
    return JSONEncoder(ensure_ascii=False, separators=(f",{margin}", ": "))
