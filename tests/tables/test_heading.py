"""Names of tables and columns are recognised as people write them."""

from __future__ import annotations

import pytest

from zonebook.tables.heading import find_nearest_column, find_nearest_table, recognise_column, recognise_table
from zonebook.tables.schema import TABLES

ZONE = TABLES["zone"]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("zone", "zone"),
        ("Zone", "zone"),
        ("Зоны", "zone"),
        ("ПОКАЗАТЕЛИ  ЗОН", "zone_year"),
        ("Zones by year", "zone_year"),
        ("Таблица «затраты — выпуск»", "io_table"),
        ("budget", None),
    ],
)
def test_tables_are_recognised_in_every_language(name: str, table: str | None) -> None:
    assert recognise_table(name) == table


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("zone_id", "zone_id"),
        ("ZONE_ID", "zone_id"),
        ("Код зоны", "zone_id"),
        ("Площадь,\u00a0га", "area_ha"),
        ("Area, ha", "area_ha"),
        ("note_ru", "note_ru"),
        ("Примечание (ru)", "note_ru"),
        ("Note (en)", "note_en"),
        ("type_ru", None),
        ("Тип (ru)", None),
        ("budget", None),
        ("", None),
    ],
)
def test_columns_are_recognised_in_every_language(heading: str, column: str | None) -> None:
    assert recognise_column(ZONE, heading) == column


def test_every_declared_name_is_recognised() -> None:
    for table in TABLES.values():
        for column in table.columns.values():
            assert {recognise_column(table, name) for name in (column.name, *column.heading.values())} == {column.name}


def test_misspelt_names_have_a_nearest() -> None:
    assert find_nearest_column(ZONE, "managment_company") == "management_company"
    assert find_nearest_column(ZONE, "Управляющая компани") == "management_company"
    assert find_nearest_column(ZONE, "xyz") == ""
    assert find_nearest_table("ties", "en") == "tie"
    assert find_nearest_table("Показатель зон", "en") == "zone_year"
