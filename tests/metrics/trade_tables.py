"""Export flows and world trade made by hand, for tests of trade metrics."""

from typing import Any

from metrics.shares import HOME, TOTAL, Results, make_scope, party
from zonebook.metrics.registry import load_function

FIRMS = [party(f"f{number}", zone_id="home", kind="resident") for number in range(1, 7)]
RATE = [{"year": year, "currency": "USD", "rub_per_unit": 100.0, "source_id": "official"} for year in range(2019, 2026)]


def flow(country: str, value: float | None, product: str = "", year: int = 2024, **cells: Any) -> dict[str, Any]:
    """Return a row of ``export_flow`` of the home zone itself, in roubles, codes of the Harmonized System."""
    row = {"exporter_id": "home", "country_iso3": country, "product": product or None, "year": year}
    row |= {"product_scheme": f"HS{len(product)}" if product else None, "value_rub": value, "source_id": "register"}
    return row | cells


def world(country: str, product: str, value: float, year: int = 2024, **cells: Any) -> dict[str, Any]:
    """Return a row of ``world_trade``: exports, in dollars."""
    return {"country_iso3": country, "product": product or None, "year": year, "value_usd": value} | cells


def imports(country: str, product: str, value: float, year: int = 2024) -> dict[str, Any]:
    """Return a row of ``world_trade``: imports, in dollars."""
    return world(country, product, value, year, flow="import")


def rows_of(function: str, scope_type: str = "zone", scope_id: str = "home", **tables: Any) -> Results:
    """Return the rows a function gives for a share made by hand; ``settings`` are those of a public edition."""
    given: dict[str, Any] = {"zone": [HOME, TOTAL], "party": FIRMS, "fx": RATE}
    return Results(load_function(function)(make_scope(scope_type, scope_id, **(given | tables))))
