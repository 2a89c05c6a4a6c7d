"""The whole chain on a small data set: two books, downloads, metric rows; a failing page is isolated."""

import json
import shutil
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from run import calls
from run.test_limits import wait_for_end
from small_data import TABLES, write_small_data_set
from zonebook import papers, pipeline
from zonebook.errors import DataError
from zonebook.metrics.result import RESULT_COLUMNS
from zonebook.parameters import Parameters, override, read_parameters
from zonebook.pipeline import build_report, prepare_data
from zonebook.request import BuildReport, BuildRequest
from zonebook.run.execute import PageOutcome
from zonebook.tables.check import check_data_set

ROOT = Path(__file__).parents[1]
PROJECT_FILES = ("_config.yml", "_toc.yml", "parameters.yml", "book", "notebooks")


def _project(folder: Path) -> Path:
    """Copy the project's own files, so that a test may change them."""
    for name in PROJECT_FILES:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> BuildRequest:
    folder = tmp_path_factory.mktemp("project")
    data = folder / "data"
    write_small_data_set(data)
    parameters = read_parameters(_project(folder) / "parameters.yml")
    return BuildRequest(data, folder / "out", folder, parameters, workers=2)


@pytest.fixture(scope="module")
def report(request_: BuildRequest) -> BuildReport:
    return build_report(request_)


def test_every_zone_and_region_has_its_page_in_both_languages(report: BuildReport) -> None:
    assert report.failures == ()
    for lang in ("ru", "en"):
        html = report.out / "html" / lang
        for page in (
            "index",
            "zones/example-north",
            "zones/example-volga",
            "regions/RU-MOW",
            "regions/RU-TA",
            "targets",
        ):
            assert (html / f"{page}.html").is_file(), page
            if page != "index":
                assert (report.out / "notebooks" / lang / f"{page}.ipynb").is_file()
    assert not (report.out / "html" / "ru" / "zones" / "example-total.html").exists()


def test_the_root_leads_to_the_default_language(report: BuildReport) -> None:
    assert "ru/index.html" in (report.out / "html" / "index.html").read_text(encoding="utf-8")


def test_pages_speak_their_language(report: BuildReport) -> None:
    ru = (report.out / "html/ru/zones/example-north.html").read_text(encoding="utf-8")
    en = (report.out / "html/en/zones/example-north.html").read_text(encoding="utf-8")
    assert "свыше 1,1\u00a0млрд\u00a0₽" in ru
    assert "over 1.1\u00a0bn\u00a0RUB" in en


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("target", ["zones/example-north", "zones/example-volga", "regions/RU-MOW", "index"])
def test_every_number_can_be_followed_home(report: BuildReport, lang: str, target: str) -> None:
    book = report.out / "html" / lang
    page = _Links(book, target)
    numbers = [href for kind, href in page.links if kind == "zb-row"]
    assert numbers
    for href in numbers:  # number -> row
        other, _, anchor = href.partition("#")
        found = page if not other else _Links(book, (Path(target).parent / other).with_suffix("").as_posix())
        assert anchor in found.ids, href
    rows = [one for one in page.ids if one.startswith("metric-X01")]
    assert rows
    inputs = [href for kind, href in page.links if kind == "zb-input"]
    for href in inputs:  # row -> input rows
        assert href[1:] in page.ids if href.startswith("#") else (book / target).parent.joinpath(href).is_file(), href
    for _, href in page.links:  # row -> source
        if href.startswith("#source-"):
            assert href[1:] in page.ids
    assert any(href.startswith("#source-") for _, href in page.links)


def test_a_tile_leads_in_one_click_to_its_row_and_from_there_to_its_input_and_source(report: BuildReport) -> None:
    page = (report.out / "html/en/zones/example-north.html").read_text(encoding="utf-8")
    tiles = page[page.index('id="table-key-figures"') :]
    assert tiles.index('href="#metric-X01-2024"') < tiles.index("</dl>")
    part = page[page.index('id="metric-X01"') :]
    part = page[page.rindex("<details", 0, page.index('id="metric-X01"')) : page.index('id="metric-X01"')] + part
    row = part[part.index('id="metric-X01-2024"') : part.index("</tr>", part.index('id="metric-X01-2024"'))]
    assert "over 1.1\u00a0bn\u00a0RUB" in row
    before = part[: part.index("<thead")]
    assert 'href="../methods/X01.html"' in before
    assert 'href="#table-figures-by-year"' in before
    assert 'href="#source-example-official"' in before + row


