"""Figures many times those of the year before."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_data
from zonebook.parameters import DEFAULT_PARAMETERS, override
from zonebook.tables.check import check_data_set
from zonebook.tables.problem import Problem

FIRMS = "party_id,year,vintage,employees,revenue_rub,capex_rub\n"


def check(tmp_path: Path, factor: float = 10, **tables: str) -> list[Problem]:
    folder = small_data.write_small_data_set(tmp_path / "data", **tables)
    found = check_data_set(folder, "en", override(DEFAULT_PARAMETERS, {"jump_factor": factor})).problems
    return [problem for problem in found if problem.rule == "figure_jumps"]


def test_a_unit_that_changed_is_named_in_the_later_year(tmp_path: Path) -> None:
    rows = "firm-boards,2022,,90,5000000000,\nfirm-boards,2023,,95,5200000,\nfirm-boards,2024,,97,5300000,\n"
    (found,) = check(tmp_path, party_year=FIRMS + rows)
    assert (found.rule, found.severity, found.row, found.column) == ("figure_jumps", "warning", 3, "revenue_rub")
    assert found.value == "5200000"
    assert "962 times" in found.message


@pytest.mark.parametrize(
    "rows",
    [
        "firm-boards,2022,,9,10,\nfirm-boards,2023,,90,100,\n",  # ten times, not more
        "firm-boards,2022,,9,10,\nfirm-boards,2024,,9,1000,\n",  # a year between
        "firm-boards,2022,,9,10,\nfirm-trucks,2023,,9,1000,\n",  # another firm
        "firm-boards,2022,,9,0,\nfirm-boards,2023,,9,1000,\n",  # the first sales
        "firm-boards,2022,,9,,1\nfirm-boards,2023,,9,,1000\n",  # investment comes in lumps
        "firm-boards,2022,2023-01-01,9,10,\nfirm-boards,2022,2023-02-01,9,900,\nfirm-boards,2023,,9,1000,\n",
    ],
)
def test_what_may_be_right_is_not_named(rows: str, tmp_path: Path) -> None:
    assert check(tmp_path, party_year=FIRMS + rows) == []


def test_the_factor_is_a_parameter(tmp_path: Path) -> None:
    rows = "firm-boards,2022,,9,10,\nfirm-boards,2023,,9,50,\n"
    assert check(tmp_path, 5, party_year=FIRMS + rows) == []
    assert [problem.rule for problem in check(tmp_path, 4, party_year=FIRMS + rows)] == ["figure_jumps"]


def test_figures_of_zones_are_compared_within_indicator_and_period(tmp_path: Path) -> None:
    changed = small_data.TABLES["zone_year"].replace("940000000,RUB", "94000000,RUB")
    found = check(tmp_path, zone_year=changed)
    assert [(problem.rule, problem.row, problem.value) for problem in found] == [("figure_jumps", 3, "1100000000")]


def test_of_sources_that_disagree_the_nearest_is_compared(tmp_path: Path) -> None:
    row = "example-north,2023,FY,export_rub,example-official,,940000000,RUB,false,exact,2024-03-01,\n"
    other = row.replace("940000000", "94000000").replace("official", "press")
    changed = small_data.TABLES["zone_year"].replace(row, row + other)
    assert check(tmp_path, zone_year=changed) == []
