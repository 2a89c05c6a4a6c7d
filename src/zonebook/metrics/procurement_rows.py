"""Rows of the part of purchases and sales that stays in the zone (L08, L09)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from zonebook.metrics.interval import Interval
from zonebook.metrics.local_amounts import LocalAmounts
from zonebook.metrics.local_sums import find_safe_years
from zonebook.metrics.local_trade import read_local_amounts
from zonebook.metrics.procurement import LocalShare, measure_register_cover, sum_local
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import read_register
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.tie_totals import compare_mirror
from zonebook.metrics.trade_sides import Members, TradeSide, read_trade_side


@dataclass(frozen=True, slots=True)
class _Measure:
    """L08 or L09: the side of trade residents are on, and what their own total is called."""

    metric_id: str
    side: str
    whole: Reason


_PURCHASES = _Measure("L08", "buyer", Reason.OF_PURCHASES)
_SALES = _Measure("L09", "seller", Reason.OF_REVENUE)


def procurement_rows(scope: Scope) -> list[MetricResult]:
    """Return L08: the part of purchases made inside the zone, by year, of the scope and a zone's clusters.

    The denominator is all that the firms bought, by their own totals. The sum over the ties of the register, which
    need not hold every purchase, is a series beside it.
    """
    return _list_rows(scope, _PURCHASES)


def sales_rows(scope: Scope) -> list[MetricResult]:
    """Return L09: the part of revenue earned inside the zone, by year, of the scope and a zone's clusters."""
    return _list_rows(scope, _SALES)


def _list_rows(scope: Scope, measure: _Measure) -> list[MetricResult]:
    register = read_register(scope)
    if not register:
        return [scope.missing(measure.metric_id, "share", register.absence)]
    rows = []
    for year in register:
        trade = read_trade_side(year, measure.side)
        if trade.has_value:
            rows += [row for part in trade.parts for row in _PartRows(measure, trade, part).list_rows()]
        else:
            rows.append(year.missing(year.parts[0], measure.metric_id, "share", state(Reason.NO_VALUE)))
    return rows


