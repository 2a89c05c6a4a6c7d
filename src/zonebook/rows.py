"""The metric rows of a report: computed scope by scope, the country's added, written."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from zonebook.errors import MetricError, ParameterError
from zonebook.metrics.compute import (
    FLOW_TABLES,
    REGION_TABLES,
    compute_flow_rows,
    compute_metrics,
    compute_own_rows,
    list_regions,
)
from zonebook.metrics.registry import read_catalogue
from zonebook.metrics.result import MetricResult, to_frame, to_results
from zonebook.metrics.rowtable import RowTable
from zonebook.parameters import DEFAULT_PARAMETERS, Parameters, override, read_settings
from zonebook.request import BuildRequest, check_ids, find_parameters, find_project
from zonebook.run.cache import code_digest
from zonebook.run.executor import ChildError, ForkExecutor, PageExecutor
from zonebook.settings import list_changes
from zonebook.tables.draft import put_file
from zonebook.tables.share import REGION, ZONE, DataSet, Share
from zonebook.tables.store import open_data, open_tables

METRICS = "metrics.parquet"
FLOWS = "flows.parquet"
STORE = "store"
OWN_METRICS = "own_metrics"
_SERIES = ["scope_type", "scope_id", "metric_id"]
_KEY = [*_SERIES, "year", "period"]
LONGEST = 3600.0  # seconds the rows of one batch of scopes, or of the country, may take
_MOST_TOGETHER = 8  # scopes of a batch
_T = TypeVar("_T")


def stage_own_metrics(request: BuildRequest) -> tuple[str, ...]:
    """Copy the files of own metrics beside the pages that read them; return their paths below the output folder.

    Raises
    ------
    ParameterError
        For a file that is not there.
    """
    staged = []
    for name in request.parameters.own_metrics:
        path = find_own(request.project, name)
        target = request.out / OWN_METRICS / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        staged.append(f"{OWN_METRICS}/{path.name}")
    return tuple(staged)


def find_own(project: Path, name: str) -> Path:
    """Return a file of own metrics.

    Raises
    ------
    ParameterError
        Where it is not there.
    """
    if not (project / name).is_file():
        raise ParameterError(
            f"there is no file of own metrics {name!r}.", place=str(project), remedy="Correct own_metrics."
        )
    return project / name


@dataclass(frozen=True, eq=False)
class FlowRows:
    """The rows that are made of flows between regions alone, known before any page is run.

    Attributes
    ----------
    frame
        The rows: of the country, of regions, of pairs of regions.
    home
        The region of each zone.
    """

    frame: pd.DataFrame
    home: Mapping[str, str]

    def digest(self, scope_type: str, scope_id: str) -> str:
        """Return a hash of the rows that the page of a zone or region shows; empty where there are none."""
        region = self.home.get(scope_id, "") if scope_type == "zone" else scope_id
        places = self._places.get(region, [])
        return str(int(self._hashes.take(places).sum())) if places else ""

    @cached_property
    def _hashes(self) -> pd.Series[int]:
        return pd.util.hash_pandas_object(self.frame, index=False)

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Where the rows of each region stand, those of pairs with it among them."""
        found: dict[str, list[int]] = {}
        for place, (kind, scope_id) in enumerate(zip(self.frame["scope_type"], self.frame["scope_id"], strict=True)):
            for region in list_regions(kind, scope_id):
                found.setdefault(region, []).append(place)
        return found


def compute_flows(request: BuildRequest, executor: PageExecutor) -> FlowRows:
    """Return the rows of flows between regions, and write them for pages; computed anew only where flows changed.

    Where there are no flows, or the computation fails, there is no file and pages do without: the country's pages say
    what failed.
    """
    share = open_tables(request.out / STORE, REGION_TABLES)
    zones = share.table("zone")
    home = dict(zip(zones["zone_id"].astype(str), zones["region_iso"].fillna("").astype(str), strict=True))
    path, note = request.out / FLOWS, request.out / "cache" / "flows.txt"
    if FLOW_TABLES.isdisjoint(share.tables):
        path.unlink(missing_ok=True)
        return FlowRows(to_frame([]), home)
    staged = tuple(request.out / name for name in stage_own_metrics(request))
    key = join_key([share.digest, *describe_rows(request.parameters, staged)])
    if is_known(path, note, key) and not request.force:
        return FlowRows(pd.read_parquet(path), home)
    read = partial(open_tables, (request.out / STORE).absolute(), REGION_TABLES)
    task = RowTask(read, request.parameters.year, list_changes(request.parameters.settings), staged)
    try:
        frame: pd.DataFrame = executor.submit_for(LONGEST, _compute_flow_rows, task).result()
    except (MetricError, ChildError):
        path.unlink(missing_ok=True)
        return FlowRows(to_frame([]), home)
    write_metric_rows(frame, path)
    put_file(note, key)
    return FlowRows(frame, home)


