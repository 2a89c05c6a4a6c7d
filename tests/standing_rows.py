"""Metric rows made by hand for tests of pages: of the example zone, its clusters and the country."""

from __future__ import annotations

from typing import Any

from zonebook.metrics.reasons import Reason
from zonebook.metrics.result import Evidence, MetricResult, Status

CLUSTERS = [
    {"cluster_id": "metals", "zone_id": "example", "name_ru": "Металлы", "name_en": "Metals"},
    {"cluster_id": "drugs", "zone_id": "example", "name_ru": "Лекарства", "name_en": "Drugs"},
]


def row(metric_id: str, value: float | None = None, **more: Any) -> MetricResult:
    """Return a row of the example zone for 2025 from a register; ``more`` sets other fields."""
    missing = Status.OK if value is not None else Status.UNDEFINED
    fields: dict[str, Any] = {
        "scope_type": "zone",
        "scope_id": "example",
        "year": 2025,
        "period": "FY",
        "lower": value,
        "upper": value,
        "unit": "share",
        "status": missing,
        "reason": "",
        "n_units": 100,
        "evidence": Evidence.REGISTER,
        "source_ids": "press-a",
        "vintage": "",
        **more,
    }
    return MetricResult(metric_id=metric_id, value=value, **fields)


def levels(zone: str = "example", *scores: float | None, **more: Any) -> list[MetricResult]:
    """Return the rows of the three levels of the index of a zone and of the index itself."""
    names = (".local", ".regional", ".international", "")
    given = scores or (70.0, 40.0, 50.0, 52.0)
    return [
        row(f"C05{name}", value, scope_id=zone, unit="index", upper=None if value is None else value + 5, **more)
        for name, value in zip(names, given, strict=True)
    ]


def register(**more: object) -> list[MetricResult]:
    """Return rows that answer every question."""
    counts = {"R02.q0": 12.0, "R02": 5.2, "R09": 3.0, "S01.combination.none": 70.0}
    shares = {
        "X04": 0.07,
        "X04.firm_median": 0.0,
        "X15.eaeu": 0.6,
        "X15.rest": 0.4,
        "L08": 0.15,
        "L01": 0.7,
        "L05": 0.68,
    }
    found = [
        row("X01", 17e9, unit="RUB"),
        row("X03", -0.05, lower=-0.08, upper=-0.02, unit="share per year"),
        row("L10", 0.8, reason="research missing in 1 of 3 chains"),
        row("S04", 0.15, lower=0.1, upper=0.2, unit="log points", reason=Reason.IS_DIFFERENCE.value),
        row("T02", 0.9, unit="ratio", reason="indicator: export_rub; class: moderate; base of 2023; target of 2030"),
        row("L20.s10", 0.5),
        row("R05.median", 49.0, unit="km"),
        *(row(f"L17.{name}", value, unit="index") for name, value in (("q1", 0.3), ("median", 0.5), ("q3", 0.8))),
        *(row(f"X10.{code}", value, unit="index") for code, value in (("7326", 0.7), ("8413", 0.4), ("0402", -0.5))),
        *(row(f"X18.{code}", value) for code, value in (("7326", 0.6), ("0402", 0.5), ("1806", 0.4))),
        *(row("L01", value, scope_type="cluster", scope_id=name) for name, value in (("metals", 0.4), ("drugs", 0.9))),
        *(row(name, value, unit="count") for name, value in counts.items()),
        *(row(name, value) for name, value in shares.items()),
        *levels(),
    ]
    return [one for one in found if not more or one.metric_id in more["only"]]  # type: ignore[operator]
