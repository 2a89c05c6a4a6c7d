"""The register of a scope's ties by year: its residents, their ties known in full, and who of them did not answer.

Ties known from publications only are a sample of the many that exist. They have no part in a register, and where
there are no others, what needs one is not computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.figures import is_missing
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import Ties, find_column, keep_latest, read_ties

# Kinds in which goods and services are sold year by year. Every other tie holds from its year on.
TRADE = frozenset({"supply", "contract_manufacturing", "service", "export"})
_OUTCOME = Interval | float | None


@dataclass(frozen=True, eq=False)
class Part:
    """A zone or one of its clusters with the residents that belong to it."""

    scope_type: str
    scope_id: str
    members: pd.Index[Any]


@dataclass(frozen=True, eq=False)
class RegisterYear:
    """The residents of a scope and the ties of its register that held in a year.

    Attributes
    ----------
    scope
        Whose register it is.
    year
        The year.
    ties
        Ties with an end in the scope, turned as in :class:`~zonebook.metrics.ties.Ties`, values as numbers.
    parties
        What is known of every party, by id.
    residents
        The scope's residents of the year.
    responded
        Whether each resident answered; ``None`` where nothing is on record, so that the register counts as full.
    basis
        Evidence and sources; its units are the residents.
    notes
        What is to be said of every figure of the year.
    """

    scope: Scope
    year: int
    ties: pd.DataFrame
    parties: pd.DataFrame
    residents: pd.Index[Any]
    responded: pd.Series[Any] | None
    basis: Basis
    notes: tuple[str, ...]

    @cached_property
    def inside(self) -> pd.DataFrame:
        """Ties between two residents."""
        return self.ties[self.is_inside]

    @cached_property
    def is_inside(self) -> NDArray[np.bool_]:
        """Whether each tie is one between two residents."""
        ends = (pd.Index(self.ties[end], dtype=object) for end in ("from_party", "to_party"))
        return np.asarray(np.logical_and.reduce([self.residents.get_indexer(end) >= 0 for end in ends]))

    @cached_property
    def trade(self) -> pd.DataFrame:
        """Ties in which goods and services are sold, between whomever."""
        return self.ties[self.ties["kind"].isin(TRADE)]

    @cached_property
    def clusters(self) -> pd.Series[Any]:
        """Cluster of each resident, missing for none."""
        return self.parties["cluster_id"].reindex(self.residents)

    @cached_property
    def silent(self) -> pd.Index[Any]:
        """Residents that did not answer."""
        if self.responded is None:
            return self.residents[:0]
        answered = self.responded.index[self.responded.to_numpy(dtype=bool)]
        return self.residents[~self.residents.isin(answered)]

    @property
    def silence(self) -> tuple[str, ...]:
        """The sentence on those who did not answer, if there are any."""
        if self.silent.empty:
            return ()
        return (state(Reason.NO_ANSWER, silent=len(self.silent), total=len(self.residents)),)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The scope itself and, in a zone, each of its clusters."""
        whole = Part(self.scope.type, self.scope.id, self.residents)
        if self.scope.type != "zone":
            return (whole,)
        clusters = self.clusters.to_numpy(dtype=object)
        names = sorted({str(name) for name in clusters if not is_missing(name)})
        return (whole, *(Part("cluster", name, self.residents[clusters == name]) for name in names))

    def count_respondents(self, members: Iterable[Any]) -> int:
        """Return how many independent respondents some parties are: those of one group count once."""
        return int(self.parties["respondent"].reindex(pd.Index(list(members), dtype=object)).nunique())

    def totals(self, column: str) -> pd.Series[float]:
        """Return a yearly figure of every resident that answered, missing where it is not known."""
        known = self.scope.remember("firm totals", lambda: _read_totals(self.scope))
        of_year = known.get(self.year)
        if of_year is None:
            return pd.Series(float("nan"), index=self.residents)
        return of_year[column].astype("float64").reindex(self.residents)

    def row(
        self, part: Part, metric_id: str, unit: str, value: _OUTCOME, *reasons: str, undefined: Reason | str = ""
    ) -> MetricResult:
        """Return the row of a part: with a value, else undefined for the reason given."""
        basis = replace(self.basis, n_units=len(part.members))
        if value is None:
            why = state(undefined) if isinstance(undefined, Reason) else undefined
            found = self.scope.without(metric_id, Status.UNDEFINED, unit, [why, *self.notes], basis)
        else:
            found = self.scope.result(metric_id, value, unit, basis, [*reasons, *self.notes])
        return assign_rows([found], part.scope_type, part.scope_id)[0]

    def missing(self, part: Part, metric_id: str, unit: str, *reasons: str) -> MetricResult:
        """Return the row of a part that says which input is missing."""
        basis = replace(self.basis, n_units=len(part.members))
        found = self.scope.without(metric_id, Status.MISSING_INPUT, unit, reasons, basis)
        return assign_rows([found], part.scope_type, part.scope_id)[0]

    def suppressed(self, part: Part, metric_id: str, unit: str) -> MetricResult:
        """Return the row of a part of which too few firms are behind a figure to show it."""
        reason = state(Reason.TOO_FEW_FIRMS, minimum=self.scope.settings.least_firms)
        found = self.scope.without(metric_id, Status.SUPPRESSED, unit, [reason], replace(self.basis, n_units=None))
        return assign_rows([found], part.scope_type, part.scope_id)[0]