def describe_rows(parameters: Parameters, own: Sequence[Path]) -> list[str]:
    """Return what rows depend on besides the data: parameters, files of own metrics, the code."""
    return [
        repr((parameters.year, list_changes(parameters.settings))),
        *(hashlib.sha256(file.read_bytes()).hexdigest() for file in own),
        code_digest(),
    ]


def join_key(parts: Iterable[str]) -> str:
    """Return a hash of what something depends on."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_known(path: Path, note: Path, key: str) -> bool:
    """Whether rows were written under the same key."""
    return path.is_file() and note.is_file() and note.read_text(encoding="utf-8") == key


class RowTask:
    """The rows of one scope to be computed, in a form that can be sent to another process.

    ``share`` is the scope's share of the data, or what returns it: then it is read where the rows are computed.
    """

    def __init__(
        self, share: Share | Callable[[], Share], year: int, settings: Mapping[str, Any], own: tuple[Path, ...]
    ) -> None:
        self.share, self.year, self.settings, self.own = share, year, settings, own

    def compute(
        self, recorded: Sequence[MetricResult] = (), known: Sequence[MetricResult] = ()
    ) -> tuple[MetricResult, ...]:
        """Return the rows of the scope."""
        settings, catalogue = read_settings(self.settings), read_catalogue(*self.own)
        rows = {"recorded": recorded, "known": known}
        return compute_metrics(self._read_share(), self.year, settings=settings, catalogue=catalogue, **rows)

    def compute_some(self, compute: Callable[..., tuple[MetricResult, ...]]) -> tuple[MetricResult, ...]:
        """Return what a function computes that takes a share, a year, settings and a catalogue."""
        settings, catalogue = read_settings(self.settings), read_catalogue(*self.own)
        return compute(self._read_share(), self.year, settings=settings, catalogue=catalogue)

    def _read_share(self) -> Share:
        return self.share if isinstance(self.share, Share) else self.share()

    def of(self, share: Share) -> RowTask:
        """Return the same task for another scope."""
        return RowTask(share, self.year, self.settings, self.own)


def _compute_rows(task: RowTask, *frames: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a scope, computed from those recorded and those known already."""
    return to_frame(task.compute(*map(to_results, frames)))


def read_country(store: Path) -> Share:
    """Return all tables of a store."""
    return open_data(store).country()


def compute_country_rows(task: RowTask, recorded: Path, known: pd.DataFrame) -> pd.DataFrame:
    """Return the country's rows, made from a file of those of its zones and regions and from those known already."""
    return to_frame(task.compute(RowTable.read(recorded), to_results(known)))


def _compute_flow_rows(task: RowTask) -> pd.DataFrame:
    return to_frame(task.compute_some(compute_flow_rows))


def _compute_own_rows(task: RowTask) -> pd.DataFrame:
    return to_frame(task.compute_some(compute_own_rows))


def compute_metric_rows(
    data: Path, *, zone: str | None = None, region: str | None = None, year: int | None = None
) -> pd.DataFrame:
    """Return the metric rows of one zone or region, or of everything, without notebooks."""
    data_set, parameters = open_data(data), find_parameters(Path.cwd())
    asked = {"zones": (zone,) if zone else (), "regions": (region,) if region else ()}
    check_ids(data_set, override(parameters, asked))
    parameters = override(parameters, {"year": year or parameters.year})
    own = tuple(find_own(find_project(Path.cwd()), name) for name in parameters.own_metrics)
    if zone or region:
        chosen, changes = parameters.year, list_changes(parameters.settings)
        shares = [data_set.zone(zone)] if zone else []
        shares += [data_set.region(region)] if region else []
        return sort_rows(pd.concat([_compute_rows(RowTask(share, chosen, changes, own)) for share in shares]))
    everything = replace(parameters, zones=(), regions=(), pages=DEFAULT_PARAMETERS.pages)
    return compute_all_rows(data_set, everything, own)


