"""The ties of a scope seen from home: who the partner is, where, and how the tie is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from zonebook.metrics.figures import read_text
from zonebook.metrics.result import Evidence, weakest_evidence
from zonebook.metrics.scope import Basis, Scope

# Support is given to a resident, not shared with it: a measure is no tie of cooperation.
SUPPORT = "support_measure"
_PARTY_COLUMNS = ("party_id", "zone_id", "site_id", "region_iso", "country_iso3")
_REPORTED = "press"


def find_column(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    """Return a column, or one of missing values where the table does not have it."""
    return frame[name] if name in frame.columns else pd.Series(pd.NA, index=frame.index, dtype="object")


def keep_latest(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the rows with only the latest vintage of each key; rows without a vintage come before all others."""
    if frame.empty or find_column(frame, "vintage").isna().all():
        return frame
    ordered = frame.assign(vintage=frame["vintage"].fillna("")).sort_values("vintage", kind="stable")
    return ordered.drop_duplicates(key, keep="last").sort_index()


@dataclass(frozen=True)
class Ties:
    """The ties of a scope up to its year, one row each, turned so that the home end comes first.

    ``rows`` has the columns of ``tie`` and, for both ends (``home_…``, ``partner_…``), party_id, zone_id,
    site_id, region_iso and country_iso3, and ``is_foreign``, ``is_inside`` (both ends at home).
    """

    scope: Scope

    @cached_property
    def parties(self) -> pd.DataFrame:
        """What is known of where each party is; a party in a zone is where the zone is."""
        table = self.scope.table("party")
        parties = pd.DataFrame({name: find_column(table, name).astype("string") for name in _PARTY_COLUMNS})
        zones = self.scope.table("zone").set_index("zone_id")
        for name in ("region_iso", "country_iso3"):
            parties[name] = parties[name].fillna(parties["zone_id"].map(zones[name].astype("string")))
        return parties.drop_duplicates("party_id").set_index("party_id", drop=False)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """All ties of cooperation of the scope, of any status, without measures of support."""
        ties = self.scope.table("tie")
        ties = keep_latest(ties, ["tie_id"])
        in_time = find_column(ties, "year").isna() | (find_column(ties, "year") <= self.scope.year).fillna(False)
        ties = ties[(in_time & (ties["kind"] != SUPPORT)).astype(bool)]
        ties = ties.assign(status=find_column(ties, "status").fillna("actual"))
        from_home = ties["from_party"].isin(self._home_parties)
        to_home = ties["to_party"].isin(self._home_parties)
        ties = ties.assign(
            home=ties["from_party"].where(from_home, ties["to_party"]),
            partner=ties["to_party"].where(from_home, ties["from_party"]),
            is_inside=from_home & to_home,
        )[(from_home | to_home)]
        for end in ("home", "partner"):
            known = self.parties.reindex(ties[end].astype("string"))
            for name in _PARTY_COLUMNS:
                ties[f"{end}_{name}"] = known[name].to_numpy()
        return ties.assign(is_foreign=self._is_foreign(ties)).reset_index(drop=True)

    def _is_foreign(self, ties: pd.DataFrame) -> pd.Series[Any]:
        country = ties["partner_country_iso3"]
        foreign = (country != self.scope.home_country).astype("boolean")
        # Where no country is named, only the level says that the partner is abroad.
        return foreign.where(country.notna(), ties["level"] == "international").astype(bool)

    @cached_property
    def _home_parties(self) -> frozenset[str]:
        parties = self.parties
        if self.scope.type == "country":
            domestic = parties["country_iso3"].isna() | (parties["country_iso3"] == self.scope.id)
            mine = parties["zone_id"].notna() & domestic
        else:
            mine = parties["zone_id"].isin(self.scope.zone_ids)
            if self.scope.type == "region":
                mine |= (parties["region_iso"] == self.scope.id).fillna(False)
        return frozenset(parties.loc[mine.astype(bool), "party_id"])

    @cached_property
    def actual(self) -> pd.DataFrame:
        """Ties that work; planned ones and talks are never counted among them."""
        return self.rows[self.rows["status"] == "actual"]

    @cached_property
    def intended(self) -> pd.DataFrame:
        """Ties that are planned or talked of."""
        return self.rows[self.rows["status"] != "actual"]

    def is_reported(self, rows: pd.DataFrame) -> bool:
        """Whether any of these ties is known from publications only: then they are a sample, not a register."""
        return bool((find_column(rows, "evidence").fillna(_REPORTED) == _REPORTED).any())

    def basis(self, rows: pd.DataFrame) -> Basis:
        """Return what a result computed from these ties rests on: a state reached by the scope's year."""
        sources = find_column(rows, "source_id").dropna().astype(str)
        kinds = {self.scope.sources[source].kind for source in sources.unique() if source in self.scope.sources}
        evidence = {Evidence.REPORTED if self.is_reported(rows) or rows.empty else Evidence.REGISTER}
        if "demonstration" in kinds:
            evidence.add(Evidence.DEMONSTRATION)
        vintages = find_column(rows, "vintage").dropna().astype(str)
        return Basis(
            year=self.scope.year,
            period="point",
            evidence=weakest_evidence(evidence),
            source_ids=tuple(dict.fromkeys(sources)),
            vintage=max(vintages, default=""),
            n_units=len(rows),
        )

    def places(self, rows: pd.DataFrame, end: str) -> pd.DataFrame:
        """Return latitude, longitude and whether they are only a region's centre, for one end of each tie.

        A party is on its site, else in its zone, else at the centre of its region.
        """
        found = pd.DataFrame({"latitude": np.nan, "longitude": np.nan, "is_centre": False}, index=rows.index)
        for table, key in (("site", "site_id"), ("zone", "zone_id"), ("region", "region_iso")):
            known = self.scope.table(table).drop_duplicates(key).set_index(key)[["latitude", "longitude"]]
            known = known.dropna().astype(float)
            code = rows[f"{end}_{key}"]
            fill = found["latitude"].isna() & code.isin(known.index)
            found.loc[fill, ["latitude", "longitude"]] = known.reindex(code[fill]).to_numpy()
            found.loc[fill, "is_centre"] = table == "region"
        return found


def count_by(rows: pd.DataFrame, column: str) -> dict[str, int]:
    """Return how many ties each code of a column has, codes in order; missing codes are left out."""
    counts = rows[column].dropna().value_counts()
    return {str(code): int(count) for code, count in sorted(counts.items(), key=lambda item: str(item[0]))}


def find_members(scope: Scope, year: int) -> dict[str, frozenset[str]]:
    """Return the members of each bloc on the last day of a year; associates and observers are no members."""
    day, members = f"{year}-12-31", dict[str, set[str]]()
    for row in scope.table("bloc_membership").to_dict("records"):
        begins, ends = read_text(row, "valid_from"), read_text(row, "valid_to", "9999")
        if begins <= day <= ends and read_text(row, "status", "member") == "member":
            members.setdefault(str(row["bloc"]), set()).add(str(row["country_iso3"]))
    return {bloc: frozenset(countries) for bloc, countries in members.items()}
