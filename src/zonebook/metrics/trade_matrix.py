"""Trade as a matrix of countries and products: labels and numbers, put on common labels when needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.export_cells import ALL_GOODS

REST = ALL_GOODS
_LEAST_REST = 1e-9  # part of the whole: less is rounding of totals


@dataclass(frozen=True, slots=True, eq=False)
class TradeMatrix:
    """Amounts by country and product.

    Attributes
    ----------
    countries, products
        Labels of rows and columns, each once; ``REST`` among products is what no product row names.
    values
        Amounts, countries x products.
    """

    countries: tuple[str, ...]
    products: tuple[str, ...]
    values: NDArray[np.float64]

    @classmethod
    def of_totals(cls, matrix: TradeMatrix, totals: dict[str, float]) -> TradeMatrix:
        """Return a matrix with a row for every country of the totals, and what products leave of them as the rest."""
        countries = tuple(totals)
        values = matrix.put_on(countries, matrix.products)
        if REST in matrix.products:
            return cls(countries, matrix.products, values)
        whole = np.fromiter(totals.values(), dtype=float, count=len(totals))
        rest = np.maximum(whole - values.sum(axis=1), 0.0)
        if rest.sum() <= _LEAST_REST * whole.sum():
            return cls(countries, matrix.products, values)
        return cls(countries, (*matrix.products, REST), np.column_stack([values, rest]))

    def put_on(self, countries: Iterable[str], products: Iterable[str]) -> NDArray[np.float64]:
        """Return the amounts of some countries and products, 0 where the matrix has none."""
        rows, columns = _find(self.countries, countries), _find(self.products, products)
        padded = np.zeros((self.values.shape[0] + 1, self.values.shape[1] + 1))
        padded[:-1, :-1] = self.values
        found: NDArray[np.float64] = padded[np.ix_(rows, columns)]
        return found

    def drop(self, *, country: str = "", product: str | None = None) -> TradeMatrix:
        """Return the matrix without a country or a product, if it is there."""
        rows = np.array([label != country for label in self.countries], dtype=bool)
        columns = np.array([label != product for label in self.products], dtype=bool)
        countries = tuple(label for label in self.countries if label != country)
        products = tuple(label for label in self.products if label != product)
        return TradeMatrix(countries, products, self.values[np.ix_(rows, columns)])

    def sum_products(self) -> pd.Series[float]:
        """Return the amounts of each product over all countries."""
        return pd.Series(self.values.sum(axis=0), pd.Index(self.products, dtype=object))

    def to_frame(self) -> pd.DataFrame:
        """Return the matrix as a table."""
        rows, columns = pd.Index(self.countries, dtype=object), pd.Index(self.products, dtype=object)
        return pd.DataFrame(self.values, rows, columns)


def _find(labels: tuple[str, ...], wanted: Iterable[str]) -> list[int]:
    """Return where labels are, the place after the last for those that are not there."""
    place = {label: number for number, label in enumerate(labels)}
    return [place.get(label, len(labels)) for label in wanted]


def align_matrices(**matrices: TradeMatrix) -> pd.DataFrame:
    """Return matrices as one table: a row a product and market of any of them, a column a matrix.

    Examples
    --------
    >>> one = TradeMatrix(("KAZ",), ("84",), np.array([[3.0]]))
    >>> align_matrices(exports=one, demand=TradeMatrix(("KAZ", "BLR"), ("84",), np.array([[5.0], [7.0]])))
      product market  exports  demand
    0      84    BLR      0.0     7.0
    1      84    KAZ      3.0     5.0
    """
    markets = sorted({label for matrix in matrices.values() for label in matrix.countries})
    products = sorted({label for matrix in matrices.values() for label in matrix.products})
    return pd.DataFrame(
        {
            "product": _repeat(products, np.tile(np.arange(len(products)), len(markets))),
            "market": _repeat(markets, np.repeat(np.arange(len(markets)), len(products))),
            **{name: matrix.put_on(markets, products).ravel() for name, matrix in matrices.items()},
        }
    )


def _repeat(labels: list[str], codes: NDArray[np.int64]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(labels, dtype=object))
