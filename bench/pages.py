"""Pages per second: Papermill as it is, the package's runner, and the runner's alternative, in one run.

All run the same zone notebooks of the public data set from the same checked store. A page's own work is the time its
cells take in a process that has everything imported; what a page takes beyond it is the price of the way it is run.
Machines are noisy: compare rows of one run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import forked_kernel
import nbformat
import papermill
from meter import say
from overhead import measure_overhead

from zonebook.parameters import Parameters
from zonebook.pipeline import make_job, prepare_data
from zonebook.request import BuildRequest
from zonebook.run.execute import PageJob, page_path, prepare_notebook
from zonebook.run.executor import ForkExecutor
from zonebook.run.schedule import run_pages

ROOT = Path(__file__).parents[1]


def list_jobs(out: Path, pages: int, tables: Path = ROOT / "data") -> list[PageJob]:
    """Return the first zone pages of a data set (the public one), to be run from a store under ``out``."""
    request = BuildRequest(tables, out, ROOT, Parameters(), workers=2)
    data, _ = prepare_data(request)
    kind = request.parameters.pages[0]
    return [make_job(request, kind, zone, "en", target=f"zones/{zone}", digest="") for zone in data.zones[:pages]]


def run_stock(jobs: list[PageJob], out: Path) -> None:
    """Run pages as Papermill does: one notebook after the other, a Jupyter kernel each."""
    for job in jobs:
        path = page_path(out, job.lang, job.target)
        path.parent.mkdir(parents=True, exist_ok=True)
        template = prepare_notebook(nbformat.read(job.notebook, as_version=4), job.lang)
        papermill.execute_notebook(template, str(path), job.parameters, progress_bar=False, cwd=str(path.parent))


def run_two_stock(jobs: list[PageJob], out: Path) -> None:
    """Run half of the pages as Papermill does, and the other half beside it in another process."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        for done in [processes.submit(run_stock, jobs[half::2], out) for half in range(2)]:
            done.result()


def run_ours(jobs: list[PageJob], out: Path, workers: int) -> None:
    """Run pages with the package's runner."""
    with ForkExecutor(workers, timeout=120, memory=2048) as executor:
        outcomes = list(run_pages(jobs, out, executor, engine="fork", force=True))
    failed = [f"{o.job.target}: {o.failure.message}" for o in outcomes if o.failure is not None]
    if failed:
        raise SystemExit(f"These pages failed, so there is nothing to compare: {', '.join(failed)}")


def run_alternative(jobs: list[PageJob], out: Path, workers: int) -> None:
    """Run pages in real kernels, forked from the same server."""
    with ForkExecutor(workers, timeout=120) as executor:
        for done in [executor.submit(forked_kernel.run_job, job, out) for job in jobs]:
            done.result()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        jobs = list_jobs(out, pages)
        run_ours(jobs[:1], out, 1)  # starts the server: once for all
        ways: dict[str, Callable[[], None]] = {
            "stock papermill loop": lambda: run_stock(jobs, out),
            "two stock loops side by side": lambda: run_two_stock(jobs, out),
            "forked kernels, 1 at a time": lambda: run_alternative(jobs, out, 1),
            "forked kernels, 2 side by side": lambda: run_alternative(jobs, out, 2),
            "zonebook, 1 at a time": lambda: run_ours(jobs, out, 1),
            "zonebook, 2 side by side": lambda: run_ours(jobs, out, 2),
        }
        seconds: dict[str, float] = {}
        for name, run in ways.items():
            begun = time.perf_counter()
            run()
            seconds[name] = time.perf_counter() - begun
            ratio = seconds["stock papermill loop"] / seconds[name]
            say(f"{name:32s} {seconds[name]:7.2f} s  {seconds[name] / pages:6.3f} s a page  {ratio:5.1f} ×")
        for name, cost in measure_overhead(jobs, out).items():
            say(f"{name:32s} {cost.clock:6.3f} s by the clock  {cost.processor:6.3f} s of the processor")


if __name__ == "__main__":
    main()
