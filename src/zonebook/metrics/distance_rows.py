"""Rows of the distance of ties (R05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from zonebook.metrics.geography import distance_quantile, mean_distance, median_distance
from zonebook.metrics.geography_rows import explain_no_tie
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.tie_arrays import TieArrays, read_tie_arrays
from zonebook.metrics.tie_years import TieYear, list_tie_years
from zonebook.metrics.ties import read_ties

_PERCENTILES = (10, 25, 75, 90)

_Places = NDArray[np.intp]


def distance_rows(scope: Scope) -> list[MetricResult]:
    """Return R05: mean, median and further quantiles of the distance of working ties, weighted by value beside.

    Mean and median of the ties with other regions are series of their own.
    """
    if read_ties(scope).actual.empty:
        return [scope.missing("R05", "km", explain_no_tie(scope))]
    arrays = read_tie_arrays(scope)
    rows = [row for year in list_tie_years(scope) for row in _year_rows(scope, year, arrays)]
    return mark_low_n(rows, scope.settings.least_units)


def _year_rows(scope: Scope, year: TieYear, arrays: TieArrays) -> list[MetricResult]:
    ties, trade = (rows.index.to_numpy(dtype=np.intp) for rows in (year.rows, year.trade))
    located = ties[~np.isnan(arrays.km[ties])]
    if not len(located):
        reason = [state(Reason.NO_COORDINATES), *year.notes]
        return [scope.without("R05", Status.MISSING_INPUT, "km", reason, year.basis(year.rows))]
    lengths = arrays.km[located].tolist()
    figures = {"": mean_distance(lengths), ".median": median_distance(lengths)}
    if year.is_register:  # of a sample such a curve would say more than is known
        figures |= {f".p{percent}": distance_quantile(lengths, percent / 100) for percent in _PERCENTILES}
    regional = ties[arrays.is_regional[ties]]
    far = arrays.km[regional][~np.isnan(arrays.km[regional])].tolist()
    found = {".regional": mean_distance(far), ".regional_median": median_distance(far)}
    return [
        *_list_rows(year, arrays, figures, (ties, located)),
        *_list_rows(year, arrays, found, (regional, regional[~np.isnan(arrays.km[regional])])),
        *_value_rows(year, arrays, trade),
    ]


def _value_rows(year: TieYear, arrays: TieArrays, trade: _Places) -> list[MetricResult]:
    """Return mean and median weighted by value; of reports only where every tie with coordinates has one."""
    is_located, has_value = ~np.isnan(arrays.km[trade]), ~np.isnan(arrays.value[trade])
    kept = trade[is_located & has_value]
    if not year.is_register and len(kept) < int(is_located.sum()):
        return []
    lengths, weights = arrays.km[kept].tolist(), arrays.value[kept].tolist()
    figures = {".value": mean_distance(lengths, weights), ".value_median": median_distance(lengths, weights)}
    left_out = int((~has_value).sum())
    said = [state(Reason.WITHOUT_VALUE, left_out=left_out)] if left_out else []
    return _list_rows(year, arrays, figures, (trade, kept), [*said, state(Reason.BY_VALUE)])


def _list_rows(
    year: TieYear,
    arrays: TieArrays,
    figures: Mapping[str, float | None],
    ties: tuple[_Places, _Places],
    told: Sequence[str] = (),
) -> list[MetricResult]:
    """Return the rows of figures that have a value; ``ties`` are the places of all ties and of those counted."""
    scope, (looked_at, kept) = year.ties.scope, ties
    if not len(kept):
        return []
    rows = year.ties.rows.loc[kept]
    if year.is_one_firms(rows) if state(Reason.BY_VALUE) in told else year.is_few(rows):
        return [year.suppressed(f"R05{suffix}", "km", rows) for suffix, km in figures.items() if km is not None]
    notes = year.explain(rows, Reason.REPORTED_SAMPLE)
    centres, left_out = int(arrays.is_approximate[kept].sum()), int(np.isnan(arrays.km[looked_at]).sum())
    if centres:
        notes.append(state(Reason.APPROXIMATE, approximate=centres, ties=len(kept)))
    if left_out:
        notes.append(state(Reason.WITHOUT_COORDINATES, left_out=left_out))
    # A distance has bounds only where no tie is missing or placed by its region.
    is_exact = not notes and list(told) in ([], [state(Reason.BY_VALUE)])
    basis = year.basis(rows)
    return [
        scope.result(f"R05{suffix}", Interval.exact(km) if is_exact else km, "km", basis, [*notes, *told])
        for suffix, km in figures.items()
        if km is not None
    ]
