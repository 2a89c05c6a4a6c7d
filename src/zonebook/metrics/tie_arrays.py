"""The columns of a scope's ties as plain arrays, by the tie's place in the table: many small sums are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.partner_places import ABROAD, OTHER, OWN, UNKNOWN, find_places
from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.scope import Scope
from zonebook.metrics.tie_years import select_other_regions
from zonebook.metrics.ties import Ties, read_ties

_OF_LEVEL = {"local": OWN, "regional": OTHER, "international": ABROAD}


@dataclass(frozen=True, eq=False)
class TieArrays:
    """Arrays as long as the scope's ties (``giver``, ``taker``: places among its parties) or as its parties."""

    ties: Ties

    @cached_property
    def value(self) -> NDArray[np.float64]:
        """Value of each tie in RUB; not a number where there is none."""
        return pd.to_numeric(self.ties.rows["value_rub"], errors="coerce").to_numpy(dtype=float, na_value=np.nan)

    @cached_property
    def km(self) -> NDArray[np.float64]:
        """Length of each tie; not a number where an end has no coordinates."""
        return self.ties.distances["km"].to_numpy(dtype=float)

    @cached_property
    def is_approximate(self) -> NDArray[np.bool_]:
        """Whether an end of each tie is placed at the centre of its region."""
        return self.ties.distances["is_approximate"].to_numpy(dtype=bool)

    @cached_property
    def is_regional(self) -> NDArray[np.bool_]:
        """Whether the partner of each tie is in another region of the country."""
        found = np.zeros(len(self.ties.rows), dtype=bool)
        found[select_other_regions(self.ties.rows).index] = True
        return found

    @cached_property
    def giver(self) -> NDArray[np.intp]:
        """Place of each tie's giver among the parties."""
        return self.ties.parties.index.get_indexer(pd.Index(self.ties.rows["from_party"], dtype=object))

    @cached_property
    def taker(self) -> NDArray[np.intp]:
        """Place of each tie's taker among the parties."""
        return self.ties.parties.index.get_indexer(pd.Index(self.ties.rows["to_party"], dtype=object))

    @cached_property
    def region(self) -> NDArray[np.object_]:
        """Region of each party, ``None`` where not known; one in a zone is where it is registered."""
        return self._column("region_iso")

    @cached_property
    def zone(self) -> NDArray[np.object_]:
        """Zone of each party, ``None`` for none."""
        return self._column("zone_id")

    @cached_property
    def country(self) -> NDArray[np.object_]:
        """Country of each party, ``None`` where not known."""
        return self._column("country_iso3")

    def _column(self, name: str) -> NDArray[np.object_]:
        cells: NDArray[np.object_] = self.ties.parties[name].to_numpy(dtype=object, copy=True)
        cells[pd.isna(cells)] = None
        return cells

    @cached_property
    def home_region(self) -> NDArray[np.object_]:
        """Region a party deals from: that of its zone, else its own."""
        zones = self.ties.scope.table("zone")
        regions = zip(zones["zone_id"], zones["region_iso"].astype(object), strict=True)
        of_zone = {zone: region for zone, region in regions if isinstance(region, str)}
        pairs = zip(self.zone, self.region, strict=True)
        return np.array([of_zone.get(zone, region) for zone, region in pairs], dtype=object)

    @cached_property
    def respondent(self) -> NDArray[np.intp]:
        """Number of the group each party answers with, or of itself."""
        groups = read_parties(self.ties.scope)["respondent"].reindex(self.ties.parties.index)
        return pd.factorize(groups.astype(object))[0].astype(np.intp)

    def count_respondents(self, parties: NDArray[np.intp]) -> int:
        """Return how many independent respondents some parties (places, perhaps repeated) are."""
        return len(np.unique(self.respondent[parties]))

    def find_partner_places(self, *, of_taker: bool) -> NDArray[np.intp]:
        """Return where each tie's giver is, as its taker sees it, or the other way round; by level where not known."""
        home, partner = (self.taker, self.giver) if of_taker else (self.giver, self.taker)
        is_foreign = self.ties.rows["is_foreign"].to_numpy(dtype=bool)
        countries = np.where(is_foreign, "abroad", "home")
        places = find_places(self.region[partner], countries, self.home_region[home], "home")
        by_level = np.array([_OF_LEVEL[level] for level in self.ties.rows["level"]], dtype=np.intp)
        return np.where(places == UNKNOWN, by_level, places)

    def mark(self, members: pd.Index[Any]) -> NDArray[np.bool_]:
        """Return whether each party is one of some."""
        found = np.zeros(len(self.ties.parties), dtype=bool)
        places = self.ties.parties.index.get_indexer(members)
        found[places[places >= 0]] = True
        return found


def read_tie_arrays(scope: Scope) -> TieArrays:
    """Return the arrays of a scope's ties, made once."""
    return scope.remember("tie arrays", lambda: TieArrays(read_ties(scope)))
