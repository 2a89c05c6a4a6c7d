"""The residents of a scope, and all firms, with their yearly figures as arrays of firms by years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.figures import evidence_of, is_missing
from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.result import Evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.ties import find_column

FIGURES = ("employees", "revenue_rub", "export_rub", "purchases_rub", "rnd_rub", "capex_rub")
_Floats = NDArray[np.float64]
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class FirmPanel:
    """Firms of a scope and their figures by year.

    Attributes
    ----------
    scope
        Whose firms they are.
    parties
        What is known of each, by id: as :func:`~zonebook.metrics.register_ties.read_parties` gives it, and the
        ``place``, the region of its zone or else its own, and ``industry_scheme``.
    years
        Years with figures, in order.
    figures
        Firms x years by name, missing where not known; those of firms that did not answer are not.
    has_row
        Firms x years: whether the firm is on record for the year.
    basis
        Evidence and sources; what firms state of themselves is a register, unless the data are generated.
    """

    scope: Scope
    parties: pd.DataFrame
    years: tuple[int, ...]
    figures: Mapping[str, _Floats]
    has_row: _Flags
    basis: Basis

    @cached_property
    def respondents(self) -> NDArray[np.object_]:
        """The group of each firm, else the firm."""
        return self.parties["respondent"].to_numpy(dtype=object)

    @cached_property
    def respondent_codes(self) -> NDArray[np.int64]:
        """The respondents as numbers from 0 on."""
        return np.asarray(pd.factorize(self.respondents)[0], dtype=np.int64)

    @cached_property
    def industries_by_level(self) -> dict[tuple[int, str], NDArray[np.object_]]:
        """Industries of the firms at the levels asked for so far."""
        return {}

    @cached_property
    def scheme(self) -> str:
        """The classification most firms' industries are of, empty where none is named."""
        named = Counter(str(scheme) for scheme in self.parties["industry_scheme"] if not is_missing(scheme))
        return min(named, key=lambda scheme: (-named[scheme], scheme), default="")

    @cached_property
    def is_present(self) -> _Flags:
        """Firms x years: whether the firm had come; where no year is known, from its first record on, if it has any."""
        entered = self.parties["entered"].to_numpy(dtype=int)[:, None]
        recorded = np.maximum.accumulate(self.has_row, axis=1) if self.years else self.has_row
        recorded = recorded | ((entered == 0) & ~self.has_row.any(axis=1, keepdims=True))
        years = np.array(self.years, dtype=int)[None, :]
        return np.asarray(recorded | ((entered > 0) & (entered <= years)), dtype=bool)

    def select(self, chosen: NDArray[Any]) -> FirmPanel:
        """Return some of the firms: by a flag for each, or by their numbers."""
        figures = {name: cells[chosen] for name, cells in self.figures.items()}
        return replace(self, parties=self.parties.iloc[chosen], figures=figures, has_row=self.has_row[chosen])

    def split(self, column: str) -> Iterator[tuple[str, FirmPanel]]:
        """Yield the firms of each zone or cluster, in the order of their ids; firms without one are left out."""
        codes, names = pd.factorize(self.parties[column].to_numpy(dtype=object), sort=True)
        order = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[order], np.arange(len(names) + 1))
        for place, name in enumerate(names):
            yield str(name), self.select(order[bounds[place] : bounds[place + 1]])

    def count_respondents(self, chosen: _Flags) -> int:
        """Return how many independent respondents some of the firms are: those of one group count once."""
        return len(set(self.respondents[chosen]))

    def basis_of(self, year: int, count: int) -> Basis:
        """Return the basis of a figure of a year that rests on so many firms."""
        return replace(self.basis, year=year, n_units=count)


def list_residents(scope: Scope) -> pd.DataFrame:
    """Return the residents of a scope's zones by id (their firms, where none is called a resident), read once."""
    return scope.remember("residents", lambda: _list_residents(scope))


def _list_residents(scope: Scope) -> pd.DataFrame:
    parties = read_parties(scope)
    mine = parties[parties["zone_id"].isin(scope.zone_ids).to_numpy(dtype=bool)]
    kind = "resident" if (mine["kind"] == "resident").any() else "firm"
    return _place_firms(scope, mine[(mine["kind"] == kind).to_numpy(dtype=bool)])


