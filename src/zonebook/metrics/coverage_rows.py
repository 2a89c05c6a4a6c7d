"""Rows of cooperation coverage (L01): with other residents, and with anyone at home, in other regions and abroad."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.coverage import count_coverage, find_connected
from zonebook.metrics.interval import Interval
from zonebook.metrics.part_network import PartNetwork, YearNetworks, read_networks
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import RegisterYear, absent_row
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n

LEVELS = ("local", "regional", "international")
_Flags = Mapping[str, NDArray[np.bool_]]


def coverage_rows(scope: Scope) -> list[MetricResult]:
    """Return L01 by year, for the scope and a zone's clusters: ties among themselves, by level, and with anyone."""
    years = read_networks(scope)
    if not years:
        return [absent_row(scope, "L01", "share")]
    flags = [_find_partners(year) for year in years]
    # Of a level without a single tie in any year nothing seems to have been collected: that is no zero.
    absent = {level for level in LEVELS if not any(found[level].any() for found in flags)}
    rows = [
        row
        for year, found in zip(years, flags, strict=True)
        for part in year.parts
        for row in _part_rows(part, {name: found[name] for name in found if name not in absent})
    ]
    rows += [scope.missing(f"L01.{level}", "share", state(Reason.NO_REPORTED_TIE)) for level in sorted(absent)]
    return mark_low_n(rows, scope.settings.least_units)


def find_levels(year: RegisterYear) -> NDArray[np.object_]:
    """Return the level of each tie of a year: by where its ends are, by what the table says where that is not known."""
    ties = year.ties
    home, partner = (ties[f"{end}_region_iso"].to_numpy(dtype=object) for end in ("home", "partner"))
    is_named = pd.notna(home) & pd.notna(partner)
    elsewhere = np.where(is_named, home != partner, (ties["level"] == "regional").to_numpy(dtype=bool))
    if year.scope.type != "country":
        # A resident's own address may lie elsewhere: a tie between two residents stays at home all the same.
        elsewhere &= ~ties["is_inside"].to_numpy(dtype=bool)
    levels = np.where(elsewhere, "regional", "local").astype(object)
    levels[ties["is_foreign"].to_numpy(dtype=bool)] = "international"
    return levels


def _find_partners(networks: YearNetworks) -> _Flags:
    """Tell which residents have a tie with another resident, with anyone, and at each level."""
    year = networks.year
    ends, levels = year.ties[["from_party", "to_party"]], find_levels(year)
    by_level = {level: find_connected(ends[levels == level], year.residents) for level in LEVELS}
    anywhere = np.logical_or.reduce([*by_level.values()])
    return {"": networks.whole.network.is_connected, **by_level, "any": anywhere}


def _part_rows(part: PartNetwork, flags: _Flags) -> Iterator[MetricResult]:
    if part.is_single:
        yield part.suppressed("L01", "share")
        return
    mine = {name: connected[part.places] for name, connected in flags.items()}
    if part.part.scope_type == "cluster":
        mine = {"": part.network.is_connected, "zone": mine.pop(""), **mine}
    for name, connected in mine.items():
        found = count_coverage(connected, part.is_silent)
        value = None if found is None else Interval(found.share, found.lower, found.upper)
        suffix = f".{name}" if name else ""
        yield part.row(f"L01{suffix}", "share", value, *part.silence, undefined=Reason.NO_RESIDENTS)