@dataclass(frozen=True, eq=False)
class Register:
    """The years of a register, or the reason why there is none."""

    years: tuple[RegisterYear, ...]
    absence: str

    def __iter__(self) -> Iterator[RegisterYear]:
        return iter(self.years)

    def __bool__(self) -> bool:
        return bool(self.years)


def assign_rows(rows: Iterable[MetricResult], scope_type: str, scope_id: str) -> list[MetricResult]:
    """Return rows as those of another scope: a cluster, a pair, a region of the country."""
    return [
        row
        if (row.scope_type, row.scope_id) == (scope_type, scope_id)
        else replace(row, scope_type=scope_type, scope_id=scope_id)
        for row in rows
    ]


def read_register(scope: Scope) -> Register:
    """Return the register of a scope's ties, year by year, read once."""
    return scope.remember("register", lambda: _read_register(scope))


def absent_row(scope: Scope, metric_id: str, unit: str) -> MetricResult:
    """Return the headline row of a scope without a register; where nobody is listed at all it is undefined."""
    absence = read_register(scope).absence
    status = Status.UNDEFINED if absence == state(Reason.NO_RESIDENTS) else Status.MISSING_INPUT
    return scope.without(metric_id, status, unit, [absence])


def explain_no_register(ties: Ties) -> str:
    """Return why a scope's ties are no register; empty where some are more than known from publications."""
    if not ties.scope.share.has("tie"):
        return state(Reason.NO_TABLE, table="tie")
    if ties.actual.empty:
        return state(Reason.NO_ROWS, table="tie")
    if len(select_registered(ties)):
        return ""
    return join_reasons([state(Reason.NEEDS_REGISTER), state(Reason.TIES_ARE_SAMPLE)])


def select_registered(ties: Ties) -> pd.DataFrame:
    """Return the working ties that are known from more than publications."""
    return ties.actual[~ties.find_reported(ties.actual)]


def list_years(rows: pd.DataFrame, year: int) -> list[int]:
    """Return the years ties are given for: those of trade, where there is any, else the latest."""
    dated = rows[rows["year"].notna()]
    of_trade = dated.loc[dated["kind"].isin(TRADE), "year"]
    if len(of_trade):
        return sorted({int(one) for one in of_trade})
    return [max((int(one) for one in dated["year"]), default=year)]


