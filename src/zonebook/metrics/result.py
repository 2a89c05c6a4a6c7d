"""What every metric returns: a value with unit, period, interval, status, evidence and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

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
_NUMBERS = frozenset({"year", "value", "lower", "upper", "n_units"})
_DTYPES = {
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
    kinds = {"status": Status, "evidence": Evidence}
    columns: dict[str, list[Any]] = {}
    for name in RESULT_COLUMNS:
        if name in _NUMBERS:
            cells = np.array(frame[name], dtype=object)
            cells[frame[name].isna().to_numpy(dtype=bool)] = None
        else:
            codes, found = pd.factorize(frame[name])
            known = [kinds[name](text) if name in kinds else text for text in found.tolist()]
            cells = np.array([*known, ""], dtype=object)[codes]  # the last stands for those that are missing: -1
        columns[name] = cells.tolist()
    return tuple(MetricResult(*cells) for cells in zip(*columns.values(), strict=True))


def read_results(path: Path) -> tuple[MetricResult, ...]:
    """Return the metric rows of a Parquet file."""
    return to_results(pd.read_parquet(path, columns=list(RESULT_COLUMNS)))


def to_frame(results: Iterable[MetricResult]) -> pd.DataFrame:
    """Return results as the metrics table: one row a result, the contract's columns and types."""
    frame = pd.DataFrame(map(_read_cells, results), columns=list(RESULT_COLUMNS))
    return frame.astype(_DTYPES)
