"""A country page's key goes by what it has asked: other answers, another key; what it has not asked does not matter."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from row_files import write_row_file
from small_data import write_small_data_set
from small_report import make_result
from zonebook.metrics.result import Evidence, to_frame
from zonebook.metrics.rowfile import RowFile
from zonebook.run.answers import Answers, is_followed, settle_key
from zonebook.tables.check import check_data_set
from zonebook.tables.store import open_data, write_store

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
COUNTRY = ("overview", "comparison", "corridors", "targets", "quality")
ROW = replace(make_result("zone", "alabuga"), metric_id="X01", evidence=Evidence.REGISTER)
ROWS = (ROW, replace(ROW, metric_id="L01"), replace(ROW, scope_type="country", scope_id="RUS", metric_id="L02"))
QUESTIONS = {
    "zone": ["table", "zone"],
    "tie": ["table", "tie"],
    "absent": ["table", "support"],
    "exports": ["rows", "zone_year", "indicator", "export_rub"],
    "jobs": ["rows", "zone_year", "indicator", "jobs"],
    "X01": ["series", "X01"],
    "L01": ["series", "L01"],
    "X99": ["series", "X99"],
    "X01 of zones": ["series", "X01", "zone"],
    "X01 of regions": ["series", "X01", "region"],
    "country": ["scope", "country"],
    "evidence": ["evidence"],
    "names": ["names of series"],
    "kinds": ["kinds of scopes"],
    "all": ["all rows"],
}


def answer(folder: Path, *changes: tuple[str, str, str], rows: tuple[object, ...] = ROWS) -> dict[str, str]:
    """Return the answer to each question, of the small data set with some words in some tables replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    data = write_small_data_set(folder / "data")
    for table, old, new in changes:
        path = data / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    write_store(check_data_set(data), folder / "store")
    answers = Answers(open_data(folder / "store"), write_row_file(to_frame(rows), folder))
    return {"whole": answers.whole} | {name: answers.digest([asked]) for name, asked in QUESTIONS.items()}


def list_changed(old: dict[str, str], new: dict[str, str]) -> set[str]:
    return {name for name in old if old[name] != new[name]}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return answer(tmp_path_factory.mktemp("before"))


def test_the_same_gives_the_same(before: dict[str, str], tmp_path: Path) -> None:
    assert list_changed(before, answer(tmp_path)) == set()


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (("tie", "12000000", "12000001"), {"tie"}),
        (("zone", "Example North", "Example of North"), {"zone"}),
        (("zone_year", "940000000", "940000001"), {"exports"}),
    ],
)
def test_a_changed_cell_changes_the_answers_it_is_in(
    change: tuple[str, str, str], changed: set[str], before: dict[str, str], tmp_path: Path
) -> None:
    assert list_changed(before, answer(tmp_path, change)) == {"whole", *changed}


@pytest.mark.parametrize(
    ("rows", "changed"),
    [
        ((replace(ROW, value=2.5), *ROWS[1:]), {"X01", "X01 of zones"}),
        ((*ROWS[:2], replace(ROWS[2], reason="of it")), {"country"}),
        ((replace(ROW, evidence=Evidence.REPORTED), *ROWS[1:]), {"X01", "X01 of zones", "evidence"}),
        ((*ROWS, replace(ROW, metric_id="X99")), {"X99", "names"}),
        ((*ROWS, replace(ROW, scope_type="region", scope_id="RU-MOW")), {"X01", "X01 of regions", "kinds"}),
    ],
)
def test_a_changed_row_changes_the_answers_it_is_in(
    rows: tuple[object, ...], changed: set[str], before: dict[str, str], tmp_path: Path
) -> None:
    assert list_changed(before, answer(tmp_path, rows=rows)) == {"whole", "all", *changed}


def test_a_table_that_gains_its_first_row_is_known_without_asking(tmp_path: Path) -> None:
    def name() -> list[str]:
        write_store(check_data_set(tmp_path / "data"), tmp_path / "store")
        return Answers(open_data(tmp_path / "store"), RowFile(tmp_path / "metrics.parquet")).names

    write_small_data_set(tmp_path / "data")
    path = tmp_path / "data" / "target.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    assert "target -" in name()
    path.write_text(text, encoding="utf-8")
    assert "target" in name()


def test_without_questions_the_key_goes_by_everything(tmp_path: Path) -> None:
    write_store(check_data_set(write_small_data_set(tmp_path / "data")), tmp_path / "store")
    answers = Answers(open_data(tmp_path / "store"), write_row_file(to_frame(ROWS), tmp_path))
    keys = [settle_key("base", asked, answers) for asked in (None, [], [QUESTIONS["X01"]], [QUESTIONS["L01"]])]
    keys.append(settle_key("other", None, answers))
    assert len({*keys}) == 5


@pytest.mark.parametrize("name", COUNTRY)
def test_the_notebooks_of_country_pages_are_followed(name: str) -> None:
    assert is_followed(NOTEBOOKS / f"{name}.ipynb")


@pytest.mark.parametrize(
    "source",
    [
        "import pandas as pd",
        "from pathlib import Path",
        "from zonebook.tables.store import open_data",
        "open('notes.txt').read()",
        "here.table('tie').to_csv()",
        "tables.zones(here)[0]()",
        "[tables.zones(here) for _ in range(2)]",
        "open_country('overview')",
        "from zonebook.page import open_zone as look\nlook('alabuga')",
        "record(here)",
        "%matplotlib inline",
        "'a' + data",
        "print(__builtins__)",
    ],
)
@pytest.mark.parametrize("is_last", [True, False])
def test_a_cell_of_ones_own_is_not_followed(source: str, is_last: bool, tmp_path: Path) -> None:
    notebook = nbformat.read(NOTEBOOKS / "targets.ipynb", as_version=4)
    cell = nbformat.v4.new_code_cell(source, id="own")
    notebook.cells.insert(len(notebook.cells) if is_last else len(notebook.cells) - 1, cell)
    nbformat.write(notebook, tmp_path / "own.ipynb")
    assert not is_followed(tmp_path / "own.ipynb")


def test_what_is_shown_after_the_record_is_not_followed(tmp_path: Path) -> None:
    notebook = nbformat.read(NOTEBOOKS / "targets.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("tables.zones(here)", id="late"))
    nbformat.write(notebook, tmp_path / "late.ipynb")
    assert not is_followed(tmp_path / "late.ipynb")


def test_a_notebook_without_a_call_is_not_followed(tmp_path: Path) -> None:
    nbformat.write(nbformat.v4.new_notebook(cells=[]), tmp_path / "empty.ipynb")
    assert not is_followed(tmp_path / "empty.ipynb")
