"""A page with a register by hand: residents of two clusters, ties between them, and metric rows to draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from figure_pages import SOURCES, make_page
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.page.context import PageContext

CLUSTERS = [
    {"cluster_id": "alpha", "zone_id": "example", "name_ru": "Кластер микроэлектроники и приборов", "name_en": "Alpha"},
    {"cluster_id": "beta", "zone_id": "example", "name_ru": "Бета", "name_en": "Beta <b>"},
]
REGISTER = {"source_id": "ledger", "url": None, "title": "Ledger", "kind": "register"}


def make_resident(index: int) -> dict[str, Any]:
    """Return a resident: the first twelve are of one cluster, the others of another."""
    cluster = "alpha" if index < 12 else "beta"
    row = {"party_id": f"r{index:02}", "name": f"Secret {index}", "kind": "resident", "zone_id": "example"}
    return {**row, "cluster_id": cluster, "industry": "26.1", "source_id": "ledger"}


def make_tie(index: int, giver: int, taker: int, **more: Any) -> dict[str, Any]:
    """Return a tie of the register between two residents."""
    row = {"tie_id": f"t{index:02}", "from_party": f"r{giver:02}", "to_party": f"r{taker:02}", "level": "local"}
    base = {"kind": "supply", "status": "actual", "year": 2025, "evidence": "ledger", "source_id": "ledger"}
    return {**row, **base, "value_rub": 1e6, **more}


# A ring of the first eight, a pair of two others; the rest has no ties.
TIES = [*(make_tie(i, i, (i + 1) % 8) for i in range(8)), make_tie(8, 12, 13), make_tie(9, 0, 12)]
PAIR = make_tie(10, 14, 15)


def open_register(
    lang: str = "en", residents: int = 20, results: Iterable[MetricResult] = (), ties: Any = None, **more: Any
) -> PageContext:
    """Return the zone's page with a register; tables given take the place of these."""
    tables = {
        "party": [make_resident(index) for index in range(residents)],
        "tie": [*TIES, PAIR] if ties is None else ties,
        "cluster": CLUSTERS,
        "source": [*SOURCES, REGISTER],
    }
    return make_page(lang, results=results, **(tables | more))


def make_row(metric_id: str, value: float | None, cluster: str = "", year: int = 2025, **more: Any) -> MetricResult:
    """Return a metric row of the zone, or of a cluster."""
    fields: dict[str, Any] = {
        "period": "FY",
        "lower": None,
        "upper": None,
        "unit": "share",
        "status": Status.OK if value is not None else Status.SUPPRESSED,
        "reason": "",
        "n_units": 20,
        "evidence": Evidence.REGISTER,
        "source_ids": "ledger",
        "vintage": "",
        **more,
    }
    scope = ("cluster", cluster) if cluster else ("zone", "example")
    return MetricResult(metric_id, *scope, year, value=value, **fields)


LOSS = [
    make_row("L05", 0.7),
    *(make_row(f"L20.s{k}", 0.7 - 0.02 * k) for k in (1, 3, 5, 10)),
    *(make_row(f"L20.turnover_s{k}", 0.7 - 0.01 * k) for k in (1, 3, 5, 10)),
    *(make_row(f"L20.random_s{k}", 0.69, lower=0.66, upper=0.7) for k in (1, 3, 5, 10)),
]


def _stage(chain: str, stage: str, parties: float | None, linked: float | None = None) -> list[MetricResult]:
    status = Status.OK if parties is not None else Status.MISSING_INPUT
    rows = [make_row(f"L10.{chain}.{stage}", parties, unit="count", status=status)]
    return rows if linked is None else [*rows, make_row(f"L10.{chain}.{stage}.linked", linked, unit="count")]


CHAINS = [
    make_row("L10", 0.6),
    *_stage("medical-devices", "research", 2, 0),
    *_stage("medical-devices", "pilot", 4, 0),
    *_stage("medical-devices", "serial", 0),
    *_stage("a-chain-with-a-very-long-name-of-its-own", "research", None),
    *_stage("a-chain-with-a-very-long-name-of-its-own", "pilot", 1, 1),
    *_stage("a-chain-with-a-very-long-name-of-its-own", "serial", 3, 1),
    *_stage("a-chain-with-a-very-long-name-of-its-own", "service", 1),
]
INDUSTRIES = [
    row
    for code, quotient, jobs, growth in (("26", 28.0, 7000, 0.09), ("25", 0.3, 40, -0.05), ("21.2", 4.0, 900, 0.0))
    for row in (
        make_row(f"L12.{code}", quotient, unit="ratio"),
        make_row(f"L12.{code}.jobs", jobs, unit="persons"),
        make_row(f"L12.{code}.growth", growth, unit="share per year"),
    )
]
