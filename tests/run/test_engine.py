"""Both engines give what Papermill's own gives, on notebooks that do everything a page might."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError

from run.notebooks import CELLS, ENDINGS, new_notebook, read_result, run_notebooks, write_notebooks
from zonebook.run import engine as engines
from zonebook.run.executor import ChildError, ForkExecutor

STOCK, FORK, DIRECT = "nbclient", engines.ENGINE_NAME, engines.DIRECT_ENGINE_NAME
KILLED = ("dead", "segfault")

LEAVE_TRACES = """
import builtins, logging, os, random, signal, sys, warnings
import matplotlib as mpl, matplotlib.pyplot as plt, numpy as np, pandas as pd
from zonebook.metrics import registry
from pathlib import Path
state = {
    "name": globals().get("left"), "module": "left" in sys.modules, "builtin": hasattr(builtins, "left"),
    "size": mpl.rcParams["font.size"], "figures": plt.get_fignums(), "folder": Path.cwd().name,
    "variable": os.environ.get("LEFT"), "path": "/left" in sys.path, "option": pd.get_option("display.max_rows"),
    "filters": any(f[1] and "left" in f[1].pattern for f in warnings.filters if hasattr(f[1], "pattern")),
    "level": logging.getLogger().level, "umask": os.umask(0o22), "attribute": hasattr(registry, "left"),
    "alarm": signal.getsignal(signal.SIGALRM) == signal.SIG_DFL, "count": get_ipython().execution_count,
    "seed": random.getrandbits(8) == random.Random(5).getrandbits(8), "style": pd.options.mode.copy_on_write,
}
left = 1
sys.modules["left"] = sys
builtins.left = registry.left = 1
mpl.rcParams["font.size"] = 99
plt.figure()
os.environ["LEFT"] = "left"
sys.path.append("/left")
pd.set_option("display.max_rows", 7)
warnings.filterwarnings("ignore", "left")
logging.getLogger().setLevel(5)
os.umask(0o77)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
random.seed(5)
os.chdir("/")
print(sorted(state.items()))
"""


@pytest.fixture(scope="module")
def executor() -> Iterator[ForkExecutor]:
    with ForkExecutor(workers=2, timeout=120) as executor:
        yield executor


def _run_forked(sources: list[Path], folder: Path) -> None:
    """Run notebooks one after the other with the engine of forked children, and one that takes too long."""
    run_notebooks(sources, folder / FORK, FORK)
    begun, raised = time.monotonic(), ""
    try:
        papermill.execute_notebook(
            new_notebook("import time\ntime.sleep(60)"), None, engine_name=FORK, progress_bar=False, execution_timeout=1
        )
    except CellTimeoutError as error:
        raised = type(error).__name__
    (folder / "time.json").write_text(json.dumps([raised, time.monotonic() - begun]))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, executor: ForkExecutor) -> Path:
    """Every notebook run with every engine, in a folder for each."""
    folder = tmp_path_factory.mktemp("notebooks")
    sources = [folder / "in" / f"{name}.ipynb" for name in write_notebooks(folder / "in")]
    running = [executor.submit(run_notebooks, [source], folder / STOCK, STOCK) for source in sources]
    traces = [folder / "in" / f"traces {n}.ipynb" for n in (1, 2)]
    for path in traces:
        nbformat.write(new_notebook("pass", LEAVE_TRACES), path)
    running += [executor.submit(_run_forked, [*sources, *traces], folder)]
    running += [
        executor.submit(run_notebooks, [source], folder / DIRECT, DIRECT)
        for source in sources
        if source.stem not in KILLED
    ]
    running += [executor.submit(run_notebooks, [path], folder / DIRECT, DIRECT) for path in traces]
    for future in running:
        future.result()
    return folder


@pytest.mark.parametrize("engine", [FORK, DIRECT])
def test_every_cell_gives_what_a_jupyter_kernel_gives(engine: str, results: Path) -> None:
    said, expected, metadata = read_result(results / STOCK, "all")
    found = read_result(results / engine, "all")
    assert found[0] == said
    for name, stock, ours in zip(CELLS, expected, found[1], strict=True):
        assert ours == stock, name
    assert found[2] == metadata


@pytest.mark.parametrize("engine", [FORK, DIRECT])
@pytest.mark.parametrize("name", ENDINGS)
def test_a_notebook_ends_early_as_with_a_jupyter_kernel(name: str, engine: str, results: Path) -> None:
    if name in KILLED and engine == DIRECT:
        pytest.skip("the kernel and its caller are one process; see the test of a page that dies")
    assert read_result(results / engine, name) == read_result(results / STOCK, name)


@pytest.mark.parametrize("cell", [ENDINGS[name] for name in KILLED])
def test_a_page_that_dies_is_reported(cell: str, tmp_path: Path, executor: ForkExecutor) -> None:
    nbformat.write(new_notebook(cell), tmp_path / "dead.ipynb")
    with pytest.raises(ChildError, match=r"ended with exit code 3|ended by the signal SIGSEGV"):
        executor.submit(run_notebooks, [tmp_path / "dead.ipynb"], tmp_path, DIRECT).result()


@pytest.mark.parametrize("engine", [FORK, DIRECT])
def test_nothing_of_a_notebook_is_left_for_the_next(engine: str, results: Path) -> None:
    first, second = (read_result(results / engine, f"traces {n}") for n in (1, 2))
    assert first == second
    assert first[0] == ""
    assert "('folder', 'in')" in first[1][1]["outputs"][0]["text"]


@pytest.fixture(scope="module")
def command_line(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What ``papermill --engine zonebook`` leaves behind."""
    folder = tmp_path_factory.mktemp("command")
    saved = "import time\nprint('shown early')\ntime.sleep(1.2)\nprint('later', flush=True)\ntime.sleep(0.3)\nprint('')"
    seen = "from pathlib import Path\nPath('out.ipynb').read_text().count('shown early')"
    notebook = new_notebook("a = 1", f"{saved}\n{seen}", "import os\n[a, os.getppid(), os.environ['OWN']]", "print(a)")
    notebook.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, folder / "in.ipynb")
    command = [Path(sys.executable).with_name("papermill"), "--engine", "zonebook", "in.ipynb", "out.ipynb"]
    options = ["-p", "a", "5", "--autosave-cell-every", "1", "--log-output", "--progress-bar"]
    environment = {**os.environ, "OWN": "mine"}
    done = subprocess.run(
        [*command, *options], cwd=folder, env=environment, check=True, timeout=120, capture_output=True, text=True
    )
    return {"notebook": nbformat.read(folder / "out.ipynb", as_version=4), "said": done.stderr}


