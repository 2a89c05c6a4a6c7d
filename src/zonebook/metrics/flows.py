"""Exports of a scope by year, from ``export_flow``: whose rows are its own, in which currency, on what they rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from zonebook.metrics.export_cells import Cells, Flags, read_cells
from zonebook.metrics.figures import evidence_of, is_missing, read_text
from zonebook.metrics.flow_year import FlowYear
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import assign_rows, read_parties
from zonebook.metrics.result import Evidence, MetricResult, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.tables.publication import PUBLIC_KINDS


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
        flow = build_flow_year(scope, year, of_places)
        if flow is not None:
            found.append(_add_firms(flow, cells.take(cells.year == year)))
    return found


def _add_firms(flow: FlowYear, cells: Cells) -> FlowYear:
    """Return exports that are stated for firms together with the rows of these firms, unless they are published."""
    known = flow.scope.sources
    kinds = {known[source].kind if source in known else "" for source in flow.cells.source}
    if kinds <= PUBLIC_KINDS or flow.cells.is_firm.all() or not cells.is_firm.any():
        return flow
    with_firms = set(cells.place[cells.is_firm])
    stated = np.array([place in flow.scope.zone_ids and place not in with_firms for place in cells.place], dtype=bool)
    firms = build_flow_year(flow.scope, flow.year, cells.take(cells.is_firm | stated))
    if firms is None or firms.currency != flow.currency:
        return flow
    return replace(flow, firms=(firms.cells, firms.amounts))


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
