"""An executor that runs each call in a fresh process, within limits of time and memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from zonebook.errors import ZonebookError
from zonebook.run.children import (
    FORK,
    enter_child,
    find_start_method,
    leave_child,
    make_pipe,
    start_child,
    start_server,
)
from zonebook.run.execute import FORK_ENGINE, JUPYTER_ENGINE, PageJob, PageOutcome, run_page
from zonebook.run.limits import Limits, describe_exit, end_family, limit_own_memory, measure_memory

_FIRST_LOOK, _NEXT_LOOK = 0.5, 0.25  # seconds until memory is measured first, and then again
_FAREWELL = 2.0  # seconds a process has for what it wants to do at its exit


class ChildError(ZonebookError):
    """A page's process ended without a result, or was ended because it took more than it may."""


class PageExecutor(Executor):
    """An executor of the standard interface that also knows how a page reaches the place where it runs.

    Attributes
    ----------
    room
        How many pages it takes at once; more would only wait.
    """

    room: int = 1

    def submit_page(self, job: PageJob, out: Path, engine: str) -> Future[PageOutcome]:
        """Run a page whose notebook goes under the output folder."""
        return self.submit(run_page, job, out, engine)


def serve_call(sender: Connection, mebibytes: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Run a call in this process, which is there for it alone, and send back what it returned or raised."""
    enter_child()
    limit_own_memory(mebibytes)
    try:
        answer: tuple[bool, Any] = (True, function(*arguments))
    except ZonebookError as error:
        answer = (False, error)
    sender.send(answer)
    sender.close()
    leave_child()


class ForkExecutor(PageExecutor):
    """An executor of the standard interface that runs every call in a process of its own.

    The processes are forked from a server that has pandas, matplotlib and the package imported, so each starts
    fresh in milliseconds. Where forking is not to be had they are spawned, and pages run in Jupyter kernels: the
    same results, slower.

    Parameters
    ----------
    workers
        How many calls run side by side.
    timeout
        Seconds a call may take; then its process, and whatever it started, is ended.
    memory
        Mebibytes it may take, with whatever it started; 0 for no limit.
    method
        How processes are started; if empty, as is best here.
    """

    def __init__(self, workers: int, timeout: float, memory: int = 0, *, method: str = "") -> None:
        self._method = method or find_start_method()
        self._limits = Limits(timeout, memory)
        self._threads = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="page")
        self.room = 2 * workers

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Run a call in a process of its own (the standard interface)."""
        if named:
            raise TypeError("keyword arguments are not passed on")
        return self._threads.submit(self._call, function, arguments)

    def start(self) -> None:
        """Have the server that pages are forked from get ready while other things are done."""
        if self._method == FORK:
            start_server()

    def submit_page(self, job: PageJob, out: Path, engine: str) -> Future[PageOutcome]:
        """Run a page; where nothing can be forked, in a Jupyter kernel."""
        can_fork = self._method == FORK
        return super().submit_page(job, out, JUPYTER_ENGINE if engine == FORK_ENGINE and not can_fork else engine)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for the calls that run, drop those that wait if so asked."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        receiver, sender = make_pipe()
        process = start_child(serve_call, (sender, self._limits.mebibytes, function, arguments), self._method)
        sender.close()
        is_done = False
        try:
            _await_answer(receiver, process.pid or 0, self._limits)
            succeeded, value = receiver.recv()
            is_done = True
        except EOFError as error:
            process.join()
            how = describe_exit(process.exitcode)
            raise ChildError(f"its process {how} before it was done.") from error
        finally:
            receiver.close()
            if is_done:
                process.join(_FAREWELL)
            if process.is_alive() or not is_done:
                end_family(process.pid or 0)
            process.join()
            process.close()
        if not succeeded:
            raise value
        return value


def _await_answer(receiver: Connection, pid: int, limits: Limits) -> None:
    """Wait until a process has answered or ended.

    Raises
    ------
    ChildError
        If it takes more than its limits allow.
    """
    end = time.monotonic() + limits.seconds
    look = _FIRST_LOOK
    while not receiver.poll(
        max(0.0, min(end - time.monotonic(), look) if limits.mebibytes else end - time.monotonic())
    ):
        look = _NEXT_LOOK
        if time.monotonic() >= end:
            raise ChildError(
                f"took longer than {limits.seconds:g} seconds and was ended.",
                remedy="The parameter timeout gives it more.",
            )
        if limits.mebibytes and measure_memory(pid) > limits.mebibytes:
            raise ChildError(
                f"took more than {limits.mebibytes} MiB of memory and was ended.",
                remedy="The parameter memory gives it more.",
            )
