"""Sums that exceed their totals are named once, in the total's cell; what is rounded or superseded is not."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_data
from zonebook.parameters import DEFAULT_PARAMETERS, override
from zonebook.tables.check import check_data_set
from zonebook.tables.problem import Problem

FIRMS = "party_id,year,vintage,revenue_rub,export_rub,purchases_rub\n"


def check(tmp_path: Path, tolerance: float = 0.05, **tables: str) -> list[Problem]:
    folder = small_data.write_small_data_set(tmp_path / "data", **tables)
    found = check_data_set(folder, parameters=override(DEFAULT_PARAMETERS, {"sum_tolerance": tolerance})).problems
    assert {problem.severity for problem in found} <= {"warning"}
    return list(found)


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("firm-medicine,2024,,,,12000000", []),
        ("firm-medicine,2024,,,,11500000", []),
        ("firm-medicine,2024,,,,11000000", ["local_exceeds_purchases", "ties_exceed_purchases"]),
        ("firm-medicine,2023,,,,1", []),
        ("firm-boards,2024,,13000000,,", []),
        ("firm-boards,2024,,9000000,,", ["ties_exceed_revenue"]),
        ("firm-boards,2025,,60000000,49000000,", []),
        ("firm-boards,2025,,60000000,40000000,", ["ties_exceed_exports"]),
        ("firm-boards,2025,,45000000,40000000,", ["ties_exceed_exports", "ties_exceed_revenue"]),
        ("firm-boards,2024,2025-01-01,1,,\nfirm-boards,2024,2025-02-01,13000000,,", []),
    ],
)
def test_ties_are_compared_with_the_yearly_figures(row: str, rules: list[str], tmp_path: Path) -> None:
    found = check(tmp_path, party_year=f"{FIRMS}{row}\n")
    assert sorted(problem.rule for problem in found) == rules
    assert {problem.row for problem in found} <= {2}
    assert {problem.column for problem in found} <= {"purchases_rub", "revenue_rub", "export_rub"}


def test_the_tolerance_is_a_parameter(tmp_path: Path) -> None:
    row = f"{FIRMS}firm-boards,2024,,9000000,,\n"
    assert len(check(tmp_path, 0.3, party_year=row)) == 1
    assert check(tmp_path, 0.4, party_year=row) == []


def test_ties_that_are_planned_or_superseded_do_not_count(tmp_path: Path) -> None:
    heading = "tie_id,from_party,to_party,level,kind,year,value_rub,status,evidence,vintage\n"
    ties = [
        "t1,firm-boards,firm-medicine,local,supply,2024,90,actual,contract,2025-01-01",
        "t1,firm-boards,firm-medicine,local,supply,2024,9,actual,contract,2025-02-01",
        "t2,firm-boards,firm-medicine,local,supply,2024,90,planned,contract,",
        "t3,firm-boards,firm-medicine,local,licence,2024,90,actual,contract,",
    ]
    firms = f"{FIRMS}firm-medicine,2024,,,,10\n"
    assert check(tmp_path, tie=heading + "\n".join(ties) + "\n", party_year=firms) == []
    more = heading + "\n".join(tie.replace("planned", "actual") for tie in ties) + "\n"
    found = check(tmp_path, tie=more, party_year=firms)
    assert [problem.rule for problem in found] == ["local_exceeds_purchases", "ties_exceed_purchases"]
    assert "99" in found[0].message


def test_exports_by_country_are_compared_with_all_exports(tmp_path: Path) -> None:
    flows = (
        "exporter_id,country_iso3,product,year,value_rub\nfirm-boards,KAZ,8471,2024,7\nfirm-boards,NAM,8471,2024,5\n"
    )
    found = check(tmp_path, export_flow=flows, party_year=f"{FIRMS}firm-boards,2024,,100000000,10,\n")
    assert [(problem.rule, problem.value) for problem in found] == [("flows_exceed_exports", "10")]
    assert check(tmp_path, export_flow=flows, party_year=f"{FIRMS}firm-boards,2024,,100000000,12,\n") == []


def test_residents_are_compared_with_their_zone(tmp_path: Path) -> None:
    firms = f"{FIRMS}firm-boards,2023,,,600000000,\nfirm-medicine,2023,,,500000000,\nfirm-trucks,2023,,,3000000000,\n"
    (found,) = check(tmp_path, party_year=firms)
    assert (found.rule, found.table, found.row, found.value) == ("firms_exceed_zone", "zone_year", 2, "940000000")
    assert "1100000000" in found.message
    assert check(tmp_path, 0.2, party_year=firms) == []
    assert check(tmp_path, party_year=firms.replace(",2023,", ",2024,")) == []  # "over" tells no upper bound
