"""Every notebook of the project gives the same bytes in a forked process and in a Jupyter kernel."""

import runpy
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from run.notebooks import new_notebook
from small_data import write_small_data_set
from zonebook.page_kinds import PageKind
from zonebook.parameters import Parameters
from zonebook.pipeline import STORE
from zonebook.run.execute import (
    FORK_ENGINE,
    JUPYTER_ENGINE,
    PageJob,
    PageOutcome,
    engine_options,
    normalise_notebook,
    page_path,
    run_page,
)
from zonebook.run.executor import ForkExecutor
from zonebook.tables.check import check_data_set
from zonebook.tables.store import write_store

ROOT = Path(__file__).parents[2]
_IDS = {"zone": "example-north", "region": "RU-MOW"}
_KINDS = {kind.name: kind for kind in Parameters().pages}


def _job(kind: PageKind) -> PageJob:
    one = _IDS.get(kind.scope, kind.name)
    parameters = {"year": 2025, "lang": "ru", "data": STORE, "settings": {"seed": 2}, "own_metrics": []}
    parameters |= {kind.scope: one} if kind.scope in _IDS else {"metrics": ""}
    target = f"{kind.name}s/{one}" if kind.scope in _IDS else kind.name
    return PageJob(kind.name, kind.scope, one, "ru", ROOT / "notebooks" / kind.notebook, target, parameters)


def _run_in_real_kernel(job: PageJob, out: Path) -> str:
    """Run a page with Papermill's own client and a real ipykernel that is forked: five seconds of imports less."""
    runpy.run_path(str(ROOT / "bench" / "forked_kernel.py"))["run_job"](job, out)
    notebook = nbformat.read(page_path(out, job.lang, job.target), as_version=4)
    return nbformat.v4.writes(normalise_notebook(notebook)) + "\n"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Every kind of page as a forked process and as a Jupyter kernel give it; a zone's page also without any fork."""
    folder = tmp_path_factory.mktemp("pages")
    checked = check_data_set(write_small_data_set(folder / "data"))
    for name in ("ours", "real", "stock"):
        write_store(checked, folder / name / STORE)
    with ForkExecutor(workers=2, timeout=120) as executor:
        stock = executor.submit_page(_job(_KINDS["zone"]), folder / "stock", JUPYTER_ENGINE)
        ours = {name: executor.submit_page(_job(kind), folder / "ours", FORK_ENGINE) for name, kind in _KINDS.items()}
        real = {n: executor.submit(_run_in_real_kernel, _job(kind), folder / "real") for n, kind in _KINDS.items()}
        found = {name: [_read(ours[name].result()), real[name].result()] for name in _KINDS}
        found["zone"].append(_read(stock.result()))
    return found


@pytest.mark.parametrize("kind", _IDS)
def test_a_page_is_the_same_with_rows_that_another_language_has_computed(
    kind: str, pages: dict[str, list[str]], tmp_path: Path
) -> None:
    write_store(check_data_set(write_small_data_set(tmp_path / "data")), tmp_path / STORE)
    russian = replace(_job(_KINDS[kind]), kept="rows")
    english = replace(russian, lang="en", parameters={**russian.parameters, "lang": "en"})
    with ForkExecutor(1, 60) as executor:
        first = executor.submit_page(english, tmp_path, FORK_ENGINE).result()
        (kept,) = (tmp_path / "rows").iterdir()
        written = kept.stat().st_mtime_ns
        second = executor.submit_page(russian, tmp_path, FORK_ENGINE).result()
    assert first.failure is None
    assert _read(second) == pages[kind][0]
    assert [path.stat().st_mtime_ns for path in (tmp_path / "rows").iterdir()] == [written]


def _read(outcome: PageOutcome) -> str:
    assert outcome.failure is None
    assert outcome.notebook is not None
    return outcome.notebook.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", _KINDS)
def test_a_page_is_the_same_in_either_engine(kind: str, pages: dict[str, list[str]]) -> None:
    ours, *others = pages[kind]
    assert len(ours) > 10_000
    for other in others:
        assert other == ours


def test_the_file_of_a_cell_is_not_named_after_a_process() -> None:
    notebook = new_notebook("warn()")
    name = f"{tempfile.gettempdir()}/ipykernel_4711/123.py"
    text = f"{name}:1: UserWarning: careful\n" + "x" * 2_000_000
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", name="stderr", text=text)]
    (cell,) = normalise_notebook(notebook).cells
    assert cell.outputs[0].text.startswith("123.py:1: UserWarning: careful\n")


def test_kernels_side_by_side_have_sockets_of_their_own() -> None:
    with engine_options(JUPYTER_ENGINE) as one, engine_options(JUPYTER_ENGINE) as other:
        assert one["config"].KernelManager.ip != other["config"].KernelManager.ip


def test_a_notebook_that_records_nothing_is_a_failure(tmp_path: Path) -> None:
    nbformat.write(new_notebook("1"), tmp_path / "page.ipynb")
    job = PageJob("zone", "zone", "one", "en", tmp_path / "page.ipynb", "zones/one", {})
    with ForkExecutor(1, 60) as executor:
        outcome = executor.submit(run_page, job, tmp_path, FORK_ENGINE).result()
    assert outcome.failure is not None
    assert "recorded nothing" in outcome.failure.message


@pytest.mark.parametrize("engine", [FORK_ENGINE, JUPYTER_ENGINE])
def test_a_kernel_that_ends_before_its_notebook_is_a_failure(engine: str, tmp_path: Path) -> None:
    source = "exit()\nimport time\ntime.sleep(0.5)"  # a Jupyter kernel takes its time to exit
    nbformat.write(new_notebook(source, "1"), tmp_path / "page.ipynb")
    job = PageJob("zone", "zone", "one", "en", tmp_path / "page.ipynb", "zones/one", {})
    with ForkExecutor(1, 60) as executor:
        outcome = executor.submit(run_page, job, tmp_path, engine).result()
    assert outcome.failure is not None
    assert "The kernel ended before the notebook did: Kernel died" in outcome.failure.message
