"""A change between two editions: the columns every list of changes has, and the order of importance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

CHANGED, NEW, GONE = "changed", "new", "gone"
PLACE, RANK, VALUE, REVISION, TIE, ROW = "place", "rank", "value", "revision", "tie", "row"
# The sections of a comparison, in the order they are read.
SECTIONS = (PLACE, VALUE, RANK, REVISION, TIE, ROW)

_TEXT, _NUMBER, _FLAG = "string", "float64", "bool"
# Every change is a row: what it is about, what it was, what it is, by how much, and why.
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("section", "change", "table", "id", "scope_type", "scope_id"), _TEXT),
        "year": "Int64",
        **dict.fromkeys(("period", "country_iso3", "product", "source_id", "unit"), _TEXT),
        **dict.fromkeys(("old", "old_lower", "old_upper"), _NUMBER),
        **dict.fromkeys(("old_status", "old_text"), _TEXT),
        **dict.fromkeys(("new", "new_lower", "new_upper"), _NUMBER),
        **dict.fromkeys(("new_status", "new_text"), _TEXT),
        **dict.fromkeys(("difference", "relative"), _NUMBER),
        "cause": _TEXT,
        **dict.fromkeys(("is_core", "is_headline"), _FLAG),
    }
)
_EMPTY: Mapping[str, Any] = MappingProxyType({_TEXT: "", _NUMBER: np.nan, _FLAG: False, "Int64": pd.NA})


def make_changes(columns: pd.DataFrame) -> pd.DataFrame:
    """Return changes with every declared column, in its order and type; what is not given is empty."""
    missing = {name: _EMPTY[kind] for name, kind in COLUMNS.items() if name not in columns}
    frame = columns.assign(**missing)[list(COLUMNS)].astype(dict(COLUMNS))
    texts = [name for name, kind in COLUMNS.items() if kind == _TEXT]
    frame[texts] = frame[texts].fillna("")
    return frame.reset_index(drop=True)


def join_changes(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return several lists of changes as one, the most important first within each section."""
    filled = [part for part in parts if len(part)]
    return _sort(pd.concat(filled, ignore_index=True)) if filled else make_changes(pd.DataFrame())


def measure(old: pd.Series[Any], new: pd.Series[Any]) -> dict[str, pd.Series[Any]]:
    """Return by how much numbers changed, absolute and relative to the old one; a change from nothing has no ratio."""
    difference = (new - old).where((new - old).abs() < np.inf)
    return {"difference": difference, "relative": (difference / old.abs()).where(old != 0)}


def _sort(frame: pd.DataFrame) -> pd.DataFrame:
    """Return changes in order: headline series of core metrics first, then by size, then as the tables are ordered.

    What had no value and has one now, or the other way round, counts as larger than any number.
    """
    keys = pd.DataFrame(
        {
            "section": frame["section"].map({name: place for place, name in enumerate(SECTIONS)}).to_numpy(),
            "minor": (~(frame["is_core"] & frame["is_headline"])).to_numpy(),
            "other": (~frame["is_core"]).to_numpy(),
            "size": -frame["relative"].abs().fillna(np.inf).to_numpy(),
        }
    )
    for name in ("scope_type", "scope_id", "id", "period"):
        keys[name] = frame[name].array
    keys["year"] = -frame["year"].fillna(0).astype("int64").to_numpy()
    order = keys.sort_values(list(keys.columns), kind="stable").index
    return frame.loc[order].reset_index(drop=True)
