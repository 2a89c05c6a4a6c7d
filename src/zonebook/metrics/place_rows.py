"""Rows of where suppliers and customers are: own region, other regions, abroad (R10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zonebook.metrics.hidden_parts import is_dominated
from zonebook.metrics.interval import Interval
from zonebook.metrics.partner_places import PartnerSplit, sum_places
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import Part, RegisterYear, read_register
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.tie_arrays import TieArrays, read_tie_arrays
from zonebook.metrics.wide_network import explain_silence

_SHARES = ("own", "other", "abroad")


@dataclass(frozen=True, eq=False)
class Side:
    """Purchases or sales: of each tie which party they are of (its place), where the partner is, and the value."""

    prefix: str
    home: NDArray[np.intp]
    places: NDArray[np.intp]
    arrays: TieArrays

    def select(self, ties: NDArray[np.intp]) -> Side:
        """Return the same of some ties."""
        return Side(self.prefix, self.home[ties], self.places[ties], self.arrays)


def place_rows(scope: Scope) -> list[MetricResult]:
    """Return R10: the part of domestic purchases that comes from other regions, of all by place; of sales the same."""
    register = read_register(scope)
    if not register:
        return [scope.missing("R10", "share", register.absence)]
    arrays = read_tie_arrays(scope)
    sides = (
        Side("", arrays.taker, arrays.find_partner_places(of_taker=True), arrays),
        Side("sales", arrays.giver, arrays.find_partner_places(of_taker=False), arrays),
    )
    rows = [row for year in register for row in _year_rows(year, sides)]
    return mark_low_n(rows, scope.settings.least_units)


def _year_rows(year: RegisterYear, sides: tuple[Side, ...]) -> list[MetricResult]:
    ties = year.trade.index.to_numpy(dtype=np.intp)
    rows = []
    for part in year.parts:
        members = sides[0].arrays.mark(part.members)
        for side in sides:
            rows += _side_rows(year, part, side, ties[members[side.home[ties]]])
    return rows


def _side_rows(year: RegisterYear, part: Part, side: Side, ties: NDArray[np.intp]) -> list[MetricResult]:
    """Return the rows of a part's purchases or sales; ``ties`` are the places of these ties."""
    value = side.arrays.value
    valued = ties[~np.isnan(value[ties])]
    head, stem = ("R10", "R10.") if not side.prefix else (f"R10.{side.prefix}", f"R10.{side.prefix}_")
    if is_dominated(side.arrays.respondent[side.home[valued]].tolist(), value[valued].tolist(), year.scope.rule):
        return [year.suppressed(part, head, "share")]
    split = sum_places(side.places[valued], value[valued])
    left_out = len(ties) - len(valued)
    notes = [*([state(Reason.WITHOUT_VALUE, left_out=left_out)] if left_out else []), *explain_silence(year, part)]
    why = Reason.NO_VALUE if left_out and not len(valued) else Reason.NO_DENOMINATOR
    found = [year.row(part, head, "share", _known(split.interregional_share, notes), *notes, undefined=why)]
    return [*found, *_shares_by_place(year, part, stem, (split, notes))]


def _shares_by_place(
    year: RegisterYear, part: Part, stem: str, told: tuple[PartnerSplit, list[str]]
) -> list[MetricResult]:
    split, notes = told
    return [
        year.row(part, stem + name, "share", _known(share, notes), *notes)
        for name, share in zip(_SHARES, split.shares or (), strict=split.shares is not None)
    ]


def _known(share: float | None, notes: list[str]) -> Interval | float | None:
    """Return a share with bounds where the value of every tie of everybody is known."""
    return share if share is None or notes else Interval.exact(share)
