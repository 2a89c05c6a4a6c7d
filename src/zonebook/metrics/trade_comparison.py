"""Exports of a scope beside world trade, product by product: one year, one currency, one level of codes.

Products are told apart by the shortest code both sides have: what one side gives by chapters only is compared by
chapters. Where world trade has totals over all goods, what no product row names is a product of its own on both
sides (``REST``), so that shares are those of all trade; without such totals they are shares of the products listed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import pandas as pd

from zonebook.metrics.comparative_advantage import mark_advantages, measure_advantages
from zonebook.metrics.export_cells import MOST_DIGITS
from zonebook.metrics.flow_year import FlowYear, sum_by
from zonebook.metrics.flows import explain_no_flows, read_flow_years
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.trade_matrix import REST
from zonebook.metrics.world_trade import EXPORT, read_matrix, read_world_trade

_LEAST_SHARE = 1e-9  # of exports: less is rounding


@dataclass(frozen=True, eq=False)
class Comparison:
    """Exports of a scope and of the world in a year, by product.

    Attributes
    ----------
    flow
        The scope's exports.
    digits
        Digits products are told apart by.
    exports, world
        By product code; ``REST`` holds what no product row names, where that is known of the world.
    in_dollars
        Whether ``exports`` are in dollars as world trade is; else they are in the currency of the flows, and only
        their shares can be compared.
    left_out
        Share of the scope's exports without a code that world trade has.
    """

    flow: FlowYear
    digits: int
    exports: pd.Series[Any]
    world: pd.Series[Any]
    in_dollars: bool
    left_out: float

    @cached_property
    def advantages(self) -> pd.DataFrame:
        """Comparative advantages by product, those of the rest left out."""
        noise = self.flow.scope.settings.noise_share
        return measure_advantages(self.exports, self.world, noise).drop(index=REST, errors="ignore")

    @cached_property
    def rca(self) -> pd.Series[Any]:
        """Revealed comparative advantage by product."""
        return self.advantages["rca"]

    @cached_property
    def has_advantage(self) -> pd.Series[Any]:
        """Whether each product has an advantage."""
        return mark_advantages(self.rca.to_frame())["rca"]

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Products whose exports are those of too few firms to show."""
        return self.flow.hide_labels(partial(FlowYear.label_products, digits=self.digits)).labels

    @cached_property
    def basis(self) -> Basis:
        """Evidence and sources; units are the products exported."""
        return replace(self.flow.basis, n_units=int((self.advantages["exports"] > 0).sum()))

    @cached_property
    def notes(self) -> list[str]:
        """What is to be said of every figure made from the comparison."""
        notes = [state(Reason.AT_DIGITS, digits=self.digits), *self.flow.notes]
        return [*notes, *note_left_out(self.left_out)]


def note_left_out(share: float) -> list[str]:
    """Return the sentence on exports without a code that could be compared, if there are any."""
    if share <= _LEAST_SHARE:
        return []
    return [state(Reason.WITHOUT_PRODUCT, percent=math.ceil(100 * share))]


@dataclass(frozen=True, eq=False)
class Comparisons:
    """The comparisons of a scope by year, rows that stand for years that cannot be shown, or why there are none."""

    years: tuple[Comparison, ...]
    refused: tuple[tuple[FlowYear, Status, str], ...]
    absence: tuple[str, ...]

    def refuse_rows(self, scope: Scope, metric_id: str, unit: str) -> list[MetricResult]:
        """Return the rows of years that cannot be shown; where there are no years at all, one that says why."""
        rows = [scope.without(metric_id, status, unit, [why], flow.basis) for flow, status, why in self.refused]
        if not rows and not self.years:
            rows.append(scope.missing(metric_id, unit, *self.absence))
        return rows


def read_comparisons(scope: Scope, most_digits: int = MOST_DIGITS) -> Comparisons:
    """Return the exports of a scope beside those of the world, for each year both are known.

    Products of longer codes are taken at ``most_digits``.
    """
    return scope.remember(f"comparisons {most_digits}", lambda: _read_comparisons(scope, most_digits))


def _read_comparisons(scope: Scope, most_digits: int) -> Comparisons:
    found, refused = [], []
    flows, world = read_flow_years(scope), read_world_trade(scope)
    for flow in flows:
        if world.find(EXPORT, flow.year) is None:
            continue
        refusal = flow.refuse()
        if refusal is not None:
            refused.append((flow, refusal[0], join_reasons(refusal[1])))
            continue
        outcome = _compare(scope, flow, most_digits)
        if isinstance(outcome, Comparison):
            found.append(outcome)
        else:
            refused.append((flow, Status.MISSING_INPUT, state(outcome)))
    return Comparisons(tuple(found), tuple(refused), _explain_absence(scope, flows))


def _explain_absence(scope: Scope, flows: list[FlowYear]) -> tuple[str, ...]:
    """Return why there is no year to compare."""
    reasons = [] if flows else [explain_no_flows(scope)]
    if not read_world_trade(scope).has(EXPORT):
        name = Reason.NO_ROWS if scope.share.has("world_trade") else Reason.NO_TABLE
        reasons.append(state(name, table="world_trade"))
    return tuple(reasons) or (state(Reason.NO_COMMON_YEAR),)


def _compare(scope: Scope, flow: FlowYear, most_digits: int) -> Comparison | Reason:
    """Return the comparison of a year, or why there is none."""
    digits = find_common_digits(scope, [flow], EXPORT, most_digits)
    if not digits:
        return Reason.NO_COMMON_PRODUCT if flow.digits else Reason.NEEDS_PRODUCTS
    world = read_matrix(scope, EXPORT, flow.year, digits).sum_products()
    amounts = flow.amounts if flow.dollars is None else flow.dollars
    rows, labels = flow.label_products(digits)
    exports = pd.Series(sum_by(labels, amounts[rows]), dtype=float)
    total = sum(flow.sum_countries(amounts).values())
    exports = exports[exports.index.isin(world.index[world > 0])]
    if total > 0 and not exports.any():
        return Reason.NO_COMMON_PRODUCT
    unnamed = max(0.0, total - float(exports.sum()))
    if REST in world.index:
        exports = pd.concat([exports, pd.Series({REST: unnamed})])
    return Comparison(flow, digits, exports, world, flow.dollars is not None, unnamed / total if total else 0.0)


def find_common_digits(scope: Scope, flows: Iterable[FlowYear], direction: str, most: int = MOST_DIGITS) -> int:
    """Return the digits of the shortest product code of some years' exports and of world trade; 0 without codes."""
    world = read_world_trade(scope)
    lengths = [most]
    for flow in flows:
        trade = world.find(direction, flow.year)
        lengths += [flow.digits, 0 if trade is None else trade.digits]
    return min(lengths)
