"""Rows of the Ellison-Glaeser index (L21), from the employees of firms by region."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.agglomeration import compute_ellison_glaeser
from zonebook.metrics.employment import Level
from zonebook.metrics.firm_panel import FirmPanel, read_wider_panel
from zonebook.metrics.headcount import list_industries
from zonebook.metrics.outcome import Outcome, build_row, hide_row, repeat_largest
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope, mark_low_n

_DIGITS = 2
_UNIT = "index"


def ellison_glaeser_rows(scope: Scope) -> list[MetricResult]:
    """Return L21 by year and industry of two digits; the headline is the industry that clusters most.

    Firms are all of the data set with employees, residents of zones and others; a region weighs as much as all firms
    in it employ.
    """
    panel = read_wider_panel(scope)
    if not panel.years or np.isnan(panel.figures["employees"]).all():
        return [scope.missing_table("L21", _UNIT, "party_year")]
    industries = list_industries(panel, Level(_DIGITS, panel.scheme))
    rows = []
    for at, year in enumerate(panel.years):
        of_year = mark_low_n(_year_rows(scope, panel, at, industries), scope.settings.least_units)
        rows += [repeat_largest(of_year, "L21"), *of_year] if of_year else []
        if not of_year:
            basis = panel.basis_of(year, 0)
            rows.append(scope.without("L21", Status.UNDEFINED, _UNIT, [state(Reason.NO_EMPLOYEES)], basis))
    return rows


def _year_rows(scope: Scope, panel: FirmPanel, at: int, industries: NDArray[np.object_]) -> list[MetricResult]:
    employees, places = panel.figures["employees"][:, at], panel.parties["place"].to_numpy(dtype=object)
    is_placed = np.array([not pd.isna(place) for place in places], dtype=bool)
    is_known = ~np.isnan(employees) & is_placed
    totals = pd.Series(employees[is_known]).groupby(places[is_known].astype(str)).sum()
    silent = int((panel.is_present[:, at] & np.isnan(employees)).sum())
    notes = [state(Reason.AMONG_FIRMS)]
    notes += [state(Reason.WITHOUT_HEADCOUNT, left_out=silent)] if silent else []
    named = is_known & np.array([code is not None for code in industries], dtype=bool)
    least, year = scope.settings.least_firms, panel.years[at]
    rows = []
    for industry in sorted(set(industries[named].tolist())):
        mine = named & (industries == industry)
        basis = panel.basis_of(year, int(mine.sum()))
        metric_id = f"L21.{industry}"
        if panel.count_respondents(mine) < least:
            rows.append(hide_row(scope, metric_id, _UNIT, [state(Reason.TOO_FEW_FIRMS, minimum=least)], basis))
            continue
        index = compute_ellison_glaeser(employees[mine], places[mine], totals)
        rows.append(build_row(scope, metric_id, _UNIT, Outcome(index, basis, not silent, notes, Reason.ONE_FIRM)))
    return rows
