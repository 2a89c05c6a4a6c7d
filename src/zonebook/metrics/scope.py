"""What a metric is computed for: a zone, a region or the country in a year, and the rows it turns into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from zonebook.metrics.disclosure import SuppressionRule
from zonebook.metrics.figures import (
    Figure,
    Source,
    add_figures,
    is_additive,
    is_missing,
    order_period,
    read_sources,
    read_text,
    resolve_figures,
    resolve_records,
    select_series,
)
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, join_reasons, state
from zonebook.metrics.result import Evidence, MetricResult, Status, weakest_evidence
from zonebook.settings import DEFAULT_SETTINGS, MetricSettings
from zonebook.tables.frame import list_records

if TYPE_CHECKING:
    from zonebook.tables.share import Share

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a result rests on: its period and where its inputs come from."""

    year: int
    period: str
    evidence: Evidence = Evidence.REPORTED
    source_ids: tuple[str, ...] = ()
    vintage: str = ""
    n_units: int | None = None

    @classmethod
    def of(cls, *figures: Figure) -> Basis:
        """Return the basis of a result computed from figures; its period is that of the last one."""
        return cls(
            year=figures[-1].year,
            period=figures[-1].period,
            evidence=weakest_evidence(figure.evidence for figure in figures),
            source_ids=tuple(dict.fromkeys(source for figure in figures for source in figure.source_ids)),
            vintage=max(figure.vintage for figure in figures),
            n_units=figures[-1].zones,
        )


