"""Whether the sum of local trade of a year may be shown: it is to give away no firm, neither alone nor by subtraction.

A zone's sum stands beside that of its region and its country. Where it is not shown, it must not be what is left when
the sums that are shown are taken from a larger one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from zonebook.metrics.disclosure import SuppressionRule, Verdict, judge_cells
from zonebook.metrics.register_ties import RegisterYear, read_register
from zonebook.metrics.scope import Scope

_ENDS = ("from_party", "to_party")


@dataclass(frozen=True, eq=False)
class _Contributions:
    """Local ties with a value: year, zone, region, respondents at both ends, amount."""

    rows: pd.DataFrame
    rule: SuppressionRule

    def find_unsafe(self, rows: pd.DataFrame, cells: Sequence[str]) -> pd.Index:
        """Return the cells that would give away a seller or a buyer."""
        unsafe = pd.Index([])
        for end in _ENDS:
            judged = judge_cells(rows.rename(columns={end: "respondent"}), cells, self.rule)
            unsafe = unsafe.union(judged.index[judged["verdict"] != Verdict.PUBLISH.value])
        return unsafe


def find_safe_years(scope: Scope) -> frozenset[int]:
    """Return the years in which the sum of local trade of the scope may be shown."""
    return scope.remember("safe years of local trade", lambda: _find_safe_years(scope))


def _find_safe_years(scope: Scope) -> frozenset[int]:
    years = read_register(scope).years
    parts = [_list_contributions(year) for year in years]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    if rows.empty:
        return frozenset(year.year for year in years)
    settings = scope.settings
    rule = SuppressionRule(settings.least_firms, settings.dominance, settings.p_percent)
    return frozenset(year.year for year in years) - _find_unsafe_years(scope, _Contributions(rows, rule))


def _list_contributions(year: RegisterYear) -> pd.DataFrame:
    """Return the ties with a value whose ends are residents of one zone."""
    ties, zone_of, respondent_of = year.trade, year.parties["zone_id"], year.parties["respondent"]
    ties = ties[ties["from_party"].isin(year.residents) & ties["to_party"].isin(year.residents)]
    ties = ties[ties["value_rub"].notna() & (ties["from_party"] != ties["to_party"])]
    zones, others = (zone_of.reindex(ties[end]).to_numpy(dtype=object) for end in _ENDS)
    ties, zones = ties[zones == others], zones[zones == others]
    respondents = {end: respondent_of.reindex(ties[end]).to_numpy(dtype=object) for end in _ENDS}
    values = ties["value_rub"].to_numpy(dtype=float)
    return pd.DataFrame({"year": year.year, "zone": zones, "value": values, **respondents})


def _find_unsafe_years(scope: Scope, found: _Contributions) -> set[int]:
    rows = found.rows
    unsafe = set(found.find_unsafe(rows, ["year"]))
    if scope.type == "zone":
        return unsafe
    by_zone = rows[_is_in(rows, ["year", "zone"], found.find_unsafe(rows, ["year", "zone"]))]
    if scope.type == "country":
        zones = scope.table("zone")
        regions = dict(zip(zones["zone_id"], zones["region_iso"].fillna(""), strict=True))
        by_zone = by_zone.assign(region=by_zone["zone"].map(regions))
        rows = rows.assign(region=rows["zone"].map(regions))
        hidden = found.find_unsafe(rows, ["year", "region"])
        if len(by_zone):
            hidden = hidden.union(found.find_unsafe(by_zone, ["year", "region"]))
        # What is left of the country when regions, and zones of the others, are taken from it.
        by_zone = by_zone[_is_in(by_zone, ["year", "region"], hidden)]
    return unsafe | (set(found.find_unsafe(by_zone, ["year"])) if len(by_zone) else set())


def _is_in(rows: pd.DataFrame, cells: list[str], listed: pd.Index) -> pd.Series[bool]:
    keys = pd.MultiIndex.from_frame(rows[cells])
    return pd.Series(keys.isin(listed) if len(listed) else False, index=rows.index, dtype=bool)
