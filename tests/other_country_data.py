"""A made-up register of two zones in Kazakhstan: codes of regions without names, tenge, its own tile map."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path
from typing import Any

ZONES = {
    "altyn-east": ("KZ-33", "Altyn East SEZ", "СЭЗ «Алтын-Восток»"),
    "dala-city": ("KZ-71", "Dala City SEZ", "СЭЗ «Дала»"),
}
YEARS = (2022, 2023, 2024)
FIRMS, ABROAD = 8, ("CHN", "TUR", "UZB", "DEU")
TILES = {"KZ-33": (4, 6), "KZ-71": (1, 4), "KZ-19": (4, 5), "KZ-63": (1, 7), "KZ-79": (5, 3)}
_MILLION = 1_000_000


def write_other_country(folder: Path) -> Path:
    """Write the data set and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    residents = [f"{zone}-{number}" for zone in ZONES for number in range(FIRMS)]
    tables: dict[str, Iterable[Mapping[str, Any]]] = {
        "source": [
            {"source_id": "made", "url": "https://example.org/kz", "title": "Made-up register", "publisher": "Example"}
            | {"date": "2025-03-01", "kind": "register"}
        ],
        "zone": [
            {"zone_id": zone, "name_ru": russian, "name_en": english, "type": "industrial-production"}
            | {"country_iso3": "KAZ", "region_iso": region, "established": 2011, "area_ha": 400, "source_id": "made"}
            for zone, (region, english, russian) in ZONES.items()
        ],
        "party": [*_list_residents(), *_list_partners()],
        "party_year": [
            {"party_id": firm, "year": year, "employees": 20 + 5 * place, "revenue_rub": (90 + place) * _MILLION}
            | {"export_rub": 20 * _MILLION, "purchases_rub": 60 * _MILLION, "responded": "true"}
            for place, firm in enumerate(residents)
            for year in YEARS
        ],
        "tie": list(_list_ties(residents)),
        "export_flow": [
            {"exporter_id": zone, "country_iso3": country, "product": code, "year": year, "product_scheme": "HS2"}
            | {"value_usd": (3 + place) * _MILLION, "source_id": "made"}
            for place, (zone, country, code, year) in enumerate(product(ZONES, ABROAD, ("84", "72"), YEARS))
        ],
        "fx": [
            {"year": year, "currency": currency, "rub_per_unit": rate}
            for year in YEARS
            for currency, rate in (("KZT", 0.19), ("USD", 90))
        ],
        "zone_year": [
            {
                "zone_id": zone,
                "year": year,
                "period": "FY",
                "indicator": "investment_actual_rub",
                "value": 9_500 * _MILLION,
            }
            | {
                "unit": "KZT",
                "qualifier": "exact",
                "cumulative": "false",
                "source_id": "made",
                "source_date": "2025-03-01",
            }
            for zone in ZONES
            for year in YEARS
        ],
        "tile": [{"region_iso": region, "row": row, "col": col} for region, (row, col) in TILES.items()],
    }
    for name, rows in tables.items():
        _write(folder / f"{name}.csv", list(rows))
    return folder


def _list_residents() -> Iterable[dict[str, Any]]:
    for zone, (region, english, russian) in ZONES.items():
        for number in range(FIRMS):
            yield {
                "party_id": f"{zone}-{number}",
                "name": f"{russian}, фирма {number}",
                "name_en": f"{english}, firm {number}",
                "kind": "resident",
                "zone_id": zone,
                "region_iso": region,
                "country_iso3": "KAZ",
                "industry_scheme": "ISIC4",
                "industry": ("10", "25", "28", "29")[number % 4],
                "since": 2015,
                "source_id": "made",
            }


def _list_partners() -> Iterable[dict[str, Any]]:
    common = {"industry_scheme": "", "source_id": "made"}
    for place, region in enumerate(("KZ-19", "KZ-63", "KZ-79")):
        named = {"party_id": f"plant-{place}", "name": f"Завод {place}", "name_en": f"Plant {place}", "kind": "firm"}
        yield named | common | {"region_iso": region, "country_iso3": "KAZ"}
    for country in ABROAD:
        named = {"party_id": f"buyer-{country.lower()}", "name": f"Покупатель {country}", "name_en": f"Buyer {country}"}
        yield named | common | {"kind": "foreign", "country_iso3": country}


def _list_ties(residents: list[str]) -> Iterable[dict[str, Any]]:
    partners = [*((f"plant-{place}", "regional", "supply") for place in range(3)),
                *((f"buyer-{country.lower()}", "international", "export") for country in ABROAD)]  # fmt: skip
    inside = [
        (residents[(place + 1) % FIRMS + place // FIRMS * FIRMS], "local", "supply") for place in range(len(residents))
    ]
    for place, firm in enumerate(residents):
        for number, (partner, level, kind) in enumerate((inside[place], partners[place % len(partners)])):
            yield {
                "tie_id": f"t{place}-{number}", "from_party": firm, "to_party": partner, "level": level, "kind": kind,
                "product_scheme": "HS2", "product": "84", "year": 2024, "value_rub": (5 + place) * _MILLION,
                "status": "actual", "evidence": "ledger", "source_id": "made",
            }  # fmt: skip


def _write(path: Path, rows: list[Mapping[str, Any]]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
