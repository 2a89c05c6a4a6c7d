"""Employees by industry and year of a territory, from the table of employment, and of its country beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.figures import evidence_of
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import find_column

REST = ""  # the industry of a row over all industries, and of what no row names
_Floats = NDArray[np.float64]
_TOLERANCE = 0.5  # persons by which industries may miss their total: figures are rounded


class Level(NamedTuple):
    """How fine industries are told apart: a classification and the digits of its codes; sections have none."""

    digits: int
    scheme: str


def count_digits(code: str) -> int:
    """Return how fine a class is: sections are letters, classes have two digits, then more.

    Examples
    --------
    >>> count_digits("C"), count_digits("26"), count_digits("26.11")
    (0, 2, 4)
    """
    return sum(character.isdigit() for character in code)


@dataclass(frozen=True, eq=False)
class Employment:
    """Employees and firms of one territory by industry and year, at one level.

    Attributes
    ----------
    level
        The level of the industries.
    industries, years
        What has rows, in order.
    employees, firms
        Industries x years; missing where there is no row.
    whole, whole_firms
        Of all industries, by year: as given, else the sum over industries; the number of firms may be missing.
    has_whole
        By year: whether the whole is given.
    basis
        Evidence and sources.
    left_out
        By year how many residents have no headcount, where the figures are added up from those of residents.
    """

    level: Level
    industries: tuple[str, ...]
    years: tuple[int, ...]
    employees: _Floats
    firms: _Floats
    whole: _Floats
    whole_firms: _Floats
    has_whole: NDArray[np.bool_]
    basis: Basis
    left_out: NDArray[np.int64] | None = None

    @cached_property
    def unnamed(self) -> _Floats:
        """Employees of no named industry, by year."""
        return find_rest(self.whole, np.nansum(self.employees, axis=0))

    def basis_of(self, year: int, firms: float = np.nan) -> Basis:
        """Return the basis of a figure of a year that rests on so many firms."""
        return replace(self.basis, year=year, n_units=None if np.isnan(firms) else int(firms))

    def is_exact(self, year: int) -> bool:
        """Whether the figures of a year are all there is; else some residents are missing from them."""
        return self.left_out is None or self.left_out[self.years.index(year)] == 0

    def notes_of(self, year: int) -> list[str]:
        """Return what is to be said of the figures of a year."""
        if self.left_out is None:
            return []
        missing = int(self.left_out[self.years.index(year)])
        notes = [state(Reason.FROM_HEADCOUNT)]
        return [*notes, state(Reason.WITHOUT_HEADCOUNT, left_out=missing)] if missing else notes


@dataclass(frozen=True, eq=False)
class EmploymentTable:
    """The table of employment as plain arrays, one entry a row that has employees."""

    scope: Scope
    geo: NDArray[np.object_]
    scheme: NDArray[np.object_]
    industry: NDArray[np.object_]
    digits: NDArray[np.int64]
    year: NDArray[np.int64]
    employees: _Floats
    firms: _Floats
    source: NDArray[np.object_]

    @cached_property
    def _rows_of(self) -> dict[str, NDArray[np.int64]]:
        codes, names = pd.factorize(self.geo)
        order = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[order], np.arange(len(names) + 1))
        return {str(name): order[bounds[place] : bounds[place + 1]] for place, name in enumerate(names)}

    def list_levels(self, geo: str) -> set[tuple[int, Level]]:
        """Return the years and levels a territory has rows of; those over all industries are no level."""
        rows = self._rows_of.get(geo, np.empty(0, dtype=np.int64))
        named = rows[self.industry[rows] != REST]
        cells = zip(self.year[named].tolist(), self.digits[named].tolist(), self.scheme[named], strict=True)
        return {(year, Level(digits, scheme)) for year, digits, scheme in set(cells)}

    def select(self, geo: str, level: Level) -> Employment | None:
        """Return the employment of a territory at a level, of all years it has at it."""
        rows = self._rows_of.get(geo, np.empty(0, dtype=np.int64))
        rows = rows[self.scheme[rows] == level.scheme]
        named = rows[(self.digits[rows] == level.digits) & (self.industry[rows] != REST)]
        if not len(named):
            return None
        total = rows[self.industry[rows] == REST]
        years, at = np.unique(self.year[named], return_inverse=True)
        industries, code = np.unique(self.industry[named], return_inverse=True)
        employees, firms = (np.full((len(industries), len(years)), np.nan) for _ in range(2))
        employees[code, at], firms[code, at] = self.employees[named], self.firms[named]
        sources = tuple(dict.fromkeys(str(source) for source in self.source[named] if source is not None))
        evidence = weakest_evidence(evidence_of(source, self.scope.sources) for source in sources)
        basis = Basis(int(years[-1]), "FY", evidence, sources)
        given = {int(self.year[row]): (self.employees[row], self.firms[row]) for row in total}
        return build_employment(level, industries.tolist(), years.tolist(), (employees, firms), given, basis)


def find_rest(wholes: _Floats, parts: _Floats) -> _Floats:
    """Return what wholes hold beyond the sums of their parts; what rounding leaves is nothing.

    Examples
    --------
    >>> find_rest(np.array([100.0, 100.0]), np.array([80.0, 99.6])).tolist()
    [20.0, 0.0]
    """
    rest = wholes - parts
    return np.where(rest > np.maximum(_TOLERANCE, 1e-9 * wholes), rest, 0.0)


def build_employment(
    level: Level,
    industries: Sequence[str],
    years: Sequence[int],
    cells: tuple[_Floats, _Floats],
    given: dict[int, tuple[float, float]],
    basis: Basis,
) -> Employment:
    """Build the employment of a territory.

    Parameters
    ----------
    level, industries, years
        What the cells are of.
    cells
        Employees and firms, industries x years.
    given
        Employees and firms over all industries, by year, where they are given.
    basis
        Evidence and sources.
    """
    employees, firms = cells
    # A whole smaller than the sum of its parts is none: the parts are believed.
    parts = np.nansum(employees, axis=0)
    is_given = [year in given and given[year][0] >= part - _TOLERANCE for year, part in zip(years, parts, strict=True)]
    has_whole = np.array(is_given, dtype=bool)
    whole = np.array([max(given[year][0], part) if ok else part for year, part, ok in zip(years, parts, is_given)])  # noqa: B905
    own = np.where(np.isnan(firms) & ~np.isnan(employees), np.inf, firms)
    counted = np.nansum(own, axis=0)
    counted = np.where(np.isinf(counted), np.nan, counted)
    whole_firms = np.array([given[year][1] if ok else count for year, count, ok in zip(years, counted, is_given)])  # noqa: B905
    return Employment(level, tuple(industries), tuple(years), employees, firms, whole, whole_firms, has_whole, basis)


def read_employment_table(scope: Scope) -> EmploymentTable:
    """Return the rows of the table of employment up to the scope's year, read once."""
    return scope.remember("employment", lambda: _read_table(scope))


