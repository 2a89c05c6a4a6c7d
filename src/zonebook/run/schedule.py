"""Runs pages side by side and only where something changed; what became of each is yielded as it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from zonebook.errors import PageError
from zonebook.run import cache
from zonebook.run.answers import Answers
from zonebook.run.execute import PageFailure, PageJob, PageOutcome, check_parameters
from zonebook.run.executor import ChildError, ForkExecutor, PageExecutor


def open_executor(workers: int, timeout: float, memory: int, scheduler: str = "") -> PageExecutor:
    """Return what runs pages: processes of this machine, or a cluster where a scheduler's address is given.

    Parameters
    ----------
    workers
        How many pages and other calls run side by side on this machine.
    timeout, memory
        Seconds and mebibytes a page may take.
    scheduler
        Address of a Dask scheduler, ``tcp://host:port``.
    """
    if not scheduler:
        return ForkExecutor(workers, timeout, memory)
    from zonebook.run.cluster import DaskExecutor  # noqa: PLC0415  (needs an optional extra)

    return DaskExecutor(scheduler, timeout, memory, workers)


def run_pages(
    jobs: Iterable[PageJob],
    out: Path,
    executor: PageExecutor,
    *,
    engine: str,
    force: bool = False,
    answers: Answers | None = None,
) -> Iterator[PageOutcome]:
    """Run pages and yield what became of each as it is done; unchanged ones are taken as they are.

    No more pages are under way than the executor has room for: what they need does not pile up in memory.

    Parameters
    ----------
    jobs
        The pages.
    out
        Output folder of the build.
    executor
        Where they run.
    engine
        ``fork`` or ``jupyter``.
    force
        Run also the pages that have not changed.
    answers
        What there is to be read, for pages whose keys go by what they have read; what their jobs bring as a key stands
        for all else then.
    """
    jobs = list(jobs)
    for job in jobs:
        check_parameters(job)
    running: dict[Future[PageOutcome], PageJob] = {}
    for job in jobs:
        known = None if force else cache.recall(out, job, answers)
        if known is not None:
            yield known
            continue
        while len(running) >= executor.room:
            yield from _take_done(running, out, answers)
        running[executor.submit_page(job, out, engine)] = job
    while running:
        yield from _take_done(running, out, answers)


def _take_done(
    running: dict[Future[PageOutcome], PageJob], out: Path, answers: Answers | None
) -> Iterator[PageOutcome]:
    """Wait until a page is done; note down and yield what became of those that are."""
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield cache.remember(out, _outcome_of(future, running.pop(future)), answers)


def _outcome_of(future: Future[PageOutcome], job: PageJob) -> PageOutcome:
    try:
        return future.result()
    except (ChildError, PageError) as error:
        return PageOutcome(job, None, failure=PageFailure("", str(error)))
