"""The stages of a build in order, with what each takes and gives. The file to read first.

tables ──check──▶ store ──▶ zone and region pages ──▶ metric rows, the country's too ──▶ its pages ──▶ books ──▶ site
"""

from __future__ import annotations

import time
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

import pandas as pd

from zonebook.book import build_books, stage_book, write_downloads, write_redirect
from zonebook.parameters import PageKind, Parameters
from zonebook.request import BuildReport, BuildRequest, check_ids
from zonebook.rows import METRICS, collect_rows, stage_own_metrics
from zonebook.run.cache import book_key, page_key
from zonebook.run.execute import PageJob, PageOutcome, write_beside
from zonebook.run.executor import ForkExecutor
from zonebook.run.manifest import write_manifest
from zonebook.run.schedule import run_pages
from zonebook.settings import list_changes
from zonebook.tables.check import check_data_set
from zonebook.tables.problem import refuse_errors, to_text
from zonebook.tables.share import DataSet
from zonebook.tables.store import is_current, open_data, write_store

STORE = "store"


def build_report(request: BuildRequest) -> BuildReport:
    """Build the whole report. Pages that fail are isolated: the others are built, each failure is reported.

    Raises
    ------
    DataError
        Where the data set has errors: nothing is built from it.
    ParameterError
        For zones, regions or parameters that do not exist.
    BookError
        Where Jupyter Book warns or fails.
    """
    clock = _Clock()
    data, warnings = prepare_data(request)
    clock.lap("tables")
    with ForkExecutor(request.workers, request.parameters.timeout) as executor:
        scope_pages = run_scope_pages(request, data, executor)
        metrics = collect_rows(request, data, scope_pages, executor)
        country_pages = run_country_pages(request, data, metrics, executor)
    outcomes = (*scope_pages, *country_pages)
    clock.lap("pages")
    assemble_books(request, data, outcomes, metrics)
    clock.lap("book")
    report = BuildReport(request.out, outcomes, warnings, clock.laps)
    write_manifest(request.out, request.data, request.parameters, outcomes, clock.laps)
    return report


def prepare_data(request: BuildRequest) -> tuple[DataSet, tuple[str, ...]]:
    """Check the tables and write them as the store that pages read their share from.

    Returns
    -------
    tuple
        The data set, and the warnings of the check as text.
    """
    store, note = request.out / STORE, request.out / "cache" / "check.txt"
    if request.force or not (is_current(store, request.data) and note.is_file()):
        checked = check_data_set(request.data)
        refuse_errors(checked.problems, str(request.data))
        write_store(checked, store)
        write_beside(note, to_text(checked.problems) if checked.problems else "")
    data = open_data(store)
    check_ids(data, request.parameters)
    warnings = note.read_text(encoding="utf-8")
    return data, (warnings,) if warnings else ()


def run_scope_pages(request: BuildRequest, data: DataSet, executor: Executor) -> tuple[PageOutcome, ...]:
    """Run every zone's and region's notebook in every language."""
    jobs = []
    for kind in request.parameters.pages:
        for scope_id, share_digest in _scopes_of(kind, data, request.parameters):
            for lang in request.parameters.languages:
                target = f"{kind.name}s/{scope_id}"
                jobs.append(make_job(request, kind, scope_id, lang, target=target, digest=share_digest))
    return _run(jobs, request, executor)


def run_country_pages(
    request: BuildRequest, data: DataSet, metrics: pd.DataFrame, executor: Executor
) -> tuple[PageOutcome, ...]:
    """Run the country-level notebooks, which read the metric rows that the other pages recorded."""
    rows = str(int(pd.util.hash_pandas_object(metrics, index=False).sum()))
    digest = data.digests["country"][""] + rows
    kinds = [kind for kind in request.parameters.pages if kind.scope == "country"]
    jobs = [
        make_job(request, kind, kind.name, lang, target=kind.name, digest=digest)
        for kind in kinds
        for lang in request.parameters.languages
    ]
    return _run(jobs, request, executor)


def assemble_books(
    request: BuildRequest, data: DataSet, outcomes: tuple[PageOutcome, ...], metrics: pd.DataFrame
) -> None:
    """Stage and build the book of every language, with its downloads; nothing if nothing has changed."""
    languages, note = request.parameters.languages, request.out / "cache" / "books.txt"
    key = book_key(outcomes, request.parameters, request.project)
    is_there = all((request.out / "html" / lang / "index.html").is_file() for lang in languages)
    if is_there and not request.force and note.is_file() and note.read_text(encoding="utf-8") == key:
        return
    for lang in languages:
        own = [outcome for outcome in outcomes if outcome.job.lang == lang]
        stage_book(lang, own, data, request.parameters, project=request.project, out=request.out)
    build_books(languages, request.out)
    for lang in languages:
        own = [outcome for outcome in outcomes if outcome.job.lang == lang]
        write_downloads(lang, own, data, metrics, request.out)
    write_redirect(request.parameters, request.out)
    write_beside(note, key)


def _scopes_of(kind: PageKind, data: DataSet, parameters: Parameters) -> list[tuple[str, str]]:
    """Return the ids to run a kind of page for, each with the hash of its share of the data.

    Naming zones leaves the regions out, and the other way round.
    """
    if kind.scope == "zone" and (parameters.zones or not parameters.regions):
        return [(one, data.digests["zone"][one]) for one in parameters.zones or data.zones]
    if kind.scope == "region" and (parameters.regions or not parameters.zones):
        return [(one, data.digests["region"][one]) for one in parameters.regions or data.regions]
    return []


def make_job(request: BuildRequest, kind: PageKind, scope_id: str, lang: str, *, target: str, digest: str) -> PageJob:
    """Return a page to be run, with the parameters its notebook takes and its key.

    ``digest`` is the hash of the data the page reads.
    """
    parameters: dict[str, Any] = {
        "year": request.parameters.year,
        "lang": lang,
        "data": STORE,
        "settings": list_changes(request.parameters.settings),
        "own_metrics": list(stage_own_metrics(request)),
    }
    parameters |= {"metrics": METRICS} if kind.scope == "country" else {kind.scope: scope_id}
    notebook = request.project / "notebooks" / kind.notebook
    job = PageJob(kind.name, kind.scope, scope_id, lang, notebook, target, parameters)
    key = page_key(job, digest, tuple(request.out / name for name in parameters["own_metrics"]))
    return replace(job, key=key)


def _run(jobs: list[PageJob], request: BuildRequest, executor: Executor) -> tuple[PageOutcome, ...]:
    order = {(job.lang, job.target): position for position, job in enumerate(jobs)}
    outcomes = []
    for outcome in run_pages(jobs, request.out, executor, engine=request.engine, force=request.force):
        request.on_page(outcome, len(jobs))
        outcomes.append(outcome)
    return tuple(sorted(outcomes, key=lambda outcome: order[outcome.job.lang, outcome.job.target]))


class _Clock:
    """Measures the stages of a build."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._begun = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Note down the time since the last stage ended."""
        now = time.perf_counter()
        self.laps[stage], self._begun = now - self._begun, now
