"""The networks among the residents of a scope and of its clusters, by year, built once for all that is told of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.adjacency import Network, build_network, select_directed_ties
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import TRADE, Part, RegisterYear, assign_rows, read_register
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Basis, Scope


@dataclass(frozen=True, eq=False)
class PartNetwork:
    """The network among the residents of a scope or of a cluster.

    Attributes
    ----------
    year
        The year of the register.
    part
        The scope or cluster.
    network
        Ties of any kind; values are what is sold in the year.
    directed
        Ties of the kinds that have a direction.
    respondents
        A number for each resident, the same for those of one group.
    """

    year: RegisterYear
    part: Part
    network: Network
    directed: Network
    respondents: NDArray[np.intp]

    @property
    def parties(self) -> pd.Index[Any]:
        """The residents."""
        return self.network.parties

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Where the residents stand among those of the scope."""
        return self.year.residents.get_indexer(self.parties)

    @cached_property
    def is_silent(self) -> NDArray[np.bool_]:
        """Whether each resident did not answer."""
        return self.parties.isin(self.year.silent)

    @cached_property
    def basis(self) -> Basis:
        """What the rows rest on; their units are the residents."""
        return replace(self.year.basis, n_units=len(self.parties))

    @cached_property
    def silence(self) -> tuple[str, ...]:
        """The sentence on those who did not answer, if there are any."""
        silent = int(self.is_silent.sum())
        return (state(Reason.NO_ANSWER, silent=silent, total=len(self.parties)),) if silent else ()

    @property
    def is_single(self) -> bool:
        """Whether there is one respondent only, so that nothing is to be told."""
        return len(self.respondents) > 0 and bool((self.respondents == self.respondents[0]).all())

    def row(
        self, metric_id: str, unit: str, value: Interval | float | None, *reasons: str, undefined: Reason | str = ""
    ) -> MetricResult:
        """Return a row with a value and the bounds it has, else undefined for the reason given."""
        if value is None:
            return self.year.row(self.part, metric_id, unit, None, undefined=undefined)
        found = self.year.scope.result(metric_id, value, unit, self.basis, [*reasons, *self.year.notes])
        return assign_rows([found], self.part.scope_type, self.part.scope_id)[0]

    def known_row(
        self, metric_id: str, unit: str, value: float | None, *reasons: str, undefined: Reason | str = ""
    ) -> MetricResult:
        """Return a row of what the known ties give: exact where all residents answered, else without bounds."""
        found = value if value is None or self.silence else Interval.exact(value)
        return self.row(metric_id, unit, found, *reasons, *self.silence, undefined=undefined)

    def bounded_row(self, metric_id: str, unit: str, value: float, most: float, *reasons: str) -> MetricResult:
        """Return a row of what the known ties give, bounded by every tie that the silent may have."""
        notes = [*self.silence, state(Reason.SILENT_TIED)] if self.silence else []
        return self.row(metric_id, unit, Interval(value, value, most), *reasons, *notes)

    def suppressed(self, metric_id: str, unit: str) -> MetricResult:
        """Return a row of what too few firms are behind."""
        return self.year.suppressed(self.part, metric_id, unit)

    def missing(self, metric_id: str, unit: str, *reasons: str) -> MetricResult:
        """Return a row that says which input is missing."""
        return self.year.missing(self.part, metric_id, unit, *reasons)


@dataclass(frozen=True, eq=False)
class YearNetworks:
    """The networks of a year: the scope's own, and in a zone that of each cluster."""

    year: RegisterYear
    whole: PartNetwork
    clusters: tuple[PartNetwork, ...]
    is_last: bool

    @property
    def parts(self) -> tuple[PartNetwork, ...]:
        """All of them, the scope's own first."""
        return (self.whole, *self.clusters)


def read_networks(scope: Scope) -> tuple[YearNetworks, ...]:
    """Return the networks of a scope's register by year, built once; none where there is no register."""
    return scope.remember("networks", lambda: _build_networks(scope))


def select_networks(scope: Scope) -> tuple[YearNetworks, ...]:
    """Return the networks of the years; of large ones the last only, where a measure takes long."""
    years = read_networks(scope)
    return years[-1:] if years and len(years[-1].whole.parties) > scope.settings.large_network else years


def _build_networks(scope: Scope) -> tuple[YearNetworks, ...]:
    years = read_register(scope).years
    return tuple(_build_year(year, is_last=year is years[-1]) for year in years)


def _build_year(year: RegisterYear, *, is_last: bool) -> YearNetworks:
    ties = year.ties[["from_party", "to_party", "kind", "value_rub"]][year.is_inside]
    sold = ties["value_rub"].where(ties["kind"].isin(TRADE))
    network = build_network(ties.assign(value_rub=sold), year.residents, valued=True)
    directed = build_network(select_directed_ties(ties), year.residents)
    respondents, _ = pd.factorize(year.parties["respondent"].reindex(year.residents))
    whole = PartNetwork(year, year.parts[0], network, directed, respondents)
    clusters = tuple(select_part(whole, part) for part in year.parts[1:])
    return YearNetworks(year, whole, clusters, is_last)


def select_part(whole: PartNetwork, part: Part) -> PartNetwork:
    """Return the networks among some residents, such as those of a cluster; values are left out."""
    network, directed = (
        Network(one.parties, one.matrix).select(part.members) for one in (whole.network, whole.directed)
    )
    places = whole.parties.get_indexer(part.members)
    return PartNetwork(whole.year, part, network, directed, whole.respondents[places])
