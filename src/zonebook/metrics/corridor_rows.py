"""Rows of corridors: flows that stand out from an even split (R08)."""

from __future__ import annotations

from dataclasses import replace

from zonebook.metrics.corridor_edges import find_backbone, name_pairs, read_disparity, select_near_zones
from zonebook.metrics.corridors import SENSITIVITY_ALPHAS, summarise_backbones
from zonebook.metrics.figures import is_missing
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.region_flows import FlowYear, read_region_flows, read_tie_flows
from zonebook.metrics.register_ties import assign_rows, read_register
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Scope

_MOST_PARTNERS = 8  # regions told of a region, in either direction


def corridor_rows(scope: Scope) -> list[MetricResult]:
    """Return R08: number of corridors and their share of value, at several levels; for the country rows of pairs.

    The country and a region take flows between regions, where there are none the ties of zones' residents; a zone
    takes its own ties. Zone and region know the flows of one end alone, and judge by it.
    """
    flows = () if scope.type == "zone" else read_region_flows(scope)
    flows = flows or read_tie_flows(scope)
    if not flows:
        return [_explain_nothing(scope)]
    if _find_home(scope) == "":
        return [scope.missing("R08", "count", state(Reason.NO_HOME_REGION))]
    rows = [row for year in flows for row in _year_rows(scope, year)]
    if scope.type == "country":
        rows += _pair_rows(scope, flows[-1])
    elif scope.type == "region" and read_region_flows(scope):
        rows += _partner_rows(scope, flows[-1])
    return rows


def _explain_nothing(scope: Scope) -> MetricResult:
    """Return the row of a scope without flows; it could be made of either table."""
    absence = read_register(scope).absence
    if scope.type == "zone" or scope.share.has("tie"):
        return scope.missing("R08", "count", absence)
    return scope.missing_table("R08", "count", "flow_region")


def _find_home(scope: Scope) -> str | None:
    """Return the region a zone or region judges from; none for the country, which sees both ends of every flow."""
    if scope.type == "country":
        return None
    if scope.type == "region":
        return scope.id
    return next(iter(scope.zone_table["region_iso"].dropna().astype(str)), "")


def _year_rows(scope: Scope, year: FlowYear) -> list[MetricResult]:
    home = _find_home(scope)
    disparity = read_disparity(scope, year, home)
    notes = [*year.notes, *([state(Reason.AT_OWN_END)] if home is not None else [])]
    found: list[MetricResult] = []
    headline, others = scope.settings.corridor_alpha, SENSITIVITY_ALPHAS
    names = ["", *(f"at_{alpha:g}".replace(".", "_") for alpha in others)]
    for name, row in zip(names, summarise_backbones(disparity, [headline, *others]).to_dict("records"), strict=True):
        told = [state(Reason.AT_ALPHA, alpha=f"{row['alpha']:g}"), *notes]
        count_id, share_id = (f"R08.{name}", f"R08.share_{name}") if name else ("R08", "R08.share")
        found.append(_row(scope, year, (count_id, float(row["n_edges"]), "count"), told))
        share = None if is_missing(row["value_share"]) else float(row["value_share"])
        found.append(_row(scope, year, (share_id, share, "share"), told))
    return found


def _row(scope: Scope, year: FlowYear, figure: tuple[str, float | None, str], notes: list[str]) -> MetricResult:
    """Return a row; of a region, whose flows are seen from one end, a lower bound: more may stand out at the other."""
    name, number, unit = figure
    if number is None:
        return scope.without(name, Status.UNDEFINED, unit, [state(Reason.NO_FLOW)], year.basis)
    if scope.type == "region":
        return scope.at_least(name, number, unit, year.basis, notes)
    return scope.result(name, Interval.exact(number) if year.is_whole else number, unit, year.basis, notes)


def _pair_rows(scope: Scope, year: FlowYear) -> list[MetricResult]:
    """Return level and part of all value of the corridors that begin or end in a region with a zone."""
    total = float(read_disparity(scope, year)["value_rub"].sum())
    edges = select_near_zones(scope, find_backbone(scope, year).edges)
    basis, rows = replace(year.basis, n_units=None), list[MetricResult]()
    for name, alpha, value in zip(name_pairs(edges), edges["alpha"], edges["value_rub"], strict=True):
        if name in year.few:
            reason = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
            made = [scope.without(one, Status.SUPPRESSED, "share", reason, basis) for one in ("R08.alpha", "R08.part")]
        else:
            figures = {"R08.alpha": float(alpha), "R08.part": float(value) / total}
            made = [scope.result(one, known, "share", basis, year.notes) for one, known in figures.items()]
        rows += assign_rows(made, "pair", str(name))
    return rows


def _partner_rows(scope: Scope, year: FlowYear) -> list[MetricResult]:
    """Return the largest flows of a region in the latest year: where they go to, and where they come from."""
    rows = []
    basis, flows = replace(year.basis, n_units=None), year.rows[year.rows["origin"] != year.rows["destination"]]
    for name, mine, other in (("to", "origin", "destination"), ("from", "destination", "origin")):
        sums = flows[(flows[mine] == scope.id).to_numpy(dtype=bool)].groupby(other, sort=True)["value_rub"].sum()
        largest = sums[sums > 0].sort_values(ascending=False, kind="stable").head(_MOST_PARTNERS)
        rows += [
            scope.result(f"R08.{name}.{region}", Interval.exact(float(value)), "RUB", basis, year.notes)
            for region, value in largest.items()
        ]
    return rows
