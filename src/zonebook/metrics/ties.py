"""The ties of a scope seen from home: who the partner is, where, and how the tie is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.figures import read_text
from zonebook.metrics.geography import great_circle_km
from zonebook.metrics.result import Evidence, weakest_evidence
from zonebook.metrics.scope import Basis, Scope

# Support is given to a resident, not shared with it: a measure is no tie of cooperation.
SUPPORT = "support_measure"
_PARTY_COLUMNS = ("party_id", "zone_id", "site_id", "region_iso", "country_iso3")
_TIE_COLUMNS = (
    *("tie_id", "from_party", "to_party", "level", "kind", "year", "value_rub", "status", "evidence"),
    *("source_id", "vintage"),
)
_REPORTED = "press"
_PUBLISHED = frozenset({"press", "official", "company"})


def find_column(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    """Return a column, or one of missing values where the table does not have it."""
    return frame[name] if name in frame.columns else pd.Series(pd.NA, index=frame.index, dtype="object")


def keep_latest(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the rows with only the latest vintage of each key; rows without a vintage come before all others."""
    if frame.empty or find_column(frame, "vintage").isna().all():
        return frame
    ordered = frame.assign(vintage=frame["vintage"].fillna("")).sort_values("vintage", kind="stable")
    return ordered.drop_duplicates(key, keep="last").sort_index()


def _as_objects(column: pd.Series[Any]) -> NDArray[np.object_]:
    """Return a column as plain objects, missing cells as ``None``."""
    objects = np.array(column.array, dtype=object)
    objects[column.isna().to_numpy()] = None
    return objects


