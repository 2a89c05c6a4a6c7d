"""Rows of ``export_flow`` as stated: who exports what to which country, for how much; no amount counted twice.

A row without a product is over all goods, and a code stands above all longer codes that begin with it. An exporter
may state a total beside its parts, so sums take the topmost rows only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import find_column, keep_latest

HS, OTHER = "HS", "other"
ALL_GOODS = ""
MOST_DIGITS = 12  # no code is longer
_HS_LENGTHS = frozenset({2, 4, 6, 8, 10})

Objects = NDArray[np.object_]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cells:
    """Exports as stated, one element a row in every array.

    Attributes
    ----------
    year
        Year of the exports.
    place
        The zone (or region) whose exports they are part of.
    exporter, respondent
        Who states them, and who answers for it: the group, else the firm; ``None`` where zone or region state them.
    country
        Where the goods go.
    product, family
        Code without dots (empty for all goods), and its classification: ``HS``, ``OKPD2``, ``SITC`` or ``other``.
    rub, usd
        Value in either currency, missing where it is not given.
    source, vintage
        Where the row comes from and which version it is, empty where that is not said.
    """

    year: NDArray[np.int64]
    place: Objects
    exporter: Objects
    respondent: Objects
    country: Objects
    product: Objects
    family: Objects
    rub: Numbers
    usd: Numbers
    source: Objects
    vintage: Objects

    def __len__(self) -> int:
        return len(self.year)

    def take(self, wanted: Flags) -> Cells:
        """Return some of the rows."""
        return Cells(*(getattr(self, column.name)[wanted] for column in fields(self)))

    @cached_property
    def is_firm(self) -> Flags:
        """Whether a firm states the row itself."""
        return np.array([one is not None for one in self.respondent], dtype=bool)

    @cached_property
    def length(self) -> NDArray[np.int64]:
        """Digits of each code."""
        return np.array([len(code) for code in self.product], dtype=np.int64)

    def find_topmost(self, digits: int = 0) -> Flags:
        """Tell which rows to sum: with a code of so many digits or more, and not part of another such row."""
        if digits not in self._topmost:
            self._topmost[digits] = self._find_topmost(digits)
        return self._topmost[digits]

    @cached_property
    def _topmost(self) -> dict[int, Flags]:
        return {}

    def _find_topmost(self, digits: int) -> Flags:
        fits: Flags = self.length >= digits
        lengths = np.unique(self.length[fits]).tolist()
        if len(lengths) < 2:
            return fits
        keys = list(zip(self.year.tolist(), self.exporter, self.country, strict=True))
        codes = list(zip(self.family, self.product, strict=True))
        known = {(*key, _place(*code)) for key, code, fit in zip(keys, codes, fits, strict=True) if fit}
        found = [
            bool(fit) and not any((*key, above) in known for above in _list_headings(*code, lengths))
            for key, code, fit in zip(keys, codes, fits, strict=True)
        ]
        return np.array(found, dtype=bool)


def _place(family: str, code: str) -> tuple[str, str]:
    """Return what tells a code apart: all goods are the same in every classification."""
    return (family, code) if code else ("", ALL_GOODS)


def _list_headings(family: str, code: str, lengths: Iterable[int]) -> list[tuple[str, str]]:
    """Return what stands above a code; in a classification that is not known only all goods do."""
    shorter = [length for length in lengths if length < len(code) and (length == 0 or family != OTHER)]
    return [_place(family, code[:length]) for length in shorter]


def clean_code(code: object) -> str:
    """Return a product code as it is compared: without dots and spaces; empty where there is none.

    Examples
    --------
    >>> clean_code("8413.70"), clean_code(None)
    ('841370', '')
    """
    return "" if code is None else str(code).replace(".", "").replace(" ", "")


def name_family(scheme: str, code: str) -> str:
    """Return the classification of a code: as its row says, else the Harmonized System where it looks like it.

    Examples
    --------
    >>> name_family("HS4", "8413"), name_family("", "841370"), name_family("", "A1"), name_family("OKPD2", "26")
    ('HS', 'HS', 'other', 'OKPD2')
    """
    if scheme.startswith(HS):
        return HS
    if scheme or not code:
        return scheme or OTHER
    return HS if code.isascii() and code.isdigit() and len(code) in _HS_LENGTHS else OTHER


def to_objects(column: pd.Series[Any]) -> Objects:
    """Return a column as plain objects, missing cells as ``None``."""
    objects: Objects = np.array(column.array, dtype=object)
    objects[column.isna().to_numpy()] = None
    return objects


def read_cells(scope: Scope) -> Cells:
    """Return the rows of a scope up to its year, read once: of its zones and their firms, its region, its total."""
    return scope.remember("export cells", lambda: _read_cells(scope))


def _read_cells(scope: Scope) -> Cells:
    table = scope.table("export_flow")
    places, respondents = _list_exporters(scope)
    mine = (table["year"] <= scope.year).fillna(False).astype(bool) & table["exporter_id"].isin(list(places))
    table = keep_latest(table[mine], ["exporter_id", "country_iso3", "product", "year"])
    columns = {name: to_objects(find_column(table, name)) for name in ("exporter_id", "country_iso3", "product")}
    columns |= {name: to_objects(find_column(table, name)) for name in ("product_scheme", "source_id", "vintage")}
    exporters = columns["exporter_id"]
    codes = [clean_code(code) for code in columns["product"]]
    schemes = [str(scheme or "") for scheme in columns["product_scheme"]]
    amounts = [pd.to_numeric(find_column(table, name), errors="coerce") for name in ("value_rub", "value_usd")]
    return Cells(
        year=table["year"].to_numpy(dtype=np.int64),
        place=_as_array(places[exporter] for exporter in exporters),
        exporter=exporters,
        respondent=_as_array(respondents.get(exporter) for exporter in exporters),
        country=columns["country_iso3"],
        product=_as_array(codes),
        family=_as_array(name_family(scheme, code) for scheme, code in zip(schemes, codes, strict=True)),
        rub=amounts[0].to_numpy(dtype=float, na_value=np.nan),
        usd=amounts[1].to_numpy(dtype=float, na_value=np.nan),
        source=_as_array(source or "" for source in columns["source_id"]),
        vintage=_as_array("" if vintage is None else str(vintage) for vintage in columns["vintage"]),
    )


def _list_exporters(scope: Scope) -> tuple[dict[Any, str], dict[Any, Any]]:
    """Return whose exports count for the scope, by exporter the place they belong to; and who answers for a firm."""
    parties = read_parties(scope)
    firms = parties[parties["zone_id"].isin(scope.zone_ids)]
    places: dict[Any, str] = dict(zip(firms.index, firms["zone_id"], strict=True))
    places |= {zone_id: zone_id for zone_id in scope.zone_ids}
    own = scope.total_id if scope.type == "country" else scope.id
    places |= {own: own} if own else {}
    return places, dict(zip(firms.index, firms["respondent"], strict=True))


def _as_array(values: Iterable[Any]) -> Objects:
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array
