"""Rows of output multipliers, their spillover to other regions, and linkages of sectors (R11, R12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from zonebook.errors import DataError
from zonebook.metrics.corridor_edges import list_zone_regions
from zonebook.metrics.figures import evidence_of
from zonebook.metrics.input_output import OUTPUT, IoTable, compute_coefficients, compute_leontief_inverse, read_io_table
from zonebook.metrics.multipliers import average_by_output, compute_linkages, compute_multipliers, count_key_sectors
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import assign_rows
from zonebook.metrics.result import MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import find_column

_KEY = "key"
_LABELS = ("region", "sector", "output")


@dataclass(frozen=True, eq=False)
class IoYear:
    """The input-output table of a year, or why it cannot be used."""

    year: int
    table: IoTable | None
    basis: Basis
    absence: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of every figure of the table."""
        idle = int((self.table.output == 0).sum()) if self.table is not None else 0
        said = (state(Reason.WITHOUT_OUTPUT, count=idle),) if idle else ()
        return (state(Reason.MODEL_TABLE), *said)


def read_io_years(scope: Scope) -> tuple[IoYear, ...]:
    """Return the input-output tables up to the scope's year, read once."""
    return scope.remember("input-output tables", lambda: _read_io_years(scope))


def _select_rows(scope: Scope) -> pd.DataFrame:
    table = scope.table("io_table")
    return table[(table["year"] <= scope.year).fillna(value=False).to_numpy(dtype=bool)]


def _read_io_years(scope: Scope) -> tuple[IoYear, ...]:
    by_year = _select_rows(scope).groupby("year", sort=True)
    return tuple(_read_year(scope, int(str(year)), rows) for year, rows in by_year)


def _read_year(scope: Scope, year: int, rows: pd.DataFrame) -> IoYear:
    sources = tuple(dict.fromkeys(find_column(rows, "source_id").dropna().astype(str)))
    evidence = weakest_evidence(evidence_of(source, scope.sources) for source in sources)
    basis = Basis(year, "FY", evidence, sources)
    no_output = state(Reason.NO_OUTPUT, name=OUTPUT)
    try:
        table = read_io_table(rows.dropna(subset=["value_rub"]))
    except DataError:
        return IoYear(year, None, basis, no_output)
    if not len(table.output):
        return IoYear(year, None, basis, no_output)
    try:
        compute_leontief_inverse(compute_coefficients(table.deliveries, table.output))
    except DataError:
        return IoYear(year, None, basis, state(Reason.USES_MORE))
    return IoYear(year, table, replace(basis, n_units=len(table.output)), "")


def output_multiplier_rows(scope: Scope) -> list[MetricResult]:
    """Return R11: mean output multiplier weighted by output, its spillover to other regions, and both by sector.

    The rows of regions come from the country: a region's share of the table has no outputs of the others. Those by
    sector are for regions with a zone.
    """
    return _list_rows(scope, "R11", _find_multipliers)


def linkage_rows(scope: Scope) -> list[MetricResult]:
    """Return R12: mean backward linkage weighted by output, the forward one, both by sector, and key sectors."""
    return _list_rows(scope, "R12", _find_linkages)


def _find_multipliers(table: IoTable) -> pd.DataFrame:
    found = compute_multipliers(table.deliveries, table.output, table.regions)
    return found[["multiplier", "spillover"]].rename(columns={"multiplier": ""})


def _find_linkages(table: IoTable) -> pd.DataFrame:
    found = compute_linkages(table.deliveries, table.output)
    return found[["backward", "forward"]].rename(columns={"backward": ""})


def _list_rows(scope: Scope, metric_id: str, find: Callable[[IoTable], pd.DataFrame]) -> list[MetricResult]:
    if _select_rows(scope).empty:
        return [scope.missing_table(metric_id, "ratio", "io_table")]
    if scope.type != "country":
        return [scope.without(metric_id, Status.NOT_APPLICABLE, "ratio", [state(Reason.NEEDS_PEERS)])]
    rows: list[MetricResult] = []
    for year in read_io_years(scope):
        if year.table is None:
            rows.append(scope.without(metric_id, Status.UNDEFINED, "ratio", [year.absence], year.basis))
        else:
            numbers, table = find(year.table), year.table
            numbers = numbers.assign(region=list(table.regions), sector=list(table.sectors), output=table.output)
            rows += _year_rows(scope, metric_id, year, numbers)
    return rows


def _year_rows(scope: Scope, metric_id: str, year: IoYear, numbers: pd.DataFrame) -> list[MetricResult]:
    """Return the rows of the country and of each region of a table."""
    rows, near = _sector_rows(scope, metric_id, year, numbers), list_zone_regions(scope)
    whole = {"", _KEY, *numbers.columns}
    for region, part in numbers.groupby("region", sort=True):
        made = _sector_rows(scope, metric_id, year, part)
        kept = made if str(region) in near else [row for row in made if row.series in whole]
        rows += assign_rows(kept, "region", str(region))
    return rows


def _sector_rows(scope: Scope, metric_id: str, year: IoYear, part: pd.DataFrame) -> list[MetricResult]:
    """Return means over some sectors of one region or of all, and the numbers by sector."""
    names = [name for name in part.columns if name not in _LABELS]
    found: dict[str, float | None] = {name: average_by_output(part[name], part["output"]) for name in names}
    for sector, rows in part.groupby("sector", sort=True):
        by_sector = {name: average_by_output(rows[name], rows["output"]) for name in names}
        found |= {f"{name}.{sector}" if name else str(sector): number for name, number in by_sector.items()}
    basis = replace(year.basis, n_units=len(part))
    made = [_row(scope, f"{metric_id}.{suffix}".rstrip("."), number, year) for suffix, number in found.items()]
    if "forward" in names:
        count = count_key_sectors(part[""], part["forward"])
        made.append(scope.result(f"{metric_id}.{_KEY}", count, "count", basis, year.notes))
    return [replace(row, n_units=len(part)) for row in made]


def _row(scope: Scope, metric_id: str, number: float | None, year: IoYear) -> MetricResult:
    if number is None:
        reasons = [state(Reason.NO_DENOMINATOR), *year.notes]
        return scope.without(metric_id, Status.UNDEFINED, "ratio", reasons, year.basis)
    return scope.result(metric_id, number, "ratio", year.basis, year.notes)
