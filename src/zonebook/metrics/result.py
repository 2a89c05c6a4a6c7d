"""What every metric returns: a value with unit, period, interval, status, evidence and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.errors import MetricError


class Status(StrEnum):
    """Whether a metric has a value, and if not, why not. None of the others is a zero."""

    OK = "ok"
    UNDEFINED = "undefined"
    NOT_APPLICABLE = "not_applicable"
    MISSING_INPUT = "missing_input"
    LOW_N = "low_n"
    SUPPRESSED = "suppressed"


class Evidence(StrEnum):
    """What a value rests on: a full register, figures read in publications, or generated data."""

    REGISTER = "register"
    REPORTED = "reported"
    DEMONSTRATION = "demonstration"


_WEAKEST_FIRST = (Evidence.DEMONSTRATION, Evidence.REPORTED, Evidence.REGISTER)


def weakest_evidence(kinds: Iterable[Evidence]) -> Evidence:
    """Return the weakest of several kinds of evidence; a result is as good as its weakest input."""
    present = set(kinds)
    return next((kind for kind in _WEAKEST_FIRST if kind in present), Evidence.REPORTED)


@dataclass(frozen=True, slots=True)
class MetricResult:
    """One row of the metrics table.

    ``metric_id`` is the catalogue's id; a further series of the same metric has a suffix after a
    dot (``R02.q0``, ``T02.jobs``), the headline series has none. ``value``, ``lower`` and
    ``upper`` are in ``unit`` (base units) and ``None`` unless the status is ``ok`` (``low_n``
    may carry them). ``source_ids`` are separated by ``;``. ``reason`` says why there is no value, or how a
    value is to be read.
    """

    metric_id: str
    scope_type: str
    scope_id: str
    year: int | None
    period: str
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    status: Status
    reason: str
    n_units: int | None
    evidence: Evidence
    source_ids: str
    vintage: str

    def __post_init__(self) -> None:
        if self.status is Status.OK and self.value is None:
            raise MetricError(f"{self.metric_id}: status ok needs a value")
        if self.status not in (Status.OK, Status.LOW_N) and self.value is not None:
            raise MetricError(f"{self.metric_id}: status {self.status} must not carry a value")

    @property
    def base_id(self) -> str:
        """The catalogue's id without the suffix of the series."""
        return self.metric_id.partition(".")[0]

    @property
    def series(self) -> str:
        """The suffix of the series, empty for the headline series."""
        return self.metric_id.partition(".")[2]


RESULT_COLUMNS = tuple(field.name for field in fields(MetricResult))
_read_cells = attrgetter(*RESULT_COLUMNS)
NUMBERS = frozenset({"year", "value", "lower", "upper", "n_units"})
_KINDS = {"status": Status, "evidence": Evidence}
_DTYPES: Mapping[str, Any] = {
    **dict.fromkeys(RESULT_COLUMNS, "string"),
    "year": "Int64",
    "n_units": "Int64",
    **dict.fromkeys(("value", "lower", "upper"), "float64"),
}


def to_record(result: MetricResult) -> dict[str, Any]:
    """Return a result as a row of the metrics table: its cells by column."""
    return dict(zip(RESULT_COLUMNS, _read_cells(result), strict=True))


def to_results(frame: pd.DataFrame) -> tuple[MetricResult, ...]:
    """Return the rows of a metrics table as results: what :func:`to_frame` makes of results, undone.

    Rows share their texts: of millions of cells few differ.
    """
    columns = []
    for name in RESULT_COLUMNS:
        if name in NUMBERS:
            cells = np.array(frame[name], dtype=object)
            cells[frame[name].isna().to_numpy(dtype=bool)] = None
            columns.append(cells.tolist())
        else:
            codes, found = pd.factorize(frame[name])
            columns.append(decode_texts(name, codes, found.tolist()))
    return make_results(columns)


def decode_texts(column: str, codes: NDArray[Any], texts: Iterable[str]) -> list[str]:
    """Return the cells of a column of text: each code is the place of its text, -1 stands for a missing one."""
    kind = _KINDS.get(column, str)
    return np.array([*map(kind, texts), ""], dtype=object)[codes].tolist()  # type: ignore[no-any-return]


def make_results(columns: Iterable[Iterable[Any]]) -> tuple[MetricResult, ...]:
    """Return the results whose cells stand in columns, in the order of ``RESULT_COLUMNS``."""
    return tuple(MetricResult(*cells) for cells in zip(*columns, strict=True))


def read_records(records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows that a page recorded, by column, as the metrics table."""
    rows = list(records)
    return pd.DataFrame({name: pd.array([row.get(name) for row in rows], _DTYPES[name]) for name in RESULT_COLUMNS})


def to_frame(results: Iterable[MetricResult]) -> pd.DataFrame:
    """Return results as the metrics table: one row a result, the contract's columns and types."""
    frame = pd.DataFrame(map(_read_cells, results), columns=list(RESULT_COLUMNS))
    return frame.astype(_DTYPES)


def order_latest(row: MetricResult) -> tuple[bool, int, str]:
    """Return what rows of a series are ordered by: the last is the latest one that has a value."""
    return row.value is not None, row.year or 0, row.period


def find_latest(rows: Iterable[MetricResult]) -> dict[tuple[str, str], MetricResult]:
    """Return the latest row of each scope and series, with a value if any has one, by the ids of both."""
    found: dict[tuple[str, str], MetricResult] = {}
    for row in rows:
        key = row.scope_id, row.metric_id
        held = found.get(key)
        if held is None or order_latest(row) > order_latest(held):
            found[key] = row
    return found
