"""Metric rows that the pages of a zone in several languages have in common: the first computes them, the others read.

Rows have no language. Where nothing is kept, as in a notebook that a reader runs, each page computes its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from zonebook.metrics.result import RESULT_COLUMNS, Evidence, MetricResult, Status, to_record
from zonebook.page.context import PageOptions
from zonebook.tables.draft import put_file
from zonebook.tables.share import Share

_FOLDER: ContextVar[Path | None] = ContextVar("folder", default=None)
_Rows = tuple[MetricResult, ...]


@contextmanager
def keep_rows(folder: Path | None) -> Iterator[None]:
    """Have pages that are opened meanwhile keep their rows in a folder, and take those that are there; none: no."""
    token = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(token)


def recall_or_compute(share: Share, year: int, options: PageOptions, compute: Callable[[], _Rows]) -> _Rows:
    """Return the rows of a share: as another page has kept them, else computed and kept.

    Parameters
    ----------
    share, year, options
        What they depend on, besides the code, which is the same as long as the folder is kept.
    compute
        Computes them. Metrics of one's own may depend on anything: rows are not kept where there are any.
    """
    folder = _FOLDER.get()
    if folder is None or not options.catalogue.is_shipped:
        return compute()
    key = hashlib.sha256(repr((share.scope_type, share.scope_id, share.digest, year, options.settings)).encode())
    path = folder / f"{key.hexdigest()}.json"
    if path.is_file():
        return tuple(map(_to_result, json.loads(path.read_bytes())))
    rows = compute()
    cells = [list(to_record(row).values()) for row in rows]
    put_file(path, json.dumps(cells, ensure_ascii=False, default=_to_plain))
    return rows


def _to_plain(number: Any) -> Any:
    """Return a number of numpy's as one of Python's."""
    return number.item()


def _to_result(cells: list[Any]) -> MetricResult:
    named = dict(zip(RESULT_COLUMNS, cells, strict=True))
    return MetricResult(**{**named, "status": Status(named["status"]), "evidence": Evidence(named["evidence"])})
