"""The metric rows that pages recorded, brought together with the country's in one file, some scopes at a time.

Pages give their rows in the order they are made. They are put down in parts, found again by whose they are, and written
in the order of their key: what is held at once does not grow with the number of zones.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from zonebook.errors import MetricError
from zonebook.metrics.result import read_records, to_frame
from zonebook.metrics.rowfile import PART, RowFile, RowWriter
from zonebook.request import BuildRequest
from zonebook.rows import (
    LONGEST,
    METRICS,
    STORE,
    FlowRows,
    RowTask,
    compute_country_rows,
    describe_rows,
    is_known,
    join_key,
    join_rows,
    read_country,
    sort_rows,
    stage_own_metrics,
)
from zonebook.run.execute import PageOutcome
from zonebook.run.executor import ChildError, PageExecutor
from zonebook.run.record import ROWS, PageRecord
from zonebook.settings import list_changes
from zonebook.tables.draft import put_file
from zonebook.tables.share import DataSet

_SCOPE = ["scope_type", "scope_id"]
_CODE = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
Scope = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Slice:
    """Where rows of a scope stand: in which group of rows of a file, from which on, how many."""

    scope: Scope
    group: int
    first: int
    count: int


def collect_rows(
    request: BuildRequest, data: DataSet, outcomes: Iterable[PageOutcome], flows: FlowRows, executor: PageExecutor
) -> RowFile:
    """Collect the metric rows that pages recorded, add the country's, and write them; no language matters here.

    Where nothing has changed the file of the last build stays.
    """
    first = request.parameters.languages[0]
    records = [outcome.record for outcome in outcomes if outcome.record and outcome.job.lang == first]
    own = tuple(request.out / name for name in stage_own_metrics(request))
    recorded = hashlib.sha256()
    for record in records:
        recorded.update(_hash_rows(record))
    key = join_key([data.digests["country"][""], recorded.hexdigest(), _CODE, *describe_rows(request.parameters, own)])
    file, note = RowFile(request.out / METRICS), request.out / "cache" / "metrics.txt"
    if not request.force and file.path.is_file() and is_known(file.path, note, _describe(file, key)):
        return file
    with _sorted_rows(records, request.out / "cache") as rows:
        of_country = _find_country_rows(request, data, key, rows, flows, executor)
        with RowWriter(file.path) as writer:
            for part in _join_parts(rows, of_country):
                writer.write(part)
    written = RowFile(file.path)
    if len(of_country):
        put_file(note, _describe(written, key))
    return written


def _describe(file: RowFile, key: str) -> str:
    """Return what is noted down of a file: what it was made from, and its own hash, as it may be changed by hand."""
    return f"{key}\n{file.digest}"


def _hash_rows(record: PageRecord) -> bytes:
    text = record.path.read_bytes() if record.path else record.text.encode()
    return hashlib.sha256(text).digest()


@contextmanager
def _sorted_rows(records: Iterable[Mapping[str, Any]], folder: Path) -> Iterator[RowFile]:
    """Give a file of the recorded rows in the order of their key, each once, scopes whole in its groups of rows."""
    unsorted, found = folder / "recorded.unsorted.parquet", RowFile(folder / "recorded.parquet")
    try:
        slices = _put_down(records, unsorted)
        if len({one.group for one in slices}) < 2:  # in order as they are
            unsorted.replace(found.path)
        else:
            with RowWriter(found.path, whole=True) as writer:
                for part in _merge(unsorted, slices):
                    writer.write(part)
            unsorted.unlink()
        yield found
    finally:
        unsorted.unlink(missing_ok=True)
        found.path.unlink(missing_ok=True)


def _put_down(records: Iterable[Mapping[str, Any]], path: Path) -> list[_Slice]:
    """Write recorded rows into a file, those of a few pages at a time, and return where those of each scope stand."""
    slices: list[_Slice] = []
    with RowWriter(path, whole=True) as writer:
        for group, rows in enumerate(_batch(records)):
            part = sort_rows(read_records(rows))
            sizes = part.groupby(_SCOPE, sort=False, dropna=False).size()
            firsts = (sizes.cumsum() - sizes).tolist()
            for (kind, one), start, count in zip(sizes.index.tolist(), firsts, sizes.tolist(), strict=True):
                slices.append(_Slice((str(kind), str(one)), group, start, count))
            writer.write(part)
    return slices


def _batch(records: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """Yield the rows of some pages at a time; once without any where there are none."""
    rows: list[Mapping[str, Any]] = []
    for record in records:
        rows += record[ROWS]
        if len(rows) >= PART:
            yield rows
            rows = []
    yield rows


def _merge(path: Path, slices: Sequence[_Slice]) -> Iterator[pd.DataFrame]:
    """Yield the rows of a file in the order of their key, those of some scopes at a time."""
    import pyarrow.parquet as pq  # noqa: PLC0415  (a tenth of a second; not needed where nothing has changed)

    if not slices:
        yield to_frame([])
    with pq.ParquetFile(path, pre_buffer=False) as file:
        for together in _group_scopes(sorted(slices, key=lambda one: (one.scope, one.group))):
            parts = []
            for group in sorted({one.group for one in together}):
                whole = file.read_row_group(group).to_pandas()
                parts += [
                    whole[first:end] for first, end in _join_slices(one for one in together if one.group == group)
                ]
            # What stands in one piece has been put in order as it was written.
            yield sort_rows(pd.concat(parts, ignore_index=True)) if len(parts) > 1 else parts[0].reset_index(drop=True)


def _join_slices(slices: Iterable[_Slice]) -> Iterator[tuple[int, int]]:
    """Yield where slices of a group begin and end; those that follow each other are one."""
    begin = end = 0
    for one in slices:
        if one.first != end:
            if end > begin:
                yield begin, end
            begin = one.first
        end = one.first + one.count
    if end > begin:
        yield begin, end


def _group_scopes(slices: Iterable[_Slice]) -> Iterator[list[_Slice]]:
    """Yield the slices of some scopes at a time, all of a scope together."""
    together: list[_Slice] = []
    for one in slices:
        if together and one.scope != together[-1].scope and sum(part.count for part in together) >= PART:
            yield together
            together = []
        together.append(one)
    if together:
        yield together


def _join_parts(recorded: RowFile, of_country: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield all rows in the order of their key: those of some scopes with the country's rows of these."""
    ordered = sort_rows(of_country)
    scopes = list(zip(ordered["scope_type"], ordered["scope_id"], strict=True))
    done = 0
    for part in _read_groups(recorded.path):
        last = (part["scope_type"].iloc[-1], part["scope_id"].iloc[-1])
        upto = bisect_right(scopes, last)
        yield join_rows(part, ordered[done:upto])
        done = upto
    yield join_rows(to_frame([]), ordered[done:])


