"""Employment of a zone or region beside that of its country: what specialisation is measured by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zonebook.metrics.employment import (
    REST,
    Employment,
    EmploymentTable,
    Level,
    choose_level,
    find_rest,
    merge_bases,
    read_employment_table,
)
from zonebook.metrics.firm_panel import read_firm_panel
from zonebook.metrics.headcount import count_residents
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.scope import Basis, Scope

_Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class AlignedEmployment:
    """Employees here and in the country by the same industries, one column a year; what has no name comes last.

    ``left_out`` is the share of employees here that nothing in the country can be set against, in the last year.
    """

    industries: tuple[str, ...]
    here: _Floats
    country: _Floats
    left_out: float = 0.0


@dataclass(frozen=True, eq=False)
class EmploymentPair:
    """Employment here and in the country at the same level.

    Attributes
    ----------
    here, country
        The two; the country's holds what is here.
    """

    here: Employment
    country: Employment

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years that both have."""
        return tuple(year for year in self.here.years if year in set(self.country.years))

    @cached_property
    def industries(self) -> NDArray[np.str_]:
        """Industries that here or the country has rows of, in order."""
        return np.union1d(np.array(self.here.industries), np.array(self.country.industries))

    def employees(self, one: Employment, years: tuple[int, ...]) -> _Floats:
        """Return the employees of one of the two, all industries x years, missing where it has no row."""
        found = np.full((len(self.industries), len(years)), np.nan)
        rows = np.searchsorted(self.industries, np.array(one.industries))
        found[rows] = one.employees[:, [one.years.index(year) for year in years]]
        return found

    def wholes(self, year: int) -> tuple[float, float]:
        """Return the employees of all industries here and in the country: as given for both, else sums for both."""
        parts = [(one, one.years.index(year)) for one in (self.here, self.country)]
        if all(one.has_whole[at] for one, at in parts):
            here, country = (float(one.whole[at]) for one, at in parts)
        else:
            here, country = (float(np.nansum(one.employees[:, at])) for one, at in parts)
        return here, country

    def select_known(self, *years: int) -> tuple[NDArray[np.str_], _Floats, _Floats]:
        """Return the industries known here and in the country in all of some years, and the employees of both.

        An industry without a row is 0 where the rows of its territory add up to the whole, else unknown.
        """
        here, country = (self._fill(one, years) for one in (self.here, self.country))
        is_known = ~(np.isnan(here).any(axis=1) | np.isnan(country).any(axis=1))
        return self.industries[is_known], here[is_known], country[is_known]

    def align(self, *years: int) -> AlignedEmployment | None:
        """Return employees here and in the country by the same industries, one column a year.

        Industries not known in all of the years are put together as one, with all that has no row at all, and left
        out where that is more here than in the country. ``None`` where no industry is left.
        """
        names, here, country = self.select_known(*years)
        is_part = ~(here > country).any(axis=1)
        here, country = here[is_part], country[is_part]
        wholes = np.array([self.wholes(year) for year in years]).T
        rests = [find_rest(whole, part.sum(axis=0)) for whole, part in zip(wholes, (here, country), strict=True)]
        names = names[is_part]
        if (rests[0] > rests[1]).any():
            left_out = float(rests[0][-1] / wholes[0][-1])
            return AlignedEmployment(tuple(names.tolist()), here, country, left_out) if len(names) else None
        if not np.any(rests):
            return AlignedEmployment(tuple(names.tolist()), here, country)
        return AlignedEmployment((*names.tolist(), REST), np.vstack([here, rests[0]]), np.vstack([country, rests[1]]))

    def _fill(self, one: Employment, years: tuple[int, ...]) -> _Floats:
        """Return the employees of one of the two, with zeros where an industry without a row has none."""
        found = self.employees(one, years)
        is_complete = np.array([one.unnamed[one.years.index(year)] == 0 for year in years], dtype=bool)
        return np.where(np.isnan(found) & is_complete, 0.0, found)

    def basis_of(self, year: int, firms: float = np.nan) -> Basis:
        """Return the basis of a figure that compares the two in a year."""
        return merge_bases(self.here.basis_of(year, firms), self.country.basis_of(year))


def read_employment_pair(scope: Scope, *, steady: bool = False) -> EmploymentPair | str:
    """Return the employment of a zone or region with its country's, at the finest level of the latest year both have.

    A zone without employment by industry has that of its residents.

    Parameters
    ----------
    scope
        The zone or region.
    steady
        Whether figures of residents are of those only whose headcount is known in all their years.

    Returns
    -------
    EmploymentPair or str
        The two, or the reason why there are none.
    """
    return scope.remember(f"employment pair {steady}", lambda: _read_pair(scope, steady=steady))


def _read_pair(scope: Scope, *, steady: bool) -> EmploymentPair | str:
    table = read_employment_table(scope)
    there = table.list_levels(scope.home_country)
    level = choose_level(table.list_levels(scope.id) & there)
    if level is not None:
        here, country = table.select(scope.id, level), table.select(scope.home_country, level)
        if here is not None and country is not None:
            return EmploymentPair(here, country)
    if there and scope.type == "zone":
        found = _count_residents(scope, table, {level for _, level in there}, steady=steady)
        if found is not None:
            return found
    if not scope.share.has("employment"):
        return state(Reason.NO_TABLE, table="employment")
    reason = Reason.NO_COUNTRY if table.list_levels(scope.id) else Reason.NO_ROWS
    return state(reason, table="employment")


def _count_residents(
    scope: Scope, table: EmploymentTable, levels: set[Level], *, steady: bool
) -> EmploymentPair | None:
    """Return the employment of a zone's residents with its country's, at the finest level they can be compared at."""
    panel = read_firm_panel(scope)
    for level in sorted(levels, reverse=True):
        here, country = count_residents(panel, level, steady=steady), table.select(scope.home_country, level)
        if here is not None and country is not None and set(here.years) & set(country.years):
            return EmploymentPair(here, country)
    return None
