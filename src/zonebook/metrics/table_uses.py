"""What each table of a data set is good for, as the catalogue of metrics declares it."""

from __future__ import annotations

from collections.abc import Mapping

from zonebook.metrics.registry import Metric, read_catalogue
from zonebook.tables.schema import TABLES
from zonebook.tables.template import TableUse


def list_table_uses() -> Mapping[str, TableUse]:
    """Return for every table the scopes and names of the metrics computed from it, those of the core set first."""
    return {name: _find_use(name) for name in TABLES}


def _find_use(table: str) -> TableUse:
    metrics: list[Metric] = [metric for metric in read_catalogue().values() if table in metric.tables]
    metrics.sort(key=lambda metric: not metric.core)
    scopes = tuple(dict.fromkeys(scope for metric in metrics for scope in metric.scopes))
    return TableUse(scopes, tuple(metric.name for metric in metrics))
