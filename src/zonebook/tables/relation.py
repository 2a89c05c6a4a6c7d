"""Rules between cells: keys, references from table to table, and columns compared with each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.cell import list_countries
from zonebook.tables.frame import Positions, split_lists, to_plain, to_series
from zonebook.tables.heading import find_nearest
from zonebook.tables.normal import NormalTable, rank_cells
from zonebook.tables.problem import Findings
from zonebook.tables.schema import AGGREGATE, COUNTRY, TABLES, Column, Order
from zonebook.tables.value import Mask

_SIGNED_INDICATOR = "growth|surplus|change|balance|profit"
_REGION = "region"
_SUGGESTED_PER_COLUMN = 20
_SUGGESTED_AMONG = 20_000

NormalTables = Mapping[str, NormalTable]


def check_relations(tables: NormalTables, findings: Findings) -> None:
    """Check all rules that look at more than one cell.

    Parameters
    ----------
    tables
        The tables of the data set, normalised.
    findings
        Collects the problems.
    """
    for normal in tables.values():
        check_keys(normal, findings)
        check_names(normal, findings)
        for order in normal.table.ordered:
            check_order(normal, order, findings)
        for column in normal.table.columns.values():
            if column.references:
                check_references(normal, column, tables, findings)
    check_figures(tables, findings)
    check_ties(tables, findings)
    check_zones(tables, findings)
    check_places(tables, findings)


def _texts_at(normal: NormalTable, column: str, rows: Positions) -> list[str]:
    """Return cells as people write them, the empty text for empty ones."""
    cells = normal.data.column(column).take(pa.array(rows)).to_pylist()
    return ["" if cell is None else f"{cell:.15g}" if isinstance(cell, float) else str(cell) for cell in cells]


def _is_filled(normal: NormalTable, column: str) -> Mask:
    return np.asarray(pc.is_valid(normal.data.column(column))).astype(np.bool_)


def check_keys(normal: NormalTable, findings: Findings) -> None:
    """Find rows with the key and vintage of another row; the table is in their order, so they stand together."""
    identity = normal.table.identity
    is_same = np.ones(max(normal.data.num_rows - 1, 0), dtype=np.bool_)
    for name in identity:
        ranks = rank_cells(normal.data.column(name))
        is_same &= ranks[1:] == ranks[:-1]
        if normal.table.columns[name].required:
            is_same &= ranks[1:] >= 0
    rows = np.flatnonzero(is_same) + 1
    if not len(rows):
        return
    starts = np.concatenate([[True], ~is_same])
    first = np.flatnonzero(starts)[np.cumsum(starts) - 1]
    keys = list(zip(*(_texts_at(normal, name, rows) for name in identity), strict=True))
    numbers, others = normal.number_of(rows), normal.number_of(first[rows])
    for key, number, other in zip(keys, numbers, others, strict=True):
        written = ", ".join(
            f"{normal.heading_of(name)} {text}" for name, text in zip(identity, key, strict=True) if text
        )
        findings.add(
            "key_twice",
            normal.place,
            row=number,
            column=normal.heading_of(identity[0]),
            value=key[0],
            details={"key": written, "other": str(other)},
        )


def check_names(normal: NormalTable, findings: Findings) -> None:
    """Find rows in which none of several columns is filled."""
    for group in normal.table.either:
        is_named = np.logical_or.reduce([_is_filled(normal, name) for name in group])
        names = ", ".join(normal.heading_of(name) for name in group)
        for number in normal.number_of(np.flatnonzero(~is_named)):
            findings.add("names_empty", normal.place, row=number, column=group[0], details={"names": names})


def _exceeds(lower: pd.Series, upper: pd.Series) -> Mask:
    """Tell where one column is greater than the other; dates are compared as exactly as both are known."""
    if lower.dtype == "string":
        length = np.minimum(lower.str.len().fillna(0), upper.str.len().fillna(0))
        pairs = zip(lower.fillna(""), upper.fillna(""), length, strict=True)
        return np.array([first[:known] > second[:known] for first, second, known in pairs], dtype=np.bool_)
    return (lower > upper).fillna(False).to_numpy(dtype=np.bool_)


def check_order(normal: NormalTable, order: Order, findings: Findings) -> None:
    """Find rows in which a column that may not exceed another does."""
    both = np.flatnonzero(_is_filled(normal, order.lower) & _is_filled(normal, order.upper))
    lower, upper = (to_series(normal.data.column(name).take(pa.array(both))) for name in (order.lower, order.upper))
    rows = both[_exceeds(lower, upper)]
    values, others = _texts_at(normal, order.lower, rows), _texts_at(normal, order.upper, rows)
    for number, value, other in zip(normal.number_of(rows), values, others, strict=True):
        findings.add(
            order.rule,
            normal.place,
            row=number,
            column=normal.heading_of(order.lower),
            value=value,
            details={"other": other, "upper": normal.heading_of(order.upper)},
        )


@dataclass(frozen=True, slots=True)
class _Targets:
    """What a reference may name: the keys of the tables it leads to that are there."""

    keys: pa.StringArray
    tables: tuple[str, ...]

    def holds(self, values: pa.StringArray) -> Mask:
        found = np.asarray(pc.is_in(values, value_set=self.keys)).astype(np.bool_)
        if _REGION in self.tables:
            # a data set names the regions of its own country: a region of another one is not missing
            countries = pc.unique(pc.utf8_slice_codeunits(self.keys, 0, 3))
            known = pc.is_in(pc.utf8_slice_codeunits(values, 0, 3), value_set=countries)
            is_region = pc.match_substring_regex(values, "^[A-Z]{2}-")
            found |= np.asarray(pc.and_(is_region, pc.invert(known))).astype(np.bool_)
        return found


def _find_targets(column: Column, tables: NormalTables) -> _Targets | None:
    present = tuple(name for name in column.references if name in tables or name == COUNTRY)
    if not present:
        return None
    keys = [
        pa.array(list_countries()) if name == COUNTRY else tables[name].texts_of(TABLES[name].key[0]).dictionary
        for name in present
    ]
    return _Targets(pa.concat_arrays([key.cast(pa.string()) for key in keys]), present)


def _is_broken(values: pa.StringArray, targets: _Targets, column: Column) -> Mask:
    if not column.is_list:
        return ~targets.holds(values)
    single, cells = split_lists(values)
    is_broken = np.zeros(len(values), dtype=np.bool_)
    is_broken[cells[~targets.holds(single)]] = True
    return is_broken


def check_references(normal: NormalTable, column: Column, tables: NormalTables, findings: Findings) -> None:
    """Find cells that name something that is in none of the tables the column leads to."""
    cells = normal.texts_of(column.name)
    target_names = ", ".join(column.references)
    heading = normal.heading_of(column.name)
    targets = _find_targets(column, tables)
    if targets is None:
        if len(cells.dictionary):
            rule = "parent_table_missing" if column.required else "reference_table_missing"
            findings.add(rule, normal.place, column=heading, details={"target": target_names})
        return
    is_broken = _is_broken(cells.dictionary, targets, column)
    if not is_broken.any():
        return
    codes = np.asarray(pc.fill_null(cells.indices, len(cells.dictionary)))
    rows = np.flatnonzero(np.append(is_broken, False)[codes])
    texts = _texts_at(normal, column.name, rows)
    nearest = _suggest(list(dict.fromkeys(texts)), targets)
    for number, text in zip(normal.number_of(rows), texts, strict=True):
        details = {"target": target_names, "nearest": nearest.get(text, "")}
        findings.add("reference_broken", normal.place, row=number, column=heading, value=text, details=details)


def _suggest(texts: list[str], targets: _Targets) -> dict[str, str]:
    """Return the nearest known key for the first few broken references; looking for all could take hours."""
    if len(targets.keys) > _SUGGESTED_AMONG:
        return {}
    known = targets.keys.to_pylist()
    return {text: find_nearest(text, known) for text in texts[:_SUGGESTED_PER_COLUMN]}


def check_figures(tables: NormalTables, findings: Findings) -> None:
    """Find figures and targets below zero that do not say that they may be."""
    for name, column in (("zone_year", "value"), ("target", "target_value")):
        normal = tables.get(name)
        if normal is None:
            continue
        indicator, value = to_plain(normal.data.column("indicator")), normal.data.column(column)
        is_signed = pc.match_substring_regex(indicator, _SIGNED_INDICATOR)
        is_wrong = pc.and_(pc.less(value, 0), pc.invert(is_signed))
        rows = np.flatnonzero(np.asarray(pc.fill_null(is_wrong, False)))
        words = zip(_texts_at(normal, "indicator", rows), _texts_at(normal, "unit", rows), strict=True)
        values = _texts_at(normal, column, rows)
        for number, text, (what, unit) in zip(normal.number_of(rows), values, words, strict=True):
            details = {"indicator": what, "unit": unit}
            heading = normal.heading_of(column)
            findings.add("figure_negative", normal.place, row=number, column=heading, value=text, details=details)


def check_ties(tables: NormalTables, findings: Findings) -> None:
    """Find ties that lead from a party to itself."""
    normal = tables.get("tie")
    if normal is None:
        return
    giver, receiver = (to_plain(normal.data.column(name)) for name in ("from_party", "to_party"))
    rows = np.flatnonzero(np.asarray(pc.fill_null(pc.equal(giver, receiver), False)))
    for number, value in zip(normal.number_of(rows), _texts_at(normal, "to_party", rows), strict=True):
        findings.add("tie_to_itself", normal.place, row=number, column=normal.heading_of("to_party"), value=value)


def check_zones(tables: NormalTables, findings: Findings) -> None:
    """Find that there is no zone, and zones that no region's page will show."""
    normal = tables.get("zone")
    if normal is None:
        return
    if normal.data.num_rows == 0:
        findings.add("no_zones", normal.place)
    is_zone = np.asarray(pc.not_equal(pc.fill_null(to_plain(normal.data.column("type")), ""), AGGREGATE)).astype(
        np.bool_
    )
    rows = np.flatnonzero(is_zone & ~_is_filled(normal, "region_iso"))
    for number, value in zip(normal.number_of(rows), _texts_at(normal, "zone_id", rows), strict=True):
        column = normal.heading_of("region_iso")
        findings.add("zone_without_region", normal.place, row=number, column=column, value=value)


def check_places(tables: NormalTables, findings: Findings) -> None:
    """Find parties whose site or cluster belongs to another zone than they do."""
    party = tables.get("party")
    for name, target in (("site_id", "site"), ("cluster_id", "cluster")):
        if party is None or target not in tables:
            continue
        places = tables[target].data.select([name, "zone_id"])
        pairs = party.data.select([name, "zone_id"])
        zone_of = pd.Series(
            to_plain(places["zone_id"]).to_pylist(), index=to_plain(places[name]).to_pylist(), dtype="object"
        )
        zone_of = zone_of[~zone_of.index.duplicated()]
        own = pd.Series(to_plain(pairs["zone_id"]).to_pylist(), dtype="object")
        other = pd.Series(to_plain(pairs[name]).to_pylist(), dtype="object").map(zone_of)
        rows = np.flatnonzero((own.notna() & other.notna() & (own != other)).to_numpy(dtype=np.bool_))
        values = _texts_at(party, name, rows)
        for number, value, zone in zip(party.number_of(rows), values, other.iloc[rows], strict=True):
            column = party.heading_of(name)
            findings.add("site_elsewhere", party.place, row=number, column=column, value=value, details={"other": zone})
