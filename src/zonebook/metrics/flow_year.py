"""A year's exports of a scope: sums that count nothing twice, and what of them must not be shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from zonebook.metrics import trade
from zonebook.metrics.export_cells import HS, MOST_DIGITS, OTHER, Cells, Flags, Numbers, Objects
from zonebook.metrics.hidden_exports import Contributed, Pattern, hide_exports
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import find_members

_PRESS = "press"
_Label = TypeVar("_Label", str, tuple[str, str])


def level(sums: Mapping[str, float], known_sums: Iterable[Collection[str]]) -> dict[str, float]:
    """Return sums as they are known to whoever does not see some of them: what is hidden together, in equal parts.

    Examples
    --------
    >>> level({"KAZ": 9.0, "BLR": 4.0, "UZB": 2.0}, [{"BLR", "UZB"}])
    {'KAZ': 9.0, 'BLR': 3.0, 'UZB': 3.0}
    """
    known = dict(sums)
    for labels in known_sums:
        own = sorted(label for label in labels if label in sums)
        known |= dict.fromkeys(own, sum(sums[label] for label in own) / max(len(own), 1))
    return {label: known[label] for label in sums}


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
    firms
        Where zone, region or country state these themselves and nobody has published them: the rows of their firms,
        with amounts in the same currency. They say who is behind each figure.
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
    firms: tuple[Cells, Numbers] | None = None

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
        """Whether they are exports of so few firms, or of one so large, that the sums must not be shown.

        What country or region state of all their zones is no figure of the firms of one.
        """
        return self.countries.is_total_hidden and (self.firms is None or self.scope.type == "zone")

    @cached_property
    def told(self) -> FlowYear:
        """The same exports as the firms behind them state them."""
        return self if self.firms is None else replace(self, cells=self.firms[0], amounts=self.firms[1], firms=None)

    @cached_property
    def countries(self) -> Pattern:
        """Which countries and blocs of the exclusive partition must not be shown, the total being known."""
        blocs = None
        if self.scope.share.has("bloc_membership"):
            known = sorted({*self.cells.country, *self.told.cells.country})
            blocs = trade.assign_blocs(known, find_members(self.scope, self.year))
        return self.hide_labels(FlowYear.label_countries, blocs)

    def label_countries(self) -> tuple[Flags, Objects]:
        """Return which rows to sum, and the country of each."""
        top = self.cells.find_topmost()
        return top, self.cells.country[top]

    def hide_labels(
        self, label: Callable[[FlowYear], tuple[Flags, Objects]], group_of: Mapping[str, str] | None = None
    ) -> Pattern:
        """Return labels whose sums would give away a firm: of too few, of one too large, or the rest of what is shown.

        Where those hidden are themselves too few, or one alone that the whole gives away, the smallest of the others
        are hidden with them.

        Parameters
        ----------
        label
            What tells which rows to sum, and the label of each of them.
        group_of
            The group of each label whose sum is shown as well.
        """
        rows, labels = label(self.told)
        columns = [labels, self.told.cells.respondent[rows], self.told.amounts[rows], self.told.cells.place[rows]]
        rest = self._find_rest(label, sum_by(labels, columns[2])) if self.firms is not None else {}
        others = [np.array(list(rest), dtype=object), np.full(len(rest), None), np.array([*rest.values()], dtype=float)]
        added = [*others, np.full(len(rest), "", dtype=object)]
        joined = (np.concatenate(pair) for pair in zip(columns, added, strict=True)) if rest else columns
        return hide_exports(Contributed(*joined), self.scope.rule, group_of)

    def _find_rest(
        self, label: Callable[[FlowYear], tuple[Flags, Objects]], known: Mapping[str, float]
    ) -> dict[str, float]:
        """Return what is stated beyond what the firms on record add, where it is enough to hide them."""
        rows, labels = label(self)
        rest = {one: amount - known.get(one, 0.0) for one, amount in sum_by(labels, self.amounts[rows]).items()}
        share = self.scope.rule.protection
        return {one: amount for one, amount in rest.items() if amount > share * known.get(one, 0.0)}

    @cached_property
    def shown_values(self) -> dict[str, float]:
        """Exports by country as a reader knows them: those withheld share their known sum evenly.

        Indices of concentration are made from them: with the sums of countries that are shown, they would else give
        those that are not.
        """
        return level(self.values, self.countries.known_sums)

    @property
    def is_mostly_hidden(self) -> bool:
        """Whether more than half of exports go to countries that are withheld: an index would be made up."""
        hidden = sum(self.values.get(country, 0.0) for country in self.countries.labels)
        return 2 * hidden > sum(self.values.values())

    @property
    def countries_note(self) -> list[str]:
        """What is to be said of an index over countries, where some are withheld."""
        return self.note_hidden(self.countries)

    def note_hidden(self, hidden: Pattern) -> list[str]:
        """Return what is to be said of an index where some of its parts are withheld."""
        return [state(Reason.LEVELLED, count=len(hidden.labels))] if hidden.labels else []

    @cached_property
    def is_sample(self) -> bool:
        """Whether some are known from the press only, so that they are a part of what there is."""
        known = self.scope.sources
        return any(known[source].kind == _PRESS for source in self.basis.source_ids if source in known)

    @cached_property
    def family(self) -> str:
        """The classification products are told apart by: the Harmonized System if there are codes of it, else another.

        Of several others the one most of the exports are in; empty where no product has a code.
        """
        coded = self.cells.length > 0
        sums = sum_by(self.cells.family[coded], self.amounts[coded])
        return HS if HS in sums else max(sums, key=lambda name: (sums[name], name), default="")

    @cached_property
    def digits(self) -> int:
        """Digits of the shortest code of the Harmonized System; 0 where no product has one."""
        return int(self.cells.length[self.is_coded].min(initial=MOST_DIGITS)) if self.is_coded.any() else 0

    @cached_property
    def is_coded(self) -> Flags:
        """Which rows have a code of the Harmonized System."""
        found: Flags = (self.cells.family == HS) & (self.cells.length > 0)
        return found

    def label_families(self) -> tuple[Flags, Objects]:
        """Return which rows to sum over the products of the flows' own classification, and the product of each."""
        if self.family == HS:
            return self.label_products(self.digits)
        mine: Flags = (self.cells.family == self.family) & (self.cells.length > 0)
        # Codes of an unknown classification have no headings: they are taken as they stand.
        digits = int(self.cells.length[mine].min(initial=MOST_DIGITS)) if self.family != OTHER else MOST_DIGITS
        rows = mine & self.cells.find_topmost(digits if self.family != OTHER else 1)
        return rows, np.array([code[:digits] for code in self.cells.product[rows]], dtype=object)

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
        *,
        is_exact: bool = True,
    ) -> MetricResult:
        """Return a row of the year: exact where all amounts are known, else without bounds."""
        said = [*notes, *self.notes]
        if value is None:
            return self.scope.without(metric_id, Status.UNDEFINED, unit, [state(undefined), *said], self.basis)
        if not isinstance(value, Interval) and not self.is_partial and is_exact:
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
