"""Exports of a scope by year, from ``export_flow``: whose rows are its own, in which currency, of how many firms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from zonebook.metrics.export_cells import HS, MOST_DIGITS, Cells, Flags, Numbers, Objects, read_cells
from zonebook.metrics.figures import evidence_of, is_missing, read_text
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import assign_rows, read_parties
from zonebook.metrics.result import Evidence, MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope

_PRESS = "press"
_Label = TypeVar("_Label", str, tuple[str, str])


def sum_by(labels: Iterable[_Label], amounts: Iterable[float]) -> dict[_Label, float]:
    """Return sums by label, labels in order.

    Examples
    --------
    >>> sum_by(["KAZ", "BLR", "KAZ"], [1.0, 2.0, 3.0])
    {'BLR': 2.0, 'KAZ': 4.0}
    """
    sums: dict[_Label, float] = {}
    for label, amount in zip(labels, amounts, strict=True):
        sums[label] = sums.get(label, 0.0) + float(amount)
    return dict(sorted(sums.items()))


@dataclass(frozen=True, eq=False)
class FlowYear:
    """Exports of a scope, or of a cluster in it, in a year.

    Attributes
    ----------
    scope, year
        Whose exports, and when.
    cells
        The rows that have a value.
    amounts, currency
        Value of each of them, in roubles where that is known of all, else in dollars.
    dollars
        The same in US dollars: as given, else at the mean rate of the year; ``None`` without a rate.
    blank
        Exporter and country of each row without a value.
    rate
        Roubles per dollar that amounts were converted with, 0 where they are as given.
    basis
        Evidence and sources; its units are the countries.
    """

    scope: Scope
    year: int
    cells: Cells
    amounts: Numbers
    currency: str
    dollars: Numbers | None
    blank: tuple[tuple[str, str], ...]
    rate: float
    basis: Basis

    @cached_property
    def values(self) -> dict[str, float]:
        """Exports by country, countries in order."""
        return self.sum_countries(self.amounts)

    def sum_countries(self, amounts: Numbers) -> dict[str, float]:
        """Return amounts of the rows by country, none counted twice."""
        top = self.cells.find_topmost()
        return sum_by(self.cells.country[top], amounts[top])

    @property
    def is_partial(self) -> bool:
        """Whether what is known is a part of the exports only: nothing bounds the rest."""
        return bool(self.blank) or self.is_sample

    @cached_property
    def unvalued(self) -> frozenset[str]:
        """Countries of which no value is known."""
        return frozenset(country for _, country in self.blank) - frozenset(self.cells.country)

    @cached_property
    def respondents(self) -> int | None:
        """Number of firms they are added up from, those of a group as one; ``None`` where zone or region state them."""
        who = set(self.cells.respondent)
        return None if None in who or not who else len(who)

    @property
    def is_disclosing(self) -> bool:
        """Whether they are exports of so few firms that the sums must not be shown."""
        return self.respondents is not None and self.respondents < self.scope.settings.least_firms

    @cached_property
    def is_sample(self) -> bool:
        """Whether some are known from the press only, so that they are a part of what there is."""
        known = self.scope.sources
        return any(known[source].kind == _PRESS for source in self.basis.source_ids if source in known)

    @cached_property
    def digits(self) -> int:
        """Digits of the shortest code of the Harmonized System; 0 where no product has one."""
        return int(self.cells.length[self.is_coded].min(initial=MOST_DIGITS)) if self.is_coded.any() else 0

    @cached_property
    def is_coded(self) -> Flags:
        """Which rows have a code of the Harmonized System."""
        found: Flags = (self.cells.family == HS) & (self.cells.length > 0)
        return found

    def label_products(self, digits: int) -> tuple[Flags, Objects]:
        """Return which rows to sum over products of so many digits, and the product of each of them."""
        if digits not in self._labelled:
            top = self.cells.find_topmost(digits)
            rows = self.is_coded & top if digits else top
            labels = [code[:digits] for code in self.cells.product[rows]]
            self._labelled[digits] = rows, np.array(labels, dtype=object)
        return self._labelled[digits]

    @cached_property
    def _labelled(self) -> dict[int, tuple[Flags, Objects]]:
        return {}

    def find_hidden(self, labels: Objects, amounts: Numbers) -> frozenset[str]:
        """Return labels whose sums would give away a firm: of too few respondents, or the rest of what is shown.

        Where those hidden are themselves too few, or one alone that the whole gives away, the smallest of the others
        are hidden with them.
        """
        who: dict[str, set[Any]] = {}
        for label, respondent in zip(labels, self.cells.respondent, strict=True):
            who.setdefault(label, set()).add(respondent)
        return hide_labels(who, sum_by(labels, amounts), self.scope.settings.least_firms)

    def refuse(self) -> tuple[Status, list[str]] | None:
        """Return why a metric of the whole is not given for the year: too few firms, or reports of the press only."""
        if self.is_disclosing:
            return Status.SUPPRESSED, [state(Reason.TOO_FEW_FIRMS, minimum=self.scope.settings.least_firms)]
        if self.is_sample:
            return Status.MISSING_INPUT, [state(Reason.FLOWS_ARE_SAMPLE)]
        return None

    def row(
        self,
        metric_id: str,
        unit: str,
        value: Interval | float | None,
        notes: Iterable[str] = (),
        undefined: Reason = Reason.NO_EXPORTS,
    ) -> MetricResult:
        """Return a row of the year: exact where all amounts are known, else without bounds."""
        said = [*notes, *self.notes]
        if value is None:
            return self.scope.without(metric_id, Status.UNDEFINED, unit, [state(undefined), *said], self.basis)
        if not isinstance(value, Interval) and not self.is_partial:
            value = Interval.exact(value)
        return self.scope.result(metric_id, value, unit, self.basis, said)

    def refused_row(self, metric_id: str, unit: str) -> MetricResult | None:
        """Return the row that says why a metric of the whole is not given for the year, if it is not."""
        refusal = self.refuse()
        return None if refusal is None else self.scope.without(metric_id, refusal[0], unit, refusal[1], self.basis)

    def suppressed_row(self, metric_id: str, unit: str) -> MetricResult:
        """Return the row of a figure that too few firms are behind."""
        reason = state(Reason.TOO_FEW_FIRMS, minimum=self.scope.settings.least_firms)
        return self.scope.without(metric_id, Status.SUPPRESSED, unit, [reason], self.basis)

    @property
    def notes(self) -> list[str]:
        """What is to be said of every figure made from them."""
        notes = [state(Reason.AT_RATE, rate=f"{self.rate:g}")] if self.rate else []
        if self.blank:
            notes.append(state(Reason.FLOWS_WITHOUT_VALUE, left_out=len(self.blank)))
        if self.scope.type == "region" and self.scope.id in set(self.cells.place):
            notes.append(state(Reason.OF_WHOLE_REGION))
        return notes


def hide_labels(who: Mapping[str, set[Any]], sums: Mapping[str, float], least: int) -> frozenset[str]:
    """Return the parts of a known whole that would give away a firm.

    Parameters
    ----------
    who
        Respondents behind each part; ``None`` among them where zone or region state it.
    sums
        Amount of each part.
    least
        Fewest respondents of a part that is shown.

    Examples
    --------
    >>> sorted(hide_labels({"a": {1, 2, 3}, "b": {1}, "c": {1, 2, 3, 4}}, {"a": 5.0, "b": 9.0, "c": 7.0}, 3))
    ['a', 'b']
    """
    hidden = {label for label, firms in who.items() if firms and None not in firms and len(firms) < least}
    others = sorted((label for label in who if who[label] and label not in hidden), key=lambda one: (sums[one], one))
    while hidden and others and _is_exposed(hidden, who, least):
        hidden.add(others.pop(0))
    return frozenset(hidden)


def _is_exposed(hidden: Collection[str], who: Mapping[str, set[Any]], least: int) -> bool:
    firms: set[Any] = set().union(*(who[label] for label in hidden))
    return len(hidden) < 2 or (None not in firms and len(firms) < least)


@dataclass(frozen=True, slots=True)
class FlowPart:
    """The scope itself or a cluster of it, with its exports by year."""

    scope_type: str
    scope_id: str
    years: tuple[FlowYear, ...]

    def assign(self, rows: Iterable[MetricResult]) -> list[MetricResult]:
        """Return rows as those of the part."""
        return assign_rows(rows, self.scope_type, self.scope_id)


def read_flow_years(scope: Scope) -> list[FlowYear]:
    """Return the exports of the scope for each year up to its own.

    Where a zone gives its total, its firms' rows are not added to it. A region needs rows for each of its zones, else
    those of the whole region are taken. The country's are those of its total; zones are never added up to it.
    """
    return scope.remember("flows", lambda: _read_flow_years(scope))


def read_flow_parts(scope: Scope) -> tuple[FlowPart, ...]:
    """Return the scope with its exports and, in a zone whose firms state theirs, each of its clusters."""
    return scope.remember("flow parts", lambda: _read_flow_parts(scope))


def read_rate(scope: Scope, year: int) -> tuple[float, str]:
    """Return the mean rate of the dollar in a year and its source; 0 where it is not known."""
    for row in scope.records("fx"):
        if row["year"] == year and row["currency"] == "USD" and not is_missing(row["rub_per_unit"]):
            return float(row["rub_per_unit"]), read_text(row, "source_id")
    return 0.0, ""


def _read_flow_years(scope: Scope) -> list[FlowYear]:
    cells = read_cells(scope)
    selected = cells.take(_find_own(cells))
    found = []
    for year in sorted(set(selected.year.tolist())):
        wanted = _list_places(scope, year)
        of_year = selected.take(selected.year == year)
        present = set(of_year.place)
        if wanted and wanted <= present:
            of_places = of_year.take(np.isin(of_year.place, sorted(wanted)))
        elif scope.type == "region" and scope.id in present:
            of_places = of_year.take(of_year.place == scope.id)
        else:
            continue
        found.append(build_flow_year(scope, year, of_places))
    return [flow for flow in found if flow is not None]


def _find_own(cells: Cells) -> Flags:
    """Tell which rows count: those of a zone itself where it states a total for the year, else those of its firms."""
    is_firm = cells.is_firm
    keys = list(zip(cells.year.tolist(), cells.place, strict=True))
    own = {key for key, firm in zip(keys, is_firm, strict=True) if not firm}
    return np.array([not firm or key not in own for key, firm in zip(keys, is_firm, strict=True)], dtype=bool)


def _list_places(scope: Scope, year: int) -> set[str]:
    """Return the zones that must have rows for a year's sum; the country's total stands for all of them."""
    if scope.type == "country":
        return {scope.total_id} if scope.total_id else set()
    return {zone_id for zone_id, founded in scope.founding_years.items() if founded <= year}


def build_flow_year(scope: Scope, year: int, cells: Cells) -> FlowYear | None:
    """Return a year's exports in one currency; ``None`` where no amount is known in any that all could be put in."""
    rate, rate_source = read_rate(scope, year)
    has_rub, has_usd = ~np.isnan(cells.rub), ~np.isnan(cells.usd)
    is_valued = has_rub | has_usd
    blank = tuple(zip(cells.exporter[~is_valued], cells.country[~is_valued], strict=True))
    valued = cells.take(is_valued)
    is_converted = False
    if has_rub[is_valued].all():
        amounts, currency = valued.rub, "RUB"
    elif rate:
        amounts, currency, is_converted = np.where(np.isnan(valued.rub), valued.usd * rate, valued.rub), "RUB", True
    elif has_usd[is_valued].all():
        amounts, currency = valued.usd, "USD"
    else:
        return None
    if not len(cells):
        return None
    dollars = np.where(np.isnan(valued.usd), valued.rub / rate if rate else np.nan, valued.usd)
    basis = describe_cells(scope, year, cells, rate_source if is_converted else "")
    return FlowYear(
        scope=scope,
        year=year,
        cells=valued,
        amounts=amounts,
        currency=currency,
        dollars=None if np.isnan(dollars).any() else dollars,
        blank=blank,
        rate=rate if is_converted else 0.0,
        basis=basis,
    )


