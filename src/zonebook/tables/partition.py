"""Whose share each row of a data set belongs to: worked out for all zones, or all regions, at once."""

from __future__ import annotations

import graphlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.frame import MISSING, Codes, Positions, narrow, read_codes, split_lists, to_array, to_plain
from zonebook.tables.lead import Leads, Lookup, connect, find_distinct, look_up, sort_unique
from zonebook.tables.schema import AGGREGATE, COUNTRY, TABLES, Column
from zonebook.tables.share import REGION, ZONE

if TYPE_CHECKING:  # reading a share needs none of what checking does
    from zonebook.tables.normal import NormalTable

_PARTY = "party"
_ROWS_AT_ONCE = 1 << 22

NormalTables = Mapping[str, "NormalTable"]


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of one table that belong to each of many shares.

    Attributes
    ----------
    rows
        Row positions, those of the first share first, in the table's order within a share.
    bounds
        Where each share's rows begin, and the end of the last.
    """

    rows: Codes
    bounds: Positions

    def rows_of(self, share: int) -> Codes:
        """Return the rows of one share."""
        return self.rows[self.bounds[share] : self.bounds[share + 1]]

    @property
    def shares(self) -> Positions:
        """Per selected row the share it is selected for."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    def parts(self) -> Iterator[tuple[Positions, Codes]]:
        """Yield shares and rows of the selection, whole shares, not more at once than memory should hold."""
        first, last = 0, len(self.bounds) - 1
        while first < last:
            end = max(first + 1, int(np.searchsorted(self.bounds, self.bounds[first] + _ROWS_AT_ONCE, "right")) - 1)
            counts = np.diff(self.bounds[first : end + 1])
            yield np.repeat(np.arange(first, end), counts), self.rows[self.bounds[first] : self.bounds[end]]
            first = end


@dataclass(frozen=True, slots=True)
class Partition:
    """The shares of one kind: whose they are, and which rows of which table each holds.

    Attributes
    ----------
    scope_type
        ``zone`` or ``region``.
    ids
        Ids of the zones or regions, sorted.
    selections
        Per table that is divided its selection; tables that stand whole in every share are not here.
    """

    scope_type: str
    ids: tuple[str, ...]
    selections: Mapping[str, Selection]


def _list_zones(tables: NormalTables) -> pd.DataFrame:
    """Return the zones with what places them, text as plain objects."""
    names = ["zone_id", "type", "region_iso", "country_iso3"]
    if "zone" not in tables:
        return pd.DataFrame(columns=names, dtype="object")
    data = tables["zone"].data.select(names)
    return pd.DataFrame({name: np.array(data.column(name).to_pylist(), dtype="object") for name in names})


def _look_up_zones(scope_type: str, ids: tuple[str, ...], zones: pd.DataFrame) -> dict[str, Lookup]:
    """Return per kind of value which value leads to which share, as far as zones tell."""
    share = pd.Series(range(len(ids)), index=list(ids), dtype="int64")
    placed = zones.loc[zones["type"] != AGGREGATE].copy()
    placed["share"] = placed["zone_id" if scope_type == ZONE else "region_iso"].map(share)
    placed = placed.dropna(subset=["share"]).astype({"share": "int64"})
    totals = zones.loc[zones["type"] == AGGREGATE]
    of_country = totals.dropna(subset=["country_iso3"]).merge(placed[["country_iso3", "share"]], on="country_iso3")
    of_world = totals.loc[totals["country_iso3"].isna(), ["zone_id"]].merge(placed[["share"]], how="cross")
    return {
        ZONE: _arrange(placed, "zone_id"),
        REGION: _arrange(placed, "region_iso"),
        COUNTRY: _arrange(placed, "country_iso3"),
        AGGREGATE: _arrange(pd.concat([of_country, of_world]), "zone_id"),
    }


def _arrange(pairs: pd.DataFrame, value: str) -> Lookup:
    named = pairs[[value, "share"]].dropna().drop_duplicates().astype({"share": "int64"})
    return look_up(pa.array(named[value].to_numpy(dtype="object"), pa.string()), named["share"].to_numpy())


def _encode(normal: NormalTable, column: str) -> tuple[pa.StringArray, Codes]:
    """Return the distinct values of a text column and per row which it holds, -1 where empty."""
    cells = normal.texts_of(column)
    return cells.dictionary, read_codes(cells)


def _select(found: list[tuple[Codes, Codes]], n_shares: int, n_rows: int) -> Selection:
    """Return pairs of row and share as a selection, each pair once."""
    numbered = [shares.astype(np.int64) * n_rows + rows for rows, shares in found]
    pairs = sort_unique(np.concatenate([np.empty(0, dtype=np.int64), *numbered]))
    bounds = np.searchsorted(pairs, np.arange(n_shares + 1) * n_rows)
    return Selection(narrow(pairs % max(n_rows, 1), n_rows), bounds)


