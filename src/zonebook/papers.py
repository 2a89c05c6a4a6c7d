"""The papers of a report: handouts printed side by side from the rows that pages recorded, or one alone."""

from __future__ import annotations

import difflib
import json
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import wait
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from zonebook import __version__
from zonebook.errors import ParameterError
from zonebook.metrics.result import MetricResult, read_records, to_results
from zonebook.metrics.rowfile import RowFile
from zonebook.page.cutoff import find_cut_off
from zonebook.page.locale import get_locale
from zonebook.paper.brand import describe_brand
from zonebook.paper.job import PaperJob, PaperOutcome, paper_key, paper_path, recall_paper, write_paper
from zonebook.paper.peers import SHOWN, Peers, Places, find_places, gather_peers
from zonebook.paper.report_state import REPORT, ReportOrder, forget_pieces, is_printed
from zonebook.parameters import Parameters, override, to_values
from zonebook.request import BuildRequest
from zonebook.rows import FLOWS, METRICS, OWN_METRICS, STORE
from zonebook.run.execute import PageOutcome
from zonebook.run.executor import ChildError, PageExecutor
from zonebook.run.record import ROWS
from zonebook.settings import SETTING_NAMES
from zonebook.tables.share import DataSet, Share
from zonebook.tables.store import is_current, open_data

if TYPE_CHECKING:
    from zonebook.page.context import PageContext

_LONGEST = 900.0  # seconds a process may take for its handouts
_AT_ONCE = range(6, 25)  # handouts a process prints before it ends: importing the press takes as long as one of them
_PARTS = 6  # so many for each process at least, so that none waits long for the last


@dataclass(frozen=True, slots=True)
class ReportTask:
    """The report of one language to be printed, in a form that can be sent to another process."""

    lang: str
    values: Mapping[str, Any]
    project: Path
    out: Path
    cut_off: str
    force: bool

    def to_order(self) -> ReportOrder:
        """Return it as an order."""
        parameters = override(Parameters(), self.values)
        return ReportOrder(self.lang, parameters, self.project, self.out, self.cut_off, self.force)


