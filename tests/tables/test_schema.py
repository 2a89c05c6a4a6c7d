"""The declaration of the tables is whole, in two languages, and agrees with itself."""

from __future__ import annotations

import re

import pytest

from zonebook.tables.heading import fold_name
from zonebook.tables.schema import COUNTRY, TABLES, Column, Table

LANGUAGES = {"en", "ru"}
CYRILLIC = re.compile("[А-Яа-яЁё]")
CONTRACT = {
    "zone": "zone_id",
    "site": "site_id",
    "region": "region_iso",
    "cluster": "cluster_id",
    "party": "party_id",
    "party_year": "party_id, year, vintage",
    "tie": "tie_id",
    "flow_region": "origin, destination, year, product",
    "distance": "origin, destination",
    "export_flow": "exporter_id, country_iso3, product, year, vintage",
    "employment": "geo, industry_scheme, industry, year",
    "stage_capability": "chain_id, stage, party_id, year",
    "support": "party_id, measure_id, start",
    "zone_year": "zone_id, year, period, indicator, source_id, vintage",
    "bloc_membership": "bloc, country_iso3, valid_from",
    "io_table": "from_region, from_sector, to_region, to_sector, year",
    "fx": "year, currency",
    "source": "source_id",
}
COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns.values()]


@pytest.mark.parametrize(("name", "key"), CONTRACT.items())
def test_keys_are_those_of_the_contract(name: str, key: str) -> None:
    assert ", ".join(TABLES[name].key) == key


def test_two_sources_of_a_target_are_two_rows() -> None:
    assert TABLES["target"].key == ("zone_id", "indicator", "target_year", "source_id")


def test_a_deflator_may_have_several_series() -> None:
    assert TABLES["deflator"].key == ("year", "series")


def test_world_trade_holds_exports_and_where_it_says_so_imports() -> None:
    table = TABLES["world_trade"]
    assert table.key == ("country_iso3", "product", "year", "flow")
    assert (table.columns["flow"].allowed, table.columns["flow"].default) == (("export", "import"), "export")


def test_only_zones_are_required() -> None:
    assert [table.name for table in TABLES.values() if table.required] == ["zone"]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_headings_of_a_table_are_distinct_and_fit_a_sheet(table: Table) -> None:
    for lang in LANGUAGES:
        folded = [fold_name(column.heading[lang]) for column in table.columns.values()]
        assert len(set(folded)) == len(folded)
        assert len(table.heading[lang]) <= 31
        assert not set("[]:*?/\\") & set(table.heading[lang])
    assert list(table.columns)[-1] == "note"


def test_tables_have_distinct_names_in_every_language() -> None:
    for lang in LANGUAGES:
        assert len({fold_name(table.heading[lang]) for table in TABLES.values()}) == len(TABLES)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda part: part.name)
def test_a_column_is_declared_whole(table: Table, column: Column) -> None:
    for texts in (column.heading, column.help):
        assert set(texts) == LANGUAGES
        assert CYRILLIC.search(texts["ru"])
        assert not CYRILLIC.search(texts["en"])
        assert all(text.strip() == text for text in texts.values())
    assert all(text.endswith(".") for text in column.help.values())
    assert set(column.references) <= {*TABLES, COUNTRY}
    assert column.dtype in {"string", "Int64", "float64", "boolean"}
    if column.default and column.allowed:
        assert column.default in column.allowed
    if column.is_year:
        assert (column.minimum, column.maximum) == (1990, 2100)
    if column.name.endswith("_rub"):
        assert (column.unit, column.minimum) == ("RUB", 0)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_rules_of_a_table_name_columns_it_has(table: Table) -> None:
    for group in table.either:
        assert set(group) <= set(table.columns)
    for order in table.ordered:
        assert {order.lower, order.upper} <= set(table.columns)
    for columns in table.share.values():
        assert set(columns) <= set(table.columns)
    assert table.is_whole or set(table.share) == {"zone", "region"}


def test_vintage_tells_versions_of_a_row_apart() -> None:
    assert TABLES["tie"].identity == ("tie_id", "vintage")
    assert TABLES["zone_year"].identity == TABLES["zone_year"].key
    assert TABLES["zone"].identity == ("zone_id",)


def test_text_columns_have_translations_and_codes_have_none() -> None:
    translated = TABLES["tie"].column("product_ru")
    assert translated is not None
    assert translated.heading["ru"] == "Продукция (ru)"
    assert TABLES["tie"].column("kind_ru") is None
    assert TABLES["tie"].column("year_ru") is None
    assert TABLES["tie"].column("nothing_ru") is None
    assert TABLES["zone"].column("note_en") is not None
