"""Rows of the intensity of trade with blocs (X16)."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from zonebook.metrics.comparative_advantage import compute_bloc_intensity
from zonebook.metrics.export_cells import Flags, Objects
from zonebook.metrics.flow_year import FlowYear
from zonebook.metrics.flows import explain_no_flows, read_flow_years
from zonebook.metrics.market_flows import explain_no_imports
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult
from zonebook.metrics.scope import Scope
from zonebook.metrics.ties import find_members
from zonebook.metrics.trade import BLOCS
from zonebook.metrics.world_trade import IMPORT, read_world_trade

_HEADLINE = BLOCS[0]


def bloc_intensity_rows(scope: Scope) -> list[MetricResult]:
    """Return X16: how much more exports go to a bloc than its weight in world imports; EAEU is the headline.

    Blocs are taken whole, so they overlap. Where the home country is a member, its own imports, which exports cannot
    serve, are in both weights; a series without them stands beside.
    """
    flows, world = read_flow_years(scope), read_world_trade(scope)
    absent = [*explain_no_imports(scope), *([] if flows else [explain_no_flows(scope)])]
    if not scope.share.has("bloc_membership"):
        absent.append(state(Reason.NO_TABLE, table="bloc_membership"))
    if absent:
        return [scope.missing("X16", "ratio", *absent)]
    rows = []
    for flow in flows:
        imports = world.find(IMPORT, flow.year)
        if imports is not None:
            rows += _intensity_rows(scope, flow, imports.totals)
    return rows or [scope.missing("X16", "ratio", state(Reason.NO_COMMON_YEAR))]


def _intensity_rows(scope: Scope, flow: FlowYear, imports: dict[str, float]) -> list[MetricResult]:
    refused = flow.refused_row("X16", "ratio")
    if refused is not None:
        return [refused]
    blocs = find_members(scope, flow.year)
    rows = []
    for bloc in BLOCS:
        members = blocs.get(bloc, frozenset())
        names = [f"X16.{bloc.lower()}", *(["X16"] if bloc == _HEADLINE else [])]
        is_home_in = scope.home_country in members and scope.home_country in imports
        notes = [state(Reason.HOME_IN_BLOC)] if is_home_in else []
        rows += [_intensity_row(flow, name, members, imports, notes) for name in names]
        if is_home_in:
            abroad = {country: amount for country, amount in imports.items() if country != scope.home_country}
            name, notes = f"X16.{bloc.lower()}.without_home", [state(Reason.HOME_LEFT_OUT)]
            rows.append(_intensity_row(flow, name, members, abroad, notes))
    return rows


def _intensity_row(
    flow: FlowYear, metric_id: str, members: Collection[str], imports: dict[str, float], notes: list[str]
) -> MetricResult:
    is_served = any(country in members for country in flow.cells.country)
    if flow.countries.tells(members) or (is_served and _is_revealing(flow, members)):
        return flow.suppressed_row(metric_id, "ratio")
    bloc_exports = sum(amount for country, amount in flow.values.items() if country in members)
    bloc_imports = sum(amount for country, amount in imports.items() if country in members)
    exports = sum(flow.values.values())
    value = compute_bloc_intensity(bloc_exports, exports, bloc_imports, sum(imports.values()))
    undefined = Reason.NO_BLOC_IMPORTS if exports else Reason.NO_EXPORTS
    return flow.row(metric_id, "ratio", value, notes, undefined)


def _is_revealing(flow: FlowYear, members: Collection[str]) -> bool:
    """Whether what goes to the bloc, or the rest, gives a firm away; the whole is known."""

    def label(exports: FlowYear) -> tuple[Flags, Objects]:
        top, countries = exports.label_countries()
        return top, np.array(["inside" if country in members else "outside" for country in countries], dtype=object)

    return bool(flow.hide_labels(label).labels)
