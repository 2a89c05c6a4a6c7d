"""Pages per second: the stock `papermill.execute_notebook` loop against the package's runner, in one run.

Both run the same zone notebooks of the public data set from the same checked store.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import papermill

from zonebook.parameters import Parameters
from zonebook.pipeline import make_job, prepare_data
from zonebook.request import BuildRequest
from zonebook.run.execute import PageJob, page_path, prepare_notebook
from zonebook.run.executor import ForkExecutor
from zonebook.run.schedule import run_pages

ROOT = Path(__file__).parents[1]


def list_jobs(out: Path, pages: int) -> list[PageJob]:
    """Return the first pages of the public data set, to be run from a store under ``out``."""
    request = BuildRequest(ROOT / "data", out, ROOT, Parameters(), workers=2)
    data, _ = prepare_data(request)
    kind = request.parameters.pages[0]
    return [make_job(request, kind, zone, "en", target=f"zones/{zone}", digest="") for zone in data.zones[:pages]]


def time_stock(jobs: list[PageJob], out: Path) -> float:
    """Return the seconds the stock loop takes: one notebook after the other, a Jupyter kernel each."""
    begun = time.perf_counter()
    for job in jobs:
        path = page_path(out, job.lang, job.target)
        path.parent.mkdir(parents=True, exist_ok=True)
        template = prepare_notebook(nbformat.read(job.notebook, as_version=4), job.lang)
        papermill.execute_notebook(template, str(path), job.parameters, progress_bar=False, cwd=str(path.parent))
    return time.perf_counter() - begun


def time_ours(jobs: list[PageJob], out: Path, workers: int) -> float:
    """Return the seconds the package's runner takes, start of its server process included."""
    begun = time.perf_counter()
    with ForkExecutor(workers, timeout=120) as executor:
        outcomes = list(run_pages(jobs, out, executor, engine="fork", force=True))
    failed = [outcome.job.target for outcome in outcomes if outcome.failure is not None]
    if failed:
        raise SystemExit(f"These pages failed, so there is nothing to compare: {', '.join(failed)}")
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        jobs = list_jobs(out, pages)
        stock = time_stock(jobs, out)
        rows = [("stock papermill loop", stock)]
        rows += [(f"zonebook, {workers} side by side", time_ours(jobs, out, workers)) for workers in (1, 2)]
    for name, seconds in rows:
        sys.stdout.write(
            f"{name:28s} {seconds:7.2f} s  {seconds / len(jobs):6.3f} s a page  {stock / seconds:5.1f} ×\n"
        )


if __name__ == "__main__":
    main()
