"""Yearly figures of a scope's own firms, from ``party_year``."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from zonebook.metrics.figures import evidence_of
from zonebook.metrics.result import Evidence, weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import find_column, keep_latest


@dataclass(frozen=True)
class FirmYear:
    """The firms of a scope in a year: one row each, latest vintage, with ``respondent`` (the group, else the firm)."""

    year: int
    rows: pd.DataFrame
    basis: Basis

    def known(self, *columns: str) -> pd.DataFrame:
        """Return the firms that answered and gave all these figures."""
        answered = find_column(self.rows, "responded").fillna(True).astype(bool)
        return self.rows[answered & self.rows[list(columns)].notna().all(axis=1)]

    def count_respondents(self, rows: pd.DataFrame) -> int:
        """Return how many independent respondents some firms are: those of one group count once."""
        return int(rows["respondent"].nunique())


def read_firm_years(scope: Scope) -> list[FirmYear]:
    """Return the firms of the scope's zones for each year up to the scope's, by year."""
    return scope.remember("firms", lambda: _read_firm_years(scope))


def _read_firm_years(scope: Scope) -> list[FirmYear]:
    table = scope.table("party_year")
    if table.empty:
        return []
    parties = scope.table("party")
    mine = parties[parties["zone_id"].isin(scope.zone_ids)].set_index("party_id")
    table = table[(table["party_id"].isin(mine.index) & (table["year"] <= scope.year)).astype(bool)]
    table = keep_latest(table, ["party_id", "year"])
    group = find_column(mine, "holding_id").astype("string").fillna(pd.Series(mine.index, index=mine.index))
    table = table.assign(respondent=table["party_id"].map(group))
    sources = table["party_id"].map(find_column(mine, "source_id").astype("string"))
    found = []
    for year, rows in table.groupby("year", sort=True):
        cited = tuple(dict.fromkeys(sources.loc[rows.index].dropna().astype(str)))
        # What firms themselves state is a register, unless the data are generated.
        demonstration = any(evidence_of(source, scope.sources) is Evidence.DEMONSTRATION for source in cited)
        evidence = weakest_evidence([Evidence.DEMONSTRATION if demonstration else Evidence.REGISTER])
        vintage = max(find_column(rows, "vintage").dropna().astype(str), default="")
        basis = Basis(int(str(year)), "FY", evidence, cited, vintage, len(rows))
        found.append(FirmYear(int(str(year)), rows, basis))
    return found
