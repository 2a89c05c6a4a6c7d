"""Rows of ties between zones: how many, of what value, how intense (R09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.disclosure import judge_cells
from zonebook.metrics.geography_rows import count_row, explain_no_tie
from zonebook.metrics.hidden_parts import gather_amounts, is_disclosing
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import assign_rows, read_parties
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope
from zonebook.metrics.tie_years import TieYear, list_tie_years
from zonebook.metrics.ties import read_ties
from zonebook.metrics.zone_matrix import ZoneMatrix, build_zone_matrix, choose_hidden, compute_intensity


def zone_pair_rows(scope: Scope) -> list[MetricResult]:
    """Return R09: zones with ties to the scope's own, number and value of these ties; for the country pairs of zones.

    The country gives rows of every two zones with ties in the last year, from the first to the second.
    """
    if scope.type == "country" and len(scope.zone_ids) < 2:
        return [scope.without("R09", Status.NOT_APPLICABLE, "count", [state(Reason.ONE_ZONE)])]
    if read_ties(scope).actual.empty:
        return [scope.missing("R09", "count", explain_no_tie(scope))]
    years = list_tie_years(scope)
    rows = [row for year in years for row in _scope_rows(scope, year)]
    if scope.type == "country":
        rows += _pair_rows(scope, years[-1])
    return rows


def select_between_zones(scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    """Return ties of the scope's zones with other zones: for a region those outside it, for the country any two."""
    home, partner = rows["home_zone_id"], rows["partner_zone_id"]
    mine = home.isin(scope.zone_ids)
    other = partner.isin(scope.zone_ids) & (partner != home) if scope.type == "country" else _is_elsewhere(scope, rows)
    return rows[(mine & other).to_numpy(dtype=bool)]


def _is_elsewhere(scope: Scope, rows: pd.DataFrame) -> pd.Series[bool]:
    zones = scope.table("zone")
    totals = zones.loc[(zones["type"] == "aggregate").fillna(value=False).astype(bool), "zone_id"]
    partner = rows["partner_zone_id"]
    return partner.notna() & ~partner.isin(scope.zone_ids) & ~partner.isin(totals)


def _scope_rows(scope: Scope, year: TieYear) -> list[MetricResult]:
    rows = select_between_zones(scope, year.rows)
    looked_through = rows if len(rows) else year.rows
    basis, is_part = year.basis(looked_through), year.is_part(looked_through)
    notes = year.explain(looked_through, Reason.REPORTED_TIES)
    if year.is_few(rows):
        units = {"R09": "count", "R09.ties": "count", "R09.value": "RUB"}
        return [year.suppressed(metric_id, unit, rows) for metric_id, unit in units.items()]
    found = [
        count_row(scope, "R09", _count_partners(scope, rows), basis, notes, is_part=is_part),
        count_row(scope, "R09.ties", len(rows), basis, notes, is_part=is_part),
    ]
    if not year.is_register:
        return found
    if scope.type == "country":
        n = len(scope.zone_ids)
        share = _count_partners(scope, rows) / (n * (n - 1) / 2)
        found.append(scope.result("R09.share", share if is_part else Interval.exact(share), "share", basis, notes))
    return [*found, _value_row(scope, year, rows)]


def _count_partners(scope: Scope, rows: pd.DataFrame) -> int:
    """Return the number of other zones; for the country that of pairs of zones."""
    if scope.type != "country":
        return int(rows["partner_zone_id"].nunique())
    ends = np.sort(rows[["home_zone_id", "partner_zone_id"]].to_numpy(dtype=object).astype(str), axis=1)
    return len(np.unique(ends, axis=0))


def _value_row(scope: Scope, year: TieYear, rows: pd.DataFrame) -> MetricResult:
    """Return the value of ties with other zones, unless too few firms are behind it at either end."""
    trade = rows[rows.index.isin(year.trade.index)]
    valued = trade[trade["value_rub"].notna()]
    basis = year.basis(trade if len(trade) else year.rows)
    if valued.empty and len(trade):
        return scope.without("R09.value", Status.MISSING_INPUT, "RUB", [state(Reason.NO_VALUE), *year.notes], basis)
    if _is_disclosing(scope, valued):
        reason = state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)
        return scope.without("R09.value", Status.SUPPRESSED, "RUB", [reason], basis)
    left_out, total = len(trade) - len(valued), float(valued["value_rub"].sum())
    notes = year.explain(trade, Reason.REPORTED_TIES)
    if left_out:
        notes.append(state(Reason.WITHOUT_VALUE, left_out=left_out))
    if left_out or year.is_part(trade):
        return scope.at_least("R09.value", total, "RUB", basis, notes)
    return scope.result("R09.value", Interval.exact(total), "RUB", basis, notes)


def _is_disclosing(scope: Scope, valued: pd.DataFrame) -> bool:
    """Whether too few firms are at one end of some ties, or one of them dominates it; a group of companies is one."""
    respondents, amounts = read_parties(scope)["respondent"], valued["value_rub"].astype(float).tolist()
    ends = (valued[end].map(respondents).tolist() for end in ("home_party_id", "partner_party_id"))
    sums = (gather_amounts([""] * len(amounts), end, amounts).get("", {}) for end in ends)
    return any(is_disclosing(behind, scope.rule) for behind in sums)


