"""One side of a register's trade, that of buyers or of sellers: the zones and clusters it tells something of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.hidden_parts import is_dominated
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import Part, RegisterYear, assign_rows
from zonebook.metrics.result import MetricResult, Status

OWN_END = {"buyer": "to_party", "seller": "from_party"}


@dataclass(frozen=True, eq=False)
class Members:
    """Residents of a zone, region, country or cluster in a year.

    Attributes
    ----------
    year
        The year of the register.
    part
        Whose rows they make.
    places
        Where they stand among all residents of the year.
    respondents
        Code of the independent respondent (group, else firm) of every resident of the year.
    """

    year: RegisterYear
    part: Part
    places: NDArray[np.intp]
    respondents: NDArray[np.intp]

    @property
    def is_whole(self) -> bool:
        """Whether they make rows of the scope itself and not of a cluster."""
        return self.part.scope_type == self.year.scope.type

    @property
    def is_few(self) -> bool:
        """Whether they are fewer independent firms than may be shown."""
        return len(np.unique(self.respondents[self.places])) < self.year.scope.settings.least_firms

    def is_told_by(self, amounts: NDArray[np.float64]) -> bool:
        """Whether amounts of theirs, as long as they are many, are in truth those of too few or of one of them."""
        return is_dominated(self.respondents[self.places].tolist(), amounts.tolist(), self.year.scope.rule)

    @property
    def has_few_somewhere(self) -> bool:
        """Whether any zone has too few of them: a count over all, less those of the others, would be theirs."""
        zones = pd.factorize(self.year.parties["zone_id"].reindex(self.part.members))[0]
        of_zone = pd.Series(self.respondents[self.places]).groupby(zones).nunique()
        return bool((of_zone < self.year.scope.settings.least_firms).any())

    def select(self, is_wanted: NDArray[np.bool_]) -> Members:
        """Return some of them: those behind a figure."""
        places = self.places[is_wanted]
        return replace(self, part=replace(self.part, members=self.year.residents[places]), places=places)

    def row(
        self, metric_id: str, unit: str, value: Interval | float | None, *reasons: str, undefined: Reason | str = ""
    ) -> MetricResult:
        """Return a row that rests on them."""
        return self.year.row(self.part, metric_id, unit, value, *reasons, undefined=undefined)

    def missing(self, metric_id: str, unit: str, *reasons: str) -> MetricResult:
        """Return a row that says which input is missing."""
        return self.year.missing(self.part, metric_id, unit, *reasons)

    def suppressed(self, metric_id: str, unit: str) -> MetricResult:
        """Return a row that is not shown, as too few firms are behind it."""
        return self.year.suppressed(self.part, metric_id, unit)

    def without(self, metric_id: str, unit: str, status: Status, reasons: Sequence[str]) -> MetricResult:
        """Return a row without a value, with the reason why."""
        basis = replace(self.year.basis, n_units=len(self.places))
        row = self.year.scope.without(metric_id, status, unit, reasons, basis)
        return assign_rows([row], self.part.scope_type, self.part.scope_id)[0]


@dataclass(frozen=True, eq=False)
class TradeSide:
    """Residents of a year as buyers or as sellers.

    Attributes
    ----------
    year
        The year of the register.
    side
        ``buyer`` or ``seller``.
    parts
        The scope and, in a zone, its clusters. In a region or the country, residents of zones without any such tie
        are left out: nothing is known of them.
    notes
        What is to be said of zones left out.
    has_value
        Whether any of these ties has a value.
    """

    year: RegisterYear
    side: str
    parts: tuple[Members, ...]
    notes: tuple[str, ...]
    has_value: bool


def read_trade_side(year: RegisterYear, side: str) -> TradeSide:
    """Return the residents of a year as buyers or sellers of goods and services, read once."""
    return year.scope.remember(f"trade of {side}s in {year.year}", lambda: _read_trade_side(year, side))


def _read_trade_side(year: RegisterYear, side: str) -> TradeSide:
    valued = year.trade[OWN_END[side]].to_numpy(dtype=object)[year.trade["value_rub"].notna().to_numpy()]
    owners = year.residents[year.residents.isin(valued)]
    parts, notes = cover_parts(year, owners)
    return TradeSide(year, side, parts, notes, len(owners) > 0)


def cover_parts(year: RegisterYear, reached: pd.Index[Any]) -> tuple[tuple[Members, ...], tuple[str, ...]]:
    """Return the parts of a year without residents of zones that have none of these, and what is to be said of it."""
    parts = year.scope.remember(f"members in {year.year}", lambda: _place_parts(year))
    if year.scope.type == "zone":
        return parts, ()
    zones = year.parties["zone_id"]
    known, homes = set(zones.reindex(reached)), zones.reindex(year.residents)
    is_known = homes.isin(known).to_numpy(dtype=bool)
    if is_known.all():
        return parts, ()
    return (parts[0].select(is_known),), (state(Reason.REGISTER_OF_ZONES, count=len(known), total=homes.nunique()),)


def _place_parts(year: RegisterYear) -> tuple[Members, ...]:
    respondents = pd.factorize(year.parties["respondent"].reindex(year.residents))[0]
    return tuple(
        Members(year, part, np.asarray(year.residents.get_indexer(part.members)), respondents) for part in year.parts
    )
