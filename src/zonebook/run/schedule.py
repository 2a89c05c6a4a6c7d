"""Runs pages side by side and only where something changed; what became of each is yielded as it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, as_completed
from pathlib import Path

from zonebook.errors import PageError
from zonebook.run import cache
from zonebook.run.execute import PageFailure, PageJob, PageOutcome, check_parameters, run_page
from zonebook.run.executor import ChildError


def run_pages(
    jobs: Iterable[PageJob], out: Path, executor: Executor, *, engine: str, force: bool = False
) -> Iterator[PageOutcome]:
    """Run pages and yield what became of each as it is done; unchanged ones are taken as they are.

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
    """
    jobs = list(jobs)
    for job in jobs:
        check_parameters(job)
    running: dict[Future[PageOutcome], PageJob] = {}
    for job in jobs:
        known = None if force else cache.recall(out, job)
        if known is not None:
            yield known
        else:
            running[executor.submit(run_page, job, out, engine)] = job
    for future in as_completed(running):
        outcome = _outcome_of(future, running[future])
        cache.remember(out, outcome)
        yield outcome


def _outcome_of(future: Future[PageOutcome], job: PageJob) -> PageOutcome:
    try:
        return future.result()
    except (ChildError, PageError) as error:
        return PageOutcome(job, None, failure=PageFailure("", str(error)))
