"""The books of a report: staged language by language, then built, each in a process of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zonebook.book import build_book, forget_derived, stage_book, write_downloads, write_redirect
from zonebook.metrics.rowfile import RowFile
from zonebook.paper.job import PaperOutcome
from zonebook.parameters import Parameters, override, to_values
from zonebook.request import BuildRequest
from zonebook.rows import METRICS, STORE
from zonebook.run.cache import book_key
from zonebook.run.execute import PageOutcome
from zonebook.run.executor import PageExecutor
from zonebook.tables.draft import put_file
from zonebook.tables.store import open_data

_LONGEST = 6 * 3600.0  # seconds the book of one language may take
_TOOLS = "zonebook.book.preload"  # what building a book imports


@dataclass(frozen=True, slots=True)
class BookTask:
    """The book of one language, in a form that can be sent to another process."""

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


@dataclass(frozen=True, slots=True)
class StagedBooks:
    """Books that are staged and wait to be built, with the key of all they are made from; none if nothing changed."""

    tasks: tuple[BookTask, ...] = ()
    key: str = ""


def lay_out_tools(outcomes: Iterable[PageOutcome], executor: PageExecutor) -> None:
    """Have imported, once for all languages and while other things are done, what builds books; if pages have changed.

    If it is another page that has changed, it is imported when the books are built.
    """
    if not all(outcome.cached for outcome in outcomes):
        executor.lay_out(_TOOLS)


def stage_books(
    request: BuildRequest,
    outcomes: tuple[PageOutcome, ...],
    executor: PageExecutor,
    *,
    changes: str = "",
    handouts: Iterable[PaperOutcome] = (),
) -> StagedBooks:
    """Stage the book of every language, side by side; nothing if nothing has changed since they were built.

    ``changes`` is the key of the chapter that says what has changed since an earlier edition; empty if there is none.
    Pages link the handouts that could be printed.

    Raises
    ------
    BookError
        Where the project's files are missing or wrong.
    """
    languages, note = request.parameters.languages, _note_path(request)
    unprinted = sorted(paper.name for paper in handouts if paper.path is None)
    key = "\n".join((book_key(outcomes, request.parameters, request.project, changes), *unprinted))
    is_there = all((request.out / "html" / lang / "index.html").is_file() for lang in languages)
    if request.force:
        for lang in languages:
            forget_derived(lang, request.out)
    if is_there and not request.force and note.is_file() and note.read_text(encoding="utf-8") == key:
        return StagedBooks()
    tasks = tuple(BookTask.of(request, lang, outcomes) for lang in languages)
    _wait_for([executor.submit_for(_LONGEST, _stage, task) for task in tasks])
    return StagedBooks(tasks, key)


def build_books(request: BuildRequest, books: StagedBooks, executor: PageExecutor) -> None:
    """Build staged books into the site, side by side, and write their downloads.

    Raises
    ------
    BookError
        Where one of them warns or fails; the others are built all the same.
    """
    if books.tasks:
        _wait_for([executor.submit_with(_TOOLS, _LONGEST, _build, task) for task in books.tasks])
        put_file(_note_path(request), books.key)


def _note_path(request: BuildRequest) -> Path:
    return request.out / "cache" / "books.txt"


def _wait_for(tasks: Sequence[Future[None]]) -> None:
    """Wait until each task, in a process of its own, is done; raise the first error when all are."""
    for error in [error for future in tasks if (error := future.exception()) is not None]:
        raise error


def _stage(task: BookTask) -> None:
    data, parameters = open_data(task.out / STORE), override(Parameters(), task.values)
    stage_book(task.lang, task.outcomes, data, parameters, project=task.project, out=task.out)


def _build(task: BookTask) -> None:
    """Build a staged book and write its downloads; that of the first language, the way to it as well."""
    data, parameters = open_data(task.out / STORE), override(Parameters(), task.values)
    build_book(task.lang, task.out, task.jobs)
    if task.lang == parameters.languages[0]:
        write_redirect(parameters, task.out)
    write_downloads(task.lang, task.outcomes, data, RowFile(task.out / METRICS), task.out, parameters.settings)
