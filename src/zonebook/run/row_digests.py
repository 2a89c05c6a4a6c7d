"""Hashes of metric rows by series and by kind of scope, made in one pass over their file, of which little is held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.metrics.rowfile import RowFile
from zonebook.tables.digest import RowHashes, hash_rows
from zonebook.tables.frame import read_codes, to_array

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class RowDigests:
    """What metric rows are known by.

    Attributes
    ----------
    series, scopes
        Hash of the rows of each series, and of each kind of scope, in their order.
    evidence
        The kinds of evidence that rows with a value rest on, sorted.
    """

    series: Mapping[str, str]
    scopes: Mapping[str, str]
    evidence: tuple[str, ...]


def digest_metrics(file: RowFile) -> RowDigests:
    """Return what the rows of a file are known by."""
    series: dict[str, hashlib.blake2b] = {}
    scopes: dict[str, hashlib.blake2b] = {}
    evidence = set[str]()
    for part in file.read_encoded():
        hashes = hash_rows(part)
        for column, digests in (("metric_id", series), ("scope_type", scopes)):
            for name, rows in _split(part[column], hashes):
                digests.setdefault(name, hashlib.blake2b(digest_size=_DIGEST_BYTES)).update(rows.tobytes())
        evidence.update(pc.unique(part["evidence"].filter(pc.is_valid(part["value"]))).to_pylist())
    return RowDigests(_close(series), _close(scopes), tuple(sorted(evidence)))


def _split(column: pa.ChunkedArray, hashes: RowHashes) -> Iterator[tuple[str, RowHashes]]:
    """Yield the texts of a column with the hashes of their rows, in their order."""
    encoded = to_array(column)
    codes, names = read_codes(encoded), encoded.dictionary.to_pylist()
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(names)))
    for name, places in zip(names, np.split(order, ends[:-1]), strict=True):
        if len(places):
            yield name, hashes[places]


def _close(digests: Mapping[str, hashlib.blake2b]) -> dict[str, str]:
    return {name: digest.hexdigest() for name, digest in sorted(digests.items())}
