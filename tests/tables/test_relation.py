"""Rules between cells: repeated keys, references, compared columns."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_data
from zonebook.tables.check import check_data_set
from zonebook.tables.problem import Problem


def find(folder: Path, rule: str, **changed: str | None) -> list[Problem]:
    problems = check_data_set(small_data.write_small_data_set(folder, **changed)).problems
    return [problem for problem in problems if problem.rule == rule]


def test_each_repetition_names_the_first_row_of_its_key(tmp_path: Path) -> None:
    fx = "year,currency,rub_per_unit\n2024,USD,90\n2023,USD,80\n2024,USD,91\n2024,USD,92\n"
    found = find(tmp_path, "key_twice", fx=fx)
    assert [problem.row for problem in found] == [4, 5]
    assert all("in row 2" in problem.message for problem in found)
    assert "year 2024, currency USD" in found[0].message


def test_numbers_written_in_two_ways_are_one_key(tmp_path: Path) -> None:
    assert len(find(tmp_path, "key_twice", fx="year,currency,rub_per_unit\n2024,USD,90\n2024.0,USD,80\n")) == 1


def test_blank_vintages_are_equal_and_empty_required_keys_are_not_compared(tmp_path: Path) -> None:
    years = "party_id,year,vintage\nfirm-boards,2024,\nfirm-boards,2024,\nfirm-boards,2024,2025-01-01\n"
    assert [problem.row for problem in find(tmp_path / "a", "key_twice", party_year=years)] == [3]
    assert not find(tmp_path / "b", "key_twice", fx="year,currency,rub_per_unit\n,USD,90\n,USD,80\n")


def test_sources_that_disagree_are_two_rows(tmp_path: Path) -> None:
    line = "example-north,export_rub,2030,2000000000,RUB,2023,940000000,example-official,exact,\n"
    other = line.replace("example-official", "example-press").replace("2000000000", "2500000000")
    assert not find(tmp_path / "a", "key_twice", target=small_data.TABLES["target"] + other)
    assert len(find(tmp_path / "b", "key_twice", target=small_data.TABLES["target"] + line)) == 1


@pytest.mark.parametrize(
    ("exporter", "is_known"),
    [
        ("firm-boards", True),
        ("example-north", True),
        ("RU-TVE", True),
        ("DE-BY", True),
        ("RU-XYZ", False),
        ("no-one", False),
    ],
)
def test_an_exporter_is_a_party_a_zone_or_a_region(tmp_path: Path, exporter: str, is_known: bool) -> None:
    flows = f"exporter_id,country_iso3,year\n{exporter},KAZ,2024\n"
    assert (find(tmp_path, "reference_broken", export_flow=flows) == []) is is_known


@pytest.mark.parametrize(
    ("start", "end", "is_fine"),
    [
        ("2024-05-01", "2024-05-01", True),
        ("2024", "2024-05-01", True),
        ("2024-05", "2024", True),
        ("2024-05-02", "01.05.2024", False),
        ("2025", "2024-12", False),
        ("2024", "", True),
    ],
)
def test_dates_are_compared_as_exactly_as_they_are_known(tmp_path: Path, start: str, end: str, is_fine: bool) -> None:
    support = f"party_id,measure_id,start,end\nfirm-boards,loan,{start},{end}\n"
    assert (find(tmp_path, "ends_before_start", support=support) == []) is is_fine


def test_exports_may_equal_revenue(tmp_path: Path) -> None:
    years = "party_id,year,revenue_rub,export_rub\nfirm-boards,2023,5,5\nfirm-boards,2024,,6\n"
    assert not find(tmp_path, "exports_above_revenue", party_year=years)


def test_suggestions_stop_where_they_would_take_long(tmp_path: Path) -> None:
    ties = "tie_id,from_party,to_party,level,kind,evidence\n" + "".join(
        f"t{number},firm-board{number},firm-medicine,local,supply,press\n" for number in range(30)
    )
    found = find(tmp_path, "reference_broken", tie=ties)
    assert len(found) == 30
    assert sum("firm-boards" in problem.remedy for problem in found) == 20


def test_a_site_in_a_zone_that_no_party_is_in_is_elsewhere(tmp_path: Path) -> None:
    party = "party_id,name,kind,zone_id,site_id\na,A,resident,example-volga,north-one\nb,B,resident,example-volga,\n"
    found = find(tmp_path, "site_elsewhere", party=party, tie=None)
    assert [(problem.row, problem.value) for problem in found] == [(2, "north-one")]
    assert "example-north" in found[0].message
