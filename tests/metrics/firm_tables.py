"""Shares with firms of clusters made by hand, for tests of what must be hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from metrics.shares import HOME, OTHER, TOTAL, make_scope, party
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope

EVEN = [10.0, 10.0, 10.0, 10.0]


def firms(*sizes: Sequence[float]) -> dict[str, Any]:
    """Return the tables of firms with revenues given by cluster."""
    listed, years = [], []
    for cluster, revenues in enumerate(sizes):
        for revenue in revenues:
            name = f"f{len(listed)}"
            listed.append(party(name, zone_id="home", kind="resident", cluster_id=f"k{cluster}", source_id="register"))
            years.append({"party_id": name, "year": 2024, "revenue_rub": revenue})
    return {"party": listed, "party_year": years, "zone": [HOME, OTHER, TOTAL]}


def scope_of(tables: dict[str, Any]) -> Scope:
    """Return the scope of the home zone with these tables."""
    return make_scope(**tables)


def value(rows: Iterable[MetricResult], metric_id: str, year: int | None = None) -> float | None:
    """Return the value of the only row of this id (and year, if given)."""
    found = [row for row in rows if row.metric_id == metric_id and year in (None, row.year)]
    assert len(found) == 1, metric_id
    return found[0].value
