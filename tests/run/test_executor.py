"""Every call has a process of its own; one that hangs or dies is ended and reported, the rest goes on."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from run import calls
from zonebook.errors import PageError
from zonebook.run.executor import ChildError, ForkExecutor


@pytest.fixture(scope="module")
def executor() -> Iterator[ForkExecutor]:
    with ForkExecutor(workers=2, timeout=30) as executor:
        yield executor


def test_calls_give_their_results_in_the_order_asked(executor: ForkExecutor) -> None:
    assert list(executor.map(calls.add, [1, 2, 3], [10, 20, 30])) == [11, 22, 33]


def test_an_error_comes_back_with_its_place_and_remedy(executor: ForkExecutor) -> None:
    with pytest.raises(PageError, match="no good") as caught:
        executor.submit(calls.fail).result()
    assert (caught.value.place, caught.value.remedy) == ("here", "Mend it.")


def test_a_process_that_dies_is_reported_and_the_next_call_works(executor: ForkExecutor) -> None:
    with pytest.raises(ChildError, match="exit code 3"):
        executor.submit(calls.die).result()
    assert executor.submit(calls.add, 1, 1).result() == 2


def test_nothing_leaks_from_one_call_to_the_next(executor: ForkExecutor) -> None:
    first, second = (executor.submit(calls.leave_traces).result() for _ in range(2))
    assert first == second
    assert first[0] is None


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are POSIX")
def test_a_call_that_takes_too_long_is_ended_with_what_it_started(tmp_path: Path) -> None:
    note = tmp_path / "child"
    begun = time.monotonic()
    with ForkExecutor(workers=1, timeout=1.5) as executor, pytest.raises(ChildError, match=r"longer than 1\.5 seconds"):
        executor.submit(calls.sleep_with_a_child, str(note)).result()
    assert time.monotonic() - begun < 30
    child = int(note.read_text())
    for _ in range(50):
        if not _is_running(child):
            return
        time.sleep(0.1)
    pytest.fail("the child of the ended call still runs")


def _is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
