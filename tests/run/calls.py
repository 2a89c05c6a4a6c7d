"""Calls that the executor's tests run in processes of their own."""

import atexit
import os
import subprocess
import sys
import time
from pathlib import Path

import matplotlib as mpl

from zonebook.errors import PageError
from zonebook.papers import PrintTask


def add(one: int, other: int) -> int:
    return one + other


def fail() -> None:
    raise PageError("no good", place="here", remedy="Mend it.")


def print_forever(task: PrintTask) -> None:
    """Stand for the printing of handouts, and never end."""
    sleep_with_a_child(str(task.out / "pids"))


def sleep_with_a_child(note: str) -> None:
    """Start a process, note down both, and sleep."""
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
    Path(f"{note}.part").write_text(f"{os.getpid()} {child}", encoding="utf-8")
    Path(f"{note}.part").rename(note)
    time.sleep(60)


def leave_a_child(note: str) -> None:
    """Start a process, note it down, and be done."""
    child = subprocess.Popen(["sleep", "60"])
    Path(note).write_text(str(child.pid), encoding="utf-8")


def leave_at_exit(note: str) -> None:
    """Ask for something to be done at the exit."""
    atexit.register(Path(note).write_text, "done", encoding="utf-8")


def die() -> None:
    os._exit(3)


def leave_traces() -> tuple[str | None, bool, str]:
    """Return what an earlier call left behind, and leave the same behind."""
    found = os.environ.get("ZB_TRACE"), "zb_trace" in sys.modules, str(mpl.rcParams["font.size"]) + str(Path.cwd())
    os.environ["ZB_TRACE"] = "left"
    sys.modules["zb_trace"] = sys
    mpl.rcParams["font.size"] = 99
    os.chdir("/")
    return found


def list_imported(*names: str) -> list[bool]:
    """Return which modules a call finds imported."""
    return [name in sys.modules for name in names]


def meet(own: Path, other: Path) -> bool:
    """Wait until another call has begun as well."""
    own.touch()
    end = time.monotonic() + 20
    while not other.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return other.exists()


def tell_parent() -> int:
    """Return the process this one was forked from."""
    return os.getppid()
