"""A small register with planted secrets: names, ids and amounts that no public edition may give away.

The zone "plant" has a cluster that one firm dominates, one of two firms, one of a single firm, one whose three firms
are a single group, and one that may be told of. Uzbekistan has a single exporter, in both years. One firm is marked as
confidential though the press named it; another is known from the press and may be named.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from small_data import TABLES, write_small_data_set

ZONE = "example-north"
YEARS = (2023, 2024)
CLUSTERS = {"dominated": 5, "pair": 2, "group": 3, "open": 6, "lone": 1}
PUBLIC_FIRM, CONFIDENTIAL_FIRM = "ООО «Известное из газет»", "ООО «СЕКРЕТ-ГАЗЕТНЫЙ»"
_NAME = "СЕКРЕТ-{:02}Ж"
# Roubles that only one firm has, each as the data set holds it.
REVENUE, EXPORT, DELIVERY, SUPPORT, PURCHASES = 98_765_432_109, 7_654_321_098, 543_210_987, 321_098_765, 6_789_012_345
AMOUNTS = (REVENUE, EXPORT, DELIVERY, SUPPORT, PURCHASES)
DOLLARS = 76_543_210


def write_secret_data_set(folder: Path) -> Path:
    """Write the data set and return its folder."""
    write_small_data_set(folder)
    firms = list(_list_firms())
    tables: dict[str, list[dict[str, Any]]] = {
        "cluster": [
            *_read("cluster"),
            *(_named("cluster_id", name, zone_id=ZONE, source_id="example-register") for name in CLUSTERS),
        ],
        "party": [*_read("party"), *firms, *_list_known()],
        "party_year": [row for firm in firms for year in YEARS for row in _figures(firm, year)],
        "tie": [*_read("tie"), *_list_ties(firms), _told("t-known", "known"), _told("t-secret", "sekret-press")],
        "export_flow": [row for year in YEARS for row in _list_exports(firms, year)],
        "support": [
            {"party_id": firm["party_id"], "measure_id": "grant", "start": "2023-02-01", "amount_rub": amount}
            | {"provider_level": "city", "planned": "false", "source_id": "example-register"}
            for firm, amount in zip(firms[:4], (SUPPORT, 1_000_000, 2_000_000, 3_000_000), strict=True)
        ],
        "stage_capability": [
            {"chain_id": "chain", "stage": stage, "party_id": firm["party_id"], "year": 2024}
            | {"source_id": "example-register"}
            for firm, stage in zip(firms, ("research", "pilot", "serial", "service"), strict=False)
        ],
    }
    for name, rows in tables.items():
        _write(folder / f"{name}.csv", rows)
    return folder


def list_secrets() -> tuple[str, ...]:
    """Return what must not be found: names, ids and amounts in every form they are printed in."""
    number = sum(CLUSTERS.values())
    names = [_NAME.format(place) for place in range(1, number + 1)]
    ids = [f"sekret-{place:02}" for place in range(1, number + 1)]
    others = (CONFIDENTIAL_FIRM, "sekret-press", "t-secret", "секретный товар", "secret goods", "grp-sekret")
    return (*names, *ids, *others, *(form for amount in (*AMOUNTS, DOLLARS) for form in print_amount(amount)))


def print_amount(amount: int) -> tuple[str, ...]:
    """Return an amount as files and pages print it: in full, and scaled, with a name of the scale unless it is long.

    Examples
    --------
    >>> {"987654321", "987,654,321", "987.7\xa0mn", "987,65\xa0млн"} <= set(print_amount(987654321))
    True
    """
    grouped = f"{amount:,}"
    forms = [str(amount), grouped, grouped.replace(",", "\xa0")]
    for power, scales in ((6, ("mn", "млн")), (9, ("bn", "млрд"))):
        for digits in (3, 4, 5, 6):
            scaled = f"{float(f'{amount:.{digits - 1}e}') / 10**power:g}"
            for number, scale in zip((scaled, scaled.replace(".", ",")), scales, strict=True):
                forms.append(f"{number}\xa0{scale}")
                forms += [number] if digits == 6 and "." in scaled and not scaled.startswith("0") else []
    return tuple(dict.fromkeys(forms))


def _list_firms() -> Iterable[dict[str, Any]]:
    place = 0
    for cluster, size in CLUSTERS.items():
        for _ in range(size):
            place += 1
            yield {
                "party_id": f"sekret-{place:02}",
                "name": f"ООО «{_NAME.format(place)}»",
                "name_en": f"{_NAME.format(place)} LLC",
                "kind": "resident",
                "zone_id": ZONE,
                "site_id": "north-one",
                "region_iso": "RU-MOW",
                "country_iso3": "RUS",
                "cluster_id": cluster,
                "industry_scheme": "OKVED2",
                "industry": ("26.20", "28.90", "29.10", "21.20", "17.20")[list(CLUSTERS).index(cluster)],
                "product": "secret goods",
                "product_ru": "секретный товар",
                "holding_id": "grp-sekret" if cluster == "group" else "",
                "source_id": "example-register",
            }


def _list_known() -> list[dict[str, Any]]:
    common = {"kind": "resident", "zone_id": ZONE, "region_iso": "RU-MOW", "country_iso3": "RUS", "product": "pumps"}
    common |= {"product_ru": "насосы", "industry_scheme": "OKVED2", "industry": "28.13", "source_id": "example-press"}
    return [
        {"party_id": "known", "name": PUBLIC_FIRM, **common},
        {"party_id": "sekret-press", "name": CONFIDENTIAL_FIRM, "confidential": "true", **common},
    ]


def _figures(firm: Mapping[str, Any], year: int) -> Iterable[dict[str, Any]]:
    place = int(firm["party_id"][-2:])
    is_largest = place == 1
    revenue = REVENUE if is_largest else 90_000_000 + 1_000_000 * place + year
    yield {
        "party_id": firm["party_id"],
        "year": year,
        "employees": 1000 if is_largest else 40 + place,
        "revenue_rub": revenue,
        "export_rub": EXPORT if is_largest else 9_000_000 + place,
        "purchases_rub": PURCHASES if is_largest else 40_000_000 + place,
        "responded": "true",
    }


def _list_ties(firms: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield deliveries in a ring, a few across, and one in each direction of a region, all from the ledger."""
    ids = [firm["party_id"] for firm in firms]
    pairs = [(ids[i], ids[(i + step) % len(ids)]) for i in range(len(ids)) for step in (1, 4)]
    number = 0
    for year in YEARS:
        for seller, buyer in pairs:
            number += 1
            value = DELIVERY if (seller, buyer) == pairs[0] else 1_000_000 + 1_000 * number
            yield _tie(f"sekret-tie-{number}", seller, buyer, "local", year=year, value_rub=value)
        for buyer in ids[:3]:
            number += 1
            yield _tie(f"sekret-tie-{number}", "institute-tver", buyer, "regional", year=year, value_rub=2_000_000)


