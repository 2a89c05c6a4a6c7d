"""Exports of a scope by country, from ``export_flow``: whose rows are its own, in which currency, of how many firms."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from zonebook.metrics.figures import evidence_of
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import find_column, keep_latest


@dataclass(frozen=True)
class FlowYear:
    """Exports of a scope in a year, by country.

    ``respondents`` is ``None`` where the zone itself states them, else the number of firms they are added up from;
    ``is_disclosing`` says that these are so few that the sums must not be shown.
    """

    year: int
    values: dict[str, float]
    currency: str
    respondents: int | None
    is_disclosing: bool
    basis: Basis


def read_flow_years(scope: Scope) -> list[FlowYear]:
    """Return the exports by country of the scope for each year up to its own.

    Where a zone gives its total, its firms' rows are not added to it. A region needs rows for each of its zones. The
    country's are those of its total; zones are never added up to it.
    """
    return scope.remember("flows", lambda: _read_flow_years(scope))


def _read_flow_years(scope: Scope) -> list[FlowYear]:
    table = scope.table("export_flow")
    if table.empty:
        return []
    table = table[(table["year"] <= scope.year).fillna(False).astype(bool)]
    table = keep_latest(table, ["exporter_id", "country_iso3", "product", "year"])
    zone_ids = scope.zone_ids if scope.type != "country" else tuple(filter(None, [scope.total_id]))
    parties = scope.table("party").drop_duplicates("party_id").set_index("party_id")
    zone_of = parties["zone_id"].astype("string")
    found = []
    for year, rows in table.groupby("year", sort=True):
        parts = [part for zone_id in zone_ids if len(part := _rows_of_zone(rows, zone_id, zone_of))]
        if parts and len(parts) == len(zone_ids):
            found.append(_build_year(scope, int(str(year)), pd.concat(parts), parties))
    return [flow for flow in found if flow is not None]


def _rows_of_zone(rows: pd.DataFrame, zone_id: str, zone_of: pd.Series[str]) -> pd.DataFrame:
    total = rows[(rows["exporter_id"] == zone_id).fillna(False).astype(bool)]
    if len(total):
        return total
    return rows[(rows["exporter_id"].map(zone_of) == zone_id).fillna(False).astype(bool)]


def _build_year(scope: Scope, year: int, rows: pd.DataFrame, parties: pd.DataFrame) -> FlowYear | None:
    currency = next((c for c in ("RUB", "USD") if find_column(rows, f"value_{c.lower()}").notna().all()), None)
    if currency is None:
        return None
    sums = rows.groupby("country_iso3")[f"value_{currency.lower()}"].sum()
    firms = rows.loc[rows["exporter_id"].isin(parties.index), "exporter_id"]
    groups = (
        find_column(parties, "holding_id").reindex(firms).astype("string").fillna(pd.Series(firms.array, firms.array))
    )
    sources = tuple(dict.fromkeys(find_column(rows, "source_id").dropna().astype(str)))
    basis = Basis(
        year,
        "FY",
        weakest_evidence(evidence_of(source, scope.sources) for source in sources),
        sources,
        max(find_column(rows, "vintage").dropna().astype(str), default=""),
        len(sums),
    )
    values = {str(country): float(value) for country, value in sorted(sums.items())}
    respondents = int(groups.nunique()) if len(firms) else None
    is_disclosing = respondents is not None and respondents < scope.settings.least_firms
    return FlowYear(year, values, currency, respondents, is_disclosing, basis)


def export_total_rows(scope: Scope, metric_id: str) -> list[MetricResult]:
    """Return exports as the sum over countries, for a scope without a figure of them."""
    rows = []
    for flow in read_flow_years(scope):
        if flow.is_disclosing:
            reason = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
            rows.append(scope.without(metric_id, Status.SUPPRESSED, flow.currency, reason, flow.basis))
        else:
            total = Interval.exact(sum(flow.values.values()))
            rows.append(scope.result(metric_id, total, flow.currency, flow.basis, [state(Reason.FROM_FLOWS)]))
    return rows
