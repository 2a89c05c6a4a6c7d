"""Every call has a process of its own; those that hang or die are ended and reported, the rest goes on."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from run import calls
from zonebook.errors import PageError
from zonebook.run.execute import PageJob, page_path
from zonebook.run.schedule import ChildError, ForkExecutor, run_pages


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


def _job(folder: Path, name: str, source: str, **parameters: object) -> PageJob:
    record = (
        "from zonebook.run.execute import RECORD_MIME\nfrom IPython.display import display\n"
        "display({RECORD_MIME: {'title': f'{zone} {lang}', 'metrics': []}}, raw=True)"
    )
    cells = [
        nbformat.v4.new_markdown_cell("# Page", id="title"),
        nbformat.v4.new_code_cell("zone: str = ''\nlang: str = ''", id="p", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(source, id="body"),
        nbformat.v4.new_code_cell(record, id="record", metadata={"tags": ["remove-cell"]}),
    ]
    path = folder / f"{name}.ipynb"
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return PageJob("zone", "zone", name, "en", path, f"zones/{name}", {"zone": name, "lang": "en", **parameters}, name)


def test_pages_run_side_by_side_and_a_failing_one_is_isolated(tmp_path: Path, executor: ForkExecutor) -> None:
    jobs = [_job(tmp_path, "good", "1 + 1"), _job(tmp_path, "bad", "raise RuntimeError('broken here')")]
    outcomes = {o.job.id: o for o in run_pages(jobs, tmp_path / "out", executor, engine="fork")}
    assert outcomes["good"].record == {"title": "good en", "metrics": []}
    assert outcomes["bad"].notebook is None
    failure = outcomes["bad"].failure
    assert failure is not None
    assert failure.message == "RuntimeError: broken here"
    assert failure.cell == "raise RuntimeError('broken here')"
    assert not page_path(tmp_path / "out", "en", "zones/bad").exists()


def test_an_unknown_parameter_is_an_error_before_anything_runs(tmp_path: Path) -> None:
    jobs = [_job(tmp_path, "good", "1 + 1"), _job(tmp_path, "odd", "1 + 1", colour="red")]
    with ThreadPoolExecutor(1) as executor, pytest.raises(PageError, match="no page parameter 'colour'"):
        list(run_pages(jobs, tmp_path / "out", executor, engine="fork"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("year", ["2024", 2024.5, True])
def test_an_ill_typed_parameter_is_an_error(year: object, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as executor, pytest.raises(PageError, match="'year' must be int"):
        list(run_pages([_job(tmp_path, "x", "1", year=year)], tmp_path / "out", executor, engine="fork"))


def test_both_engines_give_the_same_notebook(tmp_path: Path, executor: ForkExecutor) -> None:
    texts = []
    for engine in ("fork", "jupyter"):
        jobs = [_job(tmp_path, "page", "print('hello')\n{'a': 1}")]
        (outcome,) = run_pages(jobs, tmp_path / engine, executor, engine=engine)
        assert outcome.notebook is not None, outcome.failure
        texts.append(outcome.notebook.read_text())
    assert texts[0] == texts[1]
    assert str(tmp_path) not in texts[0], "paths of this machine do not go into a published notebook"