@dataclass(frozen=True, eq=False)
class _PartRows:
    """The rows of a zone, region, country or cluster in a year."""

    measure: _Measure
    trade: TradeSide
    members: Members

    @cached_property
    def amounts(self) -> LocalAmounts:
        """Local and whole amounts of the members."""
        return read_local_amounts(self.trade.year, self.measure.side).select(self.members.places)

    def list_rows(self) -> list[MetricResult]:
        """Return the headline, its other denominator, the distribution, and what only the whole scope has."""
        headline = self._share_row(self.measure.metric_id, self.members, self.amounts)
        rows = [headline, *self._ledger_rows()]
        if headline.value is not None:
            rows += [*self._covered_rows(), *self._distribution_rows(), *self._cluster_rows()]
        rows = mark_low_n(rows, self.trade.year.scope.settings.least_units)
        return [*rows, self._sum_row(), *self._mirror_rows()] if self.members.is_whole else rows

    def _share_row(self, metric_id: str, members: Members, amounts: LocalAmounts, *notes: str) -> MetricResult:
        """Return the part of all purchases or revenue, as the firms state them, that is local."""
        known = members.select(amounts.is_known)
        if not len(known.places):
            table = [] if members.year.scope.share.has("party_year") else [state(Reason.NO_TABLE, table="party_year")]
            return members.missing(metric_id, "share", state(Reason.NO_TOTAL), *table)
        if amounts.has_excess:
            return known.row(metric_id, "share", None, undefined=Reason.EXCEEDS_TOTAL)
        found = sum_local(amounts)
        if not found.total_rub:
            return known.row(metric_id, "share", None, undefined=Reason.NO_DENOMINATOR)
        if known.is_told_by(amounts.total_rub[amounts.is_known]):
            return known.suppressed(metric_id, "share")
        value = _bound(found)
        said = [state(self.measure.whole), *self._class_of(value), *notes, *self.trade.notes]
        if found.without_total:
            said.append(state(Reason.WITHOUT_TOTAL, left_out=found.without_total))
        return known.row(metric_id, "share", value, *said, *_say_unvalued(found.ties_without_value))

    def _class_of(self, value: Interval | float | None) -> list[str]:
        """Return where a share of purchases stands against the lines of functional dependence."""
        if self.measure.side != "buyer" or value is None:
            return []
        settings = self.trade.year.scope.settings
        lines = sorted({settings.dependence, settings.dependence_eased})
        bounds = (value.lower, value.upper) if isinstance(value, Interval) else (value, value)
        low, high = (bisect_right(lines, bound) for bound in bounds)
        percents = [f"{100 * line:g}" for line in lines]
        if low != high:
            return [state(Reason.ACROSS_LINE)]
        if low == len(lines):
            return [state(Reason.REACHES_LINE, percent=percents[-1])]
        if low == 0:
            return [state(Reason.BELOW_LINE, percent=percents[0])]
        return [state(Reason.BETWEEN_LINES, lower_percent=percents[0], percent=percents[-1])]

    def _ledger_rows(self) -> list[MetricResult]:
        """Return the part of what the register holds that is local."""
        metric_id, is_trading = f"{self.measure.metric_id}.ledger", self.amounts.ties_rub > 0
        members = self.members.select(is_trading)
        if not is_trading.any():
            return [members.row(metric_id, "share", None, undefined=Reason.NO_TIE)]
        if members.is_told_by(self.amounts.ties_rub[is_trading]):
            return [members.suppressed(metric_id, "share")]
        traded = self.amounts.select(is_trading)
        found = sum_local(replace(traded, total_rub=traded.ties_rub))
        value = found.share if found.ties_without_value or found.share is None else Interval.exact(found.share)
        said = [state(Reason.OF_LEDGER), *self.trade.notes, *_say_unvalued(found.ties_without_value)]
        return [members.row(metric_id, "share", value, *said)]

    def _with_bounds(self, value: float) -> Interval | float:
        """Return a figure as exact where every firm's total and the value of every local tie is known."""
        is_exact = self.amounts.is_known.all() and not self.amounts.unvalued.any()
        return Interval.exact(value) if is_exact else value

    def _covered_rows(self) -> list[MetricResult]:
        """Return which part of all purchases or revenue the register names a partner for."""
        metric_id, cover = f"{self.measure.metric_id}.covered", measure_register_cover(self.amounts)
        value = None if cover is None or cover > 1 else self._with_bounds(cover)
        members = self.members.select(self.amounts.is_known)
        return [members.row(metric_id, "share", value, *self.trade.notes, undefined=Reason.LEDGER_EXCEEDS)]

    def _distribution_rows(self) -> list[MetricResult]:
        """Return the median of the firms' own shares; for a whole scope also how many of them reach each line.

        Counts of clusters would, taken from that of the zone, tell of a cluster that is not shown.
        """
        share, metric_id = self.amounts.share, self.measure.metric_id
        members, own = self.members.select(~np.isnan(share)), share[~np.isnan(share)]
        notes = [state(Reason.OF_FIRMS, total=len(own)), *self.trade.notes]
        rows = [members.row(f"{metric_id}.median", "share", self._with_bounds(float(np.median(own))), *notes)]
        if self.measure.side == "buyer" and members.is_whole and not members.has_few_somewhere:
            settings = self.trade.year.scope.settings
            for suffix, line in (("above", settings.dependence), ("above_eased", settings.dependence_eased)):
                count = self._with_bounds(int((own >= line).sum()))
                rows.append(members.row(f"{metric_id}.{suffix}", "count", count, *notes))
        return rows

    def _cluster_rows(self) -> list[MetricResult]:
        """Return the part that stays inside the firms' own clusters; firms without a cluster are left out."""
        year = self.trade.year
        has_cluster = year.clusters.notna().to_numpy(dtype=bool)[self.members.places]
        members = self.members.select(has_cluster)
        amounts = read_local_amounts(year, self.measure.side, "cluster_id").select(members.places)
        if not amounts.is_known.any():
            return []
        left_out = int((~has_cluster).sum())
        notes = [state(Reason.WITHOUT_CLUSTER, unassigned=left_out)] if left_out else []
        return [self._share_row(f"{self.measure.metric_id}.own_cluster", members, amounts, *notes)]

    def _sum_row(self) -> MetricResult:
        """Return the numerator in roubles, of all residents; only of a whole scope, or clusters would tell each other.

        It is a lower bound where a tie has no value.
        """
        metric_id, local = f"{self.measure.metric_id}.local_rub", self.amounts.local_rub
        members, unvalued = self.members.select(local != 0), int(self.amounts.unvalued.sum())
        if members.year.year not in find_safe_years(members.year.scope):
            return members.suppressed(metric_id, "RUB")
        said = [*self.trade.notes, *_say_unvalued(unvalued)]
        row = members.row(metric_id, "RUB", Interval.exact(float(local.sum())), *said)
        return replace(row, upper=None) if unvalued else row

    def _mirror_rows(self) -> list[MetricResult]:
        """Return by how much local sales and local purchases differ, which are the same flows."""
        if self.measure.side != "seller":
            return []
        sold, bought = (read_local_amounts(self.trade.year, side).local_rub.sum() for side in ("seller", "buyer"))
        gap = compare_mirror(float(sold), float(bought)).gap_share
        value = None if gap is None else Interval.exact(round(gap, 12))
        return [self.members.row("L09.gap", "share", value, undefined=Reason.NO_TIE)]


def _bound(found: LocalShare) -> Interval | float | None:
    """Return a share with its bounds; without them where a firm's total is not known."""
    if found.share is None or found.upper is None or found.without_total:
        return found.share
    return Interval(found.share, found.share, max(found.share, found.upper))


def _say_unvalued(count: int) -> Sequence[str]:
    return [state(Reason.WITHOUT_VALUE, left_out=count)] if count else []
