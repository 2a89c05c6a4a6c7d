"""The store: checked tables as Parquet, divided so that a page reads its share and no more.

Layout of a store's folder::

    store.json                      tables, row counts and digests of shares
    all/<table>.parquet             every table whole
    zones/<bundle>/<table>.parquet  the shares of some zones, one after the other: zones 0 to 63 of store.json
                                    in 0000, the next in 0001; tables that are the same for all are left out
    regions/<bundle>/<table>.parquet
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from zonebook.errors import DataError
from zonebook.tables.bundle import extract_share, read_bundle, read_encoded, read_whole, write_bundle, write_whole
from zonebook.tables.citation import Citations
from zonebook.tables.digest import digest_rows, hash_rows
from zonebook.tables.frame import to_frame
from zonebook.tables.lazy import LazyTables
from zonebook.tables.location import find_data, fingerprint
from zonebook.tables.partition import Partition, divide
from zonebook.tables.problem import refuse_errors
from zonebook.tables.schema import TABLES
from zonebook.tables.share import COUNTRY, REGION, ZONE, DataSet, Share

if TYPE_CHECKING:  # reading a share needs none of what checking does
    from zonebook.tables.check import CheckedData
    from zonebook.tables.normal import NormalTable

_FORMAT = 3
_CARD = "store.json"
_WHOLE_FOLDER = "all"
_FOLDERS: Mapping[str, str] = {ZONE: "zones", REGION: "regions"}
_SHARES_PER_BUNDLE = 64
_MOST_WRITERS = 4
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store holds.

    Attributes
    ----------
    tables
        Number of rows of each table the data set brings or that comes with the package.
    zones, regions
        Digest of the share of each zone and region.
    country
        Digest of all tables.
    reference
        Digest of the tables that stand whole in every share.
    whole
        Digest of every table that has rows.
    fingerprint
        Hash of the files the data set was read from, and of the data contract.
    """

    tables: Mapping[str, int]
    zones: Mapping[str, str]
    regions: Mapping[str, str]
    country: str
    reference: str
    whole: Mapping[str, str]
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class _Writing:
    """A file to be written: how many rows it will have, and what writes it."""

    count: int
    write: Callable[[], None]


def _describe(tables: Mapping[str, NormalTable], partitions: Mapping[str, Partition]) -> StoreInfo:
    """Return row counts and digests of a data set."""
    hashes = {name: hash_rows(normal.data) for name, normal in tables.items()}
    whole = {name: rows for name, rows in hashes.items() if TABLES[name].is_whole}
    reference = digest_rows(whole)
    seed = " ".join([reference, *sorted(tables)])

    def digest_share(partition: Partition, share: int) -> str:
        rows = {name: hashes[name][selection.rows_of(share)] for name, selection in partition.selections.items()}
        return digest_rows(rows, f"{seed} {partition.scope_type} {partition.ids[share]}")

    def digest_shares(partition: Partition) -> dict[str, str]:
        return {scope_id: digest_share(partition, share) for share, scope_id in enumerate(partition.ids)}

    return StoreInfo(
        tables={name: tables[name].data.num_rows for name in TABLES if name in tables},
        zones=digest_shares(partitions[ZONE]),
        regions=digest_shares(partitions[REGION]),
        country=digest_rows(hashes, seed),
        reference=reference,
        whole={name: digest_rows({name: rows}) for name, rows in hashes.items() if len(rows)},
    )


def _take_share(tables: Mapping[str, NormalTable], partition: Partition, share: int) -> dict[str, pa.Table]:
    """Return the divided tables of one share that have rows in it."""
    rows = {name: selection.rows_of(share) for name, selection in partition.selections.items()}
    return {name: tables[name].data.take(pa.array(found)) for name, found in rows.items() if len(found)}


def _list_bundles(folder: Path, tables: Mapping[str, NormalTable], partition: Partition) -> Iterator[_Writing]:
    """Yield what writes each file of shares, with the rows it will have."""
    for first in range(0, len(partition.ids), _SHARES_PER_BUNDLE):
        shares = range(first, min(first + _SHARES_PER_BUNDLE, len(partition.ids)))
        place = _place_bundle(folder, partition.scope_type, first)
        place.mkdir(parents=True)
        for name, selection in partition.selections.items():
            count = int(selection.bounds[shares.stop] - selection.bounds[shares.start])
            path = place / f"{name}.parquet"
            yield _Writing(count, functools.partial(write_bundle, tables[name].data, selection, shares, path, name))