class _Links(HTMLParser):
    """The anchors and the links of a built page."""

    def __init__(self, book: Path, target: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.feed((book / f"{target}.html").read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if tag == "a" and given.get("href"):
            self.links.append((given.get("class") or "", given["href"] or ""))


def test_metric_rows_cover_zones_regions_and_the_country(report: BuildReport) -> None:
    frame = pd.read_parquet(report.out / "metrics.parquet")
    assert tuple(frame.columns) == RESULT_COLUMNS
    assert set(frame["scope_type"]) >= {"zone", "region", "country"}
    assert not frame.duplicated(["metric_id", "scope_type", "scope_id", "year", "period"]).any()


def test_the_manifest_names_inputs_parameters_versions_and_pages(report: BuildReport) -> None:
    manifest = json.loads((report.out / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["inputs"]) >= {"zone.csv", "tie.csv"}
    assert manifest["parameters"]["year"] == 2025
    assert manifest["failures"] == []
    assert set(manifest["pages"]) >= {"ru/zones/example-north", "en/overview"}


def test_executed_notebooks_hold_no_path_of_this_machine(report: BuildReport) -> None:
    for path in (report.out / "notebooks").rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert str(report.out) not in text
        assert str(ROOT) not in text


def test_a_second_build_runs_nothing_and_gives_the_same_bytes(request_: BuildRequest, report: BuildReport) -> None:
    def bytes_of(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    before = bytes_of(report.out / "html")
    again = build_report(request_)
    assert all(outcome.cached for outcome in again.outcomes)
    assert bytes_of(again.out / "html") == before


def test_a_fresh_build_gives_the_same_bytes(request_: BuildRequest, report: BuildReport) -> None:
    fresh = build_report(replace(request_, out=request_.out.with_name("fresh")))
    assert list((report.out / "pdf").rglob("report.pdf"))
    for kind in ("notebooks", "html", "pdf"):
        for path in sorted((report.out / kind).rglob("*")):
            if path.is_file():
                other = fresh.out / kind / path.relative_to(report.out / kind)
                assert other.read_bytes() == path.read_bytes(), path.relative_to(report.out)


def test_a_page_whose_notebook_raises_is_replaced_and_the_rest_is_built(request_: BuildRequest, tmp_path: Path) -> None:
    project = _project(tmp_path)
    path = project / "notebooks" / "region.ipynb"
    notebook = nbformat.read(path, as_version=4)
    broken = nbformat.v4.new_code_cell(
        "if region == 'RU-TA':\n    raise RuntimeError('the roof is leaking')", id="roof"
    )
    notebook.cells.insert(-1, broken)
    nbformat.write(notebook, path)
    report = build_report(replace(request_, project=project, out=tmp_path / "out"))
    assert len(report.failures) == 2
    assert "the roof is leaking" in report.failures[0]
    for lang in ("ru", "en"):
        html = tmp_path / "out" / "html" / lang
        assert "the roof is leaking" in (html / "regions/RU-TA.html").read_text(encoding="utf-8")
        assert "the roof is leaking" not in (html / "regions/RU-MOW.html").read_text(encoding="utf-8")
    failures = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["failures"]
    assert [entry["page"] for entry in failures] == ["ru/regions/RU-TA", "en/regions/RU-TA"]


def test_pages_link_no_handout_that_could_not_be_printed(request_: BuildRequest, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    zones, logo = ("example-north", "example-volga"), tmp_path / "logo.svg"
    logo.write_text("no drawing", encoding="utf-8")
    request = replace(
        request_,
        project=_project(tmp_path),
        out=tmp_path / "out",
        parameters=override(request_.parameters, {"languages": ["en"], "zones": zones, "logo": "logo.svg"}),
        on_paper=lambda paper, total: told.append((paper.target, total)),
    )
    site = request.out / "html" / "en"

    def find_links() -> list[bool]:
        pages = {one: (site / f"zones/{one}.html").read_text(encoding="utf-8") for one in zones}
        linked = [f"pdf/zones/{one}.pdf" in page for one, page in pages.items()]
        assert linked == [(site / f"pdf/zones/{one}.pdf").is_file() for one in zones]
        return linked

    report = build_report(request)
    assert all(any(f"PDF en/zones/{one}.pdf" in failure for failure in report.failures) for one in zones)
    assert find_links() == [False, False]
    papers = json.loads((request.out / "manifest.json").read_text(encoding="utf-8"))["papers"]
    assert papers["en/zones/example-north.pdf"]["failure"]
    assert [one for one in told if "/" in one[0]] == [(f"zones/{one}", 2) for one in zones]
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    assert build_report(request).failures == ()
    assert find_links() == [True, True]
    only_volga = replace(request, parameters=override(request.parameters, {"zones": ["example-volga"]}))
    assert build_report(only_volga).failures == ()
    printed = [path.name for place in ("html", "pdf") for path in (request.out / place).rglob("example-*.pdf")]
    assert printed == ["example-volga.pdf"] * 2


def test_an_interrupt_ends_what_is_done_beside(
    request_: BuildRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "pids"

    def interrupt(outcome: PageOutcome, total: int) -> None:
        if outcome.job.scope == "country":
            while not note.exists():
                time.sleep(0.05)
            raise KeyboardInterrupt

    monkeypatch.setattr(papers, "print_part", calls.print_forever)
    asked = {"languages": ["en"], "zones": ["example-north"]}
    request = replace(
        request_, out=tmp_path, parameters=override(request_.parameters, asked), workers=3, on_page=interrupt
    )
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        build_report(request)
    assert time.monotonic() - begun < 40
    assert wait_for_end(*map(int, note.read_text().split())) == []


def test_a_site_without_papers_links_none(request_: BuildRequest, tmp_path: Path) -> None:
    asked = {"languages": ["en"], "zones": ["example-north"], "pdf": False}
    parameters = override(request_.parameters, asked)
    report = build_report(replace(request_, out=tmp_path / "out", parameters=parameters, papers=False))
    pages = [path.read_text(encoding="utf-8") for path in (report.out / "html").rglob("*.html")]
    assert not any(".pdf" in page for page in pages)
    assert not (report.out / "pdf").exists()


def test_a_data_set_with_errors_is_not_built_from(request_: BuildRequest, tmp_path: Path) -> None:
    data = tmp_path / "data"
    write_small_data_set(data)
    path = data / "tie.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("firm-boards,firm-medicine", "nobody,firm-medicine"))
    with pytest.raises(DataError, match="nobody"):
        build_report(replace(request_, data=data, out=tmp_path / "out"))
    assert not (tmp_path / "out" / "html").exists()


def _jumping(folder: Path) -> BuildRequest:
    """Return the request of a data set with exports that are twelve times those of the year before."""
    jump = TABLES["zone_year"].replace(",1100000000,", ",11280000000,")
    data = write_small_data_set(folder / "data", zone_year=jump)
    return BuildRequest(data, folder / "out", ROOT, Parameters(), workers=1)


def test_a_limit_of_a_warning_changed_alone_refreshes_the_warnings_and_nothing_else(tmp_path: Path) -> None:
    request = _jumping(tmp_path)
    _, before = prepare_data(request)
    assert "zone_year.csv" in before
    assert "отличается от значения за 2023" in before
    _, english = prepare_data(replace(request, parameters=override(request.parameters, {"languages": "en"})))
    assert "times apart" in english
    card = request.out / "store" / "store.json"
    written = card.stat().st_mtime_ns
    _, without = prepare_data(replace(request, parameters=override(request.parameters, {"jump_factor": 20})))
    assert "отличается" not in without
    assert prepare_data(request)[1] == before
    assert card.stat().st_mtime_ns == written


def test_nothing_is_checked_again_where_neither_data_nor_limits_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, checked = _jumping(tmp_path), []

    def check(path: Path, *words: object, **given: object) -> object:
        checked.append(path)
        return check_data_set(path, *words, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "check_data_set", check)
    for changes, count in (
        ({}, 1),
        ({}, 1),
        ({"year": 2024, "publisher": "Somebody"}, 1),
        ({"sum_tolerance": 0.1}, 2),
        ({"sum_tolerance": 0.1}, 2),
        ({"name_likeness": 0}, 3),
        ({}, 4),
    ):
        prepare_data(replace(request, parameters=override(request.parameters, changes)))
        assert len(checked) == count, changes
    (request.data / "site.csv").unlink()
    prepare_data(request)
    assert len(checked) == 5


def test_what_the_check_found_is_told_in_its_own_words(tmp_path: Path) -> None:
    found = "предупреждение: zone_year.csv, строка 3: …\nОшибок: 0. Предупреждений: 1.\n"
    report = BuildReport(tmp_path, (), ("changed: my.xlsx.",), {}, ("PDF ru/report.pdf: no",), found)
    assert report.complaints == ("Warning: changed: my.xlsx.", found.rstrip(), "Error: PDF ru/report.pdf: no")
    assert BuildReport(tmp_path, (), (), {}).complaints == ()
