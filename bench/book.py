"""Books of many pages: stock `jupyter-book build` against the package's own, the same executed notebooks, in one run.

Prints seconds, seconds a page and peak memory for each size, and the exponent k of time ~ pages^k between the first
and the last size. The stock build lists its pages in one part of the table of contents, as its documentation shows.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import yaml

from zonebook.book import stage_book
from zonebook.book.build import build_book
from zonebook.parameters import Parameters
from zonebook.pipeline import make_job, prepare_data
from zonebook.request import BuildRequest
from zonebook.run.execute import PageOutcome
from zonebook.run.executor import ForkExecutor
from zonebook.run.schedule import run_pages
from zonebook.tables.share import DataSet, Share

ROOT = Path(__file__).parents[1]
LANG = "en"
SAMPLE = 8
KINDS = Parameters().pages[:1]
STOCK_CONFIG = {"title": "Zones", "author": "x", "execute": {"execute_notebooks": "off"}}


def run_sample(out: Path) -> tuple[DataSet, list[PageOutcome]]:
    """Return the public data set and a few executed zone pages, from which all others are copied."""
    request = BuildRequest(ROOT / "data", out, ROOT, Parameters(), workers=os.cpu_count() or 1)
    data, _ = prepare_data(request)
    kind = request.parameters.pages[0]
    jobs = [make_job(request, kind, zone, LANG, target=f"zones/{zone}", digest="") for zone in data.zones[:SAMPLE]]
    with ForkExecutor(request.workers, timeout=120) as executor:
        outcomes = list(run_pages(jobs, out, executor, engine="fork"))
    return data, sorted(outcomes, key=lambda outcome: outcome.job.target)


def multiply(outcomes: list[PageOutcome], data: DataSet, pages: int) -> tuple[list[PageOutcome], DataSet]:
    """Return as many outcomes as wanted, each a zone of its own, and a data set that lists these zones."""
    share = data.country()
    zones = share.table("zone").set_index("zone_id", drop=False)
    copies, rows = [], []
    for number in range(pages):
        outcome = outcomes[number % len(outcomes)]
        zone_id = f"{outcome.job.id}-{number:05d}"
        copies.append(replace(outcome, job=replace(outcome.job, id=zone_id, target=f"zones/{zone_id}", key="")))
        rows.append({**zones.loc[outcome.job.id].to_dict(), "zone_id": zone_id})
    tables = {**share.tables, "zone": pd.DataFrame(rows).astype(share.table("zone").dtypes.to_dict())}
    many = Share("country", "", tables, share.present, str(pages))
    return copies, replace(data, load=lambda *_: many)


def copy_project(folder: Path) -> Path:
    """Return a copy of the project's own files whose book holds the pages of zones only."""
    shutil.copytree(ROOT / "book", folder / "book")
    shutil.copyfile(ROOT / "_config.yml", folder / "_config.yml")
    (folder / "book" / "start.md").write_text("# Zones\n", encoding="utf-8")
    chapters = [{"file": "book/zones"}, {"file": "notebooks/zone"}]
    toc = {"format": "jb-book", "root": "book/start", "parts": [{"caption": "Zones", "chapters": chapters}]}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    return folder


def stage_stock(outcomes: list[PageOutcome], folder: Path) -> None:
    """Write the executed notebooks as a book that stock Jupyter Book builds with its defaults."""
    (folder / "zones").mkdir(parents=True)
    (folder / "index.md").write_text("# Zones\n", encoding="utf-8")
    for outcome in outcomes:
        if outcome.notebook is not None:
            shutil.copyfile(outcome.notebook, folder / f"{outcome.job.target}.ipynb")
    chapters = [{"file": outcome.job.target} for outcome in outcomes]
    toc = {"format": "jb-book", "root": "index", "parts": [{"caption": "Zones", "chapters": chapters}]}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    (folder / "_config.yml").write_text(yaml.safe_dump(STOCK_CONFIG), encoding="utf-8")


def measure(call: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds a call takes in a process of its own, and the peak memory of it and its children in MiB."""
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        call()
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit("The build failed, so there is nothing to compare.")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def build_stock(folder: Path) -> None:
    """Build a book with the stock command."""
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "-q", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    if done.returncode:
        sys.stderr.write(done.stderr[-2000:])
        os._exit(1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[40, 160])
    parser.add_argument("--stock-up-to", type=int, default=160, help="largest book the stock command builds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, sample = run_sample(folder / "sample")
        project = copy_project(folder / "project")
        times = []
        for pages in options.pages:
            outcomes, many = multiply(sample, data, pages)
            out = folder / f"ours-{pages}"
            begun = time.perf_counter()
            stage_book(LANG, outcomes, many, Parameters(pages=KINDS), project=project, out=out)
            staged = time.perf_counter() - begun
            built, memory = measure(lambda out=out: build_book(LANG, out))  # type: ignore[misc]
            times.append(staged + built)
            line = f"{pages:5d} pages  ours {staged:6.1f} + {built:6.1f} s  {times[-1] / pages:6.3f} s a page"
            line += f"  {memory:5.0f} MiB"
            if pages <= options.stock_up_to:
                stage_stock(outcomes, folder / f"stock-{pages}")
                stock, taken = measure(lambda pages=pages: build_stock(folder / f"stock-{pages}"))  # type: ignore[misc]
                line += f"   stock {stock:6.1f} s  {taken:5.0f} MiB  {stock / times[-1]:5.1f} ×"
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            shutil.rmtree(out)
    if len(times) > 1:
        first, last = options.pages[0], options.pages[-1]
        exponent = math.log(times[-1] / times[0]) / math.log(last / first)
        sys.stdout.write(f"time ~ pages^{exponent:.2f} from {first} to {last} pages\n")


if __name__ == "__main__":
    main()
