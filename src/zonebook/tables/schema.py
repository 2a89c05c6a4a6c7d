"""The data contract as Python sees it: tables and columns of ``schema.yml``, frozen.

Everything that must agree with the contract (reading, checks, the store, the template, the
documentation) is derived from :data:`TABLES`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

WHOLE = "whole"
COUNTRY = "country"
AGGREGATE = "aggregate"
LIST_SEPARATOR = ";"
LANGUAGE_SUFFIX = re.compile(r"(?P<name>[a-z0-9_]+)_(?P<lang>[a-z]{2})")
DTYPES: Mapping[str, str] = MappingProxyType(
    {"text": "string", "date": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
)

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Format:
    """A written form: values match ``pattern`` as a whole and hold nothing that ``excluded`` finds."""

    name: str
    pattern: str
    excluded: str
    help: Texts


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name
        Name of the column in files and code.
    type
        ``text``, ``integer``, ``number``, ``boolean`` or ``date`` (ISO text, may be a year or a month).
    required
        Whether the column must be there and every cell filled.
    key
        Whether the column is part of the table's key.
    unit
        Base unit of the values, empty where it is in a column of its own or there is none.
    allowed
        The codes the column takes; empty means any.
    minimum, maximum
        Range of the values; ``None`` means no bound.
    references
        Tables whose key the value must be found in.
    heading, help
        What people see, by language.
    format
        The written form, if one is prescribed.
    default
        What an empty cell stands for, as it would be written.
    is_list
        Whether the cell holds several values separated by semicolons.
    """

    name: str
    type: str
    required: bool
    key: bool
    unit: str
    allowed: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    references: tuple[str, ...]
    heading: Texts
    help: Texts
    format: Format | None = None
    default: str = ""
    is_list: bool = False
    is_year: bool = False

    @property
    def dtype(self) -> str:
        """The pandas dtype of the column in a normalised table."""
        return DTYPES[self.type]


@dataclass(frozen=True, slots=True)
class Order:
    """Two columns of which the first may not exceed the second, and the rule broken where it does."""

    lower: str
    upper: str
    rule: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the data contract.

    Attributes
    ----------
    name
        Name of the table, its file and its sheet.
    columns
        Columns by name, in the contract's order; ``note`` is the last.
    heading, help
        What people see, by language.
    required
        Whether a data set must have the table.
    supplementary
        Whether the table is offered beyond the contract.
    share
        For a zone's and a region's share: which column's values say whose a row is, and what they
        are looked up in. Empty for a table that stands whole in every share.
    cited
        Whether rows that other rows of a share refer to are added to it.
    either
        Groups of columns of which at least one must be filled.
    ordered
        Pairs of columns that are compared.
    """

    name: str
    columns: Mapping[str, Column]
    heading: Texts
    help: Texts
    required: bool
    supplementary: bool
    share: Mapping[str, Mapping[str, tuple[str, ...]]]
    cited: bool
    either: tuple[tuple[str, ...], ...]
    ordered: tuple[Order, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the key columns."""
        return tuple(column.name for column in self.columns.values() if column.key)

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns no two rows may agree in: the key, and the vintage where there is one."""
        return self.key if "vintage" in self.key or "vintage" not in self.columns else (*self.key, "vintage")

    @property
    def is_whole(self) -> bool:
        """Whether the table stands whole in every share."""
        return not self.share

    def is_varied(self, column: Column) -> bool:
        """Tell whether a column's cells mostly differ from row to row: looking for equal ones would be idle."""
        return column.type == "number" or self.key == (column.name,)

    def column(self, name: str) -> Column | None:
        """Return the column of this name, also a translation such as ``product_ru``; ``None`` if there is none."""
        if name in self.columns:
            return self.columns[name]
        match = LANGUAGE_SUFFIX.fullmatch(name)
        original = self.columns.get(match["name"]) if match else None
        if match is None or original is None or not _is_translatable(original):
            return None
        return _translation(original, match["lang"])


def _is_translatable(column: Column) -> bool:
    return column.type == "text" and not (column.allowed or column.format or column.references)


def _translation(original: Column, lang: str) -> Column:
    return Column(
        name=f"{original.name}_{lang}",
        type="text",
        required=False,
        key=False,
        unit="",
        allowed=(),
        minimum=None,
        maximum=None,
        references=(),
        heading=MappingProxyType({code: f"{text} ({lang})" for code, text in original.heading.items()}),
        help=original.help,
    )


def _read_column(
    name: str, entry: Mapping[str, Any], document: Mapping[str, Any], formats: Mapping[str, Format]
) -> Column:
    bounds = document["year"] if entry.get("year") else entry
    key = bool(entry.get("key", False))
    return Column(
        name=name,
        type=entry.get("type", "text"),
        required=bool(entry.get("required", key)),
        key=key,
        unit=entry.get("unit", ""),
        allowed=tuple(entry.get("allowed", ())),
        minimum=bounds.get("minimum"),
        maximum=bounds.get("maximum"),
        references=tuple(entry.get("references", ())),
        heading=MappingProxyType(entry["heading"]),
        help=MappingProxyType(entry["help"]),
        format=formats[entry["format"]] if "format" in entry else None,
        default=entry.get("default", ""),
        is_list=bool(entry.get("list", False)),
        is_year=bool(entry.get("year", False)),
    )


def _read_share(entry: Any) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    if entry == WHOLE:
        return MappingProxyType({})
    return MappingProxyType(
        {
            scope: MappingProxyType({column: tuple(lookups) for column, lookups in columns.items()})
            for scope, columns in entry.items()
        }
    )


def _read_table(
    name: str, entry: Mapping[str, Any], document: Mapping[str, Any], formats: Mapping[str, Format]
) -> Table:
    entries = {**entry["columns"], "note": document["note"]}
    columns = {column: _read_column(column, fields, document, formats) for column, fields in entries.items()}
    return Table(
        name=name,
        columns=MappingProxyType(columns),
        heading=MappingProxyType(entry["heading"]),
        help=MappingProxyType(entry["help"]),
        required=bool(entry.get("required", False)),
        supplementary=bool(entry.get("supplementary", False)),
        share=_read_share(entry["share"]),
        cited=bool(entry.get("cited", False)),
        either=tuple(tuple(group) for group in entry.get("either", ())),
        ordered=tuple(Order(**pair) for pair in entry.get("ordered", ())),
    )


def read_schema(text: str) -> Mapping[str, Table]:
    """Return the tables a schema document declares, by name."""
    document = yaml.load(text, Loader=yaml.CSafeLoader)
    formats = {
        name: Format(name, entry["pattern"], entry.get("excluded", ""), MappingProxyType(entry["help"]))
        for name, entry in document["formats"].items()
    }
    return MappingProxyType(
        {name: _read_table(name, entry, document, formats) for name, entry in document["tables"].items()}
    )


TABLES: Mapping[str, Table] = read_schema(
    resources.files("zonebook.tables").joinpath("schema.yml").read_text(encoding="utf-8")
)
