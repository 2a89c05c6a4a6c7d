"""Metric rows made by hand for tests of pages."""

from __future__ import annotations

from typing import Any

from zonebook.metrics.result import Evidence, MetricResult, Status


def make_row(metric_id: str, value: float | None, year: int = 2025, **more: Any) -> MetricResult:
    """Return a row of the example zone for a full year; without a value it is withheld."""
    cells: dict[str, Any] = {
        "scope_type": "zone",
        "scope_id": "example",
        "period": "FY",
        "lower": value,
        "upper": value,
        "unit": "share",
        "status": Status.OK if value is not None else Status.SUPPRESSED,
        "reason": "" if value is not None else "fewer than 3 firms",
        "n_units": 9,
        "evidence": Evidence.REGISTER,
        "source_ids": "press-a",
        "vintage": "",
        **more,
    }
    return MetricResult(metric_id=metric_id, value=value, year=year, **cells)


def make_years(metric_id: str, values: dict[int, float | None], **more: Any) -> list[MetricResult]:
    """Return rows of one series by year."""
    return [make_row(metric_id, value, year, **more) for year, value in values.items()]


def make_pair(metric_id: str, pair: str, value: float | None, **more: Any) -> MetricResult:
    """Return a row of a pair."""
    return make_row(metric_id, value, scope_type="pair", scope_id=pair, **more)
