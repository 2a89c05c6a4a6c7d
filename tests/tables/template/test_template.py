"""The template: everything the contract declares is in it, its examples are sound, and filled it is a data set."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import small_data
from small_data import write_small_data_set
from small_workbook import fill_book, heading_of
from zonebook.cli import main
from zonebook.metrics.table_uses import list_table_uses
from zonebook.tables.check import BUNDLED, check_data_set
from zonebook.tables.heading import recognise_column, recognise_table
from zonebook.tables.remark import is_remark
from zonebook.tables.schema import TABLES
from zonebook.tables.template import OWN_SHEETS, write_template
from zonebook.tables.template.text import LANGUAGES, list_examples, list_tables, separator_of

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(lang: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the template as ``my.xlsx`` and as the folder ``my``."""
    folder = tmp_path_factory.mktemp("template")
    for path in (folder / "my.xlsx", folder / "my"):
        write_template(path, lang, list_table_uses())
    return folder


@pytest.fixture(scope="module")
def book(made: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(made / "my.xlsx")


def test_every_table_has_a_sheet_and_every_column_a_heading_help_comment_and_example(
    book: openpyxl.Workbook, lang: str
) -> None:
    assert book.sheetnames[1:-1] == [table.heading[lang] for table in TABLES.values() if not table.supplementary]
    for table in list_tables():
        sheet = book[table.heading[lang]]
        assert recognise_table(sheet.title) == table.name
        assert sheet.freeze_panes == "B2"
        for cell, column in zip(sheet[1], table.columns.values(), strict=True):
            assert recognise_column(table, cell.value) == column.name
            assert column.help[lang] in cell.comment.text
            assert all(code in cell.comment.text for code in column.allowed)
            assert column.help[lang] in sheet.cell(2, cell.column).value
        shown = [row for row in sheet.iter_rows(min_row=3, values_only=True) if any(row)]
        assert len(shown) == len(list_examples(table, lang))
        assert is_remark(str(shown[0][0]))
        filled = [any(row[position] not in (None, "") for row in shown) for position in range(len(table.columns))]
        assert all(filled), sheet.title


def test_lists_offer_codes_ids_and_countries(book: openpyxl.Workbook, lang: str) -> None:
    for table in list_tables():
        offered = {
            str(rule.sqref).partition(":")[0].rstrip("0123456789"): rule
            for rule in book[table.heading[lang]].data_validations.dataValidation
        }
        for letter, column in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", table.columns.values(), strict=False):
            if column.allowed:
                assert offered[letter].formula1 == f'"{",".join(column.allowed)}"'
            elif len(column.references) == 1 and not column.is_list:
                target = TABLES[column.references[0]].heading[lang]
                assert f"'{target}'!$A$" in offered[letter].formula1
            elif column.is_year:
                assert (offered[letter].type, offered[letter].formula1) == ("whole", "1990")
    countries = [row[0] for row in book[book.sheetnames[-1]].iter_rows(min_row=2, values_only=True)]
    assert {"KAZ", "NAM", "RUS"} <= set(countries)
    assert len(countries) > 200


def test_dates_and_numbers_have_their_formats(book: openpyxl.Workbook, lang: str) -> None:
    sheet = book[TABLES["party_year"].heading[lang]]
    formats = {name: sheet.cell(3, n).number_format for n, name in enumerate(TABLES["party_year"].columns, start=1)}
    assert formats["revenue_rub"] == "#,##0"
    assert formats["year"] == "0"
    assert set(formats["vintage"]) >= set("dmy")
    assert sheet.column_dimensions["E"].width > 12


def test_the_first_sheet_says_which_tables_bring_which_pages(book: openpyxl.Workbook, lang: str) -> None:
    rows = {row[0]: row for row in book.worksheets[0].iter_rows(values_only=True) if row[1]}
    assert {table.heading[lang] for table in list_tables()} <= rows.keys()
    uses = list_table_uses()
    for table in list_tables():
        row = rows[table.heading[lang]]
        assert row[1] == table.help[lang]
        assert bool(row[2]) == table.required
        assert row[4] == uses[table.name].name_measures(lang)
    assert uses["flow_region"].measures[0][lang] in rows[TABLES["flow_region"].heading[lang]][4]
    assert book.sheetnames[0] in OWN_SHEETS


def test_the_folder_has_the_same_headings_help_and_examples(made: Path, lang: str) -> None:
    for table in list_tables():
        text = (made / "my" / f"{table.name}.csv").read_text(encoding="utf-8-sig")
        heading, help_row, *examples = csv.reader(io.StringIO(text), delimiter=separator_of(lang))
        assert [recognise_column(table, cell) for cell in heading] == list(table.columns)
        assert is_remark(help_row[0])
        assert len(examples) == len(list_examples(table, lang))
        assert all(is_remark(row[0]) for row in examples)
    assert TABLES["tie"].help[lang] in (made / "my" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["my.xlsx", "my"])
def test_nothing_of_an_unfilled_template_is_taken_for_data(made: Path, name: str) -> None:
    checked = check_data_set(made / name)
    assert {problem.rule for problem in checked.problems} == {"no_zones", "no_rows"}
    assert checked.normal.keys() == {"zone", *BUNDLED}


def test_the_examples_together_are_a_sound_data_set(made: Path, lang: str, tmp_path: Path) -> None:
    for path in (made / "my").glob("*.csv"):
        text = path.read_text(encoding="utf-8-sig")
        (tmp_path / path.name).write_text(text.replace("#example: ", "").replace("#пример: ", ""), encoding="utf-8")
    checked = check_data_set(tmp_path)
    assert checked.problems == ()
    assert all(checked.normal[table.name].data.num_rows for table in list_tables())


def fill_template(made: Path, name: str, lang: str, target: Path) -> Path:
    """Fill a copy of the template with the small data set, as a script would, and return its path."""
    if name.endswith(".xlsx"):
        book = fill_book(openpyxl.load_workbook(made / name), small_data.TABLES, lang)
        book.save(target / name)
        return target / name
    filled = target / name
    filled.mkdir()
    for path in (made / name).glob("*.csv"):
        lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=separator_of(lang)))
        names, *rows = csv.reader(io.StringIO(small_data.TABLES.get(path.stem, "x")))
        extra = [name for name in names if rows and name not in TABLES[path.stem].columns]
        heading = [*lines[0], *(heading_of(path.stem, name, lang) for name in extra)]
        places = [*TABLES[path.stem].columns, *extra]
        added = [[dict(zip(names, row, strict=True)).get(place, "") for place in places] for row in rows]
        with (filled / path.name).open("w", encoding="utf-8-sig", newline="") as file:
            padded = [[*line, *[""] * len(extra)] for line in lines[1:]]
            csv.writer(file, delimiter=separator_of(lang)).writerows([heading, *padded, *added])
    return filled


