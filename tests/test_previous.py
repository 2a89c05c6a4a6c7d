"""A report compared with an earlier edition: what is told of it, what is refused, what is made anew and when."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from paper.printed import Printed
from row_files import write_row_file
from secret_data import PUBLIC_FIRM, list_secrets, write_secret_data_set
from small_data import TABLES, write_small_data_set
from zonebook.book.changes import Changes, recall_changes
from zonebook.cli import main
from zonebook.errors import DataError, ParameterError, ZonebookError
from zonebook.parameters import Parameters, override, to_values
from zonebook.pipeline import build_report
from zonebook.previous import prepare_previous, write_changes
from zonebook.request import BuildReport, BuildRequest
from zonebook.rows import compute_all_rows
from zonebook.tables.check import check_data_set
from zonebook.tables.store import open_data, write_store

ROOT = Path(__file__).parents[1]
LANGUAGES = ("ru", "en")
REVISED = "example-north,2024,FY,revenue_rub,example-official,2025-09-01,95000000000,RUB,false,about,2025-09-01,\n"
LOST = next(line for line in TABLES["tie"].splitlines(keepends=True) if line.startswith("t2,"))
HEADINGS = {"ru": ("Что изменилось", "Пересмотренные данные", "Связи"), "en": ("What has changed", "Revised", "Ties")}


def write_new(folder: Path) -> Path:
    """Write the small data set with a figure revised and a tie lost."""
    return write_small_data_set(folder, zone_year=TABLES["zone_year"] + REVISED, tie=TABLES["tie"].replace(LOST, ""))


def ask(folder: Path, data: Path, **given: Any) -> BuildRequest:
    """Return the request of a build in the project's folder, or in another one."""
    return BuildRequest(data, folder / "out", ROOT, override(Parameters(), given), workers=2)


def compare(request: BuildRequest) -> tuple[str, Changes | None]:
    """Write the chapters as a build does, without its pages; return the key and the chapter in English."""
    prepare_previous(request)
    data = open_data(request.data)
    rows = write_row_file(compute_all_rows(data, request.parameters, ()), request.out)
    key = write_changes(request, data, rows)
    return key, recall_changes("en", request.out)


def tell(changes: Changes | None) -> str:
    """Return everything a chapter says."""
    assert changes is not None
    return "".join((*(text for part in changes.parts for text in part), *changes.files.values()))


def write_output(folder: Path, data: Path, **given: Any) -> Path:
    """Write of a build's output what a comparison reads."""
    parameters = override(Parameters(), given)
    write_store(check_data_set(data), folder / "store")
    compute_all_rows(open_data(data), parameters, ()).to_parquet(folder / "metrics.parquet", index=False)
    manifest = {"zonebook": "0.1.0", "parameters": to_values(parameters)}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


# -- Without a build ---------------------------------------------------------------------------------------------------


def test_without_an_earlier_edition_there_is_no_chapter(tmp_path: Path) -> None:
    data = write_small_data_set(tmp_path / "data")
    with_one = ask(tmp_path, data, previous=str(data))
    assert compare(with_one)[1] is not None
    assert compare(replace(with_one, parameters=Parameters())) == ("", None)


@pytest.mark.parametrize("make", [lambda folder, data: data, write_output], ids=["data set", "output"])
def test_both_data_sets_and_outputs_are_compared(tmp_path: Path, make: Callable[[Path, Path], Path]) -> None:
    old = make(tmp_path / "earlier", write_small_data_set(tmp_path / "old"))
    _, changes = compare(ask(tmp_path, write_new(tmp_path / "new"), previous=str(old)))
    told = tell(changes).replace("\u00a0", " ")
    for said in ("1 revised figure", "1 lost tie", "about 90 bn RUB", "about 95 bn RUB"):
        assert said in told
    assert "tie,gone,tie,,tie,t2" in told


def test_one_zone_tells_of_its_own_changes_alone(tmp_path: Path) -> None:
    old, new = write_small_data_set(tmp_path / "old"), write_new(tmp_path / "new")
    few = {"zones": ["example-volga"], "previous": str(old)}
    other = tell(compare(ask(tmp_path / "a", new, **few))[1])
    assert "zones/example-volga.html" in other
    assert "example-north" not in other


