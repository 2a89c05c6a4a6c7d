"""After a change exactly those pages are run that have read it; the others are as a build from nothing makes them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from small_data import write_small_data_set
from zonebook.parameters import Parameters
from zonebook.pipeline import prepare_data, run_country_pages, run_scope_pages
from zonebook.recorded_rows import collect_rows
from zonebook.request import BuildRequest
from zonebook.rows import compute_flows
from zonebook.run.executor import PageExecutor
from zonebook.run.schedule import open_executor

ROOT = Path(__file__).parents[1]
COUNTRY = {"overview", "comparison", "corridors", "targets", "quality"}
NORTH, VOLGA = {"zones/example-north", "regions/RU-MOW"}, {"zones/example-volga", "regions/RU-TA"}
EVERY = COUNTRY | NORTH | VOLGA


@pytest.fixture(scope="module")
def executor() -> Iterator[PageExecutor]:
    with open_executor(2, 300, 0) as executor:
        yield executor


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, executor: PageExecutor) -> BuildRequest:
    """The pages of the small data set, in a folder to be copied."""
    folder = tmp_path_factory.mktemp("built")
    write_small_data_set(folder / "data")
    request = BuildRequest(folder / "data", folder / "out", ROOT, Parameters(languages=("en",)), workers=2)
    assert run(request, executor) == EVERY
    assert run(request, executor) == set()
    return request


def run(request: BuildRequest, executor: PageExecutor) -> set[str]:
    """Run the pages of a request and return those that were run; all are there then."""
    data, _ = prepare_data(request, executor)
    flows = compute_flows(request, executor)
    scope_pages = run_scope_pages(request, data, flows, executor)
    metrics = collect_rows(request, data, scope_pages, flows, executor)
    outcomes = (*scope_pages, *run_country_pages(request, data, metrics, executor))
    assert [outcome.failure for outcome in outcomes if outcome.failure] == []
    return {outcome.job.target for outcome in outcomes if not outcome.cached}


def read_pages(request: BuildRequest) -> dict[str, bytes]:
    folder = request.out / "notebooks" / "en"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.ipynb"))}


WITH_FIGURES = {"overview", "comparison"}  # of indicators that no target is about
EXPORTS = "example-north,2023,FY,export_rub,example-official,,9"


@pytest.mark.parametrize(
    ("table", "words", "expected"),
    [
        ("cluster", ("Pharmaceuticals (example)", "Pharmacy (example)"), NORTH),
        ("site", ("Second Site", "Site Two"), NORTH),
        ("zone_year", (f"{EXPORTS}40", f"{EXPORTS}50"), NORTH | WITH_FIGURES | {"targets"}),
        (
            "zone_year",
            ("FY,revenue_rub,example-official,,9", "FY,revenue_rub,example-official,,8"),
            NORTH | WITH_FIGURES,
        ),
        ("target", ("residents,2020,120", "residents,2020,121"), VOLGA | {"targets"}),
        ("tie", ("screens,экраны", "displays,экраны"), NORTH | COUNTRY),  # of firms of one zone
        ("source", ("Итоги года (пример)", "Итоги (пример)"), EVERY),
    ],
)
def test_pages_run_that_have_read_what_changed(
    table: str,
    words: tuple[str, str],
    expected: set[str],
    built: BuildRequest,
    executor: PageExecutor,
    tmp_path: Path,
) -> None:
    shutil.copytree(built.out, tmp_path / "out")
    shutil.copytree(built.data, tmp_path / "data")
    path = tmp_path / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(words[0]) == 1
    path.write_text(text.replace(*words), encoding="utf-8")
    changed = replace(built, data=tmp_path / "data", out=tmp_path / "out")
    assert run(changed, executor) == expected
    anew = replace(changed, out=tmp_path / "anew")
    assert run(anew, executor) == EVERY
    assert read_pages(changed) == read_pages(anew)


def test_a_notebook_with_a_cell_of_ones_own_is_run_after_every_change(
    built: BuildRequest, executor: PageExecutor, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    path = tmp_path / "notebooks" / "quality.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(len(notebook.cells) - 1, nbformat.v4.new_code_cell("len(here.lang)", id="own"))
    nbformat.write(notebook, path)
    shutil.copytree(built.data, tmp_path / "data")
    request = replace(built, data=tmp_path / "data", out=tmp_path / "out", project=tmp_path)
    assert run(request, executor) == EVERY
    assert run(request, executor) == set()
    clusters = tmp_path / "data" / "cluster.csv"
    clusters.write_text(clusters.read_text(encoding="utf-8").replace("Pharmaceuticals", "Pharmacy"), encoding="utf-8")
    assert run(request, executor) == NORTH | {"quality"}