def compute_all_rows(data_set: DataSet, parameters: Parameters, own: tuple[Path, ...]) -> pd.DataFrame:
    """Return the rows of the zones and regions that a report with these parameters has pages for, and the country's.

    Parameters
    ----------
    data_set
        The data set.
    parameters
        The report's parameters; zones and regions they name that the data set does not know are left out.
    own
        Files of own metrics.
    """
    country = RowTask(data_set.country(), parameters.year, list_changes(parameters.settings), own)
    loads: list[tuple[Callable[[str], Share], str]]
    loads = [(data_set.zone, one) for one in select_zones(data_set, parameters) if one in data_set.zones]
    loads += [(data_set.region, one) for one in select_regions(data_set, parameters) if one in data_set.regions]
    frames, known = _compute_side_by_side(loads, country)
    recorded = sort_rows(pd.concat(frames)) if frames else to_frame([])
    return join_rows(recorded, _compute_rows(country, recorded, known))


def select_zones(data_set: DataSet, parameters: Parameters) -> tuple[str, ...]:
    """Return the zones that have a page: those named, else all; none where regions alone are named."""
    chosen = parameters.zones or (() if parameters.regions else data_set.zones)
    return chosen if any(kind.scope == ZONE for kind in parameters.pages) else ()


def select_regions(data_set: DataSet, parameters: Parameters) -> tuple[str, ...]:
    """Return the regions that have a page: those named, else all; none where zones alone are named."""
    chosen = parameters.regions or (() if parameters.zones else data_set.regions)
    return chosen if any(kind.scope == REGION for kind in parameters.pages) else ()


def _compute_side_by_side(
    loads: Sequence[tuple[Callable[[str], Share], str]], country: RowTask
) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    """Return the rows of zones and regions, and the country's own, as many at once as there are cores."""
    cores = os.cpu_count() or 1
    if cores == 1 or len(loads) <= cores:
        return [_compute_rows(country.of(load(one))) for load, one in loads], _compute_own_rows(country)
    found, waiting = [], deque[Future[pd.DataFrame]]()
    with ForkExecutor(cores, LONGEST) as executor:
        known = executor.submit(_compute_own_rows, country)
        # Few shares wait at a time: memory does not grow with the number of zones.
        for batch in _batch(loads, min(_MOST_TOGETHER, len(loads) // (8 * cores))):
            waiting.append(executor.submit(_compute_batch, [country.of(load(one)) for load, one in batch]))
            if len(waiting) > 2 * cores:
                found.append(waiting.popleft().result())
        return found + [future.result() for future in waiting], known.result()


def _batch(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    """Yield items a few at a time."""
    step = max(1, size)
    for first in range(0, len(items), step):
        yield items[first : first + step]


def _compute_batch(tasks: Sequence[RowTask]) -> pd.DataFrame:
    """Return the rows of several scopes: what a process does for the first time, it does once for all of them."""
    return pd.concat([_compute_rows(task) for task in tasks])


def write_metric_rows(frame: pd.DataFrame, path: Path) -> None:
    """Write metric rows as CSV, JSON or Parquet, by the file's ending."""
    path.parent.mkdir(parents=True, exist_ok=True)
    match path.suffix:
        case ".csv":
            frame.to_csv(path, index=False, lineterminator="\n")
        case ".json":
            frame.to_json(path, orient="records", force_ascii=False, indent=1)
        case ".parquet":
            frame.to_parquet(path, index=False)
        case other:
            raise ParameterError(f"cannot write metric rows as {other!r}.", remedy="Use .csv, .json or .parquet.")


def join_rows(recorded: pd.DataFrame, of_country: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of zones and regions together with those the country gives, each once.

    What a zone cannot tell of itself, because it takes a view of all, it has a row without a value for; the country's
    rows of the same zone and series, of whatever year, take its place.
    """
    told = pd.MultiIndex.from_frame(of_country.loc[of_country["value"].notna(), _SERIES])
    is_placeholder = recorded["value"].isna() & pd.MultiIndex.from_frame(recorded[_SERIES]).isin(told)
    frame = pd.concat([recorded[~is_placeholder], of_country], ignore_index=True)
    return sort_rows(frame.drop_duplicates(_KEY))


def sort_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows in the order of their key, each once."""
    return frame.drop_duplicates().sort_values(_KEY, kind="stable", ignore_index=True)
