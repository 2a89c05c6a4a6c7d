"""Editions opened from data sets and output folders; the command that compares them."""

import base64
import json
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edition_pairs import RANK, ROW
from own_fonts import NAME, write_family
from small_data import TABLES, write_small_data_set
from small_workbook import save_small_workbook
from zonebook.cli import main
from zonebook.editions import open_edition
from zonebook.errors import DataError
from zonebook.metrics.result import to_frame
from zonebook.tables.check import check_data_set
from zonebook.tables.store import write_store

ROOT = Path(__file__).parents[1]
REVISED = "example-north,2024,FY,revenue_rub,example-official,2025-09-01,95000000000,RUB,false,about,2025-09-01,\n"
ZONE = "example-new,Новая,New <script>,other,RUS,RU-TVE,2024,10,56.8,35.9,,example-register\n"
LOST = next(line for line in TABLES["tie"].splitlines(keepends=True) if line.startswith("t2,"))


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def _run(*words: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, words)])


def _write_output(folder: Path, *, value: float = 0.5) -> Path:
    data = write_small_data_set(folder / "tables")
    write_store(check_data_set(data), folder / "store")
    to_frame([ROW, RANK]).assign(value=[value, 3.0]).to_parquet(folder / "metrics.parquet", index=False)
    manifest = {"zonebook": "0.1.0", "parameters": {"publish": "public", "year": 2025}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_data_sets_are_compared_as_page_and_file(tmp_path: Path) -> None:
    old = write_small_data_set(tmp_path / "old")
    changed = {"zone_year": TABLES["zone_year"] + REVISED, "zone": TABLES["zone"] + ZONE}
    new = write_small_data_set(tmp_path / "new", tie=TABLES["tie"].replace(LOST, ""), **changed)
    done = _run(old, new, "--lang", "en", "-o", tmp_path / "out" / "d.html")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "out" / "d.html").read_text(encoding="utf-8")
    listing = (tmp_path / "out" / "d.csv").read_text(encoding="utf-8")
    for said in ("1 new zone", "1 revised figure", "1 lost tie", "90\u00a0bn\u00a0RUB", "95\u00a0bn\u00a0RUB"):
        assert said in page
    assert "<script" not in page
    assert "place,new,zone,,zone,example-new" in listing
    assert "tie,gone,tie,,tie,t2" in listing


@pytest.mark.parametrize(("lang", "said"), [("ru", "Издатель: Агентство <зон>. Тел. 1"), ("en", "Agency")])
def test_the_page_has_the_brand_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_family(tmp_path / "letters")
    (tmp_path / "mark.svg").write_text("<svg/>", encoding="utf-8")
    brand = {"colours": {"accent": ["#7a0000", "#ff9999"]}, "font": "letters", "logo": "mark.svg"}
    brand |= {"publisher": "Агентство <зон>", "imprint": {"ru": "Тел. 1", "en": "Agency"}}
    (tmp_path / "parameters.yml").write_text(json.dumps(brand), encoding="utf-8")
    old, new = _write_output(tmp_path / "a"), _write_output(tmp_path / "b", value=0.7)
    done = _run(old, new, "--lang", lang, "-o", tmp_path / "d.html")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "d.html").read_text(encoding="utf-8")
    assert page.count("--zb-accent:#7a0000") == 2  # on light paper, and in print
    assert "--zb-accent:#ff9999" in page
    assert f'--zb-font:"{NAME}","Fira Sans"' in page
    logo = base64.b64encode(b"<svg/>").decode()
    assert f'<img class="zb-logo" src="data:image/svg+xml;base64,{logo}" alt="Агентство &lt;зон&gt;">' in page
    assert said in unescape(page[page.index("<footer") :])


def test_a_logo_that_is_not_there_is_said_and_no_page_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parameters.yml").write_text("logo: gone.svg", encoding="utf-8")
    done = _run(_write_output(tmp_path / "a"), _write_output(tmp_path / "b"), "-o", tmp_path / "d.html")
    assert done.exit_code == 2
    assert "no logo 'gone.svg'" in done.output
    assert not (tmp_path / "d.html").exists()


@pytest.mark.parametrize(("lang", "said"), [("ru", "1 пересмотренное число"), ("en", "1 revised figure")])
def test_workbooks_are_compared_as_they_lie_there(tmp_path: Path, lang: str, said: str) -> None:
    old = save_small_workbook(tmp_path / "старая.xlsx", tie=TABLES["tie"])
    new = save_small_workbook(
        tmp_path / "new.xlsx", zone_year=TABLES["zone_year"] + REVISED, tie=TABLES["tie"].replace(LOST, "")
    )
    done = _run(old, new, "--lang", lang, "-o", tmp_path / "d.html")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "d.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert said in page
    assert "старая.xlsx" in page
    assert "tie,gone,tie,,tie,t2" in (tmp_path / "d.csv").read_text(encoding="utf-8")


def test_outputs_are_compared_without_computing_and_told_in_the_first_language(tmp_path: Path) -> None:
    old, new = _write_output(tmp_path / "old"), _write_output(tmp_path / "new", value=0.75)
    done = _run(old, new)
    assert done.exit_code == 0
    assert "1\u00a0изменившееся значение" in done.output.replace("1 изм", "1\u00a0изм")
    assert "50 % → 75 %; +25 п. п." in done.output.replace("\u00a0", " ")


def test_the_same_output_twice_has_not_changed(tmp_path: Path) -> None:
    folder = _write_output(tmp_path / "one")
    done = _run(folder, folder, "--lang", "en")
    assert (done.exit_code, done.output) == (0, "Nothing has changed from “one” to “one”.\n")


@pytest.mark.parametrize("part", ["manifest.json", "metrics.parquet", "store"])
def test_an_output_with_a_part_missing_is_refused_with_a_remedy(tmp_path: Path, part: str) -> None:
    folder = _write_output(tmp_path / "one")
    if part == "store":
        (folder / "store" / "store.json").unlink()
    else:
        (folder / part).unlink()
    with pytest.raises(DataError, match=f"without {part}") as caught:
        open_edition(folder)
    assert caught.value.remedy


def test_a_store_or_rows_of_another_version_and_a_broken_manifest_are_refused(tmp_path: Path) -> None:
    folder = _write_output(tmp_path / "one")
    card = folder / "store" / "store.json"
    card.write_text(json.dumps({**json.loads(card.read_text(encoding="utf-8")), "format": 1}), encoding="utf-8")
    with pytest.raises(DataError, match="another version"):
        open_edition(folder)
    folder = _write_output(tmp_path / "two")
    to_frame([ROW]).drop(columns=["vintage"]).to_parquet(folder / "metrics.parquet", index=False)
    with pytest.raises(DataError, match="another version"):
        open_edition(folder)
    (folder / "manifest.json").write_text("[", encoding="utf-8")
    with pytest.raises(DataError, match="no manifest"):
        open_edition(folder)


def test_what_is_no_data_set_is_one_paragraph(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = _run(tmp_path / "empty", tmp_path / "empty")
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert "Traceback" not in done.output


def test_a_page_of_another_form_and_an_unknown_language_are_wrong_usage(tmp_path: Path) -> None:
    folder = _write_output(tmp_path / "one")
    assert _run(folder, folder, "-o", tmp_path / "d.csv").exit_code == 2
    assert not (tmp_path / "d.csv").exists()
    assert _run(folder, folder, "--lang", "xx").exit_code == 2
