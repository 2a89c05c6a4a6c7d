"""Flows between a few regions that a gravity law made, for tests of metric rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.shares import HOME, OTHER
from zonebook.metrics.geography import great_circle_km

CODES = ("RU-AAA", "RU-BBB", "RU-CCC", "RU-DDD", "RU-EEE", "RU-FFF", "RU-GGG")
PLACES = ((50.0, 30.0), (52.0, 41.0), (55.0, 37.0), (58.0, 49.0), (60.0, 30.0), (53.0, 60.0), (47.0, 40.0))
REGIONS = [
    {"region_iso": code, "latitude": place[0], "longitude": place[1], "grp_rub": 1e12 * (number + 1)}
    | {"federal_district": "west" if number % 2 else "east", "name_en": code}
    for number, (code, place) in enumerate(zip(CODES, PLACES, strict=True))
]
ZONES = [HOME | {"region_iso": "RU-AAA"}, OTHER | {"region_iso": "RU-BBB"}]
ELASTICITY = -1.3


def list_flows(year: int = 2025, *, noise: int | None = None) -> list[dict[str, Any]]:
    """Return the flow of every two regions: by size of both and distance, exactly or (with a seed) with noise."""
    generator = np.random.default_rng(noise)
    rows = []
    for i, origin in enumerate(CODES):
        for j, destination in enumerate(CODES):
            if i == j:
                continue
            value = 1e12 * (i + 1) * (j + 2) * float(great_circle_km(*PLACES[i], *PLACES[j])) ** ELASTICITY
            value *= float(generator.gamma(50, 1 / 50)) if noise is not None else 1.0
            row = {"origin": origin, "destination": destination, "year": year, "value_rub": value}
            rows.append(row | {"source_id": "official"})
    return rows


def change(rows: list[dict[str, Any]], origin: str, destination: str, **cells: Any) -> list[dict[str, Any]]:
    """Return flows with cells of one of them changed."""
    return [row | cells if (row["origin"], row["destination"]) == (origin, destination) else row for row in rows]
