"""Sums that may not exceed a total: a firm's ties and its yearly figures, the residents of a zone and the zone's.

What is wrong here is seldom certain: sources differ, a firm works outside its zone as well. All findings are warnings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.frame import MISSING, Codes, Positions, read_codes, to_array
from zonebook.tables.latest import find_standing
from zonebook.tables.normal import NormalTable
from zonebook.tables.problem import Findings
from zonebook.tables.value import Mask

_TRADE = ("supply", "contract_manufacturing", "service")
_LOCAL, _EXPORT, _ACTUAL, _RESIDENT = "local", "export", "actual", "resident"
_SUMMED = ("revenue_rub", "export_rub", "purchases_rub", "rnd_rub", "capex_rub")
_WHOLE_YEAR, _EXACT = "FY", "exact"

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class _Amounts:
    """Amounts, each of somebody and of a year; ``names`` are what the numbers in ``owners`` stand for."""

    names: pa.StringArray
    owners: Codes
    years: Positions
    values: Floats

    def sum_for(self, names: pa.StringArray, owners: Codes, years: Positions) -> Floats:
        """Return the sum of the amounts of each of these owners in each of these years."""
        if not len(owners) or not len(self.owners):
            return np.zeros(len(owners))
        known = np.asarray(pc.fill_null(pc.index_in(self.names, value_set=names), MISSING)).astype(np.int64)
        mine = np.append(known, MISSING)[self.owners]
        first, span = int(years.min()), int(years.max() - years.min()) + 1
        is_asked = (mine != MISSING) & (self.years >= first) & (self.years < first + span)
        keys = mine[is_asked] * span + self.years[is_asked] - first
        sums = np.bincount(keys, weights=self.values[is_asked], minlength=len(names) * span)
        return np.asarray(sums[owners.astype(np.int64) * span + years - first])


def check_sums(tables: Mapping[str, NormalTable], tolerance: float, findings: Findings) -> None:
    """Find totals that the amounts they should hold exceed.

    Parameters
    ----------
    tables
        The tables of the data set, normalised.
    tolerance
        Share by which a sum may exceed its total without being named: figures are rounded.
    findings
        Collects the problems.
    """
    firms = tables.get("party_year")
    if firms is None or not firms.data.num_rows:
        return
    standing = np.flatnonzero(find_standing(firms))
    for rule, column, amounts in _list_parts(tables):
        _name_exceeded(_Totals(firms, standing, column), rule, amounts, tolerance, findings)
    _check_zones(tables, firms, tolerance, findings)


def _list_parts(tables: Mapping[str, NormalTable]) -> list[tuple[str, str, _Amounts]]:
    """Return amounts that are a part of a firm's yearly figure: the rule, the figure, the amounts."""
    parts = []
    ties, flows = tables.get("tie"), tables.get("export_flow")
    if ties is not None and ties.data.num_rows:
        is_counted = find_standing(ties) & _is_in(ties, "status", (_ACTUAL,))
        trade, export = is_counted & _is_in(ties, "kind", _TRADE), is_counted & _is_in(ties, "kind", (_EXPORT,))
        local = trade & _is_in(ties, "level", (_LOCAL,))
        parts += [
            ("local_exceeds_purchases", "purchases_rub", _take(ties, "to_party", local)),
            ("ties_exceed_purchases", "purchases_rub", _take(ties, "to_party", trade)),
            ("ties_exceed_revenue", "revenue_rub", _take(ties, "from_party", trade | export)),
            ("ties_exceed_exports", "export_rub", _take(ties, "from_party", export)),
        ]
    if flows is not None and flows.data.num_rows:
        parts.append(("flows_exceed_exports", "export_rub", _take(flows, "exporter_id", find_standing(flows))))
    return parts


def _is_in(normal: NormalTable, column: str, codes: tuple[str, ...]) -> Mask:
    cells = normal.texts_of(column)
    is_one = np.append(np.asarray(pc.is_in(cells.dictionary, value_set=pa.array(codes))), False)
    return np.asarray(is_one[read_codes(cells)]).astype(np.bool_)