def _list_firms(scope: Scope) -> pd.DataFrame:
    """Return the firms of the scope's share that are not abroad: in a zone, or elsewhere with figures of their own."""
    parties = read_parties(scope)
    is_firm = parties["kind"].isin(["resident", "firm"]).to_numpy(dtype=bool)
    at_home = [is_missing(country) or country == scope.home_country for country in parties["country_iso3"]]
    in_zone = parties["zone_id"].isin(scope.zone_ids).to_numpy(dtype=bool)
    has_figures = parties.index.isin(np.array(scope.table("party_year")["party_id"].array, dtype=object))
    return _place_firms(scope, parties[is_firm & np.array(at_home, dtype=bool) & (in_zone | has_figures)])


def _place_firms(scope: Scope, firms: pd.DataFrame) -> pd.DataFrame:
    """Return firms in order, with the region of their zone or else their own, and the scheme of their industry."""
    firms, zones, table = firms.sort_index(), scope.zone_table, scope.table("party")
    regions = dict(zip(zones["zone_id"].astype(object), zones["region_iso"].astype(object), strict=True))
    homes = [(regions.get(zone), own) for zone, own in zip(firms["zone_id"], firms["region_iso"], strict=True)]
    schemes = dict(zip(table["party_id"], find_column(table, "industry_scheme").astype(object), strict=True))
    return firms.assign(
        place=np.array([own if is_missing(home) else home for home, own in homes], dtype=object),
        industry_scheme=np.array([schemes.get(party) for party in firms.index], dtype=object),
    )


def read_firm_panel(scope: Scope) -> FirmPanel:
    """Return the residents of a scope with their figures up to its year, read once."""
    return scope.remember("firm panel", lambda: _read_firm_panel(scope, list_residents(scope)))


def read_wider_panel(scope: Scope) -> FirmPanel:
    """Return all firms of a scope's share, in a zone or not, with their figures up to its year, read once."""
    return scope.remember("wider firm panel", lambda: _read_firm_panel(scope, _list_firms(scope)))


def _read_firm_panel(scope: Scope, firms: pd.DataFrame) -> FirmPanel:
    table = scope.table("party_year")
    firm = firms.index.get_indexer(pd.Index(np.array(table["party_id"].array, dtype=object), dtype=object))
    year = table["year"].to_numpy(dtype=float, na_value=np.inf)
    rows = np.flatnonzero((firm >= 0) & (year <= scope.year))
    vintages = _read_vintages(table, rows)
    order = np.argsort(vintages, kind="stable")
    rows = rows[order]
    years, at = np.unique(year[rows].astype(int), return_inverse=True)
    # Where a firm and year come again, what is assigned last stands: the latest vintage.
    answered = find_column(table, "responded").fillna(value=True).to_numpy(dtype=bool)[rows]
    figures = {}
    for name in FIGURES:
        values = pd.to_numeric(find_column(table, name)).to_numpy(dtype=float, na_value=np.nan)[rows]
        cells = np.full((len(firms), len(years)), np.nan)
        cells[firm[rows], at] = np.where(answered, values, np.nan)
        figures[name] = cells
    has_row = np.zeros((len(firms), len(years)), dtype=bool)
    has_row[firm[rows], at] = True
    basis = _find_basis(scope, firms, max(vintages, default=""))
    return FirmPanel(scope, firms, tuple(years.tolist()), figures, has_row, basis)


def _read_vintages(table: pd.DataFrame, rows: NDArray[np.int64]) -> NDArray[Any]:
    vintages = np.array(find_column(table, "vintage").array, dtype=object)[rows]
    vintages[pd.isna(vintages)] = ""
    return vintages.astype(str)


def _find_basis(scope: Scope, firms: pd.DataFrame, vintage: str) -> Basis:
    table = scope.table("party")
    mine = table["party_id"].isin(firms.index).to_numpy(dtype=bool)
    sources = tuple(find_column(table, "source_id")[mine].dropna().astype(str).drop_duplicates())
    is_made_up = any(evidence_of(source, scope.sources) is Evidence.DEMONSTRATION for source in sources)
    evidence = Evidence.DEMONSTRATION if is_made_up else Evidence.REGISTER
    return Basis(scope.year, "FY", evidence, sources, str(vintage))
