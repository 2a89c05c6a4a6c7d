"""The corridors of flows between regions, found once for the rows of corridors and of the gravity model."""

from __future__ import annotations

from typing import Any

import pandas as pd

from zonebook.metrics.corridors import Backbone, compute_disparity, extract_backbone
from zonebook.metrics.region_flows import FlowYear
from zonebook.metrics.scope import Scope


def list_zone_regions(scope: Scope) -> frozenset[str]:
    """Return the regions that host a zone of the scope."""
    return frozenset(scope.zone_table["region_iso"].dropna().astype(str))


def read_disparity(scope: Scope, flows: FlowYear, home: str | None = None) -> pd.DataFrame:
    """Return how surprising each flow of a year is, computed once; at the end of ``home`` alone where that is given."""
    name = f"disparity {flows.year} {home} {flows.basis.source_ids}"
    return scope.remember(name, lambda: compute_disparity(flows.rows, home=home))


def find_backbone(scope: Scope, flows: FlowYear) -> Backbone:
    """Return the corridors of a year at the level of the settings."""
    return extract_backbone(read_disparity(scope, flows), scope.settings.corridor_alpha)


def list_corridors(scope: Scope, flows: FlowYear) -> list[str]:
    """Return the corridors of a year that begin or end in a region with a zone, as ``A:B``."""
    return list(name_pairs(select_near_zones(scope, find_backbone(scope, flows).edges)))


def select_near_zones(scope: Scope, edges: pd.DataFrame) -> pd.DataFrame:
    """Return the flows that begin or end in a region with a zone."""
    near = list_zone_regions(scope)
    return edges[(edges["origin"].isin(near) | edges["destination"].isin(near)).to_numpy(dtype=bool)]


def name_pairs(edges: pd.DataFrame) -> pd.Series[Any]:
    """Return the names of pairs of regions, ``A:B``."""
    return edges["origin"].astype(object) + ":" + edges["destination"].astype(object)