def test_it_is_made_anew_where_something_it_depends_on_changed(tmp_path: Path) -> None:
    old, new = write_small_data_set(tmp_path / "old"), write_new(tmp_path / "new")
    request = ask(tmp_path, new, previous=str(old))
    first, _ = compare(request)
    note = request.out / "cache/en/changes.json"
    os.utime(note, (1, 1))
    assert compare(request)[0] == first
    assert note.stat().st_mtime == 1
    write_small_data_set(tmp_path / "old", tie=TABLES["tie"].replace(LOST, ""))
    second, changes = compare(request)
    assert second != first
    assert "1 lost tie" not in tell(changes)
    assert compare(replace(request, parameters=override(request.parameters, {"year": 2024})))[0] != second


@pytest.mark.parametrize("made", ["data set", "public output", "internal output"])
@pytest.mark.parametrize("is_old", [True, False], ids=["then", "now"])
def test_no_planted_secret_is_told_in_a_public_edition(tmp_path: Path, made: str, is_old: bool) -> None:
    secret, small = write_secret_data_set(tmp_path / "secret"), write_small_data_set(tmp_path / "small")
    old, new = (secret, small) if is_old else (small, secret)
    if made != "data set":
        old = write_output(tmp_path / "earlier", old, publish=made.partition(" ")[0])
    request = ask(tmp_path, new, previous=str(old))
    compare(request)
    for lang in LANGUAGES:
        told = tell(recall_changes(lang, request.out))
        assert PUBLIC_FIRM in told
        assert "nternal" not in told
        assert [one for one in list_secrets() if one in told] == []


def test_an_internal_edition_says_so_in_its_files(tmp_path: Path) -> None:
    old, new = write_small_data_set(tmp_path / "small"), write_secret_data_set(tmp_path / "secret")
    told = tell(compare(ask(tmp_path, new, previous=str(old), publish="internal"))[1])
    assert "Internal: for official use only" in told


def _refuse(request: BuildRequest) -> ZonebookError:
    with pytest.raises(ZonebookError) as refused:
        build_report(request)
    assert not (request.out / "notebooks").exists()
    return refused.value


def test_what_is_no_earlier_edition_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    data = write_small_data_set(tmp_path / "data")
    nowhere = _refuse(ask(tmp_path, data, previous="last-year"))
    assert isinstance(nowhere, ParameterError)
    assert "'last-year'" in nowhere.message
    assert 'previous: ""' in nowhere.remedy
    itself = ask(tmp_path, data, previous=str(tmp_path / "out"))
    itself.out.mkdir()
    assert "--out" in _refuse(itself).remedy
    broken = write_small_data_set(tmp_path / "broken", zone=TABLES["zone"].replace("example-north", "Example North"))
    wrong = _refuse(ask(tmp_path, data, previous=str(broken)))
    assert isinstance(wrong, DataError)
    assert "broken" in str(wrong)
    part = write_output(tmp_path / "part", data)
    (part / "metrics.parquet").unlink()
    assert "without metrics.parquet" in str(_refuse(ask(tmp_path, data, previous=str(part))))


def test_the_command_says_what_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    data = write_small_data_set(tmp_path / "data")
    done = CliRunner().invoke(main, ["build", str(data), "--out", str(tmp_path / "out"), "-p", "previous=nowhere"])
    assert done.exit_code == 2
    assert "there is no earlier edition 'nowhere'" in done.output
    assert "Traceback" not in done.output


