"""A real scheduler and real workers on this machine: one dies midway, and the report is that of a local build."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import Client

from run.test_schedule import _job
from small_data import write_small_data_set
from zonebook.parameters import read_parameters
from zonebook.pipeline import prepare_data, run_scope_pages
from zonebook.request import BuildRequest
from zonebook.rows import compute_flows
from zonebook.run import cluster
from zonebook.run.cluster import ClusterError, DaskExecutor
from zonebook.run.executor import ChildError, ForkExecutor
from zonebook.run.schedule import open_executor, run_pages

ROOT = Path(__file__).parents[2]


def _start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start a part of the cluster in a folder of its own."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with (folder / "log").open("w") as log:
        return subprocess.Popen([sys.executable, "-m", *words], cwd=folder, env=environment, stdout=log, stderr=log)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler with two workers: one under a nanny, as workers are by default, and one by itself."""
    folder = tmp_path_factory.mktemp("cluster")
    note = folder / "scheduler.json"
    scheduler = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    worker = ["distributed.cli.dask_worker", "--scheduler-file", str(note), "--nthreads", "1", "--no-dashboard"]
    parts = [_start(folder / "scheduler", *scheduler, "--scheduler-file", str(note))]
    while not note.exists():
        time.sleep(0.1)
    parts += [_start(folder / "nanny", *worker), _start(folder / "alone", *worker, "--no-nanny")]
    with Client(scheduler_file=str(note), set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        yield client.scheduler.address
    for part in reversed(parts):
        part.send_signal(signal.SIGINT)
        part.wait(30)


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> BuildRequest:
    folder = tmp_path_factory.mktemp("build")
    data = write_small_data_set(folder / "data")
    parameters = replace(read_parameters(ROOT / "parameters.yml"), languages=("en",))
    return BuildRequest(data, folder / "here", ROOT, parameters, workers=2)


def _notebooks(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted((out / "notebooks").rglob("*.ipynb"))}


def test_pages_are_the_bytes_of_a_local_run_also_when_a_worker_dies(address: str, request_: BuildRequest) -> None:
    there = replace(request_, out=request_.out.with_name("there"), scheduler=address)
    with ForkExecutor(2, 60) as executor:
        run_scope_pages(request_, prepare_data(request_)[0], compute_flows(request_, executor), executor)
    killed: list[int] = []

    def kill(*_: object) -> None:
        """End the worker without a nanny when the first page is there."""
        if not killed:
            with Client(address, set_as_default=False) as client:
                pids = client.run(os.getpid)
                workers = client.scheduler_info(n_workers=-1)["workers"]
            (alone,) = [name for name in pids if not workers[name].get("nanny")]
            killed.append(pids[alone])
            os.kill(killed[0], signal.SIGKILL)

    with open_executor(1, 60, 2048, address) as executor:
        assert isinstance(executor, DaskExecutor)
        data = prepare_data(there)[0]
        outcomes = run_scope_pages(replace(there, on_page=kill), data, compute_flows(there, executor), executor)
    assert killed
    assert [outcome.failure for outcome in outcomes] == [None] * 4
    assert _notebooks(there.out) == _notebooks(request_.out)
    assert len(_notebooks(there.out)) == 4


def test_a_failing_page_a_dying_one_and_one_without_end_are_isolated(address: str, request_: BuildRequest) -> None:
    out = request_.out.with_name("failing")
    prepare_data(replace(request_, out=out))
    sources = {"raises": "raise RuntimeError('broken here')", "dies": "import os\nos._exit(3)", "good": "1 + 1"}
    sources["hangs"] = "import time\ntime.sleep(60)"
    jobs = [
        replace(_job(out, name, source), id="example-north", parameters=_parameters(name))
        for name, source in sources.items()
    ]
    with DaskExecutor(address, 6, 2048) as executor:
        outcomes = {o.job.target.removeprefix("zones/"): o for o in run_pages(jobs, out, executor, engine="fork")}
    assert outcomes["good"].notebook is not None
    messages = {name: o.failure.message for name, o in outcomes.items() if o.failure}
    assert messages["raises"] == "RuntimeError: broken here"
    assert "exit code 3" in messages["dies"]
    assert "longer than 6 seconds" in messages["hangs"]


def _parameters(name: str) -> dict[str, object]:
    return {"zone": name, "lang": "en", "data": "store", "own_metrics": []}


def test_calls_that_are_no_pages_run_here(address: str) -> None:
    with DaskExecutor(address, 60, 0) as executor:
        assert executor.submit(os.getppid).result() != os.getppid()
        assert executor.room >= 2


def test_a_worker_of_another_version_is_refused() -> None:
    with pytest.raises(ClusterError, match="another version of Zonebook"):
        cluster.run_sent(None, (1, 0), "other", [], [])  # type: ignore[arg-type]


def test_without_a_scheduler_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_TO_CONNECT", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense"):
        with pytest.raises(ClusterError, match=f"no Dask scheduler answers at {address}") as caught:
            DaskExecutor(address, 60, 0)
        assert "dask scheduler" in caught.value.remedy


class _Idle:
    """The client of a scheduler that has no workers."""

    def __init__(self, *_: object, **__: object) -> None:
        """Connect."""

    def wait_for_workers(self, *_: object, **__: object) -> None:
        """Wait in vain."""
        raise TimeoutError

    def close(self) -> None:
        """Leave the scheduler."""


def test_without_workers_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("distributed.Client", _Idle)
    with pytest.raises(ClusterError, match="has no workers") as caught:
        DaskExecutor("tcp://host:8786", 60, 0)
    assert "dask worker tcp://host:8786" in caught.value.remedy


def test_without_dask_the_remedy_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"not installed.*zonebook\[cluster\]"):
        DaskExecutor("tcp://127.0.0.1:9", 60, 0)


class _Sent:
    """A task whose page did not come back."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def exception(self) -> BaseException:
        """What came back instead."""
        return self._error


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (ChildError("died."), ChildError, "died"),
        (type("KilledWorker", (Exception,), {})(), ChildError, "several workers"),
        (ModuleNotFoundError("No module named 'zonebook'"), ClusterError, "on every worker"),
    ],
)
def test_what_went_wrong_on_the_cluster_is_said(
    error: BaseException, kind: type[Exception], message: str, tmp_path: Path
) -> None:
    with pytest.raises(kind, match=message):
        cluster._receive(_Sent(error), _job(tmp_path, "page", "1"), tmp_path)
