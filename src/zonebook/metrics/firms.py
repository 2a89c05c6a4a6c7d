"""Yearly figures of a scope's own firms, from ``party_year``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonebook.metrics.figures import evidence_of, is_missing
from zonebook.metrics.register_ties import read_parties
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
        """Return these figures and the respondent of the firms that answered and gave all of them."""
        answered = find_column(self.rows, "responded").fillna(True).to_numpy(dtype=bool)
        figures = self.rows[[*columns, "respondent"]]
        given = ~np.isnan(figures[list(columns)].to_numpy(dtype=float)).any(axis=1)
        known: pd.DataFrame = figures[answered & given]
        return known

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
    parties = read_parties(scope)
    mine = parties[parties["zone_id"].isin(scope.zone_ids)]
    table = table[(table["party_id"].isin(mine.index) & (table["year"] <= scope.year)).to_numpy(dtype=bool)]
    table = _as_plain(keep_latest(table, ["party_id", "year"]))
    table["respondent"] = table["party_id"].map(mine["respondent"].to_dict())
    listed = scope.table("party")
    source_of = dict(zip(listed["party_id"], find_column(listed, "source_id"), strict=True))
    found = []
    for year, rows in table.groupby("year", sort=True):
        cited = tuple(dict.fromkeys(str(one) for one in map(source_of.get, rows["party_id"]) if not is_missing(one)))
        # What firms themselves state is a register, unless the data are generated.
        demonstration = any(evidence_of(source, scope.sources) is Evidence.DEMONSTRATION for source in cited)
        evidence = weakest_evidence([Evidence.DEMONSTRATION if demonstration else Evidence.REGISTER])
        vintage = max((str(one) for one in find_column(rows, "vintage") if one is not None), default="")
        basis = Basis(int(str(year)), "FY", evidence, cited, vintage, len(rows))
        found.append(FirmYear(int(str(year)), rows, basis))
    return found


def _as_plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with texts as plain objects: on the few rows of a zone they are quicker than those of Arrow."""
    columns: dict[str, pd.Series[Any]] = {}
    for name, column in table.items():
        if pd.api.types.is_float_dtype(column.dtype) or name == "year":
            columns[str(name)] = pd.Series(column.to_numpy())
        else:
            values = np.array(column.array, dtype=object)
            values[column.isna().to_numpy()] = None
            columns[str(name)] = pd.Series(values, dtype=object)
    return pd.DataFrame(columns)