def print_reports(request: BuildRequest, data: DataSet, executor: PageExecutor) -> tuple[PaperOutcome, ...]:
    """Print the report of every language as one PDF, side by side, those again that something has changed in.

    One that fails is isolated: its outcome says why, and no PDF of an earlier build stays in its place.
    """
    values, cut_off = to_values(request.parameters), find_cut_off(data.country().table("source")["date"])
    tasks = [
        ReportTask(lang, values, request.project, request.out, cut_off, request.force)
        for lang in request.parameters.languages
    ]
    done: dict[str, PaperOutcome] = {}
    for task in tasks:
        if is_printed(order := task.to_order()):
            done[task.lang] = PaperOutcome(task.lang, REPORT, order.target, cached=True)
    due = [task for task in tasks if task.lang not in done]
    if request.force:
        for task in due:
            forget_pieces(task.to_order())
    if due:
        submit, shares = partial(executor.submit_for, _LONGEST), max(1, request.workers // len(due))
        if shares > 1:  # what fails is printed again below, where it is told
            wait([submit(print_share, task, share, shares) for task in due for share in range(shares)])
        for task, paper in [(task, submit(print_one_report, task)) for task in due]:
            error = paper.exception()
            done[task.lang] = _fail(task, str(error)) if error is not None else paper.result()
            request.on_paper(done[task.lang], len(due))
    return tuple(done[task.lang] for task in tasks)


def _fail(task: ReportTask, failure: str) -> PaperOutcome:
    paper_path(task.out, task.lang, REPORT).unlink(missing_ok=True)
    return PaperOutcome(task.lang, REPORT, failure=failure)


def print_share(task: ReportTask, share: int, shares: int) -> None:
    """Print a share of the chapters of one language, where there are more processes than languages."""
    # Imported where it is printed, as below.
    from zonebook.paper.report import print_chapters  # noqa: PLC0415

    print_chapters(task.to_order(), share, shares)


def print_one_report(task: ReportTask) -> PaperOutcome:
    """Print the report of one language."""
    # Imported where it is printed, as below.
    from zonebook.paper.report import print_report  # noqa: PLC0415

    begun, order = time.perf_counter(), task.to_order()
    was_printed = print_report(order)
    return PaperOutcome(task.lang, REPORT, order.target, time.perf_counter() - begun, cached=not was_printed)


@dataclass(frozen=True, slots=True)
class PrintTask:
    """Handouts to be printed by one process, in a form that can be sent to it."""

    jobs: tuple[PaperJob, ...]
    values: Mapping[str, Any]
    project: Path
    out: Path


def print_handouts(
    request: BuildRequest, outcomes: Iterable[PageOutcome], metrics: RowFile, executor: PageExecutor
) -> tuple[PaperOutcome, ...]:
    """Print the handout of every zone and region whose page was made, those again that something has changed for.

    One that fails is isolated: the others are printed, its outcome says why. Those of zones and regions that have no
    page any more are removed.
    """
    jobs = _list_jobs(request, outcomes, metrics)
    _remove_others({paper_path(request.out, job.lang, job.target) for job in jobs}, request.out)
    done = {job: found for job in jobs if not request.force and (found := recall_paper(job, request.out))}
    for outcome in done.values():
        request.on_paper(outcome, len(jobs))
    due = [job for job in jobs if job not in done]
    printed = _print_side_by_side(request, due, len(jobs), executor) if due else ()
    done |= dict(zip(due, printed, strict=True))
    return tuple(done[job] for job in jobs)


def _remove_others(wanted: set[Path], out: Path) -> None:
    """Remove the handouts of earlier builds that are not to be printed now."""
    for path in [*out.glob("pdf/*/zones/*.pdf"), *out.glob("pdf/*/regions/*.pdf")]:
        if path not in wanted:
            path.unlink()
            (out / "html" / path.parts[-3] / "pdf" / path.parts[-2] / path.name).unlink(missing_ok=True)


def publish_handouts(outcomes: Iterable[PaperOutcome], out: Path) -> None:
    """Put handouts into the site of their language too, where their pages link them."""
    for outcome in outcomes:
        _publish(outcome, out)


def _publish(outcome: PaperOutcome, out: Path) -> None:
    """Give a handout a second name, or else make a copy."""
    place = out / "html" / outcome.lang / "pdf" / f"{outcome.target}.pdf"
    if outcome.path is None:
        place.unlink(missing_ok=True)
        return
    if place.is_file() and place.samefile(outcome.path):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    try:
        place.hardlink_to(outcome.path)
    except OSError:  # another file system, or one without links
        shutil.copyfile(outcome.path, place)


def _list_jobs(request: BuildRequest, outcomes: Iterable[PageOutcome], metrics: RowFile) -> list[PaperJob]:
    parameters, peers = request.parameters, _read_peers(metrics)
    brands = {lang: describe_brand(parameters, request.project, lang) for lang in parameters.languages}
    jobs = []
    for outcome in outcomes:
        page = outcome.job
        if page.scope == "country" or not outcome.record:
            continue
        places = find_places(peers, page.scope, page.id, parameters.settings.least_ranked)
        job = PaperJob(page.kind, page.id, page.lang, page.target, outcome.record, places)
        jobs.append(replace(job, key=paper_key(job, page.key, brands[page.lang], parameters)))
    return jobs


def _read_peers(metrics: RowFile) -> Peers:
    return gather_peers(to_results(metrics.select_metrics(SHOWN)))


def _print_side_by_side(
    request: BuildRequest, jobs: Sequence[PaperJob], total: int, executor: PageExecutor
) -> Iterator[PaperOutcome]:
    """Print in processes, some handouts in each; where a process ends before it is done, each by itself."""
    values = to_values(request.parameters)
    size = _count_together(len(jobs), request.workers)
    parts = [tuple(jobs[start : start + size]) for start in range(0, len(jobs), size)]

    def submit(part: tuple[PaperJob, ...]) -> Any:
        return executor.submit_for(_LONGEST, print_part, PrintTask(part, values, request.project, request.out))

    def collect(part: tuple[PaperJob, ...], future: Any) -> Iterator[PaperOutcome]:
        if not isinstance(future.exception(), ChildError):
            yield from future.result()
            return
        for job in part:
            error = (alone := submit((job,))).exception()
            yield from [_give_up(job, request.out, str(error))] if error else alone.result()

    for part, future in [(part, submit(part)) for part in parts]:
        for outcome in collect(part, future):
            request.on_paper(outcome, total)
            yield outcome


def _count_together(jobs: int, workers: int) -> int:
    """Return how many handouts a process prints: as many as are worth its start, but none of the workers stands idle.

    Examples
    --------
    >>> _count_together(4, 2), _count_together(40, 2), _count_together(1000, 2)
    (2, 6, 24)
    """
    most = min(max(jobs // (_PARTS * workers), _AT_ONCE.start), _AT_ONCE.stop - 1)
    return min(most, -(-jobs // workers))


def _give_up(job: PaperJob, out: Path, failure: str) -> PaperOutcome:
    paper_path(out, job.lang, job.target).unlink(missing_ok=True)
    return PaperOutcome(job.lang, job.target, failure=failure)


def print_part(task: PrintTask) -> list[PaperOutcome]:
    """Print some handouts, one after the other."""
    # Imported where it is printed: a build that has nothing to print does not wait for figures and press.
    from zonebook.paper.printing import open_paper, print_handout  # noqa: PLC0415

    data, parameters = open_data(task.out / STORE), override(Parameters(), task.values)
    own = tuple(task.out / OWN_METRICS / Path(name).name for name in parameters.own_metrics)
    flows = find_flows(task.out)
    opened: dict[tuple[str, str], PageContext] = {}

    def make(job: PaperJob) -> bytes:
        place = job.kind, job.id
        if place in opened:
            here = opened[place].in_language(get_locale(job.lang))
        else:
            opened.clear()  # the languages of a place follow each other
            rows = to_results(read_records(job.record[ROWS]))
            here = open_paper(_load(data, job.id), rows, job.lang, parameters, own, flows)
            opened[place] = here
        return print_handout(here, job.places, parameters, task.project)

    return [write_paper(job, task.out, partial(make, job)) for job in task.jobs]


def find_flows(out: Path) -> Path | None:
    """Return the file of the rows that only the whole country tells of a region, if a build left one."""
    path = out / FLOWS
    return path if path.is_file() else None


def _load(data: DataSet, scope_id: str) -> Share:
    return data.zone(scope_id) if scope_id in data.zones else data.region(scope_id)


def make_handout(request: BuildRequest, scope_id: str) -> tuple[bytes, str]:
    """Return one zone's or region's handout as PDF, and the name a file of it is given.

    Only its own rows are computed; what an earlier build in the output folder left of the same data is used.

    Raises
    ------
    ParameterError
        For an id that neither a zone nor a region has, with those most like it.
    PaperError
        Where it cannot be printed.
    """
    from zonebook.metrics.compute import compute_metrics  # noqa: PLC0415 - as above
    from zonebook.metrics.registry import read_catalogue  # noqa: PLC0415
    from zonebook.paper.printing import open_paper, print_handout  # noqa: PLC0415

    parameters, project, is_built = request.parameters, request.project, is_current(request.out / STORE, request.data)
    data = open_data(request.out / STORE if is_built else request.data)
    _check_id(data, scope_id)
    share, lang = _load(data, scope_id), parameters.languages[0]
    recorded = _read_recorded(request) if is_built else None
    own = tuple(project / name for name in parameters.own_metrics)
    if recorded is None:
        catalogue = read_catalogue(*own)
        results = compute_metrics(share, parameters.year, settings=parameters.settings, catalogue=catalogue)
        places: Places = {}
    else:
        results = _choose_rows(recorded.read(), share)
        places = find_places(_read_peers(recorded), share.scope_type, scope_id, parameters.settings.least_ranked)
    here = open_paper(share, results, lang, parameters, own, find_flows(request.out) if recorded is not None else None)
    return print_handout(here, places, parameters, project), f"{scope_id}.{lang}.pdf"


def _read_recorded(request: BuildRequest) -> RowFile | None:
    """Return the metric rows of an earlier build with the same parameters of metrics; None if there are none."""
    manifest, metrics = request.out / "manifest.json", request.out / METRICS
    if not manifest.is_file() or not metrics.is_file():
        return None
    told, asked = (
        json.loads(manifest.read_text(encoding="utf-8")),
        json.loads(json.dumps(to_values(request.parameters))),
    )
    of_metrics = (*SETTING_NAMES, "year", "own_metrics")
    is_same = told["zonebook"] == __version__ and all(told["parameters"].get(n) == asked[n] for n in of_metrics)
    return RowFile(metrics) if is_same else None


def _choose_rows(recorded: pd.DataFrame, share: Share) -> tuple[MetricResult, ...]:
    """Return the rows of a zone with those of its clusters, or of a region."""
    clusters = share.table("cluster")["cluster_id"] if share.scope_type == "zone" else ()
    is_own = (recorded["scope_type"] == share.scope_type) & (recorded["scope_id"] == share.scope_id)
    is_part = (recorded["scope_type"] == "cluster") & recorded["scope_id"].isin(list(clusters))
    return to_results(recorded[is_own | is_part])


def _check_id(data: DataSet, scope_id: str) -> None:
    """Refuse an id that has no page, naming those most like it."""
    known = (*data.zones, *data.regions)
    if scope_id in known:
        return
    wanted = scope_id.lower()
    near = difflib.get_close_matches(wanted, [one.lower() for one in known], n=3, cutoff=0.5)
    found = [one for one in known if one.lower() in near or wanted in one.lower()][:5]
    remedy = f"Did you mean {', '.join(found)}?" if found else f"It has: {', '.join(known)}."
    raise ParameterError(f"the data set has no zone or region {scope_id!r} with a page.", remedy=remedy)
