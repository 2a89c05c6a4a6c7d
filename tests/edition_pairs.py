"""Two editions of a small report for tests: what the second changes is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from zonebook.edition import Comparison, Edition, compare_editions
from zonebook.metrics.registry import read_catalogue
from zonebook.metrics.result import Evidence, MetricResult, Status, to_frame
from zonebook.parameters import Parameters, override, to_values
from zonebook.tables.schema import TABLES
from zonebook.tables.share import Share, create_empty

_ZONES = [
    {"zone_id": "north", "name_ru": "ОЭЗ «Север»", "name_en": "North", "type": "other", "region_iso": "RU-MOW"},
    {"zone_id": "evil", "name_ru": "<script>злая()</script>", "name_en": "<script>evil()</script>", "type": "other"},
]
_REGIONS = [{"region_iso": "RU-MOW", "name_ru": "Москва", "name_en": "Moscow"}]
_SOURCES = [{"source_id": "paper", "kind": "press", "title": "Paper"}, {"source_id": "list", "kind": "register"}]
PARTIES = [
    {"party_id": "alpha", "name": "ООО «Альфа»", "name_en": "Alpha", "kind": "resident", "zone_id": "north"},
    {"party_id": "beta", "name": "ООО «Бета»", "name_en": "Beta", "kind": "firm", "region_iso": "RU-MOW"},
    {"party_id": "hush", "name": "ООО «Тишина»", "name_en": "Hush", "kind": "firm", "region_iso": "RU-MOW"},
]
TIES = [
    {"tie_id": "t1", "from_party": "alpha", "to_party": "beta", "kind": "supply", "year": 2024, "product": "bolts"},
    {"tie_id": "t2", "from_party": "hush", "to_party": "beta", "kind": "supply", "year": 2024, "product": "secrets"},
]
# What every row of a table has, unless it says otherwise.
_USUAL: dict[str, dict[str, Any]] = {
    "party": {"source_id": "list"},
    "tie": {"level": "local", "status": "actual", "evidence": "press", "source_id": "paper"},
}
FIGURE = {
    "zone_id": "north",
    "year": 2024,
    "period": "FY",
    "indicator": "export_rub",
    "source_id": "paper",
    "vintage": "2025-03-01",
    "value": 1e9,
    "unit": "RUB",
}
ROW = MetricResult(
    "L01",
    "zone",
    "north",
    2024,
    "FY",
    0.5,
    0.5,
    0.5,
    "share",
    Status.OK,
    "",
    10,
    Evidence.REPORTED,
    "paper",
    "2025-01-01",
)
RANK = replace(ROW, metric_id="C06.rank", value=3.0, lower=2.0, upper=5.0, unit="rank")


def make_table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a table of the data contract with some rows, all columns of it there."""
    empty = create_empty(name)
    frame = pd.DataFrame(rows, columns=list(dict.fromkeys([*empty.columns, *(key for row in rows for key in row)])))
    return frame.astype(
        {name: kind for name, kind in empty.dtypes.items() if not isinstance(kind, pd.CategoricalDtype)}
    )


def make_edition(
    rows: tuple[MetricResult, ...] = (ROW, RANK), *, name: str = "old", version: str = "0.1.0", **given: Any
) -> Edition:
    """Return an edition; ``given`` are tables by name, and parameters."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zone": _ZONES,
        "region": _REGIONS,
        "source": _SOURCES,
        "party": PARTIES,
        "tie": TIES,
        "zone_year": [FIGURE],
    }
    tables |= {key: rows for key, rows in given.items() if key in TABLES}
    parameters = override(Parameters(), {key: value for key, value in given.items() if key not in TABLES})
    frames = {key: make_table(key, [{**_USUAL.get(key, {}), **row} for row in rows]) for key, rows in tables.items()}
    share = Share("country", "", frames, frozenset(frames), "")
    zones = tuple(str(zone["zone_id"]) for zone in tables["zone"])
    values = to_values(parameters)
    return Edition(name, share, to_frame(rows), parameters.settings, values, version, zones, ("RU-MOW",))


def compare(old: Edition, new: Edition) -> Comparison:
    """Return what changed between two editions, by the catalogue of the package."""
    return compare_editions(old, new, read_catalogue())
