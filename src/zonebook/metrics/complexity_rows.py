"""Rows of economic complexity and of nearness in the product space (X17, X18)."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from zonebook.metrics.comparative_advantage import compute_rca, mark_advantages
from zonebook.metrics.complexity import Complexity, compute_zone_complexity, measure_complexity
from zonebook.metrics.interval import Interval
from zonebook.metrics.product_space import compute_density, compute_proximity, find_opportunities
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.trade_comparison import Comparison, read_comparisons
from zonebook.metrics.trade_matrix import REST
from zonebook.metrics.world_trade import EXPORT, read_matrix, read_world_trade

# Complexity and nearness are measured on headings, as in the atlases: finer products are too many and too rare.
_MOST_DIGITS = 4


def read_world_rca(scope: Scope, year: int, digits: int) -> pd.DataFrame:
    """Return the advantages of all countries in a year, computed once."""

    def compute() -> pd.DataFrame:
        return compute_rca(read_matrix(scope, EXPORT, year, digits).to_frame()).drop(columns=REST, errors="ignore")

    return scope.remember(f"world rca {year} {digits}", compute)


def read_complexity(scope: Scope, year: int, digits: int) -> Complexity | None:
    """Return the complexity of countries and products in a year's world trade, computed once."""
    return scope.remember(
        f"complexity {year} {digits}", lambda: measure_complexity(mark_advantages(read_world_rca(scope, year, digits)))
    )


# -- X17 ---------------------------------------------------------------------------------------------------------


def complexity_rows(scope: Scope) -> list[MetricResult]:
    """Return X17: the mean complexity of the products the scope has an advantage in, by year (the headline).

    Complexity of products comes from world trade, never from the scope itself. Beside it the same mean of the home
    country; for the country its own index, and in the latest year the complexity of every product.
    """
    found = read_comparisons(scope, _MOST_DIGITS)
    rows = found.refuse_rows(scope, "X17", "index")
    for comparison in found.years:
        rows += _complexity_rows(scope, comparison)
    return rows if scope.type != "country" else [*rows, *_world_rows(scope)]


def _complexity_rows(scope: Scope, comparison: Comparison) -> list[MetricResult]:
    year, digits = comparison.flow.year, comparison.digits
    world, basis, notes = read_complexity(scope, year, digits), comparison.basis, comparison.notes
    if world is None:
        reason = [state(Reason.NO_COMPLEXITY), *notes]
        return [scope.without("X17", Status.UNDEFINED, "index", reason, basis)]
    rows = [_mean_row(scope, "X17", compute_zone_complexity(world.pci, comparison.rca), (basis, notes))]
    rca = read_world_rca(scope, year, digits)
    if scope.home_country in rca.index:
        mean = compute_zone_complexity(world.pci, rca.T[scope.home_country])
        rows.append(_mean_row(scope, "X17.home", mean, (replace(basis, n_units=None), notes[:1])))
    return rows


def _mean_row(scope: Scope, metric_id: str, value: float | None, said: tuple[Basis, list[str]]) -> MetricResult:
    basis, notes = said
    if value is None:
        return scope.without(metric_id, Status.UNDEFINED, "index", [state(Reason.NO_ADVANTAGE), *notes], basis)
    return scope.result(metric_id, Interval.exact(value), "index", basis, notes)


def _world_rows(scope: Scope) -> list[MetricResult]:
    """Return the country's own index by year, and the complexity of every product in the latest year."""
    rows, latest = [], []
    for year, digits in _list_world_years(scope):
        world = read_complexity(scope, year, digits)
        if world is None:
            continue
        basis = Basis(year, "FY", _judge_evidence(scope), n_units=len(world.eci))
        notes = [state(Reason.AT_DIGITS, digits=digits)]
        if scope.id in world.eci.index:
            rows.append(scope.result("X17.eci", Interval.exact(float(world.eci[scope.id])), "index", basis, notes))
        latest = [
            scope.result(f"X17.{product}", Interval.exact(float(value)), "index", basis, notes)
            for product, value in world.pci.items()
        ]
    return [*rows, *latest]


def _judge_evidence(scope: Scope) -> Evidence:
    """Return the evidence of world trade, whose rows name no source: generated where all else of the data set is."""
    kinds = {source.kind for source in scope.sources.values()}
    return Evidence.DEMONSTRATION if kinds == {Evidence.DEMONSTRATION.value} else Evidence.REPORTED


def _list_world_years(scope: Scope) -> list[tuple[int, int]]:
    """Return the years there is world trade by product for, each with the digits of its codes."""
    known = read_world_trade(scope).years
    years = sorted(year for direction, year in known if direction == EXPORT)
    digits = [min(known[EXPORT, year].digits, _MOST_DIGITS) for year in years]
    return [(year, length) for year, length in zip(years, digits, strict=True) if length]


# -- X18 ---------------------------------------------------------------------------------------------------------


def product_space_rows(scope: Scope) -> list[MetricResult]:
    """Return X18: mean density around products the scope has no advantage in, by year (the headline).

    Density counts the product itself among those near it; the series ``without_itself`` does not. In the latest year
    also that of the products with the highest density.
    """
    found = read_comparisons(scope, _MOST_DIGITS)
    rows = found.refuse_rows(scope, "X18", "share")
    for comparison in found.years:
        latest = comparison is found.years[-1]
        for suffix, counts_itself in (("", True), (".without_itself", False)):
            rows += _density_rows(scope, comparison, suffix, counts_itself=counts_itself, lists_products=latest)
    return rows


def _density_rows(
    scope: Scope, comparison: Comparison, suffix: str, *, counts_itself: bool, lists_products: bool
) -> list[MetricResult]:
    year, digits = comparison.flow.year, comparison.digits
    basis = comparison.basis
    notes = [state(Reason.COUNTS_ITSELF if counts_itself else Reason.NOT_ITSELF), *comparison.notes]
    if not comparison.has_advantage.any():
        return [scope.without(f"X18{suffix}", Status.UNDEFINED, "share", [state(Reason.NO_ADVANTAGE), *notes], basis)]
    proximity = _read_proximity(scope, year, digits)
    density = compute_density(comparison.has_advantage.to_frame(scope.id).T, proximity, counts_itself=counts_itself)
    found = find_opportunities(density.T[scope.id], comparison.has_advantage)
    if found is None:
        return [scope.without(f"X18{suffix}", Status.UNDEFINED, "share", [state(Reason.NO_OPENING), *notes], basis)]
    rows = [scope.result(f"X18{suffix}", Interval.exact(found.mean), "share", basis, notes)]
    nearest = found.density.head(scope.settings.opportunities) if lists_products else found.density.head(0)
    return rows + [
        scope.result(f"X18.{product}{suffix}", Interval.exact(float(value)), "share", basis, notes)
        for product, value in nearest.items()
    ]


def _read_proximity(scope: Scope, year: int, digits: int) -> pd.DataFrame:
    """Return how near products are to each other in a year's world trade, computed once."""
    return scope.remember(
        f"proximity {year} {digits}", lambda: compute_proximity(mark_advantages(read_world_rca(scope, year, digits)))
    )
