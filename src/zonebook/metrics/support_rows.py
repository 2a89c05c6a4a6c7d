"""Rows of support intensity and leverage (S02)."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from zonebook.metrics.figures import Figure, evidence_of
from zonebook.metrics.hidden_parts import gather_amounts, is_disclosing
from zonebook.metrics.interval import Interval, propagate
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.result import Evidence, MetricResult, Status, weakest_evidence
from zonebook.metrics.scope import Basis, Scope, read_notes
from zonebook.metrics.support import leverage, support_intensity
from zonebook.metrics.ties import find_column

_INVESTMENT, _BUDGET, _REVENUE = "investment_actual_rub", "budget_infrastructure_rub", "revenue_rub"


def support_rows(scope: Scope) -> list[MetricResult]:
    """Return S02: support by revenue, year by year, and investment by budget spending on infrastructure."""
    return [*_intensity_rows(scope), *_leverage_rows(scope)]


def _intensity_rows(scope: Scope) -> list[MetricResult]:
    granted = _read_support(scope)
    if granted.empty:
        return [scope.missing_table("S02", "ratio", "support")]
    revenue = {figure.year: figure for figure in scope.series(_REVENUE, period="FY")}
    rows = [
        _intensity_row(scope, rows, revenue[int(str(year))])
        for year, rows in granted.groupby("year", sort=True)
        if int(str(year)) in revenue
    ]
    return rows or [scope.missing("S02", "ratio", scope.explain_no_figure(_REVENUE))]


def _read_support(scope: Scope) -> pd.DataFrame:
    """Return the measures granted to parties of the scope's zones, with the year they began; planned ones left out."""
    table, parties = scope.table("support"), scope.table("party")
    mine = parties.loc[parties["zone_id"].isin(scope.zone_ids), "party_id"]
    planned = find_column(table, "planned").fillna(False).astype(bool)
    table = table[table["party_id"].isin(mine) & ~planned & find_column(table, "amount_rub").notna()]
    started = pd.to_numeric(table["start"].astype("string").str.slice(0, 4), errors="coerce")
    return table.assign(year=started.to_numpy()).query("year <= @scope.year")


def _intensity_row(scope: Scope, granted: pd.DataFrame, revenue: Figure) -> MetricResult:
    sources = tuple(dict.fromkeys(find_column(granted, "source_id").dropna().astype(str)))
    own = Basis.of(revenue)
    kinds = [own.evidence, *(evidence_of(source, scope.sources) for source in sources)]
    respondents = granted["party_id"].map(read_parties(scope)["respondent"]).tolist()
    firms = len(set(respondents))
    basis = replace(
        own,
        evidence=weakest_evidence(kinds or [Evidence.REPORTED]),
        source_ids=tuple(dict.fromkeys((*own.source_ids, *sources))),
        n_units=firms,
    )
    given = gather_amounts([""] * len(respondents), respondents, granted["amount_rub"].astype(float))
    if is_disclosing(given.get("", {}), scope.rule):
        reason = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
        return scope.without("S02", Status.SUPPRESSED, "ratio", reason, replace(basis, n_units=None))
    amount = Interval.exact(float(granted["amount_rub"].sum()))
    intensity = propagate(support_intensity, amount, revenue.interval)
    if intensity is None:
        return scope.without("S02", Status.UNDEFINED, "ratio", [state(Reason.NO_DENOMINATOR)], basis)
    return scope.result("S02", intensity, "ratio", basis, read_notes([revenue]))


def _leverage_rows(scope: Scope) -> list[MetricResult]:
    """Return investment by budget spending, both since foundation and of the same year and period type."""
    spending = {(f.year, f.period): f for f in scope.series(_BUDGET, cumulative=True)}
    invested = scope.series(_INVESTMENT, cumulative=True)
    rows = []
    for figure in invested:
        budget = spending.get((figure.year, figure.period))
        if budget is None:
            continue
        basis = Basis.of(budget, figure)
        ratio = propagate(leverage, figure.interval, budget.interval)
        if ratio is None:
            reason = [state(Reason.NO_DENOMINATOR)]
            rows.append(scope.without("S02.leverage", Status.UNDEFINED, "ratio", reason, basis))
        else:
            notes = [state(Reason.SINCE_FOUNDATION), *read_notes([figure, budget])]
            rows.append(scope.result("S02.leverage", ratio, "ratio", basis, notes))
    return rows or [scope.missing("S02.leverage", "ratio", _explain_no_leverage(scope))]


def _explain_no_leverage(scope: Scope) -> str:
    for indicator in (_INVESTMENT, _BUDGET):
        if not scope.series(indicator, cumulative=True):
            return scope.explain_no_figure(indicator, cumulative=True)
    return state(Reason.NO_COMMON_PERIOD, indicator=_INVESTMENT, second_indicator=_BUDGET)