def _read_groups(path: Path) -> Iterator[pd.DataFrame]:
    import pyarrow.parquet as pq  # noqa: PLC0415  (as above)

    with pq.ParquetFile(path, pre_buffer=False) as file:
        for group in range(file.num_row_groups):
            if file.metadata.row_group(group).num_rows:
                yield file.read_row_group(group).to_pandas()


def _find_country_rows(
    request: BuildRequest, data: DataSet, rows_key: str, recorded: RowFile, flows: FlowRows, executor: PageExecutor
) -> pd.DataFrame:
    """Return the country's rows, computed anew only where something they depend on has changed.

    They need the rows of all zones, and every country page needs them: they are computed once, in a process of their
    own. Where that fails there are none, and each country page says itself what failed.
    """
    path, note = request.out / "cache" / "country.parquet", request.out / "cache" / "country.txt"
    if is_known(path, note, rows_key) and not request.force:
        return pd.read_parquet(path)
    own = tuple(request.out / name for name in stage_own_metrics(request))
    read = partial(read_country, (request.out / STORE).absolute())
    task = RowTask(read, request.parameters.year, list_changes(request.parameters.settings), own)
    try:
        computed = executor.submit_for(LONGEST, compute_country_rows, task, recorded.path, flows.frame)
        frame: pd.DataFrame = computed.result()
    except (MetricError, ChildError):
        return to_frame([])
    with RowWriter(path) as writer:
        writer.write(frame)
    put_file(note, rows_key)
    return frame
