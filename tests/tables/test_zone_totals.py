"""Totals of countries and regions against the sum of their zones."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_data
from zonebook.tables.check import check_data_set

TOTAL = "example-total,2023,FY,export_rub,example-official,,60000000000,RUB,false,about,2024-07-03,"


def find(tmp_path: Path, old: str, new: str, **tables: str) -> list[tuple[str, int | None, str]]:
    assert old in small_data.TABLES["zone_year"]
    changed = small_data.TABLES["zone_year"].replace(old, new)
    folder = small_data.write_small_data_set(tmp_path / "data", zone_year=changed, **tables)
    problems = check_data_set(folder).problems
    return [(p.rule, p.row, p.value) for p in problems if p.rule == "zones_exceed_total"]


def test_a_total_below_the_sum_of_its_zones_is_named(tmp_path: Path) -> None:
    found = find(tmp_path, TOTAL, TOTAL.replace("60000000000", "4900000000"))
    assert found == [("zones_exceed_total", 15, "4900000000")]  # 940 m + the corrected 4.3 bn


@pytest.mark.parametrize(
    "new",
    [
        TOTAL.replace("60000000000", "5200000000"),
        TOTAL.replace("60000000000", "4900000000").replace("about", "over"),
        TOTAL.replace("60000000000", "4900000000").replace("FY", "9M"),
        TOTAL.replace("60000000000", "4900000000").replace("RUB,false", "RUB,true"),
        f"{TOTAL}\n{TOTAL.replace('60000000000', '5000000000').replace('official', 'press')}",
    ],
)
def test_what_may_be_right_is_not_named(new: str, tmp_path: Path) -> None:
    assert find(tmp_path, TOTAL, new) == []


def test_a_total_of_a_region_holds_the_zones_of_that_region(tmp_path: Path) -> None:
    zones = small_data.TABLES["zone"].replace("aggregate,RUS,,", "aggregate,RUS,RU-TA,")
    assert find(tmp_path, TOTAL, TOTAL.replace("60000000000", "4200000000"), zone=zones) == []
    found = find(tmp_path, TOTAL, TOTAL.replace("60000000000", "4000000000"), zone=zones)
    assert found == [("zones_exceed_total", 15, "4000000000")]