@dataclass(frozen=True)
class Scope:
    """One zone, region or country with the tables that are its share, seen in a year.

    Attributes
    ----------
    share
        The tables. A region's share holds those of its zones, the country's all tables.
    year
        Figures of later years are left out.
    settings
        Thresholds, goalposts and simulation sizes.
    """

    share: Share
    year: int
    settings: MetricSettings = DEFAULT_SETTINGS

    # -- who it is -----------------------------------------------------------------------------------------

    @property
    def type(self) -> str:
        """``zone``, ``region`` or ``country``."""
        return self.share.scope_type

    @property
    def id(self) -> str:
        """The zone's id, the region's or the country's code (that of most zones, where the share names none)."""
        return self.share.scope_id or self._main_country

    @cached_property
    def _main_country(self) -> str:
        zones = self.table("zone")
        codes = zones.loc[(zones["type"].fillna("") != "aggregate").astype(bool), "country_iso3"].dropna()
        counts = sorted(codes.astype(str).value_counts().items(), key=lambda item: (-int(item[1]), str(item[0])))
        return str(counts[0][0]) if counts else ""

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the share; one without rows, but with its columns, where the share has none."""
        if name not in self._tables:
            self._tables[name] = self.share.table(name)
        return self._tables[name]

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {}

    def records(self, name: str) -> list[dict[Any, Any]]:
        """Return a table's rows one by one: the quick way through a small table."""
        return self.remember(_name_records(name), lambda: list_records(self.table(name)))

    def remember(self, name: str, build: Callable[[], _T]) -> _T:
        """Return what several metrics of the scope need, built once."""
        if name not in self._memory:
            self._memory[name] = build()
        found: _T = self._memory[name]
        return found

    @cached_property
    def _memory(self) -> dict[str, Any]:
        return {}

    @cached_property
    def zone_table(self) -> pd.DataFrame:
        """The zones of the scope with a page of their own; totals are not among them."""
        zones = self.table("zone")
        if zones.empty:
            return zones
        mine = zones["type"].fillna("") != "aggregate"
        if self.type == "zone":
            mine = zones["zone_id"] == self.id
        elif self.type == "region":
            mine &= (zones["region_iso"] == self.id).fillna(False)
        else:
            mine &= (zones["country_iso3"].fillna(self.id) == self.id).fillna(False)
        return zones[mine.astype(bool)]

    @cached_property
    def zone_ids(self) -> tuple[str, ...]:
        """The ids of the scope's zones."""
        return tuple(sorted(self.zone_table["zone_id"].dropna().astype(str)))

    @cached_property
    def home_country(self) -> str:
        """The country the scope lies in, ISO 3166 alpha-3."""
        if self.type == "country":
            return self.id
        codes = self.zone_table["country_iso3"].dropna() if len(self.zone_table) else pd.Series(dtype="string")
        return str(codes.iloc[0]) if len(codes) else ""

    @cached_property
    def total_id(self) -> str | None:
        """The pseudo zone that holds the country's own totals (``…-total`` without a region), if there is one."""
        zones = self.table("zone")
        for row in zones[zones["type"].fillna("") == "aggregate"].sort_values("zone_id").to_dict("records"):
            national = is_missing(row.get("region_iso")) and read_text(row, "country_iso3") == self.id
            if national and str(row["zone_id"]).endswith("-total"):
                return str(row["zone_id"])
        return None

    @cached_property
    def rule(self) -> SuppressionRule:
        """The thresholds of primary suppression (Q04)."""
        return SuppressionRule(self.settings.least_firms, self.settings.dominance, self.settings.p_percent)

    # -- its figures ---------------------------------------------------------------------------------------

    def knowing(
        self,
        sources: Mapping[str, Source],
        figures: tuple[Figure, ...],
        records: Mapping[str, list[dict[Any, Any]]],
    ) -> Scope:
        """Return the scope with sources, figures and tables' records that have been read already, not to be again."""
        scope = replace(self)
        vars(scope).update(sources=sources, figures=figures)  # where cached properties keep their values
        scope._memory.update({_name_records(name): rows for name, rows in records.items()})
        return scope

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The sources the share cites, by id."""
        return read_sources(self.table("source"))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the scope: a zone's own, sums over a region's zones, the country's own totals."""
        table = self.table("zone_year")
        if self.type == "region":
            return self._region_figures(table)
        zone_id = self.id if self.type == "zone" else self.total_id
        return resolve_figures(table[(table["zone_id"] == zone_id).fillna(False).astype(bool)], self.sources, self.year)

    def _region_figures(self, table: pd.DataFrame) -> tuple[Figure, ...]:
        found: dict[tuple[str, bool, str, int, str], list[Figure]] = {}
        for figure in self.figures_of_zones:
            key = (figure.indicator, figure.cumulative, figure.period, figure.year, figure.unit)
            found.setdefault(key, []).append(figure)
        complete = [key for key, figures in found.items() if len(figures) == self.count_zones(in_year=key[3])]
        # By indicator, cumulative, period type from short to long, and year, as resolve_figures gives them.
        complete.sort(key=lambda key: (key[0], key[1], order_period(key[2]), key[3]))
        return tuple(add_figures(found[key]) for key in complete if len(found[key]) == 1 or is_additive(found[key][0]))

    @cached_property
    def figures_of_zones(self) -> tuple[Figure, ...]:
        """The figures of every zone of the scope, in the order of :func:`resolve_figures` over all zones."""
        table = self.table("zone_year")
        grouped: dict[str, list[Mapping[Any, Any]]] = {}
        for row in list_records(table[table["zone_id"].isin(self.zone_ids)]):
            grouped.setdefault(str(row["zone_id"]), []).append(row)
        each = [resolve_records(rows, self.sources, self.year) for _, rows in sorted(grouped.items())]
        return tuple(sorted((f for figures in each for f in figures), key=lambda f: (f.indicator, f.cumulative)))

    def count_zones(self, *, in_year: int) -> int:
        """Return how many zones of the scope were established by a year; unknown years count as established."""
        return sum(founded <= in_year for founded in self.founding_years.values())

    @cached_property
    def founding_years(self) -> dict[str, int]:
        """The year each zone of the scope was established; 0 where it is not known."""
        zones = self.zone_table
        written = zones["established"].astype("string").str.slice(0, 4).fillna("0")
        return {
            str(zone_id): int(year) if str(year).isdigit() else 0
            for zone_id, year in zip(zones["zone_id"], written, strict=True)
        }

    def series(self, indicator: str, *, period: str | None = None, cumulative: bool = False) -> tuple[Figure, ...]:
        """Return the scope's figures of one indicator, by period type and year."""
        return select_series(self.figures, indicator, period=period, cumulative=cumulative)

    def explain_no_figure(self, indicator: str, *, cumulative: bool = False) -> str:
        """Return why the scope has no figure of an indicator."""
        if not self.share.has("zone_year"):
            return state(Reason.NO_TABLE, table="zone_year")
        if not cumulative and self.series(indicator, cumulative=True):
            return state(Reason.ONLY_CUMULATIVE)
        if self.type == "country" and self.total_id is None:
            return state(Reason.NO_AGGREGATE)
        if self.type == "region":
            known = self._most_zones_with(indicator, cumulative=cumulative)
            if known:
                total = len(self.zone_ids)
                return state(Reason.ONLY_PART_OF_ZONES, indicator=indicator, known=known, total=total)
        return state(Reason.NO_FIGURE, indicator=indicator)

    def _most_zones_with(self, indicator: str, *, cumulative: bool) -> int:
        counts: dict[tuple[str, int], int] = {}
        for figure in select_series(self.figures_of_zones, indicator, cumulative=cumulative):
            counts[figure.period, figure.year] = counts.get((figure.period, figure.year), 0) + 1
        return max(counts.values(), default=0)

    # -- its rows ------------------------------------------------------------------------------------------

    def result(
        self, metric_id: str, value: Interval | float, unit: str, basis: Basis, reasons: Iterable[str] = ()
    ) -> MetricResult:
        """Return a row with a value. A plain number has no bounds: use it where none are known."""
        # Adding 0 turns a negative zero into zero.
        if isinstance(value, Interval):
            amounts = (float(value.value) + 0.0, float(value.lower) + 0.0, float(value.upper) + 0.0)
            return self._row(metric_id, unit, basis, Status.OK, reasons, amounts)
        return self._row(metric_id, unit, basis, Status.OK, reasons, (float(value) + 0.0, None, None))

    def at_least(
        self, metric_id: str, value: float, unit: str, basis: Basis, reasons: Iterable[str] = ()
    ) -> MetricResult:
        """Return a row with a value that is a lower bound: no upper bound is known."""
        return self._row(metric_id, unit, basis, Status.OK, reasons, (float(value), float(value), None))

    def without(
        self, metric_id: str, status: Status, unit: str, reasons: Iterable[str], basis: Basis | None = None
    ) -> MetricResult:
        """Return a row without a value, with the reason why."""
        return self._row(metric_id, unit, basis or Basis(self.year, ""), status, reasons)

    def missing(self, metric_id: str, unit: str, *reasons: str) -> MetricResult:
        """Return a row that says which input is missing."""
        return self.without(metric_id, Status.MISSING_INPUT, unit, reasons)

    def missing_table(self, metric_id: str, unit: str, table: str) -> MetricResult:
        """Return a row that says a table is missing, or has no rows for the scope."""
        reason = Reason.NO_ROWS if self.share.has(table) else Reason.NO_TABLE
        return self.missing(metric_id, unit, state(reason, table=table))

    def _row(
        self,
        metric_id: str,
        unit: str,
        basis: Basis,
        status: Status,
        reasons: Iterable[str],
        amounts: tuple[float | None, float | None, float | None] = (None, None, None),
    ) -> MetricResult:
        """Return a row; ``amounts`` are its value and bounds."""
        value, lower, upper = amounts
        return MetricResult(
            metric_id=metric_id,
            scope_type=self.type,
            scope_id=self.id,
            year=basis.year,
            period=basis.period,
            value=value,
            lower=lower,
            upper=upper,
            unit=unit,
            status=status,
            reason=join_reasons(reasons),
            n_units=basis.n_units,
            evidence=basis.evidence,
            source_ids=";".join(basis.source_ids),
            vintage=basis.vintage,
        )


def _name_records(name: str) -> str:
    return f"records of {name}"


def mark_low_n(rows: Iterable[MetricResult], least: int) -> list[MetricResult]:
    """Return rows with a warning on those whose shares or means rest on fewer units than that."""
    marked = []
    for row in rows:
        few = row.status is Status.OK and row.n_units is not None and row.n_units < least
        if few:
            reason = join_reasons([state(Reason.LOW_N, count=row.n_units), row.reason])
            marked.append(replace(row, status=Status.LOW_N, reason=reason))
        else:
            marked.append(row)
    return marked


def read_notes(figures: Iterable[Figure]) -> list[str]:
    """Return what is to be said of the figures a result is made of: disagreement of sources, sums over zones."""
    known = list(figures)
    notes = []
    if any(figure.disagree for figure in known):
        notes.append(state(Reason.SOURCES_DISAGREE))
    if any(figure.zones > 1 for figure in known):
        notes.append(state(Reason.SUM_OF_ZONES, total=max(figure.zones for figure in known)))
    return notes
