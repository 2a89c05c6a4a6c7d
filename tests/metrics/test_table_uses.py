"""What tables are good for, from what the catalogue declares."""

from __future__ import annotations

from zonebook.metrics.registry import read_catalogue
from zonebook.metrics.table_uses import list_table_uses
from zonebook.tables.schema import TABLES


def test_every_metric_counts_for_each_of_its_tables() -> None:
    uses = list_table_uses()
    assert uses.keys() == TABLES.keys()
    counted = sum(len(use.measures) for use in uses.values())
    assert counted == sum(len(set(metric.tables)) for metric in read_catalogue().values())


def test_measures_of_the_core_set_come_first_and_the_rest_is_counted() -> None:
    use = list_table_uses()["tie"]
    core = [metric.name for metric in read_catalogue().values() if "tie" in metric.tables and metric.core]
    assert list(use.measures[: len(core)]) == sorted(core, key=core.index)
    assert f"and {len(use.measures) - 6} more" in use.name_measures("en")
    assert use.name_pages("en") == "zones, regions, country"


def test_tables_without_measures_say_what_they_are_for() -> None:
    assert list_table_uses()["source"].name_measures("ru").startswith("Названия")
