"""Child processes: forked from a server that has everything imported, or spawned where forking is not safe."""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

FORK, SPAWN = "forkserver", "spawn"
_UNCOLLECTED, _RARE, _PRELOAD = (f"zonebook.run.{name}" for name in ("uncollected", "preload_rare", "preload"))
# One page, one core: two pages side by side must not fight over the same cores with threads of their own.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS"),
    "1",
)
# The order of sets must not differ from run to run.
_SAME_HASHES = {"PYTHONHASHSEED": "0"}
_STARTING = threading.Lock()


def find_start_method() -> str:
    """Return how children are started here: forked, save on Windows, which cannot, and macOS, where it is not safe."""
    can_fork = FORK in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return FORK if can_fork else SPAWN


def start_child(function: Callable[..., None], arguments: tuple[Any, ...], method: str = "") -> BaseProcess:
    """Start a call in a process of its own and return the process.

    Parameters
    ----------
    function
        What to call, found by its module and name.
    arguments
        What to call it with: anything that can be pickled, and ends of pipes.
    method
        ``forkserver`` or ``spawn``; if empty, as is best here.
    """
    context: Any = multiprocessing.get_context(method or find_start_method())
    if context.get_start_method() == FORK:
        context.set_forkserver_preload([_UNCOLLECTED, _RARE, _PRELOAD])  # of no effect on a server that runs
    process: BaseProcess = context.Process(target=function, args=arguments)
    with _STARTING, _child_environment(), _without_main():
        process.start()
    return process


def start_server(*, rare: bool = True) -> None:
    """Start the server that children are forked from, without waiting until it is ready; nothing where none is had.

    ``rare`` says whether it imports what few data sets ask for as well.
    """
    if find_start_method() == FORK:
        preloaded = [_UNCOLLECTED, *([_RARE] if rare else []), _PRELOAD]
        multiprocessing.get_context(FORK).set_forkserver_preload(preloaded)
        with _STARTING, _child_environment(), _without_main():
            forkserver.ensure_running()


def make_pipe(*, duplex: bool = False) -> tuple[Connection, Connection]:
    """Return the two ends of a pipe: the first to read from, the second to write to, unless both do both."""
    return multiprocessing.Pipe(duplex)


@contextlib.contextmanager
def _child_environment() -> Iterator[None]:
    """Set the variables that a server or process started meanwhile inherits; who has set threads has his reasons."""
    kept = {name: os.environ.get(name) for name in (*_ONE_THREAD, *_SAME_HASHES)}
    os.environ.update({name: value for name, value in _ONE_THREAD.items() if kept[name] is None} | _SAME_HASHES)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program that runs: children would run it once more, and a script without a guard would never end."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def enter_child() -> None:
    """Make this process the head of a group of its own, which ends when the process that asked for it is gone."""
    if hasattr(os, "setsid"):
        os.setsid()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    end_group()


def finish_child() -> None:
    """Run what was asked to run at exit."""
    gc.freeze()  # IPython looks for garbage at its exit, among all that goes with the process in a moment
    atexit._run_exitfuncs()


def leave_child() -> None:
    """Run what was asked to run at exit, then end this process and every one of its group."""
    finish_child()
    end_group()


def end_group() -> None:
    """End this process and every one of its group at once."""
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(0)