def select_year(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the ties that held in a year: trade of the year, other ties from their year on, undated ones always."""
    years = pd.to_numeric(rows["year"], errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    is_trade = rows["kind"].isin(TRADE).to_numpy(dtype=bool)
    held: pd.DataFrame = rows[np.isnan(years) | (years == year) | ((years < year) & ~is_trade)]
    return held


def _read_register(scope: Scope) -> Register:
    ties = read_ties(scope)
    absence = explain_no_register(ties)
    if absence:
        return Register((), absence)
    rows = select_registered(ties)
    left_out = len(ties.actual) - len(rows)
    notes = [state(Reason.PRESS_LEFT_OUT, left_out=left_out)] if left_out else []
    zones = find_covered(scope, rows)
    if len(zones) < len(scope.zone_ids):
        notes.append(state(Reason.ZONES_LEFT_OUT, left_out=len(scope.zone_ids) - len(zones), total=len(scope.zone_ids)))
    rows = rows.assign(value_rub=pd.to_numeric(rows["value_rub"], errors="coerce").astype("float64"))
    residents = list_residents(read_parties(scope), zones)
    years = [_build_year(ties, select_year(rows, year), residents, year) for year in list_years(rows, scope.year)]
    found = tuple(replace(year, notes=tuple(notes)) for year in years if len(year.residents))
    return Register(found, "" if found else state(Reason.NO_RESIDENTS))


def find_covered(scope: Scope, rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the zones whose register the ties come from: those with a tie that no other zone could have recorded.

    A zone that only partners in other zones name has no register of its own; its residents would count as being
    without ties. Where no zone has ties of its own, all count.
    """
    if len(scope.zone_ids) < 2:
        return scope.zone_ids
    covered: set[str] = set()
    for own, other in (("home", "partner"), ("partner", "home")):
        zones, others = rows[f"{own}_zone_id"], rows[f"{other}_zone_id"]
        is_own = (zones == others) | ~others.isin(scope.zone_ids)
        covered |= {str(zone) for zone in zones[is_own].unique()}
    return tuple(zone for zone in scope.zone_ids if zone in covered) or scope.zone_ids


def read_parties(scope: Scope) -> pd.DataFrame:
    """Return the parties of a scope's share by id, with ``respondent`` (group, else party) and the year they came."""
    return scope.remember("parties by id", lambda: _read_parties(scope))


def _read_parties(scope: Scope) -> pd.DataFrame:
    table = scope.table("party").drop_duplicates("party_id")
    names = ("kind", "zone_id", "region_iso", "country_iso3", "cluster_id", "industry", "holding_id", "since")
    columns = {name: find_column(table, name).astype(object).to_numpy() for name in names}
    parties = pd.DataFrame(columns, index=pd.Index(table["party_id"].astype(object)), dtype=object)
    parties = parties.where(parties.notna(), None)
    parties["respondent"] = [
        party if is_missing(group) else group for party, group in zip(parties.index, parties["holding_id"], strict=True)
    ]
    entered = pd.to_numeric(parties["since"].astype("string").str.slice(0, 4), errors="coerce")
    parties["entered"] = entered.fillna(0).astype(int).to_numpy()
    return parties


def list_residents(parties: pd.DataFrame, zones: Iterable[str]) -> pd.DataFrame:
    """Return the residents of zones, by id; of a zone that lists none, its firms."""
    mine = parties[parties["zone_id"].isin(list(zones))]
    is_resident = (mine["kind"] == "resident").to_numpy(dtype=bool)
    of_firms = ~mine["zone_id"].isin(mine.loc[is_resident, "zone_id"]) & (mine["kind"] == "firm")
    return mine[is_resident | of_firms.to_numpy(dtype=bool)].sort_index()


def _build_year(ties: Ties, rows: pd.DataFrame, residents: pd.DataFrame, year: int) -> RegisterYear:
    """Return a year of the register: with the residents that had come by then, or have a tie in it."""
    scope = ties.scope
    is_active = residents.index.isin(rows["from_party"]) | residents.index.isin(rows["to_party"])
    present = residents.index[(residents["entered"] <= year).to_numpy(dtype=bool) | is_active]
    basis = replace(ties.basis(rows), year=year, period="FY", n_units=len(present))
    return RegisterYear(scope, year, rows, read_parties(scope), present, _read_responses(scope, year), basis, ())


def _read_responses(scope: Scope, year: int) -> pd.Series[Any] | None:
    """Return whether each firm answered in a year; ``None`` where no firm of the scope is on record for it."""
    known = scope.remember("firm totals", lambda: _read_totals(scope))
    of_year = known.get(year)
    return None if of_year is None else of_year["responded"]


def _read_totals(scope: Scope) -> Mapping[int, pd.DataFrame]:
    """Return the yearly figures of firms by year, latest vintage, by party; of firms that answered only."""
    table = scope.table("party_year")
    if table.empty:
        return {}
    parties = read_parties(scope)
    mine = parties.index[parties["zone_id"].isin(scope.zone_ids)]
    table = table[(table["party_id"].isin(mine) & (table["year"] <= scope.year)).astype(bool)]
    table = keep_latest(table, ["party_id", "year"]).drop_duplicates(["party_id", "year"], keep="last")
    silent = ~find_column(table, "responded").fillna(value=True).astype(bool)
    numbers = [name for name in ("employees", "revenue_rub", "export_rub", "purchases_rub") if name in table.columns]
    ids = table["party_id"].astype(object)
    table = table.assign(**{name: table[name].mask(silent) for name in numbers}, responded=~silent, party_id=ids)
    return {int(str(year)): rows.set_index("party_id") for year, rows in table.groupby("year", sort=True)}
