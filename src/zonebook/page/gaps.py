"""Pairs of regions that trade less than their size and distance imply, as the gravity model's rows tell."""

from __future__ import annotations

from dataclasses import dataclass

from zonebook.metrics.result import MetricResult
from zonebook.page.context import PageContext
from zonebook.page.locale import Locale
from zonebook.page.markup import Markup
from zonebook.page.rowlinks import link_home


@dataclass(frozen=True, slots=True)
class Pair:
    """A flow from one region to another: what it is, and what size and distance imply."""

    origin: str
    destination: str
    ratio: MetricResult
    flow: MetricResult
    implied: MetricResult

    @property
    def observed(self) -> float:
        """The flow."""
        return self.flow.value or 0.0

    @property
    def expected(self) -> float:
        """The flow that size and distance imply."""
        return self.implied.value or 0.0

    @property
    def shortfall(self) -> float:
        """How much of what is expected is missing; negative where the flow is larger."""
        return self.expected - self.observed


def list_pairs(here: PageContext) -> tuple[Pair, ...]:
    """Return the pairs of regions whose flows the gravity model tells of, the largest shortfall first."""
    by_pair: dict[str, dict[str, MetricResult]] = {}
    for row in here.rows("R06"):
        if row.scope_type == "pair" and row.value is not None:
            by_pair.setdefault(row.scope_id, {})[row.series] = row
    found = []
    for name, rows in by_pair.items():
        if {"", "observed", "expected"} <= set(rows):
            origin, _, destination = name.partition(":")
            found.append(Pair(origin, destination, rows[""], rows["observed"], rows["expected"]))
    return tuple(sorted(found, key=lambda pair: (-pair.shortfall, pair.origin, pair.destination)))


def name_pair(here: PageContext, pair: Pair) -> str:
    """Return a pair as it is named: from where to where."""
    return here.locale.text(
        "{origin} → {destination}", origin=here.place(pair.origin), destination=here.place(pair.destination)
    )


def write_gap(locale: Locale, pair: Pair) -> str:
    """Return the shortfall of a pair, and which part of the expected flow there is."""
    return locale.text(
        "short of {amount}, {share} of what is expected",
        amount=locale.amount(pair.shortfall, "RUB", digits=2),
        share=locale.share(pair.ratio.value, decimals=0),
    )


def link_gap(here: PageContext, pair: Pair) -> Markup:
    """Return the shortfall of a pair as words that lead to its metric row."""
    return link_home(here, pair.ratio, write_gap(here.locale, pair))
