"""An executor that runs each call in a fresh process, forked from one that has everything imported."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

from zonebook.errors import ZonebookError

_PRELOADED = ["zonebook.run.preload"]
# One page, one core: two pages side by side must not fight over the same cores with threads of their own.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class ChildError(ZonebookError):
    """A page's process ended without a result, or was ended because its time was up."""


def _serve_call(sender: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Run a call in the child and send back what it returned or raised."""
    os.setpgid(0, 0)
    try:
        answer: tuple[bool, Any] = (True, function(*arguments))
    except ZonebookError as error:
        answer = (False, error)
    sender.send(answer)
    sender.close()


class ForkExecutor(Executor):
    """An executor of the standard interface that runs every call in a process of its own.

    The processes are forked from a server that has pandas, matplotlib and the package imported, so each starts
    fresh in milliseconds. Where there is no fork (Windows) they are spawned: the same results, slower.

    Parameters
    ----------
    workers
        How many calls run side by side.
    timeout
        Seconds a call may take; then its process, and whatever it started, is ended.
    """

    def __init__(self, workers: int, timeout: float) -> None:
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(_PRELOADED)
        self._threads = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="page")
        self._timeout = timeout
        for name, value in _ONE_THREAD.items():
            os.environ.setdefault(name, value)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Run a call in a process of its own (the standard interface)."""
        if named:
            raise TypeError("keyword arguments are not passed on")
        return self._threads.submit(self._call, function, arguments)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for the calls that run, drop those that wait if so asked."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_serve_call, args=(sender, function, arguments))
        process.start()
        sender.close()
        try:
            if not receiver.poll(self._timeout):
                raise ChildError(f"took longer than {self._timeout:g} seconds and was ended.")
            succeeded, value = receiver.recv()
        except EOFError as error:
            process.join()
            raise ChildError(f"its process ended with exit code {process.exitcode} before it was done.") from error
        finally:
            _end(process)
            receiver.close()
        if not succeeded:
            raise value
        return value


def _end(process: Any) -> None:
    """End a process and the processes it started, if they still run, and reap it."""
    process.join(timeout=0.05)
    if process.is_alive():
        if hasattr(os, "killpg") and process.pid is not None:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.join()
    process.close()
