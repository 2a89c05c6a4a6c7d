"""From a share of the data to its metric rows: every metric of the catalogue that is made for the scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zonebook.errors import MetricError
from zonebook.metrics.adapter import compute_rows
from zonebook.metrics.figures import order_period
from zonebook.metrics.registry import CATALOGUE, Catalogue, Metric
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope

if TYPE_CHECKING:
    from zonebook.tables.share import Share


def compute_metrics(
    share: Share, year: int, *, on_course: float = 0.95, moderate: float = 0.6, catalogue: Catalogue = CATALOGUE
) -> tuple[MetricResult, ...]:
    """Return the metric rows of a zone, a region or the country.

    Parameters
    ----------
    share
        The tables of the scope.
    year
        Reporting year: figures of later years are left out.
    on_course, moderate
        Lowest ratios of actual to required growth for the two upper classes of T02.
    catalogue
        The metrics to compute.

    Returns
    -------
    tuple of MetricResult
        Rows by metric id, year and period. Every metric made for this kind of scope has its headline series, with a
        value or with the reason why there is none.

    Raises
    ------
    MetricError
        Where a metric gives no headline row, or two rows of one series, year and period.
    """
    scope = Scope(share, year, on_course=on_course, moderate=moderate)
    rows = [row for metric in catalogue.of_scope(scope.type) for row in _checked_rows(metric, scope)]
    return tuple(sorted(rows, key=_order))


def _checked_rows(metric: Metric, scope: Scope) -> list[MetricResult]:
    rows = compute_rows(metric, scope)
    keys = [(row.metric_id, row.year, row.period) for row in rows]
    foreign = [row.metric_id for row in rows if row.base_id != metric.id]
    if metric.id not in {row.metric_id for row in rows} or foreign:
        raise MetricError(f"gave no headline row, or rows of other metrics: {foreign}.", place=metric.function)
    twice = sorted({str(key) for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []
    if twice:
        raise MetricError(f"gave more than one row for {', '.join(twice)}.", place=metric.function)
    return rows


def _order(row: MetricResult) -> tuple[str, int, int]:
    return row.metric_id, -1 if row.year is None else row.year, order_period(row.period)