# -- Built -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> BuildRequest:
    folder = tmp_path_factory.mktemp("compared")
    shutil.copy(ROOT / "_config.yml", folder)
    (folder / "_toc.yml").write_text(_TOC, encoding="utf-8")
    for name in ("book", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    write_small_data_set(folder / "old")
    pages = {name: {"notebook": f"{name}.ipynb", "scope": scope} for name, scope in _PAGES.items()}
    request = ask(folder, write_new(folder / "new"), previous="old", pages=pages)
    return replace(request, project=folder)


_PAGES = {"zone": "zone", "overview": "country"}
_TOC = """\
format: jb-book
root: notebooks/overview
parts:
  - caption: The country
    chapters:
      - file: book/changes
        title: What has changed
  - caption: Zones
    chapters:
      - file: book/zones
        title: All zones and regions
      - file: notebooks/zone
"""


@pytest.fixture(scope="module")
def report(request_: BuildRequest) -> BuildReport:
    return build_report(request_)


def _read_pages(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in (out / "html").rglob("*.html")}


@pytest.mark.heavy
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chapter_is_on_the_site_in_the_downloads_and_on_paper(report: BuildReport, lang: str) -> None:
    assert report.failures == ()
    page = (report.out / f"html/{lang}/changes.html").read_text(encoding="utf-8")
    paper = Printed((report.out / f"pdf/{lang}/report.pdf").read_bytes()).text()
    for heading in HEADINGS[lang]:
        assert heading in page
        assert heading in paper
    assert "changes.html" in (report.out / f"html/{lang}/index.html").read_text(encoding="utf-8")
    for name in ("all", "value", "revision", "tie"):
        assert f'href="data/changes/{name}.csv"' in page
        frame = pd.read_csv(report.out / f"html/{lang}/data/changes/{name}.csv")
        assert len(frame)
        assert name in ("all", *set(frame["section"]))


@pytest.mark.heavy
def test_a_change_of_the_earlier_edition_alone_changes_its_page_alone(
    request_: BuildRequest, report: BuildReport
) -> None:
    before = _read_pages(report.out)
    again = build_report(request_)
    assert all(outcome.cached for outcome in again.outcomes)
    assert _read_pages(again.out) == before
    try:
        write_small_data_set(request_.project / "old", tie=TABLES["tie"].replace(LOST, ""))
        changed = build_report(request_)
        assert all(outcome.cached for outcome in changed.outcomes)
        after = _read_pages(changed.out)
        assert {name for name in before if after[name] != before[name]} == {
            f"html/{lang}/changes.html" for lang in LANGUAGES
        }
    finally:
        write_small_data_set(request_.project / "old")
    build_report(request_)
    assert _read_pages(again.out) == before


@pytest.mark.heavy
def test_the_manifest_is_enough_to_build_the_chapter_again(
    request_: BuildRequest, report: BuildReport, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(request_.project)
    manifest = report.out / "manifest.json"
    words = ["build", "--from", str(manifest), "--out", str(tmp_path / "again"), "--no-pdf"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert "Warning: changed" not in done.output
    for lang in LANGUAGES:
        for name in ("book/{}/changes.md", "html/{}/changes.html", "html/{}/data/changes/all.csv"):
            path = name.format(lang)
            assert (tmp_path / "again" / path).read_bytes() == (report.out / path).read_bytes()
    assert "previous/tie.csv" in json.loads(manifest.read_text(encoding="utf-8"))["inputs"]


@pytest.mark.heavy
def test_two_outputs_of_builds_are_compared(
    request_: BuildRequest, report: BuildReport, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(request_.project)
    data = request_.project / "old"
    plain = override(request_.parameters, {"previous": "", "pdf": False})
    earlier = build_report(replace(request_, data=data, out=tmp_path / "earlier", parameters=plain, papers=False))
    assert not (earlier.out / "html/en/changes.html").exists()
    page = tmp_path / "d.html"
    done = CliRunner().invoke(main, ["diff", str(earlier.out), str(report.out), "--lang", "en", "-o", str(page)])
    assert done.exit_code == 0, done.output
    told = page.read_text(encoding="utf-8").replace("\u00a0", " ")
    for said in ("“earlier”", "1 revised figure", "1 lost tie", "about 90 bn RUB", "about 95 bn RUB"):
        assert said in told
    assert "another version" not in told
    assert page.with_suffix(".csv").read_bytes() == (report.out / "html/en/data/changes/all.csv").read_bytes()
