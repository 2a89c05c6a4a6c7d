"""Every rule of the data contract, broken on purpose and reported in both languages."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import small_data
import workbook_cases
from zonebook.tables.check import BUNDLED, check_data_set, read_bundled
from zonebook.tables.problem import RULES, Problem
from zonebook.tables.schema import TABLES

CYRILLIC = re.compile("[А-Яа-яЁё]")


@dataclass(frozen=True)
class Case:
    """A data set with one mistake, and where it must be found."""

    rule: str
    spoil: Callable[[Path], None]
    table: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    remedy: str = ""


def text(table: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a mistake made by changing the text of a table."""

    def spoil(folder: Path) -> None:
        path = folder / f"{table}.csv"
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    return spoil


def file(name: str, content: str | bytes) -> Callable[[Path], None]:
    """Return a mistake made by adding or overwriting a file."""

    def spoil(folder: Path) -> None:
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)

    return spoil


def removed(*names: str) -> Callable[[Path], None]:
    """Return a mistake made by removing files."""

    def spoil(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return spoil


def emptied(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def vanished(folder: Path) -> None:
    emptied(folder)
    folder.rmdir()


CASES = [
    Case("path_missing", vanished),
    Case("not_a_data_set", emptied),
    Case("table_missing", removed("zone.csv"), "zone"),
    Case("table_unknown", file("zones_years.csv", "a,b\n1,2\n"), value="zones_years.csv", remedy="zone_year"),
    Case("table_unknown", file("budget.csv", "a,b\n1,2\n"), value="budget.csv"),
    Case("table_twice", file("Связи.csv", "tie_id\n"), "tie"),
    Case("file_unreadable", file("fx.parquet", b"no parquet at all"), "fx"),
    Case("encoding_unknown", file("fx.csv", b"year,currency\n2024,\x98\xff\n"), "fx"),
    Case("encoding_unknown", file("fx.csv", "year,currency\n".encode("utf-16")), "fx"),
    Case("empty_file", file("fx.csv", ""), "fx"),
    Case("empty_file", file("fx.csv", "\n\n"), "fx"),
    Case("no_rows", file("fx.csv", "year,currency,rub_per_unit\n"), "fx"),
    Case("no_zones", file("zone.csv", "zone_id,type,name_ru\n"), "zone"),
    Case("row_ragged", file("fx.csv", "year,currency,rub_per_unit\n2023,USD,85\n2024,USD,92,5\n"), "fx", 3),
    Case("heading_unknown", text("tie", "product_ru", "produkt"), "tie", None, "produkt"),
    Case(
        "heading_unknown",
        text("zone", "management_company", "managment_company"),
        "zone",
        None,
        "managment_company",
        remedy="management_company",
    ),
    Case("heading_missing", text("source", "title", ""), "source"),
    Case("heading_twice", text("source", "title", "Код источника"), "source", None, "Код источника"),
    Case("column_missing", text("source", "kind", "sort"), "source", None, "kind"),
    Case("column_missing", text("tie", "from_party", "fromparty"), "tie", None, "from_party", remedy="fromparty"),
    Case("cell_empty", text("tie", "local,supply", ",supply"), "tie", 2, "level"),
    Case("names_empty", text("zone", "ОЭЗ «Пример-Волга»,Example Volga SEZ", ","), "zone", 3, "name_ru"),
    Case("cell_broken", text("tie", "12000000", "#ДЕЛ/0!"), "tie", 2, "value_rub", "#ДЕЛ/0!"),
    Case("number_malformed", text("tie", "12000000", "unknown"), "tie", 2, "value_rub", "unknown"),
    Case("number_malformed", text("tie", "12000000", '"12,000,000"'), "tie", 2, "value_rub", "12,000,000", "12000000"),
    Case("number_malformed", text("tie", "12000000", "NA"), "tie", 2, "value_rub", "NA"),
    Case("number_malformed", text("tie", "12000000", "nan"), "tie", 2, "value_rub", "nan"),
    Case("number_in_words", text("tie", "12000000", '"1,1 млрд"'), "tie", 2, "value_rub", "1,1 млрд", "1100000000"),
    Case(
        "number_in_words",
        text("tie", "12000000", "over 12 mln RUB"),
        "tie",
        2,
        "value_rub",
        "over 12 mln RUB",
        "12000000",
    ),
    Case("number_not_whole", text("tie", "2024,12000000", "2024.5,12000000"), "tie", 2, "year", "2024.5"),
    Case("date_malformed", text("zone", "2005-12-21", "31.02.2005"), "zone", 2, "established", "31.02.2005"),
    Case(
        "boolean_malformed",
        text("zone_year", "RUB,true,exact", "RUB,maybe,exact"),
        "zone_year",
        9,
        "cumulative",
        "maybe",
    ),
    Case(
        "code_unknown",
        text("tie", "t5,firm-medicine,buyers-nam,international", "t5,firm-medicine,buyers-nam,intl"),
        "tie",
        6,
        "level",
        "intl",
    ),
    Case("code_unknown", text("tie", "local,supply", "local,suply"), "tie", 2, "kind", "suply", "supply"),
    Case("country_unknown", text("party", ",NAM,", ",XQX,"), "party", 7, "country_iso3", "XQX"),
    Case(
        "format_broken",
        text("source", "example-register,", "Example Register,"),
        "source",
        2,
        "source_id",
        "Example Register",
        "example-register",
    ),
    Case("format_broken", text("party", ",KAZ,", ",Kazakhstan,"), "party", 6, "country_iso3", "Kazakhstan"),
    Case("format_broken", text("zone", "RU-MOW", "RUMOW"), "zone", 2, "region_iso", "RUMOW"),
    Case("format_broken", text("zone_year", "940000000,RUB", "940,RUB mln"), "zone_year", 2, "unit", "RUB mln"),
    Case("format_broken", text("source", "https://news", "news"), "source", 4, "url", "news.example/zones"),
    Case("letters_mixed", text("zone", "RU-MOW", "RU-МОW"), "zone", 2, "region_iso", "RU-МОW", "RU-MOW"),
    Case("below_minimum", text("tie", "12000000", "-5"), "tie", 2, "value_rub", "-5"),
    Case(
        "figure_negative", text("zone_year", "940000000,RUB", "-940000000,RUB"), "zone_year", 2, "value", "-940000000"
    ),
    Case("above_maximum", text("zone", "55.71", "155.71"), "zone", 2, "latitude", "155.71"),
    Case("year_implausible", text("tie", "2024,12000000", "20244,12000000"), "tie", 2, "year", "20244"),
    Case(
        "key_twice",
        text("source", "example-official", "example-register"),
        "source",
        3,
        "source_id",
        "example-register",
    ),
    Case(
        "key_twice",
        text("zone_year", "2024-09-01,4300000000", "2024-03-01,4300000000"),
        "zone_year",
        12,
        "zone_id",
        "example-volga",
    ),
    Case(
        "reference_broken",
        text("tie", "firm-boards,firm-medicine", "firm-boads,firm-medicine"),
        "tie",
        2,
        "from_party",
        "firm-boads",
        "firm-boards",
    ),
    Case(
        "reference_broken",
        text("cluster", "north-one;north-two", "north-one; north-ten"),
        "cluster",
        2,
        "site_ids",
        "north-one; north-ten",
    ),
    Case("reference_broken", text("party", "RU-TVE", "RU-TVX"), "party", 5, "region_iso", "RU-TVX"),
    Case("reference_table_missing", removed("source.csv"), "zone", None, "source_id"),
    Case("parent_table_missing", removed("party.csv"), "tie", None, "from_party"),
    Case(
        "exports_above_revenue",
        file("party_year.csv", "party_id,year,revenue_rub,export_rub\nfirm-boards,2024,5,6\n"),
        "party_year",
        2,
        "export_rub",
        "6",
    ),
    Case(
        "ends_before_start",
        file("support.csv", "party_id,measure_id,start,end\nfirm-boards,loan,2024-05,2023\n"),
        "support",
        2,
        "start",
        "2024-05",
    ),
    Case(
        "ends_before_start",
        text("target", "2030,2000000000,RUB,2023", "2022,2000000000,RUB,2023"),
        "target",
        2,
        "base_year",
        "2023",
    ),
    Case(
        "tie_to_itself",
        text("tie", "firm-boards,firm-medicine", "firm-boards,firm-boards"),
        "tie",
        2,
        "to_party",
        "firm-boards",
    ),
    Case("zone_without_region", text("zone", "RUS,RU-TA", "RUS,"), "zone", 3, "region_iso", "example-volga"),
    Case(
        "site_elsewhere",
        text("party", "example-volga,,RU-TA", "example-volga,north-one,RU-TA"),
        "party",
        4,
        "site_id",
        "north-one",
    ),
]


def find(problems: tuple[Problem, ...], case: Case) -> list[Problem]:
    found = [p for p in problems if p.rule == case.rule and p.table == case.table and p.row == case.row]
    return [p for p in found if (p.column, p.value) == (case.column, case.value)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.value or case.table}")
def test_rule_is_reported_where_it_is_broken_in_both_languages(case: Case, tmp_path: Path) -> None:
    folder = small_data.write_small_data_set(tmp_path / "data")
    case.spoil(folder)
    reported = {lang: find(check_data_set(folder, lang).problems, case) for lang in ("en", "ru")}
    assert len(reported["en"]) == len(reported["ru"]) == 1
    english, russian = reported["en"][0], reported["ru"][0]
    assert case.remedy in english.remedy
    assert case.remedy in russian.remedy
    assert not CYRILLIC.search(english.message.replace(case.value, "").replace(case.column, ""))
    assert CYRILLIC.search(russian.message)
    assert CYRILLIC.search(russian.remedy)
    assert "{" not in english.message + english.remedy + russian.message + russian.remedy


def test_every_rule_has_a_case() -> None:
    of_files = {"workbook_locked", "form_unsupported"}  # tests/tables/test_bad_workbooks.py
    assert set(RULES) == {case.rule for case in (*CASES, *workbook_cases.CASES)} | of_files


def test_small_data_set_has_no_problem(tmp_path: Path) -> None:
    assert check_data_set(small_data.write_small_data_set(tmp_path)).problems == ()


def test_every_problem_is_found_in_one_run(tmp_path: Path) -> None:
    folder = small_data.write_small_data_set(tmp_path)
    wanted = {"date_malformed", "code_unknown", "below_minimum", "reference_broken", "country_unknown"}
    one_of_each = {case.rule: case for case in CASES if case.rule in wanted}
    for case in one_of_each.values():
        case.spoil(folder)
    rules = {problem.rule for problem in check_data_set(folder).problems}
    assert rules == wanted


def test_later_vintage_is_a_correction_and_not_a_repeated_key(tmp_path: Path) -> None:
    folder = small_data.write_small_data_set(tmp_path)
    frame = check_data_set(folder).tables["zone_year"]
    exports = frame[(frame.zone_id == "example-volga") & (frame.year == 2023)]
    assert exports["vintage"].tolist() == ["2024-03-01", "2024-09-01"]


def test_reported_ties_may_lack_a_year(tmp_path: Path) -> None:
    frame = check_data_set(small_data.write_small_data_set(tmp_path)).tables["tie"]
    assert frame.set_index("tie_id")["year"].isna().to_dict()["t5"]


def test_namibia_is_not_a_missing_value(tmp_path: Path) -> None:
    changed = small_data.TABLES["zone"].replace("Example Volga SEZ", "NA")
    checked = check_data_set(small_data.write_small_data_set(tmp_path, zone=changed))
    assert checked.problems == ()
    assert checked.tables["zone"].set_index("zone_id")["name_en"]["example-volga"] == "NA"


def test_regions_of_other_countries_need_not_be_listed(tmp_path: Path) -> None:
    changed = small_data.TABLES["party"].replace("foreign,,,,KAZ", "foreign,,,KZ-AST,KAZ")
    assert check_data_set(small_data.write_small_data_set(tmp_path, party=changed)).problems == ()


def test_tables_have_declared_columns_and_dtypes(tmp_path: Path) -> None:
    checked = check_data_set(small_data.write_small_data_set(tmp_path))
    for name, frame in checked.tables.items():
        declared = {column.name: column.dtype for column in TABLES[name].columns.values()}
        assert {column: str(frame[column].dtype) for column in declared} == declared


def test_defaults_stand_in_for_empty_cells_and_absent_columns(tmp_path: Path) -> None:
    tables = check_data_set(small_data.write_small_data_set(tmp_path)).tables
    assert tables["party"]["confidential"].tolist() == [False] * 6
    assert tables["target"]["qualifier"].tolist() == ["exact", "about", "exact"]


def test_row_numbers_count_empty_and_many_line_cells(tmp_path: Path) -> None:
    table = 'year,currency,rub_per_unit,note\n2020,USD,72,"two\nlines"\n\n2021,USD,x,\n,,,\n2022,USD,y,\n'
    problems = check_data_set(small_data.write_small_data_set(tmp_path, fx=table)).problems
    assert [(problem.row, problem.value) for problem in problems] == [(5, "x"), (7, "y")]


def test_workbook_problems_name_sheet_and_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Зоны"
    sheet.append(["Код зоны", "Название на русском", "Тип", "Площадь, га", "Дата создания"])
    sheet.append([])
    sheet.append(["z1", "Зона", "aggregate", "сто", pd.Timestamp("2020-02-03")])
    sheet.append(["z2", "Зона", "aggregate", 12.5, 2007])
    path = tmp_path / "data.xlsx"
    book.save(path)
    checked = check_data_set(path, "ru")
    assert [(p.sheet, p.row, p.column, p.value) for p in checked.problems] == [("Зоны", 3, "Площадь, га", "сто")]
    assert checked.tables["zone"]["established"].tolist() == ["2020-02-03", "2007"]


def test_damaged_workbook_is_reported(tmp_path: Path) -> None:
    (tmp_path / "data.xlsx").write_bytes(b"PK no zip")
    problems = check_data_set(tmp_path / "data.xlsx").problems
    assert [problem.rule for problem in problems] == ["file_unreadable"]


def test_an_unreadable_file_is_reported_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_data.write_small_data_set(tmp_path)
    opened = Path.open

    def refuse(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "target.csv" and args == ("rb",) and sys._getframe(1).f_code.co_name == "_find_encoding":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    checked = check_data_set(folder)
    assert [(problem.rule, problem.table) for problem in checked.problems] == [("file_unreadable", "target")]
    assert len(checked.tables["tie"]) == 5


def test_negative_growth_is_no_mistake(tmp_path: Path) -> None:
    changed = small_data.TABLES["zone_year"].replace(
        "FY,export_rub,example-official,,940000000,RUB", "FY,export_growth_pct,example-official,,-12.5,percent"
    )
    assert check_data_set(small_data.write_small_data_set(tmp_path, zone_year=changed)).problems == ()


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_tables_keep_their_own_rules(name: str) -> None:
    with_rows = read_bundled(name)
    assert with_rows.data.num_rows > 80
    source = Path(with_rows.place.file)
    assert source.is_file()


def test_bundled_tables_stand_in_for_absent_ones_only(tmp_path: Path) -> None:
    own = "bloc,country_iso3,valid_from\nEAEU,KAZ,2015-01-01\n"
    checked = check_data_set(small_data.write_small_data_set(tmp_path, bloc_membership=own))
    assert len(checked.tables["bloc_membership"]) == 1
    assert len(checked.tables["hs2"]) == 97
