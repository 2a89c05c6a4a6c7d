"""Rows from a plain function of tables: the short way to add a metric.

A function whose first parameter is ``scope`` makes its rows itself; if its second one is ``rows``, it is called after
all others, with their rows. Any other is called with what its parameters are named: tables of the data contract,
``year``, ``scope_type``, ``scope_id``. It returns a number, an :class:`Interval`, ``None`` where it is undefined, or
a mapping of these by the suffix of their series (the empty suffix for the headline).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from zonebook.errors import MetricError
from zonebook.metrics.figures import evidence_of
from zonebook.metrics.interval import Interval
from zonebook.metrics.registry import Metric
from zonebook.metrics.result import MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import find_column


def makes_rows(function: Callable[..., Any]) -> bool:
    """Whether a function takes a scope and returns its rows."""
    return _list_parameters(function)[:1] == ("scope",)


def needs_rows(metric: Metric) -> bool:
    """Whether a metric is made from the rows of others, as the cooperation index is."""
    return _list_parameters(metric.load_function())[:2] == ("scope", "rows")


@cache
def _list_parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(inspect.signature(function).parameters)


def compute_rows(metric: Metric, scope: Scope, rows: Sequence[MetricResult] = ()) -> list[MetricResult]:
    """Return the rows of a metric for a scope.

    Parameters
    ----------
    metric, scope
        What is computed for whom.
    rows
        Rows of other metrics (and, for the country, of its zones), for a metric that is made from them.
    """
    function = metric.load_function()
    if makes_rows(function):
        return list(function(scope, rows) if needs_rows(metric) else function(scope))
    absent = [name for name in metric.tables if scope.table(name).empty]
    if absent:
        return [scope.missing_table(metric.id, metric.unit, absent[0])]
    outcome = function(**{name: _find_argument(name, metric, scope) for name in _list_parameters(function)})
    series = outcome if isinstance(outcome, Mapping) else {"": outcome}
    return [_build_row(metric, scope, str(suffix), value) for suffix, value in series.items()]


def _find_argument(name: str, metric: Metric, scope: Scope) -> object:
    if name in ("year", "scope_type", "scope_id"):
        return {"year": scope.year, "scope_type": scope.type, "scope_id": scope.id}[name]
    if name not in metric.tables:
        remedy = f"Name one of year, scope_type, scope_id or its tables: {', '.join(metric.tables)}."
        raise MetricError(f"nothing is known to give for the parameter {name!r}.", place=metric.place, remedy=remedy)
    return scope.table(name).copy()


def _build_row(metric: Metric, scope: Scope, suffix: str, value: Interval | float | None) -> MetricResult:
    metric_id = f"{metric.id}.{suffix}" if suffix else metric.id
    tables = [scope.table(name) for name in metric.tables]
    sources = dict.fromkeys(s for table in tables for s in find_column(table, "source_id").dropna().astype(str))
    evidence = weakest_evidence(evidence_of(source, scope.sources) for source in sources)
    basis = Basis(scope.year, "", evidence, tuple(sources))
    if value is None:
        return scope.without(metric_id, Status.UNDEFINED, metric.unit, [metric.undefined["en"]], basis)
    known = value if isinstance(value, Interval) else Interval.exact(float(value))
    return scope.result(metric_id, known, metric.unit, basis)
