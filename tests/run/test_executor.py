"""Every call has a process of its own; one that hangs or dies is ended and reported, the rest goes on."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from run import calls
from run.test_limits import wait_for_end
from run.test_schedule import _job
from zonebook.errors import PageError
from zonebook.run.executor import ChildError, ForkExecutor
from zonebook.run.schedule import run_pages


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


def test_a_call_that_takes_too_long_is_ended_with_what_it_started(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    begun = time.monotonic()
    with ForkExecutor(workers=1, timeout=3) as executor, pytest.raises(ChildError, match="longer than 3 seconds"):
        executor.submit(calls.sleep_with_a_child, str(note)).result()
    assert time.monotonic() - begun < 30
    assert wait_for_end(*map(int, note.read_text().split())) == []


def test_a_call_of_another_kind_has_its_own_time() -> None:
    with ForkExecutor(workers=1, timeout=0.01) as executor:
        assert executor.submit_for(60, calls.add, 1, 1).result() == 2


def test_an_interrupt_ends_what_runs_and_drops_what_waits(tmp_path: Path) -> None:
    note, futures = tmp_path / "pids", []
    begun = time.monotonic()

    def run_until_interrupted() -> None:
        with ForkExecutor(workers=1, timeout=60) as executor:
            futures.extend(executor.submit(calls.sleep_with_a_child, str(note)) for _ in range(2))
            while not note.exists():
                time.sleep(0.05)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_until_interrupted()
    assert time.monotonic() - begun < 30
    assert isinstance(futures[0].exception(), ChildError)
    assert futures[1].cancelled()
    assert wait_for_end(*map(int, note.read_text().split())) == []


def test_what_a_call_started_ends_with_it(tmp_path: Path, executor: ForkExecutor) -> None:
    executor.submit(calls.leave_a_child, str(tmp_path / "pid")).result()
    assert wait_for_end(int((tmp_path / "pid").read_text())) == []


def test_what_is_to_be_done_at_exit_is_done(tmp_path: Path, executor: ForkExecutor) -> None:
    executor.submit(calls.leave_at_exit, str(tmp_path / "note")).result()
    assert (tmp_path / "note").read_text() == "done"


def test_calls_find_imported_what_was_laid_out_for_them_and_nothing_of_each_other(executor: ForkExecutor) -> None:
    executor.lay_out("wave")
    first, second = (executor.submit_with("wave", 30, calls.leave_traces).result() for _ in range(2))
    assert first == second
    assert executor.submit_with("wave", 30, calls.list_imported, "wave", "colorsys").result() == [True, False]
    assert executor.submit_with("colorsys", 30, calls.list_imported, "wave", "colorsys").result() == [False, True]
    assert executor.submit_for(30, calls.list_imported, "wave", "colorsys").result() == [False, False]


def test_calls_of_a_workshop_run_side_by_side(executor: ForkExecutor, tmp_path: Path) -> None:
    begun = [tmp_path / name for name in ("one", "other")]
    met = [executor.submit_with("wave", 30, calls.meet, begun[n], begun[1 - n]) for n in range(2)]
    assert [future.result() for future in met] == [True, True]


def test_a_call_of_a_workshop_that_fails_or_dies_is_reported_and_the_next_one_works(executor: ForkExecutor) -> None:
    with pytest.raises(PageError, match="no good"):
        executor.submit_with("wave", 30, calls.fail).result()
    with pytest.raises(ChildError, match="exit code 3"):
        executor.submit_with("wave", 30, calls.die).result()
    assert executor.submit_with("wave", 30, calls.add, 1, 1).result() == 2


def test_a_call_of_a_workshop_that_takes_too_long_is_ended_with_what_it_started(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    with ForkExecutor(workers=1, timeout=30) as executor:
        with pytest.raises(ChildError, match="longer than 3 seconds"):
            executor.submit_with("wave", 3, calls.sleep_with_a_child, str(note)).result()
        assert wait_for_end(*map(int, note.read_text().split())) == []
        assert executor.submit_with("wave", 30, calls.add, 1, 1).result() == 2


def test_a_workshop_that_cannot_be_set_up_is_reported() -> None:
    with ForkExecutor(workers=1, timeout=30) as executor, pytest.raises(ChildError, match="it is forked from ended"):
        executor.submit_with("no_such_module", 30, calls.add, 1, 1).result()


def test_a_workshop_ends_with_its_executor() -> None:
    with ForkExecutor(workers=1, timeout=30) as executor:
        parent = executor.submit_with("wave", 30, calls.tell_parent).result()
    assert wait_for_end(parent) == []


def test_an_interrupt_ends_calls_of_a_workshop(tmp_path: Path) -> None:
    note = tmp_path / "pids"

    def run_until_interrupted() -> None:
        with ForkExecutor(workers=1, timeout=60) as executor:
            executor.submit_with("wave", 60, calls.sleep_with_a_child, str(note))
            while not note.exists():
                time.sleep(0.05)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_until_interrupted()
    assert wait_for_end(*map(int, note.read_text().split())) == []


def test_where_nothing_can_be_forked_a_call_imports_its_tools_itself() -> None:
    with ForkExecutor(workers=1, timeout=30, method="spawn") as executor:
        executor.lay_out("wave")
        assert executor.submit_with("wave", 60, calls.add, 1, 1).result() == 2


_MAP = "import mmap; part = mmap.mmap(-1, 8 << 20); part.write(bytes(8 << 20)); held.append(part)"
_TAKE = "held.append(bytearray(8 << 20))"
_EAT = f"held = []\nimport time\nfor _ in range(400):\n    {_TAKE}\n    time.sleep(0.01)"
_EAT_ELSEWHERE = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {_EAT.replace(_TAKE, _MAP)!r}])"
_SLEEP = "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(60)"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (_EAT, r"^MemoryError: .*the parameter memory gives a page more"),
        (_EAT_ELSEWHERE, "took more than 300 MiB of memory and was ended. The parameter memory gives it more."),
    ],
)
def test_a_page_that_eats_memory_is_reported_and_the_rest_goes_on(source: str, message: str, tmp_path: Path) -> None:
    jobs = [_job(tmp_path, "hungry", source), _job(tmp_path, "good", "1 + 1")]
    with ForkExecutor(workers=1, timeout=60, memory=300) as executor:
        outcomes = {o.job.id: o for o in run_pages(jobs, tmp_path / "out", executor, engine="fork")}
    assert outcomes["good"].failure is None
    assert outcomes["hungry"].failure is not None
    assert re.search(message, outcomes["hungry"].failure.message)


def test_limits_hold_for_jupyter_kernels_too(tmp_path: Path) -> None:
    with ForkExecutor(workers=1, timeout=8, memory=2048) as executor:
        (outcome,) = run_pages([_job(tmp_path, "long", _SLEEP)], tmp_path / "out", executor, engine="jupyter")
    assert outcome.failure is not None
    assert "took longer than 8 seconds" in outcome.failure.message
    assert wait_for_end(int((tmp_path / "out/notebooks/en/zones/pid").read_text())) == []


def test_where_nothing_can_be_forked_pages_run_in_jupyter_kernels(tmp_path: Path) -> None:
    job = _job(tmp_path, "page", "import os\nprint('JPY_PARENT_PID' in os.environ, 'JPY_SESSION_NAME' in os.environ)")
    outcomes = []
    for method in ("spawn", ""):
        out = tmp_path / f"out {method}"
        with ForkExecutor(workers=1, timeout=60, memory=2048, method=method) as executor:
            outcomes += run_pages([job], out, executor, engine="fork")
    spawned, forked = (o.notebook.read_text() for o in outcomes if o.notebook)
    assert spawned.replace('"True False', '"False False') == forked
    assert spawned != forked
