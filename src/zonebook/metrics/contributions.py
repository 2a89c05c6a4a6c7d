"""What each firm adds to the figures of a scope's tables: exports by country, revenue by cluster and the like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics import trade
from zonebook.metrics.figures import evidence_of, is_missing, read_flag, read_text
from zonebook.metrics.firms import read_firm_years
from zonebook.metrics.flows import read_flow_years
from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.result import Evidence, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import find_column, find_members

EXPORTS, REVENUE, PURCHASES, EMPLOYEES, SUPPORT = "exports", "revenue", "purchases", "employees", "support"
# Sums over a whole table, and over a bloc of countries in that of exports.
TOTAL, BLOC = "", "bloc:"
_COLUMNS = {REVENUE: "revenue_rub", PURCHASES: "purchases_rub", EMPLOYEES: "employees"}
# Figures of zone_year that print the total of a table.
_PRINTED = {EXPORTS: ("export_rub", "FY"), REVENUE: ("revenue_rub", "FY"), EMPLOYEES: ("jobs", "point")}
_CLASS_DIGITS = 2
_NOWHERE = "none"  # the part of firms without a cluster, a class or a zone
KEYS = ["table", "year", "cell"]


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """What firms add to figures: one row a contribution to a part of a table.

    ``rows`` has ``table``, ``year``, ``cell`` (the part), ``respondent`` (the group, else the firm) and ``value``;
    ``printed`` are the tables and years whose total is published by itself.
    """

    rows: pd.DataFrame
    printed: frozenset[tuple[str, int]]
    basis: Basis


def read_contributions(scope: Scope) -> Contributions:
    """Return what firms add to the figures of a scope's tables, read once.

    The tables: exports by country; revenue and purchases by cluster (of a zone) or by zone; employees by class of
    industry, two digits; support by measure, in the year it starts. Firms that did not answer add nothing.
    """
    return scope.remember("contributions", lambda: _read_contributions(scope))


def _read_contributions(scope: Scope) -> Contributions:
    parts = [*_from_firms(scope), *_from_flows(scope), *_from_support(scope)]
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) if parts else [] for name in _PART
    }
    sizes = [len(part.value) for part in parts]
    columns["table"] = np.repeat(np.array([part.table for part in parts], dtype=object), sizes)
    rows = pd.DataFrame(columns, columns=[*KEYS, "respondent", "value"])
    printed = {
        (table, figure.year)
        for table, (indicator, period) in _PRINTED.items()
        for figure in scope.series(indicator, period=period)
    }
    return Contributions(rows, frozenset(printed), _describe(scope, {part.table for part in parts}))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Contributions to one table: an element each in every array."""

    table: str
    year: NDArray[np.int64]
    cell: NDArray[np.object_]
    respondent: NDArray[np.object_]
    value: NDArray[np.float64]


_PART = ("year", "cell", "respondent", "value")


def _from_firms(scope: Scope) -> Iterator[_Part]:
    parties = read_parties(scope)
    place = parties["cluster_id" if scope.type == "zone" else "zone_id"].to_dict()
    classes = {party: _read_class(code) for party, code in parties["industry"].items()}
    for firms in read_firm_years(scope):
        answered = find_column(firms.rows, "responded").fillna(value=True).to_numpy(dtype=bool)
        ids = firms.rows["party_id"].to_numpy(dtype=object)
        respondents = firms.rows["respondent"].to_numpy(dtype=object)
        for table, column in _COLUMNS.items():
            values = find_column(firms.rows, column).to_numpy(dtype=float, na_value=np.nan)
            known = answered & ~np.isnan(values)
            own = classes if table == EMPLOYEES else place
            cell = np.array([own.get(party) or _NOWHERE for party in ids[known]], dtype=object)
            if len(cell):
                yield _Part(table, np.full(len(cell), firms.year), cell, respondents[known], values[known])


def _read_class(code: object) -> str | None:
    """Return the class of an industry, without what follows its first two digits."""
    return None if is_missing(code) else str(code).strip().split(".")[0][:_CLASS_DIGITS]


def _from_flows(scope: Scope) -> Iterator[_Part]:
    for flow in read_flow_years(scope):
        if flow.respondents is not None:
            top = flow.cells.find_topmost()
            year = np.full(int(top.sum()), flow.year)
            yield _Part(EXPORTS, year, flow.cells.country[top], flow.cells.respondent[top], flow.amounts[top])


def _from_support(scope: Scope) -> Iterator[_Part]:
    parties = read_parties(scope)
    home = dict(zip(parties.index, parties["zone_id"], strict=True))
    respondents, mine = parties["respondent"].to_dict(), frozenset(scope.zone_ids)
    found = [
        (
            int(read_text(row, "start")[:4]),
            str(row["measure_id"]),
            respondents[row["party_id"]],
            float(row["amount_rub"]),
        )
        for row in scope.records("support")
        if home.get(row["party_id"]) in mine
        and not read_flag(row, "planned")
        and not is_missing(row.get("amount_rub"))
        and read_text(row, "start")[:4].isdigit()
    ]
    found = [row for row in found if row[0] <= scope.year]
    if found:
        years, measures, who, amounts = zip(*found, strict=True)
        measures_, who_ = np.array(measures, dtype=object), np.array(who, dtype=object)
        yield _Part(SUPPORT, np.array(years), measures_, who_, np.array(amounts, dtype=float))


def _describe(scope: Scope, tables: set[str]) -> Basis:
    """Return what the tables rest on together."""
    sources: dict[str, None] = {}
    evidence: set[Evidence] = set()
    if tables & set(_COLUMNS):
        for firms in read_firm_years(scope):
            sources |= dict.fromkeys(firms.basis.source_ids)
            evidence.add(firms.basis.evidence)
    for flow in read_flow_years(scope) if EXPORTS in tables else ():
        sources |= dict.fromkeys(flow.basis.source_ids)
        evidence.add(flow.basis.evidence)
    if SUPPORT in tables:
        own = dict.fromkeys(read_text(row, "source_id") for row in scope.records("support"))
        sources |= {source: None for source in own if source}
        evidence |= {evidence_of(source, scope.sources) if source else Evidence.REGISTER for source in own}
    return Basis(scope.year, "FY", weakest_evidence(evidence), tuple(sources))


def list_blocs(scope: Scope, year: int, countries: list[str]) -> dict[str, str]:
    """Return the bloc each country is shown in, by country; none where blocs are not given."""
    if not scope.share.has("bloc_membership"):
        return {}
    return trade.assign_blocs(countries, find_members(scope, year))
