"""Every notebook of the project gives the same bytes in a forked process and in a Jupyter kernel."""

import tempfile
from pathlib import Path

import nbformat
import pytest

from run.notebooks import new_notebook
from small_data import write_small_data_set
from zonebook.parameters import Parameters
from zonebook.pipeline import STORE
from zonebook.run.execute import (
    FORK_ENGINE,
    JUPYTER_ENGINE,
    PageJob,
    PageOutcome,
    engine_options,
    normalise_notebook,
    run_page,
)
from zonebook.run.executor import ForkExecutor
from zonebook.tables.check import check_data_set
from zonebook.tables.store import write_store

ROOT = Path(__file__).parents[2]
_IDS = {"zone": "example-north", "region": "RU-MOW"}
_PAGES = [(kind, lang) for kind in Parameters().pages for lang in ("en", "ru") if lang == "ru" or kind.name == "zone"]


def _job(kind: str, notebook: str, scope: str, lang: str) -> PageJob:
    one = _IDS.get(scope, kind)
    parameters = {"year": 2025, "lang": lang, "data": STORE, "settings": {"seed": 2}, "own_metrics": []}
    parameters |= {scope: one} if scope in _IDS else {"metrics": ""}
    target = f"{kind}s/{one}" if scope in _IDS else kind
    return PageJob(kind, scope, one, lang, ROOT / "notebooks" / notebook, target, parameters)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], PageOutcome]:
    """What became of every page, by kind, language and engine."""
    folder = tmp_path_factory.mktemp("pages")
    checked = check_data_set(write_small_data_set(folder / "data"))
    running = {}
    with ForkExecutor(workers=2, timeout=120) as executor:
        for engine in (FORK_ENGINE, JUPYTER_ENGINE):
            write_store(checked, folder / engine / STORE)
            for kind, lang in _PAGES:
                job = _job(kind.name, kind.notebook, kind.scope, lang)
                running[kind.name, lang, engine] = executor.submit_page(job, folder / engine, engine)
        return {page: future.result() for page, future in running.items()}


@pytest.mark.parametrize(("kind", "lang"), [(kind.name, lang) for kind, lang in _PAGES])
def test_a_page_is_the_same_in_either_engine(
    kind: str, lang: str, outcomes: dict[tuple[str, str, str], PageOutcome]
) -> None:
    forked, stock = (outcomes[kind, lang, engine] for engine in (FORK_ENGINE, JUPYTER_ENGINE))
    assert forked.failure is stock.failure is None
    assert forked.notebook is not None
    assert stock.notebook is not None
    assert forked.notebook.read_bytes() == stock.notebook.read_bytes()
    assert forked.record == stock.record


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
