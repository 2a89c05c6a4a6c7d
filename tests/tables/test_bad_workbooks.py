"""Mistakes people make in workbooks: each is found in its cell, with what stands there and a remedy."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from small_workbook import make_small_book, save_small_workbook
from workbook_cases import CASES, Case
from zonebook.cli import main
from zonebook.tables.check import check_data_set
from zonebook.tables.problem import Problem, to_text


def find(problems: tuple[Problem, ...], case: Case) -> list[Problem]:
    return [p for p in problems if (p.rule, p.cell) == (case.rule, case.cell) and case.value in p.value]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 50
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_found_in_its_cell_with_a_remedy_in_both_languages(case: Case, tmp_path: Path) -> None:
    book = make_small_book()
    case.spoil(book)
    book.save(tmp_path / "my.xlsx")
    for lang in ("ru", "en"):
        problems = check_data_set(tmp_path / "my.xlsx", lang).problems
        found = find(problems, case)
        assert found, to_text(problems, lang)
        assert len({(p.rule, p.cell, p.table) for p in problems}) == len(problems), "one thing is said once"
        assert all(p.message and p.remedy and "{" not in p.message + p.remedy for p in problems)
        assert any(case.remedy in p.remedy for p in found), found[0].remedy
        assert case.cell in to_text(problems, lang)


@pytest.mark.parametrize("case", CASES[::10], ids=lambda case: case.name)
def test_the_command_says_it_without_a_traceback(case: Case, tmp_path: Path) -> None:
    book = make_small_book()
    case.spoil(book)
    book.save(tmp_path / "my.xlsx")
    done = CliRunner().invoke(main, ["check", str(tmp_path / "my.xlsx"), "--lang", "ru", "--format", "json"])
    document = json.loads(done.output)
    assert done.exit_code == (1 if document["errors"] else 0)
    assert any(problem["rule"] == case.rule for problem in document["problems"])
    assert "Traceback" not in done.output


def test_a_sound_workbook_has_no_problem(tmp_path: Path) -> None:
    for lang in ("ru", "en"):
        assert check_data_set(save_small_workbook(tmp_path / f"{lang}.xlsx", lang)).problems == ()


DAMAGED = {
    "no-zip": (b"PK no zip", "file_unreadable"),
    "empty": (b"", "file_unreadable"),
    "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook_locked"),
    "half": (None, "file_unreadable"),
}


def test_a_workbook_spoilt_in_the_middle_is_said_in_the_language_asked_for(tmp_path: Path) -> None:
    path = save_small_workbook(tmp_path / "my.xlsx")
    content = bytearray(path.read_bytes())
    start = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[start : start + 200] = bytes(200)
    path.write_bytes(content)
    (problem,) = check_data_set(path, "ru").problems
    assert problem.message == "файл не читается: это не книга .xlsx или лишь часть её."


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_one_readable_problem(name: str, tmp_path: Path) -> None:
    path = save_small_workbook(tmp_path / "my.xlsx")
    content, rule = DAMAGED[name]
    path.write_bytes(path.read_bytes()[:3000] if content is None else content)
    assert [(p.rule, p.severity) for p in check_data_set(path).problems] == [(rule, "error")]


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".ods"])
def test_files_of_other_kinds_are_to_be_saved_anew(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"my{suffix}"
    path.write_bytes(b"anything")
    (problem,) = check_data_set(path).problems
    assert problem.rule == "form_unsupported"
    assert ".xlsx" in problem.remedy


def test_a_workbook_without_any_table_says_so(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "my.xlsx")
    assert [p.rule for p in check_data_set(tmp_path / "my.xlsx").problems] == ["not_a_data_set", "table_unknown"]
