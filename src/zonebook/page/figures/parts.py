"""Rows of a zone beside those of its clusters, as figures compare them."""

from __future__ import annotations

from collections.abc import Mapping

from zonebook.metrics.result import MetricResult, Status
from zonebook.page.context import PageContext

_SILENT = frozenset({Status.MISSING_INPUT, Status.NOT_APPLICABLE})


def list_parts(here: PageContext, series: Mapping[str, str]) -> tuple[tuple[str, MetricResult], ...]:
    """Return the latest row of the zone and, of the same year, those of its clusters, each with its name.

    Parameters
    ----------
    series
        The series of a zone and of a cluster: the keys ``zone`` and ``cluster``.

    Returns
    -------
    tuple of name and row
        The zone first, its clusters by name; nothing where the zone itself has no row for want of input.
    """
    own = here.metric(series["zone"])
    if own is None or own.status in _SILENT:
        return ()
    found = [
        (here.named("cluster", row.scope_id), row)
        for row in here.series([series["cluster"]])
        if row.scope_type == "cluster"
        and (row.year, row.period) == (own.year, own.period)
        and row.status not in _SILENT
    ]
    found.sort(key=lambda part: (here.locale.sort_key(part[0]), part[1].scope_id))
    return ((here.locale.text("Whole zone"), own), *found)


def find_part(here: PageContext, row: MetricResult, metric_id: str, year: int | None = None) -> MetricResult | None:
    """Return the row of another series, or of another year, of the scope that a row is of."""
    wanted = (metric_id, row.scope_type, row.scope_id, row.year if year is None else year, row.period)
    return next((one for one in here.series([metric_id]) if _key(one) == wanted), None)


def _key(row: MetricResult) -> tuple[str, str, str, int | None, str]:
    return row.metric_id, row.scope_type, row.scope_id, row.year, row.period
