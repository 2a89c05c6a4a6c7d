"""From a share of the data to its metric rows: every metric of the catalogue that is made for the scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zonebook.errors import MetricError
from zonebook.metrics.adapter import compute_rows, needs_rows
from zonebook.metrics.figures import order_period
from zonebook.metrics.gate import hide_rows
from zonebook.metrics.registry import CATALOGUE, Catalogue, Metric
from zonebook.metrics.result import MetricResult, to_results
from zonebook.metrics.rowtable import RowChain
from zonebook.metrics.scope import Scope
from zonebook.settings import DEFAULT_SETTINGS, MetricSettings

if TYPE_CHECKING:
    from zonebook.tables.share import Share

# Tables of flows between all regions, and those that place them: what is made of these alone is none of a zone's.
FLOW_TABLES = frozenset({"flow_region", "io_table"})
REGION_TABLES = FLOW_TABLES | {"distance", "region", "zone", "source"}
_BETWEEN = ":"
_SCOPE_ORDER = ("country", "region", "zone", "cluster", "pair")


def compute_metrics(
    share: Share,
    year: int,
    *,
    settings: MetricSettings = DEFAULT_SETTINGS,
    catalogue: Catalogue = CATALOGUE,
    recorded: Sequence[MetricResult] = (),
    known: Sequence[MetricResult] = (),
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
    known
        For the country: what :func:`compute_flow_rows` or :func:`compute_own_rows` has given already, not computed
        again.

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
    done = {row.base_id for row in known}
    made_first = [metric for metric in metrics if metric not in made_last and metric.id not in done]
    made = [*known, *(row for metric in made_first for row in _checked_rows(metric, scope))]
    rows = hide_rows(scope, made, catalogue)
    for metric in made_last:
        rows += _checked_rows(metric, scope, RowChain(recorded, tuple(rows)))
    return tuple(sorted(rows, key=_order))


def compute_flow_rows(
    share: Share, year: int, *, settings: MetricSettings = DEFAULT_SETTINGS, catalogue: Catalogue = CATALOGUE
) -> tuple[MetricResult, ...]:
    """Return the country's rows that are made of flows between regions alone: of itself, of regions and of pairs.

    No zone's register is behind them, so that they can be known before anything of a zone is.

    Parameters
    ----------
    share
        The country's tables, at least ``REGION_TABLES``; others are not looked at.
    year, settings, catalogue
        As for :func:`compute_metrics`.
    """
    return _compute_some([metric for metric in catalogue.values() if is_of_flows(metric)], share, year, settings)


def compute_own_rows(
    share: Share, year: int, *, settings: MetricSettings = DEFAULT_SETTINGS, catalogue: Catalogue = CATALOGUE
) -> tuple[MetricResult, ...]:
    """Return the country's rows that take no rows of zones, so that they can be made while those are.

    Nothing in them is hidden yet: they are for :func:`compute_metrics` to go on from, not to be shown.

    Parameters
    ----------
    share
        The country's tables.
    year, settings, catalogue
        As for :func:`compute_metrics`.
    """
    own = [metric for metric in catalogue.of_scope("country") if not needs_rows(metric)]
    return _compute_some(own, share, year, settings)


def _compute_some(
    metrics: Iterable[Metric], share: Share, year: int, settings: MetricSettings
) -> tuple[MetricResult, ...]:
    scope = Scope(share, year, settings.in_force)
    return tuple(sorted((row for metric in metrics for row in _checked_rows(metric, scope)), key=_order))


def is_of_flows(metric: Metric) -> bool:
    """Whether a metric's rows are made of flows between regions alone."""
    tables = frozenset(metric.tables)
    return "country" in metric.scopes and tables <= REGION_TABLES and not tables.isdisjoint(FLOW_TABLES)


def select_rows_of_region(frame: pd.DataFrame, region: str) -> tuple[MetricResult, ...]:
    """Return the rows of a metrics table with a value that tell of a region, or of a pair with it."""
    scopes = zip(frame["scope_type"], frame["scope_id"], strict=True)
    tells = np.array([region in list_regions(kind, scope_id) for kind, scope_id in scopes], dtype=bool)
    return to_results(frame[tells & frame["value"].notna().to_numpy(dtype=bool)])


def list_regions(scope_type: str, scope_id: str) -> tuple[str, ...]:
    """Return the regions a row of this scope tells of: the region itself, both ends of a pair.

    Examples
    --------
    >>> list_regions("pair", "RU-MOW:RU-SPE"), list_regions("zone", "technopolis-moscow")
    (('RU-MOW', 'RU-SPE'), ())
    """
    ends = tuple(scope_id.split(_BETWEEN)) if scope_type == "pair" else (scope_id,)
    return ends if scope_type in ("pair", "region") else ()


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
