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

from zonebook.tables.frame import Positions, split_lists
from zonebook.tables.schema import AGGREGATE, COUNTRY, TABLES, Column
from zonebook.tables.share import REGION, ZONE

if TYPE_CHECKING:  # reading a share needs none of what checking does
    from zonebook.tables.normal import NormalTable

_PARTY = "party"

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

    rows: Positions
    bounds: Positions

    def rows_of(self, share: int) -> Positions:
        """Return the rows of one share."""
        return self.rows[self.bounds[share] : self.bounds[share + 1]]

    @property
    def shares(self) -> Positions:
        """Per selected row the share it is selected for."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))


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


def _look_up_zones(scope_type: str, ids: tuple[str, ...], zones: pd.DataFrame) -> dict[str, pd.DataFrame]:
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


def _arrange(pairs: pd.DataFrame, value: str) -> pd.DataFrame:
    named = pairs[[value, "share"]].rename(columns={value: "value"})
    return named.dropna().drop_duplicates().astype({"share": "int64"})


def _look_up_parties(tables: NormalTables, scope_type: str, lookups: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return which party leads to which share."""
    if _PARTY not in tables:
        return pd.DataFrame({"value": pd.Series(dtype="object"), "share": pd.Series(dtype="int64")})
    data = tables[_PARTY].data
    ids = np.array(data.column("party_id").to_pylist(), dtype="object")
    found: list[pd.DataFrame] = []
    for column, kinds in TABLES[_PARTY].share[scope_type].items():
        places = pd.DataFrame({"party": ids, "value": np.array(data.column(column).to_pylist(), dtype="object")})
        found.extend(places.merge(lookups[kind], on="value") for kind in kinds)
    return _arrange(pd.concat(found), "party")


def _encode(normal: NormalTable, column: str) -> tuple[pa.StringArray, Positions]:
    """Return the distinct values of a text column and per row which it holds; one past the last where empty."""
    cells = normal.texts_of(column)
    codes = pc.fill_null(cells.indices, len(cells.dictionary))
    return cells.dictionary, np.asarray(codes).astype(np.int64, copy=False)


def _lead(values: pa.StringArray, pairs: pd.DataFrame) -> tuple[Positions, Positions]:
    """Return which distinct value (by position) leads to which target."""
    numbered = pd.DataFrame({"value": values.to_numpy(zero_copy_only=False), "code": np.arange(len(values))})
    led = numbered.astype({"value": "object"}).merge(pairs, on="value")
    return led["code"].to_numpy(dtype=np.int64), led["share"].to_numpy(dtype=np.int64)


def _expand(codes: Positions, leads: tuple[Positions, Positions], count: int) -> tuple[Positions, Positions]:
    """Return for cells of given distinct values the positions of the cells and the targets they lead to.

    A value may lead to no target, or to several.
    """
    code, target = leads
    target = target[np.argsort(code, kind="stable")]
    counts = np.bincount(code, minlength=count + 1)
    starts = np.cumsum(counts) - counts
    per_cell = counts[codes]
    cells = np.repeat(np.arange(len(codes)), per_cell)
    within = np.arange(len(cells)) - np.repeat(np.cumsum(per_cell) - per_cell, per_cell)
    return cells, target[starts[codes[cells]] + within]


def _sort_unique(numbers: Positions) -> Positions:
    """Return numbers sorted, each once; numpy's own way, by hashing, takes ten times as long here."""
    numbers = np.sort(numbers)
    return numbers[np.append(True, numbers[1:] != numbers[:-1])] if len(numbers) else numbers


def _select(shares: Positions, rows: Positions, n_shares: int, n_rows: int) -> Selection:
    """Return pairs of share and row as a selection, each pair once."""
    pairs = _sort_unique(shares * n_rows + rows)
    bounds = np.searchsorted(pairs, np.arange(n_shares + 1) * n_rows)
    return Selection(pairs % max(n_rows, 1), bounds)


def _select_owned(
    normal: NormalTable, scope_type: str, lookups: Mapping[str, pd.DataFrame], n_shares: int
) -> Selection:
    """Return the rows of a table whose own columns say whose they are."""
    shares, rows = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for column, kinds in normal.table.share[scope_type].items():
        values, codes = _encode(normal, column)
        leads = _lead(values, pd.concat([lookups[kind] for kind in kinds]).drop_duplicates())
        cells, targets = _expand(codes, leads, len(values))
        rows.append(cells)
        shares.append(targets)
    return _select(np.concatenate(shares), np.concatenate(rows), n_shares, normal.data.num_rows)


def _lead_to_rows(values: pa.StringArray, column: Column, target: NormalTable) -> tuple[Positions, Positions]:
    """Return which distinct value leads to which row of the table it refers to."""
    keys = target.data.column(target.table.key[0]).to_numpy()
    pairs = pd.DataFrame({"value": keys, "share": np.arange(len(keys))}).astype({"value": "object"})
    if not column.is_list:
        return _lead(values, pairs)
    single, cells = split_lists(values)
    part, row = _lead(single, pairs)
    return cells[part], row


def _find_citing(target: str, tables: NormalTables) -> Iterator[tuple[NormalTable, Column]]:
    for normal in tables.values():
        for column in normal.table.columns.values():
            if target in column.references and normal.table.name != target:
                yield normal, column


def _add_cited(
    target: NormalTable, tables: NormalTables, selections: Mapping[str, Selection], n_shares: int
) -> Selection:
    """Return a table's selection with the rows that selected rows of other tables refer to."""
    owned = selections[target.table.name]
    n_rows = target.data.num_rows
    shares, rows = [owned.shares], [owned.rows]
    for citing, column in _find_citing(target.table.name, tables):
        values, codes = _encode(citing, column.name)
        leads = _lead_to_rows(values, column, target)
        if citing.table.is_whole:
            cited = _sort_unique(leads[1])
            rows.append(np.tile(cited, n_shares))
            shares.append(np.repeat(np.arange(n_shares), len(cited)))
            continue
        selection = selections[citing.table.name]
        cells, found = _expand(codes[selection.rows], leads, len(values))
        rows.append(found)
        shares.append(selection.shares[cells])
    return _select(np.concatenate(shares), np.concatenate(rows), n_shares, n_rows)


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
    lookups[_PARTY] = _look_up_parties(tables, scope_type, lookups)
    selections = {
        name: _select_owned(normal, scope_type, lookups, len(ids))
        for name, normal in tables.items()
        if not normal.table.is_whole
    }
    for name in _order_cited():
        if name in tables:
            selections[name] = _add_cited(tables[name], tables, selections, len(ids))
    return Partition(scope_type, ids, selections)