@dataclass(frozen=True)
class Ties:
    """The ties of a scope up to its year, one row each, turned so that the home end comes first.

    ``rows`` has the columns of ``tie`` that metrics need and, for both ends (``home_…``, ``partner_…``), party_id,
    zone_id, site_id, region_iso and country_iso3, and ``is_foreign``, ``is_inside`` (both ends at home).
    """

    scope: Scope

    @cached_property
    def parties(self) -> pd.DataFrame:
        """What is known of where each party is, by party; a party in a zone is where the zone is."""
        table = self.scope.table("party")
        columns = {name: _as_objects(find_column(table, name)) for name in _PARTY_COLUMNS}
        zones = self.scope.table("zone")
        for name in ("region_iso", "country_iso3"):
            of_zone = dict(zip(zones["zone_id"], _as_objects(zones[name]), strict=True))
            own = zip(columns["zone_id"], columns[name], strict=True)
            placed = [of_zone.get(zone) if code is None else code for zone, code in own]
            columns[name] = np.array(placed, dtype=object)
        parties = pd.DataFrame(columns, dtype=object).drop_duplicates("party_id")
        return parties.set_index("party_id", drop=False)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """All ties of cooperation of the scope, of any status, without measures of support."""
        table = keep_latest(self.scope.table("tie"), ["tie_id"])
        # Columns of objects: on the few rows of a zone they are several times quicker than texts of Arrow.
        columns = {name: _as_objects(find_column(table, name)) for name in _TIE_COLUMNS}
        from_home = table["from_party"].isin(self._home_parties).to_numpy(dtype=bool)
        to_home = table["to_party"].isin(self._home_parties).to_numpy(dtype=bool)
        giver, taker = columns["from_party"], columns["to_party"]
        for end, codes in (("home", np.where(from_home, giver, taker)), ("partner", np.where(from_home, taker, giver))):
            known = self.parties.reindex(codes)
            columns |= {f"{end}_{name}": _as_objects(known[name]) for name in _PARTY_COLUMNS}
        columns["status"] = np.array([status or "actual" for status in columns["status"]], dtype=object)
        years = np.array([-1 if year is None else year for year in columns["year"]], dtype=int)
        wanted = (from_home | to_home) & (years <= self.scope.year) & (columns["kind"] != SUPPORT)
        ties = pd.DataFrame(columns, dtype=object)
        ties["is_inside"] = from_home & to_home
        kept: pd.DataFrame = ties[wanted].reset_index(drop=True)
        kept["is_foreign"] = self._is_foreign(kept)
        return kept

    def _is_foreign(self, ties: pd.DataFrame) -> NDArray[np.bool_]:
        country = ties["partner_country_iso3"]
        # Where no country is named, of partner or home, only the level says that the partner is abroad.
        by_level = (ties["level"] == "international").to_numpy(dtype=bool)
        if not self.scope.home_country:
            return by_level
        foreign = (country != self.scope.home_country).to_numpy(dtype=bool)
        return np.where(country.notna().to_numpy(), foreign, by_level)

    @cached_property
    def _home_parties(self) -> frozenset[str]:
        parties = self.parties
        if self.scope.type == "country":
            domestic = parties["country_iso3"].isna() | (parties["country_iso3"] == self.scope.id)
            mine = parties["zone_id"].notna() & domestic
        else:
            mine = parties["zone_id"].isin(self.scope.zone_ids)
            if self.scope.type == "region":
                mine |= parties["region_iso"] == self.scope.id
        return frozenset(parties.loc[mine, "party_id"])

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
        return bool(self.find_reported(rows).any())

    def find_reported(self, rows: pd.DataFrame) -> NDArray[np.bool_]:
        """Tell which ties are known from publications only: by their evidence, else by the kind of their source.

        A tie without evidence and without a published source is the owner's own record.
        """
        evidence = rows["evidence"].to_numpy(dtype=object)
        published = {source for source, found in self.scope.sources.items() if found.kind in _PUBLISHED}
        is_published = np.array([source in published for source in rows["source_id"]], dtype=bool)
        is_blank = np.array([one is None for one in evidence], dtype=bool)
        return np.asarray((evidence == _REPORTED) | (is_blank & is_published), dtype=bool)

    def basis(self, rows: pd.DataFrame) -> Basis:
        """Return what a result computed from these ties rests on: a state reached by the scope's year."""
        sources = tuple(dict.fromkeys(str(source) for source in rows["source_id"] if source is not None))
        kinds = {self.scope.sources[source].kind for source in sources if source in self.scope.sources}
        evidence = {Evidence.REPORTED if self.is_reported(rows) or rows.empty else Evidence.REGISTER}
        if "demonstration" in kinds:
            evidence.add(Evidence.DEMONSTRATION)
        return Basis(
            year=self.scope.year,
            period="point",
            evidence=weakest_evidence(evidence),
            source_ids=sources,
            vintage=max((str(vintage) for vintage in rows["vintage"] if vintage is not None), default=""),
            n_units=len(rows),
        )

    @cached_property
    def distances(self) -> pd.DataFrame:
        """Great-circle distance of each tie (missing where an end has no coordinates), and whether it is approximate.

        A party is on its site, else in its zone, else at the centre of its region; the last is approximate.
        """
        latitude, longitude, is_centre = self._locate("home")
        other_latitude, other_longitude, other_is_centre = self._locate("partner")
        lengths = great_circle_km(latitude, longitude, other_latitude, other_longitude)
        return pd.DataFrame({"km": lengths, "is_approximate": is_centre | other_is_centre}, index=self.rows.index)

    def _locate(self, end: str) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """Return latitude, longitude and whether they are a region's centre, for one end of each tie."""
        latitude, longitude = np.full(len(self.rows), np.nan), np.full(len(self.rows), np.nan)
        is_centre = np.zeros(len(self.rows), dtype=bool)
        for key, places in self._places.items():
            found = [places.get(code) for code in self.rows[f"{end}_{key}"]]
            fill = np.isnan(latitude) & np.array([place is not None for place in found], dtype=bool)
            latitude[fill] = [place[0] for place, wanted in zip(found, fill, strict=True) if place and wanted]
            longitude[fill] = [place[1] for place, wanted in zip(found, fill, strict=True) if place and wanted]
            is_centre |= fill & (key == "region_iso")
        return latitude, longitude, is_centre

    @cached_property
    def _places(self) -> dict[str, dict[str, tuple[float, float]]]:
        """Coordinates by id, for sites, zones and regions."""
        found = {}
        for table, key in (("site", "site_id"), ("zone", "zone_id"), ("region", "region_iso")):
            known = self.scope.table(table)[[key, "latitude", "longitude"]].dropna()
            columns = (known[name].tolist() for name in (key, "latitude", "longitude"))
            found[key] = {str(code): (float(north), float(east)) for code, north, east in zip(*columns, strict=True)}
        return found


def read_ties(scope: Scope) -> Ties:
    """Return the ties of a scope, read once."""
    return scope.remember("ties", lambda: Ties(scope))


def count_by(rows: pd.DataFrame, column: str) -> dict[str, int]:
    """Return how many ties each code of a column has, codes in order; missing codes are left out."""
    return dict(sorted(Counter(str(code) for code in rows[column] if code is not None).items()))


def find_members(scope: Scope, year: int) -> dict[str, frozenset[str]]:
    """Return the members of each bloc on the last day of a year; associates and observers are no members."""
    day, members = f"{year}-12-31", dict[str, set[str]]()
    for row in scope.records("bloc_membership"):
        begins, ends = read_text(row, "valid_from"), read_text(row, "valid_to", "9999")
        if begins <= day <= ends and read_text(row, "status", "member") == "member":
            members.setdefault(str(row["bloc"]), set()).add(str(row["country_iso3"]))
    return {bloc: frozenset(countries) for bloc, countries in members.items()}
