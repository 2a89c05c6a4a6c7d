"""An executor that runs each call in a fresh process, within limits of time and memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from zonebook.errors import ZonebookError
from zonebook.run.children import (
    FORK,
    end_group,
    enter_child,
    find_start_method,
    finish_child,
    make_pipe,
    start_child,
    start_server,
)
from zonebook.run.execute import JUPYTER_ENGINE, PageJob, PageOutcome, run_page
from zonebook.run.limits import Limits, describe_exit, end_family, limit_own_memory, takes_too_much
from zonebook.run.workshop import Workshop

_FIRST_LOOK, _NEXT_LOOK = 0.5, 0.25  # seconds until memory is measured first, and then again
_FAREWELL = 2.0  # seconds a process has for what it wants to do at its exit


class ChildError(ZonebookError):
    """A page's process ended without a result, or was ended because it took more than it may."""


class PageExecutor(Executor):
    """An executor of the standard interface that also knows how a page reaches the place where it runs."""

    @property
    def room(self) -> int:
        """How many pages it takes at once; more would only wait."""
        raise NotImplementedError

    def start(self) -> None:
        """Have what pages run in get ready while other things are done."""

    def submit_for(self, seconds: float, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Run a call that may take so long in a process of its own on this machine."""
        raise NotImplementedError

    def lay_out(self, tools: str) -> None:
        """Have a module imported while other things are done, for calls of :meth:`submit_with`."""

    def submit_with(self, tools: str, seconds: float, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Run a call as :meth:`submit_for` does, and have it find a module imported, where that is to be had."""
        return self.submit_for(seconds, function, *arguments)

    def submit_page(self, job: PageJob, out: Path, engine: str) -> Future[PageOutcome]:
        """Run a page whose notebook goes under the output folder."""
        raise NotImplementedError


def report_exit(code: int | None) -> ChildError:
    """Return the error of a process that ended without an answer."""
    return ChildError(f"its process {describe_exit(code)} before it was done.")


def serve_call(sender: Connection, mebibytes: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Run a call in this process, which is there for it alone, and send back what it returned or raised."""
    enter_child()
    limit_own_memory(mebibytes)
    try:
        answer: tuple[bool, Any] = (True, function(*arguments))
    except ZonebookError as error:
        answer = (False, error)
    finish_child()  # so that whoever has the answer finds done what was to be done at exit
    sender.send(answer)
    sender.close()
    end_group()


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
        Mebibytes that a page may take, with whatever it started; 0 for no limit.
    method
        How processes are started; if empty, as is best here.
    """

    def __init__(self, workers: int, timeout: float, memory: int = 0, *, method: str = "") -> None:
        self._method = method or find_start_method()
        self._timeout, self._memory = timeout, memory
        self._threads = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="page")
        # A process takes a while to give back its memory, and nobody who has its answer waits for that.
        self._farewells = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="farewell")
        self._workers = workers
        self._running: set[int] = set()
        self._workshops: dict[str, Workshop] = {}

    @property
    def room(self) -> int:
        """As many pages as run side by side, and as many waiting."""
        return 2 * self._workers

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Run a call in a process of its own (the standard interface)."""
        if named:
            raise TypeError("keyword arguments are not passed on")
        return self.submit_for(self._timeout, function, *arguments)

    def submit_for(self, seconds: float, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Run a call that may take so long in a process of its own."""
        return self._threads.submit(self._call, function, arguments, Limits(seconds))

    def start(self) -> None:
        """Have the server that pages are forked from get ready while other things are done."""
        if self._method == FORK:
            start_server()

    def lay_out(self, tools: str) -> None:
        """Have a process import a module while other things are done: calls that need it are forked from that one."""
        if self._method == FORK and tools not in self._workshops:
            self._workshops[tools] = Workshop(tools, serve_call, report_exit)

    def submit_with(self, tools: str, seconds: float, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Run a call in a process of its own that finds a module imported; where none is forked, it imports it."""
        self.lay_out(tools)
        if tools not in self._workshops:
            return self.submit_for(seconds, function, *arguments)
        return self._threads.submit(self._call_in, self._workshops[tools], function, arguments, Limits(seconds))

    def submit_page(self, job: PageJob, out: Path, engine: str) -> Future[PageOutcome]:
        """Run a page within its limits; where nothing can be forked, in a Jupyter kernel."""
        engine = JUPYTER_ENGINE if self._method != FORK else engine
        return self._threads.submit(self._call, run_page, (job, out, engine), Limits(self._timeout, self._memory))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for the calls that run, drop those that wait if so asked."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        if wait:
            self._farewells.shutdown()
            for workshop in self._workshops.values():
                workshop.close()
            self._workshops.clear()

    def __exit__(self, kind: type[BaseException] | None, *error: Any) -> None:
        if kind is not None:  # an interrupt, for one: nobody is left to take what the calls would give
            self._threads.shutdown(wait=False, cancel_futures=True)
            for pid in (*self._running, *(workshop.pid for workshop in self._workshops.values())):
                end_family(pid)
        self.shutdown()

    def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits) -> Any:
        receiver, sender = make_pipe()
        process = start_child(serve_call, (sender, limits.mebibytes, function, arguments), self._method)
        sender.close()
        try:
            return self._await_value(receiver, process.pid or 0, limits)
        except EOFError as error:
            process.join()
            raise report_exit(process.exitcode) from error
        finally:
            self._farewells.submit(_end, process)

    def _call_in(
        self, workshop: Workshop, function: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits
    ) -> Any:
        receiver, sender = make_pipe()
        try:
            with sender:
                pid = workshop.start(sender, limits.mebibytes, function, arguments)
            return self._await_value(receiver, pid, limits)
        except (EOFError, OSError) as error:
            raise ChildError("the process it is forked from ended before it was done.") from error

    def _await_value(self, receiver: Connection, pid: int, limits: Limits) -> Any:
        """Return what a process's call returned, raise what it raised."""
        self._running.add(pid)
        try:
            succeeded, value = _await_answer(receiver, pid, limits)
        except ChildError:
            end_family(pid)
            raise
        finally:
            self._running.discard(pid)
            receiver.close()
        if not succeeded:
            raise value
        return value


def _end(process: BaseProcess) -> None:
    """Give a process the time to end by itself, then end it and all it started."""
    process.join(_FAREWELL)
    if process.is_alive():
        end_family(process.pid or 0)
    process.join()
    process.close()


def _await_answer(receiver: Connection, pid: int, limits: Limits) -> tuple[bool, Any]:
    """Return a process's answer: whether its call succeeded, and what it returned or raised.

    Raises
    ------
    ChildError
        If it takes more than its limits allow.
    EOFError
        If it has ended without an answer.
    """
    end = time.monotonic() + limits.seconds
    look = _FIRST_LOOK if limits.mebibytes else limits.seconds
    while not receiver.poll(max(0.0, min(end - time.monotonic(), look))):
        look = min(look, _NEXT_LOOK) if limits.mebibytes else look
        if time.monotonic() >= end:
            raise ChildError(
                f"took longer than {limits.seconds:g} seconds and was ended.",
                remedy="The parameter timeout gives it more.",
            )
        if takes_too_much(pid, limits):
            raise ChildError(
                f"took more than {limits.mebibytes} MiB of memory and was ended.",
                remedy="The parameter memory gives it more.",
            )
    answer: tuple[bool, Any] = receiver.recv()
    return answer
