"""What a page may take: measured, kept within bounds, and ended with everything it started."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from zonebook.run.executor import ForkExecutor
from zonebook.run.limits import Limits, describe_exit, end_family, limit_own_memory, measure_memory, takes_too_much

_GROUP = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'"
_FAMILY = f"{_GROUP}], start_new_session=True); print('started', flush=True); time.sleep(60)"


def is_running(pid: int) -> bool:
    """Whether a process is there and not merely unburied."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for_end(*pids: int) -> list[int]:
    """The processes that still run after a while."""
    for _ in range(50):
        if not any(map(is_running, pids)):
            return []
        time.sleep(0.1)
    return [pid for pid in pids if is_running(pid)]


def test_limits_are_values() -> None:
    assert Limits(1.5) == Limits(1.5, 0)


def test_memory_is_that_of_a_process_and_those_it_started() -> None:
    eat = "import sys; held = bytearray(200 << 20); print('held', flush=True); sys.stdin.read()"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {eat!r}])"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert 200 < measure_memory(process.pid) < 400
        assert takes_too_much(process.pid, Limits(1, 50))
        assert not takes_too_much(process.pid, Limits(1, 400))
        assert not takes_too_much(process.pid, Limits(1, 0))
        process.stdin.close()  # type: ignore[union-attr]
    assert measure_memory(process.pid) == 0


def test_a_process_is_ended_with_all_it_started_also_in_other_sessions() -> None:
    process = subprocess.Popen([sys.executable, "-c", _FAMILY], start_new_session=True, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        end_family(process.pid)
    assert len(children) == 1
    assert wait_for_end(process.pid, int(children[0])) == []


def test_ending_what_is_gone_is_no_error() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    end_family(process.pid)


def take_memory(limit: int, wanted: int) -> str:
    """What comes of asking for memory under a limit."""
    limit_own_memory(limit)
    try:
        return str(len(bytearray(wanted << 20)))
    except MemoryError:
        return "MemoryError"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux counts what a process asks for")
@pytest.mark.parametrize(
    ("limit", "wanted", "found"), [(100, 200, "MemoryError"), (400, 200, str(200 << 20)), (0, 9, str(9 << 20))]
)
def test_a_process_gets_no_more_memory_than_it_may_have(limit: int, wanted: int, found: str) -> None:
    with ForkExecutor(1, 60) as executor:
        assert executor.submit(take_memory, limit, wanted).result() == found


@pytest.mark.parametrize(
    ("code", "words"),
    [(0, "exit code 0"), (3, "exit code 3"), (-9, "signal SIGKILL"), (-200, "exit code -200"), (None, "code None")],
)
def test_the_end_of_a_process_is_said_in_words(code: int | None, words: str) -> None:
    assert words in describe_exit(code)
