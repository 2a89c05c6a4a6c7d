"""The downloads: safe for spreadsheets, complete, the same bytes each time."""

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import small_data
from row_files import write_row_file
from small_report import LANGUAGES, SmallReport, make_result
from zonebook.book import downloads
from zonebook.book.datapackage import make_datapackage
from zonebook.book.derivation import COMMON, forget_derived
from zonebook.book.downloads import (
    guard_text,
    write_common,
    write_csv,
    write_downloads,
    write_lines,
)
from zonebook.book.folder import Folder, list_files
from zonebook.metrics.result import RESULT_COLUMNS, to_frame
from zonebook.settings import DEFAULT_SETTINGS
from zonebook.tables.schema import TABLES
from zonebook.tables.share import Share
from zonebook.tables.store import open_data


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("text", ["=1+1", "+7 495", "-x", "@SUM", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guard_text(text) == f"'{text}"


@pytest.mark.parametrize("value", [-5, -1.5, 0, None, "R&D", "a=b", "", True])
def test_numbers_and_plain_text_are_left_alone(value: object) -> None:
    assert guard_text(value) is value


def test_a_csv_has_one_form() -> None:
    rows = [[1.0, 1.5, None, 'a,"b"', True, float("nan"), 1e20, pd.NA, float("inf")]]
    assert write_csv(list("abcdefghi"), rows) == b'a,b,c,d,e,f,g,h,i\n1,1.5,,"a,""b""",true,,1e+20,,inf\n'


def write_whole(folder: Path, *parts: pd.DataFrame) -> bytes:
    """Return what is written of a frame that comes in parts."""
    write_lines(parts, folder / "rows.csv")
    return (folder / "rows.csv").read_bytes()


def test_a_frame_keeps_whole_numbers_whole_and_missing_text_empty(tmp_path: Path) -> None:
    frame = pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "t": pd.array(["NA", None], dtype="string")})
    assert write_whole(tmp_path, frame) == b"n,t\n1,NA\n,\n"


def test_values_that_are_equal_and_not_alike_stay_apart(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"any": pd.Series([1, True, 1.0, "1", 0.0, False, None], dtype="object"), "n": [-0.0, 0.0] + [1.5] * 5}
    )
    assert write_whole(tmp_path, frame) == b"any,n\n1,0\ntrue,0\n1,1.5\n1,1.5\n0,1.5\nfalse,1.5\n,1.5\n"


