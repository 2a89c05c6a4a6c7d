"""Metric rows of two editions side by side: values that changed, ranks that moved, rows new and gone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from zonebook.edition.change import CHANGED, GONE, NEW, RANK, ROW, VALUE, make_changes, measure
from zonebook.metrics.result import Status

_KEY = ["metric_id", "scope_type", "scope_id", "year", "period"]
_NUMBERS = ("value", "lower", "upper")
_TEXTS = ("unit", "status")
_ORIGIN = ("source_ids", "vintage")
_RANK_UNIT = "rank"
_SUPPRESSED = Status.SUPPRESSED.value
# Numbers closer than this are one number: the last digits of a float may differ from machine to machine.
_NOISE = 1e-9


def compare_rows(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return the metric rows that differ between two editions, as changes without causes.

    Two columns more, ``is_later`` and ``is_elsewhere``, say whether a later vintage or another source is behind a row.
    """
    wanted = [*_KEY, *_NUMBERS, *_TEXTS, *_ORIGIN]
    sides = [frame[wanted].drop_duplicates(_KEY) for frame in (old, new)]
    merged = sides[0].merge(sides[1], on=_KEY, how="outer", suffixes=("_old", "_new"), indicator="where")
    is_both = merged["where"] == "both"
    merged = merged[np.where(is_both, _differ(merged), _tells(merged))]
    change = merged["where"].astype("string").map({"both": CHANGED, "left_only": GONE, "right_only": NEW})
    unit = merged["unit_new"].fillna(merged["unit_old"])
    is_changed, is_same_unit = change == CHANGED, _fill(merged["unit_old"]) == _fill(merged["unit_new"])
    columns: dict[str, Any] = {
        "section": np.where(~is_changed, ROW, np.where(unit == _RANK_UNIT, RANK, VALUE)),
        "change": change,
        "table": "metrics",
        "id": merged["metric_id"],
        "unit": unit,
        **{f"{side}{end}": merged[f"{name}_{side}"] for side in ("old", "new") for name, end in _ends()},
        **{f"{side}_status": merged[f"status_{side}"] for side in ("old", "new")},
        **measure(merged["value_old"].where(is_same_unit), merged["value_new"].where(is_same_unit)),
        "is_headline": ~merged["metric_id"].str.contains(".", regex=False),
    }
    shown = make_changes(merged[["scope_type", "scope_id", "year", "period"]].assign(**columns))
    vintages, sources = (
        [_fill(merged[f"{name}_{side}"]) for side in ("old", "new")] for name in ("vintage", "source_ids")
    )
    return shown.assign(
        is_later=(is_changed & (vintages[1] > vintages[0])).to_numpy(bool),
        is_elsewhere=(is_changed & (sources[1] != sources[0])).to_numpy(bool),
    )


def _ends() -> tuple[tuple[str, str], ...]:
    return ("value", ""), ("lower", "_lower"), ("upper", "_upper")


def _tells(merged: pd.DataFrame) -> pd.Series[Any]:
    """Tell which rows of one edition alone say anything: those without input or meaning do not."""
    tells = merged["value_old"].notna() | merged["value_new"].notna()
    is_withheld = (_fill(merged["status_old"]) == _SUPPRESSED) | (_fill(merged["status_new"]) == _SUPPRESSED)
    return (tells | is_withheld).astype(bool)


def _fill(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.astype("string").fillna("")


def _differ(merged: pd.DataFrame) -> pd.Series[Any]:
    """Tell which rows, merged from both editions, show another value, interval, unit or status."""
    differs = pd.Series(data=False, index=merged.index)
    for name in _NUMBERS:
        was, now = (merged[f"{name}_{side}"].to_numpy("float64") for side in ("old", "new"))
        differs |= ~np.isclose(was, now, rtol=_NOISE, atol=0.0, equal_nan=True)
    for name in _TEXTS:
        differs |= (_fill(merged[f"{name}_old"]) != _fill(merged[f"{name}_new"])).astype(bool)
    return differs
