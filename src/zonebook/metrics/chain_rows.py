"""Rows of the stages of value chains that are present in a zone and joined by ties (L10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from zonebook.metrics.capabilities import read_capabilities
from zonebook.metrics.chain_averages import combine_chains
from zonebook.metrics.counted_firms import counts_few
from zonebook.metrics.figures import evidence_of
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import explain_no_register, select_registered, select_year
from zonebook.metrics.result import Evidence, MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import read_ties
from zonebook.metrics.value_chain import ChainCompleteness, list_stages, measure_chain

_LINKED = "linked"


def value_chain_rows(scope: Scope) -> list[MetricResult]:
    """Return L10: the part of each chain's stages somebody can do, by year, over all chains and for each.

    A chain that was ever on record and has no party in a later year is a true zero there.
    """
    table = read_capabilities(scope)
    if table.empty:
        return [scope.missing_table("L10", "share", "stage_capability")]
    years = sorted({int(year) for year in table["year"]})
    return [row for year in years for row in _ChainYear(scope, year, table[table["year"] <= year]).list_rows()]


@dataclass(frozen=True)
class _ChainYear:
    """The chains of a scope in a year. ``recorded`` are the rows of that year and of earlier ones."""

    scope: Scope
    year: int
    recorded: pd.DataFrame

    @cached_property
    def stated(self) -> pd.DataFrame:
        """The rows of the year itself."""
        return self.recorded[self.recorded["year"] == self.year]

    @cached_property
    def basis(self) -> Basis:
        """What the capabilities rest on; its units are the parties that have one."""
        sources = tuple(dict.fromkeys(str(source) for source in self.stated["source_id"] if not pd.isna(source)))
        # What has no source is the owner's own record.
        kinds = [evidence_of(source, self.scope.sources) for source in sources if source in self.scope.sources]
        evidence = weakest_evidence([*kinds, Evidence.REGISTER])
        units = None if self._hidden_of(evidence) else int(self._able["party_id"].nunique())
        return Basis(self.year, "FY", evidence, sources, "", units)

    @cached_property
    def _able(self) -> pd.DataFrame:
        """Who can do what in the year."""
        return self.stated[(self.stated["capable"] == True).to_numpy(dtype=bool)]  # noqa: E712 - of three values

    @cached_property
    def hidden(self) -> frozenset[tuple[str, str]]:
        """Chains and stages of which it is told that somebody can do them, and not how many, nor who works with whom.

        What publications say is public.
        """
        return self._hidden_of(self.basis.evidence)

    def _hidden_of(self, evidence: Evidence) -> frozenset[tuple[str, str]]:
        if evidence is Evidence.REPORTED:
            return frozenset()
        keys = zip(self._able["chain_id"].astype(str), self._able["stage"].astype(str), strict=True)
        members: dict[tuple[str, str], list[Any]] = {}
        for key, party in zip(keys, self._able["party_id"], strict=True):
            members.setdefault(key, []).append(party)
        return frozenset(key for key, parties in members.items() if counts_few(self.scope, set(parties)))

    @cached_property
    def absence(self) -> str:
        """Why ties between stages are not known; empty where they are."""
        return self.scope.remember("why no register", lambda: explain_no_register(read_ties(self.scope)))

    @cached_property
    def ties(self) -> pd.DataFrame:
        """The ties of the register that held in the year, between parties with a capability."""
        if self.absence:
            return pd.DataFrame({"from_party": [], "to_party": []}, dtype=object)
        rows = select_registered(read_ties(self.scope))
        able = pd.Index(self.recorded["party_id"].unique(), dtype=object)
        is_between = [able.get_indexer(pd.Index(rows[end], dtype=object)) >= 0 for end in ("from_party", "to_party")]
        return select_year(rows[is_between[0] & is_between[1]], self.year)

    @cached_property
    def link_basis(self) -> Basis:
        """What links rest on: capabilities and ties."""
        known = read_ties(self.scope).basis(self.ties)
        kinds = [self.basis.evidence, known.evidence] if len(self.ties) else [self.basis.evidence]
        sources = tuple(dict.fromkeys((*self.basis.source_ids, *known.source_ids)))
        return replace(self.basis, evidence=weakest_evidence(kinds), source_ids=sources, vintage=known.vintage)

    @cached_property
    def chains(self) -> tuple[ChainCompleteness, ...]:
        """Every chain on record up to the year, in order."""
        found = sorted({str(chain) for chain in self.recorded["chain_id"]})
        stages = {chain: list_stages(self.recorded, chain) for chain in found}
        return tuple(measure_chain(chain, self.stated, self.ties, stages[chain]) for chain in found)

    def list_rows(self) -> list[MetricResult]:
        """Return the rows of all chains together, and of each."""
        weights = {chain.chain_id: self.scope.settings.chain_weights.get(chain.chain_id, 1.0) for chain in self.chains}
        zone = combine_chains(self.chains, weights)
        if zone is None:
            reason = [state(Reason.NO_DENOMINATOR)]
            return [self.scope.without("L10", Status.UNDEFINED, "share", reason, self.basis)]
        rows = [self._row("L10", Interval(zone.value, zone.lower, zone.upper), *self._missing_in_chains())]
        pairs = [(chain, place) for chain in self.chains for place in chain.links]
        is_hidden = not self.absence and any(self._hides_link(*pair) for pair in pairs)
        linked = f"L10.{_LINKED}"
        rows.append(self._hide(linked) if is_hidden else self._link_row(linked, zone.link_share, zone.link_upper))
        return [*rows, *(row for chain in self.chains for row in self._chain_rows(chain))]

    def _hides_link(self, chain: ChainCompleteness, place: int) -> bool:
        """Whether a tie between a stage and the next one, or its absence, would tell of few firms."""
        return any((chain.chain_id, stage) in self.hidden for stage in chain.stages[place : place + 2])

    def _hide(self, metric_id: str, unit: str = "share") -> MetricResult:
        reason = [state(Reason.TOO_FEW_FIRMS, minimum=self.scope.settings.least_firms)]
        return self.scope.without(metric_id, Status.SUPPRESSED, unit, reason, self.basis)

    def _missing_in_chains(self) -> list[str]:
        """Return which stages are missing in how many of the chains."""
        total = len(self.chains)
        lacking = {
            stage: sum(stage in _list_missing(chain) for chain in self.chains)
            for stage in dict.fromkeys(stage for chain in self.chains for stage in chain.stages)
        }
        return [
            state(Reason.STAGE_MISSING_IN, stages=stage, count=count, total=total)
            for stage, count in lacking.items()
            if count
        ]

    def _chain_rows(self, chain: ChainCompleteness) -> list[MetricResult]:
        # A chain of this name would take the place of the series over all chains.
        name = f"L10.{chain.chain_id}{'_' if chain.chain_id == _LINKED else ''}"
        notes = [*_name_stages(Reason.STAGES_MISSING, _list_missing(chain))]
        notes += _name_stages(Reason.STAGES_UNKNOWN, chain.unknown)
        value = Interval(chain.completeness, chain.completeness, chain.upper)
        rows = [self._row(name, value, *notes)]
        if not self.absence and any(self._hides_link(chain, place) for place in chain.links):
            rows.append(self._hide(f"{name}.{_LINKED}"))
            return [*rows, *(row for stage in chain.stages for row in self._stage_rows(name, chain, stage))]
        open_stages = [stage for stage in chain.stages[:-1] if stage not in chain.linked]
        notes = [*_name_stages(Reason.STAGES_OPEN, open_stages), *_name_stages(Reason.STAGES_IN_HOUSE, chain.in_house)]
        if not self.absence:
            rows.append(self._link_row(f"{name}.{_LINKED}", chain.link_share, chain.link_upper, *notes))
        return [*rows, *(row for stage in chain.stages for row in self._stage_rows(name, chain, stage))]

    def _stage_rows(self, name: str, chain: ChainCompleteness, stage: str) -> list[MetricResult]:
        """Return how many parties can do a stage, and whether a tie leads from it to the next."""
        place = chain.stages.index(stage)
        count = Interval.exact(chain.parties[place])
        unknown = [state(Reason.STAGES_UNKNOWN, stages=stage)]
        if stage in chain.unknown:
            rows = [self.scope.without(f"{name}.{stage}", Status.MISSING_INPUT, "count", unknown, self.basis)]
        elif (chain.chain_id, stage) in self.hidden:
            rows = [self._hide(f"{name}.{stage}", "count")]
        else:
            rows = [self._row(f"{name}.{stage}", count, unit="count")]
        if self.absence or place + 1 == len(chain.stages):
            return rows
        pair = chain.stages[place : place + 2]
        link = f"{name}.{stage}.{_LINKED}"
        if set(pair) & set(chain.unknown):
            names = _name_stages(Reason.STAGES_UNKNOWN, [one for one in pair if one in chain.unknown])
            return [*rows, self.scope.without(link, Status.MISSING_INPUT, "count", names, self.link_basis)]
        if self._hides_link(chain, place):
            return [*rows, self._hide(link, "count")]
        joined = Interval.exact(int(stage in chain.linked))
        return [*rows, self.scope.result(link, joined, "count", self.link_basis)]

    def _row(self, metric_id: str, value: Interval, *notes: str, unit: str = "share") -> MetricResult:
        """Return a row on capabilities; from publications it is a lower bound."""
        if self.basis.evidence is Evidence.REPORTED:
            reported = [*notes, state(Reason.STAGES_REPORTED)]
            return self.scope.at_least(metric_id, value.value, unit, self.basis, reported)
        return self.scope.result(metric_id, value, unit, self.basis, notes)

    def _link_row(self, metric_id: str, share: float | None, upper: float | None, *notes: str) -> MetricResult:
        if self.absence:
            return self.scope.missing(metric_id, "share", self.absence)
        if share is None or upper is None:
            reason = [state(Reason.ONE_STAGE)]
            return self.scope.without(metric_id, Status.NOT_APPLICABLE, "share", reason, self.link_basis)
        return self.scope.result(metric_id, Interval(share, share, upper), "share", self.link_basis, notes)


def _list_missing(chain: ChainCompleteness) -> list[str]:
    return [stage for stage in chain.stages if stage not in (*chain.present, *chain.unknown)]


def _name_stages(reason: Reason, stages: Iterable[str]) -> list[str]:
    named = ", ".join(stages)
    return [state(reason, stages=named)] if named else []
