"""Why a metric row is another: the data behind it, a parameter it depends on, or the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from zonebook.edition.change import CHANGED, GONE, NEW
from zonebook.edition.records import LATER, NEW_DATA, keep_standing
from zonebook.metrics.registry import Catalogue
from zonebook.settings import read_notes
from zonebook.tables.schema import TABLES
from zonebook.tables.share import Share

# Codes of the vocabulary "cause"; that of a parameter is followed by its names.
SOURCE, REVISED, PARAMETER, VERSION, UNKNOWN = "other_source", "revised_data", "parameter", "version", "unknown"
SEPARATOR = ";"
# Parameters that decide which rows there are, or all that is in them.
_OF_ALL = ("year", "own_metrics")
_OF_PLACES = ("zones", "regions")


def find_table_changes(old: Share, new: Share) -> dict[str, str]:
    """Return which tables changed, each with the cause: rows changed or left out, or rows added only."""
    found = {}
    for name in sorted(old.present | new.present):
        sides = [_hash_rows(share.table(name), name) for share in (old, new)]
        if len(sides[0].difference(sides[1])):
            found[name] = REVISED
        elif len(sides[1].difference(sides[0])):
            found[name] = NEW_DATA
    return found


def _hash_rows(frame: pd.DataFrame, name: str) -> pd.Index[Any]:
    """Return what tells the standing rows of a table apart, by the columns that every edition has."""
    columns = [column for column in TABLES[name].columns if column in frame and column != "note"]
    plain = keep_standing(frame, name)[columns].astype("string")
    return pd.Index(np.unique(pd.util.hash_pandas_object(plain, index=False, categorize=True).to_numpy()))


def find_parameter_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the parameters that figures depend on and that differ, each with both values."""
    names = [*read_notes(), *_OF_ALL, *_OF_PLACES]
    return {name: (old[name], new[name]) for name in names if name in old and name in new and old[name] != new[name]}


def name_causes(
    changes: pd.DataFrame,
    catalogue: Catalogue,
    tables: Mapping[str, str],
    parameters: Mapping[str, tuple[Any, Any]],
    *,
    is_other_version: bool,
) -> pd.DataFrame:
    """Return changes of metric rows with their causes, all that apply, and whether their metric is a core one.

    A later vintage or another source of the row itself says more than that its table has changed.
    """
    bases = changes["id"].str.partition(".")[0] if len(changes) else changes["id"]
    core = {one: catalogue[one].core for one in bases.unique() if one in catalogue}

    def list_for(find: Callable[[str], str]) -> pd.Series[Any]:
        return bases.map({one: find(one) for one in bases.unique()}).astype("string").fillna("")

    of_data = list_for(lambda one: _name_data(one, catalogue, tables))
    data = np.where(changes["is_later"], LATER, np.where(changes["is_elsewhere"], SOURCE, of_data))
    by_parameter = list_for(lambda one: _name_parameters(one, parameters))
    places = ",".join(name for name in _OF_PLACES if name in parameters)
    is_selected = changes["change"].isin([NEW, GONE]) & bool(places)
    parts = [
        pd.Series(data, index=changes.index, dtype="string"),
        by_parameter,
        pd.Series(np.where(is_selected, f"{PARAMETER}:{places}", ""), index=changes.index, dtype="string"),
        pd.Series(VERSION if is_other_version else "", index=changes.index, dtype="string"),
    ]
    cause = parts[0]
    for part in parts[1:]:
        cause = cause.where(part == "", (cause + SEPARATOR + part).str.strip(SEPARATOR))
    cause = cause.mask((cause == "") & (changes["change"] == CHANGED), UNKNOWN)
    is_core = bases.map(core).astype("boolean").fillna(value=False).astype(bool)
    return changes.drop(columns=["is_later", "is_elsewhere"]).assign(cause=cause, is_core=is_core)


def _name_data(base_id: str, catalogue: Catalogue, tables: Mapping[str, str]) -> str:
    """Return what happened to the tables a metric is computed from; one that is not known may use any of them."""
    used = catalogue[base_id].tables if base_id in catalogue else tuple(tables)
    happened = {tables[name] for name in used if name in tables}
    return REVISED if REVISED in happened else NEW_DATA if happened else ""


def _name_parameters(base_id: str, parameters: Mapping[str, tuple[Any, Any]]) -> str:
    notes = read_notes()
    named = [name for name in parameters if name in _OF_ALL or (name in notes and base_id in notes[name].metrics)]
    return f"{PARAMETER}:{','.join(named)}" if named else ""
