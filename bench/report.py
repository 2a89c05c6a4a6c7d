"""The whole report, both languages: from nothing, nothing changed, one or all figures of a zone changed; stock tools.

The stock side runs the same notebooks with Papermill, one after the other, and builds a book of each language from the
executed notebooks with `jupyter-book build`; checking the tables, the country's metric rows and the PDFs, which stock
tools have no counterpart for, are not counted on its side. With `--every 8` it runs every eighth notebook of each kind
and counts it eight times. Compare rows of one run.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
from pathlib import Path

from meter import Cost, measure_call, measure_command, say
from pages import run_stock

from book import build_stock, stage_stock
from zonebook.parameters import Parameters
from zonebook.pipeline import make_job, prepare_data
from zonebook.request import BuildRequest
from zonebook.run.execute import PageJob, PageOutcome, page_path
from zonebook.tables.share import DataSet

ROOT = Path(__file__).parents[1]


def build(data: Path, out: Path, *options: str) -> Cost:
    """Return what `zonebook build` costs."""
    return measure_command(["zonebook", "build", str(data), "--out", str(out), "--quiet", *options], ROOT)


def change_figures(data: Path, most: int = 1) -> str:
    """Change the first figures of the first zone in a data set by one unit each, and return the zone."""
    path = data / "zone_year.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    figures = [row for row in rows if row["value"].isdigit() and not row["zone_id"].endswith("-total")]
    zone = figures[0]["zone_id"]
    for row in [row for row in figures if row["zone_id"] == zone][:most]:
        row["value"] = str(int(row["value"]) + 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return zone


def list_jobs(request: BuildRequest, data: DataSet) -> list[PageJob]:
    """Return all pages of a report in all languages."""
    ids = {"zone": data.zones, "region": data.regions}
    jobs = []
    for lang in request.parameters.languages:
        for kind in request.parameters.pages:
            for one in ids.get(kind.scope, (kind.name,)):
                target = f"{kind.name}s/{one}" if kind.scope in ids else kind.name
                jobs.append(make_job(request, kind, one, lang, target=target, digest=""))
    return jobs


def build_with_stock(data: Path, ours: Path, out: Path, every: int) -> dict[str, Cost]:
    """Return what the report costs with stock tools: the notebooks, and the book of each language."""
    request = BuildRequest(data, out, ROOT, Parameters(), workers=1)
    data_set, _ = prepare_data(request)
    shutil.copyfile(ours / "metrics.parquet", out / "metrics.parquet")
    jobs = list_jobs(request, data_set)
    some = sorted(jobs, key=lambda job: job.kind)[::every]
    loop = measure_call(lambda: run_stock(some, out)).times(len(jobs) / len(some))
    costs = {f"stock loop, {len(jobs)} notebooks, of which {len(some)} run": loop}
    for lang in request.parameters.languages:
        folder = out / "book" / lang
        own = [PageOutcome(job=job, notebook=page_path(ours, lang, job.target)) for job in jobs if job.lang == lang]
        stage_stock(own, folder)
        costs[f"stock book, {lang}"] = measure_call(lambda: build_stock(folder))  # noqa: B023 - called at once
    return costs


def add(costs: list[Cost]) -> Cost:
    """Return what several things cost one after the other."""
    memory = max(cost.memory for cost in costs)
    return Cost(sum(cost.clock for cost in costs), sum(cost.processor for cost in costs), memory)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--no-stock", action="store_true", help="without the stock tools, which take many minutes")
    parser.add_argument("--every", type=int, default=1, help="run only every so many-th notebook with stock Papermill")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        data, out = Path(place) / "data", Path(place) / "out"
        shutil.copytree(options.data, data)
        costs = {"from nothing": build(data, out), "nothing changed": build(data, out)}
        for what, most in (("one figure", 1), ("all figures", sys.maxsize)):
            for time in ("once", "again", "a third time"):
                zone = change_figures(data, most)
                costs[f"{what} of {zone} changed {time}"] = build(data, out)
        for name, cost in costs.items():
            say(f"{name:50s} {cost}")
        if options.no_stock:
            return
        stock = build_with_stock(data, out, Path(place) / "stock", options.every)
        stock["stock tools together"] = add(list(stock.values()))
        for name, cost in stock.items():
            say(f"{name:50s} {cost}")
        ratio = stock["stock tools together"].clock / costs["from nothing"].clock
        say(f"stock tools take {ratio:.1f} × the time of the whole report from nothing")


if __name__ == "__main__":
    main()
