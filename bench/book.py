"""Books of many pages: stock `jupyter-book build` against the package's own, the same executed notebooks, in one run.

Prints for each size the seconds by the clock and of the processor, the memory of the largest process and the size of
the search index, and at the end the exponent k of time ~ pages^k. Both must have rendered every page whole, else there
is nothing to compare. The stock build lists its pages in one part of the table of contents, as its documentation shows.
Ours begins with the executed notebooks, too: its time holds the staging.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import linear_regression

import pandas as pd
import yaml
from meter import Cost, measure_call, say

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
    folder.mkdir(parents=True)
    (folder / "index.md").write_text("# Zones\n", encoding="utf-8")
    for outcome in outcomes:
        if outcome.notebook is not None:
            path = folder / f"{outcome.job.target}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(outcome.notebook, path)
    chapters = [{"file": outcome.job.target} for outcome in outcomes]
    toc = {"format": "jb-book", "root": "index", "parts": [{"caption": "Zones", "chapters": chapters}]}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    (folder / "_config.yml").write_text(yaml.safe_dump(STOCK_CONFIG), encoding="utf-8")


def check_pages(site: Path, outcomes: list[PageOutcome]) -> int:
    """Return the bytes of a site's search index, if every page is there with its title, metric rows and sources."""
    for outcome in outcomes:
        page = (site / f"{outcome.job.target}.html").read_text(encoding="utf-8")
        for wanted in ("<h1>", 'id="table-metric-rows"', 'id="table-sources"'):
            if wanted not in page:
                raise SystemExit(f"{site}: {outcome.job.target} lacks {wanted}.")
    return (site / "searchindex.js").stat().st_size


def build_stock(folder: Path) -> None:
    """Build a book with the stock command."""
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "-q", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    if done.returncode:
        sys.stderr.write(done.stderr[-2000:])
        raise SystemExit("jupyter-book failed")


def build_ours(outcomes: list[PageOutcome], data: DataSet, project: Path, out: Path) -> tuple[Cost, int]:
    """Stage and build a book our way, on all cores; return its cost and the bytes of its search index."""

    def build() -> None:
        stage_book(LANG, outcomes, data, Parameters(pages=KINDS), project=project, out=out)
        build_book(LANG, out, jobs=os.cpu_count() or 1)

    return measure_call(build), check_pages(out / "html" / LANG, outcomes)


def build_theirs(outcomes: list[PageOutcome], folder: Path) -> tuple[Cost, int]:
    """Build a book with the stock command; return its cost and the bytes of its search index."""
    stage_stock(outcomes, folder)
    return measure_call(lambda: build_stock(folder)), check_pages(folder / "_build" / "html", outcomes)


def fit_exponent(costs: dict[int, Cost]) -> float:
    """Return k of time ~ pages^k, by least squares."""
    if len(costs) < 2:
        return math.nan
    pages, seconds = (list(map(math.log, one)) for one in (costs, [cost.clock for cost in costs.values()]))
    return linear_regression(pages, seconds).slope


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[40, 160, 640])
    parser.add_argument("--stock-up-to", type=int, default=640, help="largest book the stock command builds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, sample = run_sample(folder / "sample")
        project = copy_project(folder / "project")
        ours: dict[int, Cost] = {}
        stock: dict[int, Cost] = {}
        for pages in options.pages:
            outcomes, many = multiply(sample, data, pages)
            ours[pages], index = build_ours(outcomes, many, project, folder / "ours")
            shutil.rmtree(folder / "ours")
            say(f"{pages:5d} pages  ours  {ours[pages]}, index {index / 1e3:.0f} kB")
            if pages <= options.stock_up_to:
                stock[pages], index = build_theirs(outcomes, folder / "stock")
                shutil.rmtree(folder / "stock")
                ratio = stock[pages].clock / ours[pages].clock
                say(f"{pages:5d} pages  stock {stock[pages]}, index {index / 1e3:.0f} kB: {ratio:.1f} × ours")
    say(f"time ~ pages^{fit_exponent(ours):.2f} ours, pages^{fit_exponent(stock):.2f} stock")
    for pages, larger in pairwise(ours):
        say(f"{larger / pages:.0f} × the pages: {ours[larger].clock / ours[pages].clock:.2f} × the time")


if __name__ == "__main__":
    main()
