"""Hashes of metric rows by series and by kind of scope, made in one pass over their file, of which little is held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zonebook.metrics.rowfile import RowFile
from zonebook.tables.digest import RowHashes, hash_rows
from zonebook.tables.frame import read_codes, to_array

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class RowDigests:
    """What metric rows are known by.

    Attributes
    ----------
    series
        Of each series, for each kind of scope, the hash of the rows in their order.
    scopes
        Hash of the rows of each kind of scope, in their order.
    evidence
        The kinds of evidence that rows with a value rest on, sorted.
    """

    series: Mapping[str, Mapping[str, str]]
    scopes: Mapping[str, str]
    evidence: tuple[str, ...]


def digest_metrics(file: RowFile) -> RowDigests:
    """Return what the rows of a file are known by."""
    series: dict[str, dict[str, hashlib.blake2b]] = {}
    scopes: dict[str, hashlib.blake2b] = {}
    evidence = set[str]()
    for part in file.read_encoded():
        hashes, (ids, names) = hash_rows(part), _read_texts(part["metric_id"])
        for kind, places in _group(*_read_texts(part["scope_type"])):
            of_kind = hashes[places]
            _add(scopes, kind, of_kind)
            for name, inner in _group(ids[places], names):
                _add(series.setdefault(name, {}), kind, of_kind[inner])
        evidence.update(pc.unique(part["evidence"].filter(pc.is_valid(part["value"]))).to_pylist())
    by_kind = {name: _close(digests) for name, digests in sorted(series.items())}
    return RowDigests(by_kind, _close(scopes), tuple(sorted(evidence)))


def _read_texts(column: pa.ChunkedArray) -> tuple[NDArray[np.intp], list[str]]:
    encoded = to_array(column)
    return read_codes(encoded), encoded.dictionary.to_pylist()


def _group(codes: NDArray[np.intp], names: Sequence[str]) -> Iterator[tuple[str, NDArray[np.intp]]]:
    """Yield the texts of a column with the places of their rows, in their order."""
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(names)))
    for name, places in zip(names, np.split(order, ends[:-1]), strict=True):
        if len(places):
            yield name, places


def _add(digests: dict[str, hashlib.blake2b], name: str, rows: RowHashes) -> None:
    digests.setdefault(name, hashlib.blake2b(digest_size=_DIGEST_BYTES)).update(rows.tobytes())


def _close(digests: Mapping[str, hashlib.blake2b]) -> dict[str, str]:
    return {name: digest.hexdigest() for name, digest in sorted(digests.items())}
