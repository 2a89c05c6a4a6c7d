"""The pages of a report with one worker, with two, and on a Dask cluster of two workers on this machine, in one run.

Every way must give the same bytes, else there is nothing to compare.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Client
from meter import say
from pages import ROOT, list_jobs

from zonebook.run.execute import PageJob
from zonebook.run.schedule import open_executor, run_pages

WORKERS = 2


@contextmanager
def start_cluster(folder: Path) -> Iterator[str]:
    """Start a scheduler and workers in processes of their own; give the scheduler's address."""
    note = folder / "scheduler.json"
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(note)]
    worker = ["worker", "--scheduler-file", str(note), "--nthreads", "1", "--no-dashboard"]
    parts = []
    for number, (name, *words) in enumerate([scheduler, *[worker] * WORKERS]):
        place = folder / str(number)
        place.mkdir()
        command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *words]
        parts.append(subprocess.Popen(command, cwd=place, stderr=subprocess.DEVNULL))  # noqa: S603 - our own interpreter
        while not note.exists():
            time.sleep(0.1)
    try:
        with Client(scheduler_file=str(note), set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=60)
            yield client.scheduler.address
    finally:
        for part in reversed(parts):
            part.send_signal(signal.SIGINT)
            part.wait(30)


def run(jobs: list[PageJob], out: Path, workers: int, scheduler: str = "") -> tuple[float, dict[str, bytes]]:
    """Return the seconds that pages take, and what was written."""
    begun = time.perf_counter()
    with open_executor(workers, 120, 2048, scheduler) as executor:
        outcomes = list(run_pages(jobs, out, executor, engine="fork", force=True))
    seconds = time.perf_counter() - begun
    return seconds, {o.job.target: o.notebook.read_bytes() for o in outcomes if o.notebook is not None}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        out, cluster = Path(place) / "out", Path(place) / "cluster"
        cluster.mkdir()
        jobs = list_jobs(out, options.pages, options.data)
        run(jobs[:1], out, 1)  # what the disk has to be asked for once is not counted
        one, pages = run(jobs, out, 1)
        say(f"1 worker            {one:7.2f} s  {one / len(jobs):6.3f} s a page")
        two, same = run(jobs, out, os.cpu_count() or 1)
        with start_cluster(cluster) as address:
            run(jobs[:WORKERS], out, 1, address)  # a cluster is there already, with its servers
            many, same_again = run(jobs, out, 1, address)
        if not len(pages) == len(jobs) or not pages == same == same_again:
            raise SystemExit("The pages differ, so there is nothing to compare.")
        say(f"{os.cpu_count()} workers           {two:7.2f} s  {two / len(jobs):6.3f} s a page  {one / two:.2f} ×")
        say(f"cluster, {WORKERS} workers  {many:7.2f} s  {many / len(jobs):6.3f} s a page  {one / many:.2f} ×")


if __name__ == "__main__":
    main()
