"""The firms of a zone or cluster that buy or sell, with the concentration of their partners (L17, L18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.interval import Interval
from zonebook.metrics.partner_averages import average_by_amount
from zonebook.metrics.partner_concentration import PartnerConcentration, measure_partner_concentration
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import read_register
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope
from zonebook.metrics.trade_sides import OWN_END, Members, TradeSide, read_trade_side

_UNITS = {"L17": "index", "L18": "share"}


@dataclass(frozen=True, slots=True)
class PartnerSide:
    """Partners of residents as buyers or as sellers, and how their series are called."""

    side: str
    partner: str
    name: str

    def suffix(self, metric_id: str, series: str = "") -> str:
        """Return the id of a series."""
        name = "_".join(filter(None, (self.name, series)))
        return f"{metric_id}.{name}" if name else metric_id


_SIDES = (PartnerSide("buyer", "supplier", ""), PartnerSide("seller", "customer", "customers"))


@dataclass(frozen=True, eq=False)
class PartnerFirms:
    """The firms of a part that buy (or sell), and where they stand in the concentration of all.

    ``notes`` is what is to be said of them; ``is_exact`` that every tie has a value and everyone answered.
    """

    side: PartnerSide
    members: Members
    found: PartnerConcentration
    rows: NDArray[np.bool_]
    notes: tuple[str, ...]
    is_exact: bool

    def row(self, metric_id: str, value: float | None, *notes: str, unit: str = "share") -> MetricResult:
        """Return a row; without a value, it is undefined for what the notes say."""
        known = Interval.exact(value) if value is not None and self.is_exact else value
        return self.members.row(metric_id, unit, known, *notes, *self.notes, undefined="".join(notes))

    @property
    def is_one_firms(self) -> bool:
        """Whether a mean weighted by their amounts is in truth that of one of them."""
        return self.members.is_told_by(self.found.amount_rub[self.rows])

    def average(self, values: NDArray[np.float64]) -> float | None:
        """Return the mean of a figure of theirs, weighted by amounts."""
        return average_by_amount(self.found.amount_rub[self.rows], values[self.rows])


def list_firms(scope: Scope, metric_id: str) -> Iterator[PartnerFirms | MetricResult]:
    """Yield the firms of each year, side and part, or the row that says why they have no value."""
    register = read_register(scope)
    if not register:
        yield scope.missing(metric_id, _UNITS[metric_id], register.absence)
    for year in register:
        for side in _SIDES:
            trade = read_trade_side(year, side.side)
            if not trade.has_value:
                yield _explain_nothing(trade.parts[0], side, metric_id)
                continue
            for firms in _read_firms(trade, side):
                if not len(firms.members.places):
                    yield _explain_nothing(firms.members, side, metric_id)
                elif firms.members.is_few:
                    yield firms.members.suppressed(side.suffix(metric_id), _UNITS[metric_id])
                else:
                    yield firms


def _explain_nothing(members: Members, side: PartnerSide, metric_id: str) -> MetricResult:
    """Return a row that says that there are no purchases (sales), or that their value is not known."""
    suffix, unit = side.suffix(metric_id), _UNITS[metric_id]
    if members.year.trade[OWN_END[side.side]].isin(members.part.members).any():
        return members.missing(suffix, unit, state(Reason.NO_VALUE))
    return members.row(suffix, unit, None, undefined=Reason.NO_TIE)


def _read_firms(trade: TradeSide, side: PartnerSide) -> tuple[PartnerFirms, ...]:
    """Return the firms of each part of a year, read once."""
    scope, year = trade.year.scope, trade.year.year
    return scope.remember(f"concentration of {side.partner}s in {year}", lambda: _measure_firms(trade, side))


def _measure_firms(trade: TradeSide, side: PartnerSide) -> tuple[PartnerFirms, ...]:
    year = trade.year
    found = measure_partner_concentration(year.trade, year.residents, side=side.partner)
    owners = year.residents.get_indexer(pd.Index(year.trade[OWN_END[side.side]], dtype=object))
    unvalued = owners[(owners >= 0) & year.trade["value_rub"].isna().to_numpy()]
    counts = {
        Reason.WITHOUT_VALUE: np.bincount(unvalued, minlength=len(year.residents)),
        Reason.RETURNS_EXCEED: year.residents.isin(found.rejected),
        Reason.NO_ANSWER: year.residents.isin(year.silent),
    }
    firms = []
    for members in trade.parts:
        place_of = np.full(len(year.residents), -1)
        place_of[members.places] = np.arange(len(members.places))
        rows = place_of[found.places] >= 0
        notes = [state(Reason.BY_VALUE), *trade.notes]
        numbers = {reason: int(table[members.places].sum()) for reason, table in counts.items()}
        for reason in (Reason.WITHOUT_VALUE, Reason.RETURNS_EXCEED):
            if numbers[reason]:
                notes.append(state(reason, left_out=numbers[reason]))
        if numbers[Reason.NO_ANSWER]:
            notes.append(state(Reason.NO_ANSWER, silent=numbers[Reason.NO_ANSWER], total=len(members.places)))
        is_exact = not any(numbers.values())
        has_amount = np.zeros(len(members.places), dtype=bool)
        has_amount[place_of[found.places[rows]]] = True
        firms.append(PartnerFirms(side, members.select(has_amount), found, rows, tuple(notes), is_exact))
    return tuple(firms)
