"""World trade by country and product, from ``world_trade``: exports, and imports where a row says so.

Products are those of the Harmonized System. A row without a product is over all goods; a code stands above all longer
codes that begin with it, and a sum takes the topmost rows only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.export_cells import clean_code
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import find_column
from zonebook.metrics.trade_matrix import TradeMatrix

EXPORT, IMPORT = "export", "import"
_NO_YEAR = 9999


@dataclass(frozen=True, eq=False)
class TradeYear:
    """What countries export (or import) in a year: one element a row in every array.

    Attributes
    ----------
    country, product
        Number of the country and of the product code.
    countries, products
        The codes they are numbers of.
    values
        US dollars.
    """

    country: NDArray[np.int64]
    product: NDArray[np.int64]
    values: NDArray[np.float64]
    countries: NDArray[np.object_]
    products: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def digits(self) -> int:
        """Digits of the shortest product code; 0 where rows are over all goods only."""
        lengths = {len(self.products[code]) for code in np.unique(self.product)}
        return min(lengths - {0}, default=0)

    @cached_property
    def totals(self) -> dict[str, float]:
        """The trade of each country in all goods, countries in order."""
        top = self._find_topmost(0)
        sums = np.bincount(self.country[top], self.values[top], len(self.countries))
        present = sorted(np.unique(self.country).tolist(), key=lambda code: str(self.countries[code]))
        return {str(self.countries[code]): float(sums[code]) for code in present}

    def build_matrix(self, digits: int) -> TradeMatrix:
        """Return countries x products told apart by so many digits, in US dollars, 0 where there is no row."""
        top = self._find_topmost(digits)
        headings = np.array([code[:digits] for code in self.products], dtype=object)
        number, labels = pd.factorize(headings, sort=True)
        rows, columns = self.country[top], number[self.product[top]]
        size = len(self.countries), len(labels)
        sums = np.bincount(rows * size[1] + columns, self.values[top], size[0] * size[1]).astype(float).reshape(size)
        present = np.unique(self.country), np.unique(columns)
        countries = tuple(str(self.countries[one]) for one in present[0])
        products = tuple(str(labels[one]) for one in present[1])
        return TradeMatrix.of_totals(TradeMatrix(countries, products, sums[np.ix_(*present)]), self.totals)

    def _find_topmost(self, digits: int) -> NDArray[np.bool_]:
        """Tell which rows to sum: with a code of so many digits or more, and not part of another such row."""
        length = np.array([len(code) for code in self.products], dtype=int)
        fits: NDArray[np.bool_] = (length >= digits)[self.product]
        lengths = sorted({int(one) for one in length[np.unique(self.product[fits])]})
        number = {code: place for place, code in enumerate(self.products)}
        is_there = np.zeros((len(self.countries), len(self.products)), dtype=bool)
        is_there[self.country[fits], self.product[fits]] = True
        is_part = np.zeros(len(self), dtype=bool)
        for shorter in lengths[:-1]:
            above = [number.get(code[:shorter], -1) if len(code) > shorter else -1 for code in self.products]
            parent = np.array(above, dtype=int)[self.product]
            is_part |= (parent >= 0) & is_there[self.country, parent]
        return fits & ~is_part


@dataclass(frozen=True, eq=False)
class WorldTrade:
    """World trade by direction and year; matrices are built once."""

    years: dict[tuple[str, int], TradeYear]

    def find(self, flow: str, year: int) -> TradeYear | None:
        """Return the exports (``export``) or imports (``import``) of a year, ``None`` where there are no rows."""
        return self.years.get((flow, year))

    def has(self, flow: str) -> bool:
        """Whether there are rows of a direction at all."""
        return any(direction == flow for direction, _ in self.years)


def read_world_trade(scope: Scope) -> WorldTrade:
    """Return world trade up to the year of a scope, read once."""
    return scope.remember("world trade", lambda: _read_world_trade(scope))


def read_matrix(scope: Scope, flow: str, year: int, digits: int) -> TradeMatrix:
    """Return countries x products of a year that is there, built once; ``REST`` is what no product row names."""
    known = read_world_trade(scope).years[flow, year]
    return scope.remember(f"world {flow} {year} {digits}", lambda: known.build_matrix(digits))


def _read_world_trade(scope: Scope) -> WorldTrade:
    table = scope.table("world_trade")
    values = table["value_usd"].to_numpy(dtype=float, na_value=np.nan)
    year = table["year"].to_numpy(dtype=np.int64, na_value=_NO_YEAR)
    wanted = (year <= scope.year) & ~np.isnan(values)
    country, countries = _number(table["country_iso3"])
    code, codes = _number(table["product"])
    cleaned, products = pd.factorize(np.array([clean_code(one) for one in codes], dtype=object))
    product = cleaned[code]
    flow, flows = _number(find_column(table, "flow"))
    is_import = np.array([one == IMPORT for one in flows], dtype=bool)[flow]
    found = {}
    for direction, mask in ((EXPORT, wanted & ~is_import), (IMPORT, wanted & is_import)):
        for one in np.unique(year[mask]).tolist():
            rows = mask & (year == one)
            found[direction, one] = TradeYear(country[rows], product[rows], values[rows], countries, products)
    return WorldTrade(found)


def _number(column: pd.Series[Any]) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Return the number of each cell's code and the codes, the last of them ``None`` for cells without one.

    Texts of Arrow are numbered where they are: on the millions of rows of world trade that is what takes time.
    """
    numbers, known = pd.factorize(column)
    labels = np.array([*known, None], dtype=object)
    return np.where(numbers < 0, len(known), numbers), labels
