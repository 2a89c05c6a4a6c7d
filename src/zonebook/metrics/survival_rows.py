"""Rows of how long exports to a country last (X14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from zonebook.metrics.export_cells import Cells, Objects, read_cells
from zonebook.metrics.flows import describe_cells, explain_no_flows
from zonebook.metrics.hidden_parts import count_parts, hide_labels, is_few
from zonebook.metrics.interval import Interval
from zonebook.metrics.reasons import Reason, state
from zonebook.metrics.result import MetricResult, Status
from zonebook.metrics.scope import Basis, Scope, mark_low_n
from zonebook.metrics.survival import SurvivalCurve, build_spells, compare_survival, estimate_survival
from zonebook.metrics.ties import find_members
from zonebook.metrics.trade import BLOCS, REST, assign_blocs

_LEAST_YEARS = 3  # one to be left out, one to begin in, one to end before


@dataclass(frozen=True, eq=False)
class _Panel:
    """Spells of exports of each exporter to each country, raw and with short gaps filled, and what they rest on.

    In the spells countries are numbers, of those in ``countries``, and so are exporters: ``respondents`` says who
    answers for each, ``None`` for a zone that states its exports itself.
    """

    raw: pd.DataFrame
    filled: pd.DataFrame
    countries: Objects
    respondents: Objects
    basis: Basis
    notes: tuple[str, ...]


def export_survival_rows(scope: Scope) -> list[MetricResult]:
    """Return X14: the share of new exports to a country that go on after their first year (the headline).

    Beside it the share after more years, the median, the same with short gaps filled, by bloc, and whether blocs
    differ. Spells are those of firms, pooled over the zones of a region or the country; where only zones state
    exports, those of zones.
    """
    used = _select_cells(scope)
    if not len(used):
        return [scope.missing("X14", "share", explain_no_flows(scope))]
    panel = _build_panel(scope, used)
    if panel is None:
        basis = describe_cells(scope, int(used.year.max()), used)
        reason = [state(Reason.NEEDS_YEARS, years=_LEAST_YEARS)]
        return [scope.without("X14", Status.MISSING_INPUT, "share", reason, basis)]
    if _is_of_few(scope, panel, panel.raw):
        return [_suppress(scope, "X14", panel.basis)]
    rows = [
        *_curve_rows(scope, panel, "X14", panel.raw),
        *_curve_rows(scope, panel, "X14.filled", panel.filled),
        *_bloc_rows(scope, panel),
    ]
    return mark_low_n(rows, scope.settings.least_units)


def _select_cells(scope: Scope) -> Cells:
    """Return the exports firms state themselves; where none does, those of zones, else of the whole."""
    cells = read_cells(scope)
    if cells.is_firm.any():
        return cells.take(cells.is_firm)
    of_zones = np.isin(cells.place, scope.zone_ids)
    return cells.take(of_zones) if of_zones.any() else cells


def _build_panel(scope: Scope, cells: Cells) -> _Panel | None:
    """Return the spells of every place, each over its own latest years without a hole; ``None`` without any."""
    exporter, country = pd.factorize(cells.exporter)[0], pd.factorize(cells.country)
    frame = pd.DataFrame({"exporter": exporter, "country": country[0], "year": cells.year})
    amounts = np.where(np.isnan(cells.rub), cells.usd, cells.rub)
    is_export = ~(amounts == 0)  # a row without an amount tells of exports all the same
    panels: dict[tuple[int, int], list[str]] = {}
    for place in sorted(set(cells.place)):
        years = cells.year[cells.place == place].tolist()
        panels.setdefault((_find_first(years), max(years)), []).append(place)
    raw, filled, last_year = [], [], 0
    for (first, last), places in sorted(panels.items()):
        if last - first + 1 < _LEAST_YEARS:
            continue
        last_year = max(last, last_year)
        flows = frame[np.isin(cells.place, places) & is_export]
        raw.append(build_spells(flows, first, last))
        filled.append(build_spells(flows, first, last, filled_gap=scope.settings.filled_gap))
    if not raw:
        return None
    notes = () if cells.is_firm.any() else (state(Reason.CELLS_OF_COUNTRIES),)
    basis = describe_cells(scope, last_year, cells)
    spells = [pd.concat(part, ignore_index=True) for part in (raw, filled)]
    respondents = cells.respondent[np.unique(exporter, return_index=True)[1]]
    return _Panel(spells[0], spells[1], country[1], respondents, basis, notes)


def _find_first(years: Iterable[int]) -> int:
    """Return the first of the years that lead up to the last one without a hole."""
    known = set(years)
    first = max(known)
    while first - 1 in known:
        first -= 1
    return first


def _curve_rows(scope: Scope, panel: _Panel, metric_id: str, spells: pd.DataFrame) -> list[MetricResult]:
    """Return the share that outlives one year, then more years, and the median."""
    basis = replace(panel.basis, n_units=len(spells))
    curve = estimate_survival(spells["duration"], spells["is_event"])
    notes = list(panel.notes)
    if metric_id.endswith("filled"):
        notes.insert(0, state(Reason.GAP_FILLED, years=scope.settings.filled_gap))
    if curve is None:
        return [scope.without(metric_id, Status.UNDEFINED, "share", [state(Reason.NO_SPELL), *notes], basis)]
    notes.append(state(Reason.SPELLS, count=curve.n_spells, ended=curve.n_ended))
    rows = [_share_row(scope, metric_id, curve, 1, (basis, notes))]
    for years in range(2, int(spells["duration"].max()) + 1):
        # The last steps of a curve are those of the few firms that are still there.
        if _is_of_few(scope, panel, spells[spells["duration"] >= years]):
            break
        rows.append(_share_row(scope, f"{metric_id}.y{years}", curve, years, (basis, notes)))
    name = f"{metric_id}.median"
    if curve.median is None:
        reason = [state(Reason.NOT_HALVED), *notes]
        return [*rows, scope.without(name, Status.UNDEFINED, "years", reason, basis)]
    return [*rows, scope.result(name, curve.median, "years", basis, notes)]


def _is_of_few(scope: Scope, panel: _Panel, spells: pd.DataFrame) -> bool:
    """Whether spells are those of fewer firms than may be told of."""
    who = set(panel.respondents[spells["exporter"].to_numpy(dtype=int)])
    return None not in who and is_few(who, scope.rule)


def _suppress(scope: Scope, metric_id: str, basis: Basis) -> MetricResult:
    reason = [state(Reason.TOO_FEW_FIRMS, minimum=scope.settings.least_firms)]
    return scope.without(metric_id, Status.SUPPRESSED, "share", reason, replace(basis, n_units=None))


def _share_row(
    scope: Scope, metric_id: str, curve: SurvivalCurve, years: int, said: tuple[Basis, list[str]]
) -> MetricResult:
    basis, notes = said
    known = curve.interval_at(years)
    value: Interval | float = curve.survival_at(years) if known is None else known
    return scope.result(
        metric_id, value, "share", basis, [*([] if known is None else [state(Reason.ESTIMATED)]), *notes]
    )


def _bloc_rows(scope: Scope, panel: _Panel) -> list[MetricResult]:
    """Return the share that outlives a year by bloc, and the p-value of the blocs lasting equally long."""
    if not scope.share.has("bloc_membership") or panel.raw.empty:
        return []
    members = find_members(scope, panel.basis.year)
    parts = assign_blocs([str(country) for country in panel.countries], members)
    blocs = np.array([parts[str(panel.countries[number])] for number in panel.raw["country"]], dtype=object)
    who = panel.respondents[panel.raw["exporter"].to_numpy(dtype=int)]
    hidden = frozenset[str]() if None in set(who) else hide_labels(count_parts(blocs, who), scope.rule)
    rows = []
    for bloc in (*BLOCS, REST):
        spells, metric_id = panel.raw[blocs == bloc], f"X14.{bloc.lower()}"
        if bloc in hidden:
            rows.append(_suppress(scope, metric_id, panel.basis))
        elif len(spells):
            rows += _curve_rows(scope, panel, metric_id, spells)[:1]
    test = compare_survival(panel.raw["duration"], panel.raw["is_event"], list(blocs))
    if test is not None:
        basis: Any = replace(panel.basis, n_units=len(panel.raw))
        rows.append(scope.result("X14.blocs_p", Interval.exact(test.p_value), "index", basis, panel.notes))
    return rows
