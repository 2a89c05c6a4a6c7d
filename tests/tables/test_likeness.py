"""The same firm under two ids, known by its name."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

import small_data
from zonebook.parameters import DEFAULT_PARAMETERS, override
from zonebook.tables import likeness
from zonebook.tables.check import check_data_set
from zonebook.tables.likeness import fold_names
from zonebook.tables.problem import Problem

ROW = "{},{},,resident,example-north,,{},RUS,,,,,,,example-press\n"


def check(tmp_path: Path, rows: list[tuple[str, str, str]], alike: float = 90) -> list[Problem]:
    text = small_data.TABLES["party"] + "".join(ROW.format(*row) for row in rows)
    folder = small_data.write_small_data_set(tmp_path / "data", party=text)
    return list(check_data_set(folder, "en", override(DEFAULT_PARAMETERS, {"name_likeness": alike})).problems)


@pytest.mark.parametrize(
    "name",
    [
        "«Пример Доски»",
        "Общество с ограниченной ответственностью «ПРИМЕР ДОСКИ»",
        "ООО Пример-Доски",
        "Пример Доски ООО",
        "ООО «Пример Даски»",
    ],
)
def test_a_firm_written_otherwise_is_named_with_its_candidate(name: str, tmp_path: Path) -> None:
    (found,) = check(tmp_path, [("firm-other", name, "RU-MOW")])
    assert (found.rule, found.severity, found.row, found.column) == ("names_alike", "warning", 8, "name")
    assert found.value == name
    assert "firm-boards, row 2" in found.message
    assert "'firm-boards'" in found.remedy


def test_firms_of_one_holding_are_counted_as_one(tmp_path: Path) -> None:
    assert "holding_id" not in small_data.TABLES["party"]
    header, *rows = small_data.TABLES["party"].splitlines()
    held = [f"{header},holding_id", *(f"{row},{'group' if row.startswith('firm-boards') else ''}" for row in rows)]
    twin = ROW.format("firm-other", "«Пример Доски»", "RU-MOW").rstrip("\n")
    for holding, count in (("group", 0), ("another", 1), ("", 1)):
        folder = tmp_path / (holding or "none")
        small_data.write_small_data_set(folder, party="\n".join([*held, f"{twin},{holding}"]) + "\n")
        assert len(check_data_set(folder, "en").problems) == count


@pytest.mark.parametrize(
    ("name", "region"),
    [("ООО «Пример Станки»", "RU-MOW"), ("ООО «Пример Доски»", "RU-TA"), ("ООО «Пример Доски 2»", "RU-MOW")],
)
def test_other_names_places_and_numbers_are_other_firms(name: str, region: str, tmp_path: Path) -> None:
    assert check(tmp_path, [("firm-other", name, region)]) == []


def test_how_alike_is_a_parameter_and_zero_looks_for_none(tmp_path: Path) -> None:
    rows = [("firm-other", "ООО «Пример Даски»", "RU-MOW"), ("firm-third", "ООО «Пример Доски»", "RU-MOW")]
    assert {problem.row for problem in check(tmp_path, rows)} == {8, 9}
    assert [problem.row for problem in check(tmp_path, rows, 100)] == [9]
    assert check(tmp_path, rows, 0) == []


def test_of_very_many_names_neighbours_in_the_alphabet_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likeness, "_ALL_COMPARED", 3)
    rows = [("firm-other", "АО «Пример Доскии»", "RU-MOW"), ("firm-far", "ООО «Яхонт»", "RU-MOW")]
    assert [problem.row for problem in check(tmp_path, rows)] == [8]


def test_names_are_folded_to_what_tells_firms_apart() -> None:
    names = ["ПАО «Микрон»", "Mikron PJSC", "ООО НПО «Ёлка»", "Компания «Союз»", None, "ООО"]
    assert fold_names(pa.array(names)).to_pylist() == ["микрон", "mikron", "елка", "компания союз", "", ""]
