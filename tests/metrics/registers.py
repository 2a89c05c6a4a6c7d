"""Registers of ties made by hand: residents of the home zone, who of them answered, and what ties them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from metrics.shares import Results, make_scope, party
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope

YEAR = 2024
Pairs = Iterable[tuple[str, str]]


def resident(party_id: str, **cells: Any) -> dict[str, Any]:
    """Return a resident of the home zone."""
    return party(party_id, kind="resident", zone_id="home") | cells


def link(giver: str, taker: str, **cells: Any) -> dict[str, Any]:
    """Return a supply of the year on record in the register."""
    row = {"tie_id": f"{giver}-{taker}-{len(cells)}-{cells.get('year', YEAR)}-{cells.get('kind', 'supply')}"}
    row |= {"from_party": giver, "to_party": taker, "kind": "supply", "level": "local", "year": YEAR}
    return row | {"evidence": "ledger", "source_id": "register"} | cells


def answers(names: Iterable[str], silent: Iterable[str] = (), year: int = YEAR, **cells: Any) -> list[dict[str, Any]]:
    """Return the rows of firms in a year; the silent ones did not answer."""
    return [{"party_id": name, "year": year, "responded": name not in set(silent)} | cells for name in names]


def make_register(
    pairs: Pairs, names: Iterable[str], clusters: Mapping[str, str] | None = None, **tables: Any
) -> Scope:
    """Return the scope of the home zone with these residents and supplies between them."""
    known = clusters or {}
    parties = [resident(name, cluster_id=known.get(name)) for name in names]
    return make_scope(party=parties, tie=[link(*pair) for pair in pairs], **tables)


def rows_of(function: Callable[[Scope], list[MetricResult]], scope: Scope, scope_id: str = "") -> Results:
    """Return the rows of a metric for the scope itself, or for one of its clusters."""
    return Results(row for row in function(scope) if row.scope_id == (scope_id or scope.id))


def bounds(row: MetricResult) -> tuple[float | None, float | None, float | None]:
    """Return value, lower and upper bound of a row."""
    return row.value, row.lower, row.upper
