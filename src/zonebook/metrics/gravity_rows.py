"""Rows of the gravity model: flows against what size and distance imply, and what distance costs (R06, R07)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from zonebook.metrics.corridor_edges import list_corridors, list_zone_regions
from zonebook.metrics.gravity import bound_elasticity
from zonebook.metrics.gravity_fits import GravityYear, read_gravity
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.region_flows import has_region_flows
from zonebook.metrics.register_ties import assign_rows
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope


def _without_model(scope: Scope, metric_id: str, unit: str) -> list[MetricResult]:
    """Return the headline where there is nothing to fit, or not here."""
    if not has_region_flows(scope):
        return [scope.missing_table(metric_id, unit, "flow_region")]
    return [scope.without(metric_id, Status.NOT_APPLICABLE, unit, [state(Reason.NEEDS_PEERS)])]


def gravity_rows(scope: Scope) -> list[MetricResult]:
    """Return R06: for the country the median ratio of observed to expected flows each year.

    In the last year every region has the same of its pairs, and pairs have their ratios.
    Pairs with a row are, for every region with a zone, those of the largest gaps in either direction, and corridors.
    A zone or region alone cannot be told from its own effect: its rows come from the country.
    """
    if scope.type != "country" or not has_region_flows(scope):
        return _without_model(scope, "R06", "ratio")
    years = read_gravity(scope)
    rows = [row for year in years for row in _country_rows(scope, year)]
    fit = years[-1].fit
    if fit is not None:
        known = fit.pairs[fit.pairs["ratio"].notna()]
        rows += [*_region_rows(scope, years[-1], known), *_pair_rows(scope, years[-1], known)]
    return rows


def _country_rows(scope: Scope, year: GravityYear) -> list[MetricResult]:
    if year.fit is None:
        return [scope.without("R06", year.status, "ratio", [year.absence, *year.notes], year.basis)]
    ratios = year.fit.pairs["ratio"].dropna().astype(float)
    found = _median_rows(scope, year, ratios)
    if year.fit.pseudo_r2 is not None:
        found.append(scope.result("R06.fit", year.fit.pseudo_r2, "share", year.basis, year.notes))
    return found


def _median_rows(scope: Scope, year: GravityYear, ratios: pd.Series[float]) -> list[MetricResult]:
    """Return the median ratio of some pairs, and how many of them are under-traded."""
    line, basis = scope.settings.gap_ratio, replace(year.basis, n_units=len(ratios))
    under = [state(Reason.BELOW_RATIO, ratio=line), *year.notes]
    return [
        scope.result("R06", float(ratios.median()), "ratio", basis, year.notes),
        scope.result("R06.under", float((ratios < line).sum()), "count", basis, under),
    ]


def _region_rows(scope: Scope, year: GravityYear, known: pd.DataFrame) -> list[MetricResult]:
    rows: list[MetricResult] = []
    ends = pd.concat([known["origin"], known["destination"]])
    ratios = pd.concat([known["ratio"], known["ratio"]]).astype(float)
    for region, of_region in ratios.groupby(ends.to_numpy(dtype=object), sort=True):
        rows += assign_rows(_median_rows(scope, year, of_region), "region", str(region))
    return rows


def _pair_rows(scope: Scope, year: GravityYear, known: pd.DataFrame) -> list[MetricResult]:
    """Return of each pair shown the ratio, the flow and what is expected of it."""
    basis, names = replace(year.basis, n_units=None), known["origin"] + ":" + known["destination"]
    shown = _find_gaps(scope, known) | names.isin(list_corridors(scope, year.flows.year)).to_numpy(dtype=bool)
    columns = (known.loc[shown, column].astype(float) for column in ("ratio", "value_rub", "expected_rub"))
    rows: list[MetricResult] = []
    for name, ratio, observed, expected in zip(names[shown], *columns, strict=True):
        made = [
            scope.result("R06", ratio, "ratio", basis, year.notes),
            scope.result("R06.observed", observed, "RUB", basis, year.notes),
            scope.result("R06.expected", expected, "RUB", basis, year.notes),
        ]
        rows += assign_rows(made, "pair", str(name))
    return rows


def _find_gaps(scope: Scope, known: pd.DataFrame) -> np.ndarray:
    """Return which pairs fall short of what is expected by most, for every region with a zone and either direction."""
    short = (known["expected_rub"] - known["value_rub"]).astype(float)
    shown = np.zeros(len(known), dtype=bool)
    for end in ("origin", "destination"):
        mine = known[end].isin(list_zone_regions(scope)) & (short > 0)
        rank = short[mine].groupby(known.loc[mine, end]).rank(method="first", ascending=False)
        shown[np.flatnonzero(mine)] |= (rank <= scope.settings.shown_gaps).to_numpy()
    return shown


def elasticity_rows(scope: Scope) -> list[MetricResult]:
    """Return R07: the elasticity of flows by distance each year, with its 95 % interval.

    Beside it stand what lying in one federal district does, the elasticity next to that, and the elasticity of a model
    without effects, with gross regional products.
    """
    if not has_region_flows(scope):
        return _without_model(scope, "R07", "index")
    return [row for year in read_gravity(scope) for row in _elasticity_rows(scope, year)]


def _elasticity_rows(scope: Scope, year: GravityYear) -> list[MetricResult]:
    if year.fit is None:
        return [scope.without("R07", year.status, "index", [year.absence, *year.notes], year.basis)]
    rows = []
    for name, (fit, found) in year.coefficients.items():
        metric_id, basis = f"R07.{name}".rstrip("."), replace(year.basis, n_units=fit.n_pairs)
        notes = () if fit is year.plain else year.notes
        unit = "log points" if name == "district" else "index"
        if found is None:
            reasons = [state(Reason.NOT_IDENTIFIED), *notes]
            rows.append(scope.without(metric_id, Status.NOT_APPLICABLE, unit, reasons, basis))
            continue
        fitted = fit.pairs[fit.pairs["ratio"].notna()]
        bounds = bound_elasticity(found, min(fitted["origin"].nunique(), fitted["destination"].nunique()))
        said = [state(Reason.STANDARD_ERROR if found.is_clustered else Reason.HC1_ERROR)] if bounds else []
        rows.append(scope.result(metric_id, bounds or found.estimate, unit, basis, [*said, *notes]))
    return rows
