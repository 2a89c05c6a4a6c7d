"""A small register of ties for tests of metric rows: two zones in two regions, partners elsewhere and abroad."""

from __future__ import annotations

from typing import Any

from metrics.shares import HOME, OTHER, TOTAL, Results, make_scope, party
from zonebook.metrics.result import MetricResult

ZONES = [HOME, OTHER, TOTAL]
PARTIES = [
    *(
        party(name, zone_id="home", kind="resident", cluster_id=cluster)
        for name, cluster in zip("abcd", "xxyy", strict=True)
    ),
    *(party(name, zone_id="other", kind="resident") for name in ("e", "f", "g")),
    party("near", region_iso="RU-MOW", country_iso3="RUS"),
    party("far", region_iso="RU-TVE", country_iso3="RUS"),
    party("lost", country_iso3="RUS"),
    party("kazakh", country_iso3="KAZ", kind="foreign"),
]
CLUSTERS = [{"cluster_id": name, "zone_id": "home"} for name in "xy"]


def ledger(giver: str, taker: str, value: float | None = 1.0, **cells: Any) -> dict[str, Any]:
    """Return a row of ``tie`` known from a ledger, of 2025 unless said otherwise; its id is told by its ends."""
    row = {"from_party": giver, "to_party": taker, "level": "regional", "kind": "supply", "year": 2025}
    row |= {"value_rub": value, "evidence": "ledger", "source_id": "register"} | cells
    return {"tie_id": f"{giver}-{taker}-{row['kind'].replace('_', '-')}-{row['year']}"} | row


def run(function: Any, *ties: dict[str, Any], scope: tuple[str, str] = ("zone", "home"), **tables: Any) -> Results:
    """Return the rows of one function for a share with the register's parties and some ties (and ``settings``)."""
    given: dict[str, Any] = {"zone": ZONES, "party": PARTIES, "cluster": CLUSTERS, "tie": list(ties)} | tables
    return Results(function(make_scope(*scope, **given)))


def pick(rows: Results, metric_id: str, scope_id: str = "home", **wanted: Any) -> MetricResult:
    """Return the only row of this id and scope."""
    found = [
        row
        for row in rows
        if row.metric_id == metric_id
        and row.scope_id == scope_id
        and all(getattr(row, name) == value for name, value in wanted.items())
    ]
    assert len(found) == 1, f"{metric_id} of {scope_id}: {len(found)} rows"
    return found[0]
