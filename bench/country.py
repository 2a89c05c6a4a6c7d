"""Country pages of more and more zones: the memory and time of each page, in a process of its own.

The pages of zones are not run: the metric rows of a few zones stand for those of all, under the names of these. So the
country pages of as many zones as there are in the world, 5,400, are measured in minutes.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd
from meter import measure_call, measure_command, say
from scale import leave_published

from zonebook.metrics.compute import compute_metrics
from zonebook.metrics.result import to_frame
from zonebook.metrics.rowfile import RowWriter
from zonebook.pipeline import METRICS, STORE
from zonebook.rows import RowTask, compute_country_rows, join_rows, read_country, sort_rows
from zonebook.run.execute import FORK_ENGINE, PageJob, run_page
from zonebook.tables.check import check_data_set
from zonebook.tables.share import DataSet
from zonebook.tables.store import open_data, write_store

_ROOT = Path(__file__).parents[1]
_KINDS = ("overview", "comparison", "corridors", "targets", "quality")
_YEAR = 2025
_MODELS = 4  # zones whose rows stand for those of all
_RESIDENTS = "15"  # the fewest there can be


def prepare(data: Path, out: Path) -> None:
    """Write what country pages read: the store and the metric rows."""
    write_store(check_data_set(data), out / STORE)
    data_set, recorded = open_data(out / STORE), out / "recorded.parquet"
    with RowWriter(recorded) as writer:
        for rows in _make_rows(data_set):
            writer.write(rows)
    task = RowTask(partial(read_country, out / STORE), _YEAR, {}, ())
    of_country = compute_country_rows(task, recorded, to_frame([]))
    with RowWriter(out / METRICS) as writer:
        writer.write(join_rows(pd.read_parquet(recorded), of_country))
    recorded.unlink()


def _make_rows(data_set: DataSet) -> Iterator[pd.DataFrame]:
    models = [sort_rows(to_frame(compute_metrics(data_set.zone(one), _YEAR))) for one in data_set.zones[:_MODELS]]
    for number, zone_id in enumerate(data_set.zones):
        rows = models[number % len(models)]
        yield rows.assign(scope_id=rows["scope_id"].mask(rows["scope_type"] == "zone", zone_id))


def make_page(kind: str, out: Path) -> None:
    """Run the notebook of a country page."""
    os.chdir(out)
    parameters = {"year": _YEAR, "lang": "en", "data": STORE, "settings": {}, "own_metrics": [], "metrics": METRICS}
    notebook = _ROOT / "notebooks" / f"{kind}.ipynb"
    outcome = run_page(PageJob(kind, "country", kind, "en", notebook, kind, parameters), out, FORK_ENGINE)
    if outcome.failure:
        raise SystemExit(f"{kind}: {outcome.failure.message}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zones", type=int, nargs="+", default=[100, 400])
    given = parser.parse_args()
    import zonebook.run.preload  # noqa: F401, PLC0415  (what the process has that pages are forked from)

    for zones in given.zones:
        with tempfile.TemporaryDirectory() as place:
            data, out = Path(place) / "data", Path(place) / "out"
            sizes = ["--zones", str(zones), "--residents", _RESIDENTS]
            measure_command(["zonebook", "demo", str(data), *sizes, "--format", "parquet", "--quiet"])
            leave_published(data)
            measure_call(partial(prepare, data, out))
            for kind in _KINDS:
                say(f"{zones:5d} zones, {kind:10}: {measure_call(partial(make_page, kind, out))}")


if __name__ == "__main__":
    main()
