"""Metric rows made by hand for tests of pages: of the example zone, its clusters and the country."""

from __future__ import annotations

from typing import Any

from zonebook.metrics.result import Evidence, MetricResult, Status


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