def _select_owned(normal: NormalTable, scope_type: str, lookups: Mapping[str, Lookup], n_shares: int) -> Selection:
    """Return the rows of a table whose own columns say whose they are."""
    found = []
    for column, kinds in normal.table.share[scope_type].items():
        values, codes = _encode(normal, column)
        led = [lookups[kind].find(values) for kind in kinds]
        pairs = sort_unique(np.concatenate([positions * n_shares + shares for positions, shares in led]))
        leads = connect(pairs // max(n_shares, 1), pairs % max(n_shares, 1), len(values))
        found.append(leads.follow(codes))
    return _select(found, n_shares, normal.data.num_rows)


def _select_parties(
    tables: NormalTables, scope_type: str, lookups: Mapping[str, Lookup], n_shares: int
) -> tuple[Selection, Lookup]:
    """Return the parties whose own columns say whose they are, and which party leads to which share."""
    if _PARTY not in tables:
        return _select([], n_shares, 0), look_up(pa.array([], pa.string()), np.empty(0, dtype=np.int64))
    selection = _select_owned(tables[_PARTY], scope_type, lookups, n_shares)
    ids = to_array(tables[_PARTY].data.column("party_id"))
    return selection, Lookup(ids, connect(selection.rows, selection.shares, len(ids)))


def _lead_to_rows(values: pa.StringArray, column: Column, target: NormalTable) -> Leads:
    """Return which distinct value leads to which row of the table it refers to."""
    keys = to_plain(target.data.column(target.table.key[0]))
    single, cells = split_lists(values) if column.is_list else (values, np.arange(len(values)))
    rows = np.asarray(pc.fill_null(pc.index_in(single, value_set=to_array(keys)), MISSING))
    known = np.flatnonzero(rows != MISSING)
    return connect(cells[known], rows[known], len(values))


def _find_citing(target: str, tables: NormalTables) -> Iterator[tuple[NormalTable, Column]]:
    for normal in tables.values():
        for column in normal.table.columns.values():
            if target in column.references and normal.table.name != target:
                yield normal, column


def _find_cited(
    citing: Selection, leads: Leads, values: pa.StringArray, codes: Codes
) -> Iterator[tuple[Codes, Positions]]:
    """Yield the rows that selected rows refer to, and the shares they are selected for."""
    count = len(values) + 1  # a place for empty cells
    for shares, rows in citing.parts():
        first = int(shares[0]) if len(shares) else 0
        named = find_distinct((shares - first) * count + codes[rows] + 1)  # the same value many times in a share
        cells, found = leads.follow(named % count - 1)
        yield found, named[cells] // count + first


def _add_cited(
    target: NormalTable, tables: NormalTables, selections: Mapping[str, Selection], n_shares: int
) -> Selection:
    """Return a table's selection with the rows that selected rows of other tables refer to."""
    owned = selections[target.table.name]
    found = [(owned.rows, owned.shares)]
    for citing, column in _find_citing(target.table.name, tables):
        values, codes = _encode(citing, column.name)
        leads = _lead_to_rows(values, column, target)
        if citing.table.is_whole:
            cited = sort_unique(leads.targets)
            found.append((np.tile(cited, n_shares), np.repeat(np.arange(n_shares), len(cited))))
        else:
            found.extend(_find_cited(selections[citing.table.name], leads, values, codes))
    return _select(found, n_shares, target.data.num_rows)


def _order_cited() -> tuple[str, ...]:
    """Return the tables that are cited, each after those that cite it."""
    cited = [table for table in TABLES.values() if table.cited]
    graph = {
        table.name: {
            other.name
            for other in cited
            if other is not table and any(table.name in column.references for column in other.columns.values())
        }
        for table in cited
    }
    return tuple(graphlib.TopologicalSorter(graph).static_order())


def list_ids(tables: NormalTables, scope_type: str) -> tuple[str, ...]:
    """Return the zones, or the regions that host one, sorted; aggregates are neither."""
    zones = _list_zones(tables)
    column = "zone_id" if scope_type == ZONE else "region_iso"
    return tuple(sorted(set(zones.loc[zones["type"] != AGGREGATE, column].dropna())))


def divide(tables: NormalTables, scope_type: str) -> Partition:
    """Return the shares of all zones, or of all regions that host one.

    A row that touches two zones lies in both shares, once each.

    Parameters
    ----------
    tables
        The data set's tables, normalised.
    scope_type
        ``zone`` or ``region``.
    """
    ids = list_ids(tables, scope_type)
    lookups = _look_up_zones(scope_type, ids, _list_zones(tables))
    parties, lookups[_PARTY] = _select_parties(tables, scope_type, lookups, len(ids))
    selections = {
        name: parties if name == _PARTY else _select_owned(normal, scope_type, lookups, len(ids))
        for name, normal in tables.items()
        if not normal.table.is_whole
    }
    for name in _order_cited():
        if name in tables:
            selections[name] = _add_cited(tables[name], tables, selections, len(ids))
    return Partition(scope_type, ids, selections)
