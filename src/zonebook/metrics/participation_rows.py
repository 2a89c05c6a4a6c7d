"""Rows of how residents spread their ties over zones, regions and countries (R04)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.interval import Interval
from zonebook.metrics.participation import compute_module_z, compute_participation
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.register_ties import Part, RegisterYear, read_register
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope, mark_low_n
from zonebook.metrics.wide_network import WideNetwork, explain_silence, read_wide_network


def participation_rows(scope: Scope) -> list[MetricResult]:
    """Return R04: mean participation of residents with ties; the largest within-zone z, and hubs by it.

    The groups are zones; of parties outside zones their regions, of those abroad their countries.
    """
    register = read_register(scope)
    if not register:
        return [scope.missing("R04", "index", register.absence)]
    rows = [row for year in register for row in _year_rows(year)]
    return mark_low_n(rows, scope.settings.least_units)


def _year_rows(year: RegisterYear) -> list[MetricResult]:
    wide = read_wide_network(year)
    spread = _as_numbers(compute_participation(wide.network, _find_groups(wide)))[: wide.residents]
    # Ties among partners are not on record: z is taken of residents, by their ties inside their own zone.
    zones = pd.Series(wide.arrays.zone[wide.places[: wide.residents]], index=year.residents)
    inside = _as_numbers(compute_module_z(wide.network.select(year.residents), zones))
    rows = []
    for part in year.parts:
        mine = slice(None) if part.members is year.residents else year.residents.get_indexer(part.members)
        rows += _part_rows(year, part, spread[mine], inside[mine])
    return rows


def _as_numbers(scores: pd.Series[Any]) -> NDArray[np.float64]:
    return scores.to_numpy(dtype=float, na_value=np.nan)


def _find_groups(wide: WideNetwork) -> pd.Series[Any]:
    """Return the zone of every party of the network, else its region, else its country; missing for none."""
    columns = (getattr(wide.arrays, name)[wide.places] for name in ("zone", "region", "country"))
    labels = [zone or region or country for zone, region, country in zip(*columns, strict=True)]
    return pd.Series(labels, index=wide.network.parties, dtype=object)


def _part_rows(
    year: RegisterYear, part: Part, spread: NDArray[np.float64], inside: NDArray[np.float64]
) -> list[MetricResult]:
    """Return the rows of a part from the scores of its residents, not a number for those without one."""
    silence = explain_silence(year, part)
    tied, scores = spread[~np.isnan(spread)], inside[~np.isnan(inside)]
    if not len(tied):
        return [year.row(part, "R04", "index", None, undefined=Reason.NO_TIE)]
    found: dict[str, tuple[str, float]] = {"": ("index", float(tied.mean()))}
    if len(scores):
        found |= {".z": ("ratio", float(scores.max()))}
        found |= {".hubs": ("count", float((scores >= year.scope.settings.hub_z).sum()))}
    notes = (state(Reason.OVER_PARTIES, count=len(tied)), *silence)
    rows = [
        year.row(part, f"R04{suffix}", unit, value if silence else Interval.exact(value), *notes)
        for suffix, (unit, value) in found.items()
    ]
    return rows if len(scores) else [*rows, year.row(part, "R04.z", "ratio", None, undefined=Reason.NO_SPREAD)]
