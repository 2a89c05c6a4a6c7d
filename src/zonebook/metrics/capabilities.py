"""Who of a scope's parties can do which stage of a value chain (L10)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from zonebook.metrics.register_ties import read_parties
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import find_column

_CAPABLE = {"yes": True, "no": False}  # what is neither is not known


def read_capabilities(scope: Scope) -> pd.DataFrame:
    """Return who of the scope's parties can do what, up to its year; blank where it is not known."""
    table = scope.table("stage_capability")
    parties = read_parties(scope)
    is_mine = parties["zone_id"].isin(scope.zone_ids)
    if scope.type == "region":
        is_mine |= parties["region_iso"] == scope.id
    elif scope.type == "country":
        is_mine |= parties["country_iso3"] == scope.id
    table = table[(table["party_id"].isin(parties.index[is_mine]) & (table["year"] <= scope.year)).astype(bool)]
    stated = find_column(table, "capable").fillna("yes")
    columns = {name: table[name].astype(object).to_numpy() for name in ("chain_id", "stage", "party_id", "source_id")}
    capable = np.array([_CAPABLE.get(str(one)) for one in stated], dtype=object)
    return pd.DataFrame(columns | {"year": table["year"].to_numpy(dtype=int), "capable": capable})
