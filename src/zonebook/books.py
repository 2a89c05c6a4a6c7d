"""The book of one language: what a process of its own is asked for, and what it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from zonebook.book import build_book, stage_book, write_downloads, write_redirect
from zonebook.parameters import Parameters, override, to_values
from zonebook.request import BuildRequest
from zonebook.rows import METRICS, STORE
from zonebook.run.execute import PageOutcome
from zonebook.tables.store import open_data


@dataclass(frozen=True, slots=True)
class BookTask:
    """The book of one language to be assembled, in a form that can be sent to another process."""

    lang: str
    outcomes: tuple[PageOutcome, ...]
    values: Mapping[str, Any]
    project: Path
    out: Path
    jobs: int

    @classmethod
    def of(cls, request: BuildRequest, lang: str, outcomes: Iterable[PageOutcome]) -> BookTask:
        """Return the task of a language."""
        own = tuple(outcome for outcome in outcomes if outcome.job.lang == lang)
        jobs = max(1, request.workers // len(request.parameters.languages))
        return cls(lang, own, to_values(request.parameters), request.project, request.out, jobs)


def assemble_book(task: BookTask) -> None:
    """Stage and build the book of one language, and write its downloads; that of the first, the way to it as well."""
    data, parameters = open_data(task.out / STORE), override(Parameters(), task.values)
    stage_book(task.lang, task.outcomes, data, parameters, project=task.project, out=task.out)
    build_book(task.lang, task.out, task.jobs)
    if task.lang == parameters.languages[0]:
        write_redirect(parameters, task.out)
    write_downloads(task.lang, task.outcomes, data, pd.read_parquet(task.out / METRICS), task.out, parameters.settings)
