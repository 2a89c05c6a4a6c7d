"""Rows of employment and of firms for tests of specialisation and support."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from metrics.shares import Results, Rows, make_scope, party
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope
from zonebook.settings import MetricSettings


def employed(geo: str, industry: str | None, employees: float, year: int = 2024, **cells: Any) -> dict[str, Any]:
    """Return a row of ``employment``, from a register unless said otherwise."""
    row = {"geo": geo, "industry_scheme": "OKVED2", "industry": industry, "year": year, "employees": float(employees)}
    return row | {"source_id": "register"} | cells


def resident(party_id: str, industry: str | None = None, **cells: Any) -> dict[str, Any]:
    """Return a resident of the home zone."""
    return party(party_id, kind="resident", zone_id="home", industry=industry, source_id="register") | cells


def firm_year(party_id: str, year: int = 2024, **cells: Any) -> dict[str, Any]:
    """Return a row of ``party_year``; figures are numbers with a point."""
    figures = {
        name: float(value) if isinstance(value, int) and name != "responded" else value for name, value in cells.items()
    }
    return {"party_id": party_id, "year": year} | figures


def grant(party_id: str, start: str, measure_id: str = "tax", **cells: Any) -> dict[str, Any]:
    """Return a row of ``support`` from a register."""
    return {"party_id": party_id, "measure_id": measure_id, "start": start, "source_id": "register"} | cells


def run(
    make_rows: Callable[[Scope], list[MetricResult]],
    scope_type: str = "zone",
    scope_id: str = "home",
    year: int = 2025,
    settings: MetricSettings | None = None,
    **tables: Rows | None,
) -> Results:
    """Return the rows of one metric for a share made by hand."""
    scope = make_scope(scope_type, scope_id, year, **tables)
    return Results(make_rows(Scope(scope.share, year, settings) if settings else scope))
