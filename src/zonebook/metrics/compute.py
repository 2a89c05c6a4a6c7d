"""From a share of the data to its metric rows: every metric of the catalogue that is made for the scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from zonebook.errors import MetricError
from zonebook.metrics.adapter import compute_rows, needs_rows
from zonebook.metrics.figures import order_period
from zonebook.metrics.gate import hide_rows
from zonebook.metrics.registry import CATALOGUE, Catalogue, Metric
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope
from zonebook.settings import DEFAULT_SETTINGS, MetricSettings

if TYPE_CHECKING:
    from zonebook.tables.share import Share

_SCOPE_ORDER = ("country", "region", "zone", "cluster", "pair")


def compute_metrics(
    share: Share,
    year: int,
    *,
    settings: MetricSettings = DEFAULT_SETTINGS,
    catalogue: Catalogue = CATALOGUE,
    recorded: Sequence[MetricResult] = (),
) -> tuple[MetricResult, ...]:
    """Return the metric rows of a zone, a region or the country.

    Parameters
    ----------
    share
        The tables of the scope.
    year
        Reporting year: figures of later years are left out.
    settings
        Thresholds, goalposts and simulation sizes.
    catalogue
        The metrics to compute.
    recorded
        For the country: the rows of its zones and regions, which ranks and the like are made from.

    Returns
    -------
    tuple of MetricResult
        Rows by metric id, year and period. Every metric made for this kind of scope has its headline series, with a
        value or with the reason why there is none. Beside its own, a zone gives rows of its clusters and of pairs of
        them, the country those of zones, regions and pairs that only the whole country tells.

    Raises
    ------
    MetricError
        Where a metric gives no headline row, or two rows of one scope, series, year and period.
    """
    scope = Scope(share, year, settings.in_force)
    metrics = catalogue.of_scope(scope.type)
    made_last = [metric for metric in metrics if needs_rows(metric)]
    made = [row for metric in metrics if metric not in made_last for row in _checked_rows(metric, scope)]
    rows = hide_rows(scope, made, catalogue)
    for metric in made_last:
        rows += _checked_rows(metric, scope, (*recorded, *rows))
    return tuple(sorted(rows, key=_order))


def _checked_rows(metric: Metric, scope: Scope, known: Sequence[MetricResult] = ()) -> list[MetricResult]:
    rows = compute_rows(metric, scope, known)
    foreign = [row.metric_id for row in rows if row.base_id != metric.id]
    if foreign or not any(row.metric_id == metric.id and row.scope_type == scope.type for row in rows):
        raise MetricError(f"gave no headline row, or rows of other metrics: {foreign}.", place=metric.place)
    counts = Counter((row.metric_id, row.scope_type, row.scope_id, row.year, row.period) for row in rows)
    twice = sorted(str(key) for key, count in counts.items() if count > 1)
    if twice:
        raise MetricError(f"gave more than one row for {', '.join(twice)}.", place=metric.place)
    return rows


def _order(row: MetricResult) -> tuple[str, int, int, int, str]:
    place = _SCOPE_ORDER.index(row.scope_type) if row.scope_type in _SCOPE_ORDER else len(_SCOPE_ORDER)
    return row.metric_id, -1 if row.year is None else row.year, order_period(row.period), place, row.scope_id
