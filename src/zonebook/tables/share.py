"""A share: the part of a data set that one page reads; and the data set as a row of shares."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from zonebook.errors import DataError
from zonebook.tables.frame import create_empty
from zonebook.tables.lazy import LazyTables, Note, Only, read_parts, select_rows
from zonebook.tables.schema import TABLES

ZONE = "zone"
REGION = "region"
COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Share:
    """What one page may read of a data set, each table with every declared column.

    Attributes
    ----------
    scope_type, scope_id
        Whose share it is: ``zone``, ``region`` or ``country`` (with an empty id).
    tables
        The tables that have rows in this share.
    present
        Names of the tables the data set brings, with or without rows in this share.
    digest
        Hash of exactly what the share holds: it changes when a row of the share does, and only then.
    """

    scope_type: str
    scope_id: str
    tables: Mapping[str, pd.DataFrame]
    present: frozenset[str]
    digest: str

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the share; one without rows where the share has none.

        Raises
        ------
        DataError
            For a name the data contract does not know.
        """
        if name in self.tables:
            return self.tables[name]
        if name not in TABLES:
            raise DataError(f"there is no table {name!r} in the data contract.", remedy=_name_nearest(name, TABLES))
        return create_empty(name)

    def select(self, name: str, column: str, values: Sequence[str]) -> pd.DataFrame:
        """Return the rows of a table that have one of some values in a column.

        Raises
        ------
        DataError
            As :meth:`table`.
        """
        if isinstance(self.tables, LazyTables) and name in self.tables:
            return self.tables.select(name, column, values)
        return select_rows(self.table(name), column, values)

    def parts(self, name: str, column: str = "", only: Only | None = None) -> Iterator[pd.DataFrame]:
        """Yield the rows of a table some at a time.

        Parameters
        ----------
        name
            Name of the table.
        column
            A column of text: rows with the same value in it come together; without one rows come in their order.
        only
            Another column of text, and the values of it that rows must have.

        Raises
        ------
        DataError
            As :meth:`table`.
        """
        if isinstance(self.tables, LazyTables) and name in self.tables:
            return self.tables.parts(name, column, only)
        return read_parts(self.table(name), column, only)

    def has(self, name: str) -> bool:
        """Tell whether the data set brings this table at all (with or without rows in this share)."""
        return name in self.present

    def with_tables(self, tables: Mapping[str, pd.DataFrame]) -> Share:
        """Return the share with other tables in the place of some that it has; the rest is not read for that."""
        known = {name: table for name, table in tables.items() if name in self.tables}
        if isinstance(self.tables, LazyTables):
            return replace(self, tables=self.tables.replace(known))
        return replace(self, tables={**self.tables, **known})

    def with_note(self, note: Note) -> Share:
        """Return the share with every question that its tables are asked noted down."""
        if isinstance(self.tables, LazyTables):
            return replace(self, tables=replace(self.tables, note=note))
        return replace(self, tables=LazyTables(tuple(self.tables), self.tables.__getitem__, note=note))


def _name_nearest(name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"Did you mean {close[0]!r}?" if close else ""


@dataclass(frozen=True, slots=True)
class DataSet:
    """A checked data set, read share by share.

    Attributes
    ----------
    zones, regions
        Ids of the zones and regions that have a page, sorted. Aggregates have none; a region has
        one if it hosts a zone.
    tables_present
        Names of the tables the data set brings (or that come with the package).
    reference_digest
        Hash of the tables that stand whole in every share.
    digests
        Digest of every share, by kind of scope and id: known without reading the share.
    load
        Returns the share of a scope; what :meth:`zone`, :meth:`region` and :meth:`country` call.
    table_digests
        Hash of every table's rows that has some, by name.
    """

    zones: tuple[str, ...]
    regions: tuple[str, ...]
    tables_present: frozenset[str]
    reference_digest: str
    digests: Mapping[str, Mapping[str, str]]
    load: Callable[[str, str], Share]
    table_digests: Mapping[str, str] = field(default_factory=dict)

    def zone(self, zone_id: str) -> Share:
        """Return a zone's share."""
        return self._load_known(ZONE, zone_id, self.zones)

    def region(self, region_iso: str) -> Share:
        """Return a region's share."""
        return self._load_known(REGION, region_iso, self.regions)

    def country(self) -> Share:
        """Return all tables, whole."""
        return self.load(COUNTRY, "")

    def _load_known(self, scope_type: str, scope_id: str, known: tuple[str, ...]) -> Share:
        if scope_id not in known:
            raise DataError(f"the data set has no {scope_type} {scope_id!r}.", remedy=_name_nearest(scope_id, known))
        return self.load(scope_type, scope_id)
