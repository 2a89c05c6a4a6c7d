"""Children are fresh, know nothing of the program that started them, and never outlive it."""

import multiprocessing
import os
import signal
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from run.test_limits import wait_for_end
from zonebook.run import children


def tell(sender: Connection) -> None:
    """Send back what a child finds."""
    sender.send((os.environ.get("OMP_NUM_THREADS"), hash("order"), "matplotlib" in sys.modules, os.getpid()))


@pytest.mark.parametrize("method", [children.FORK, children.SPAWN])
def test_a_child_is_started_either_way(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    receiver, sender = children.make_pipe()
    child = children.start_child(tell, (sender,), method)
    threads, hashed, is_loaded, pid = receiver.recv()
    child.join()
    assert (threads, pid) == ("1", child.pid)
    assert is_loaded == (method == children.FORK)
    assert "OMP_NUM_THREADS" not in os.environ, "the program's own threads are its own business"
    assert os.environ["PYTHONHASHSEED"] == "7"
    say_hash = "import os; print(hash('order'))"
    known = subprocess.run(
        [sys.executable, "-c", say_hash], env={**os.environ, "PYTHONHASHSEED": "0"}, capture_output=True, check=True
    )
    assert hashed == int(known.stdout), "the order of sets is the same in every run"


@pytest.mark.parametrize(("platform", "method"), [("linux", "forkserver"), ("darwin", "spawn")])
def test_forking_is_left_alone_where_it_is_not_safe(
    platform: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert children.find_start_method() == method


def test_without_forking_children_are_spawned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert children.find_start_method() == "spawn"


_PROGRAM = """
import os, sys, time
from zonebook.run.executor import ForkExecutor
from run.calls import sleep_with_a_child
ForkExecutor(1, 60).submit(sleep_with_a_child, sys.argv[1])
while not os.path.exists(sys.argv[1]):
    time.sleep(0.05)
print("started", flush=True)
time.sleep(60)
"""


def test_a_child_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _PROGRAM, note]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as program:
        assert program.stdout is not None
        program.stdout.readline()
        pids = [int(pid) for pid in note.read_text().split()]
        program.send_signal(signal.SIGKILL)
    assert len(pids) == 2
    assert wait_for_end(*pids) == []
