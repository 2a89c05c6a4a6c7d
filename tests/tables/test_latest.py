"""Rows that stand: the last vintage of each key."""

from __future__ import annotations

from pathlib import Path

import small_data
from zonebook.tables.check import check_data_set
from zonebook.tables.latest import find_standing


def test_a_later_vintage_supersedes(tmp_path: Path) -> None:
    normal = check_data_set(small_data.write_small_data_set(tmp_path)).normal["zone_year"]
    superseded = normal.data.filter(~find_standing(normal)).to_pylist()
    assert [(row["zone_id"], row["year"], row["vintage"]) for row in superseded] == [
        ("example-volga", 2023, "2024-03-01")
    ]


def test_rows_without_vintages_all_stand(tmp_path: Path) -> None:
    checked = check_data_set(small_data.write_small_data_set(tmp_path))
    assert find_standing(checked.normal["tie"]).all()
    assert find_standing(checked.normal["zone"]).all()