def describe_cells(scope: Scope, year: int, cells: Cells, rate_source: str = "") -> Basis:
    """Return what a figure made from rows of exports rests on; its units are the countries."""
    sources = tuple(filter(None, dict.fromkeys((*cells.source, rate_source))))
    # What firms themselves state, without a source, is the owner's own record.
    own = {Evidence.REGISTER} if cells.is_firm.all() and not all(cells.source) else set()
    evidence = weakest_evidence({evidence_of(source, scope.sources) for source in sources} | own)
    return Basis(year, "FY", evidence, sources, max(cells.vintage, default=""), len(set(cells.country)))


def _read_flow_parts(scope: Scope) -> tuple[FlowPart, ...]:
    years = read_flow_years(scope)
    whole = FlowPart(scope.type, scope.id, tuple(years))
    if scope.type != "zone":
        return (whole,)
    clusters = read_parties(scope)["cluster_id"].to_dict()
    found: dict[str, list[FlowYear]] = {}
    for flow in years:
        if flow.respondents is None:
            continue
        own = np.array([clusters.get(exporter) or "" for exporter in flow.cells.exporter], dtype=object)
        for name in sorted(set(own) - {""}):
            found.setdefault(name, []).append(_restrict(flow, own == name))
    return (whole, *(FlowPart("cluster", name, tuple(found[name])) for name in sorted(found)))


def _restrict(flow: FlowYear, wanted: Flags) -> FlowYear:
    """Return a part of a year's exports, by rows."""
    cells = flow.cells.take(wanted)
    basis = replace(flow.basis, n_units=len(set(cells.country)))
    dollars = None if flow.dollars is None else flow.dollars[wanted]
    return replace(flow, cells=cells, amounts=flow.amounts[wanted], dollars=dollars, blank=(), basis=basis)


def explain_no_flows(scope: Scope) -> str:
    """Return why a scope has no exports by country."""
    if not scope.share.has("export_flow"):
        return state(Reason.NO_TABLE, table="export_flow")
    if scope.type == "country" and scope.total_id is None:
        return state(Reason.NO_AGGREGATE)
    places = set(read_cells(scope).place) & set(scope.zone_ids)
    if scope.type == "region" and places:
        return state(Reason.FLOWS_OF_PART, known=len(places), total=len(scope.zone_ids))
    return state(Reason.NO_ROWS, table="export_flow")