def _read_table(scope: Scope) -> EmploymentTable:
    table = scope.table("employment")
    employees = table["employees"].to_numpy(dtype=float, na_value=np.nan)
    years = table["year"].to_numpy(dtype=float, na_value=np.inf)
    known = ~np.isnan(employees) & (years <= scope.year)
    industry, scheme = _read_texts(table, "industry")[known], _read_texts(table, "industry_scheme")[known]
    codes, names = pd.factorize(industry)
    digits = np.array([count_digits(name) for name in names], dtype=np.int64)
    source = np.array(find_column(table, "source_id").array, dtype=object)[known]
    source[pd.isna(source)] = None
    return EmploymentTable(
        scope=scope,
        geo=_read_texts(table, "geo")[known],
        scheme=scheme,
        industry=industry,
        digits=digits[codes] if len(codes) else np.empty(0, dtype=np.int64),
        year=years[known].astype(np.int64),
        employees=employees[known],
        firms=pd.to_numeric(find_column(table, "firms")).to_numpy(dtype=float, na_value=np.nan)[known],
        source=source,
    )


def _read_texts(table: pd.DataFrame, name: str) -> NDArray[Any]:
    """Return a column of codes as plain texts, empty where missing."""
    cells = np.array(find_column(table, name).array, dtype=object)
    cells[pd.isna(cells)] = ""
    return cells


def merge_bases(one: Basis, other: Basis) -> Basis:
    """Return the basis of a figure that rests on two, with the period and units of the first."""
    return replace(
        one,
        evidence=weakest_evidence([one.evidence, other.evidence]),
        source_ids=tuple(dict.fromkeys((*one.source_ids, *other.source_ids))),
        vintage=max(one.vintage, other.vintage),
    )


def choose_level(levels: Iterable[tuple[int, Level]]) -> Level | None:
    """Return the level of the latest year, the finest of several; ``None`` where there is none.

    Examples
    --------
    >>> choose_level({(2024, Level(0, "OKVED2")), (2024, Level(2, "OKVED2")), (2023, Level(4, "OKVED2"))})
    Level(digits=2, scheme='OKVED2')
    """
    return max(levels, default=(0, None), key=lambda found: (found[0], found[1]))[1]
