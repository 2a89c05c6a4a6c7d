"""Registers of trade made by hand for tests of metric rows: residents of the home zone, their totals, their deals."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from metrics.shares import Results, make_scope, party
from zonebook.metrics.adapter import compute_rows
from zonebook.metrics.registry import CATALOGUE
from zonebook.settings import DEFAULT_SETTINGS, MetricSettings

_numbers = itertools.count()


def resident(party_id: str, **cells: Any) -> dict[str, Any]:
    """Return a row of ``party``: a resident of the home zone."""
    return party(party_id, **({"zone_id": "home", "kind": "resident", "country_iso3": "RUS"} | cells))


def residents(*ids: str, **cells: Any) -> list[dict[str, Any]]:
    """Return several residents of the home zone."""
    return [resident(party_id, **cells) for party_id in ids]


def deal(seller: str, buyer: str, value: float | None, year: int | None = 2025, **cells: Any) -> dict[str, Any]:
    """Return a row of ``tie``: a supply of a year, known from the ledger."""
    row = {"tie_id": f"tie{next(_numbers)}", "from_party": seller, "to_party": buyer, "kind": "supply"}
    row |= {"level": "local", "year": year, "value_rub": value, "evidence": "ledger", "source_id": "register"}
    return row | cells


def totals(column: str, of: Mapping[str, float | None], year: int = 2025, **cells: Any) -> list[dict[str, Any]]:
    """Return rows of ``party_year`` with one figure of several firms."""
    return [{"party_id": party_id, "year": year, column: value} | cells for party_id, value in of.items()]


def rows_of(
    metric_id: str,
    scope_type: str = "zone",
    scope_id: str = "home",
    settings: MetricSettings = DEFAULT_SETTINGS,
    **tables: Iterable[dict[str, Any]],
) -> Results:
    """Return the rows of one metric of a share made by hand, up to 2025."""
    scope = make_scope(scope_type, scope_id, 2025, settings=settings, **{name: list(t) for name, t in tables.items()})
    return Results(compute_rows(CATALOGUE[metric_id], scope))
