"""Hashes of metric rows by series and by kind of scope, made in one pass over their file, of which little is held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from zonebook.metrics.rowfile import RowFile
from zonebook.tables.digest import RowHashes, hash_rows
from zonebook.tables.frame import Codes, Positions, read_codes, sort_codes, to_array

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


def _read_texts(column: pa.ChunkedArray) -> tuple[Codes, list[str]]:
    encoded = to_array(column)
    return read_codes(encoded), encoded.dictionary.to_pylist()


def _group(codes: Codes, names: Sequence[str]) -> Iterator[tuple[str, Positions]]:
    """Yield the texts of a column with the places of their rows, in their order."""
    order, ends = sort_codes(codes)
    for first, last in pairwise([0, *ends]):
        yield names[codes[order[first]]], order[first:last]


def _add(digests: dict[str, hashlib.blake2b], name: str, rows: RowHashes) -> None:
    digests.setdefault(name, hashlib.blake2b(digest_size=_DIGEST_BYTES)).update(rows.tobytes())


def _close(digests: Mapping[str, hashlib.blake2b]) -> dict[str, str]:
    return {name: digest.hexdigest() for name, digest in sorted(digests.items())}
