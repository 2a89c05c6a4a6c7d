"""Rows of a template that explain and are not read: their first cell begins with a mark, in any language."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.frame import MISSING, Positions, to_array
from zonebook.tables.problem import list_translations

HELP, EXAMPLE = "help_mark", "example_mark"
_MARKS = tuple(f"{mark}:" for word in (HELP, EXAMPLE) for mark in list_translations(word))
_PATTERN = f"^(?:{'|'.join(_MARKS)})"


def is_remark(cell: str) -> bool:
    """Tell whether a row with this first cell explains or shows something and is not read.

    Examples
    --------
    >>> is_remark("#example: alabuga"), is_remark("#REF!"), is_remark("alabuga")
    (True, False, False)
    """
    return cell.startswith(_MARKS)


def find_remarks(first: pa.ChunkedArray) -> Positions:
    """Return the rows whose first cell begins with a mark; distinct texts are looked at where they are encoded."""
    if not pa.types.is_dictionary(first.type):
        if not pc.any(pc.starts_with(first, "#")).as_py():  # ten times as fast as the pattern, and the usual case
            return np.empty(0, dtype=np.int64)
        found = pc.fill_null(pc.match_substring_regex(first, _PATTERN), False)
        return np.flatnonzero(np.asarray(found))
    encoded = to_array(first.unify_dictionaries())
    marked = np.flatnonzero(np.asarray(pc.match_substring_regex(encoded.dictionary, _PATTERN)))
    if not len(marked):
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.isin(np.asarray(pc.fill_null(encoded.indices, MISSING)), marked))
