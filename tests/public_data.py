"""The public data set and the facts it was made from, as the tests read them."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
DATA = REPOSITORY / "data"
FACTS = REPOSITORY / ".." / "shared" / "facts"
VINTAGE = "2026-11-22"

AGGREGATES = {"ru-total", "moscow-region-total", "moscow-city", "kz-total", "world", "ru-industrial-parks"}

# The contract's columns of every table the public data set brings, in the contract's order.
CONTRACT = {
    "zone": "zone_id name_ru name_en type country_iso3 region_iso established area_ha latitude longitude "
    "management_company source_id",
    "site": "site_id zone_id name_ru name_en latitude longitude area_ha source_id",
    "region": "region_iso name_ru name_en federal_district latitude longitude population grp_rub",
    "cluster": "cluster_id zone_id name_ru name_en",
    "party": "party_id name name_en kind zone_id site_id region_iso country_iso3 cluster_id industry_scheme industry "
    "product since holding_id confidential source_id",
    "tie": "tie_id from_party to_party level kind product_scheme product year value_rub quantity quantity_unit status "
    "evidence source_id vintage",
    "zone_year": "zone_id year period indicator source_id vintage value unit cumulative qualifier source_date note",
    "target": "zone_id indicator target_year target_value unit base_year base_value source_id",
    "bloc_membership": "bloc country_iso3 valid_from valid_to",
    "deflator": "year index_2020",
    "fx": "year currency rub_per_unit",
    "source": "source_id url title publisher date kind licence",
    "region_year": "region_iso year indicator value source_id",
    "tile": "region_iso row col",
    "industry": "code level section name_ru name_en",
    "hs2": "hs2 name_ru name_en",
}

KEYS = {
    "zone": ["zone_id"],
    "site": ["site_id"],
    "region": ["region_iso"],
    "cluster": ["cluster_id"],
    "party": ["party_id"],
    "tie": ["tie_id"],
    "zone_year": ["zone_id", "year", "period", "indicator", "source_id", "vintage"],
    "target": ["zone_id", "indicator", "target_year", "source_id"],
    "bloc_membership": ["bloc", "country_iso3", "valid_from"],
    "deflator": ["year", "series"],
    "fx": ["year", "currency"],
    "source": ["source_id"],
    "region_year": ["region_iso", "year", "indicator"],
    "tile": ["region_iso"],
    "industry": ["code"],
    "hs2": ["hs2"],
}


@cache
def read_table(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))


def data(table: str) -> tuple[dict[str, str], ...]:
    return read_table(DATA / f"{table}.csv")


@cache
def data_by_id(table: str) -> dict[str, dict[str, str]]:
    return {row[KEYS[table][0]]: row for row in data(table)}


def facts(name: str) -> tuple[dict[str, str], ...]:
    if not FACTS.is_dir():
        pytest.skip("the collected facts are not beside this checkout")
    return read_table(FACTS / f"{name}.csv")


def url_of(row: dict[str, str]) -> str:
    return data_by_id("source")[row["source_id"]]["url"] or "general-knowledge"


def count(rows, *columns: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[column] for column in columns) for row in rows)


def count_facts(rows, *columns: str) -> Counter[tuple[str, ...]]:
    return count(rows, *columns, "source_url")


def count_data(rows, *columns: str) -> Counter[tuple[str, ...]]:
    return Counter((*(row[column] for column in columns), url_of(row)) for row in rows)
