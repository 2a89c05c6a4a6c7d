"""Rows of the index's indicators made by hand, as other metrics would give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from metrics.shares import HOME, TOTAL, make_share
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.settings import MetricSettings

# Two indicators of each level, from 0 to 100 but for the last, of which less is better.
LEVELS = {
    "local": {"L01": (0.0, 100.0), "L08": (0.0, 100.0)},
    "regional": {"R02": (0.0, 100.0), "R09": (0.0, 100.0)},
    "international": {"X04": (0.0, 100.0), "X07": (100.0, 0.0)},
}
NAMES = [name for own in LEVELS.values() for name in own]
SETTINGS = MetricSettings(index=LEVELS, rank_draws=200, sobol_samples=64)


def row(metric_id: str, value: float | None, zone: str = "home", **cells: Any) -> MetricResult:
    """Return a row of a zone in 2024, exact and from a register unless said otherwise."""
    known: dict[str, Any] = {
        "scope_type": "zone",
        "scope_id": zone,
        "year": 2024,
        "period": "FY",
        "lower": value,
        "upper": value,
        "unit": "share",
        "status": Status.UNDEFINED if value is None else Status.OK,
        "reason": "",
        "n_units": 40,
        "evidence": Evidence.REGISTER,
        "source_ids": "register",
        "vintage": "",
    }
    return MetricResult(metric_id=metric_id, value=value, **(known | cells))


def rows_of(values: Mapping[str, float | None], zone: str = "home", **cells: Any) -> list[MetricResult]:
    """Return a row for each indicator."""
    return [row(name, value, zone, **cells) for name, value in values.items()]


def alike(score: float) -> dict[str, float]:
    """Return values with which every indicator scores the same, of 100."""
    return {name: 100 - score if name == "X07" else score for name in NAMES}


def zone_scope(settings: MetricSettings = SETTINGS, year: int = 2025) -> Scope:
    """Return the scope of the home zone."""
    return Scope(make_share(), year, settings)


def country_scope(*zones: str, settings: MetricSettings = SETTINGS) -> Scope:
    """Return the scope of a country with these zones."""
    listed = [HOME | {"zone_id": zone} for zone in zones]
    return Scope(make_share("country", "", zone=[*listed, TOTAL]), 2025, settings)


def find(
    rows: list[MetricResult], metric_id: str, scope_id: str | None = None, year: int | None = None
) -> MetricResult:
    """Return the only row of this id (and scope, and year, if given)."""
    found = [
        one
        for one in rows
        if one.metric_id == metric_id and scope_id in (None, one.scope_id) and year in (None, one.year)
    ]
    assert len(found) == 1, f"{metric_id} {scope_id} {year}: {len(found)} rows"
    return found[0]


ZONES = tuple(f"z{i}" for i in range(8))


def draw(seed: int = 1, zones: Sequence[str] = ZONES) -> dict[str, dict[str, float]]:
    """Return values drawn at random for each zone."""
    rng = np.random.default_rng(seed)
    return {zone: dict(zip(NAMES, rng.uniform(1, 99, len(NAMES)).tolist(), strict=True)) for zone in zones}


def ladder(zones: Sequence[str] = ZONES) -> dict[str, dict[str, float]]:
    """Return values in which every indicator puts the zones in the same order, the last one first."""
    return {zone: alike(10.0 * (i + 1)) for i, zone in enumerate(zones)}


def rank_zones(
    function: Callable[[Scope, list[MetricResult]], list[MetricResult]],
    values: Mapping[str, Mapping[str, float | None]],
    rule: MetricSettings = SETTINGS,
    **cells: Any,
) -> list[MetricResult]:
    """Return the rows a function makes for the country of zones with these values."""
    rows = [one for zone, own in values.items() for one in rows_of(own, zone, **cells)]
    return function(country_scope(*values, settings=rule), rows)
