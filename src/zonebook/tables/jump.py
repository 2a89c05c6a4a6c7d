"""Figures many times those of the year before: most often a unit that changed, such as thousands for roubles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from zonebook.tables.frame import MISSING, Codes, Positions, to_array
from zonebook.tables.latest import find_standing
from zonebook.tables.normal import NormalTable, rank_cells
from zonebook.tables.problem import Findings

_SERIES: Mapping[str, tuple[str, ...]] = {
    "party_year": ("party_id",),
    "zone_year": ("zone_id", "indicator", "unit", "period", "cumulative"),
}
_LUMPY = ("capex_rub",)  # investment comes in lumps: a jump says nothing

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class _Years:
    """The least and the largest figure of each year of each series, and a row the year's figure stands in."""

    series: Codes
    years: Positions
    least: Floats
    largest: Floats
    rows: Positions


def check_jumps(tables: Mapping[str, NormalTable], factor: float, findings: Findings) -> None:
    """Find figures so many times larger or smaller than those of the year before.

    Where sources disagree, the two figures nearest to each other are compared.

    Parameters
    ----------
    tables
        The tables of the data set, normalised.
    factor
        How many times is a jump.
    findings
        Collects the problems.
    """
    for name, series in _SERIES.items():
        normal = tables.get(name)
        if normal is None or not normal.data.num_rows:
            continue
        for column in normal.table.columns.values():
            if column.type == "number" and column.name not in _LUMPY:
                _name_jumps(normal, column.name, _gather(normal, series, column.name), factor, findings)


def _gather(normal: NormalTable, series: tuple[str, ...], column: str) -> _Years:
    is_positive = pc.fill_null(pc.greater(normal.data.column(column), 0), False)
    is_dated = pc.is_valid(normal.data.column("year"))
    rows = np.flatnonzero(find_standing(normal) & np.asarray(pc.and_(is_positive, is_dated)).astype(np.bool_))
    codes = _number_series(normal, series)[rows]
    years = np.asarray(pc.fill_null(to_array(normal.data.column("year")), 0)).astype(np.int64)[rows]
    values = np.asarray(pc.fill_null(to_array(normal.data.column(column)), np.nan))[rows]
    order = np.lexsort((years, codes))
    codes, years, values, rows = codes[order], years[order], values[order], rows[order]
    is_first = np.ones(len(rows), dtype=np.bool_)
    is_first[1:] = (codes[1:] != codes[:-1]) | (years[1:] != years[:-1])
    starts = np.flatnonzero(is_first)
    if not len(starts):
        return _Years(codes, years, values, values, rows)
    least, largest = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    return _Years(codes[starts], years[starts], least, largest, rows[starts])


def _number_series(normal: NormalTable, series: tuple[str, ...]) -> Codes:
    """Return for each row the number of the series it belongs to."""
    numbers: Codes = np.zeros(normal.data.num_rows, dtype=np.int64)
    for name in series:
        ranks = rank_cells(normal.data.column(name)) if name != "cumulative" else _number_yes(normal, name)
        _, dense = np.unique(ranks, return_inverse=True)
        _, numbers = np.unique(numbers * (int(dense.max()) + 1) + dense, return_inverse=True)
    return numbers


def _number_yes(normal: NormalTable, name: str) -> Codes:
    cells = to_array(normal.data.column(name)).cast("int8")
    return np.asarray(pc.fill_null(cells, MISSING)).astype(np.int64)


def _name_jumps(normal: NormalTable, column: str, found: _Years, factor: float, findings: Findings) -> None:
    follows = (found.series[1:] == found.series[:-1]) & (found.years[1:] == found.years[:-1] + 1)
    is_up = found.least[1:] > factor * found.largest[:-1]
    is_down = found.largest[1:] * factor < found.least[:-1]
    after = np.flatnonzero(follows & (is_up | is_down)) + 1
    heading, numbers = normal.heading_of(column), normal.number_of(found.rows[after])
    for number, place in zip(numbers, after.tolist(), strict=True):
        value, before = found.largest[place], found.largest[place - 1]
        ratio = max(value / before, before / value)
        details = {"before": f"{before:.15g}", "year": str(found.years[place - 1]), "ratio": f"{ratio:.0f}"}
        findings.add("figure_jumps", normal.place, row=number, column=heading, value=f"{value:.15g}", details=details)
