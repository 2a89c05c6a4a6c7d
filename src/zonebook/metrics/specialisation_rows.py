"""Rows of specialisation: location quotients (L12) and the distance to the country's structure (L22)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics import trade
from zonebook.metrics.employment import Employment
from zonebook.metrics.employment_pair import EmploymentPair, read_employment_pair
from zonebook.metrics.outcome import Outcome, build_row, hide_row, repeat_largest
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.specialisation import location_quotient
from zonebook.metrics.variety import compute_krugman_index


def location_quotient_rows(scope: Scope) -> list[MetricResult]:
    """Return L12 by year and industry; the headline is the industry with the largest quotient of the year.

    Of the latest year there are the jobs of each industry and how fast they grew since the first year.
    """
    pair = read_employment_pair(scope)
    if isinstance(pair, str):
        return [scope.missing("L12", "ratio", pair)]
    rows = []
    for year in pair.years:
        of_year = _quotient_rows(scope, pair, year)
        rows += [repeat_largest(of_year, "L12"), *of_year]
    return [*rows, *_job_rows(scope, pair)]


@dataclass(frozen=True, eq=False)
class _Hidden:
    """Which industries of a year are not shown: of too few firms, or so that one of these cannot be worked out."""

    small: NDArray[np.bool_]
    other: NDArray[np.bool_]

    def explain(self, place: int, least: int) -> list[str]:
        """Return why an industry is not shown; empty where it is."""
        if self.small[place]:
            return [state(Reason.TOO_FEW_FIRMS, minimum=least)]
        return [state(Reason.OTHER_HIDDEN)] if self.other[place] else []


def find_hidden(here: Employment, year: int, least: int) -> _Hidden:
    """Find the industries of a year with too few firms to be shown.

    Shares of all industries add up to 1: where one alone is hidden and nothing is left unnamed, the smallest other
    one is hidden with it.
    """
    at = here.years.index(year)
    firms, employees = here.firms[:, at], here.employees[:, at]
    small = (firms > 0) & (firms < least)
    other = np.zeros(len(small), dtype=bool)
    candidates = np.where(small | ~(employees > 0), np.inf, employees)
    if small.sum() == 1 and here.unnamed[at] == 0 and np.isfinite(candidates).any():
        other[int(candidates.argmin())] = True
    return _Hidden(small, other)


def _quotient_rows(scope: Scope, pair: EmploymentPair, year: int) -> list[MetricResult]:
    here, at = pair.here, pair.here.years.index(year)
    hidden = find_hidden(here, year, scope.settings.least_firms)
    wholes, notes = pair.wholes(year), here.notes_of(year)
    reference = dict(zip(pair.industries.tolist(), pair.employees(pair.country, (year,))[:, 0], strict=True))
    rows = []
    for place, industry in enumerate(here.industries):
        local, part = float(here.employees[place, at]), float(reference[industry])
        if np.isnan(local):
            continue
        metric_id, basis = f"L12.{industry}", pair.basis_of(year, float(here.firms[place, at]))
        why = hidden.explain(place, scope.settings.least_firms)
        if why:
            rows.append(hide_row(scope, metric_id, "ratio", why, basis))
        elif np.isnan(part):
            reason = [state(Reason.NO_COUNTRY, table="employment")]
            rows.append(scope.without(metric_id, Status.MISSING_INPUT, "ratio", reason, basis))
        else:
            quotient = location_quotient(local, wholes[0], part, wholes[1])
            rows.append(build_row(scope, metric_id, "ratio", Outcome(quotient, basis, here.is_exact(year), notes)))
    return rows


def _job_rows(scope: Scope, pair: EmploymentPair) -> list[MetricResult]:
    """Return the jobs of each industry in the latest year, and their mean yearly growth up to it."""
    here, year = pair.here, pair.years[-1]
    at, hidden = here.years.index(year), find_hidden(here, year, scope.settings.least_firms)
    rows = []
    for place, industry in enumerate(here.industries):
        jobs = float(here.employees[place, at])
        if np.isnan(jobs):
            continue
        metric_id, basis = f"L12.{industry}.jobs", here.basis_of(year, float(here.firms[place, at]))
        why = hidden.explain(place, scope.settings.least_firms)
        if why:
            rows.append(hide_row(scope, metric_id, "persons", why, basis))
        else:
            outcome = Outcome(jobs, basis, here.is_exact(year), here.notes_of(year))
            rows.append(build_row(scope, metric_id, "persons", outcome))
    steady = read_employment_pair(scope, steady=True)
    return rows if isinstance(steady, str) else [*rows, *_growth_rows(scope, steady)]


def _growth_rows(scope: Scope, pair: EmploymentPair) -> list[MetricResult]:
    here, (first, last) = pair.here, (pair.years[0], pair.years[-1])
    if first == last:
        return []
    begin, end = here.years.index(first), here.years.index(last)
    least = scope.settings.least_firms
    before, after = find_hidden(here, first, least), find_hidden(here, last, least)
    notes = [state(Reason.BETWEEN_YEARS, earlier_year=first, year=last), *here.notes_of(last)]
    rows = []
    for place, industry in enumerate(here.industries):
        earlier, later = (float(here.employees[place, one]) for one in (begin, end))
        if np.isnan(later):
            continue
        metric_id, basis = f"L12.{industry}.growth", here.basis_of(last, float(here.firms[place, end]))
        why = after.explain(place, least) or before.explain(place, least)
        if why:
            rows.append(hide_row(scope, metric_id, "share per year", why, basis))
            continue
        if np.isnan(earlier):
            reason = [state(Reason.NO_EARLIER_FIGURE)]
            rows.append(scope.without(metric_id, Status.MISSING_INPUT, "share per year", reason, basis))
            continue
        growth = trade.compound_annual_growth_rate(earlier, later, last - first)
        outcome = Outcome(growth, basis, here.is_exact(last), notes, Reason.NOT_POSITIVE)
        rows.append(build_row(scope, metric_id, "share per year", outcome))
    return rows


def krugman_rows(scope: Scope) -> list[MetricResult]:
    """Return L22 by year: how far the structure of employment is from the country's."""
    pair = read_employment_pair(scope)
    if isinstance(pair, str):
        return [scope.missing("L22", "index", pair)]
    return [_krugman_row(scope, pair, year) for year in pair.years]


def _krugman_row(scope: Scope, pair: EmploymentPair, year: int) -> MetricResult:
    here, least = pair.here, scope.settings.least_firms
    firms = float(here.whole_firms[here.years.index(year)])
    basis = pair.basis_of(year, firms)
    if 0 < firms < least:
        return hide_row(scope, "L22", "index", [state(Reason.TOO_FEW_FIRMS, minimum=least)], basis)
    # Shares are of the employees that have an industry, as in published cases.
    _, employees, reference = pair.select_known(year)
    index = compute_krugman_index(pd.Series(employees[:, 0]), pd.Series(reference[:, 0]))
    notes = [state(Reason.IN_ONE_LEVEL, digits=here.level.digits)] if here.level.digits else []
    unnamed = 1 - float(employees.sum()) / pair.wholes(year)[0] if pair.wholes(year)[0] else 0.0
    if round(100 * unnamed):
        notes.append(state(Reason.WITHOUT_INDUSTRY, percent=round(100 * unnamed)))
    outcome = Outcome(index, basis, here.is_exact(year), [*notes, *here.notes_of(year)], Reason.NO_EMPLOYEES)
    return build_row(scope, "L22", "index", outcome)
