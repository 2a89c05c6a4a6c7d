"""Tables of two editions side by side: figures revised, ties new and lost, zones and regions new and missing."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from zonebook.edition.change import CHANGED, GONE, NEW, PLACE, REVISION, ROW, TIE, make_changes, measure
from zonebook.tables.schema import TABLES
from zonebook.tables.share import Share

# Why a figure of a table is another: codes of the vocabulary "cause".
LATER, IN_PLACE, NEW_DATA = "later_vintage", "in_place", "new_data"
_VINTAGE = "vintage"
_QUALIFIER, _EXACT = "qualifier", "exact"
_NUMBERS = frozenset({"number", "integer"})
# The tables compared, each with the columns that hold what it says.
_SAID = MappingProxyType(
    {
        "zone_year": ("value",),
        "party_year": ("employees", "revenue_rub", "export_rub", "purchases_rub", "rnd_rub", "capex_rub"),
        "export_flow": ("value_usd", "value_rub"),
        "tie": ("from_party", "to_party", "level", "kind", "product", "year", "value_rub", "quantity", "status"),
    }
)
_SCOPES = MappingProxyType(
    {"zone_year": ("zone", "zone_id"), "party_year": ("party", "party_id"), "tie": ("tie", "tie_id")}
)


def compare_tables(old: Share, new: Share) -> list[pd.DataFrame]:
    """Return what changed in the tables of figures and ties, as changes with their causes."""
    return [_compare_table(name, old, new) for name in _SAID]


def compare_places(old: tuple[str, ...], new: tuple[str, ...], scope_type: str) -> pd.DataFrame:
    """Return the zones or regions that only one of two editions has."""
    told = [(one, GONE) for one in sorted({*old} - {*new})] + [(one, NEW) for one in sorted({*new} - {*old})]
    frame = pd.DataFrame(told, columns=["scope_id", "change"])
    return make_changes(frame.assign(section=PLACE, table=scope_type, scope_type=scope_type, is_core=True))


def keep_standing(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of a table that no later vintage of the same key supersedes."""
    key = [column for column in TABLES[name].key if column != _VINTAGE]
    if not key:
        return frame
    ordered = frame.sort_values(_VINTAGE, kind="stable", na_position="first") if _VINTAGE in frame else frame
    return ordered.drop_duplicates(key, keep="last")


def _compare_table(name: str, old: Share, new: Share) -> pd.DataFrame:
    key = [column for column in TABLES[name].key if column != _VINTAGE]
    held = [column for column in TABLES[name].columns if column not in key]
    sides = [_as_plain(keep_standing(share.table(name), name))[[*key, *held]] for share in (old, new)]
    merged = sides[0].merge(sides[1], on=key, how="outer", suffixes=("_old", "_new"), indicator="where")
    merged["change"] = merged["where"].astype("string").map({"both": CHANGED, "left_only": GONE, "right_only": NEW})
    if name == TIE:
        # A tie that came or went is one row, which says its kind; one that stays has a row for every cell that changed.
        known = merged[merged["change"] == CHANGED]
        moved = merged[merged["change"] != CHANGED]
        kinds = {f"{side}_text": moved[f"kind_{side}"].astype("string").fillna("").array for side in ("old", "new")}
        parts = [_describe(moved, name, "", TIE).assign(**kinds)]
        parts += [_compare_column(known, name, column) for column in _SAID[name]]
    else:
        parts = [_compare_column(merged, name, column) for column in _SAID[name]]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else make_changes(pd.DataFrame())


def _as_plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts can be merged with those of another edition, whatever they were encoded with."""
    texts = [
        name for name in frame if isinstance(frame[name].dtype, pd.CategoricalDtype) or frame[name].dtype == object
    ]
    return frame.astype(dict.fromkeys(texts, "string"))


def _compare_column(merged: pd.DataFrame, name: str, column: str) -> pd.DataFrame:
    """Return the rows in which one column differs."""
    old, new = merged[f"{column}_old"], merged[f"{column}_new"]
    if TABLES[name].columns[column].type not in _NUMBERS or column == "year":
        pair = [side.astype("string").fillna("") for side in (old, new)]
        differs = (pair[0] != pair[1]).to_numpy(bool)
        section = TIE if name == TIE else REVISION
        texts = {"old_text": pair[0][differs], "new_text": pair[1][differs]}
        return make_changes(_describe(merged[differs], name, column, section).assign(**_align(texts)))
    numbers = [side.to_numpy("float64", na_value=np.nan) for side in (old, new)]
    differs = ~np.isclose(numbers[0], numbers[1], rtol=0.0, atol=0.0, equal_nan=True)
    qualifiers = {f"{side}_text": _read_qualifiers(merged, side) for side in ("old", "new")}
    differs |= (qualifiers["old_text"] != qualifiers["new_text"]).to_numpy(bool)
    kept = merged[differs]
    section = TIE if name == TIE else REVISION
    was, now = (pd.Series(side[differs]) for side in numbers)
    said = _align({side: texts[differs] for side, texts in qualifiers.items()})
    shown = _describe(kept, name, column, section).assign(old=was, new=now, **measure(was, now), **said)
    is_known = kept["change"].to_numpy() == CHANGED
    return shown.assign(section=np.where(is_known, section, ROW))


def _read_qualifiers(merged: pd.DataFrame, side: str) -> pd.Series[Any]:
    """Return what the numbers of a side are read as, ``over`` or ``about``; empty where they are exact."""
    name = f"{_QUALIFIER}_{side}"
    if name not in merged:
        return pd.Series("", index=merged.index, dtype="string")
    return merged[name].astype("string").fillna("").replace(_EXACT, "")


def _align(columns: dict[str, pd.Series[Any]]) -> dict[str, Any]:
    return {name: column.array for name, column in columns.items()}


def _describe(rows: pd.DataFrame, name: str, column: str, section: str) -> pd.DataFrame:
    """Return what the changes of some rows are about and why they are there, without the numbers."""
    scope_type, scope = _SCOPES.get(name, ("exporter", "exporter_id"))
    unit = TABLES[name].columns[column].unit if column else ""
    vintages = [rows[f"{_VINTAGE}_{side}"].astype("string").fillna("") for side in ("old", "new")]
    is_later = (vintages[1] > vintages[0]).to_numpy(bool)
    known = {CHANGED: "", NEW: NEW_DATA, GONE: ""}
    cause = np.where(rows["change"] == CHANGED, np.where(is_later, LATER, IN_PLACE), rows["change"].map(known))
    told: dict[str, Any] = {
        "section": section,
        "change": rows["change"],
        "table": name,
        "id": rows.get("indicator", column),
        "scope_type": scope_type,
        "scope_id": rows[scope],
        "unit": unit or (rows["unit_new"].fillna(rows["unit_old"]) if "unit_new" in rows else ""),
        "cause": cause,
        "is_core": name == "zone_year",
        "is_headline": True,
    }
    for cell in ("year", "period", "country_iso3", "product", "source_id"):
        if cell in rows:
            told[cell] = rows[cell]
        elif f"{cell}_new" in rows:
            told[cell] = rows[f"{cell}_new"].fillna(rows[f"{cell}_old"])
    return make_changes(pd.DataFrame(told, index=rows.index))