def _tie(tie_id: str, seller: str, buyer: str, level: str, **more: Any) -> dict[str, Any]:
    common = {"tie_id": tie_id, "from_party": seller, "to_party": buyer, "level": level, "kind": "supply"}
    goods = {"product": "secret goods", "product_ru": "секретный товар", "status": "actual", "evidence": "ledger"}
    return {**common, **goods, "source_id": "example-register", **more}


def _told(tie_id: str, seller: str) -> dict[str, Any]:
    return _tie(tie_id, seller, "buyers-kaz", "international", kind="export", year=2024) | {
        "product": "pumps",
        "product_ru": "насосы",
        "evidence": "press",
        "source_id": "example-press",
    }


def _list_exports(firms: list[dict[str, Any]], year: int) -> Iterable[dict[str, Any]]:
    """Yield exports: to Kazakhstan of many firms alike, to Uzbekistan of one, to China of many and a giant."""
    for firm in firms:
        place = int(firm["party_id"][-2:])
        if firm["cluster_id"] == "open":
            yield _flow(firm, "KAZ", 9_000_000 + place, year)
            yield _flow(firm, "CHN", 5_000_000 + place, year)
    yield _flow(firms[0], "CHN", EXPORT, year)
    yield _flow(firms[1], "UZB", 76_543_210 * 80, year) | {"value_usd": DOLLARS}


def _flow(firm: Mapping[str, Any], country: str, value: int, year: int) -> dict[str, Any]:
    product = {"product": "8471", "product_scheme": "HS4", "source_id": "example-register"}
    return {"exporter_id": firm["party_id"], "country_iso3": country, "year": year, "value_rub": value, **product}


def _named(key: str, name: str, **more: Any) -> dict[str, Any]:
    return {key: name, "name_ru": f"Кластер {name}", "name_en": f"Cluster {name}", **more}


def _read(table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in csv.DictReader(TABLES[table].splitlines())]


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
