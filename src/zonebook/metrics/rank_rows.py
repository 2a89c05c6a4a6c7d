"""Rows of how sure ranks are (C06); made in the country's scope.

Zones whose figures are only reported have no index and no rank; those of registers and generated ones are ranked
apart, the country's rows being those of the registers if there are any.
"""

from __future__ import annotations

from collections.abc import Sequence

from zonebook.metrics.interval import Interval
from zonebook.metrics.rank_groups import RANK, RankGroup, explain_no_group, read_groups
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.uncertainty import PrintRule, RankUncertainty, compare_intervals, simulate_ranks


def rank_rows(scope: Scope, rows: Sequence[MetricResult]) -> list[MetricResult]:
    """Return C06: median rank and its 5-95 % interval by zone, the rank of the index where it may be printed."""
    groups = read_groups(scope, rows)
    if not groups:
        return [explain_no_group(scope, "C06", "share")]
    settings = scope.settings
    rule = PrintRule(settings.least_ranked, settings.widest_rank)
    ranked = [
        (group, simulate_ranks(group.inputs, seed=settings.seed, draws=settings.rank_draws, rule=rule))
        for group in groups
    ]
    found = _width_rows(scope, *ranked[0])
    for group, uncertainty in ranked:
        found += _rank_rows_of_zones(scope, group, uncertainty)
    return found


def _note_draws(group: RankGroup) -> list[str]:
    settings = group.panel.scope.settings
    notes = [state(Reason.DRAWS, draws=settings.rank_draws, seed=settings.seed), *group.notes]
    return [*notes, group.shortness] if group.is_short(len(group.zones)) else notes


def _width_rows(scope: Scope, group: RankGroup, uncertainty: RankUncertainty | None) -> list[MetricResult]:
    """Return the country's rows: how wide rank intervals are, how many ranks are printed, how many pairs differ."""
    if uncertainty is None:
        return [scope.without("C06", Status.NOT_APPLICABLE, "share", [state(Reason.ONE_RANKED)], group.basis)]
    table, n = uncertainty.table, len(uncertainty.table)
    width = float((table["upper"] - table["lower"]).median()) / n
    apart = compare_intervals(table).to_numpy()
    amounts = (
        ("C06", width, "share"),
        ("C06.printed", int(table["is_printable"].sum()), "count"),
        ("C06.distinguishable", float(apart.sum() / (n * (n - 1))), "share"),
    )
    notes = _note_draws(group)
    return [
        group.describe(scope.result(metric_id, Interval.exact(value), unit, group.basis, notes))
        for metric_id, value, unit in amounts
    ]


def _rank_rows_of_zones(scope: Scope, group: RankGroup, uncertainty: RankUncertainty | None) -> list[MetricResult]:
    if uncertainty is None:
        row = scope.without("C06", Status.NOT_APPLICABLE, RANK, [state(Reason.ONE_RANKED)], group.basis)
        return [group.of_zone(zone, row) for zone in group.zones]
    found, n = [], len(uncertainty.table)
    notes = [state(Reason.OF_ZONES, total=n), *_note_draws(group)]
    columns = (uncertainty.table[name].astype(float) for name in ("rank", "median", "lower", "upper"))
    is_printable = uncertainty.table["is_printable"].astype(bool)
    for zone, rank, median, lower, upper in zip(uncertainty.table.index, *columns, strict=True):
        known = Interval(median, lower, upper)
        rows = [group.describe(scope.result("C06", known, RANK, group.basis, notes))]
        if is_printable[zone]:
            bounds = Interval(rank, min(lower, rank), max(upper, rank))
            rows.append(scope.result("C06.rank", bounds, RANK, group.basis, notes))
        else:
            wide = state(Reason.WIDE_RANK, lower=int(lower), upper=int(upper), total=n)
            reasons = [group.shortness if group.is_short(n) else wide, *group.notes]
            rows.append(scope.without("C06.rank", Status.UNDEFINED, RANK, reasons, group.basis))
        found += [group.of_zone(str(zone), row) for row in rows]
    return found
