"""Rules between cells: keys, references from table to table, and columns compared with each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.cell import list_countries, pattern_of
from zonebook.tables.frame import MISSING, Codes, Positions, read_codes, split_lists, to_array
from zonebook.tables.heading import find_nearest
from zonebook.tables.latest import is_like_before
from zonebook.tables.normal import NormalTable
from zonebook.tables.problem import Findings, name_tables
from zonebook.tables.schema import AGGREGATE, COUNTRY, Column, Order
from zonebook.tables.value import Mask

_SIGNED_INDICATOR = "growth|surplus|change|balance|profit"
_REGION = "region"
_SUGGESTED_PER_COLUMN = 20
_SUGGESTED_AMONG = 20_000
_ABSENT = -2  # differs from what stands for an empty cell

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


def texts_at(normal: NormalTable, column: str, rows: Positions) -> list[str]:
    """Return cells as people write them, the empty text for empty ones."""
    cells = normal.data.column(column).take(pa.array(rows)).to_pylist()
    return ["" if cell is None else f"{cell:.15g}" if isinstance(cell, float) else str(cell) for cell in cells]


def is_filled(normal: NormalTable, column: str) -> Mask:
    """Tell which cells of a column are filled."""
    return np.asarray(pc.is_valid(normal.data.column(column))).astype(np.bool_)


def check_keys(normal: NormalTable, findings: Findings) -> None:
    """Find rows with the key and vintage of another row; the table is in their order, so they stand together."""
    identity = normal.table.identity
    is_same = np.ones(max(normal.data.num_rows - 1, 0), dtype=np.bool_)
    for name in identity:
        if not is_same.any():
            return
        is_same &= is_like_before(normal, name)
    rows = np.flatnonzero(is_same) + 1
    if not len(rows):
        return
    starts = np.concatenate([[True], ~is_same])
    first = np.flatnonzero(starts)[np.cumsum(starts) - 1]
    keys = list(zip(*(texts_at(normal, name, rows) for name in identity), strict=True))
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
        is_named = np.logical_or.reduce([is_filled(normal, name) for name in group])
        names = ", ".join(normal.heading_of(name) for name in group)
        for number in normal.number_of(np.flatnonzero(~is_named)):
            column = normal.heading_of(group[0])
            findings.add("names_empty", normal.place, row=number, column=column, details={"names": names})


def _exceeds(lower: pa.Array, upper: pa.Array) -> Mask:
    """Tell where one column is greater than the other; dates are compared as exactly as both are known."""
    if not pa.types.is_dictionary(lower.type):
        return np.asarray(pc.greater(lower, upper)).astype(np.bool_)
    pairs = read_codes(lower).astype(np.int64) * len(upper.dictionary) + read_codes(upper)
    distinct, places = np.unique(pairs, return_inverse=True)
    first, second = lower.dictionary.to_pylist(), upper.dictionary.to_pylist()
    known = [(first[pair // len(second)], second[pair % len(second)]) for pair in distinct.tolist()]
    is_greater = [one[: len(other)] > other[: len(one)] for one, other in known]
    return np.array(is_greater, dtype=np.bool_)[places]


def check_order(normal: NormalTable, order: Order, findings: Findings) -> None:
    """Find rows in which a column that may not exceed another does."""
    both = np.flatnonzero(is_filled(normal, order.lower) & is_filled(normal, order.upper))
    columns = (to_array(normal.data.column(name)) for name in (order.lower, order.upper))
    lower, upper = (column.take(pa.array(both)) for column in columns)
    rows = both[_exceeds(lower, upper)]
    values, others = texts_at(normal, order.lower, rows), texts_at(normal, order.upper, rows)
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
    keys = [pa.array(list_countries()) if name == COUNTRY else tables[name].keys() for name in present]
    return _Targets(pa.concat_arrays(keys), present)


def _is_broken(values: pa.StringArray, targets: _Targets, column: Column) -> Mask:
    if not column.is_list:
        return ~targets.holds(values)
    single, cells = split_lists(values)
    is_broken = np.zeros(len(values), dtype=np.bool_)
    is_broken[cells[~targets.holds(single)]] = True
    return is_broken


def _has_form(values: pa.StringArray, column: Column) -> Mask:
    """Tell which values are written as they are to be: of others that has been said already."""
    found = pc.match_substring_regex(values, f"^(?:{pattern_of(column)})$")
    return np.asarray(found).astype(np.bool_)


def check_references(normal: NormalTable, column: Column, tables: NormalTables, findings: Findings) -> None:
    """Find cells that name something that is in none of the tables the column leads to."""
    cells = normal.texts_of(column.name)
    target_names = name_tables(column.references, findings.lang)
    heading = normal.heading_of(column.name)
    targets = _find_targets(column, tables)
    if targets is None:
        if normal.data.num_rows and len(cells.dictionary):
            rule = "parent_table_missing" if column.required else "reference_table_missing"
            findings.add(rule, normal.place, column=heading, details={"target": target_names})
        return
    is_broken = _is_broken(cells.dictionary, targets, column) & _has_form(cells.dictionary, column)
    if not is_broken.any():
        return
    rows = np.flatnonzero(np.append(is_broken, False)[read_codes(cells)])
    texts = texts_at(normal, column.name, rows)
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
        indicators = normal.texts_of("indicator")
        is_plain = np.asarray(pc.invert(pc.match_substring_regex(indicators.dictionary, _SIGNED_INDICATOR)))
        is_negative = np.asarray(pc.fill_null(pc.less(normal.data.column(column), 0), False)).astype(np.bool_)
        rows = np.flatnonzero(is_negative & np.append(is_plain, False)[read_codes(indicators)].astype(np.bool_))
        words = zip(texts_at(normal, "indicator", rows), texts_at(normal, "unit", rows), strict=True)
        values = texts_at(normal, column, rows)
        for number, text, (what, unit) in zip(normal.number_of(rows), values, words, strict=True):
            details = {"indicator": what, "unit": unit}
            heading = normal.heading_of(column)
            findings.add("figure_negative", normal.place, row=number, column=heading, value=text, details=details)


def _find_in(values: pa.StringArray, among: pa.StringArray) -> Codes:
    """Return where each value stands among others, the first time; a number that is no position where it does not."""
    found: Codes = np.asarray(pc.fill_null(pc.index_in(values, value_set=among), _ABSENT))
    return found


def check_ties(tables: NormalTables, findings: Findings) -> None:
    """Find ties that lead from a party to itself."""
    normal = tables.get("tie")
    if normal is None:
        return
    giver, receiver = (normal.texts_of(name) for name in ("from_party", "to_party"))
    same = np.append(_find_in(receiver.dictionary, giver.dictionary), _ABSENT)
    rows = np.flatnonzero(same[read_codes(receiver)] == read_codes(giver))
    for number, value in zip(normal.number_of(rows), texts_at(normal, "to_party", rows), strict=True):
        findings.add("tie_to_itself", normal.place, row=number, column=normal.heading_of("to_party"), value=value)


def check_zones(tables: NormalTables, findings: Findings) -> None:
    """Find that there is no zone, and zones that no region's page will show."""
    normal = tables.get("zone")
    if normal is None:
        return
    if normal.data.num_rows == 0:
        findings.add("no_zones", normal.place)
    kinds = normal.texts_of("type")
    is_total = np.append(np.asarray(pc.equal(kinds.dictionary, AGGREGATE)).astype(np.bool_), False)[read_codes(kinds)]
    rows = np.flatnonzero(~is_total & ~is_filled(normal, "region_iso"))
    for number, value in zip(normal.number_of(rows), texts_at(normal, "zone_id", rows), strict=True):
        column = normal.heading_of("region_iso")
        findings.add("zone_without_region", normal.place, row=number, column=column, value=value)