def test_papermill_finds_the_engine_by_its_name(command_line: Mapping[str, Any]) -> None:
    cells = command_line["notebook"].cells
    parameter, _, variable = json.loads(cells[3].outputs[0].data["text/plain"].replace("'", '"'))
    assert (parameter, variable) == (5, "mine")
    assert [cell.execution_count for cell in cells] == [1, 2, 3, 4, 5]


def test_papermill_is_told_of_progress_output_and_times(command_line: Mapping[str, Any]) -> None:
    assert "Executing: 100%" in command_line["said"]
    assert "shown early" in command_line["said"]
    noted = command_line["notebook"].metadata["papermill"]
    assert noted["exception"] is None
    assert noted["duration"] > 0.5
    assert all(cell.metadata["papermill"]["status"] == "completed" for cell in command_line["notebook"].cells)


def test_the_notebook_is_saved_while_a_cell_runs(command_line: Mapping[str, Any]) -> None:
    times_seen = int(command_line["notebook"].cells[2].outputs[-1].data["text/plain"])
    assert times_seen > 1, "once in the source, once more in the output"


def test_a_script_without_a_guard_runs_notebooks(tmp_path: Path) -> None:
    nbformat.write(new_notebook("import os\nprint(os.getpid())"), tmp_path / "in.ipynb")
    lines = ["import papermill, sys", "sys.stdout.write('here ')"]
    lines += ["for n in 'ab': papermill.execute_notebook('in.ipynb', n + '.ipynb', engine_name='zonebook')"]
    (tmp_path / "script.py").write_text("\n".join(lines))
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, check=True, timeout=120, capture_output=True, text=True
    )
    assert done.stdout == "here "
    pids = [nbformat.read(tmp_path / f"{n}.ipynb", as_version=4).cells[0].outputs[0].text for n in "ab"]
    assert pids[0] != pids[1]


def test_the_time_limit_of_a_cell_holds(results: Path) -> None:
    raised, seconds = json.loads((results / "time.json").read_text())
    assert raised == "CellTimeoutError"
    assert seconds < 40


def test_an_unknown_kernel_is_refused_as_by_the_stock_engine() -> None:
    engines.register_engines()
    with pytest.raises(NoSuchKernel):
        papermill.execute_notebook(new_notebook("1"), None, engine_name=FORK, kernel_name="no-such", progress_bar=False)


def test_where_nothing_can_be_forked_the_stock_engine_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engines, "find_start_method", lambda: "spawn")
    nbformat.write(new_notebook("type(get_ipython().kernel).__name__"), tmp_path / "in.ipynb")
    run_notebooks([tmp_path / "in.ipynb"], tmp_path / "out", FORK)
    said, cells, _ = read_result(tmp_path / "out", "in")
    assert said == ""
    assert cells[0]["outputs"][0]["data"]["text/plain"] == "'IPythonKernel'"


@pytest.mark.parametrize(
    ("change", "is_plain"),
    [
        ({}, True),
        ({"data": {"application/x.y+json": [1], "application/json": 2, "text/html": "<p>"}}, True),
        ({"data": {"text/html": ["a", "b"]}}, False),
        ({"data": {"text/html": 5}}, False),
        ({"data": {"application/jsonx": {}}}, False),
        ({"metadata": []}, False),
        ({"execution_count": -1}, False),
        ({"execution_count": True}, False),
        ({"more": 1}, False),
    ],
    ids=str,
)
def test_a_result_taken_as_plain_is_one_of_the_format(change: dict[str, Any], is_plain: bool) -> None:
    content = {"data": {"text/plain": "1"}, "metadata": {}, "execution_count": 1} | change
    assert engines._is_plain_result({"msg_type": "execute_result", "content": content}) == is_plain
    assert not engines._is_plain_result({"msg_type": "display_data", "content": content})
    if is_plain:
        nbformat.validate({"output_type": "execute_result", **content}, ref="execute_result", version=4)
