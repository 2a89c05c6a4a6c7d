"""Shares made by hand for tests of metric rows: a few rows of a table as dicts, the other columns filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from zonebook.metrics.compute import compute_metrics
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope
from zonebook.settings import DEFAULT_SETTINGS, MetricSettings
from zonebook.tables.schema import TABLES
from zonebook.tables.share import Share

Rows = Sequence[dict[str, Any]]

HOME = {"zone_id": "home", "type": "technology-innovation", "country_iso3": "RUS", "region_iso": "RU-MOW"}
HOME |= {"established": "2005-12-21", "latitude": 55.71, "longitude": 37.73}
OTHER = HOME | {"zone_id": "other", "region_iso": "RU-TA", "latitude": 55.83, "longitude": 52.04}
TOTAL = {"zone_id": "land-total", "type": "aggregate", "country_iso3": "RUS"}
REGIONS = [
    {"region_iso": "RU-MOW", "latitude": 55.75, "longitude": 37.62},
    {"region_iso": "RU-TA", "latitude": 55.79, "longitude": 49.11},
    {"region_iso": "RU-TVE", "latitude": 56.86, "longitude": 35.90},
]
SOURCES = [
    {"source_id": "press-a", "kind": "press", "date": "2024-01-01"},
    {"source_id": "press-b", "kind": "press", "date": "2025-01-01"},
    {"source_id": "official", "kind": "official", "date": "2023-01-01"},
    {"source_id": "register", "kind": "register", "date": "2022-01-01"},
    {"source_id": "made-up", "kind": "demonstration", "date": "2025-01-01"},
]
BLOCS = [
    {"bloc": bloc, "country_iso3": country, "valid_from": begins, "valid_to": ends, "status": status}
    for bloc, country, begins, ends, status in (
        ("EAEU", "KAZ", "2015-01-01", None, "member"),
        ("CIS", "KAZ", "1991-12-21", None, "member"),
        ("CIS", "UZB", "1991-12-21", None, "member"),
        ("CIS", "GEO", "1993-12-03", "2009-08-18", "member"),
        ("BRICS", "CHN", "2009-06-16", None, "member"),
        ("BRICS", "EGY", "2024-01-01", None, "member"),
        ("BRICS", "KAZ", "2025-01-01", None, "partner"),
        ("EAEU", "UZB", "2020-12-11", None, "observer"),
    )
]


def make_table(name: str, rows: Rows) -> pd.DataFrame:
    """Return a table with every declared column in its declared type, empty cells at their defaults."""
    columns = TABLES[name].columns.values()
    filled = []
    for row in rows:
        unknown = set(row) - {column.name for column in columns}
        assert not unknown, f"table {name} has no columns {unknown}"
        cells = {column.name: row.get(column.name) for column in columns}
        for column in columns:
            if cells[column.name] is None and column.default:
                default: object = column.default
                cells[column.name] = default == "true" if column.type == "boolean" else default
        filled.append(cells)
    frame = pd.DataFrame(filled, columns=[column.name for column in columns])
    return frame.astype({column.name: column.dtype for column in columns})


def make_share(scope_type: str = "zone", scope_id: str = "home", **tables: Rows | None) -> Share:
    """Return a share with the tables given, and zones, regions, sources and blocs of its own unless given."""
    given: dict[str, Rows | None] = {
        "zone": [HOME, TOTAL],
        "region": REGIONS,
        "source": SOURCES,
        "bloc_membership": BLOCS,
    }
    given |= tables
    made = {name: make_table(name, rows) for name, rows in given.items() if rows is not None}
    return Share(scope_type, scope_id, made, frozenset(made), "digest")


def make_scope(
    scope_type: str = "zone",
    scope_id: str = "home",
    year: int = 2025,
    settings: MetricSettings = DEFAULT_SETTINGS,
    **tables: Rows | None,
) -> Scope:
    """Return the scope of a share made by hand."""
    return Scope(make_share(scope_type, scope_id, **tables), year, settings)


def compute(
    scope_type: str = "zone", scope_id: str = "home", year: int = 2025, publish: str = "public", **tables: Rows | None
) -> Results:
    """Return all metric rows of a share made by hand; an internal edition does not hide those of few firms."""
    settings = MetricSettings(publish=publish)
    return Results(compute_metrics(make_share(scope_type, scope_id, **tables), year, settings=settings))


class Results(tuple[MetricResult, ...]):
    """Metric rows, looked up by id, year and period."""

    def one(self, metric_id: str, year: int | None = None, period: str | None = None) -> MetricResult:
        """Return the only row of this id (and year and period, if given)."""
        found = [
            row
            for row in self
            if row.metric_id == metric_id and year in (None, row.year) and period in (None, row.period)
        ]
        assert len(found) == 1, f"{metric_id} {year} {period}: {len(found)} rows"
        return found[0]

    def ids(self) -> set[str]:
        """Return the ids of all rows."""
        return {row.metric_id for row in self}


def figure(indicator: str, year: int, value: float, period: str = "FY", **cells: Any) -> dict[str, Any]:
    """Return a row of ``zone_year`` of the home zone, in roubles unless said otherwise."""
    row = {"zone_id": "home", "indicator": indicator, "year": year, "value": value, "period": period}
    return row | {"unit": "RUB", "source_id": "press-a"} | cells


def party(party_id: str, **cells: Any) -> dict[str, Any]:
    """Return a row of ``party``."""
    return {"party_id": party_id, "name": party_id, "kind": "firm"} | cells


def tie(tie_id: str, to_party: str, kind: str = "supply", **cells: Any) -> dict[str, Any]:
    """Return a row of ``tie`` from the firm of the home zone, known from publications."""
    row = {"tie_id": tie_id, "from_party": "firm", "to_party": to_party, "kind": kind, "level": "regional"}
    return row | {"evidence": "press", "source_id": "press-a"} | cells


PARTIES = [
    party("firm", zone_id="home", kind="resident"),
    party("neighbour", zone_id="home", kind="resident"),
    party("city", region_iso="RU-MOW", country_iso3="RUS", kind="government"),
    party("tatar", region_iso="RU-TA", country_iso3="RUS"),
    party("tver", region_iso="RU-TVE", country_iso3="RUS"),
    party("somewhere", country_iso3="RUS"),
    party("kazakh", country_iso3="KAZ", kind="foreign"),
    party("uzbek", country_iso3="UZB", kind="foreign"),
    party("chinese", country_iso3="CHN", kind="foreign"),
    party("serbian", country_iso3="SRB", kind="foreign"),
    party("abroad", kind="foreign"),
]