def check_places(tables: NormalTables, findings: Findings) -> None:
    """Find parties whose site or cluster belongs to another zone than they do."""
    party = tables.get("party")
    for name, target in (("site_id", "site"), ("cluster_id", "cluster")):
        if party is None or target not in tables:
            continue
        own, other = _place_parties(party, tables[target], name)
        rows = np.flatnonzero((own != MISSING) & (other != MISSING) & (own != other))
        values, sites = texts_at(party, name, rows), tables[target]
        zones = _find_in(pa.array(values, pa.string()), to_array(sites.data.column(name)).cast(pa.string()))
        others = texts_at(sites, "zone_id", zones.astype(np.int64))
        for number, value, zone in zip(party.number_of(rows), values, others, strict=True):
            column = party.heading_of(name)
            findings.add("site_elsewhere", party.place, row=number, column=column, value=value, details={"other": zone})


def _place_parties(party: NormalTable, places: NormalTable, name: str) -> tuple[Codes, Codes]:
    """Return per party the zone it belongs to and the zone of its site or cluster, as numbers that can be compared."""
    zones, named, zones_there = party.texts_of("zone_id"), party.texts_of(name), places.texts_of("zone_id")
    ids = to_array(places.data.column(name)).cast(pa.string())
    as_known_here = np.append(_find_in(zones_there.dictionary, zones.dictionary), MISSING)[read_codes(zones_there)]
    row = _find_in(named.dictionary, ids)
    zone = np.where(row == _ABSENT, MISSING, np.append(as_known_here, MISSING)[row])
    return read_codes(zones), np.append(zone, MISSING)[read_codes(named)]