def _take(normal: NormalTable, owner: str, is_counted: Mask, value: str = "value_rub") -> _Amounts:
    """Return the amounts of some rows, those without a year or a value left out."""
    years, values = to_array(normal.data.column("year")), to_array(normal.data.column(value))
    is_known = np.asarray(pc.and_(pc.is_valid(years), pc.is_valid(values))).astype(np.bool_)
    rows, cells = np.flatnonzero(is_counted & is_known), normal.texts_of(owner)
    chosen = pa.array(rows)
    return _Amounts(
        cells.dictionary,
        read_codes(cells)[rows],
        np.asarray(years.take(chosen)).astype(np.int64),
        np.asarray(values.take(chosen)),
    )


@dataclass(frozen=True, slots=True)
class _Totals:
    """Figures that hold a sum: the rows of a table they stand in, and the column."""

    normal: NormalTable
    rows: Positions
    column: str


def _name_exceeded(totals: _Totals, rule: str, parts: _Amounts, tolerance: float, findings: Findings) -> None:
    """Name the figures that are less than the sum of their parts."""
    normal, rows = totals.normal, totals.rows
    if not len(rows):
        return
    owners, chosen = normal.texts_of(normal.table.key[0]), pa.array(rows)
    years = np.asarray(to_array(normal.data.column("year")).take(chosen)).astype(np.int64)
    values = np.asarray(pc.fill_null(to_array(normal.data.column(totals.column)).take(chosen), np.inf))
    sums = parts.sum_for(owners.dictionary, read_codes(owners)[rows], years)
    over = np.flatnonzero(sums > values * (1 + tolerance))
    heading, numbers = normal.heading_of(totals.column), normal.number_of(rows[over])
    for number, year, total, value in zip(numbers, years[over], sums[over], values[over], strict=True):
        details = {"sum": f"{total:.15g}", "year": str(year)}
        findings.add(rule, normal.place, row=number, column=heading, value=f"{value:.15g}", details=details)


def _check_zones(tables: Mapping[str, NormalTable], firms: NormalTable, tolerance: float, findings: Findings) -> None:
    """Name the figures of zones that the sum of their residents exceeds."""
    parties, figures = tables.get("party"), tables.get("zone_year")
    if parties is None or figures is None or not figures.data.num_rows or not parties.data.num_rows:
        return
    zones, place = parties.texts_of("zone_id").dictionary, _find_zones(parties, firms)
    is_counted = find_standing(figures) & _is_in(figures, "period", (_WHOLE_YEAR,))
    is_counted &= _is_in(figures, "qualifier", (_EXACT,))
    is_counted &= ~np.asarray(to_array(figures.data.column("cumulative")).to_numpy(zero_copy_only=False)).astype(
        np.bool_
    )
    for column in _SUMMED:
        totals = _Totals(figures, np.flatnonzero(is_counted & _is_in(figures, "indicator", (column,))), "value")
        amounts = _take(firms, "party_id", find_standing(firms), column)
        owners = np.append(place, MISSING)[amounts.owners]
        is_placed = owners != MISSING
        residents = _Amounts(zones, owners[is_placed], amounts.years[is_placed], amounts.values[is_placed])
        _name_exceeded(totals, "firms_exceed_zone", residents, tolerance, findings)


def _find_zones(parties: NormalTable, firms: NormalTable) -> Codes:
    """Return for each firm the number of the zone it is a resident of, -1 if of none."""
    ids = to_array(parties.data.column("party_id")).cast(pa.string())
    zones = np.where(_is_in(parties, "kind", (_RESIDENT,)), read_codes(parties.texts_of("zone_id")), MISSING)
    named = firms.texts_of("party_id").dictionary
    row = np.asarray(pc.fill_null(pc.index_in(named, value_set=ids), len(ids))).astype(np.int64)
    return np.asarray(np.append(zones, MISSING)[row])
