"""What a piece of work costs: by the clock, of the processor, in memory; and what it was measured on."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = (
    "zonebook",
    "papermill",
    "jupyter-book",
    "Sphinx",
    "ipykernel",
    "pandas",
    "pyarrow",
    "matplotlib",
    "distributed",
)
_SET_CHILD_SUBREAPER = 36  # of Linux's prctl
_KIB = 1 if sys.platform == "darwin" else 1024  # what the system counts memory in, in bytes


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of the processor, MiB of the largest process."""

    clock: float
    processor: float
    memory: float = 0.0

    def __str__(self) -> str:
        """Return it as a part of a line."""
        return f"{self.clock:7.1f} s, {self.processor:7.1f} s of the processor, {self.memory:5.0f} MiB"

    def times(self, factor: float) -> Cost:
        """Return what so many of it cost, one after the other."""
        return Cost(self.clock * factor, self.processor * factor, self.memory)

    def less(self, other: Cost) -> Cost:
        """Return what this took more than the other."""
        return Cost(self.clock - other.clock, self.processor - other.processor)


def measure_call(call: Callable[[], object]) -> Cost:
    """Return what a call costs in a process of its own, with those it starts.

    Raises
    ------
    SystemExit
        If the call fails: then there is nothing to compare.
    """
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        try:
            call()
        except BaseException as error:  # noqa: BLE001 - told by the exit code; the other process raises
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
        os._exit(0)
    return _wait(child, begun)


def measure_command(words: Sequence[str], folder: Path | None = None) -> Cost:
    """Return what a command of Python's costs: ``python -m`` the words, in a folder."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", *words]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, process_group=0)  # noqa: S603 - ours
    return _wait(process.pid, begun)


def _wait(child: int, begun: float) -> Cost:
    """Wait for a process that heads a group, then for what it leaves of it: the server that pages are forked from."""
    try:
        _, status, usage = os.wait4(child, 0)
    except KeyboardInterrupt:
        os.killpg(child, signal.SIGTERM)  # a group of its own is not interrupted from the keyboard
        raise
    clock, usages = time.perf_counter() - begun, [usage]
    if status:
        raise SystemExit("What was to be measured failed, so there is nothing to compare.")
    while True:
        try:
            usages.append(os.wait4(-child, 0)[2])
        except ChildProcessError:
            break
    processor = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return Cost(clock, processor, max(usage.ru_maxrss for usage in usages) * _KIB / 2**20)


def adopt_orphans() -> None:
    """Have processes whose parent has ended become this one's, where the system knows how: then they can be counted."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


adopt_orphans()


def describe_machine() -> str:
    """Return the machine and the versions of what is measured."""
    info = Path("/proc/cpuinfo")
    models = [line for line in info.read_text("utf-8").splitlines() if "model name" in line] if info.is_file() else []
    model = models[0].split(":", 1)[1].strip() if models else platform.machine()
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} cores ({model}), {platform.system()}, Python {platform.python_version()}; {versions}"


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