def _pair_rows(scope: Scope, year: TieYear) -> list[MetricResult]:
    """Return the rows of every two zones with ties: of a register with small cells hidden, of reports number alone."""
    rows = select_between_zones(scope, year.rows)
    places = rows.groupby([end.to_numpy(dtype=object) for end in _find_zones(scope, rows)]).indices
    ties, trade = (_build_matrix(scope, part) for part in (rows, rows[rows.index.isin(year.trade.index)]))
    # A cell is hidden for what it says of values; where there are none, for what it says of ties.
    firms = trade.firms.where(trade.counts > 0, ties.firms)
    merged = ZoneMatrix(ties.counts, trade.values, firms, trade.unvalued)
    hidden = _choose_hidden(scope, rows, merged) if year.is_register else ties.counts.to_numpy() < 0
    names, found = ties.counts.index.to_numpy(dtype=object), list[MetricResult]()
    intensity = compute_intensity(ties.counts).to_numpy(dtype=float, na_value=np.nan)
    counts, unvalued, values = (table.to_numpy(dtype=float) for table in (trade.counts, trade.unvalued, trade.values))
    for start, end in np.argwhere(ties.counts.to_numpy() > 0):
        pair = (str(names[start]), str(names[end]))
        of_pair = rows.iloc[places[pair]]
        if hidden[start, end]:
            made = _hide_pair(scope, year, of_pair)
        else:
            left_out = int(unvalued[start, end])
            value = float(values[start, end]) if counts[start, end] > left_out else None
            made = _show_pair(year, of_pair, (value, left_out, float(intensity[start, end])))
        found += assign_rows(made, "pair", ":".join(pair))
    return found


def _find_zones(scope: Scope, rows: pd.DataFrame) -> Sequence[pd.Series[Any]]:
    """Return the zones of giver and taker of each tie."""
    zones = read_ties(scope).parties["zone_id"]
    return [rows[end].map(zones) for end in ("from_party", "to_party")]


def _build_matrix(scope: Scope, rows: pd.DataFrame) -> ZoneMatrix:
    zones = read_ties(scope).parties["zone_id"]
    return build_zone_matrix(rows, zones[zones.isin(scope.zone_ids)], read_parties(scope)["respondent"])


def _choose_hidden(scope: Scope, rows: pd.DataFrame, matrix: ZoneMatrix) -> NDArray[np.bool_]:
    """Return which cells are hidden, knowing which totals of zones are shown on their own pages."""
    givers, takers = _find_zones(scope, rows)
    firms_of = pd.concat([rows["from_party"], rows["to_party"]]).map(read_parties(scope)["respondent"])
    counts = firms_of.groupby(pd.concat([givers, takers]).to_numpy(dtype=object)).nunique()
    shown = counts.reindex(matrix.counts.index).fillna(0).to_numpy() >= scope.settings.least_firms
    unsafe = _find_dominated(scope, rows, (givers, takers))
    start, end = (matrix.counts.index.get_indexer(pd.Index(names, dtype=object)) for names in unsafe)
    firms = matrix.firms.to_numpy(copy=True)
    firms[start, end] = 0
    told = replace(matrix, firms=pd.DataFrame(firms, matrix.firms.index, matrix.firms.columns))
    return choose_hidden(told, pd.Series(shown, index=matrix.counts.index), scope.settings.least_firms)


def _find_dominated(scope: Scope, rows: pd.DataFrame, zones: Sequence[pd.Series[Any]]) -> tuple[list[str], list[str]]:
    """Return the pairs of zones whose ties with a value are in truth those of one firm at either end."""
    valued = rows["value_rub"].notna().to_numpy(dtype=bool)
    pairs = {f"zone{place}": end.to_numpy(dtype=object)[valued] for place, end in enumerate(zones)}
    respondents, found = read_parties(scope)["respondent"], set[tuple[str, str]]()
    for end in ("from_party", "to_party"):
        who = rows.loc[valued, end].map(respondents).to_numpy(dtype=object)
        frame = pd.DataFrame(
            {**pairs, "respondent": who, "value": rows.loc[valued, "value_rub"].astype(float).to_numpy()}
        )
        judged = judge_cells(frame, list(pairs), scope.rule)
        found |= {
            (str(pair[0]), str(pair[1])) for pair in judged.index[judged["is_dominated"] | judged["is_guessable"]]
        }
    ordered = sorted(found)
    return [giver for giver, _ in ordered], [taker for _, taker in ordered]


def _hide_pair(scope: Scope, year: TieYear, rows: pd.DataFrame) -> list[MetricResult]:
    reason = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
    basis = replace(year.basis(rows), n_units=None)
    units = {"R09": "count", "R09.value": "RUB", "R09.intensity": "ratio"}
    return [scope.without(name, Status.SUPPRESSED, unit, reason, basis) for name, unit in units.items()]


def _show_pair(year: TieYear, rows: pd.DataFrame, figures: tuple[float | None, int, float]) -> list[MetricResult]:
    """Return the rows of a pair: number of ties and, of a register, value (if any, and ties without one), intensity."""
    scope, basis, is_part = year.ties.scope, year.basis(rows), year.is_part(rows)
    notes = year.explain(rows, Reason.REPORTED_TIES)
    found = [count_row(scope, "R09", len(rows), basis, notes, is_part=is_part)]
    if not year.is_register:
        return found
    value, unvalued, intensity = figures
    if value is not None:
        told = [*notes, state(Reason.WITHOUT_VALUE, left_out=unvalued)] if unvalued else notes
        found.append(
            scope.at_least("R09.value", value, "RUB", basis, told)
            if unvalued or is_part
            else scope.result("R09.value", Interval.exact(value), "RUB", basis, told)
        )
    ratio = intensity if is_part else Interval.exact(intensity)
    found.append(scope.result("R09.intensity", ratio, "ratio", basis, notes))
    return found
