"""Exports of two years by the same cells, so that only what is new counts as new (X11).

A cell is an exporter, a country and a product. Both years are put into the coarsest form either has: a zone that
states its own total in one of them counts as one exporter in both; products are told apart by the shortest code of
both years, and where a relation has no codes in one of them, or codes of another classification, not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from zonebook.metrics.export_cells import ALL_GOODS, OTHER, Cells, Numbers
from zonebook.metrics.flow_year import FlowYear, sum_by

_TOLERANCE = 1e-6  # relative: products that add up to a total but for rounding

Cell = tuple[str, str, str, str]  # exporter, country, classification and code of the product
_Relation = tuple[str, str]  # exporter and country


@dataclass(frozen=True, eq=False)
class MarginCells:
    """Exports of two years by cell, in one currency.

    Attributes
    ----------
    before, after
        Amounts by number of the cell.
    cells
        The cell of each number.
    respondents
        Who answers for each exporter; ``None`` for a zone or region.
    currency
        Of the amounts.
    left_out
        Relations left out because a value is missing in one of the years.
    """

    before: pd.Series[Any]
    after: pd.Series[Any]
    cells: Mapping[int, Cell]
    respondents: Mapping[str, Any]
    currency: str
    left_out: int

    @property
    def has_products(self) -> bool:
        """Whether products are told apart anywhere."""
        return any(code for _, _, _, code in self.cells.values())

    @property
    def has_firms(self) -> bool:
        """Whether exporters are firms everywhere."""
        return None not in self.respondents.values()

    def find_respondent(self, number: int) -> Any:
        """Return who is behind a cell; ``None`` where a zone or region states it itself."""
        return self.respondents[self.cells[number][0]]


def build_cells(before: FlowYear, after: FlowYear) -> MarginCells | None:
    """Return the exports of two years by the same cells; ``None`` where they have no currency in common."""
    both = (before, after)
    if all(flow.currency == after.currency for flow in both):
        amounts, currency = [flow.amounts for flow in both], after.currency
    else:
        in_dollars = [flow.dollars for flow in both]
        amounts, currency = [one for one in in_dollars if one is not None], "USD"
        if len(amounts) < len(both):
            return None
    exporters = _name_exporters(both)
    sides = [_Side(flow.cells, values, exporters) for flow, values in zip(both, amounts, strict=True)]
    digits = _find_digits(flow.cells for flow in both)
    families = [side.find_families(digits) for side in sides]
    blank = {(exporters.get(exporter, exporter), country) for flow in both for exporter, country in flow.blank}
    numbers: dict[Cell, int] = {}
    columns = []
    for side in sides:
        cells = side.sum_cells(digits, _agree(families), blank)
        columns.append(pd.Series({numbers.setdefault(cell, len(numbers)): value for cell, value in cells.items()}))
    who = {
        exporters[exporter]: respondent if exporters[exporter] == exporter else None
        for flow in both
        for exporter, respondent in zip(flow.cells.exporter, flow.cells.respondent, strict=True)
    }
    first, last = (column.astype(float) for column in columns)
    return MarginCells(first, last, {place: cell for cell, place in numbers.items()}, who, currency, len(blank))


def _name_exporters(both: tuple[FlowYear, FlowYear]) -> dict[str, str]:
    """Return what stands for each exporter: itself, or its zone where that states a total in one of the years."""
    own = {
        place
        for flow in both
        for place, respondent in zip(flow.cells.place, flow.cells.respondent, strict=True)
        if respondent is None
    }
    return {
        exporter: place if place in own else exporter
        for flow in both
        for place, exporter in zip(flow.cells.place, flow.cells.exporter, strict=True)
    }


def _find_digits(both: Iterable[Cells]) -> dict[str, int]:
    """Return by how many digits products of each classification are told apart: those of the shortest code."""
    found: dict[str, int] = {}
    for cells in both:
        for family, code in zip(cells.family, cells.product, strict=True):
            if code:
                found[family] = min(len(code), found.get(family, len(code)))
    # Codes of an unknown classification have no headings: they are compared as they stand.
    return {family: length for family, length in found.items() if family != OTHER}


class _Side:
    """The exports of one of the two years, under the names exporters have in both."""

    def __init__(self, cells: Cells, amounts: Numbers, exporters: Mapping[str, str]) -> None:
        self.cells, self.amounts = cells, amounts
        names = [exporters[exporter] for exporter in cells.exporter]
        self.relations: list[_Relation] = list(zip(names, cells.country, strict=True))

    def list_rows(self, family: str, digits: int) -> list[tuple[_Relation, str, float]]:
        """Return relation, code and amount of the rows of a classification that are to be summed."""
        wanted = self.cells.find_topmost(max(digits, 1))
        rows = zip(self.relations, self.cells.family, self.cells.product, self.amounts, wanted, strict=True)
        return [
            (relation, code[: digits or None], float(amount))
            for relation, its_family, code, amount, is_wanted in rows
            if is_wanted and its_family == family
        ]

    @cached_property
    def totals(self) -> dict[_Relation, float]:
        """The exports of each relation in all goods."""
        top = self.cells.find_topmost()
        rows = [
            (relation, amount)
            for relation, amount, is_top in zip(self.relations, self.amounts, top, strict=True)
            if is_top
        ]
        return sum_by([relation for relation, _ in rows], [amount for _, amount in rows])

    def find_families(self, digits: Mapping[str, int]) -> dict[_Relation, str]:
        """Return the classification the products of each relation add up in; empty where there is none such."""
        totals = self.totals
        found = dict.fromkeys(totals, "")
        for family in sorted(set(self.cells.family)):
            rows = self.list_rows(family, digits.get(family, 0))
            sums = sum_by([relation for relation, _, _ in rows], [amount for _, _, amount in rows])
            for relation, amount in sums.items():
                if abs(amount - totals[relation]) <= _TOLERANCE * totals[relation]:
                    found[relation] = family
        return found

    def sum_cells(
        self, digits: Mapping[str, int], families: Mapping[_Relation, str], blank: set[_Relation]
    ) -> dict[Cell, float]:
        """Return amounts by cell, those of relations without a value in either year left out."""
        cells: dict[Cell, float] = {}
        for relation, amount in self.totals.items():
            if relation not in blank and not families[relation]:
                cells[*relation, "", ALL_GOODS] = amount
        for family in sorted(set(families.values()) - {""}):
            for relation, code, amount in self.list_rows(family, digits.get(family, 0)):
                if relation not in blank and families[relation] == family:
                    cell = (*relation, family, code)
                    cells[cell] = cells.get(cell, 0.0) + amount
        return cells


def _agree(families: list[dict[_Relation, str]]) -> dict[_Relation, str]:
    """Return the classification both years of a relation have; of one that is in one year only, its own."""
    first, last = families
    found = first | last
    for relation in first.keys() & last.keys():
        found[relation] = first[relation] if first[relation] == last[relation] else ""
    return found
