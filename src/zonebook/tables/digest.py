"""Hashes of rows and of shares: a share's digest changes when one of its rows does, and only then."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.frame import read_codes, to_array

RowHashes = np.ndarray[tuple[int], np.dtype[np.uint64]]

_DIGEST_BYTES = 16
_COMPILED = "__pycache__"
_VERSION = "Version: "
_MOST_KNOWN = 4096
_TICK = 2_000_000_000  # nanoseconds: file systems count in up to two seconds
_TEXTS_AT_ONCE = 1 << 18
_PLACEHOLDERS = {pa.string(): "", pa.int64(): 0, pa.float64(): 0.0, pa.bool_(): False}
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


def hash_folder(root: Path, leave_out: Iterable[str] = ()) -> str:
    """Return a hash of the names and bytes of a folder's files, but for some of its entries; or of a single file.

    A file that was read before by this process, or by the one it was forked from, is not read again unless it has
    changed since.
    """
    digest = hashlib.sha256()
    if root.is_file():
        _update(digest, root.name, str(root), root.stat())
    elif root.is_dir():
        skipped = frozenset(leave_out)
        for inside, entry in _list_files(str(root)):
            if inside.partition("/")[0] not in skipped:
                _update(digest, inside, entry.path, entry.stat())
    return digest.hexdigest()


def hash_file(path: Path) -> str:
    """Return the hash of a file's bytes; it is read as seldom as those of :func:`hash_folder` are."""
    return _hash(str(path), path.stat()).hex()


@cache
def read_version(library: str) -> str:
    """Return a library's version; the time it takes to read its whole description is spared."""
    found = distribution(library)
    heading = (found.read_text("METADATA") or "").partition("\n\n")[0]
    given = (line.removeprefix(_VERSION) for line in heading.splitlines() if line.startswith(_VERSION))
    return next(given, "") or found.version


def _list_files(folder: str, inside: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files below a folder, each with its path in it; compiled code left out."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_file():
            yield inside + entry.name, entry
        elif entry.name != _COMPILED and entry.is_dir(follow_symlinks=False):
            yield from _list_files(entry.path, f"{inside}{entry.name}/")


def _update(digest: hashlib._Hash, name: str, path: str, found: os.stat_result) -> None:
    """Take a file's name and bytes into a hash."""
    digest.update(name.encode())
    digest.update(_hash(path, found))


def _hash(path: str, found: os.stat_result) -> bytes:
    """Return a hash of a file's bytes."""
    # A file may be written twice in a tick of the clock: what has just been written is read in any case.
    is_settled = time.time_ns() - found.st_mtime_ns > _TICK
    read = _hash_known if is_settled else _hash_known.__wrapped__
    return read(path, found.st_ino, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=_MOST_KNOWN)
def _hash_known(path: str, _inode: int, _size: int, _changed: int) -> bytes:
    """Return a hash of a file's bytes, once for what it is known by."""
    return hashlib.sha256(Path(path).read_bytes()).digest()


def _hash_values(values: pa.Array) -> RowHashes:
    """Return a hash per value; texts become Python's one part after the other, as they take ten times the memory."""
    if not pa.types.is_string(values.type):
        numbers = values.to_numpy(zero_copy_only=False)
        hashed: RowHashes = pd.util.hash_array(numbers, categorize=False)
        return hashed
    parts = [values.slice(start, _TEXTS_AT_ONCE) for start in range(0, len(values), _TEXTS_AT_ONCE)]
    texts = [pd.util.hash_array(part.to_numpy(zero_copy_only=False), categorize=False) for part in parts]
    return np.concatenate([np.empty(0, dtype=np.uint64), *texts])


def _mix(hashes: RowHashes, name: str) -> RowHashes:
    """Return hashes of values as those of the values in a column of this name."""
    mixed: RowHashes = (hashes + _hash_values(pa.array([name]))[0]) * _SPREAD
    mixed ^= mixed >> _HALF
    return mixed


def _hash_column(name: str, column: pa.ChunkedArray) -> RowHashes:
    """Return a hash per cell of the column's name and the value; 0 for empty cells."""
    cells = to_array(column)
    if pa.types.is_dictionary(cells.type):
        return np.append(_mix(_hash_values(cells.dictionary), name), np.uint64(0))[read_codes(cells)]
    filled = pc.fill_null(cells, _PLACEHOLDERS[cells.type]) if cells.null_count else cells
    hashes = _mix(_hash_values(filled), name)
    if cells.null_count:
        hashes[np.asarray(pc.is_null(cells))] = 0
    return hashes


def hash_rows(data: pa.Table) -> RowHashes:
    """Return a hash per row of its filled cells and the names of their columns.

    An empty cell adds nothing, so that a column that is empty throughout is as good as absent.
    """
    total = np.zeros(data.num_rows, dtype=np.uint64)
    for name, column in zip(data.column_names, data.columns, strict=True):
        total += _hash_column(name, column)
    return total


def digest_rows(rows: Mapping[str, RowHashes], seed: str = "") -> str:
    """Return the digest of the rows of some tables.

    Parameters
    ----------
    rows
        Per table the hashes of its rows, in order.
    seed
        What else the digest stands for.
    """
    digest = hashlib.blake2b(seed.encode(), digest_size=_DIGEST_BYTES)
    for name in sorted(rows):
        if len(rows[name]):
            digest.update(f"\n{name}\n{len(rows[name])}\n".encode())
            digest.update(np.ascontiguousarray(rows[name]).tobytes())
    return digest.hexdigest()