def _list_whole(folder: Path, tables: Mapping[str, NormalTable]) -> Iterator[_Writing]:
    """Yield what writes each table whole."""
    (folder / _WHOLE_FOLDER).mkdir()
    for name, normal in tables.items():
        path = folder / _WHOLE_FOLDER / f"{name}.parquet"
        yield _Writing(normal.data.num_rows, functools.partial(write_whole, normal.data, path, name))


def _place_bundle(folder: Path, scope_type: str, share: int) -> Path:
    """Return the folder of the bundles that hold a share."""
    return folder / _FOLDERS[scope_type] / f"{share // _SHARES_PER_BUNDLE:04d}"


def _fill_store(folder: Path, tables: Mapping[str, NormalTable]) -> StoreInfo:
    """Write the files of a store while the next are worked out; return what it holds."""
    citations, partitions = Citations(tables), {}
    with ThreadPoolExecutor(min(_MOST_WRITERS, os.cpu_count() or 1)) as pool:
        written = _submit(pool, _list_whole(folder, tables))
        for scope_type in (REGION, ZONE):  # regions' shares are the largest: they would be waited for at the end
            partitions[scope_type] = divide(tables, scope_type, citations)
            written += _submit(pool, _list_bundles(folder, tables, partitions[scope_type]))
        info = _describe(tables, partitions)
        for writing in written:
            writing.result()
    return info


def _submit(pool: ThreadPoolExecutor, files: Iterator[_Writing]) -> list[Future[None]]:
    """Have files written, the largest first."""
    return [pool.submit(file.write) for file in sorted(files, key=lambda file: -file.count)]


