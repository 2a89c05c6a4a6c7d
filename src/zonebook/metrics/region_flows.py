"""Flows between regions by year, from ``flow_region``, with distances; or from the ties of zones' residents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zonebook.metrics.figures import evidence_of
from zonebook.metrics.flow_pairs import prepare_flows
from zonebook.metrics.geography import great_circle_km
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import weakest_evidence
from zonebook.metrics.scope import Basis, Scope
from zonebook.metrics.tie_arrays import read_tie_arrays
from zonebook.metrics.tie_years import TieYear, list_tie_years
from zonebook.metrics.ties import find_column

_PAIR = ["origin", "destination"]


@dataclass(frozen=True, eq=False)
class FlowYear:
    """Flows of a year: ``origin``, ``destination``, ``value_rub``, one row a pair of regions and product.

    ``few`` holds the pairs (``A:B``) of flows made of ties of too few firms to be shown; ``notes`` are for every
    figure made of the flows; ``is_whole`` whether all that is to be known of them is.
    """

    year: int
    rows: pd.DataFrame
    basis: Basis
    few: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    is_whole: bool = True


def has_region_flows(scope: Scope) -> bool:
    """Whether ``flow_region`` has rows up to the scope's year."""
    return bool((scope.table("flow_region")["year"] <= scope.year).any())


def read_region_flows(scope: Scope) -> tuple[FlowYear, ...]:
    """Return the flows of ``flow_region`` by year, up to the scope's."""
    return scope.remember("region flows", lambda: _read_region_flows(scope))


def _read_region_flows(scope: Scope) -> tuple[FlowYear, ...]:
    table = scope.table("flow_region")
    if table.empty:
        return ()
    found = []
    for year, rows in table[(table["year"] <= scope.year).to_numpy(dtype=bool)].groupby("year", sort=True):
        sources = tuple(dict.fromkeys(find_column(rows, "source_id").dropna().astype(str)))
        evidence = weakest_evidence(evidence_of(source, scope.sources) for source in sources)
        columns = {name: rows[name].astype(object).to_numpy() for name in _PAIR}
        columns["value_rub"] = rows["value_rub"].to_numpy(dtype=float, na_value=np.nan)
        flows = pd.DataFrame(columns)
        pairs = len(flows[flows["origin"] != flows["destination"]][_PAIR].drop_duplicates())
        basis = Basis(int(str(year)), "FY", evidence, sources, n_units=pairs)
        found.append(FlowYear(int(str(year)), flows, basis))
    return tuple(found)


def read_tie_flows(scope: Scope) -> tuple[FlowYear, ...]:
    """Return sales of the register's ties by the regions of giver and taker; none where ties are only reported."""
    return tuple(_sum_ties(scope, year) for year in list_tie_years(scope) if year.is_register)


def _sum_ties(scope: Scope, year: TieYear) -> FlowYear:
    arrays, trade = read_tie_arrays(scope), year.trade
    at_home = trade.index[~trade["is_foreign"].to_numpy(dtype=bool)].to_numpy(dtype=np.intp)
    ties = at_home[~np.isnan(arrays.value[at_home])]
    ends = {"origin": arrays.home_region[arrays.giver[ties]], "destination": arrays.home_region[arrays.taker[ties]]}
    flows = pd.DataFrame(ends | {"value_rub": arrays.value[ties]}, dtype=object)
    rows = trade.loc[ties]
    notes = [state(Reason.FROM_TIES), *year.explain(rows, Reason.REPORTED_SAMPLE)]
    if len(at_home) > len(ties):
        notes.append(state(Reason.WITHOUT_VALUE, left_out=len(at_home) - len(ties)))
    pairs = [
        f"{origin}:{end}"
        for origin, end in zip(ends["origin"], ends["destination"], strict=True)
        if origin is not None and end is not None and origin != end
    ]
    basis = replace(year.basis(rows), n_units=len(set(pairs)))
    is_whole = len(at_home) == len(ties) and not year.silence
    # Pairs are shown by the country alone.
    few = (
        _find_few(scope, flows, [end[ties] for end in (arrays.giver, arrays.taker)]) if scope.type == "country" else ()
    )
    return FlowYear(year.year, flows, basis, frozenset(few), tuple(notes), is_whole)


def _find_few(scope: Scope, flows: pd.DataFrame, parties: Sequence[NDArray[np.intp]]) -> Iterable[str]:
    """Return the pairs of regions with fewer firms at either end than may be shown."""
    firms = [read_tie_arrays(scope).respondent[end] for end in parties]
    pairs = flows["origin"].astype(str) + ":" + flows["destination"].astype(str)
    counts = pd.DataFrame({"pair": pairs, "giver": firms[0], "taker": firms[1]}).groupby("pair").nunique().min(axis=1)
    return map(str, counts.index[(counts < scope.settings.least_firms).to_numpy(dtype=bool)])


@dataclass(frozen=True, eq=False)
class FlowPairs:
    """The pairs of regions of a year that have a flow (zeros among them) and a distance, and how many lack one."""

    year: FlowYear
    pairs: pd.DataFrame
    left_out: int


def list_flow_pairs(scope: Scope) -> tuple[FlowPairs, ...]:
    """Return the pairs of regions of each year with what the gravity model needs.

    Columns: ``ln_km``, and where they are known ``same_district`` and the logarithms of gross regional product,
    ``ln_from`` and ``ln_to``.
    """
    return scope.remember("flow pairs", lambda: _list_flow_pairs(scope))


def _list_flow_pairs(scope: Scope) -> tuple[FlowPairs, ...]:
    distances, regions = list_distances(scope), scope.table("region").drop_duplicates("region_iso")
    known = regions.set_index(regions["region_iso"].astype(object))
    district = known["federal_district"].astype(object)
    product = known["grp_rub"].astype("float64")
    mass = pd.Series(np.log(product.where(product > 0).to_numpy()), index=known.index)
    found = []
    for year in read_region_flows(scope):
        pairs = prepare_flows(year.rows, distances)
        ends = [pairs[end].map(district) for end in _PAIR]
        if not any(end.isna().any() for end in ends):
            pairs["same_district"] = (ends[0] == ends[1]).astype(float)
        pairs["ln_from"], pairs["ln_to"] = (pairs[end].map(mass).astype(float) for end in _PAIR)
        valued = year.rows.dropna()
        crossing = valued[valued["origin"] != valued["destination"]][_PAIR].drop_duplicates()
        found.append(FlowPairs(year, pairs, len(crossing) - len(pairs)))
    return tuple(found)


def list_distances(scope: Scope) -> pd.DataFrame:
    """Return the distance of every two regions: as given, else along the great circle between their centres."""
    places = scope.table("region")[["region_iso", "latitude", "longitude"]].dropna().drop_duplicates("region_iso")
    codes = places["region_iso"].astype(object).to_numpy()
    latitude, longitude = (places[name].to_numpy(dtype=float) for name in ("latitude", "longitude"))
    start, end = (index.ravel() for index in np.indices((len(codes), len(codes))))
    length = great_circle_km(latitude[start], longitude[start], latitude[end], longitude[end])
    globe = pd.DataFrame({"origin": codes[start], "destination": codes[end], "km": length})
    given: dict[str, Any] = {name: scope.table("distance")[name].astype(object).to_numpy() for name in _PAIR}
    table = pd.DataFrame(given | {"km": scope.table("distance")["km"].to_numpy(dtype=float, na_value=np.nan)})
    turned = table.rename(columns={"origin": "destination", "destination": "origin"})
    return pd.concat([table, turned, globe], ignore_index=True).dropna().drop_duplicates(_PAIR)
