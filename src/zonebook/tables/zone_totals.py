"""Totals of a country or region that are less than the sum of its zones."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from zonebook.tables.frame import to_frame
from zonebook.tables.latest import find_standing
from zonebook.tables.normal import NormalTable
from zonebook.tables.problem import Findings
from zonebook.tables.schema import AGGREGATE

_SUMMED_UNITS = ("RUB", "USD", "EUR", "CNY", "count", "person", "ha")
_NO_SUM = "pct|share|growth|per_|mean|average|countries|regions"  # of these the zones' figures do not add up
_OPEN = "over"  # of a total of which only the lower bound is known
_SERIES = ["indicator", "unit", "year", "period", "cumulative"]
_READ = ["zone_id", *_SERIES, "value", "qualifier"]


def check_zone_totals(tables: Mapping[str, NormalTable], tolerance: float, findings: Findings) -> None:
    """Find totals that the sum of the zones in them exceeds.

    A total of a country is the largest figure among its aggregates, as a group of zones is an aggregate as well; of
    sources that disagree on a zone the least counts, of those on a total the largest.

    Parameters
    ----------
    tables
        The tables of the data set, normalised.
    tolerance
        Share by which the sum may exceed the total without being named.
    findings
        Collects the problems.
    """
    zones, figures = tables.get("zone"), tables.get("zone_year")
    if zones is None or figures is None:
        return
    frame = _join_places(to_frame(zones.data), figures)
    totals = frame[(frame["type"] == AGGREGATE) & (frame["qualifier"] != _OPEN)]
    if totals.empty:
        return
    least = frame[frame["type"] != AGGREGATE].groupby(["zone_id", "country_iso3", "region_iso", *_SERIES], dropna=False)
    of_zones = least["value"].min().reset_index()
    for place, others in (("region_iso", "country_iso3"), ("country_iso3", "region_iso")):
        mine = totals[totals[place].notna() & (totals[others].isna() | (place == "region_iso"))]
        largest = mine.loc[mine.groupby([place, *_SERIES])["value"].idxmax()]
        sums = of_zones.groupby([place, *_SERIES])["value"].sum().rename("sum").reset_index()
        joined = largest.merge(sums, on=[place, *_SERIES])
        _name_exceeded(figures, joined[joined["sum"] > joined["value"] * (1 + tolerance)], findings)


def _join_places(zones: pd.DataFrame, figures: NormalTable) -> pd.DataFrame:
    """Return the standing figures that add up, with the place of their zone and the row they stand in."""
    frame = to_frame(figures.data.select(_READ)).assign(position=range(figures.data.num_rows))[find_standing(figures)]
    is_summed = frame["unit"].isin(_SUMMED_UNITS) & ~frame["indicator"].str.contains(_NO_SUM).fillna(True)
    frame = frame[is_summed.fillna(False).astype(bool) & frame["value"].notna() & frame["year"].notna()]
    places = zones[["zone_id", "type", "country_iso3", "region_iso"]].drop_duplicates("zone_id")
    return frame.merge(places, on="zone_id")


def _name_exceeded(figures: NormalTable, exceeded: pd.DataFrame, findings: Findings) -> None:
    numbers = figures.number_of(exceeded["position"].to_numpy())
    for number, value, total in zip(numbers, exceeded["value"], exceeded["sum"], strict=True):
        findings.add(
            "zones_exceed_total",
            figures.place,
            row=number,
            column=figures.heading_of("value"),
            value=f"{value:.15g}",
            details={"sum": f"{total:.15g}"},
        )