@pytest.mark.parametrize("name", ["my.xlsx", "my"])
def test_a_filled_template_is_the_data_set_it_was_filled_with(made: Path, name: str, lang: str, tmp_path: Path) -> None:
    checked = check_data_set(fill_template(made, name, lang, tmp_path), lang)
    assert checked.problems == ()
    expected = check_data_set(write_small_data_set(tmp_path / "data"))
    for table, normal in expected.normal.items():
        assert checked.normal[table].data.to_pydict() == {
            column: normal.data.to_pydict().get(column, [None] * normal.data.num_rows)
            for column in checked.normal[table].data.column_names
        }


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["my.xlsx", "my"])
def test_a_filled_template_becomes_a_chapter(
    made: Path, name: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name.endswith(".xlsx") != (lang == LANGUAGES[0]):
        pytest.skip("each form and each language is built once")
    monkeypatch.chdir(ROOT)
    filled = fill_template(made, name, lang, tmp_path)
    words = [
        "build",
        filled,
        "--zones",
        "example-north",
        "--regions",
        "RU-MOW",
        "--lang",
        lang,
        "--out",
        tmp_path / "out",
    ]
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    page = (tmp_path / "out" / "html" / lang / "zones" / "example-north.html").read_text(encoding="utf-8")
    assert {"ru": "ОЭЗ «Пример-Север»", "en": "Example North SEZ"}[lang] in page
    assert "example-zone" not in page


@pytest.mark.parametrize("name", ["my.xlsx", "my"])
def test_what_is_there_is_not_overwritten(made: Path, name: str, lang: str) -> None:
    done = CliRunner().invoke(main, ["template", str(made / name), "--lang", lang])
    assert done.exit_code == 2
    assert "is there already" in done.output


def test_the_command_writes_where_it_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["template", str(tmp_path / "new" / "my.xlsx"), "--lang", "ru"])
    assert (done.exit_code, done.output) == (0, f"Template: {tmp_path / 'new' / 'my.xlsx'}\n")
    assert (tmp_path / "new" / "my.xlsx").is_file()
    assert CliRunner().invoke(main, ["template", str(tmp_path / "x"), "--lang", "xx"]).exit_code == 2


@pytest.mark.parametrize("name", ["my.xls", "my.csv", "my.xlsm"])
def test_files_of_other_kinds_are_refused(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["template", str(tmp_path / name)])
    assert done.exit_code == 2
    assert ".xlsx" in done.output
    assert not (tmp_path / name).exists()


def test_the_same_template_is_the_same_bytes(made: Path, lang: str, tmp_path: Path) -> None:
    write_template(tmp_path / "my.xlsx", lang, list_table_uses())
    assert (tmp_path / "my.xlsx").read_bytes() == (made / "my.xlsx").read_bytes()
