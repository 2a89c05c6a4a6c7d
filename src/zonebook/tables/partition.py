"""Whose share each row of a data set belongs to: worked out for all zones, or all regions, at once."""

from __future__ import annotations

import graphlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from zonebook.tables.citation import Citations
from zonebook.tables.frame import Codes, Positions, narrow, read_codes
from zonebook.tables.lead import Leads, Lookup, connect, drop_repeated, find_distinct, look_up, sort_unique
from zonebook.tables.schema import AGGREGATE, COUNTRY, TABLES
from zonebook.tables.share import REGION, ZONE

if TYPE_CHECKING:  # reading a share needs none of what checking does
    from zonebook.tables.normal import NormalTable

_PARTY = "party"
_ROWS_AT_ONCE = 1 << 22

NormalTables = Mapping[str, "NormalTable"]
Zone = Mapping[str, str | None]


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


def _list_zones(tables: NormalTables) -> list[Zone]:
    """Return the zones with what places them."""
    if "zone" not in tables:
        return []
    listed: list[Zone] = tables["zone"].data.select(["zone_id", "type", "region_iso", "country_iso3"]).to_pylist()
    return listed


def _look_up_zones(scope_type: str, ids: tuple[str, ...], zones: Sequence[Zone]) -> dict[str, Lookup]:
    """Return per kind of value which value leads to which share, as far as zones tell."""
    numbers: dict[str | None, int] = {scope_id: number for number, scope_id in enumerate(ids)}
    owner = "zone_id" if scope_type == ZONE else "region_iso"
    placed = [(zone, numbers[zone[owner]]) for zone in zones if zone["type"] != AGGREGATE and zone[owner] in numbers]
    of_country: dict[str | None, list[int]] = {None: []}  # of a total without a country: the shares of the world
    for zone, number in placed:
        of_country[None].append(number)
        if zone["country_iso3"] is not None:
            of_country.setdefault(zone["country_iso3"], []).append(number)
    totals = [zone for zone in zones if zone["type"] == AGGREGATE]
    return {
        ZONE: _arrange((zone["zone_id"], number) for zone, number in placed),
        REGION: _arrange((zone["region_iso"], number) for zone, number in placed),
        COUNTRY: _arrange((zone["country_iso3"], number) for zone, number in placed),
        AGGREGATE: _arrange(
            (zone["zone_id"], number) for zone in totals for number in of_country.get(zone["country_iso3"], ())
        ),
    }


def _arrange(pairs: Iterable[tuple[str | None, int]]) -> Lookup:
    """Return a lookup of pairs of a text and a share, each pair once; no text leads nowhere."""
    named = [(text, share) for text, share in dict.fromkeys(pairs) if text is not None]
    shares = np.array([share for _, share in named], dtype=np.int64)
    return look_up(pa.array([text for text, _ in named], pa.string()), shares)


@dataclass(frozen=True, slots=True)
class _Division:
    """What says whose a row is: how many kinds of values, and the rows that other rows name, lead to shares."""

    scope_type: str
    ids: tuple[str, ...]
    citations: Citations
    lookups: Mapping[str, Lookup]
    parties: Leads | None = None

    def lead(self, normal: NormalTable, column: str, kind: str) -> tuple[Positions, Codes]:
        """Return which distinct value of a column, looked up as this kind of value, leads to which share."""
        values = normal.texts_of(column).dictionary
        if kind != _PARTY:
            return self.lookups[kind].find(values)
        if self.parties is None:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        named, rows = self.citations.find_rows(normal, column, _PARTY).follow(np.arange(len(values)))
        found, shares = self.parties.follow(rows)
        return named[found], shares


def _encode(normal: NormalTable, column: str) -> tuple[pa.StringArray, Codes]:
    """Return the distinct values of a text column and per row which it holds, -1 where empty."""
    cells = normal.texts_of(column)
    return cells.dictionary, read_codes(cells)


def _select(found: list[tuple[Codes, Codes]], n_shares: int, n_rows: int) -> Selection:
    """Return pairs of row and share as a selection, each pair once."""
    numbered = [shares.astype(np.int64) * n_rows + rows for rows, shares in found]
    pairs = np.concatenate([np.empty(0, dtype=np.int64), *numbered])
    del numbered
    pairs.sort(kind="stable")  # in place: these are the largest arrays of all
    pairs = drop_repeated(pairs)
    bounds = np.searchsorted(pairs, np.arange(n_shares + 1) * n_rows)
    return Selection(narrow(pairs % max(n_rows, 1), n_rows), bounds)


def _select_owned(division: _Division, normal: NormalTable) -> Selection:
    """Return the rows of a table whose own columns say whose they are."""
    n_shares, found = len(division.ids), []
    for column, kinds in normal.table.share[division.scope_type].items():
        values, codes = _encode(normal, column)
        led = [division.lead(normal, column, kind) for kind in kinds]
        pairs = sort_unique(np.concatenate([positions * n_shares + shares for positions, shares in led]))
        leads = connect(pairs // max(n_shares, 1), pairs % max(n_shares, 1), len(values))
        found.append(leads.follow(codes))
    return _select(found, n_shares, normal.data.num_rows)


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


def _add_cited(division: _Division, target: NormalTable, selections: Mapping[str, Selection]) -> Selection:
    """Return a table's selection with the rows that selected rows of other tables refer to."""
    owned, n_shares = selections[target.table.name], len(division.ids)
    found: list[tuple[Codes, Codes]] = [(owned.rows, owned.shares)]
    for citing, column in division.citations.list_citing(target.table.name):
        values, codes = _encode(citing, column)
        leads = division.citations.find_rows(citing, column, target.table.name)
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
    column = "zone_id" if scope_type == ZONE else "region_iso"
    found = {zone[column] for zone in _list_zones(tables) if zone["type"] != AGGREGATE}
    return tuple(sorted(one for one in found if one is not None))


def divide(tables: NormalTables, scope_type: str, citations: Citations | None = None) -> Partition:
    """Return the shares of all zones, or of all regions that host one.

    A row that touches two zones lies in both shares, once each.

    Parameters
    ----------
    tables
        The data set's tables, normalised.
    scope_type
        ``zone`` or ``region``.
    citations
        Those of the same tables, where they are divided more than once.
    """
    ids = list_ids(tables, scope_type)
    lookups = _look_up_zones(scope_type, ids, _list_zones(tables))
    division = _Division(scope_type, ids, citations or Citations(tables), lookups)
    selections: dict[str, Selection] = {}
    if _PARTY in tables:  # first: other tables' rows are shared by what parties they name
        selections[_PARTY] = _select_owned(division, tables[_PARTY])
        division = replace(division, parties=_lead_to_shares(selections[_PARTY], tables[_PARTY].data.num_rows))
    for name, normal in tables.items():
        if not normal.table.is_whole and name not in selections:
            selections[name] = _select_owned(division, normal)
    for name in _order_cited():
        if name in tables:
            selections[name] = _add_cited(division, tables[name], selections)
    return Partition(scope_type, ids, {name: selections[name] for name in tables if name in selections})


def _lead_to_shares(selection: Selection, n_rows: int) -> Leads:
    return connect(selection.rows, selection.shares, n_rows)
