"""Problems as text and as JSON, in two languages."""

from __future__ import annotations

import json

import pytest

from zonebook.errors import DataError
from zonebook.tables.problem import Findings, Place, Problem, refuse_errors, to_json, to_text

PLACE = Place("tie", "data/tie.csv")
SHEET = Place("zone", "data.xlsx", "Зоны")


def collect(lang: str, count: int = 1) -> tuple[Problem, ...]:
    findings = Findings(lang)
    for row in range(count):
        findings.add("number_malformed", PLACE, row=row + 2, column="value_rub", value=f"x{row}")
    findings.add("tie_to_itself", PLACE, row=9, column="to_party", value="a")
    return findings.problems()


def test_a_problem_is_a_paragraph_with_place_and_remedy() -> None:
    text = to_text(collect("en"), "en")
    assert "error: data/tie.csv, row 2, column value_rub: 'x0' is not a number.\n    What to do: Write a number" in text
    assert text.endswith("Errors: 1. Warnings: 1.\n")
    assert text.index("error:") < text.index("warning:")


def test_problems_are_said_in_russian() -> None:
    text = to_text(collect("ru"), "ru")
    assert "ошибка: data/tie.csv, строка 2, столбец value_rub: «x0» — не число." in text
    assert text.endswith("Ошибок: 1. Предупреждений: 1.\n")


def test_a_language_without_texts_gets_english() -> None:
    assert to_text(collect("kk"), "kk") == to_text(collect("en"), "en")


def test_many_alike_are_one_paragraph() -> None:
    problems = collect("en", count=412)
    text = to_text(problems, "en")
    assert "rows: 412 (first: 2, 3, 4, 5, 6; values such as x0, x1, x2, x3, x4)" in text
    assert text.count("is not a number") == 1
    assert len(problems) == 413


def test_sheets_are_named() -> None:
    findings = Findings("ru")
    findings.add("zone_without_region", SHEET, row=4, column="Регион", value="z")
    assert "data.xlsx, лист Зоны, строка 4, столбец Регион" in to_text(findings.problems(), "ru")


def test_nothing_wrong_is_said_too() -> None:
    assert to_text((), "en") == "No problems found.\n"
    assert to_text((), "ru") == "Замечаний нет.\n"


def test_json_holds_every_problem_with_all_fields() -> None:
    document = json.loads(to_json(collect("ru", count=5)))
    assert (document["errors"], document["warnings"], len(document["problems"])) == (5, 1, 6)
    first = document["problems"][0]
    assert set(first) == {"severity", "table", "file", "sheet", "row", "column", "value", "rule", "message", "remedy"}
    assert first["row"] == 2
    assert first["message"] == "«x0» — не число."


def test_errors_refuse_a_data_set_and_warnings_do_not() -> None:
    problems = collect("en", count=7)
    with pytest.raises(DataError, match="the data set has errors: 7") as refused:
        refuse_errors(problems, "data")
    assert refused.value.place == "data"
    assert "zonebook check" in refused.value.remedy
    assert "row 2" in refused.value.message
    refuse_errors(tuple(problem for problem in problems if problem.severity == "warning"), "data")


def test_braces_in_cells_are_harmless() -> None:
    findings = Findings("en")
    findings.add("number_malformed", PLACE, row=2, column="value_rub", value="{value.__class__}")
    assert "'{value.__class__}' is not a number." in findings.problems()[0].message