def write_store(checked: CheckedData, folder: Path) -> StoreInfo:
    """Write checked tables as a store, in place of the one that may be there.

    The store is written beside its place and moved there when it is whole: a write that is killed
    leaves the old store or none, never a part of one. The same tables give the same bytes.

    Raises
    ------
    DataError
        If the data set has errors, or something that is no store is in the place.
    """
    refuse_errors(checked.problems, str(checked.path))
    if folder.exists() and not is_store(folder):
        raise DataError("is there already and is not a store.", place=str(folder), remedy="Move it away.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        written, replaced = Path(beside) / "new", Path(beside) / "old"
        written.mkdir()
        info = replace(_fill_store(written, checked.normal), fingerprint=checked.fingerprint)
        card = {"format": _FORMAT, **asdict(info)}
        (written / _CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        if folder.exists():
            folder.replace(replaced)
        written.replace(folder)
    return info


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store."""
    return (folder / _CARD).is_file()


def is_current(folder: Path, path: Path) -> bool:
    """Tell whether a folder is a store written from a data set as it is now, so that checking it again is idle."""
    if not is_store(folder) or not path.exists() or _read_card(folder).get("format") != _FORMAT:
        return False
    return read_info(folder).fingerprint == fingerprint(path)


def _read_card(folder: Path) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((folder / _CARD).read_text(encoding="utf-8"))
    return card


def read_info(folder: Path) -> StoreInfo:
    """Return what a store says it holds.

    Raises
    ------
    DataError
        If the store was written by another version of the program.
    """
    card = _read_card(folder)
    if card.pop("format", None) != _FORMAT:
        raise DataError(
            "is a store of another version of Zonebook.", place=str(folder), remedy="Build the report once more."
        )
    return StoreInfo(**card)


def _read_share(folder: Path, scope_type: str, share: int) -> dict[str, pd.DataFrame]:
    """Return the divided tables of one share that have rows in it."""
    paths = sorted(_place_bundle(folder, scope_type, share).glob("*.parquet"))
    read = {path.stem: read_bundle(path, share % _SHARES_PER_BUNDLE) for path in paths}
    return {name: to_frame(data) for name, data in read.items() if data is not None}


def excerpt_store(folder: Path, info: StoreInfo, scope_type: str, scope_id: str) -> tuple[dict[str, bytes], list[str]]:
    """Return a store with one share in it, for who shares no disk with the one that has them all.

    Parameters
    ----------
    folder
        The store.
    info
        What it holds.
    scope_type, scope_id
        Whose share.

    Returns
    -------
    tuple
        The files that are this share's own, by path in the store, and the paths of those that it has in common
        with others.
    """
    whole = [name for name in info.tables if scope_type == COUNTRY or TABLES[name].is_whole]
    common = [f"{_WHOLE_FOLDER}/{name}.parquet" for name in whole]
    if scope_type == COUNTRY:
        return {}, [_CARD, *common]
    digests = _name_digests(info)[scope_type]
    position = list(digests).index(scope_id)
    only = {kind: {scope_id: digests[scope_id]} if kind == scope_type else {} for kind in _FOLDERS}
    card = {"format": _FORMAT, **asdict(replace(info, zones=only[ZONE], regions=only[REGION]))}
    own = {_CARD: json.dumps(card).encode()}
    place = _place_bundle(folder, scope_type, position)
    for path in sorted(place.glob("*.parquet")):
        content = extract_share(path, position % _SHARES_PER_BUNDLE)
        if content is not None:
            own[_place_bundle(Path(), scope_type, 0).joinpath(path.name).as_posix()] = content
    return own, common


def _name_digests(info: StoreInfo) -> dict[str, Mapping[str, str]]:
    return {ZONE: info.zones, REGION: info.regions, COUNTRY: {"": info.country}}


def _open_store(place: Path) -> DataSet:
    folder = place.absolute()  # tables are read later, from wherever the process is then
    info = read_info(folder)
    digests = _name_digests(info)
    present = frozenset(info.tables)

    positions = {kind: {scope_id: n for n, scope_id in enumerate(known)} for kind, known in digests.items()}

    @functools.cache
    def read_table(name: str) -> pd.DataFrame:
        return to_frame(read_whole(folder / _WHOLE_FOLDER / f"{name}.parquet"))

    @functools.cache
    def read_columns(name: str) -> pa.Table:
        return read_encoded(folder / _WHOLE_FOLDER / f"{name}.parquet", name)

    def load(scope_type: str, scope_id: str) -> Share:
        whole = present if scope_type == COUNTRY else {name for name in present if TABLES[name].is_whole}
        known = [name for name in whole if info.tables[name]]
        divided = _read_share(folder, scope_type, positions[scope_type][scope_id]) if scope_type in _FOLDERS else {}
        tables = LazyTables(tuple(sorted({*known, *divided})), read_table, divided, encoded=read_columns)
        return Share(scope_type, scope_id, tables, present, digests[scope_type][scope_id])

    return DataSet(tuple(info.zones), tuple(info.regions), present, info.reference, digests, load, info.whole)


def open_tables(folder: Path, names: Iterable[str]) -> Share:
    """Return some tables of a store, whole, as a share of the country. Its digest is that of these tables alone."""
    data_set = _open_store(folder)
    present = sorted(frozenset(names) & data_set.tables_present)
    known = [name for name in present if name in data_set.table_digests]
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for name in present:
        digest.update(f"\n{name}\n{data_set.table_digests.get(name, '')}".encode())
    tables = LazyTables(tuple(known), data_set.country().table)
    return Share(COUNTRY, "", tables, frozenset(present), digest.hexdigest())


def open_checked(checked: CheckedData) -> DataSet:
    """Return a checked data set as one whose shares are read from memory.

    Raises
    ------
    DataError
        If the data set has errors.
    """
    refuse_errors(checked.problems, str(checked.path))
    tables = checked.normal
    citations = Citations(tables)
    partitions = {scope_type: divide(tables, scope_type, citations) for scope_type in _FOLDERS}
    info = _describe(tables, partitions)
    digests = _name_digests(info)
    present = frozenset(tables)

    def load(scope_type: str, scope_id: str) -> Share:
        whole = {name: tables[name].data for name in tables if scope_type == COUNTRY or TABLES[name].is_whole}
        taken = {name: data for name, data in whole.items() if data.num_rows}
        if scope_type in partitions:
            partition = partitions[scope_type]
            taken.update(_take_share(tables, partition, partition.ids.index(scope_id)))
        frames = {name: to_frame(data) for name, data in taken.items()}
        return Share(scope_type, scope_id, frames, present, digests[scope_type][scope_id])

    return DataSet(tuple(info.zones), tuple(info.regions), present, info.reference, digests, load, info.whole)


def open_data(path: Path | str) -> DataSet:
    """Return a data set, from its store or straight from its tables, which are checked first.

    Parameters
    ----------
    path
        A store, a folder of tables, or a workbook; a relative path is looked for in the working
        folder and then in the folders above it.

    Raises
    ------
    DataError
        If there is no data set, or it has errors.
    """
    found = find_data(Path(path))
    if is_store(found):
        return _open_store(found)
    from zonebook.tables.check import check_data_set  # noqa: PLC0415 - half a second a page with a store need not pay

    return open_checked(check_data_set(found))
