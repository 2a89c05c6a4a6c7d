"""The stages of a build in order, with what each takes and gives. The file to read first.

tables ──check──▶ store ──▶ rows of flows between regions ──▶ zone and region pages
       ──▶ metric rows, the country's too ──▶ its pages, handouts ──▶ what has changed ──▶ staged books ──▶ site, report
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from zonebook.book import COMMON, forget_derived, read_chapters, write_common
from zonebook.books import build_books, lay_out_tools, stage_books
from zonebook.metrics.rowfile import RowFile
from zonebook.page_kinds import PageKind
from zonebook.paper.job import PaperOutcome
from zonebook.papers import print_handouts, print_reports, publish_handouts
from zonebook.parameters import Parameters
from zonebook.previous import prepare_previous, write_changes
from zonebook.recorded_rows import collect_rows
from zonebook.request import BuildReport, BuildRequest, check_ids
from zonebook.rows import (
    FLOWS,
    METRICS,
    STORE,
    FlowRows,
    compute_flows,
    select_regions,
    select_zones,
    stage_own_metrics,
)
from zonebook.run.answers import Answers
from zonebook.run.cache import page_key
from zonebook.run.execute import PageJob, PageOutcome
from zonebook.run.executor import PageExecutor
from zonebook.run.manifest import write_manifest
from zonebook.run.schedule import open_executor, run_pages
from zonebook.settings import list_changes
from zonebook.tables.check import check_data_set, list_limits
from zonebook.tables.draft import put_file
from zonebook.tables.problem import refuse_errors, to_text
from zonebook.tables.share import DataSet
from zonebook.tables.store import is_current, open_data, write_store

_KEPT = "kept_rows"  # folder below the cache, while pages of zones and regions are run


def build_report(request: BuildRequest) -> BuildReport:
    """Build the whole report. Pages that fail are isolated: the others are built, each failure is reported.

    Raises
    ------
    DataError
        Where the data set has errors: nothing is built from it.
    ParameterError
        For zones, regions or parameters that do not exist.
    BookError
        Where ``_toc.yml`` is wrong, or Jupyter Book warns or fails.
    ClusterError
        Where the scheduler that is asked for cannot be reached or cannot run pages.
    """
    clock = _Clock()
    limits = request.parameters.timeout, request.parameters.memory
    read_chapters(request.project, request.parameters.pages)  # mistakes in it are told before any page is run
    prepare_previous(request)
    # What is done beside waits for other processes, or works while others do; it ends when these are ended.
    with ThreadPoolExecutor(2) as beside, open_executor(request.workers, *limits, request.scheduler) as executor:
        request.on_stage("Tables")
        data, findings = prepare_data(request, executor)
        clock.lap("tables")
        flows = compute_flows(request, executor)
        scope_pages = run_scope_pages(request, data, flows, executor)
        lay_out_tools(scope_pages, executor)
        metrics = collect_rows(request, data, scope_pages, flows, executor)
        downloads = beside.submit(write_common_downloads, request, data, metrics)
        printed = beside.submit(_print_handouts, request, scope_pages, metrics, executor)
        outcomes = (*scope_pages, *run_country_pages(request, data, metrics, executor))
        downloads.result()
        handouts = printed.result()
        clock.lap("pages")
        request.on_stage("Books")
        changes = write_changes(request, data, metrics)
        books = stage_books(request, outcomes, executor, changes=changes, handouts=handouts)
        reports = beside.submit(_print_reports, request, data, executor)  # from the staged books, as the site is built
        build_books(request, books, executor)
        publish_handouts(handouts, request.out)
        clock.lap("book")
        papers = (*reports.result(), *handouts)
        clock.lap("papers")
    unprinted = tuple(f"PDF {paper.name}: {paper.failure}" for paper in papers if paper.failure)
    report = BuildReport(request.out, outcomes, request.warnings, clock.laps, unprinted, findings)
    entries = {paper.name: paper.to_entry() for paper in papers}
    write_manifest(request.out, request.inputs, request.parameters, outcomes, clock.laps, entries)
    return report


def prepare_data(request: BuildRequest, executor: PageExecutor | None = None) -> tuple[DataSet, str]:
    """Check the tables and write them as the store that pages read their share from.

    Where they have changed, pages will have to be run: the executor gets ready meanwhile. Where a limit of the check
    has, it is made again and its warnings are kept.

    Returns
    -------
    tuple
        The data set, and the warnings of the check as text, in the first language of the report; empty without any.
    """
    store, note = request.out / STORE, request.out / "cache" / "check.json"
    lang, is_written = request.parameters.languages[0], not request.force and is_current(store, request.data)
    made_with = {"lang": lang, **list_limits(request.parameters)}
    warnings = _recall_warnings(note, made_with) if is_written else None
    if warnings is None:
        if executor is not None and not is_written:
            executor.start()
        checked = check_data_set(request.data, lang, request.parameters)
        refuse_errors(checked.problems, str(request.data), lang)
        if not is_written:
            write_store(checked, store)
        warnings = to_text(checked.problems, lang) if checked.problems else ""
        put_file(note, json.dumps({"made_with": made_with, "warnings": warnings}, ensure_ascii=False))
    data = open_data(store)
    check_ids(data, request.parameters)
    return data, warnings


def _recall_warnings(note: Path, made_with: Mapping[str, object]) -> str | None:
    """Return what the last check warned of; none where it was made with other limits or words, or is not known."""
    kept = json.loads(note.read_text(encoding="utf-8")) if note.is_file() else {}
    return str(kept["warnings"]) if kept.get("made_with") == made_with else None


def run_scope_pages(
    request: BuildRequest, data: DataSet, flows: FlowRows, executor: PageExecutor
) -> tuple[PageOutcome, ...]:
    """Run every zone's and region's notebook in every language.

    A page depends on its share of the data and on the rows of its own region's flows, and on nobody else's. The pages
    of one language are run before those of the next, which find the metric rows computed.
    """
    languages, kept = request.parameters.languages, f"cache/{_KEPT}" if len(request.parameters.languages) > 1 else ""
    jobs = []
    for kind in request.parameters.pages:
        for scope_id, share_digest in _scopes_of(kind, data, request.parameters):
            digest = share_digest + flows.digest(kind.scope, scope_id)
            for lang in languages:
                target = f"{kind.name}s/{scope_id}"
                job = make_job(request, kind, scope_id, lang, target=target, digest=digest)
                jobs.append(replace(job, kept=kept))
    shutil.rmtree(request.out / "cache" / _KEPT, ignore_errors=True)  # a killed build may have left some of other code
    outcomes = _run(jobs, request, executor)
    shutil.rmtree(request.out / "cache" / _KEPT, ignore_errors=True)
    return outcomes


def run_country_pages(
    request: BuildRequest, data: DataSet, metrics: RowFile, executor: PageExecutor
) -> tuple[PageOutcome, ...]:
    """Run the country-level notebooks, which read the metric rows that the other pages recorded.

    They could read everything. A page is run again where an answer to what it has asked has changed.
    """
    answers = Answers(data, metrics)
    digest = " ".join(answers.names)
    kinds = [kind for kind in request.parameters.pages if kind.scope == "country"]
    jobs = [
        make_job(request, kind, kind.name, lang, target=kind.name, digest=digest)
        for kind in kinds
        for lang in request.parameters.languages
    ]
    return _run(jobs, request, executor, answers)


def _print_handouts(
    request: BuildRequest, outcomes: tuple[PageOutcome, ...], metrics: RowFile, executor: PageExecutor
) -> tuple[PaperOutcome, ...]:
    return print_handouts(request, outcomes, metrics, executor) if request.papers else ()


def _print_reports(request: BuildRequest, data: DataSet, executor: PageExecutor) -> tuple[PaperOutcome, ...]:
    return print_reports(request, data, executor) if request.papers else ()


def write_common_downloads(request: BuildRequest, data: DataSet, metrics: RowFile) -> None:
    """Write the files to take home that are the same in the books of all languages; nothing if nothing has changed."""
    if request.force:
        forget_derived(COMMON, request.out)
    write_common(data, metrics, request.out, request.parameters.settings)


def _scopes_of(kind: PageKind, data: DataSet, parameters: Parameters) -> list[tuple[str, str]]:
    """Return the ids to run a kind of page for, each with the hash of its share of the data."""
    if kind.scope == "zone":
        return [(one, data.digests["zone"][one]) for one in select_zones(data, parameters)]
    if kind.scope == "region":
        return [(one, data.digests["region"][one]) for one in select_regions(data, parameters)]
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
    flows = FLOWS if (request.out / FLOWS).is_file() else ""
    parameters |= {"metrics": METRICS} if kind.scope == "country" else {"metrics": flows, kind.scope: scope_id}
    notebook = request.project / "notebooks" / kind.notebook
    job = PageJob(kind.name, kind.scope, scope_id, lang, notebook, target, parameters)
    key = page_key(job, digest, tuple(request.out / name for name in parameters["own_metrics"]))
    return replace(job, key=key)


def _run(
    jobs: list[PageJob], request: BuildRequest, executor: PageExecutor, answers: Answers | None = None
) -> tuple[PageOutcome, ...]:
    order = {(job.lang, job.target): position for position, job in enumerate(jobs)}
    in_turn = sorted(jobs, key=lambda job: request.parameters.languages.index(job.lang))
    outcomes = []
    pages = run_pages(in_turn, request.out, executor, engine=request.engine, force=request.force, answers=answers)
    for outcome in pages:
        request.on_page(outcome, len(jobs))
        outcomes.append(outcome)
    return tuple(sorted(outcomes, key=lambda outcome: order[outcome.job.lang, outcome.job.target]))


class _Clock:
    """Measures the stages of a build."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._begun = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Note down the time since the last stage ended; a stage may have two parts."""
        now = time.perf_counter()
        self.laps[stage] = self.laps.get(stage, 0.0) + now - self._begun
        self._begun = now
