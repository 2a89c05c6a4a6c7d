"""The report of a check as a workbook: all problems in it, the cells coloured where they are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import small_data
from small_data import write_small_data_set
from small_workbook import make_small_book
from workbook_cases import CASES
from zonebook.cli import main
from zonebook.tables import marked_copy
from zonebook.tables.check import check_data_set
from zonebook.tables.problem_book import write_problem_book

ERROR, WARNING = "FFF6B8B0", "FFFFE6A6"


def report(data: Path, target: Path, lang: str = "ru") -> openpyxl.Workbook:
    write_problem_book(check_data_set(data, lang).problems, target, lang)
    return openpyxl.load_workbook(target)


def coloured(sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, str]:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return {cell.coordinate: cell.fill.fgColor.rgb for cell in cells if cell.fill.fgColor.rgb in (ERROR, WARNING)}


def test_cells_are_coloured_where_they_are_in_the_workbook(tmp_path: Path) -> None:
    book = make_small_book()
    book["Связи"].insert_rows(1, 2)
    for cell, value in (("A1", "Связи за год"), ("I4", "1,1 млрд"), ("D5", None), ("C6", "institute-tver")):
        book["Связи"][cell] = value
    book.save(tmp_path / "my.xlsx")
    made = report(tmp_path / "my.xlsx", tmp_path / "errors.xlsx")
    assert made.sheetnames == ["Сводка", "Замечания", "Связи"]
    found = coloured(made["Связи"])
    assert {cell for cell, colour in found.items() if colour == ERROR} == {"I4", "D5"}
    assert {"C6", "A1"} <= found.keys()
    assert made["Связи"]["I4"].value == "1,1 млрд"
    assert made["Связи"]["I7"].value == 50_000_000
    assert "1100000000" in made["Связи"]["I4"].comment.text
    links = {cell.value: cell.hyperlink.location for cell in made["Замечания"]["B"] if cell.hyperlink}
    assert links["Связи!I4"] == "'Связи'!I4"


def test_rows_of_text_files_are_where_an_editor_shows_them(tmp_path: Path) -> None:
    table = 'year,currency,rub_per_unit,note\n2020,USD,72,"two\nlines"\n\n2021,USD,x,\n'
    folder = write_small_data_set(tmp_path / "data", fx=table)
    made = report(folder, tmp_path / "errors.xlsx", "en")
    assert coloured(made["fx"]) == {"C5": ERROR}
    assert made["fx"]["C5"].value == "x"
    assert [cell.value for cell in made["Problems"][2]][:4] == ["error", "fx.csv, row 5", "rub_per_unit", "x"]


def test_all_problems_are_listed_and_those_alike_summed_up(tmp_path: Path) -> None:
    text = small_data.TABLES["tie"]
    rows = "".join(
        f"x{n},firm-boards,firm-trucks,regional,supply,,,2024,v{n},actual,press,example-press,,\n" for n in range(412)
    )
    folder = write_small_data_set(tmp_path / "data", tie=text + rows)
    made = report(folder, tmp_path / "errors.xlsx", "en")
    assert made["Problems"].max_row == 413
    assert [cell.value for cell in made["Summary"][2]][1:5] == [
        "tie.csv",
        "value_rub",
        "412",
        "7, 8, 9, 10, 11, 12, 13, 14, 15, 16",
    ]
    assert len(coloured(made["tie"])) == 412


def test_of_very_large_tables_only_the_rows_concerned_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marked_copy, "_COPIED_WHOLE", 3)
    text = small_data.TABLES["tie"].replace("50000000", "much")
    folder = write_small_data_set(tmp_path / "data", tie=text)
    sheet = report(folder, tmp_path / "errors.xlsx", "en")["tie"]
    rows = [[cell.value for cell in row][:3] for row in sheet.iter_rows()]
    assert rows == [["row", "tie_id", "from_party"], [5, "t4", "firm-boards"]]
    assert coloured(sheet) == {sheet.cell(2, 10).coordinate: ERROR}


def test_files_without_lines_are_counted_below_their_heading(tmp_path: Path) -> None:
    folder = write_small_data_set(tmp_path / "data")
    pq.write_table(
        pa.table({"year": [2020, 1800], "currency": ["USD", "USD"], "rub_per_unit": [72.5, None]}),
        folder / "fx.parquet",
    )
    sheet = report(folder, tmp_path / "errors.xlsx", "en")["fx"]
    assert coloured(sheet) == {"A3": ERROR, "C3": ERROR}
    assert (sheet["A3"].value, sheet["C2"].value) == (1800, 72.5)


@pytest.mark.parametrize("case", CASES[::6], ids=lambda case: case.name)
def test_no_mistake_is_missing_from_the_report(case: object, tmp_path: Path) -> None:
    book = make_small_book()
    case.spoil(book)  # type: ignore[attr-defined]
    book.save(tmp_path / "my.xlsx")
    problems = check_data_set(tmp_path / "my.xlsx", "ru").problems
    made = report(tmp_path / "my.xlsx", tmp_path / "errors.xlsx")
    listed = [(row[4], row[5]) for row in made["Замечания"].iter_rows(min_row=2, values_only=True)]
    assert sorted(listed) == sorted((problem.message, problem.remedy) for problem in problems)
    for problem in problems:
        sheet, _, address = problem.cell.rpartition("!")
        if address and ":" not in address:
            assert address in coloured(made[sheet.strip("'")])


def test_formulas_in_the_data_stay_text(tmp_path: Path) -> None:
    text = small_data.TABLES["source"].replace("Реестр зон примера", "=cmd|x").replace("register\n", "regster\n")
    made = report(write_small_data_set(tmp_path / "data", source=text), tmp_path / "errors.xlsx", "en")
    assert (made["source"]["C2"].value, made["source"]["C2"].data_type) == ("=cmd|x", "s")


def test_a_report_on_sound_data_says_that_all_is_well(tmp_path: Path) -> None:
    made = report(write_small_data_set(tmp_path / "data"), tmp_path / "errors.xlsx")
    assert made["Сводка"]["A2"].value == "Замечаний нет."


def test_the_command_writes_it_and_keeps_json_pure(tmp_path: Path) -> None:
    folder = write_small_data_set(tmp_path / "data", fx="year,currency,rub_per_unit\n2020,USD,x\n")
    words = ["check", str(folder), "--report", str(tmp_path / "errors.xlsx"), "--format", "json"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert done.stdout.endswith("}\n")
    assert "errors.xlsx" in done.stderr
    assert (tmp_path / "errors.xlsx").is_file()


def test_a_report_never_takes_the_place_of_the_data(tmp_path: Path) -> None:
    book = make_small_book()
    book["Связи"]["I2"] = "x"
    book.save(tmp_path / "my.xlsx")
    before = (tmp_path / "my.xlsx").read_bytes()
    for name in ("my.xlsx", "errors.csv"):
        done = CliRunner().invoke(main, ["check", str(tmp_path / "my.xlsx"), "--report", str(tmp_path / name)])
        assert done.exit_code == 2
        assert "Traceback" not in done.output
    assert (tmp_path / "my.xlsx").read_bytes() == before
