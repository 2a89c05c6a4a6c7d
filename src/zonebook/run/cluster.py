"""Pages on a Dask cluster, behind the interface of executors: workers need the package and nothing else.

Dask schedules, and runs pages elsewhere when a worker dies. Here is what it does not know: what a page reads, that it
has a process of its own on the worker, within limits, and that what comes back is what a run here would have given.
"""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from zonebook.errors import ZonebookError
from zonebook.run.cache import code_digest
from zonebook.run.execute import PageJob, PageOutcome
from zonebook.run.executor import ChildError, ForkExecutor, PageExecutor
from zonebook.run.parcel import Answer, Packer, Parcel, accept, run_parcel

_TO_CONNECT, _FOR_WORKERS = 5, 30  # seconds
_A_THREAD = 2  # pages under way for each thread of the workers: the next one is there when one is done
_MOST = 256  # pages under way at once; each waits in a thread of its own
_SERIAL = itertools.count()


class ClusterError(ZonebookError):
    """A cluster cannot be reached or cannot run pages."""


class DaskExecutor(PageExecutor):
    """Runs pages on the workers of a Dask scheduler; calls that are no pages run here.

    Parameters
    ----------
    address
        The scheduler's: ``tcp://host:port``.
    timeout, memory
        What a page may take, as for :class:`~zonebook.run.executor.ForkExecutor`.
    workers
        How many other calls run side by side on this machine.

    Raises
    ------
    ClusterError
        If Dask is not installed, or there is no scheduler at the address, or it has no workers.
    """

    def __init__(self, address: str, timeout: float, memory: int, workers: int = 1) -> None:
        self._limits = (timeout, memory)
        self._client = _connect(address)
        self._here = ForkExecutor(workers, timeout)
        self._waiting = ThreadPoolExecutor(max_workers=_MOST, thread_name_prefix="cluster")
        self._packers: dict[Path, Packer] = {}
        self._held: dict[str, Any] = {}

    @property
    def room(self) -> int:
        """As many pages as the workers have threads, and as many on their way."""
        threads: int = sum(self._client.nthreads().values())
        return min(_MOST, max(1, _A_THREAD * threads))

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Run a call in a process of its own on this machine (the standard interface)."""
        return self._here.submit(function, *arguments, **named)

    def submit_for(self, seconds: float, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Run a call that may take so long in a process of its own on this machine."""
        return self._here.submit_for(seconds, function, *arguments)

    def lay_out(self, tools: str) -> None:
        """Have a module imported on this machine."""
        self._here.lay_out(tools)

    def submit_with(self, tools: str, seconds: float, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Run a call on this machine that finds a module imported."""
        return self._here.submit_with(tools, seconds, function, *arguments)

    def submit_page(self, job: PageJob, out: Path, engine: str) -> Future[PageOutcome]:
        """Run a page on a worker; its notebook is then written here."""
        packer = self._packers.setdefault(out, Packer(out))
        parcel = packer.pack(job, engine)
        digests = sorted(set(parcel.shared.values()))
        held = [self._hold(digest, packer) for digest in digests]
        key = f"zonebook-page-{job.lang}-{job.target}-{id(self)}-{next(_SERIAL)}"
        sent = self._client.submit(run_sent, parcel, self._limits, code_digest(), digests, held, key=key, pure=False)
        return self._waiting.submit(_receive, sent, job, out)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; what it still runs for nobody is dropped."""
        self._held.clear()
        self._client.close()
        self._waiting.shutdown(wait=False, cancel_futures=True)
        self._here.shutdown(wait, cancel_futures=cancel_futures)

    def _hold(self, digest: str, packer: Packer) -> Any:
        """Return a shared file's content as the cluster holds it, sent once.

        It is the result of a task, not scattered data: if the worker that has it dies, Dask makes it anew.
        """
        if digest not in self._held:
            content = packer.contents[digest].read_bytes()
            self._held[digest] = self._client.submit(bytes, content, key=f"zonebook-file-{digest}")
        return self._held[digest]


def _connect(address: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415  (an optional extra)
    except ImportError as error:
        raise ClusterError(
            "Dask distributed is not installed, so pages cannot be sent to a scheduler.",
            remedy="Install it: pip install 'zonebook[cluster]'.",
        ) from error
    try:
        client: Any = Client(address, timeout=_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address}.",
            remedy="Start one with dask scheduler, or correct the address: tcp://host:port.",
        ) from error
    try:
        client.wait_for_workers(1, timeout=_FOR_WORKERS)
    except TimeoutError as error:
        client.close()
        raise ClusterError(
            f"the Dask scheduler at {address} has no workers.",
            remedy=f"Start some, where Zonebook is installed: dask worker {address}.",
        ) from error
    return client


def _receive(sent: Any, job: PageJob, out: Path) -> PageOutcome:
    """Wait for what a page gave on the cluster, and write its notebook here."""
    error = sent.exception()
    if error is None:
        return accept(sent.result(), job, out)
    if isinstance(error, ZonebookError):
        raise error
    if type(error).__name__ == "KilledWorker":
        raise ChildError("several workers of the cluster died while they ran it.")
    raise ClusterError(
        f"the cluster could not run page {job.lang}/{job.target}: {type(error).__name__}: {error}.",
        remedy="See that the scheduler runs and that this version of Zonebook is installed on every worker.",
    )


def run_sent(parcel: Parcel, limits: tuple[float, int], code: str, digests: list[str], contents: list[bytes]) -> Answer:
    """Run a page on a worker, in a process of its own.

    Raises
    ------
    ClusterError
        If another version of the package or of a library is installed here than where the page comes from.
    ChildError
        If the page took more than its limits allow, or its process died.
    """
    if code != code_digest():
        raise ClusterError(
            "a worker has another version of Zonebook, or of a library it uses, than this machine.",
            remedy="Install the same versions everywhere: requirements.lock has them.",
        )
    executor = _executor(limits)
    shared = dict(zip(digests, contents, strict=True))
    return run_parcel(parcel, shared, lambda job, out, engine: executor.submit_page(job, out, engine).result())


@cache
def _executor(limits: tuple[float, int]) -> ForkExecutor:
    """Return the executor of a worker; the worker says how many pages run side by side."""
    # Dask's nanny starts workers as processes that may have no children; ours end with their page or their worker.
    multiprocessing.current_process()._config.pop("daemon", None)  # type: ignore[attr-defined]
    return ForkExecutor(_MOST, *limits)