def test_metric_rows_are_there_in_three_forms_that_agree(built: SmallReport) -> None:
    data = built.out / "html" / "ru" / "data"
    rows = read(data / "metrics.csv")
    assert tuple(rows[0]) == RESULT_COLUMNS
    assert [row["scope_id"] for row in rows] == ["alabuga", "dubna"]
    assert rows[0]["value"] == "1100000000"
    pd.testing.assert_frame_equal(pd.read_parquet(data / "metrics.parquet").astype(built.metrics.dtypes), built.metrics)
    sheet = openpyxl.load_workbook(data / "metrics.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == list(RESULT_COLUMNS)
    assert sheet.cell(2, RESULT_COLUMNS.index("value") + 1).value == 1.1e9


def test_every_table_and_every_page_has_its_files(built: SmallReport) -> None:
    data = built.out / "html" / "en" / "data"
    for table in ("zone", "region", "source"):
        assert len(read(data / f"{table}.csv")) == len(built.data_set.country().table(table))
    assert read(data / "source.csv")[1]["title"] == "'=cmd"
    exports = read(data / "zones" / "alabuga" / "exports.csv")
    assert exports == [{"country": "'=KAZ", "value": "1.5"}, {"country": "SRB", "value": ""}]
    assert [row["scope_id"] for row in read(data / "overview" / "metrics.csv")] == ["overview"]
    notebook = built.out / "html" / "en" / "notebooks" / "zones" / "alabuga.ipynb"
    assert notebook.read_bytes() == (built.out / "notebooks" / "en" / "zones" / "alabuga.ipynb").read_bytes()


def test_a_page_that_failed_has_no_files(built: SmallReport) -> None:
    assert not (built.out / "html" / "en" / "data" / "zones" / "innopolis").exists()


def test_the_description_for_programs_fits_the_files(built: SmallReport) -> None:
    for lang in LANGUAGES:
        data = built.out / "html" / lang / "data"
        package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
        assert [resource["name"] for resource in package["resources"]] == ["zone", "region", "source", "metrics"]
        for resource in package["resources"]:
            rows = read(data / resource["path"])
            assert [field["name"] for field in resource["schema"]["fields"]] == list(rows[0])
    zone = package["resources"][0]["schema"]
    assert zone["primaryKey"] == ["zone_id"]
    assert {"fields": "region_iso", "reference": {"resource": "region", "fields": "region_iso"}} in zone["foreignKeys"]
    assert next(field for field in zone["fields"] if field["name"] == "type")["constraints"]["enum"][0]


def test_the_description_can_be_made_of_every_table_of_the_schema() -> None:
    package = make_datapackage(list(TABLES), "ru")
    named = {resource["name"] for resource in package["resources"]}
    for resource in package["resources"]:
        fields = {field["name"] for field in resource["schema"]["fields"]}
        assert set(resource["schema"].get("primaryKey", ())) <= fields
        for key in resource["schema"].get("foreignKeys", ()):
            assert key["reference"]["resource"] in named


def test_written_again_nothing_changes_and_what_is_gone_is_removed(fresh: Callable[..., SmallReport]) -> None:
    report = fresh()
    arguments = (report.outcomes, report.data_set, report.rows, report.out)
    write_downloads("en", *arguments)
    html = report.out / "html" / "en"
    before = {name: ((html / name).stat().st_mtime_ns, (html / name).read_bytes()) for name in list_files(html)}
    write_downloads("en", *arguments)
    assert {name: ((html / name).stat().st_mtime_ns, (html / name).read_bytes()) for name in list_files(html)} == before
    write_downloads("en", report.outcomes[:0], *arguments[1:])
    assert not (html / "data" / "zones").exists()
    assert (html / "data" / "zone.csv").exists()


def test_rows_in_parts_are_the_lines_of_the_whole(tmp_path: Path) -> None:
    frame = to_frame([make_result("zone", f"z{number}") for number in range(5)])
    assert write_whole(tmp_path, frame[:2], frame[2:2], frame[2:]) == write_whole(tmp_path, frame)


def test_what_is_the_same_in_every_language_is_written_once_and_copied(
    fresh: Callable[..., SmallReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = fresh()
    write_downloads("en", report.outcomes, report.data_set, report.rows, report.out)
    before = {name: (report.out / "html" / "en" / "data" / name).read_bytes() for name in ("zone.csv", "metrics.xlsx")}
    shutil.rmtree(report.out / "html")
    write_common(report.data_set, report.rows, report.out, DEFAULT_SETTINGS)
    monkeypatch.setattr("zonebook.book.downloads.write_workbook", lambda _, __, path: path.write_bytes(b"made anew"))
    for lang in LANGUAGES:
        write_downloads(lang, report.outcomes, report.data_set, report.rows, report.out)
        data = report.out / "html" / lang / "data"
        assert {name: (data / name).read_bytes() for name in before} == before
    changed = replace(report, metrics=report.metrics.assign(value=1.0)).rows
    write_downloads("en", report.outcomes, report.data_set, changed, report.out)
    assert (report.out / "html" / "en" / "data" / "metrics.xlsx").read_bytes() == b"made anew"


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("zone_year", "940000000", "940000001", {"zone_year"}),
        ("region", "Tatarstan", "Tataria", {"region"}),
        ("source", "2024-12,press", "2024-12,register", {"source", "party", "tie"}),
        ("party", "Example Boards", "Example Screens", {"party", "tie"}),
        ("tie", "dashboards", "panels", {"party", "tie"}),
    ],
)
def test_only_files_of_tables_that_have_changed_are_written(
    table: str, old: str, new: str, expected: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = write_row_file(to_frame([]), tmp_path / "rows")
    text = small_data.TABLES[table]
    before = open_data(small_data.write_small_data_set(tmp_path / "before"))
    after = open_data(small_data.write_small_data_set(tmp_path / "after", **{table: text.replace(old, new)}))
    write_common(before, rows, tmp_path, DEFAULT_SETTINGS)
    write_downloads("en", (), before, rows, tmp_path)
    written = set[str]()
    write_published = downloads._write_published

    def write(data: Folder, whole: Share, publish: Callable[[], Share], name: str, mark: str) -> None:
        written.add(name)
        write_published(data, whole, publish, name, mark)

    monkeypatch.setattr(downloads, "_write_published", write)
    write_common(after, rows, tmp_path, DEFAULT_SETTINGS)
    assert written == expected
    write_downloads("en", (), after, rows, tmp_path)
    assert written == expected  # copied, in each language
    fresh = tmp_path / "fresh"
    write_common(after, rows, fresh, DEFAULT_SETTINGS)
    write_downloads("en", (), after, rows, fresh)
    files = {
        path: [(root / "html" / path).read_bytes() for root in (tmp_path, fresh)] for path in list_files(fresh / "html")
    }
    assert "en/data/zone_year.csv" in files
    assert all(one == other for one, other in files.values())
    forget_derived(COMMON, tmp_path)
    write_common(after, rows, tmp_path, DEFAULT_SETTINGS)
    assert written == set(filter(after.country().has, TABLES))


def test_a_table_that_is_gone_has_no_file_left(tmp_path: Path) -> None:
    rows = write_row_file(to_frame([]), tmp_path / "rows")
    for folder, gone in (("before", {}), ("after", {"site": None, "cluster": None})):
        data_set = open_data(small_data.write_small_data_set(tmp_path / folder, **gone))
        write_common(data_set, rows, tmp_path, DEFAULT_SETTINGS)
        write_downloads("en", (), data_set, rows, tmp_path)
    for place in (tmp_path / "work" / "downloads", tmp_path / "html" / "en" / "data"):
        assert (place / "zone.csv").is_file()
        assert not (place / "site.csv").exists()


def test_nothing_of_an_internal_edition_is_the_same_in_every_language(fresh: Callable[..., SmallReport]) -> None:
    report = fresh()
    internal = replace(DEFAULT_SETTINGS, publish="internal")
    write_common(report.data_set, report.rows, report.out, internal)
    assert not (report.out / "work" / "downloads").exists()
    for lang, mark in (("en", "Internal"), ("ru", "Для служебного")):
        write_downloads(lang, report.outcomes, report.data_set, report.rows, report.out, internal)
        rows = read(report.out / "html" / lang / "data" / "zone.csv")
        assert all(row["edition"].startswith(mark) for row in rows)
        data = report.out / "html" / lang / "data"
        for metrics in (
            pd.read_parquet(data / "metrics.parquet"),
            pd.read_excel(data / "metrics.xlsx", engine="calamine"),
        ):
            assert metrics["edition"].str.startswith(mark).all()
