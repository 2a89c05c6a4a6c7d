"""What a page may take: seconds, memory; and the end of a process with everything it started."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

_MIB = 1 << 20
_TOLERANCE = 128  # mebibytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take in a process of its own.

    Attributes
    ----------
    seconds
        Time from its start to its result.
    mebibytes
        Memory that its process and those it starts hold together; 0 for no limit.
    """

    seconds: float
    mebibytes: int = 0


def limit_own_memory(mebibytes: int) -> None:
    """Let this process, and each it starts, ask for no more memory than this beyond what it has; then it gets none.

    Python turns that into a ``MemoryError`` with a traceback: better than being ended. Only Linux counts what a
    process asks for; elsewhere there is :func:`measure_memory` alone.
    """
    if not mebibytes or not sys.platform.startswith("linux"):
        return
    import resource  # noqa: PLC0415  (not on Windows)

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = pages * resource.getpagesize() + mebibytes * _MIB
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def measure_memory(pid: int) -> float:
    """Return the memory in mebibytes that a process and those it started hold for themselves; 0 if it is gone.

    What a forked process still shares with the one it was forked from is nothing it takes.
    """
    return _add_up(pid, _measure_own)


def _add_up(pid: int, measure: Callable[[psutil.Process], int]) -> float:
    total = 0
    for process in _list_family(pid):
        with contextlib.suppress(psutil.Error):
            total += measure(process)
    return total / _MIB


def _measure_own(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().uss)
    except psutil.AccessDenied:  # macOS tells it of few processes
        return _measure_all(process)


def _measure_all(process: psutil.Process) -> int:
    return int(process.memory_info().rss)


def takes_too_much(pid: int, limits: Limits) -> bool:
    """Tell whether a process and those it started hold clearly more memory than they may.

    Clearly: so that a process that asks for more, and is refused, can say so itself before it is ended. What they hold
    with others is told at once and is more, so what they hold for themselves is asked for only where that is too much.
    """
    most = limits.mebibytes + _TOLERANCE
    return limits.mebibytes > 0 and _add_up(pid, _measure_all) > most and measure_memory(pid) > most


def end_family(pid: int) -> None:
    """End a process, its group, and every process it started."""
    family = _list_family(pid)
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    for process in family:
        with contextlib.suppress(psutil.Error):
            process.kill()


def _list_family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return []


def describe_exit(code: int | None) -> str:
    """Return how a process ended, as the end of a sentence.

    Examples
    --------
    >>> describe_exit(3)
    'ended with exit code 3'
    >>> describe_exit(-11)
    'was ended by the signal SIGSEGV'
    """
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"was ended by the signal {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
