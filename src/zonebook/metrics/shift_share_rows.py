"""Rows of shift-share (L14): why the number of jobs changed, since the first year and from year to year."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from zonebook.metrics.employment import REST
from zonebook.metrics.employment_pair import AlignedEmployment, EmploymentPair, read_employment_pair
from zonebook.metrics.outcome import Outcome, build_row, hide_row
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.shift_share import ShiftShare, decompose_change
from zonebook.metrics.specialisation_rows import find_hidden

_UNIT = "persons"
_PARTS = ("regional", "national", "structural", "change")


def shift_share_rows(scope: Scope) -> list[MetricResult]:
    """Return L14: the regional part of the change since the first year, and by industry; the other parts; by year."""
    pair = read_employment_pair(scope, steady=True)
    if isinstance(pair, str):
        return [scope.missing("L14", _UNIT, pair)]
    if len(pair.years) < 2:
        reason = [state(Reason.NO_EARLIER_FIGURE)]
        return [scope.without("L14", Status.NOT_APPLICABLE, _UNIT, reason, pair.basis_of(pair.years[-1]))]
    first, last = pair.years[0], pair.years[-1]
    rows = _part_rows(scope, pair, first, last, "")
    for earlier, year in itertools.pairwise(pair.years):
        rows += _part_rows(scope, pair, earlier, year, "yearly")
    return rows


def _part_rows(scope: Scope, pair: EmploymentPair, earlier: int, year: int, series: str) -> list[MetricResult]:
    """Return the parts of the change between two years, and by industry where they are the whole span."""
    here, least = pair.here, scope.settings.least_firms
    places = [here.years.index(one) for one in (earlier, year)]
    firms = here.whole_firms[places]
    basis = pair.basis_of(year, float(firms[1]))
    names = [_name_part(series, part) for part in _PARTS]
    if ((firms > 0) & (firms < least)).any():
        why = [state(Reason.TOO_FEW_FIRMS, minimum=least)]
        return [hide_row(scope, name, _UNIT, why, basis) for name in names]
    aligned = pair.align(earlier, year)
    found = None if aligned is None else _decompose(aligned)
    notes = [state(Reason.BETWEEN_YEARS, earlier_year=earlier, year=year), *here.notes_of(year)]
    if aligned is None or found is None:
        reasons = [state(Reason.EXCEEDS_COUNTRY), *notes]
        return [scope.without(name, Status.UNDEFINED, _UNIT, reasons, basis) for name in names]
    new = int((found.by_industry["is_new"] & (found.by_industry["change"] > 0)).sum())
    notes += [state(Reason.NEW_INDUSTRIES, count=new)] if new else []
    percent = round(100 * aligned.left_out)
    notes += [state(Reason.WITHOUT_INDUSTRY, percent=percent)] if percent else []
    is_exact = here.is_exact(year)
    rows = [
        build_row(scope, name, _UNIT, Outcome(float(getattr(found, part)), basis, is_exact, notes))
        for name, part in zip(names, _PARTS, strict=True)
    ]
    return rows if series else [*rows, *_industry_rows(scope, pair, (earlier, year), found)]


def _name_part(series: str, part: str) -> str:
    suffix = "_".join(filter(None, [series, "" if part == "regional" else part]))
    return f"L14.{suffix}" if suffix else "L14"


def _decompose(aligned: AlignedEmployment) -> ShiftShare | None:
    # Plain objects: on few rows they are quicker than texts of Arrow.
    industries, columns = pd.Index(aligned.industries, dtype=object), ["start", "end"]
    local, country = (pd.DataFrame(one, industries, columns) for one in (aligned.here, aligned.country))
    return decompose_change(local, country)


def _industry_rows(scope: Scope, pair: EmploymentPair, years: tuple[int, int], found: ShiftShare) -> list[MetricResult]:
    """Return the regional part of each industry that has employees here in either year."""
    here, least = pair.here, scope.settings.least_firms
    hidden = [find_hidden(here, year, least) for year in years]
    at = here.years.index(years[1])
    notes = [state(Reason.BETWEEN_YEARS, earlier_year=years[0], year=years[1]), *here.notes_of(years[1])]
    places = {industry: place for place, industry in enumerate(here.industries)}
    regional = found.by_industry["regional"].to_dict()
    rows = []
    for industry, value in regional.items():
        place = places.get(str(industry))
        if industry == REST or place is None:
            continue
        firms = float(here.firms[place, at])
        basis = pair.basis_of(years[1], firms if not np.isnan(firms) else np.nan)
        why = hidden[1].explain(place, least) or hidden[0].explain(place, least)
        if why:
            rows.append(hide_row(scope, f"L14.{industry}", _UNIT, why, basis))
        else:
            outcome = Outcome(float(value), basis, here.is_exact(years[1]), notes)
            rows.append(build_row(scope, f"L14.{industry}", _UNIT, outcome))
    return rows
